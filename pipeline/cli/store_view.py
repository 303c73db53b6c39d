"""How the archive's commands show records, histories and snippets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.cli.say import print_text

if TYPE_CHECKING:
    from pipeline.store.archive import Stored, VersionInfo


def title(stored: Stored) -> str:
    """A record on one line."""
    record = stored.record
    number = record.number or f"chưa rõ số ({record.raw_number or 'trống'})"
    return " · ".join(part for part in (record.doc_type, number, record.date, record.issuer, record.subject) if part)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A snippet with its hits between » and «; hits with nothing but a space between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    out, last = [], 0
    for start, end in joined:
        out += [text[last:start], "»", text[start:end], "«"]
        last = end
    return "".join([*out, text[last:]])


def print_record(stored: Stored) -> None:
    """A record, field by field."""
    from pipeline.workflow.summary import warnings_in_words

    states = {"new": "chưa xác nhận", "confirmed": "đã xác nhận", "withdrawn": "đã rút"}
    print_text(f"{title(stored)}\n  Mã {stored.id} · bản {stored.version} · {states[stored.state]}")
    record = stored.record
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if value in (None, []) or name in ("schema_version", "id", "evidence", "warnings"):
            continue
        items = value if isinstance(value, list) else [value]
        shown = "; ".join(item if isinstance(item, str) else _one(item) for item in items)
        print_text(f"  {field.title or name}: {shown}")
    for sentence in [*warnings_in_words(record), *stored.conflicts]:
        print_text(f"  ! {sentence}")


def _one(item: Any) -> str:
    values = item.model_dump(exclude_none=True, exclude_defaults=True) if hasattr(item, "model_dump") else {"": item}
    return ", ".join(f"{value}" for value in values.values() if value not in ("", []))


def print_history(versions: Sequence[VersionInfo], corrections: Sequence[dict[str, Any]]) -> None:
    """The versions of a record and what people changed."""
    causes = {"extracted": "đọc lần đầu", "re-extracted": "đọc lại", "corrected": "người sửa"}
    for version in versions:
        print_text(f"  Bản {version.n}: {version.at[:19]} {version.actor} ({causes.get(version.cause, version.cause)})")
    for change in corrections:
        note = f" ({change['note']})" if change["note"] else ""
        print_text(f"  {change['at'][:19]} {change['actor']}: {change['pointer']}{note}")
        print_text(f"    {change['before']!r} → {change['value']!r}")
