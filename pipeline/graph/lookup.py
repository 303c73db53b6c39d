"""Finding nodes by what a person calls them, and reading nodes and edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from pipeline.graph.errors import DocumentNotUnique, DocumentUnknown
from pipeline.graph.model import Edge, Node, Proof, Subgraph
from pipeline.store import identity, schema

_AT_ONCE = 400


def node_of_row(row: Any) -> Node:
    return Node(**{name: getattr(row, name) for name in Node.__slots__})


def nodes_by_id(connection: Connection, ids: Iterable[int]) -> dict[int, Node]:
    """The nodes with these ids, in the order given; ids that are gone are left out."""
    wanted, found = list(dict.fromkeys(ids)), {}
    table = schema.node
    for at in range(0, len(wanted), _AT_ONCE):
        for row in connection.execute(select(table).where(table.c.id.in_(wanted[at : at + _AT_ONCE]))):
            found[row.id] = node_of_row(row)
    return {node_id: found[node_id] for node_id in wanted if node_id in found}


def find(connection: Connection, name: str) -> list[Node]:
    """The nodes that a person may mean: "#12" (node), a record id, a number in any of its spellings."""
    name = name.strip()
    table, signature, own, document = schema.node, schema.signature, schema.self_mention, schema.document
    if name.startswith("#") and name[1:].isdigit():
        return list(nodes_by_id(connection, [int(name[1:])]).values())
    held = connection.execute(
        select(signature.c.node_id)
        .join(own, own.c.signature_id == signature.c.id)
        .join(document, document.c.id == own.c.document_id)
        .where(document.c.record_id == name)
    ).scalars()
    by_record = list(nodes_by_id(connection, held).values())
    if by_record:
        return by_record
    key = identity.number_key(name)
    ids = connection.execute(
        select(signature.c.node_id).where(signature.c.number_key == key, signature.c.node_id.is_not(None)).distinct()
    ).scalars()
    found = list(nodes_by_id(connection, ids).values()) if key else []
    if not found and name:
        rows = connection.execute(select(table).where(table.c.number == name))
        found = [node_of_row(row) for row in rows]
    return sorted(found, key=lambda node: (-node.held, node.date or "", node.id))


def the_one(connection: Connection, name: str) -> Node:
    """The one node of this name; raises ``DocumentUnknown``, or ``DocumentNotUnique`` which lists them."""
    found = find(connection, name)
    if not found:
        raise DocumentUnknown(key=name)
    if len(found) > 1:
        which = "; ".join(f"#{node.id} {node.label}" + (f", {node.where}" if node.where else "") for node in found[:8])
        raise DocumentNotUnique(key=name, count=len(found), which=which, example=found[0].id)
    return found[0]


def records_of(connection: Connection, node_id: int) -> list[str]:
    """The record ids of a node's held documents."""
    signature, own, document = schema.signature, schema.self_mention, schema.document
    query = (
        select(document.c.record_id)
        .join(own, own.c.document_id == document.c.id)
        .join(signature, signature.c.id == own.c.signature_id)
        .where(signature.c.node_id == node_id)
        .order_by(document.c.id)
    )
    return list(connection.execute(query).scalars())


def edges_among(connection: Connection, ids: Sequence[int], relations: Sequence[str] | None = None) -> list[Edge]:
    """The edges between some nodes, each with its proofs, in the order in which they were read."""
    wanted, edge = set(ids), schema.edge
    rows = []
    some = sorted(wanted)
    for at in range(0, len(some), _AT_ONCE):
        query = select(edge).where(edge.c.source.in_(some[at : at + _AT_ONCE]))
        if relations is not None:
            query = query.where(edge.c.relation.in_(relations))
        if len(some) <= _AT_ONCE:
            query = query.where(edge.c.target.in_(some))
        rows += [row for row in connection.execute(query) if row.target in wanted]
    return with_proofs(connection, rows)


def with_proofs(connection: Connection, rows: Sequence[Any]) -> list[Edge]:
    """``edge`` rows as edges: those of the same ends and relation become one with several proofs."""
    cited, document = schema.citation, schema.document
    proofs: dict[int, Proof] = {}
    ids = sorted({row.citation_id for row in rows})
    for at in range(0, len(ids), _AT_ONCE):
        query = (
            select(
                cited.c.id, document.c.record_id, cited.c.ordinal, cited.c.raw_number, cited.c.number, cited.c.page,
                cited.c.span_start, cited.c.span_end, cited.c.sentence, cited.c.via, cited.c.attached,
            )
            .join(document, document.c.id == cited.c.document_id)
            .where(cited.c.id.in_(ids[at : at + _AT_ONCE]))
        )  # fmt: skip
        for row in connection.execute(query):
            span = (row.span_start, row.span_end) if row.span_start is not None else None
            printed = row.raw_number or row.number
            proofs[row.id] = Proof(
                row.record_id, row.ordinal, printed, row.page, span, row.sentence, row.via, bool(row.attached)
            )
    edges: dict[tuple[int, int, str], Edge] = {}
    for row in sorted(rows, key=lambda row: row.citation_id):
        edge = edges.setdefault((row.source, row.target, row.relation), Edge(row.source, row.target, row.relation))
        if (
            row.citation_id in proofs
        ):  # else the record changed a moment ago and the graph follows with the next question
            edge.proofs.append(proofs[row.citation_id])
    return [edge for edge in edges.values() if edge.proofs]


def subgraph(
    connection: Connection, ids: Iterable[int], *, focus: tuple[int, ...] = (), depth: dict[int, int] | None = None,
    relations: Sequence[str] | None = None, cut: bool = False,
) -> Subgraph:  # fmt: skip
    """Nodes with the edges among them."""
    nodes = nodes_by_id(connection, ids)
    return Subgraph(nodes, edges_among(connection, list(nodes), relations), focus, depth or {}, cut)
