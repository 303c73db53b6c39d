"""The whole graph in memory: for networkx, and as plain arrays where networkx is too slow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, select

from pipeline.graph import lookup
from pipeline.graph.model import Subgraph
from pipeline.store import schema

if TYPE_CHECKING:
    import networkx as nx

ARRAYS_FROM = 50_000
"""Graphs with more edges than this are measured on arrays (scipy) instead of networkx."""


@dataclass(frozen=True, slots=True)
class Arrays:
    """``ids`` (n,) node ids; ``source`` and ``target`` (m,) positions in ``ids``, one entry for each pair of nodes."""

    ids: np.ndarray
    source: np.ndarray
    target: np.ndarray


def load_arrays(connection: Connection, relations: tuple[str, ...] | None = None) -> Arrays:
    """Every node and every pair of nodes that an edge joins, self-references left out."""
    node, edge = schema.node, schema.edge
    ids = _column_pairs(connection, select(node.c.id, node.c.id).order_by(node.c.id))[:, 0]
    query = select(edge.c.source, edge.c.target).where(edge.c.source.is_not(None), edge.c.target.is_not(None))
    if relations is not None:
        query = query.where(edge.c.relation.in_(relations))
    pairs = _column_pairs(connection, query)
    if not len(ids) or not len(pairs):
        return Arrays(ids, *np.zeros((2, 0), dtype=np.int64))
    place = np.zeros(ids[-1] + 1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    source, target = place[pairs[:, 0]], place[pairs[:, 1]]
    # One number for each pair sorts many times faster than rows of two.
    both = np.sort((source * len(ids) + target)[source != target])
    both = both[np.diff(both, prepend=-1) > 0]
    return Arrays(ids, both // len(ids), both % len(ids))


def _column_pairs(connection: Connection, query: Any) -> np.ndarray:
    """The rows (n, 2) of a query for two whole numbers, past the row objects of the ORM: there are millions."""
    statement = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    cursor = connection.connection.cursor()
    try:
        rows: Any = cursor  # a DB-API cursor is an iterator in both drivers
        rows.execute(statement)
        return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 2)
    finally:
        cursor.close()


def pagerank(arrays: Arrays, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = 200) -> np.ndarray:
    """PageRank (Brin and Page 1998) of each node of ``ids``, summing to one: what ``networkx.pagerank`` gives.

    Power iteration on a sparse matrix; the rank of nodes that cite nothing is spread over all.  It ends when all ranks
    together change by less than ``tolerance`` (networkx multiplies its own by n, and so stops at once on a big graph).
    """
    from scipy.sparse import csr_array

    n = len(arrays.ids)
    if n == 0:
        return np.zeros(0)
    out = np.bincount(arrays.source, minlength=n).astype(float)
    weight = 1.0 / out[arrays.source]
    matrix = csr_array((weight, (arrays.target, arrays.source)), shape=(n, n))
    idle = out == 0
    rank = np.full(n, 1.0 / n)
    for _ in range(rounds):
        fresh = damping * (matrix @ rank + rank[idle].sum() / n) + (1 - damping) / n
        change = np.abs(fresh - rank).sum()
        rank = fresh
        if change < tolerance:
            break
    return rank / rank.sum()


def network(connection: Connection, ids: list[int] | None = None) -> nx.MultiDiGraph:
    """The graph (or the part over some node ids) for networkx: node attributes of ``Node``, edges keyed by relation
    with ``relation``, ``verb``, ``weight`` (number of proofs) and ``proofs``."""
    node = schema.node
    if ids is None:
        ids = list(connection.execute(select(node.c.id)).scalars())
    return to_networkx(lookup.subgraph(connection, ids))


def to_networkx(part: Subgraph) -> nx.MultiDiGraph:
    """A part of the graph as a networkx graph."""
    import networkx as nx

    graph: nx.MultiDiGraph = nx.MultiDiGraph()
    for node in part.nodes.values():
        values: dict[str, Any] = node.as_dict()
        graph.add_node(values.pop("id"), **values, depth=part.depth.get(node.id))
    for edge in part.edges:
        graph.add_edge(
            edge.source, edge.target, key=edge.relation, relation=edge.relation, verb=edge.verb,
            weight=len(edge.proofs), proofs=[proof.as_dict() for proof in edge.proofs],
        )  # fmt: skip
    return graph
