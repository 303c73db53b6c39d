"""Column types that SQLite and PostgreSQL keep alike: JSON as canonical text, and packed JSON for bulky records."""

from __future__ import annotations

import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare white space: equal values give equal text, on every machine."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if _UNSTORABLE.search(text):  # half a surrogate pair has no UTF-8; JSON can escape it
        return json.dumps(value, sort_keys=True, separators=(",", ":"))
    return text


# PostgreSQL's text has no place for NUL, and UTF-8 none for halves of surrogate pairs; damaged PDFs and file names of
# other systems have both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class PlainText(TypeDecorator[str]):
    """Text for looking up and showing: characters that a database cannot hold become U+FFFD, the length stays.

    What was read stands exactly in the packed records and pages.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else _UNSTORABLE.sub("\ufffd", value)


def now() -> str:
    """The present moment in UTC as ISO 8601 text with microseconds: sorts as it counts, in both databases."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class JsonText(TypeDecorator[Any]):
    """A JSON value as canonical text; SQL NULL is Python ``None``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class PackedJson(TypeDecorator[Any]):
    """A JSON value as zlib-compressed UTF-8: a record with its evidence takes a fifth of its text."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(canonical(value).encode(), 6)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(zlib.decompress(value))
