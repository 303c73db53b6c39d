"""What does not agree: contradictions in the graph, as findings for a person.

A finding is computed from the graph as it stands; what a person dismissed is remembered by the finding's key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from pipeline.graph import lookup
from pipeline.graph.model import ENDING, RELATIONS, Node
from pipeline.graph.resolve import near
from pipeline.graph.signatures import of_row
from pipeline.store import schema
from pipeline.store.identity import compare

Kind = Literal[
    "cites_later", "cycle", "ended_still_cited", "cites_itself", "days_differ", "types_differ", "spellings_differ",
    "ambiguous", "held_twice",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "cites_later", "cycle", "ended_still_cited", "cites_itself", "days_differ", "types_differ", "spellings_differ",
    "ambiguous", "held_twice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree.  ``message`` and ``sentences`` are Vietnamese; ``key`` is stable."""

    kind: Kind
    key: str
    message: str
    nodes: tuple[int, ...]
    records: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def findings(
    connection: Connection, kinds: tuple[Kind, ...] = KINDS, *, dismissed: bool = False, limit: int = 500
) -> list[Finding]:
    """The findings of some kinds, those that a person dismissed left out (or only those)."""
    table = schema.decision
    settled = set(
        connection.execute(
            select(table.c.first).where(table.c.kind == "dismiss", table.c.revoked_at.is_(None))
        ).scalars()
    )
    found = []
    for kind in kinds:
        for one in _FINDERS[kind](connection):
            if (one.key in settled) is dismissed:
                found.append(one)
            if len(found) >= limit:
                return found
    return found


def _edge_rows(connection: Connection, *where: Any) -> Iterator[Any]:
    """Edges with labels, days and sentence: ``source``, ``target``, their ``label``/``date``, ``record_id`` …"""
    edge, cited, document = schema.edge, schema.citation, schema.document
    source, target = schema.node.alias("source_node"), schema.node.alias("target_node")
    query = (
        select(
            edge.c.source, edge.c.target, edge.c.relation, source.c.label.label("citing"),
            target.c.label.label("cited"), source.c.date.label("day"), target.c.date.label("cited_day"),
            document.c.record_id, cited.c.ordinal, cited.c.sentence,
        )
        .join(source, source.c.id == edge.c.source)
        .join(target, target.c.id == edge.c.target)
        .join(cited, cited.c.id == edge.c.citation_id)
        .join(document, document.c.id == edge.c.document_id)
        .where(*(condition(edge, source, target) for condition in where))
        .order_by(edge.c.citation_id)
    )  # fmt: skip
    yield from connection.execute(query)


def _sentences(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _cites_later(connection: Connection) -> Iterator[Finding]:
    for row in _edge_rows(connection, lambda edge, source, target: target.c.date > source.c.date):
        yield Finding(
            "cites_later", f"cites_later:{row.record_id}:{row.cited}",
            f"{row.citing} dẫn {row.cited}, là văn bản ban hành sau nó.", (row.source, row.target), (row.record_id,),
            _sentences(row.sentence),
        )  # fmt: skip


def _cites_itself(connection: Connection) -> Iterator[Finding]:
    for row in _edge_rows(connection, lambda edge, source, target: edge.c.source == edge.c.target):
        yield Finding(
            "cites_itself", f"cites_itself:{row.record_id}:{row.ordinal}", f"{row.citing} dẫn chính nó.",
            (row.source,), (row.record_id,), _sentences(row.sentence),
        )  # fmt: skip


def _cycles(connection: Connection) -> Iterator[Finding]:
    """Documents that are each other's ground."""
    import networkx as nx

    edge = schema.edge
    rows = connection.execute(
        select(edge.c.source, edge.c.target).where(
            edge.c.relation.in_(("based_on", "implements")), edge.c.source != edge.c.target,
            edge.c.source.is_not(None), edge.c.target.is_not(None),
        )
    )  # fmt: skip
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_edges_from((row.source, row.target) for row in rows)
    for members in nx.strongly_connected_components(graph):
        if len(members) < 2:
            continue
        ring = [a for a, _ in nx.find_cycle(graph.subgraph(members))]
        start = ring.index(min(ring))
        ring = ring[start:] + ring[:start]
        nodes = lookup.nodes_by_id(connection, ring)
        names = " → ".join(nodes[i].label for i in [*ring, ring[0]])
        key = "cycle:" + "|".join(sorted(nodes[i].number or str(i) for i in ring))
        yield Finding("cycle", key, f"Các văn bản căn cứ vòng vào nhau: {names}.", tuple(ring))


def _ended(connection: Connection) -> Iterator[Finding]:
    """A document replaced, repealed or recalled, and still carried out or taken as ground afterwards."""
    endings: dict[int, Any] = {}
    for row in _edge_rows(connection, lambda edge, source, target: edge.c.relation.in_(ENDING)):
        if row.day and (row.target not in endings or row.day < endings[row.target].day):
            endings[row.target] = row
    ended = sorted(endings)
    for at in range(0, len(ended), 400):
        some = ended[at : at + 400]
        rows = _edge_rows(
            connection,
            lambda edge, source, target, some=some: edge.c.target.in_(some),
            lambda edge, source, target: edge.c.relation.in_(("implements", "based_on", "guides")),
        )
        for row in rows:
            end = endings[row.target]
            if row.source != end.source and row.day and row.day > end.day:
                verb = RELATIONS[end.relation]
                yield Finding(
                    "ended_still_cited", f"ended_still_cited:{row.record_id}:{row.cited}",
                    f"{row.citing} còn {RELATIONS[row.relation]} {row.cited}, đã bị {end.citing} {verb}.",
                    (row.source, row.target, end.source), (row.record_id, end.record_id),
                    _sentences(row.sentence, end.sentence),
                )  # fmt: skip


def _members(connection: Connection, column: Any) -> Iterator[tuple[Node, list[Any]]]:
    """Nodes whose (sharp) signatures differ in a column, with those signatures."""
    table = schema.signature
    nodes = connection.execute(
        select(table.c.node_id)
        .where(column.is_not(None), table.c.node_id.is_not(None))
        .group_by(table.c.node_id)
        .having(func.count(func.distinct(column)) > 1)
        .order_by(table.c.node_id)
    ).scalars()
    for node_id in list(nodes):
        node = lookup.nodes_by_id(connection, [node_id])[node_id]
        rows = connection.execute(select(table).where(table.c.node_id == node_id).order_by(table.c.key))
        yield node, list(rows)


def _differing(connection: Connection, kind: Kind, column: Any, what: str) -> Iterator[Finding]:
    for node, rows in _members(connection, column):
        values = sorted({row._mapping[column] for row in rows if row._mapping[column]})
        records = sorted({record for row in rows for record in _who_says(connection, row.id)})
        shown = ", ".join(f"«{value}»" for value in values)
        yield Finding(
            kind, f"{kind}:{rows[0].number_key}:{'|'.join(values)}", f"{node.label}: {what} ghi khác nhau: {shown}.",
            (node.id,), tuple(records[:20]), tuple(node.reasons),
        )  # fmt: skip


def _who_says(connection: Connection, signature_id: int) -> list[str]:
    edge, document, own = schema.edge, schema.document, schema.self_mention
    cited = (
        select(document.c.record_id)
        .join(edge, edge.c.document_id == document.c.id)
        .where(edge.c.target_signature == signature_id)
    )
    held = (
        select(document.c.record_id)
        .join(own, own.c.document_id == document.c.id)
        .where(own.c.signature_id == signature_id)
    )
    return [*connection.execute(held.limit(20)).scalars(), *connection.execute(cited.distinct().limit(20)).scalars()]


def _days_differ(connection: Connection) -> Iterator[Finding]:
    yield from _differing(connection, "days_differ", schema.signature.c.date, "ngày ban hành")


def _types_differ(connection: Connection) -> Iterator[Finding]:
    yield from _differing(connection, "types_differ", schema.signature.c.doc_type, "tên loại")


def _spellings_differ(connection: Connection) -> Iterator[Finding]:
    yield from _differing(connection, "spellings_differ", schema.signature.c.number, "số, ký hiệu")


def _ambiguous(connection: Connection) -> Iterator[Finding]:
    for doubt in doubts(connection, limit=200):
        if doubt.candidates:
            others = "; ".join(f"{node.label} ({reason})" for node, reason in doubt.candidates)
            yield Finding(
                "ambiguous", f"ambiguous:{doubt.signature}", f"{doubt.node.label} có thể là: {others}.",
                (doubt.node.id, *(node.id for node, _ in doubt.candidates)), tuple(doubt.records),
            )  # fmt: skip


def _held_twice(connection: Connection) -> Iterator[Finding]:
    pair = schema.duplicate
    first, second = schema.document.alias("first_document"), schema.document.alias("second_document")
    rows = connection.execute(
        select(pair.c.id, pair.c.reason, first.c.record_id.label("a"), second.c.record_id.label("b"), first.c.number)
        .join(first, first.c.id == pair.c.first_id)
        .join(second, second.c.id == pair.c.second_id)
        .where(pair.c.answer.is_(None))
        .order_by(pair.c.id)
    )
    for row in rows:
        message = f"Kho có hai bản ghi mang số {row.number}: {row.reason}. Là một văn bản hay hai?"
        yield Finding("held_twice", f"held_twice:{row.a}:{row.b}", message, (), (row.a, row.b))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A node that may be another one: what a person is asked.  ``signature`` is the key to decide by.

    ``why`` (Vietnamese) says what keeps it from being joined with others by itself.
    """

    node: Node
    signature: str
    candidates: list[tuple[Node, str]]
    candidate_signatures: list[str]
    records: list[str]
    why: str = ""


def doubts(connection: Connection, *, limit: int = 100, offset: int = 0) -> list[Doubt]:
    """Nodes in doubt with the nodes they may be and why; ``offset`` counts nodes in doubt."""
    table, signature = schema.node, schema.signature
    rows = connection.execute(
        select(table).where(table.c.doubt.is_not(None)).order_by(table.c.id).limit(limit).offset(offset)
    )
    found = []
    for row in list(rows):
        node = lookup.node_of_row(row)
        mine = list(
            connection.execute(select(signature).where(signature.c.node_id == node.id).order_by(signature.c.key))
        )
        others = _candidates(connection, node, mine)
        records = sorted({record for one in mine for record in _who_says(connection, one.id)})
        keys = [key for _, _, key in others]
        found.append(Doubt(node, mine[0].key, [(n, r) for n, r, _ in others], keys, records, _why(node, mine)))
    return found


def _why(node: Node, signatures: list[Any]) -> str:
    """Why a node is in doubt, by what its (vague) signatures leave open."""
    if node.doubt != "vague":
        return "có thể là nhiều văn bản khác nhau" if node.doubt == "ambiguous" else "gần giống văn bản khác"
    one = signatures[0]
    if one.number_key is None:
        return "không có số, ký hiệu"
    if not one.symbol or one.symbol.startswith("~"):
        return "chỉ có số, không có ký hiệu của cơ quan"
    if one.period is None:
        return "không rõ năm"
    return "không rõ của địa phương nào"


def _candidates(connection: Connection, node: Node, mine: list[Any]) -> list[tuple[Node, str, str]]:
    table, decision = schema.signature, schema.decision
    keys = [row.key for row in mine]
    apart = {
        other
        for row in connection.execute(
            select(decision.c.first, decision.c.second).where(
                decision.c.kind == "different", decision.c.revoked_at.is_(None),
                decision.c.first.in_(keys) | decision.c.second.in_(keys),
            )
        )
        for other in (row.first, row.second)
    }  # fmt: skip
    found: dict[int, tuple[str, str]] = {}
    for row in mine:
        here = of_row(row).identity
        same_number = select(table).where(table.c.number_key == row.number_key).limit(300)
        same_day = select(table).where(table.c.day_block == row.day_block).limit(300)
        for query, judge in ((same_number, compare), (same_day, near)):
            for other in connection.execute(query):
                if other.node_id in (None, node.id) or other.key in apart or other.node_id in found:
                    continue
                verdict, reason = judge(here, of_row(other).identity)
                if verdict != "different":
                    found[other.node_id] = (reason, other.key)
    nodes = lookup.nodes_by_id(connection, found)
    return [(other, *found[node_id]) for node_id, other in nodes.items()]


_FINDERS = {
    "cites_later": _cites_later, "cycle": _cycles, "ended_still_cited": _ended, "cites_itself": _cites_itself,
    "days_differ": _days_differ, "types_differ": _types_differ, "spellings_differ": _spellings_differ,
    "ambiguous": _ambiguous, "held_twice": _held_twice,
}  # fmt: skip
