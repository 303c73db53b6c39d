"""The keeper's verbs of the archive: audit trail, backup, restore, check, figures."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from pipeline.store import audit, backup, integrity, schema
from pipeline.store.actors import Actor, require
from pipeline.store.audit import Entry
from pipeline.store.backup import Manifest
from pipeline.store.integrity import Fault
from pipeline.store.room import Room


class Keeping(Room):
    """What keeps an archive sound; see ``archive.Archive``."""

    def audit(
        self, actor: Actor, subject: str | None = None, *, limit: int = 200, before: int | None = None
    ) -> list[Entry]:
        """The newest lines of the audit trail; one record's own history may be read by everybody."""
        require(actor, "read" if subject is not None else "audit")
        with self.database.read() as connection:
            return audit.entries(connection, subject, limit, before)

    def backup(self, actor: Actor, target: Path) -> Manifest:
        """Write everything into one file (tar), consistent while others go on working; read by ``restore``."""
        require(actor, "backup")
        manifest = backup.write(self.database, self.originals, self.folder, target)
        with self._write() as connection:
            audit.append(connection, actor, "backup", target.name, {"rows": manifest.rows, "files": manifest.files})
        return manifest

    def restore(self, actor: Actor, source: Path) -> Manifest:
        """Fill this archive, which must be empty, from a backup made from either database.

        Raises ``RestoreRefused``, ``BackupInvalid``.
        """
        require(actor, "restore")
        manifest = backup.read(self.database, self.originals, self.folder, source)
        with self._write() as connection:
            audit.append(connection, actor, "restore", source.name, {"rows": manifest.rows, "files": manifest.files})
        return manifest

    def check(self, actor: Actor) -> list[Fault]:
        """Look at everything: database, originals, audit chain, records, search index, registers; [] when sound."""
        require(actor, "check")
        with self.database.read() as connection:
            return list(integrity.check(connection, self.originals, self.folder))

    def revision(self) -> tuple[int, int]:
        """What changes with everything that is written: the newest line of the audit trail, the newest change of a
        document.  The same revision, the same answers."""
        from pipeline.store import documents

        with self.database.read() as connection:
            last = connection.execute(select(func.max(schema.audit.c.seq))).scalar() or 0
            return int(last), documents.next_change(connection) - 1

    def figures(self, actor: Actor, today: date | None = None) -> dict[str, int]:
        """The counts of a first page: ``documents``, ``new``, ``confirmed``, tasks by state, "quá hạn", ``entered``
        (lines of this year's register of arrivals)."""
        require(actor, "read")
        from pipeline.store import tasks

        day = today or date.today()
        document, entry = schema.document, schema.register_entry
        with self.database.read() as connection:
            rows = connection.execute(select(document.c.state, func.count()).group_by(document.c.state))
            states = {row[0]: int(row[1]) for row in rows}
            entered = connection.execute(
                select(func.count()).select_from(entry).where(entry.c.book == "đến", entry.c.year == day.year)
            ).scalar_one()
            new, confirmed = states.get("new", 0), states.get("confirmed", 0)
            counts = {"documents": new + confirmed, "new": new, "confirmed": confirmed, "entered": int(entered)}
            return counts | tasks.counts(connection, day.isoformat())

    def corrected_fields(self, actor: Actor, newest: int = 200) -> tuple[int, int, dict[str, int]]:
        """Of the ``newest`` confirmed documents: how many there are, how many nobody changed, and in how many each
        field (the first part of the pointer) was changed."""
        require(actor, "read")
        document, fixes = schema.document, schema.correction
        with self.database.read() as connection:
            ids = list(
                connection.execute(
                    select(document.c.id)
                    .where(document.c.state == "confirmed")
                    .order_by(document.c.id.desc())
                    .limit(newest)
                ).scalars()
            )
            fields: dict[str, set[int]] = {}
            for row in connection.execute(
                select(fixes.c.document_id, fixes.c.pointer).where(fixes.c.document_id.in_(ids)).distinct()
            ):
                fields.setdefault(row.pointer.split("/")[1], set()).add(row.document_id)
            touched = set().union(*fields.values()) if fields else set()
            return len(ids), len(ids) - len(touched), {name: len(found) for name, found in fields.items()}

    def overview(self, actor: Actor, today: date | None = None, soon: int = 7) -> dict[str, Any]:
        """Figures for a first page.

        ``documents``, ``new``, ``confirmed``, ``withdrawn``; ``failed`` files; ``open_duplicates``; ``tasks`` by state
        with "quá hạn"; ``due_soon``: undone tasks due within ``soon`` days; ``untouched``: share of confirmed records
        nobody had to correct (None when none is confirmed); ``corrected``: how often people corrected each field.
        """
        require(actor, "read")
        from pipeline.store import tasks

        day = today or date.today()
        table, fixes = schema.document, schema.correction
        with self.database.read() as connection:
            states = {
                row[0]: row[1]
                for row in connection.execute(select(table.c.state, func.count()).group_by(table.c.state))
            }
            confirmed = states.get("confirmed", 0)
            touched = connection.execute(
                select(func.count(func.distinct(fixes.c.document_id)))
                .join(table, table.c.id == fixes.c.document_id)
                .where(table.c.state == "confirmed")
            ).scalar_one()
            fields: dict[str, int] = {}
            for (pointer,) in connection.execute(select(fixes.c.pointer)):
                name = pointer.split("/")[1]
                fields[name] = fields.get(name, 0) + 1
            failed = connection.execute(
                select(func.count()).select_from(schema.arrival).where(schema.arrival.c.outcome == "failed")
            ).scalar_one()
            asked = connection.execute(
                select(func.count()).select_from(schema.duplicate).where(schema.duplicate.c.answer.is_(None))
            ).scalar_one()
            return {
                "documents": states.get("new", 0) + confirmed,
                "new": states.get("new", 0),
                "confirmed": confirmed,
                "withdrawn": states.get("withdrawn", 0),
                "failed": failed,
                "open_duplicates": asked,
                "tasks": tasks.counts(connection, day.isoformat()),
                "due_soon": [
                    task
                    for task in tasks.listing(
                        connection, due_from=day.isoformat(), due_to=(day + timedelta(days=soon)).isoformat()
                    )
                    if task.state != "xong"
                ],
                "untouched": None if not confirmed else round(1 - touched / confirmed, 4),
                "corrected": dict(sorted(fields.items(), key=lambda item: -item[1])),
            }
