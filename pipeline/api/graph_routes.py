"""Questions to the citation graph."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameter

from pipeline.api.access import Caller, Reader
from pipeline.api.answers import Limit, MaybeText, Offset, Year, answer
from pipeline.graph.errors import DocumentUnknown
from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import CARRYING_OUT, Node

router = APIRouter(prefix="/api/v1/graph", tags=["Đồ thị"])
Name = Annotated[
    str, Parameter(min_length=1, max_length=200, description="Số, ký hiệu; mã bản ghi; hoặc #12.",
                   examples=["514/SGDĐT-VP"])
]  # fmt: skip
Depth = Annotated[int, Parameter(ge=1, le=12)]


def _node(who: Caller, name: str) -> tuple[CitationGraph, Node]:
    if re.fullmatch(r"\s*#\d{10,}\s*", name):
        raise DocumentUnknown(key=name)  # no database has a node of that number
    graph = CitationGraph(who.archive, who.actor)
    return graph, graph.node(name)


@router.get("/find", summary="Các văn bản mang một số")
def find(request: Request, who: Reader, name: Name) -> Response:
    if re.fullmatch(r"\s*#\d{10,}\s*", name):
        return answer(request, {"nodes": []})
    return answer(request, {"nodes": [n.as_dict() for n in CitationGraph(who.archive, who.actor).find(name)]})


@router.get("/counts", summary="Đồ thị lớn chừng nào")
def counts(request: Request, who: Reader) -> Response:
    return answer(request, CitationGraph(who.archive, who.actor).counts())


@router.get("/lineage", summary="Dòng văn bản: lên chỉ đạo gốc, xuống văn bản thực hiện")
def lineage(request: Request, who: Reader, name: Name, depth: Depth = 12, every: bool = False) -> Response:
    """`every=true` đi theo mọi quan hệ, không chỉ thực hiện và căn cứ; mỗi cạnh có bằng chứng."""
    graph, node = _node(who, name)
    return answer(request, graph.lineage(node, depth=depth, relations=None if every else CARRYING_OUT).as_dict())


@router.get("/impact", summary="Những văn bản dựa vào một văn bản")
def impact(request: Request, who: Reader, name: Name, depth: Depth = 12) -> Response:
    graph, node = _node(who, name)
    return answer(request, graph.impact(node, depth=depth).as_dict())


@router.get("/path", summary="Chuỗi dẫn chiếu ngắn nhất")
def path(request: Request, who: Reader, name: Name, other: Name, any_direction: bool = False) -> Response:
    graph, first = _node(who, name)
    _graph, second = _node(who, other)
    return answer(request, graph.path(first, second, any_direction=any_direction).as_dict())


@router.get("/missing", summary="Văn bản được dẫn mà kho chưa có")
def missing(
    request: Request, who: Reader, year: Year = None, issuer: MaybeText = None, limit: Limit = 50, offset: Offset = 0
) -> Response:
    found = CitationGraph(who.archive, who.actor).missing(year=year, issuer=issuer, limit=limit, offset=offset)
    return answer(request, {"items": [
        {"node": one.node.as_dict(), "cited": one.cited, "last": one.last, "relations": one.relations} for one in found
    ]})  # fmt: skip


@router.get("/central", summary="Văn bản được dựa vào nhiều nhất")
def central(
    request: Request, who: Reader, by: Literal["pagerank", "cited"] = "pagerank", year: Year = None, limit: Limit = 20
) -> Response:
    found = CitationGraph(who.archive, who.actor).central(by=by, year=year, limit=limit)
    listed: list[dict[str, Any]] = [{"node": o.node.as_dict(), "score": o.score, "cited": o.cited} for o in found]
    return answer(request, {"items": listed})


@router.get("/findings", summary="Những chỗ không khớp")
def findings(request: Request, who: Reader, limit: Limit = 50) -> Response:
    found = CitationGraph(who.archive, who.actor).findings(limit=limit)
    return answer(request, {"items": [one.as_dict() for one in found]})


@router.get("/status", summary="Chỉ đạo nào còn nhiệm vụ chưa xong")
def status(request: Request, who: Reader, name: Name | None = None, limit: Limit = 50) -> Response:
    graph, node = _node(who, name) if name else (CitationGraph(who.archive, who.actor), None)
    return answer(request, {"items": [one.as_dict() for one in graph.status(node, limit=limit)]})
