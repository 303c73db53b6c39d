"""Backup and restore: one tar file with every table as JSON lines, every original, and a manifest of hashes.

The file does not depend on the database it was made from, so a backup of SQLite restores into PostgreSQL and back.
"""

from __future__ import annotations

import base64
import glob
import hashlib
import io
import json
import os
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select, text

from pipeline.errors import FileMissing, OutputUnwritable
from pipeline.store import audit, schema
from pipeline.store.columns import PackedJson, now
from pipeline.store.database import Database, head_revision
from pipeline.store.errors import BackupInvalid, RestoreRefused
from pipeline.store.originals import Originals, flush_folder

FORMAT = 1
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the schema's revision, the moment, rows by table, how many originals, the audit head."""

    revision: str
    at: str
    rows: dict[str, int]
    files: int
    audit_head: list[Any] | None


def write(database: Database, originals: Originals, folder: Path, target: Path) -> Manifest:
    """Write a backup; the file appears under its name only when it is whole."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        with tarfile.open(temporary, "w") as tar, database.read() as connection:
            manifest, members = _write_tables(connection, tar)
            blob = schema.blob
            names = [row.sha256 for row in connection.execute(select(blob.c.sha256).order_by(blob.c.sha256))]
            for sha256 in names:
                with originals.open(sha256) as stream:
                    _add(tar, f"originals/{sha256}", stream, originals.path(sha256).stat().st_size)
            head = audit.read_head(folder)
            made = Manifest(head_revision(), now(), manifest, len(names), list(head) if head else None)
            body = {"format": FORMAT, "members": members, **_plain(made)}
            data = json.dumps(body, ensure_ascii=False, indent=1).encode()
            _add(tar, "manifest.json", io.BytesIO(data), len(data))
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
        flush_folder(target.parent)
    except OSError as error:
        raise OutputUnwritable(target, reason=error.strerror or str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return made


def _sweep(target: Path) -> None:
    """Remove what backups to the same place left that were killed; one that is still being written is left alone."""
    for path in target.parent.glob(f".{glob.escape(target.name)}.*"):
        number = path.name.rpartition(".")[2]
        if number.isdecimal() and int(number) != os.getpid() and not _runs(int(number)):
            path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    if os.name != "posix":
        return True  # asking there would end the process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in Manifest.__slots__}


def _add(tar: tarfile.TarFile, name: str, stream: Any, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o444
    tar.addfile(info, stream)


def _write_tables(connection: Connection, tar: tarfile.TarFile) -> tuple[dict[str, int], dict[str, str]]:
    rows, members = {}, {}
    for table in schema.METADATA.sorted_tables:
        with tempfile.TemporaryFile() as out:
            digest, count = hashlib.sha256(), 0
            result = connection.execute(select(table).execution_options(yield_per=_ROWS_AT_ONCE))
            for row in result:
                line = (json.dumps([_out(value) for value in row], ensure_ascii=False) + "\n").encode()
                digest.update(line)
                out.write(line)
                count += 1
            size = out.tell()
            out.seek(0)
            _add(tar, f"tables/{table.name}.jsonl", out, size)
        rows[table.name], members[f"tables/{table.name}.jsonl"] = count, digest.hexdigest()
    return rows, members


def _out(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def read(database: Database, originals: Originals, folder: Path, source: Path) -> Manifest:
    """Restore a backup into an empty archive, in one transaction; a damaged backup changes nothing."""
    if not source.is_file():
        raise FileMissing(source)
    try:
        with tarfile.open(source, "r:") as tar:
            manifest, body = _read_manifest(tar, source)
            with database.write() as connection:
                _refuse_unless_empty(connection, database)
                connection.execute(schema.meta.delete())
                for table in schema.METADATA.sorted_tables:
                    _read_table(connection, tar, table, body, source)
                _restart_counting(connection)
                _read_originals(tar, originals, connection, source)
    except tarfile.TarError as error:
        raise BackupInvalid(source, reason=str(error)) from error
    if manifest.audit_head:
        audit.note_head(folder, manifest.audit_head[0], manifest.audit_head[1])
    return manifest


def _read_manifest(tar: tarfile.TarFile, source: Path) -> tuple[Manifest, dict[str, Any]]:
    try:
        stream = tar.extractfile("manifest.json")
        assert stream is not None
        body = json.loads(stream.read())
        manifest = Manifest(**{name: body[name] for name in Manifest.__slots__})
    except (KeyError, ValueError, AssertionError) as error:
        raise BackupInvalid(source, reason="thiếu hoặc hỏng bản kê") from error
    if body.get("format") != FORMAT or manifest.revision != head_revision():
        raise BackupInvalid(source, reason=f"do phiên bản khác tạo ra ({manifest.revision})")
    return manifest, body


def _refuse_unless_empty(connection: Connection, database: Database) -> None:
    for table in (schema.blob, schema.document, schema.audit, schema.user):
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise RestoreRefused(database.shown)


def _read_table(connection: Connection, tar: tarfile.TarFile, table: Table, body: dict[str, Any], source: Path) -> None:
    name = f"tables/{table.name}.jsonl"
    try:
        stream = tar.extractfile(name)
    except KeyError as error:
        raise BackupInvalid(source, reason=f"thiếu {name}") from error
    assert stream is not None
    packed = {c.name for c in table.columns if isinstance(c.type, LargeBinary) and not isinstance(c.type, PackedJson)}
    digest, rows, columns = hashlib.sha256(), [], [column.name for column in table.columns]
    for line in stream:
        digest.update(line)
        try:
            values = dict(zip(columns, json.loads(line), strict=True))
        except ValueError as error:
            raise BackupInvalid(source, reason=f"{name} bị hỏng") from error
        rows.append({k: base64.b64decode(v["base64"]) if k in packed and v else v for k, v in values.items()})
        if len(rows) >= _ROWS_AT_ONCE:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)
    if digest.hexdigest() != body["members"].get(name):
        raise BackupInvalid(source, reason=f"{name} bị hỏng")


def _restart_counting(connection: Connection) -> None:
    """Let PostgreSQL's sequences go on after the restored ids (SQLite does so by itself)."""
    if connection.dialect.name == "sqlite":
        return
    for table in schema.METADATA.sorted_tables:
        if "id" in table.c:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                )
            )


def _read_originals(tar: tarfile.TarFile, originals: Originals, connection: Connection, source: Path) -> None:
    wanted = {row.sha256 for row in connection.execute(select(schema.blob.c.sha256))}
    for member in tar:
        folder, _, sha256 = member.name.partition("/")
        if folder != "originals":
            continue
        stream = tar.extractfile(member)
        assert stream is not None
        found, _ = originals.keep_stream(stream)  # type: ignore[arg-type]
        if found != sha256:
            raise BackupInvalid(source, reason=f"bản gốc {sha256} bị hỏng")
        wanted.discard(sha256)
    if wanted:
        raise BackupInvalid(source, reason=f"thiếu {len(wanted)} bản gốc")
