"""A person's decisions about the graph: remembered by signature, replayed over every rebuild, revocable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from pipeline.graph import sync
from pipeline.store import audit, schema
from pipeline.store.actors import Actor
from pipeline.store.columns import now
from pipeline.store.errors import NotFound

DecisionKind = Literal["same", "different", "dismiss"]


@dataclass(frozen=True, slots=True)
class Decision:
    """``same``/``different``: two signatures are one document or not; ``dismiss``: the finding ``first`` is none."""

    id: int
    kind: DecisionKind
    first: str
    second: str
    at: str
    actor: str
    role: str
    note: str


def decide(
    connection: Connection, actor: Actor, kind: DecisionKind, first: str, second: str = "", *, note: str = ""
) -> Decision:
    """Keep a decision; what was decided about the same pair before is revoked.  Raises ``NotFound``."""
    table, moment = schema.decision, now()
    first, second = sorted((first, second)) if second else (first, "")
    keys = _known(connection, first, second) if kind != "dismiss" else set()
    kinds = ("dismiss",) if kind == "dismiss" else ("same", "different")
    connection.execute(
        update(table)
        .where(table.c.kind.in_(kinds), table.c.first == first, table.c.second == second, table.c.revoked_at.is_(None))
        .values(revoked_at=moment, revoked_by=actor.name)
    )
    values = {"kind": kind, "first": first, "second": second, "at": moment, "actor": actor.name,
              "role": actor.role.value, "note": note}  # fmt: skip
    made = connection.execute(insert(table).values(values))
    audit.append(connection, actor, f"graph_{kind}", first, {"other": second, "note": note})
    if keys:
        sync.settle(connection, keys, set())
    return Decision(int(made.inserted_primary_key[0]), **values)  # type: ignore[index,arg-type]


def revoke(connection: Connection, actor: Actor, decision_id: int) -> None:
    """Take a decision back; it stays in the list of what was decided, with who took it back."""
    table = schema.decision
    row = connection.execute(select(table).where(table.c.id == decision_id, table.c.revoked_at.is_(None))).first()
    if row is None:
        raise NotFound(what="quyết định", key=str(decision_id))
    connection.execute(update(table).where(table.c.id == decision_id).values(revoked_at=now(), revoked_by=actor.name))
    audit.append(connection, actor, "graph_revoke", row.first, {"other": row.second, "kind": row.kind})
    if row.kind != "dismiss":
        node = schema.signature
        keys = set(connection.execute(select(node.c.id).where(node.c.key.in_((row.first, row.second)))).scalars())
        nodes = connection.execute(select(node.c.node_id).where(node.c.id.in_(keys))).scalars()
        whole = connection.execute(select(node.c.id).where(node.c.node_id.in_(list(nodes)))).scalars()
        sync.settle(connection, keys | set(whole), set())


def _known(connection: Connection, *keys: str) -> set[int]:
    table = schema.signature
    found = {
        row.key: row.id for row in connection.execute(select(table.c.id, table.c.key).where(table.c.key.in_(keys)))
    }
    for key in keys:
        if key not in found:
            raise NotFound(what="cách gọi văn bản", key=key)
    return set(found.values())


def decisions(connection: Connection) -> list[Decision]:
    """Every decision in force, oldest first."""
    table = schema.decision
    rows = connection.execute(select(table).where(table.c.revoked_at.is_(None)).order_by(table.c.id))
    return [Decision(r.id, r.kind, r.first, r.second, r.at, r.actor, r.role, r.note) for r in rows]
