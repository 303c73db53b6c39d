"""Are typeset papers of the corpus read whole where a received stamp stands beside "Kính gửi:"?"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.generator import gold, source
from corpus.generator.build import build_pdf
from pipeline.workflow import extract_file

STAMPED = [one.stem for one in source.load_all(None) if any(r.get("received") for r in gold.load(one.stem))]


@pytest.mark.parametrize("stem", STAMPED)
def test_a_stamp_beside_the_addressees_takes_none_of_them(stem: str, tmp_path: Path) -> None:
    (one,) = source.load_all(stem)
    pdf = next(path for path in build_pdf(one, tmp_path) if path.suffix == ".pdf")
    records = extract_file(pdf).records
    for expected, record in zip(gold.load(stem), records, strict=True):
        if not expected.get("received"):
            continue
        assert record.addressees == expected["addressees"]
        assert record.received is not None
        assert (record.received.number, record.received.date) == (
            expected["received"]["number"], expected["received"]["date"],
        )  # fmt: skip


def test_the_corpus_has_the_paper_that_went_wrong() -> None:
    papers = [r for stem in STAMPED for r in gold.load(stem) if r.get("received")]
    assert ("245", "2021-04-14", 3) in [
        (r["received"]["number"], r["received"]["date"], len(r["addressees"])) for r in papers
    ]
