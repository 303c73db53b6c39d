"""The citation graph of an archive: the one door for the command line, the app and the API.

    graph = CitationGraph(archive, actor)
    node = graph.node("514/SGDĐT-VP")            # or a record id, or "#12"
    found = graph.lineage(node)                  # Subgraph: nodes, edges with their proofs, depth
    graph.missing(), graph.central(), graph.findings(), graph.status() …
    graph.decide("same", doubt.signature, doubt.candidate_signatures[0])

Every question first lets the graph catch up with the archive (``sync``), which costs nothing when nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from pipeline.graph import deciding, findings, lookup, measures, standing, sync, walks
from pipeline.graph.deciding import Decision, DecisionKind
from pipeline.graph.findings import KINDS, Doubt, Finding, Kind
from pipeline.graph.measures import By, Missing, Ranked
from pipeline.graph.model import CARRYING_OUT, Node, Subgraph
from pipeline.graph.standing import Standing
from pipeline.store import schema
from pipeline.store.actors import Actor, require
from pipeline.store.archive import Archive

if TYPE_CHECKING:
    import networkx as nx


class CitationGraph:
    """Questions to the graph, asked by ``actor``; ``decide`` and ``revoke`` are the only verbs that write."""

    def __init__(self, archive: Archive, actor: Actor) -> None:
        require(actor, "read")
        self.archive, self.actor = archive, actor

    def sync(self) -> int:
        """Follow the archive's changes; returns how many documents were looked at."""
        return sync.follow(self.archive.database)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        self.sync()
        with self.archive.database.read() as connection:
            yield connection

    # --- nodes ---

    def find(self, name: str) -> list[Node]:
        """Every node that a number (in any spelling), a record id or "#12" may mean."""
        with self._read() as connection:
            return lookup.find(connection, name)

    def node(self, name: str) -> Node:
        """The one node; raises ``DocumentUnknown``, ``DocumentNotUnique``."""
        with self._read() as connection:
            return lookup.the_one(connection, name)

    def records(self, node: Node) -> list[str]:
        """The record ids of the node's copies in the archive."""
        with self._read() as connection:
            return lookup.records_of(connection, node.id)

    def counts(self) -> dict[str, int]:
        """``nodes``, ``held``, ``ghosts``, ``edges``, ``in_doubt``."""
        node, edge = schema.node, schema.edge
        with self._read() as connection:

            def count(*where: Any) -> int:
                return int(connection.execute(select(func.count()).select_from(node).where(*where)).scalar_one())

            edges = connection.execute(select(func.count()).select_from(edge)).scalar_one()
            return {
                "nodes": count(), "held": count(node.c.held > 0), "ghosts": count(node.c.held == 0),
                "edges": int(edges), "in_doubt": count(node.c.doubt.is_not(None)),
            }  # fmt: skip

    # --- walks ---

    def lineage(
        self, node: Node, *, depth: int = walks.DEEPEST, relations: Sequence[str] | None = CARRYING_OUT,
        limit: int = walks.WIDEST,
    ) -> Subgraph:  # fmt: skip
        """Up to the root directives, down to all that carry the document out; ``relations=None`` takes every kind."""
        with self._read() as connection:
            return walks.lineage(connection, node, depth=depth, relations=relations, limit=limit)

    def impact(self, node: Node, *, depth: int = walks.DEEPEST, limit: int = walks.WIDEST) -> Subgraph:
        """Everything that leans on the document, directly or through others."""
        with self._read() as connection:
            return walks.impact(connection, node, depth=depth, limit=limit)

    def path(self, first: Node, second: Node, *, any_direction: bool = False) -> Subgraph:
        """A shortest chain of citations; raises ``NoPath``."""
        with self._read() as connection:
            return walks.path(connection, first, second, any_direction=any_direction)

    def neighbourhood(self, nodes: Sequence[Node | int], *, limit: int = 200) -> Subgraph:
        """Nodes with what they cite and what cites them."""
        ids = [node if isinstance(node, int) else node.id for node in nodes]
        with self._read() as connection:
            return walks.neighbourhood(connection, ids, limit=limit)

    def near(self, ids: Sequence[int], *, limit: int = 200) -> tuple[list[int], bool]:
        """The ids of what some nodes cite and of what cites them, and whether there are more than ``limit``."""
        with self._read() as connection:
            return walks.near(connection, ids, limit=limit)

    def subgraph(self, ids: Sequence[int]) -> Subgraph:
        """Some nodes and the edges among them."""
        with self._read() as connection:
            return lookup.subgraph(connection, ids)

    def whole(self) -> Subgraph:
        """The whole graph (for export; mind its size)."""
        with self._read() as connection:
            ids = list(connection.execute(select(schema.node.c.id).order_by(schema.node.c.id)).scalars())
            return lookup.subgraph(connection, ids)

    def networkx(self, part: Subgraph | None = None) -> nx.MultiDiGraph:
        """The graph, or a part of it, for networkx."""
        from pipeline.graph.network import to_networkx

        return to_networkx(part or self.whole())

    # --- measures ---

    def central(
        self, *, by: By = "pagerank", year: int | None = None, issuer: str | None = None, province: str | None = None,
        limit: int = 20,
    ) -> list[Ranked]:  # fmt: skip
        """The documents that most lean on."""
        with self._read() as connection:
            return measures.central(connection, by=by, year=year, issuer=issuer, province=province, limit=limit)

    def ranked(self, limit: int) -> list[int]:
        """The ids of the nodes that most lean on, the first ones first: ``central`` without what it tells of each."""
        with self._read() as connection:
            return [node_id for node_id, _ in measures.ranked(connection, limit)]

    def missing(
        self, *, year: int | None = None, issuer: str | None = None, province: str | None = None, limit: int = 50,
        offset: int = 0,
    ) -> list[Missing]:  # fmt: skip
        """Documents cited and not held, the most cited first."""
        with self._read() as connection:
            return measures.missing(connection, year=year, issuer=issuer, province=province, limit=limit, offset=offset)

    def timeline(
        self, node: Node | None = None, *, year: int | None = None, issuer: str | None = None,
        province: str | None = None, held_only: bool = False, limit: int = 500,
    ) -> list[Node]:  # fmt: skip
        """Documents by day, of all or of one document's surroundings."""
        with self._read() as connection:
            return measures.timeline(
                connection, node=node, year=year, issuer=issuer, province=province, held_only=held_only, limit=limit
            )

    def status(
        self, node: Node | None = None, *, today: date | None = None, doc_types: Sequence[str] = (), limit: int = 50
    ) -> list[Standing]:
        """Which documents have which undone tasks and deadlines, and who answered."""
        with self._read() as connection:
            return standing.status(connection, today or date.today(), node=node, doc_types=doc_types, limit=limit)

    # --- what does not agree, and what people decide ---

    def findings(self, kinds: tuple[Kind, ...] = KINDS, *, dismissed: bool = False, limit: int = 500) -> list[Finding]:
        """Contradictions, differing spellings and days, doubts, documents held twice."""
        with self._read() as connection:
            return findings.findings(connection, kinds, dismissed=dismissed, limit=limit)

    def doubts(self, *, limit: int = 100, offset: int = 0) -> list[Doubt]:
        """Nodes that may be another one, for a person to decide."""
        with self._read() as connection:
            return findings.doubts(connection, limit=limit, offset=offset)

    def decide(self, kind: DecisionKind, first: str, second: str = "", *, note: str = "") -> Decision:
        """``same``/``different`` for two signature keys (``Doubt``), ``dismiss`` for a finding's key; remembered."""
        require(self.actor, "decide")
        self.sync()
        with self.archive._write() as connection:
            return deciding.decide(connection, self.actor, kind, first, second, note=note)

    def revoke(self, decision: Decision | int) -> None:
        """Take a decision back."""
        require(self.actor, "decide")
        with self.archive._write() as connection:
            deciding.revoke(connection, self.actor, decision if isinstance(decision, int) else decision.id)

    def decisions(self) -> list[Decision]:
        """Every decision in force."""
        with self._read() as connection:
            return deciding.decisions(connection)

    def signatures(self, node: Node) -> list[str]:
        """The keys of the signatures that name a node (to decide by)."""
        table = schema.signature
        with self._read() as connection:
            query = select(table.c.key).where(table.c.node_id == node.id).order_by(table.c.key)
            return list(connection.execute(query).scalars())
