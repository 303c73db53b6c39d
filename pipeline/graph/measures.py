"""Measures over the whole graph: what is central, what is missing, what came when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from sqlalchemy import Connection, func, select

from pipeline.graph import lookup, network
from pipeline.graph.model import Node
from pipeline.store import schema
from pipeline.store.fold import searchable

By = Literal["pagerank", "cited"]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A node with its measure: ``score`` is its PageRank or its number of citing documents (``cited``)."""

    node: Node
    score: float
    cited: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A document cited and not held: ``cited`` documents cite it (counted as in ``Ranked``), ``last`` is the day of the
    newest document of the archive in which that is said."""

    node: Node
    cited: int
    last: str | None
    relations: dict[str, int]


def _filters(year: int | None, issuer: str | None, province: str | None) -> list[Any]:
    node = schema.node
    where: list[Any] = []
    if year is not None:
        where.append(node.c.year == year)
    if issuer:
        where.append(node.c.issuer_key.contains(" ".join(searchable(issuer).split())))
    if province:
        where.append(node.c.province == province)
    return where


def central(
    connection: Connection, *, by: By = "pagerank", year: int | None = None, issuer: str | None = None,
    province: str | None = None, limit: int = 20,
) -> list[Ranked]:  # fmt: skip
    """The documents that most lean on, by PageRank over the whole graph or by the number of citing documents.

    ``year``, ``issuer`` and ``province`` choose which nodes are shown; ranks are always those of the whole graph.
    """
    node, edge = schema.node, schema.edge
    where = _filters(year, issuer, province)
    chosen = set(connection.execute(select(node.c.id).where(*where)).scalars()) if where else None
    if by == "cited":
        many = func.count(func.distinct(edge.c.source))
        query = select(edge.c.target, many).where(edge.c.target.is_not(None), edge.c.source != edge.c.target)
        query = query.group_by(edge.c.target).order_by(many.desc(), edge.c.target)
        rows = connection.execute(query if chosen is not None else query.limit(limit))
        scored = [(target, float(count)) for target, count in rows if chosen is None or target in chosen][:limit]
    else:
        scored = ranked(connection, limit, chosen)
    nodes = lookup.nodes_by_id(connection, [node_id for node_id, _ in scored])
    cited = _cited(connection, list(nodes))
    return [Ranked(nodes[i], score, cited.get(i, 0)) for i, score in scored if i in nodes]


def ranked(connection: Connection, limit: int, chosen: set[int] | None = None) -> list[tuple[int, float]]:
    """The ids of the nodes (of ``chosen`` ones) that most lean on with their PageRank, the first ones first."""
    arrays = network.load_arrays(connection)
    if len(arrays.source) < network.ARRAYS_FROM:
        import networkx as nx

        graph: nx.DiGraph = nx.DiGraph()
        graph.add_nodes_from(arrays.ids.tolist())
        graph.add_edges_from(zip(arrays.ids[arrays.source].tolist(), arrays.ids[arrays.target].tolist(), strict=True))
        of_node = nx.pagerank(graph) if graph else {}
        ranks = np.array([of_node[i] for i in arrays.ids.tolist()])
    else:
        ranks = network.pagerank(arrays)
    ids = arrays.ids
    if chosen is not None:
        there = np.isin(ids, list(chosen))
        ids, ranks = ids[there], ranks[there]
    first = np.lexsort((ids, -ranks))[:limit]
    return list(zip(ids[first].tolist(), ranks[first].tolist(), strict=True))


def _cited(connection: Connection, ids: list[int]) -> dict[int, int]:
    edge = schema.edge
    query = (
        select(edge.c.target, func.count(func.distinct(edge.c.source)))
        .where(edge.c.target.in_(ids), edge.c.source != edge.c.target)
        .group_by(edge.c.target)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def missing(
    connection: Connection, *, year: int | None = None, issuer: str | None = None, province: str | None = None,
    limit: int = 50, offset: int = 0,
) -> list[Missing]:  # fmt: skip
    """Documents that are cited and not held, the most cited first: what to ask for."""
    node, edge, cited, document = schema.node, schema.edge, schema.citation, schema.document
    many = func.count(func.distinct(edge.c.source))
    query = (
        select(edge.c.target, many.label("many"))
        .join(node, node.c.id == edge.c.target)
        .where(node.c.held == 0, edge.c.source != edge.c.target, *_filters(year, issuer, province))
        .group_by(edge.c.target)
        .order_by(many.desc(), edge.c.target)
        .limit(limit)
        .offset(offset)
    )
    rows = list(connection.execute(query))
    ids = [row.target for row in rows]
    nodes = lookup.nodes_by_id(connection, ids)
    newest: dict[int, str | None] = {}
    relations: dict[int, dict[str, int]] = {node_id: {} for node_id in ids}
    details = (
        select(edge.c.target, edge.c.relation, func.count().label("many"), func.max(document.c.date).label("last"))
        .join(cited, cited.c.id == edge.c.citation_id)
        .join(document, document.c.id == edge.c.document_id)
        .where(edge.c.target.in_(ids))
        .group_by(edge.c.target, edge.c.relation)
    )
    for row in connection.execute(details):
        relations[row.target][row.relation] = row.many
        newest[row.target] = max(filter(None, [newest.get(row.target), row.last]), default=None)
    return [Missing(nodes[row.target], row.many, newest.get(row.target), relations[row.target]) for row in rows]


def timeline(
    connection: Connection, *, node: Node | None = None, year: int | None = None, issuer: str | None = None,
    province: str | None = None, held_only: bool = False, limit: int = 500,
) -> list[Node]:  # fmt: skip
    """Documents by day of issue; of one document's lineage when ``node`` is given.  Undated ones are left out."""
    from pipeline.graph import walks

    table = schema.node
    if node is not None:
        around = walks.lineage(connection, node, relations=None).nodes.values()
        found = [n for n in around if n.date and not (held_only and not n.held)]
        return sorted(found, key=lambda n: (n.date or "", n.id))[:limit]
    where = [table.c.date.is_not(None), *_filters(year, issuer, province)]
    if held_only:
        where.append(table.c.held > 0)
    rows = connection.execute(select(table).where(*where).order_by(table.c.date, table.c.id).limit(limit))
    return [lookup.node_of_row(row) for row in rows]
