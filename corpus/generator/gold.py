"""Gold records of the corpus, and what a degradation changes in them.

``handwritten`` lists the fields whose ink is by hand; a destroyed field becomes null, as a careful reader would have
to leave it.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from typing import Any

from corpus.generator.source import CORPUS, Document, Piece, pieces

GOLD = CORPUS / "gold"
SYNTHETIC = CORPUS / "gold_synthetic"

Record = dict[str, Any]


def load(stem: str) -> list[Record]:
    """The gold of a source: a list of records, one for each document.  Raises FileNotFoundError when there is none."""
    for folder in (GOLD, SYNTHETIC):
        path = folder / f"{stem}.json"
        if path.is_file():
            records: list[Record] = json.loads(path.read_text(encoding="utf-8"))
            return records
    raise FileNotFoundError(f"no gold for {stem} in {GOLD} or {SYNTHETIC}")


def is_seed(stem: str) -> bool:
    """Whether the source is one of the five texts, and not synthetic."""
    return (GOLD / f"{stem}.json").is_file()


def printed(records: Sequence[Record]) -> list[Record]:
    """Gold of the typeset PDF: nothing is by hand."""
    return [{**copy.deepcopy(record), "handwritten": []} for record in records]


def scanned(records: Sequence[Record], documents: Sequence[Document], *, hand: bool) -> list[Record]:
    """Gold of a scan, with the clerk's ink when ``hand``."""
    found = printed(records)
    if hand:
        for record, document in zip(found, documents, strict=True):
            _write(record, document)
    return found


def destroy_number(record: Record, document: Document) -> None:
    """What is left of a record when its number can no longer be read: the ký hiệu, and a warning."""
    record["number"] = None
    record["raw_number"] = "".join(part.text for part in pieces(document.number) if part.hand is None)
    record["raw_number"] = re.sub(r"^Số:?\s*", "", record["raw_number"]).strip() or None
    record["warnings"] = [code for code in record["warnings"] if code != "missing_number"] + ["unreadable_number"]


def _write(record: Record, document: Document) -> None:
    hand: list[str] = []
    number, date = pieces(document.number), pieces(document.date)
    if any(part.hand for part in number):
        hand.append("number")
        if any(part.blank and part.hand for part in number):
            raw = re.sub(r"^Số:?\s*", "", _filled(number)).strip()
            record["raw_number"] = raw
            record["number"] = re.sub(r"\s+", "", raw)
            _drop(record, "missing_number")
    if any(part.hand for part in date):
        hand.append("date")
        if any(part.blank and part.hand for part in date):
            record["date"] = _iso(_filled(date))
            record["partial_date"] = None
            _drop(record, "missing_date")
    if document.received:
        hand.append("received")
    record["handwritten"] = hand


def _drop(record: Record, code: str) -> None:
    record["warnings"] = [other for other in record["warnings"] if other != code]


def _filled(parts: Sequence[Piece]) -> str:
    return "".join(part.hand if part.hand is not None else part.text for part in parts)


def _iso(line: str) -> str:
    """``Triệu Sơn, ngày 29 tháng 12 năm 2020`` to ``2020-12-29``.  Raises ValueError for another form."""
    match = re.search(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", line)
    if match is None:
        raise ValueError(f"not a whole date: {line!r}")
    return f"{int(match[3]):04d}-{int(match[2]):02d}-{int(match[1]):02d}"
