"""However a search is carried out — from the words' side, from the filters' side, page by page — it finds the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_making import CLERK, TextReader

from pipeline.store import searching
from pipeline.store.archive import Archive
from pipeline.store.query import Query

MANY = 24
ISSUERS = ("Sở Tài chính", "Sở Nội vụ", "Sở Tài nguyên và Môi trường")


def fields(at: int) -> dict[str, Any]:
    return {
        "number": f"{at + 1}/VP", "doc_type": ("công văn", "báo cáo")[at % 2], "issuer": ISSUERS[at % 3],
        "date": f"20{19 + at // 12}-{at % 12 + 1:02}-05", "place": "Gia Lai",
    }  # fmt: skip


@pytest.fixture
def filled(archive: Archive, reader: TextReader, tmp_path: Path) -> Archive:
    for at in range(MANY):
        text = f"Số: {at + 1}/VP của {ISSUERS[at % 3]}: chữ chung" + (" năm lẻ" if at % 4 == 1 else " bốn")
        archive.add(CLERK, reader.plan(tmp_path / "in", f"{at}.txt", text, fields(at)), reader)
    return archive


def expected(query: Query) -> list[str]:
    """The numbers found by looking at every document, the newest first."""
    found = []
    for at in reversed(range(MANY)):
        one = fields(at)
        words = {"chung": True, '"năm lẻ"': at % 4 == 1, "chung -lẻ": at % 4 != 1}[query.text]
        if (
            words
            and (query.doc_type in (None, one["doc_type"]))
            and (query.issuer is None or query.issuer.lower() in one["issuer"].lower())
            and (query.year is None or one["date"].startswith(str(query.year)))
        ):
            found.append(one["number"])
    return found


PLANS = {
    "ranked": {},
    "common words, few documents under the filters": {"RANKED_UP_TO": 1},
    "common words, many documents under the filters": {"RANKED_UP_TO": 1, "_FEW": 0},
    "more than are counted": {"RANKED_UP_TO": 1, "_FEW": 0, "COUNTED_UP_TO": 3, "_STEP": 2},
}


QUERIES = (
    Query("chung"), Query('"năm lẻ"'), Query("chung -lẻ"), Query("chung", issuer="tài"),
    Query("chung", issuer="tài chính", year=2020), Query('"năm lẻ"', doc_type="báo cáo"),
    Query("chung -lẻ", doc_type="công văn", year=2019), Query("chung", issuer="không có"),
)  # fmt: skip


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_finds_the_same(filled: Archive, monkeypatch: pytest.MonkeyPatch, plan: str) -> None:
    for name, value in PLANS[plan].items():
        monkeypatch.setattr(searching, name, value)
    most = searching.COUNTED_UP_TO
    for query in QUERIES:
        wanted = expected(query)
        by_day = replace(query, sort="date", limit=100)
        found = filled.search(CLERK, by_day)
        assert [hit.document.number for hit in found.hits] == wanted, query
        assert (found.total, found.more) == (min(len(wanted), most), len(wanted) > most), query
        page = filled.search(CLERK, replace(by_day, offset=3, limit=2))
        assert [hit.document.number for hit in page.hits] == wanted[3:5], query
        by_relevance = filled.search(CLERK, replace(query, limit=100))
        assert {hit.document.number for hit in by_relevance.hits} == set(wanted), query
        assert all(hit.spans for hit in by_relevance.hits), query
