"""Do whole runs over files give records whose evidence stands where it says?"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.generator.__main__ import main as generate
from pipeline.read.model import Page
from pipeline.record.models import Evidence
from pipeline.workflow.run import FileResult, extract_bytes, extract_file

TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "texts").glob("*.txt"))
SEEDS = ("001", "004")
"""One typeset seed with citations inside titles and one draft with blanks and Markdown, for time's sake."""


@cache
def of_text(path: Path) -> FileResult:
    return extract_bytes(path.read_bytes(), path)


@pytest.fixture(scope="session")
def typeset(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileResult]:
    out = tmp_path_factory.mktemp("typeset")
    for seed in SEEDS:
        assert generate(["--out", str(out), "--only", seed, "--kinds", "pdf"]) == 0
    paths = sorted((out / "pdf").glob("*.pdf"))
    return {path.stem[:3]: extract_file(path) for path in paths}


def pieces(result: FileResult) -> list[tuple[str, Evidence]]:
    return [
        (pointer, piece) for record in result.records for pointer, some in record.evidence.items() for piece in some
    ]


def pages(result: FileResult) -> dict[int, Page]:
    return {page.number: page for page in result.source.pages}


def without_white(text: str) -> str:
    return re.sub(r"\s", "", text)


# -- texts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
class TestTexts:
    def test_every_span_holds_its_text(self, path: Path) -> None:
        result = of_text(path)
        assert [wrong for record in result.records for wrong in record.verify(result.page_texts)] == []
        assert any(piece.span for _, piece in pieces(result))

    def test_every_span_lies_in_its_page_and_holds_something(self, path: Path) -> None:
        result = of_text(path)
        for pointer, piece in pieces(result):
            assert piece.span is not None, pointer
            assert 0 <= piece.span[0] < piece.span[1] <= len(result.page_texts[piece.page]), pointer

    def test_every_value_has_evidence(self, path: Path) -> None:
        for record in of_text(path).records:
            pointers = list(record.pointers())
            assert "/issuer" in pointers
            assert [pointer for pointer in pointers if not record.evidence_of(pointer)] == []

    def test_every_pointer_of_the_evidence_leads_somewhere(self, path: Path) -> None:
        for record in of_text(path).records:
            data = record.model_dump()
            for pointer in record.evidence:
                at = data
                for token in pointer.split("/")[1:]:
                    at = at[int(token)] if isinstance(at, list) else at[token]

    def test_a_text_has_no_boxes_and_no_reading_doubt(self, path: Path) -> None:
        for pointer, piece in pieces(of_text(path)):
            assert piece.boxes == [], pointer
            assert piece.source == "text", pointer

    def test_two_runs_give_the_same_records(self, path: Path) -> None:
        again = extract_bytes(path.read_bytes(), path)
        assert [r.model_dump() for r in again.records] == [r.model_dump() for r in of_text(path).records]

    def test_ids_differ_within_a_file_and_name_its_hash(self, path: Path) -> None:
        records = of_text(path).records
        start = records[0].source.sha256[:16]
        assert [record.id for record in records] == [f"{start}-{at + 1}" for at in range(len(records))]

    def test_the_source_is_named_without_its_folder(self, path: Path) -> None:
        for record in of_text(path).records:
            assert (record.source.file, record.source.medium) == (path.name, "text")

    def test_the_file_name_changes_nothing_but_the_file_name(self, path: Path) -> None:
        renamed = extract_bytes(path.read_bytes(), "khac.txt").records
        for record, other in zip(of_text(path).records, renamed, strict=True):
            assert other.model_dump(exclude={"source"}) == record.model_dump(exclude={"source"})


def test_another_content_is_another_id() -> None:
    data = TEXTS[0].read_bytes()
    one, other = (extract_bytes(some, TEXTS[0]).records[0] for some in (data, data + b"\n"))
    assert one.id != other.id
    assert one.model_dump(exclude={"id", "source"}) == other.model_dump(exclude={"id", "source"})


@settings(max_examples=20)
@given(st.sampled_from(TEXTS), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 12)), max_size=4))
def test_whatever_is_torn_out_of_a_text_the_records_hold(path: Path, torn: list[tuple[int, int]]) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for at, count in torn:
        del lines[at : at + count]
    result = extract_bytes(("\n".join(lines) or "…").encode(), path)
    for record in result.records:
        assert record.verify(result.page_texts) == []
        assert [pointer for pointer in record.pointers() if not record.evidence_of(pointer)] == []


# -- typeset pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
class TestTypeset:
    def test_every_span_holds_its_text(self, typeset: dict[str, FileResult], seed: str) -> None:
        result = typeset[seed]
        assert [wrong for record in result.records for wrong in record.verify(result.page_texts)] == []

    def test_every_piece_of_evidence_can_be_shown(self, typeset: dict[str, FileResult], seed: str) -> None:
        for pointer, piece in pieces(typeset[seed]):
            assert piece.source == "text-layer", pointer
            assert piece.boxes, pointer
            for left, top, right, bottom in piece.boxes:
                assert 0 <= left < right <= 1, pointer
                assert 0 <= top < bottom <= 1, pointer

    def test_boxes_lie_on_the_words_that_they_show(self, typeset: dict[str, FileResult], seed: str) -> None:
        """The words of the page whose middle lies in a box are the words of the span, and together say its text."""
        result = typeset[seed]
        for pointer, piece in pieces(result):
            page = pages(result)[piece.page]
            assert piece.span is not None
            said = page.words_in(*piece.span)
            under = [word for word in page.words if word.box and any(_holds(box, word.box) for box in piece.boxes)]
            assert {word.start for word in under} <= {word.start for word in said}, pointer
            whole = [word for word in said if piece.span[0] <= word.start and word.end <= piece.span[1]]
            assert {word.start for word in whole} <= {word.start for word in under}, pointer
            assert without_white(piece.text or "") in "".join(word.text for word in said), pointer

    def test_one_box_for_each_line(self, typeset: dict[str, FileResult], seed: str) -> None:
        result = typeset[seed]
        for pointer, piece in pieces(result):
            assert piece.span is not None
            assert len(piece.boxes) == len(pages(result)[piece.page].lines_in(*piece.span)), pointer

    def test_two_runs_give_the_same_records(self, typeset: dict[str, FileResult], seed: str) -> None:
        result = typeset[seed]
        again = extract_file(result.source.path)
        assert [r.model_dump() for r in again.records] == [r.model_dump() for r in result.records]

    def test_the_page_and_the_text_say_the_same(self, typeset: dict[str, FileResult], seed: str) -> None:
        """One document, two ways into the house: number, date, issuer, subject and cited numbers agree."""
        (text,) = (of_text(path).records for path in TEXTS if path.stem.startswith(seed))
        fields = ("number", "raw_number", "doc_type", "date", "partial_date", "place", "issuer", "issuer_parent")
        for ours, theirs in zip(typeset[seed].records, text, strict=True):
            assert [getattr(ours, name) for name in fields] == [getattr(theirs, name) for name in fields]
            assert [c.number for c in ours.citations] == [c.number for c in theirs.citations]
            assert ours.source.medium == "digital"


def _holds(box: tuple[float, float, float, float], word: tuple[float, float, float, float]) -> bool:
    across, down = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]
