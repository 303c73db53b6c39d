"""Đồ thị: the citation map from a document, a search or the whole archive, with the sentence of each edge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from pipeline.errors import CongvanError
from pipeline.graph.graph import CitationGraph
from pipeline.graph.measures import Ranked
from pipeline.graph.model import Edge, Node, Subgraph
from pipeline.store.query import Query
from pipeline.ui import session
from pipeline.ui.components import citation_map
from pipeline.ui.display import counted
from pipeline.ui.remembered import FIGURES

LINEAGE, IMPACT, NEAR = "Nguồn gốc và triển khai", "Ảnh hưởng", "Lân cận"
_VIEWS = {LINEAGE: "lineage", IMPACT: "impact", NEAR: "near", "Đường nối hai văn bản": "path", "Cả kho": "whole"}
_SIZES = (30, 100, 400, 1500, 3000)
MOST = _SIZES[-1]
_SUGGESTED = 30
_RICH = 16
"""A lineage of so many documents is a good first picture."""
_PROVEN_UP_TO = 1500
"""Edges of a larger drawing are sent without their sentences, which are then asked for one by one."""


def show() -> None:
    st.title("Đồ thị dẫn chiếu")
    person, archive = session.here(), session.archive()
    graph = CitationGraph(archive, person)
    figures = counts(graph)
    if not figures["nodes"]:
        st.info("Kho chưa có văn bản nào, nên chưa có đồ thị.")
        return
    _begin(graph)
    kind, name, other, most = _controls(graph)
    part = _drawn(graph, kind, name, other=other, most=most)
    if part is None:
        return
    told = (counted(figures[key]) for key in ("held", "ghosts", "edges"))
    st.caption("Toàn kho: {} văn bản có trong kho, {} văn bản chỉ được dẫn, {} dẫn chiếu.".format(*told))
    answer = citation_map("map", **_drawing(part, f"{kind} {name} {other} {most}"))
    asked = session.fresh(answer, "map")
    if asked is not None:
        _answer(graph, asked, part)


def counts(graph: CitationGraph) -> dict[str, int]:
    """The graph's figures, remembered."""
    return FIGURES.get(graph.archive, "graph counts", graph.counts)


def most_cited(graph: CitationGraph) -> list[Ranked]:
    """The documents that most others cite, remembered."""
    return FIGURES.get(graph.archive, "most cited", lambda: graph.central(by="cited", limit=_SUGGESTED))


def suggested(graph: CitationGraph) -> tuple[list[tuple[str, str]], str]:
    """The most cited documents (name for ``find``, label), and the one whose lineage tells most at first sight."""
    return FIGURES.get(graph.archive, "graph starts", lambda: _starts(graph))


def _starts(graph: CitationGraph) -> tuple[list[tuple[str, str]], str]:
    ranked = [one.node for one in most_cited(graph)]
    best, most = "", -1
    for node in ranked[:12]:
        found = len(graph.lineage(node, limit=_RICH).nodes)
        if found > most:
            best, most = f"#{node.id}", found
        if most >= _RICH:
            break
    return [(f"#{node.id}", _name(node)) for node in ranked], best


def central(graph: CitationGraph) -> list[int]:
    """The nodes that most lean on, the first ones first."""
    return FIGURES.get(graph.archive, "central", lambda: graph.ranked(MOST))


def whole(graph: CitationGraph, most: int = _SIZES[0]) -> Subgraph:
    """The documents that most lean on with those that they cite and that cite them, ``most`` in all, remembered.

    The most leant on alone would be islands: what ties them together are the documents round them.
    """
    found = FIGURES.get(graph.archive, ("whole", most), lambda: _whole(graph, most))
    return Subgraph(found.nodes, found.edges, cut=len(found.nodes) < counts(graph)["nodes"])


def _whole(graph: CitationGraph, most: int) -> Subgraph:
    ranked = central(graph)
    first = ranked[: most // 3]
    near, _ = graph.near(first, limit=most - len(first))
    chosen = dict.fromkeys([*first, *near, *ranked])
    return graph.subgraph(list(chosen)[:most])


def _begin(graph: CitationGraph) -> None:
    """A document that another page, an address or the map itself sends here becomes the start."""
    given, view = st.session_state.pop("graph_start", None) or session.asked_for("van-ban"), None
    if following := st.session_state.pop("graph_next", None):
        given, view = following
    found = graph.find(given) if given else []
    if found:
        # What carries nothing out and is carried out by none would stand alone: it is looked at among its neighbours.
        view = view or (LINEAGE if len(graph.lineage(found[0], limit=2).nodes) > 1 else NEAR)
        st.session_state["graph_name"], st.session_state["graph_view"] = f"#{found[0].id}", view
    elif given:
        st.warning("Không thấy văn bản được chỉ đến trên đồ thị.")


def _controls(graph: CitationGraph) -> tuple[str, str, str, int]:
    what, first, second, size = st.columns([1.35, 2.3, 2.3, 0.8], vertical_alignment="bottom")
    view = what.selectbox("Xem", list(_VIEWS), key="graph_view")
    names, best = suggested(graph)
    name = other = ""
    if _VIEWS[view] != "whole":
        name = _document(graph, first, "Bắt đầu từ văn bản", "graph_name", names=dict(names), start=best)
    if _VIEWS[view] == "path":
        other = _document(graph, second, "Đến văn bản", "graph_other", names=dict(names), start=None)
    most = size.selectbox("Số văn bản", _SIZES, key="graph_size", format_func=lambda many: f"tới {many}")
    return _VIEWS[view], name, other, int(most or _SIZES[0])


def _document(
    graph: CitationGraph, place: Any, label: str, key: str, *, names: dict[str, str], start: str | None
) -> str:
    """A document by choosing among the most cited, or by typing a number or words."""
    if start and key not in st.session_state:
        st.session_state[key] = start
    current = st.session_state.get(key)
    if current and current not in names and current.startswith("#"):
        for node in graph.find(current):
            names = {current: _name(node)} | names
    # A typed name comes back as the answer itself: it is looked up and becomes one of the options.
    chosen = place.selectbox(
        label, list(names), index=None, key=key, accept_new_options=True,
        format_func=lambda value: names.get(value, value), placeholder="Gõ số, ký hiệu, từ khóa hoặc chọn",
    )  # fmt: skip
    return str(chosen or "")


def _name(node: Node) -> str:
    return f"{node.label}{'' if node.held else ' (chưa có)'}{' · ' + node.where if node.where else ''}"


def _drawn(graph: CitationGraph, kind: str, name: str, *, other: str, most: int) -> Subgraph | None:
    """The part of the graph that is asked for, with what was expanded since; kept while nothing changes."""
    if kind != "whole" and not name:
        st.info("Chọn một văn bản, hoặc gõ số, ký hiệu của nó.")
        return None
    key = f"{kind} {name} {other} {most}"
    if st.session_state.get("graph_key") != key:
        st.session_state["graph_key"], st.session_state["graph_more"] = key, set()
    more: set[int] = st.session_state["graph_more"]
    # The day's work changes the graph: a drawing is good for as long as the archive stands as it stood.
    stands = (key, frozenset(more), graph.archive.revision())
    kept = st.session_state.get("graph_part")
    if kept is not None and kept[0] == stands:
        return kept[1]  # type: ignore[no-any-return]
    try:
        part = _part(graph, kind, name, other=other, most=most)
    except CongvanError as error:
        session.say(error)
        return None
    if part is not None and more:
        near, cut = graph.near(sorted(more))
        wider = graph.subgraph(list(dict.fromkeys([*part.nodes, *sorted(more), *near]))[:MOST])
        part = Subgraph(wider.nodes, wider.edges, part.focus, part.depth, part.cut or cut)
    st.session_state["graph_part"] = (stands, part)
    return part


def _part(graph: CitationGraph, kind: str, name: str, *, other: str, most: int) -> Subgraph | None:
    if kind == "whole":
        return whole(graph, most)
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
        return graph.impact(start, limit=most)
    return graph.neighbourhood([start], limit=most) if kind == "near" else graph.lineage(start, limit=most)


def _node(graph: CitationGraph, name: str) -> Node | None:
    """The node that was chosen or typed; words that are no number are searched for in the archive."""
    found = graph.find(name)
    if not found:
        hits = graph.archive.search(graph.actor, Query(name, limit=8)).hits
        found = [node for hit in hits for node in graph.find(hit.document.record_id)]
        found = list({node.id: node for node in found}.values())
    if not found:
        return graph.node(name)  # says that there is none
    if len(found) > 1 and not name.startswith("#"):
        names = {node.id: _name(node) for node in found}
        chosen = st.selectbox("Có nhiều văn bản như vậy", list(names), format_func=lambda key: names[key])
        return next(node for node in found if node.id == chosen)
    return found[0]


def _drawing(part: Subgraph, key: str) -> dict[str, Any]:
    proven = len(part.edges) <= _PROVEN_UP_TO
    wanted: set[int] = st.session_state.get("graph_proven", set())
    edges = [
        edge.as_dict() if proven or wanted & {edge.source, edge.target} else _bare(edge) for edge in part.edges
    ]  # fmt: skip
    return {
        "drawing": key, "nodes": [_slim(node) for node in part.nodes.values()], "edges": edges,
        "focus": list(part.focus), "layout": "hierarchy", "cut": part.cut,
        "opened": sorted(st.session_state["graph_more"]),
    }  # fmt: skip


def _bare(edge: Edge) -> dict[str, Any]:
    """An edge without its sentences."""
    return replace(edge, proofs=[]).as_dict() | {"proofs": None}


def _slim(node: Node) -> dict[str, Any]:
    """What the map shows of a node."""
    wanted = ("id", "label", "number", "doc_type", "date", "year", "issuer", "title", "held", "variants", "reasons",
              "doubt")  # fmt: skip
    return {name: getattr(node, name) for name in wanted} | {"where": node.where}


def _answer(graph: CitationGraph, asked: dict[str, Any], part: Subgraph) -> None:
    action = asked["action"]
    if action == "expand":
        st.session_state["graph_more"].add(int(asked["node"]))
    elif action == "fold":
        st.session_state["graph_more"].clear()
    elif action == "prove":
        # One at a time: the sentences of all that was ever looked at would make every answer heavy.
        st.session_state["graph_proven"] = {int(asked["node"])}
    elif action in ("lineage", "impact"):
        st.session_state["graph_next"] = (f"#{int(asked['node'])}", LINEAGE if action == "lineage" else IMPACT)
    elif action == "open":
        records = graph.records(part.nodes[int(asked["node"])])
        if records:
            session.go("review", open_record=records[0])
    elif action == "page":
        session.go("review", open_record=str(asked["record"]), desk_page=asked.get("page"))
    st.rerun()
