"""Tasks in tables: a row with what is to be done, who does it and by when ("Danh mục nhiệm vụ kèm theo …")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.extract.context import Context
from pipeline.extract.found import Found
from pipeline.extract.terms import deadline_value
from pipeline.language.deadlines import DeadlineSpan
from pipeline.layout import PageLine, Zone
from pipeline.layout.tables import Cell, Table, find_tables
from pipeline.lexicon.cues import cue_groups, key_of

_CERTAINTY = 0.88
_EDGE = " .;,:-–—*•+\t"


@dataclass(slots=True)
class TaskTables:
    """Tasks, their deadlines (``task`` is an index into ``tasks``), and the lines of the tables they stand in."""

    tasks: list[Found]
    deadlines: list[Found]
    lines: tuple[PageLine, ...]


def read_task_tables(context: Context) -> TaskTables:
    """Rows of every table of the body and its annexes that names both what is to be done and who does it."""
    lines = [line for zone, line in context.layout.lines if zone in (Zone.BODY, Zone.ANNEX)]
    found = TaskTables([], [], ())
    for table in find_tables(lines, lambda heads: _roles(heads) is not None):
        _read(table, context, found)
        found.lines += table.lines
    return found


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    return {
        role: tuple(sorted((key_of(cue) for cue in cues), key=len, reverse=True))
        for role, cues in cue_groups("task_table").items()
    }


def _roles(heads: Sequence[str]) -> dict[str, int] | None:
    """Column by role ("count", "content", "lead", "support", "term"), None when the table gives no tasks.

    A head that names two roles ("Đơn vị chủ trì, phối hợp") is the lead's.
    """
    roles: dict[str, int] = {}
    for at, head in enumerate(heads):
        key = key_of(" ".join(head.split()))
        role = next((role for role, cues in _cues().items() if any(_begins(key, cue) for cue in cues)), None)
        if role and role not in roles:
            roles[role] = at
    return roles if {"content", "lead"} <= set(roles) else None


def _begins(key: str, cue: str) -> bool:
    return key == cue or key.startswith((cue + " ", cue + "/", cue + ",", cue + "("))


def _read(table: Table, context: Context, found: TaskTables) -> None:
    roles = _roles([cell.text for cell in table.head])
    if roles is None:
        return
    group: str | None = None
    for row in table.rows:
        count = _count(row[roles["count"]]) if "count" in roles else None
        content, lead = row[roles["content"]], row[roles["lead"]]
        if not lead.spans or not content.spans:
            # "I | Công tác chỉ đạo": the head of a group of rows.
            group = count if count and not count.isdigit() else group
            continue
        names = _parties(lead.text)
        if not names or len(re.sub(r"\W", "", content.text)) < 6:
            continue
        section = f"{group}.{count}" if group and count and count[:1].isdigit() else count
        value: dict[str, Any] = {
            "section": section, "text": content.text.strip(), "assignees": names, "deadline": None,
        }  # fmt: skip
        spans = (*content.spans, *lead.spans)
        task = Found(value, spans, "task.table-row", _CERTAINTY)
        found.tasks.append(task)
        if "term" in roles and (cell := row[roles["term"]]).spans:
            _deadlines(cell, context, found)


def _count(cell: Cell) -> str | None:
    return cell.text.strip(" .)") or None


def _parties(text: str) -> list[str]:
    """Parties of a cell: parted by ";", or by dashes at the head of each."""
    dashed = re.match(r"\s*[-–•+]\s", text) is not None
    parts = re.split(r";|(?:^|\s)[-–•+]\s+(?=[A-ZĐÀ-Ỹ])" if dashed else ";", text)
    return [name for part in parts if len(name := part.strip(_EDGE)) >= 2 and re.search(r"[^\W\d_]", name)]


def _deadlines(cell: Cell, context: Context, found: TaskTables) -> None:
    text = cell.text
    task = found.tasks[-1]
    for span in _terms(text, context):
        value = deadline_value(span)
        value["raw"], value["task"] = text, len(found.tasks) - 1
        item = Found(value, cell.spans, f"deadline.{span.kind}", _CERTAINTY)
        found.deadlines.append(item)
        if span.due and task.value["deadline"] is None:
            task.value["deadline"] = span.due
            task.parts["deadline"] = item


def _terms(text: str, context: Context) -> list[DeadlineSpan]:
    """Deadlines of a cell: the column's head is the "hoàn thành" that a sentence would have."""
    bare = text.strip(_EDGE)
    bare = bare[:1].lower() + bare[1:]
    if re.fullmatch(r"(?:ngày\s+)?\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?", bare):
        forms = [f"hoàn thành chậm nhất ngày {bare.removeprefix('ngày').strip()}"]
    elif re.match(r"(?:định kỳ|hằng|hàng)\s", bare):
        forms = [f"báo cáo {bare}", f"báo cáo định kỳ {bare}"]
    elif re.match(r"(?:tháng|quý)\b.*[,;]", bare):
        return []  # several months or quarters: which of them ends the work is not said
    else:
        forms = [f"hoàn thành {bare}", f"yêu cầu đơn vị hoàn thành trong {bare}"]
    for form in forms:
        if spans := context.deadlines_in(form):
            return spans
    return []


def outside(found: list[Found], lines: Sequence[PageLine]) -> list[Found]:
    """``found`` but for those that stand in the lines of a table."""
    covered = [line.span for line in lines]
    return [item for item in found if not any(span.meets(other) for span in item.spans for other in covered)]
