"""Walks through the graph, done in the database: lineage, impact, paths, the neighbourhood of a node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, func, literal, literal_column, or_, select, union

from pipeline.graph import lookup
from pipeline.graph.errors import NoPath
from pipeline.graph.model import CARRYING_OUT, Node, Subgraph
from pipeline.store import schema

Direction = Literal["up", "down"]
DEEPEST = 12
WIDEST = 2000
"""A walk stops after this many documents and says so (``Subgraph.cut``)."""


def reach(
    connection: Connection, start: int, direction: Direction, *, relations: Sequence[str] | None = CARRYING_OUT,
    depth: int = DEEPEST, limit: int = WIDEST,
) -> tuple[dict[int, int], bool]:  # fmt: skip
    """The nodes reached from ``start`` with their distance, by one recursive query.

    ``up`` follows citations (what it carries out), ``down`` goes against them (what carries it out).  The second value
    says whether the limit cut something off.
    """
    edge = schema.edge
    here, there = (edge.c.source, edge.c.target) if direction == "up" else (edge.c.target, edge.c.source)
    walk = select(literal(start, BigInteger).label("node"), literal(0, BigInteger).label("depth")).cte(
        "walk", recursive=True
    )
    nearer: Any = walk.c.depth < depth
    if connection.dialect.name == "sqlite":
        # Without the hint SQLite thinks that the walk visits everything, and reads the whole table for a Bloom filter.
        nearer = func.likelihood(nearer, literal_column("0.0001"))
    step = select(there, walk.c.depth + literal(1, BigInteger)).where(here == walk.c.node, nearer, there.is_not(None))
    if relations is not None:
        step = step.where(edge.c.relation.in_(relations))
    # UNION drops pairs that were seen; a cycle ends at the depth.
    walk = walk.union(step)
    rows = connection.execute(select(walk.c.node, walk.c.depth).limit(4 * limit))
    found: dict[int, int] = {}
    seen = 0
    for node, far in rows:
        seen += 1
        found[node] = min(far, found.get(node, far))
        if len(found) > limit:
            break
    cut = len(found) > limit or seen >= 4 * limit
    return dict(sorted(found.items(), key=lambda item: item[1])[:limit]), cut


def lineage(
    connection: Connection, node: Node, *, depth: int = DEEPEST, relations: Sequence[str] | None = CARRYING_OUT,
    limit: int = WIDEST,
) -> Subgraph:  # fmt: skip
    """From a document up to its root directives, and down to all that carry it out."""
    above, cut_above = reach(connection, node.id, "up", relations=relations, depth=depth, limit=limit)
    below, cut_below = reach(connection, node.id, "down", relations=relations, depth=depth, limit=limit)
    far = {key: -value for key, value in above.items()} | {k: v for k, v in below.items() if k not in above or v == 0}
    return lookup.subgraph(
        connection, far, focus=(node.id,), depth=far, relations=relations, cut=cut_above or cut_below
    )


def roots(found: Subgraph) -> list[Node]:
    """The documents of a lineage above the one asked about that themselves carry out no other: the root directives."""
    citing = {edge.source for edge in found.edges}
    above = [node for node in found.nodes.values() if found.depth.get(node.id, 0) < 0]
    return sorted((n for n in above if n.id not in citing), key=lambda n: (found.depth[n.id], n.date or ""))


def impact(
    connection: Connection, node: Node, *, depth: int = DEEPEST, relations: Sequence[str] | None = None,
    limit: int = WIDEST,
) -> Subgraph:  # fmt: skip
    """Everything that leans on a document, directly or through others: who must look again when it changes."""
    found, cut = reach(connection, node.id, "down", relations=relations, depth=depth, limit=limit)
    return lookup.subgraph(connection, found, focus=(node.id,), depth=found, relations=relations, cut=cut)


def neighbourhood(connection: Connection, ids: Sequence[int], *, limit: int = 200) -> Subgraph:
    """Some nodes with all that they cite and that cites them."""
    around, cut = near(connection, ids, limit=limit)
    depth = dict.fromkeys(ids, 0) | dict.fromkeys(around, 1)
    return lookup.subgraph(connection, depth, focus=tuple(ids), depth=depth, cut=cut)


def near(connection: Connection, ids: Sequence[int], *, limit: int = 200) -> tuple[list[int], bool]:
    """The nodes that some nodes cite or that cite them, and whether the limit cut something off."""
    edge = schema.edge
    query = union(
        select(edge.c.target).where(edge.c.source.in_(ids)), select(edge.c.source).where(edge.c.target.in_(ids))
    ).limit(limit + 1)
    found = [row[0] for row in connection.execute(query) if row[0] is not None]
    there = set(ids)
    return [node_id for node_id in found[:limit] if node_id not in there], len(found) > limit


def path(connection: Connection, first: Node, second: Node, *, any_direction: bool = False) -> Subgraph:
    """A shortest chain of citations from one document to another; raises ``NoPath``.

    Searched from both ends at once, level by level in the database.
    """
    ways = {first.id: {first.id: None}, second.id: {second.id: None}}  # type: dict[int, dict[int, int | None]]
    fronts = {first.id: [first.id], second.id: [second.id]}
    if first.id == second.id:
        return lookup.subgraph(connection, [first.id], focus=(first.id,))
    while all(fronts.values()):
        start = min(fronts, key=lambda end: len(fronts[end]))
        forward = start == first.id
        fronts[start] = _advance(connection, fronts[start], ways[start], forward, any_direction)
        met = [node for node in fronts[start] if node in ways[second.id if forward else first.id]]
        if met:
            chain = [*reversed(_trace(ways[first.id], min(met))), *_trace(ways[second.id], min(met))[1:]]
            depth = {node: at for at, node in enumerate(chain)}
            return lookup.subgraph(connection, chain, focus=(first.id, second.id), depth=depth)
    raise NoPath(first=first.label, second=second.label)


def _advance(
    connection: Connection, front: list[int], seen: dict[int, int | None], forward: bool, any_direction: bool
) -> list[int]:
    edge, fresh = schema.edge, []
    for at in range(0, len(front), 400):
        some = front[at : at + 400]
        here, there = (edge.c.source, edge.c.target) if forward else (edge.c.target, edge.c.source)
        query = select(here, there).where(here.in_(some))
        if any_direction:
            query = select(edge.c.source, edge.c.target).where(or_(edge.c.source.in_(some), edge.c.target.in_(some)))
        for a, b in connection.execute(query.distinct()):
            for come, go in ((a, b), (b, a)) if any_direction else ((a, b),):
                if come in seen and go is not None and go not in seen:
                    seen[go] = come
                    fresh.append(go)
    return fresh


def _trace(seen: dict[int, int | None], node: int) -> list[int]:
    """From a node back to where the search began."""
    chain = [node]
    while (before := seen[chain[-1]]) is not None:
        chain.append(before)
    return chain
