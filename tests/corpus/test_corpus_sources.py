"""Do the source files say what the seeds and the gold say?"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from corpus.generator import gold, pen, plaintext
from corpus.generator.source import (
    CORPUS,
    Piece,
    Run,
    Source,
    SourceInvalid,
    load,
    load_all,
    pieces,
    runs,
    strings,
)
from pipeline.record import models

ALL = load_all()
SEEDS = [source for source in ALL if gold.is_seed(source.stem)]
SYNTHETIC = [source for source in ALL if not gold.is_seed(source.stem)]

# Lines of a seed that are no part of its document: the target of a link, left over from the conversion to text.
DROPPED = {"003_e3500e4796b7103d": ["http://stttt.gialai.gov.vn/"]}
# Words that the typeset header restores from the gold, and the nation's motto where the text lost it.
RESTORED = {
    "001_4776f83adf3e27a2": "UBND TỈNH GIA LAI SỞ THÔNG TIN VÀ TRUYỀN THÔNG "
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
    "003_e3500e4796b7103d": "UBND TỈNH GIA LAI SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
}


def by_stem(source: Source) -> str:
    return source.stem


def unmarked(text: str) -> str:
    """A seed's text without Markdown marks, on one line."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    text = re.sub(r"[*#]+|<(?=http)|(?<=[a-z])>", "", text)
    return " ".join(text.split())


def seed_text(stem: str) -> str:
    text = (CORPUS / "texts" / f"{stem}.txt").read_text(encoding="utf-8")
    for line in DROPPED.get(stem, []):
        text = text.replace(f"\n{line}\n", "\n")
    return unmarked(text)


def words(text: str) -> Counter[str]:
    """Words without the dashes that lists may or may not carry."""
    return Counter(word for word in text.split() if word not in "-–")


def everything(records: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    """Every value of a gold that a reader can point at: document, field, text."""
    found: list[tuple[int, str, str]] = []
    for at, record in enumerate(records):
        for key in ("raw_number", "place", "subject"):
            if record[key]:
                found.append((at, key, record[key]))
        found += [(at, "addressees", name) for name in record["addressees"]]
        found += [(at, "distribution", entry["name"]) for entry in record["distribution"]]
        found += [(at, "archive", name) for name in record["archive"]]
        for citation in record["citations"]:
            found += [
                (at, f"citations.{key}", citation[key]) for key in ("raw_number", "issuer", "title") if citation[key]
            ]
        for task in record["tasks"]:
            found.append((at, "tasks.starts", task["starts"]))
            found += [(at, "tasks.assignees", name) for name in task["assignees"]]
        found += [(at, "deadlines.raw", deadline["raw"]) for deadline in record["deadlines"]]
        for contact in record["contacts"]:
            found += [
                (at, f"contacts.{key}", contact[key]) for key in ("name", "position", "organization") if contact[key]
            ]
            found += [(at, "contacts.emails", address) for address in contact["emails"]]
        for key in ("signer", "received"):
            part = record[key] or {}
            found += [(at, f"{key}.{name}", value) for name, value in part.items() if value and name != "date"]
    return found


def test_seeds_texts_gold_and_sources_are_the_same_five() -> None:
    stems = sorted(path.stem for path in (CORPUS / "texts").glob("*.txt"))
    assert len(stems) == 5
    assert sorted(path.stem for path in gold.GOLD.glob("*.json")) == stems
    assert [source.stem for source in SEEDS] == stems


def test_every_synthetic_gold_has_a_source() -> None:
    assert sorted(path.stem for path in gold.SYNTHETIC.glob("*.json")) == [source.stem for source in SYNTHETIC]


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_one_gold_record_for_each_document(source: Source) -> None:
    assert len(gold.load(source.stem)) == len(source.documents)


@pytest.mark.parametrize("source", SEEDS, ids=by_stem)
def test_every_string_of_a_seed_source_stands_in_the_seed(source: Source) -> None:
    """Was anything invented or mistyped when the text was written down as a source?"""
    text = seed_text(source.stem)
    restored = RESTORED.get(source.stem, "")
    for document in source.documents:
        for string in strings(document):
            wanted = unmarked("".join(part.text for part in pieces(string)))
            assert wanted in text or wanted in restored, wanted


@pytest.mark.parametrize("source", SEEDS, ids=by_stem)
def test_no_word_of_a_seed_is_lost(source: Source) -> None:
    """Does the source hold every word of the seed as often as the seed does, and no more?"""
    written = words(plaintext.write(source))
    wanted = words(seed_text(source.stem)) + words(RESTORED.get(source.stem, ""))
    assert not written - wanted
    assert not wanted - written


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_every_gold_value_can_be_pointed_at(source: Source) -> None:
    """Is each gold value literally in its document, but for capitals and line breaks?"""
    texts = [
        " ".join(plaintext.write(Source(source.stem, (document,))).split()).lower() for document in source.documents
    ]
    for at, field, value in everything(gold.load(source.stem)):
        text = texts[at]
        if field == "signer.authority":
            wanted = value.lower().split()
            assert all(mark in text or mark.replace(".", "").replace("m", "/m") in text for mark in wanted), value
        else:
            assert " ".join(value.lower().split()) in text, f"{field}: {value}"


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_telephones_of_the_gold_are_printed(source: Source) -> None:
    for record, document in zip(gold.load(source.stem), source.documents, strict=True):
        digits = re.sub(r"[\s.()-]", "", plaintext.write(Source(source.stem, (document,))))
        for contact in record["contacts"]:
            for number in contact["phones"] + contact["faxes"]:
                assert number.replace("+84", "0") in digits


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_dates_of_the_gold_are_printed(source: Source) -> None:
    for record, document in zip(gold.load(source.stem), source.documents, strict=True):
        text = plaintext.write(Source(source.stem, (document,)))
        dates = [record["date"], *(citation["date"] for citation in record["citations"])]
        for date in filter(None, dates):
            year, month, day = (int(part) for part in date.split("-"))
            forms = rf"0?{day}/0?{month}/{year}|0?{day} tháng 0?{month} năm {year}"
            assert re.search(forms, text), date


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_gold_has_the_shape_of_the_record(source: Source) -> None:
    """Do the parts validate as the record's own models, and is every record's set of keys that of the first seed?"""
    keys = set(gold.load("000_8cf4c746d5814797")[0])
    for record in gold.load(source.stem):
        assert set(record) == keys
        for citation in record["citations"]:
            models.Citation.model_validate(citation)
        for deadline in record["deadlines"]:
            models.Deadline.model_validate(deadline)
        for contact in record["contacts"]:
            models.Contact.model_validate(contact)
        for recipient in record["distribution"]:
            models.Recipient.model_validate(recipient)
        if record["signer"]:
            models.Signer.model_validate(record["signer"])
        if record["received"]:
            models.Received.model_validate(record["received"])
        for task in record["tasks"]:
            models.Task.model_validate({"text": task["starts"], **{k: v for k, v in task.items() if k != "starts"}})


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_deadlines_of_tasks_are_among_the_deadlines(source: Source) -> None:
    for record in gold.load(source.stem):
        known = {deadline.get("due") for deadline in record["deadlines"]}
        assert {task["deadline"] for task in record["tasks"]} - {None} <= known


@pytest.mark.parametrize("source", ALL, ids=by_stem)
def test_every_hand_written_value_can_be_written(source: Source) -> None:
    for document in source.documents:
        values = [part.hand for line in (document.number, document.date) for part in pieces(line) if part.hand]
        if document.received:
            values += [document.received.number, document.received.date, document.received.routing]
        assert all(pen.can_write(value) for value in values), values


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Số: {514} /SGDĐT-VP", [Piece("Số: "), Piece("514", "514"), Piece(" /SGDĐT-VP")]),  # printed, or by hand
        ("Số: {}/BC", [Piece("Số: "), Piece("", "", blank=True), Piece("/BC")]),  # a blank that stays blank
        ("Số: {|31}/BC", [Piece("Số: "), Piece("", "31", blank=True), Piece("/BC")]),  # a blank filled in by hand
        ("Số 205-KH/TU", [Piece("Số 205-KH/TU")]),  # nothing by hand
    ],
)
def test_parts_written_by_hand(line: str, expected: list[Piece]) -> None:
    assert pieces(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thường", [Run("thường")]),
        ("**Điều 1.** Ban hành", [Run("Điều 1.", bold=True), Run(" Ban hành")]),
        ("“*trích*”.", [Run("“"), Run("trích", italic=True), Run("”.")]),
        ("**đậm *nghiêng***", [Run("đậm ", bold=True), Run("nghiêng", bold=True, italic=True)]),
    ],
)
def test_inline_marks(text: str, expected: list[Run]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no [[documents]]"),
        ("[[documents]]\nissuers = ['A']", "unknown keys: issuers"),
        ("[[documents]]\nissuer = 'A'", "documents[0].issuer must be a list"),
        ("[[documents]]\nbody = '@table x'", "names the table 'x'"),
        ("[[documents]]\nbody = 'a **b'", "not closed"),
        ("[[documents]]\n[documents.tables.x]\ncolumns = ['a']\nwidths = [0.5]", "summing to 1"),
        ("[[documents]]\n[documents.tables.x]\ncolumns = ['a']\nwidths = [1]\nrows = [['b', 'c']]", "1 cells each"),
        ("[[documents]", "bad.toml"),
    ],
)
def test_a_bad_source_is_named_with_its_fault(tmp_path: Any, text: str, complaint: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceInvalid, match=re.escape(complaint)) as caught:
        load(path)
    assert "bad.toml" in str(caught.value)


def test_an_unknown_stem_lists_the_known_ones() -> None:
    with pytest.raises(FileNotFoundError, match="110_mat"):
        load_all("no such")
