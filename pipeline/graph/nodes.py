"""Nodes in the database: one row for each document, held or only cited, that a group of signatures names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from pipeline.graph.resolve import Group, best_number
from pipeline.graph.statements import delete_in, values_in
from pipeline.lexicon.fold import squash
from pipeline.lexicon.types import type_named
from pipeline.store import schema
from pipeline.store.fold import searchable

_AT_ONCE = 500
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Held:
    """How many documents of the archive have a signature, and what one of them says it is about."""

    copies: int
    subject: str | None


def settle(connection: Connection, groups: Sequence[Group], rows: dict[str, Any]) -> set[int]:
    """Give every group its node; ``rows`` are the stored signatures by key.  Returns the ids of signatures that moved.

    A group keeps the least of the nodes that its signatures had (a ghost's node when its document arrives, with every
    edge); what is left over is deleted by ``sweep`` once no edge points to it.
    """
    table, signature = schema.node, schema.signature
    held = _held(connection, [rows[key].id for group in groups for key in group.keys])
    taken: set[int] = set()
    fresh: list[tuple[Group, dict[str, Any]]] = []
    moved: dict[int, int] = {}
    changed: list[dict[str, Any]] = []
    for group in groups:
        own = {key: held[rows[key].id] for key in group.keys if rows[key].id in held}
        columns = describe(group, own)
        known = sorted({rows[key].node_id for key in group.keys if rows[key].node_id is not None} - taken)
        if not known:
            fresh.append((group, columns))
            continue
        taken.add(known[0])
        changed.append({"node": known[0], **columns})
        moved |= {rows[key].id: known[0] for key in group.keys if rows[key].node_id != known[0]}
    for at in range(0, len(fresh), _AT_ONCE):
        some = fresh[at : at + _AT_ONCE]
        made = connection.execute(
            insert(table).returning(table.c.id, sort_by_parameter_order=True), [columns for _, columns in some]
        )
        for (group, _), (node_id,) in zip(some, made, strict=True):
            moved |= {rows[key].id: node_id for key in group.keys}
    if changed:
        _update_many(connection, table, changed)
    _point(connection, signature, moved)
    return set(moved)


def _update_many(connection: Connection, table: Any, changed: list[dict[str, Any]]) -> None:
    from sqlalchemy import bindparam

    names = [name for name in changed[0] if name != "node"]
    statement = update(table).where(table.c.id == bindparam("node")).values({n: bindparam(f"v_{n}") for n in names})
    connection.execute(statement, [{"node": c["node"], **{f"v_{n}": c[n] for n in names}} for c in changed])


def _point(connection: Connection, signature: Any, moved: dict[int, int]) -> None:
    from sqlalchemy import bindparam

    if moved:
        statement = update(signature).where(signature.c.id == bindparam("which")).values(node_id=bindparam("node"))
        connection.execute(statement, [{"which": which, "node": node} for which, node in moved.items()])


def _held(connection: Connection, ids: list[int]) -> dict[int, Held]:
    """The held documents of each signature that has any."""
    table, document = schema.self_mention, schema.document
    found: dict[int, Held] = {}
    for at in range(0, len(ids), _AT_ONCE):
        query = (
            select(table.c.signature_id, func.count(), func.max(document.c.subject))
            .join(document, document.c.id == table.c.document_id)
            .where(table.c.signature_id.in_(ids[at : at + _AT_ONCE]))
            .group_by(table.c.signature_id)
        )
        found |= {row[0]: Held(row[1], row[2]) for row in connection.execute(query)}
    return found


def sweep(connection: Connection, candidates: set[int]) -> None:
    """Delete those of the nodes that no signature has any more."""
    node, signature = schema.node, schema.signature
    some = sorted(candidates)
    for at in range(0, len(some), _AT_ONCE):
        batch = some[at : at + _AT_ONCE]
        found = connection.execute(values_in(signature.c.node_id, signature.c.node_id), {"some": batch})
        used = set(found.scalars())
        gone = [node_id for node_id in batch if node_id not in used]
        if gone:
            connection.execute(delete_in(node.c.id), {"some": gone})


def describe(group: Group, held: dict[str, Held]) -> dict[str, Any]:
    """The columns of a group's node; ``held`` tells of the signature keys that documents of the archive have."""
    best = best_number(group, held.__contains__)
    members = group.members
    owners = [member for member in members if member.key in held] or members
    days = _most([member.identity.date for member in owners])
    kind = best.identity.doc_type or _most([member.identity.doc_type for member in owners + members])
    issuer = best.identity.issuer or max((m.identity.issuer or "" for m in members), key=lambda t: (len(t), t)) or None
    title = max((own.subject or "" for own in held.values()), default="") or None
    title = title or max((m.title or "" for m in members), key=lambda t: (len(t), t)) or None
    scope = best.scope if best.scope.complete else next((m.scope for m in members if m.scope.complete), best.scope)
    period = best.identity.period or ""
    year = int(period) if period.isdigit() else int(days[:4]) if days else None
    number = best.identity.number
    return {
        "label": label(number, kind, days, issuer, title=title), "number": number, "doc_type": kind, "date": days,
        "year": year, "issuer": issuer, "issuer_key": " ".join(searchable(issuer or "").split()),
        "level": scope.level, "province": scope.province, "unit": scope.unit,
        "title": title, "held": sum(own.copies for own in held.values()),
        "variants": sorted({m.number for m in members if m.number}), "reasons": group.reasons, "doubt": group.doubt,
    }  # fmt: skip


def _most(values: list[Any]) -> Any:
    """The most frequent value that is one; of equals the least."""
    counts: dict[Any, int] = defaultdict(int)
    for value in values:
        if value:
            counts[value] += 1
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def label(number: str | None, kind: str | None, day: str | None, issuer: str | None, *, title: str | None) -> str:
    """How a document is named to a person: "Công văn 514/SGDĐT-VP ngày 14/04/2021".

    Without a number a law goes by its title ("Luật An toàn thông tin mạng"), and any other document has it quoted.
    """
    name = (kind or "văn bản").strip()
    parts = [name[:1].upper() + name[1:]]
    if number:
        parts.append(number)
    elif title:
        short = title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
        known = type_named(name)
        if squash(short).startswith(squash(name)):
            parts = [short]
        elif known and known.regimes == ("QPPL",):
            parts.append(short)
        else:
            parts.append(f"không rõ số «{short}»" if kind else f"«{short}»")
    elif issuer:
        parts.append(f"không rõ số của {issuer}")
    if day:
        year, month, date = day.split("-")
        parts.append(f"ngày {date}/{month}/{year}")
    return " ".join(parts)
