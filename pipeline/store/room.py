"""Where an archive lives: its folder, its database, its originals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, insert, select

from pipeline.errors import OutputUnwritable, UsageError
from pipeline.store import audit, originals, schema
from pipeline.store.database import DATABASE_FILE, Database
from pipeline.store.errors import ArchiveMissing
from pipeline.store.fold import FOLD_VERSION


class Room:
    """Opening and closing; ``_write`` is the one way to change anything."""

    def __init__(self, root_or_url: str | Path, *, folder: str | Path | None = None, create: bool = True) -> None:
        by_url = isinstance(root_or_url, str) and "://" in root_or_url
        if by_url and folder is None:
            raise UsageError(reason="kho dùng cơ sở dữ liệu theo địa chỉ cần thêm thư mục giữ bản gốc")
        self.folder = Path(folder if folder is not None else root_or_url)
        if not create and not by_url and not (self.folder / DATABASE_FILE).is_file():
            raise ArchiveMissing(self.folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnwritable(self.folder, reason=error.strerror or str(error)) from error
        self.database = Database(str(root_or_url)) if by_url else Database.in_folder(self.folder)
        self.originals = originals.Originals(self.folder / originals.FOLDER)
        self.database.prepare(create)
        self._settle()

    def _settle(self) -> None:
        with self.database.read() as connection:
            table = schema.meta
            known = connection.execute(select(table.c.value).where(table.c.key == "fold")).scalar()
        if known is None:
            with self.database.write() as connection:
                if connection.execute(select(table.c.value).where(table.c.key == "fold")).scalar() is None:
                    connection.execute(insert(table).values(key="fold", value=str(FOLD_VERSION)))
        elif int(known) != FOLD_VERSION:
            self.rebuild_index()

    def rebuild_index(self) -> int:
        """Fold every document anew (after a change of the fold); returns how many."""
        from sqlalchemy import update

        from pipeline.store import documents

        table = schema.document
        with self._write() as connection:
            rows = list(connection.execute(select(table)))
            for row in rows:
                documents.refresh(connection, int(row.id), documents.effective(connection, row))
            meta = schema.meta
            connection.execute(update(meta).where(meta.c.key == "fold").values(value=str(FOLD_VERSION)))
        return len(rows)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self.database.write() as connection:
            yield connection
        with self.database.read() as connection:
            audit.write_head(connection, self.folder)

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
