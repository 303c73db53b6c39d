"""Whole documents of many issuers, kinds and years, each with all that a careful reader finds in it.

Beside ``kinds/whole/<name>.txt`` stands ``<name>.toml``: scalars by name; lists of names ("name|purpose" in the
distribution); citations as type, number, date, issuer, relation, title, via; tasks as section, first words, assignees,
deadline; deadlines as kind and days.  An empty string in a citation says nothing; a list that is not there is empty.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicon.fold import fold
from pipeline.workflow.run import extract_file

WHOLE = Path(__file__).parent / "kinds" / "whole"
SCALARS = ("number", "doc_type", "date", "place", "issuer", "issuer_parent", "subject", "urgency", "secrecy")


def plain(value: object) -> str:
    text = fold(unicodedata.normalize("NFC", str(value or "")))
    return re.sub(r"\s+", " ", text).strip(" .,;:-–/")


@cache
def gold(name: str) -> list[dict[str, Any]]:
    table = tomllib.loads((WHOLE / f"{name}.toml").read_text(encoding="utf-8"))
    documents: list[dict[str, Any]] = table.get("document", [table])
    return documents


@cache
def records(name: str) -> list[dict[str, Any]]:
    return [record.model_dump() for record in extract_file(WHOLE / f"{name}.txt").records]


CASES = sorted((path.stem, at) for path in WHOLE.glob("*.toml") for at in range(len(gold(path.stem))))
documents = pytest.mark.parametrize(("name", "at"), CASES, ids=[f"{name}-{at}" for name, at in CASES])


@documents
def test_scalars(name: str, at: int) -> None:
    said, read = gold(name)[at], records(name)[at]
    assert {key: plain(read[key]) for key in SCALARS} == {key: plain(said.get(key)) for key in SCALARS}


@documents
def test_signer(name: str, at: int) -> None:
    said = gold(name)[at].get("signer", ["", "", ""])
    read = records(name)[at]["signer"] or {}
    got = [read.get(key) for key in ("name", "position", "authority")]
    assert [plain(g) for g, s in zip(got, said, strict=True) if s] == [plain(s) for s in said if s]


@documents
def test_lists_of_names(name: str, at: int) -> None:
    said, read = gold(name)[at], records(name)[at]
    assert [plain(item) for item in read["addressees"]] == [plain(item) for item in said.get("addressees", [])]
    assert [plain(item) for item in read["archive"]] == [plain(item) for item in said.get("archive", [])]
    given = [(plain(item["name"]), item["purpose"]) for item in read["distribution"]]
    pairs = [[*item.split("|"), ""][:2] for item in said.get("distribution", [])]
    assert given == [(plain(who), why or None) for who, why in pairs]


@documents
def test_citations(name: str, at: int) -> None:
    keys = ("doc_type", "number", "date", "issuer", "relation", "title", "via")
    said = {(row[1] or row[5]): dict(zip(keys, row, strict=True)) for row in gold(name)[at].get("citations", [])}
    read = {(item["number"] or item["title"]): item for item in records(name)[at]["citations"]}
    assert set(read) == set(said)
    for key, row in said.items():
        given = {k: plain(read[key][k]) for k in keys if row[k] or k in ("date", "via")}
        assert given == {k: plain(row[k]) for k in keys if row[k] or k in ("date", "via")}


@documents
def test_tasks(name: str, at: int) -> None:
    said, read = gold(name)[at].get("tasks", []), records(name)[at]["tasks"]
    got = [(t["section"] or "", [plain(a) for a in t["assignees"]], t["deadline"] or "") for t in read]
    want = [(row[0], [plain(a) for a in row[2]], row[3] if len(row) > 3 else "") for row in said]
    assert sorted(got) == sorted(want)
    texts = [plain(re.sub(r"^\s*(?:[-+]|\(?[\wđ]{1,3}[.)])\s*", "", t["text"])) for t in read]
    for row in said:
        assert any(text.startswith(plain(row[1])) for text in texts), row[1]


@documents
def test_deadlines(name: str, at: int) -> None:
    read = records(name)[at]["deadlines"]
    got = [(d["kind"], d["start"], d["end"]) if d["kind"] == "period" else (d["kind"], d["due"]) for d in read]
    want = [tuple(row) if len(row) > 1 else (row[0], None) for row in gold(name)[at].get("deadlines", [])]
    assert sorted(map(str, got)) == sorted(map(str, want))


@documents
def test_contacts(name: str, at: int) -> None:
    said, read = gold(name)[at].get("contacts", []), records(name)[at]["contacts"]
    for key in ("phones", "faxes", "emails"):
        got = sorted(value for contact in read for value in contact[key])
        assert got == sorted(value for contact in said for value in contact.get(key, []))
    names = sorted(contact["name"] for contact in read if contact["name"])
    assert names == sorted(contact["name"] for contact in said if contact.get("name"))
