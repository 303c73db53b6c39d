"""How far a directive has been carried out: its tasks and deadlines, and who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from pipeline.graph import lookup, walks
from pipeline.graph.model import CARRYING_OUT, Edge, Node
from pipeline.store import schema, tasks
from pipeline.store.tasks import TaskRow

ANSWERING = ("replies_to", *CARRYING_OUT)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document that gives tasks, as it stands.

    ``tasks`` are those of its held copies; ``open`` are undone, ``overdue`` undone with their day past; ``answers``
    are the documents that reply to it or carry it out, with the edge that says so.
    """

    node: Node
    tasks: list[TaskRow]
    open: list[TaskRow]
    overdue: list[TaskRow]
    answers: list[tuple[Node, Edge]]

    def as_dict(self) -> dict[str, Any]:
        def plain(task: TaskRow) -> dict[str, Any]:
            return {name: getattr(task, name) for name in TaskRow.__slots__}

        return {
            "node": self.node.as_dict(), "tasks": [plain(task) for task in self.tasks],
            "open": len(self.open), "overdue": len(self.overdue),
            "answers": [{"node": node.as_dict(), "relation": edge.relation} for node, edge in self.answers],
        }  # fmt: skip


def standing(connection: Connection, node: Node, today: date) -> Standing:
    """The tasks of one document and the answers to it."""
    rows: list[TaskRow] = []
    seen: set[str] = set()
    for record_id in lookup.records_of(connection, node.id):
        for task in tasks.listing(connection, record_id=record_id, limit=1000):
            key = " ".join(task.text.split())
            if key not in seen:  # the same document held twice gives its tasks once
                seen.add(key)
                rows.append(task)
    undone = [task for task in rows if task.state != "xong"]
    near = walks.reach(connection, node.id, "down", relations=ANSWERING, depth=1)[0]
    edges = lookup.edges_among(connection, list(near), ANSWERING)
    others = lookup.nodes_by_id(connection, [edge.source for edge in edges if edge.target == node.id])
    answers = [
        (others[e.source], e) for e in edges if e.target == node.id and e.source in others and e.source != node.id
    ]
    late = [task for task in undone if task.overdue(today)]
    return Standing(node, rows, undone, late, sorted(answers, key=lambda pair: (pair[0].date or "", pair[0].id)))


def status(
    connection: Connection, today: date, *, node: Node | None = None, doc_types: Sequence[str] = (),
    limit: int = 50,
) -> list[Standing]:  # fmt: skip
    """Documents with unanswered tasks, those with overdue ones first.

    With ``node``: that document and every held one that carries it out.  Without: all held documents (of the types
    given, if any) that have an undone task.
    """
    document, task, own, signature = schema.document, schema.task, schema.self_mention, schema.signature
    if node is not None:
        ids = list(walks.reach(connection, node.id, "down")[0])
        nodes = [n for n in lookup.nodes_by_id(connection, ids).values() if n.held]
        found = [standing(connection, n, today) for n in nodes[:limit]]
        return [one for one in found if one.tasks or one.node.id == node.id]
    query = (
        select(signature.c.node_id)
        .join(own, own.c.signature_id == signature.c.id)
        .join(document, document.c.id == own.c.document_id)
        .join(task, task.c.document_id == document.c.id)
        .where(task.c.state != "xong", document.c.state != "withdrawn")
        .order_by(task.c.due.is_(None), task.c.due, document.c.id)
        .limit(limit * 20)
    )
    if doc_types:
        query = query.where(document.c.doc_type.in_(doc_types))
    ids = list(dict.fromkeys(connection.execute(query).scalars()))[:limit]
    found = [standing(connection, n, today) for n in lookup.nodes_by_id(connection, ids).values()]
    return sorted(
        found, key=lambda one: (-len(one.overdue), min((t.due or "9" for t in one.open), default="9"), one.node.id)
    )
