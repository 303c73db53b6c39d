"""What is exported: records with what the archive knows beside them (register lines, the original, when it changed)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import FileMissing, FileUnreadable
from pipeline.export.errors import RecordsInvalid
from pipeline.record.models import Record
from pipeline.store.actors import Actor
from pipeline.store.archive import Archive
from pipeline.store.query import Query
from pipeline.store.register import Entry

_PAGE = 200


@dataclass(slots=True)
class Item:
    """One document to export.

    ``entries``: its lines in the books; ``changed``: ISO moment of its last change (None from a file of records);
    ``original``: gives the bytes of the file it was read from, None where that file is not at hand.
    """

    record: Record
    entries: list[Entry] = field(default_factory=list)
    changed: str | None = None
    original: Callable[[], bytes] | None = None

    def entry(self, book: str) -> Entry | None:
        """The document's standing line in a book."""
        return next((e for e in self.entries if e.book == book and e.cancelled is None), None)


def items_of_files(paths: Sequence[Path]) -> list[Item]:
    """Records in JSON files (a list, or one record) in the order given; raises ``RecordsInvalid``, ``FileMissing``."""
    return [Item(record) for path in paths for record in _records_of(path)]


def _records_of(path: Path) -> Iterator[Record]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FileMissing(path) from error
    except OSError as error:
        raise FileUnreadable(path, reason=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise RecordsInvalid(path, reason="không phải JSON") from error
    for at, one in enumerate(data if isinstance(data, list) else [data]):
        yield record_of(one, path, at)


def record_of(data: Any, path: Path | str, at: int = 0) -> Record:
    """One record of plain data; raises ``RecordsInvalid`` which names the first field that is wrong."""
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(part) for part in first["loc"])
        raise RecordsInvalid(path, reason=f"bản ghi thứ {at + 1}, {where}: {first['msg']}") from error


def item_of_archive(archive: Archive, actor: Actor, record_id: str) -> Item:
    """One document of the archive; raises ``NotFound``."""
    stored = archive.record(actor, record_id)

    def original() -> bytes:
        stream, _name = archive.original(actor, record_id)
        with stream:
            return stream.read()

    return Item(stored.record, archive.entries_of(actor, record_id), stored.updated_at, original)


def items_of_archive(archive: Archive, actor: Actor, query: Query | None = None, limit: int = 10_000) -> list[Item]:
    """Documents of the archive that a search finds, in its order, ``limit`` at most."""
    from dataclasses import replace

    items: list[Item] = []
    query = query or Query(sort="date")
    while len(items) < limit:
        size = min(_PAGE, limit - len(items))
        found = archive.search(actor, replace(query, offset=query.offset, limit=size))
        items += [item_of_archive(archive, actor, hit.document.record_id) for hit in found.hits]
        if len(found.hits) < size:
            break
        query = replace(query, offset=query.offset + size)
    return items
