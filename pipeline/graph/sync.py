"""Keeping the graph up with the archive.

The archive numbers its changes; the graph notes how far it has followed (``meta`` key "graph") in the same transaction
as the rows it wrote, so that a process killed at any moment neither loses nor doubles an edge.  Only the signatures
that are new or went away, and those that may be the same document, are resolved again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from pipeline.graph import nodes, resolve, signatures
from pipeline.graph.resolve import Decisions
from pipeline.graph.signatures import Signature
from pipeline.graph.statements import delete_in, point, rows_in, values_in
from pipeline.store import identity, schema
from pipeline.store.database import Database
from pipeline.store.scope import Scope

BATCH = 500
"""Documents followed in one transaction."""
_AT_ONCE = 400
_MARK = "graph"
T = TypeVar("T")


def follow(database: Database, batch: int = BATCH) -> int:
    """Bring the graph up to the archive; returns how many documents were looked at."""
    done, looked = 0, batch
    while looked == batch and _behind(database):
        # Not durable: after a power cut the mark is as old as the rows, and the same changes are followed again.
        with database.write(durable=False) as connection:
            looked = _step(connection, batch)
            done += looked
    return done


def _behind(database: Database) -> bool:
    with database.read() as connection:
        last = connection.execute(select(func.max(schema.document.c.change))).scalar()
        return last is not None and last > _mark(connection)


def _mark(connection: Connection) -> int:
    table = schema.meta
    return int(connection.execute(select(table.c.value).where(table.c.key == _MARK)).scalar() or 0)


def _set_mark(connection: Connection, value: int) -> None:
    table = schema.meta
    if connection.execute(update(table).where(table.c.key == _MARK).values(value=str(value))).rowcount == 0:
        connection.execute(insert(table).values(key=_MARK, value=str(value)))


def _step(connection: Connection, batch: int) -> int:
    table = schema.document
    rows = list(
        connection.execute(
            select(table).where(table.c.change > _mark(connection)).order_by(table.c.change).limit(batch)
        )
    )
    if rows:
        update_documents(connection, rows)
        _set_mark(connection, rows[-1].change)
    return len(rows)


def update_documents(connection: Connection, rows: Sequence[Any]) -> None:
    """Replace what the graph holds of these documents (``document`` rows) by what they say now."""
    ids = [row.id for row in rows]
    before = _forget(connection, ids)
    mentions, edges = _mentions(connection, [row for row in rows if row.state != "withdrawn"])
    stored, new = _store(connection, {s.key: s for s in mentions.values()} | {s.key: s for e in edges for s in e[2:4]})
    _insert(
        connection, schema.self_mention,
        [{"document_id": doc, "signature_id": stored[s.key]} for doc, s in mentions.items()],
    )  # fmt: skip
    _insert(
        connection, schema.edge,
        [
            {"citation_id": cited.id, "document_id": cited.document_id, "source_signature": stored[source.key],
             "target_signature": stored[target.key], "relation": cited.relation}
            for cited, _, source, target in edges
        ],
    )  # fmt: skip
    used = set(stored.values())
    gone, left_nodes, left_keys = _drop_unused(connection, before - used)
    # Whose resolution may be another now: new signatures, neighbours of those that went, and documents' own ones
    # (a node's label and count of held copies).
    own = {stored[s.key] for s in mentions.values()} | {i for i in before if i not in gone}
    settle(connection, new | own | _neighbours(connection, left_keys), left_nodes, documents=ids)


def settle(connection: Connection, ids: set[int], left_nodes: set[int], *, documents: Sequence[int] = ()) -> None:
    """Resolve the signatures and all that touch them anew, and let the edges follow, also those of new documents."""
    rows = gather(connection, ids)
    decisions = _decisions(connection, list(rows))
    groups = resolve.partition([signatures.of_row(row) for row in rows.values()], decisions)
    old = {row.node_id for row in rows.values() if row.node_id is not None}
    moved = nodes.settle(connection, groups, rows)
    _point_edges(connection, documents, moved=sorted(moved))
    nodes.sweep(connection, old | left_nodes)


def _forget(connection: Connection, ids: list[int]) -> set[int]:
    """Delete the edges and own mentions of documents; returns the signatures they had."""
    edge, own, found = schema.edge, schema.self_mention, set()
    for some in _chunks(ids):
        ends = values_in(edge.c.document_id, edge.c.source_signature, edge.c.target_signature)
        for column, statement in (
            (edge.c.document_id, ends),
            (own.c.document_id, values_in(own.c.document_id, own.c.signature_id)),
        ):
            had = {one for row in connection.execute(statement, {"some": some}) for one in row}
            if had:
                connection.execute(delete_in(column), {"some": some})
                found |= had
    return found


def _mentions(
    connection: Connection, rows: Sequence[Any]
) -> tuple[dict[int, Signature], list[tuple[Any, Any, Signature, Signature]]]:
    """Each document's own signature, and (citation, document, source, target) of every citation."""
    apart = _kept_apart(connection, [row.id for row in rows])
    own = {row.id: signatures.of_document(row, row.id in apart) for row in rows}
    by_document: dict[int, list[Any]] = defaultdict(list)
    cited = schema.citation
    for some in _chunks([row.id for row in rows]):
        query = select(cited).where(cited.c.document_id.in_(some)).order_by(cited.c.document_id, cited.c.ordinal)
        for citation in connection.execute(query):
            by_document[citation.document_id].append(citation)
    edges = []
    for row in rows:
        context = Scope(row.level, row.province, row.unit)
        found = [
            (citation, signatures.of_citation(citation, context, row.record_id)) for citation in by_document[row.id]
        ]
        bearers = {identity.number_key(c.number): s for c, s in reversed(found) if c.number}
        for citation, target in found:
            source = own[row.id]
            if citation.via:
                source = bearers.get(identity.number_key(citation.via)) or signatures.of_via(
                    citation.via, context, row.record_id, citation.ordinal
                )
            edges.append((citation, row, source, target))
    return own, edges


def _kept_apart(connection: Connection, ids: list[int]) -> set[int]:
    """Documents that a person called different from another with the same number."""
    pair, found = schema.duplicate, set()
    for some in _chunks(ids):
        query = select(pair.c.first_id, pair.c.second_id).where(
            pair.c.answer == "different", or_(pair.c.first_id.in_(some), pair.c.second_id.in_(some))
        )
        for row in connection.execute(query):
            found |= {row.first_id, row.second_id}
    return found


def _store(connection: Connection, wanted: dict[str, Signature]) -> tuple[dict[str, int], set[int]]:
    """Ids by key of all signatures, and the ids of those that are new."""
    table = schema.signature
    stored: dict[str, int] = {}
    for some in _chunks(sorted(wanted)):
        known = values_in(table.c.key, table.c.id, table.c.key, table.c.title)
        for row in connection.execute(known, {"some": some}):
            stored[row.key] = row.id
            title = wanted[row.key].title
            if title and (len(title), title) > (len(row.title or ""), row.title or ""):
                connection.execute(update(table).where(table.c.id == row.id).values(title=title))
    missing = [wanted[key] for key in sorted(wanted) if key not in stored]
    new = set()
    for some_new in _chunks(missing):
        made = connection.execute(
            insert(table).returning(table.c.id, sort_by_parameter_order=True), [signatures.values(s) for s in some_new]
        )
        for signature, (signature_id,) in zip(some_new, made, strict=True):
            stored[signature.key] = signature_id
            new.add(signature_id)
    return stored, new


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _drop_unused(connection: Connection, ids: set[int]) -> tuple[set[int], set[int], list[Any]]:
    """Delete signatures that nothing mentions any more; returns their ids, their nodes and their rows."""
    table, edge, own = schema.signature, schema.edge, schema.self_mention
    gone, left, rows = set(), set(), []
    for some in _chunks(sorted(ids)):
        used: set[int] = set()
        for column in (own.c.signature_id, edge.c.source_signature, edge.c.target_signature):
            used |= set(connection.execute(values_in(column, column), {"some": some}).scalars())
        unused = [one for one in some if one not in used]
        for row in connection.execute(rows_in(table.c.id), {"some": unused}) if unused else ():
            gone.add(row.id)
            rows.append(row)
            if row.node_id is not None:
                left.add(row.node_id)
        if unused:
            connection.execute(delete_in(table.c.id), {"some": unused})
    return gone, left, rows


def _neighbours(connection: Connection, rows: Iterable[Any]) -> set[int]:
    """Signatures that touched some that went away: with a bridge gone they may be documents of their own."""
    found: set[int] = set()
    for row in rows:
        found |= {other.id for other in _touching(connection, [row])}
        if row.node_id is not None:
            table = schema.signature
            found |= set(connection.execute(select(table.c.id).where(table.c.node_id == row.node_id)).scalars())
    return found


def gather(connection: Connection, ids: Iterable[int]) -> dict[str, Any]:
    """The rows (by key) of signatures and of all that could be resolved with them, directly or through others."""
    table = schema.signature
    rows: dict[str, Any] = {}
    for some in _chunks(sorted(ids)):
        for row in connection.execute(rows_in(table.c.id), {"some": some}):
            rows[row.key] = row
    front = list(rows.values())
    decided = _any_decided(connection)
    while front:
        found = _touching(connection, front, rows)
        for row in _decided(connection, [row.key for row in front]) if decided else ():
            if row.key not in rows:
                found.append(row)
        front = []
        for row in found:
            if row.key not in rows:
                rows[row.key] = row
                front.append(row)
    return rows


def _touching(connection: Connection, front: Sequence[Any], known: Container[str] = ()) -> list[Any]:
    """Stored signatures that could be one document with one of ``front``, but for those with ``known`` keys."""
    table = schema.signature
    found: dict[str, Any] = {}
    for column, touch in (
        (table.c.number_block, resolve.may_join),
        (table.c.day_block, resolve.may_be_mistyped),
    ):
        mine: dict[str, list[Signature]] = defaultdict(list)
        for row in front:
            if (block := row._mapping[column]) is not None:
                mine[block].append(signatures.of_row(row))
        for some in _chunks(sorted(mine)):
            for row in connection.execute(rows_in(column), {"some": some}):
                if row.key in found or row.key in known:
                    continue
                other = signatures.of_row(row)
                block = mine[row._mapping[column]]
                if any(one.key != row.key and touch(one.identity, other.identity) for one in block):
                    found[row.key] = row
    return list(found.values())


def _any_decided(connection: Connection) -> bool:
    """Whether a person decided anything about two signatures: mostly nobody did, and nothing need be looked up."""
    decision = schema.decision
    query = select(decision.c.id).where(decision.c.kind.in_(("same", "different")), decision.c.revoked_at.is_(None))
    return connection.execute(query.limit(1)).first() is not None


def _decided(connection: Connection, keys: Sequence[str]) -> list[Any]:
    """Stored signatures that a person's decision ties to some keys."""
    decision, table, others = schema.decision, schema.signature, set()
    for some in _chunks(list(keys)):
        query = select(decision.c.first, decision.c.second).where(
            decision.c.kind.in_(("same", "different")),
            decision.c.revoked_at.is_(None),
            or_(decision.c.first.in_(some), decision.c.second.in_(some)),
        )
        for row in connection.execute(query):
            others |= {row.first, row.second}
    found = []
    for some in _chunks(sorted(others - set(keys))):
        found += list(connection.execute(rows_in(table.c.key), {"some": some}))
    return found


def _decisions(connection: Connection, keys: Sequence[str]) -> Decisions:
    table = schema.decision
    pairs: dict[str, set[frozenset[str]]] = {"same": set(), "different": set()}
    for some in _chunks(list(keys) if _any_decided(connection) else []):
        query = select(table.c.kind, table.c.first, table.c.second).where(
            table.c.kind.in_(("same", "different")), table.c.revoked_at.is_(None), table.c.first.in_(some)
        )
        for row in connection.execute(query):
            pairs[row.kind].add(frozenset((row.first, row.second)))
    for some in _chunks(list(keys)):
        for answer, one, other in connection.execute(_answers(), {"keys": some}):
            if one != other:
                pairs[answer].add(frozenset((one, other)))
    return Decisions(frozenset(pairs["same"]), frozenset(pairs["different"] - pairs["same"]))


@cache
def _answers() -> Any:
    """Pairs of keys whose held documents a person called one document ("same") or two ("different")."""
    pair = schema.duplicate
    first, second = schema.self_mention.alias("first_own"), schema.self_mention.alias("second_own")
    one, other = schema.signature.alias("one"), schema.signature.alias("other")
    keys: Any = bindparam("keys", expanding=True)
    return (
        select(pair.c.answer, one.c.key, other.c.key)
        .select_from(pair)
        .join(first, first.c.document_id == pair.c.first_id)
        .join(second, second.c.document_id == pair.c.second_id)
        .join(one, one.c.id == first.c.signature_id)
        .join(other, other.c.id == second.c.signature_id)
        .where(pair.c.answer.in_(("same", "different")), or_(one.c.key.in_(keys), other.c.key.in_(keys)))
    )


def _point_edges(connection: Connection, documents: Sequence[int], *, moved: Sequence[int]) -> None:
    """Let edges point to the nodes of their signatures: those of some documents, and of signatures that moved."""
    edge = schema.edge
    ends = ((edge.c.source, edge.c.source_signature), (edge.c.target, edge.c.target_signature))
    for end, by in ends:
        for some in _chunks(list(moved)):
            connection.execute(point(by, end, by), {"some": some})
        for some in _chunks(list(documents)):
            connection.execute(point(edge.c.document_id, end, by), {"some": some})


def _chunks(values: Sequence[T], size: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    for at in range(0, len(values), size):
        yield values[at : at + size]
