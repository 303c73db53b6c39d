"""Đồ thị: the citation map from a document, a search or the most cited, with the sentence of each edge."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pipeline.errors import CongvanError
from pipeline.graph.graph import CitationGraph
from pipeline.graph.model import Node, Subgraph
from pipeline.store.query import Query
from pipeline.ui import session
from pipeline.ui.components import citation_map

_STARTS = {
    "Nguồn gốc và triển khai": "lineage", "Ảnh hưởng": "impact", "Lân cận": "near", "Đường nối hai văn bản": "path",
    "Cả kho": "whole",
}  # fmt: skip
_MOST = 3000
_SUGGESTED = 30


def show() -> None:
    st.title("Đồ thị dẫn chiếu")
    person, archive = session.here(), session.archive()
    graph = CitationGraph(archive, person)
    counts = graph.counts()
    if not counts["nodes"]:
        st.info("Kho chưa có văn bản nào, nên chưa có đồ thị.")
        return
    _begin(graph)
    view, name, other = _controls(graph)
    part = _drawn(graph, view, name, other)
    if part is None:
        return
    ghosts = counts["nodes"] - counts["held"]
    held, edges = counts["held"], counts["edges"]
    st.caption(f"Toàn kho: {held} văn bản có trong kho, {ghosts} văn bản chỉ được dẫn, {edges} dẫn chiếu.")
    answer = citation_map("map", **_drawing(part, f"{view} {name} {other}"))
    asked = session.fresh(answer, "map")
    if asked is not None:
        _answer(graph, asked, part)


def _begin(graph: CitationGraph) -> None:
    """A document that another page or the map itself sends here becomes the start."""
    given = st.session_state.pop("graph_start", None)
    view = "Nguồn gốc và triển khai"
    if following := st.session_state.pop("graph_next", None):
        given, view = following
    found = graph.find(given) if given else []
    if found:
        st.session_state["graph_name"], st.session_state["graph_view"] = f"#{found[0].id}", view


def _controls(graph: CitationGraph) -> tuple[str, str, str]:
    what, first, second = st.columns([1.3, 2.4, 2.4], vertical_alignment="bottom")
    view = what.selectbox("Xem", list(_STARTS), key="graph_view")
    name = other = ""
    if view != "Cả kho":
        name = _document(graph, first, "Bắt đầu từ văn bản", "graph_name")
    if view == "Đường nối hai văn bản":
        other = _document(graph, second, "Đến văn bản", "graph_other")
    return view, name, other


def _document(graph: CitationGraph, place: Any, label: str, key: str) -> str:
    """A document by choosing among the most cited, or by typing a number or words."""
    ranked = [one.node for one in graph.central(by="cited", limit=_SUGGESTED)]
    names = {f"#{node.id}": _name(node) for node in ranked}
    current = st.session_state.get(key)
    if current and current not in names and current.startswith("#"):
        for node in graph.find(current):
            names = {current: _name(node)} | names
    # A typed name comes back as the answer itself: it is looked up and becomes one of the options.
    chosen = place.selectbox(
        label, list(names), index=0 if names and not current else None, key=key, accept_new_options=True,
        format_func=lambda value: names.get(value, value), placeholder="Gõ số, ký hiệu hoặc chọn văn bản",
    )  # fmt: skip
    return str(chosen or "")


def _name(node: Node) -> str:
    return f"{node.label}{'' if node.held else ' (chưa có)'}{' · ' + node.where if node.where else ''}"


def _drawn(graph: CitationGraph, view: str, name: str, other: str) -> Subgraph | None:
    """The part of the graph that is asked for, with what was expanded since."""
    if _STARTS[view] != "whole" and not name:
        st.info("Chọn một văn bản, hoặc gõ số, ký hiệu của nó.")
        return None
    key = f"{view} {name} {other}"
    if st.session_state.get("graph_key") != key:
        st.session_state["graph_key"], st.session_state["graph_more"] = key, set()
    try:
        part = _part(graph, _STARTS[view], name, other)
    except CongvanError as error:
        session.say(error)
        return None
    more: set[int] = st.session_state["graph_more"]
    if part is not None and more:
        near = graph.neighbourhood(sorted(more))
        wider = graph.subgraph(list(dict.fromkeys([*part.nodes, *near.nodes]))[:_MOST])
        return Subgraph(wider.nodes, wider.edges, part.focus, part.depth, part.cut or near.cut)
    return part


def _part(graph: CitationGraph, kind: str, name: str, other: str) -> Subgraph | None:
    if kind == "whole":
        return graph.subgraph([one.node.id for one in graph.central(by="pagerank", limit=_MOST)])
    start = _node(graph, name)
    if start is None:
        return None
    if kind == "path":
        end = _node(graph, other) if other else None
        if end is None:
            st.info("Chọn văn bản thứ hai.")
            return None
        return graph.path(start, end, any_direction=True)
    if kind == "impact":
        return graph.impact(start, limit=_MOST)
    return graph.neighbourhood([start]) if kind == "near" else graph.lineage(start, limit=_MOST)


def _node(graph: CitationGraph, name: str) -> Node | None:
    """The node that was chosen or typed; words that are no number are searched for in the archive."""
    found = graph.find(name)
    if not found:
        hits = graph.archive.search(graph.actor, Query(name, limit=5)).hits
        found = [node for hit in hits for node in graph.find(hit.document.record_id)]
    if not found:
        return graph.node(name)  # says that there is none
    if len(found) > 1 and not name.startswith("#"):
        names = {node.id: _name(node) for node in found}
        chosen = st.selectbox("Có nhiều văn bản như vậy", list(names), format_func=lambda key: names[key])
        return next(node for node in found if node.id == chosen)
    return found[0]


def _drawing(part: Subgraph, key: str) -> dict[str, Any]:
    nodes = [node.as_dict() for node in part.nodes.values()]
    return {
        "drawing": key, "nodes": nodes, "edges": [edge.as_dict() for edge in part.edges], "focus": list(part.focus),
        "layout": "hierarchy", "cut": part.cut,
    }  # fmt: skip


def _answer(graph: CitationGraph, asked: dict[str, Any], part: Subgraph) -> None:
    action = asked["action"]
    if action == "expand":
        st.session_state["graph_more"].add(int(asked["node"]))
        st.rerun()
    if action in ("lineage", "impact"):
        view = "Nguồn gốc và triển khai" if action == "lineage" else "Ảnh hưởng"
        st.session_state["graph_next"] = (f"#{int(asked['node'])}", view)
        st.rerun()
    if action == "open":
        records = graph.records(part.nodes[int(asked["node"])])
        if records:
            session.go("review", open_record=records[0])
    if action == "page":
        session.go("review", open_record=str(asked["record"]), desk_page=asked.get("page"))
