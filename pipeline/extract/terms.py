"""Deadlines of the body, each joined to the task in which it stands."""

from __future__ import annotations

from typing import Any

from pipeline.extract.context import Context
from pipeline.extract.found import Found, found
from pipeline.language.deadlines import DeadlineSpan
from pipeline.layout import Flow


def read_deadlines(context: Context, tasks: list[Found]) -> list[Found]:
    """Deadlines as dicts in the shape of the record; also sets the ``deadline`` of their tasks."""
    results: list[Found] = []
    flow = context.body
    for paragraph in context.layout.paragraphs:
        text = flow.text[paragraph.start : paragraph.end]
        for span in context.deadlines_in(text):
            # A regulation that is promulgated sets duties that come again; its days and terms are those of its cases.
            if paragraph.annex and (span.kind != "recurring" or not (paragraph.section or "").startswith("Điều")):
                continue
            item = _found(flow, paragraph.start, span)
            item.value["task"] = _task_of(flow, tasks, paragraph.start + span.start, paragraph.start + span.end)
            results.append(item)
            at = item.value["task"]
            if at is not None and span.due and tasks[at].value["deadline"] is None:
                tasks[at].value["deadline"] = span.due
                tasks[at].parts["deadline"] = item
    return results


def deadline_value(span: DeadlineSpan) -> dict[str, Any]:
    """A deadline in the shape of the record, without its task."""
    value: dict[str, Any] = {"kind": span.kind, "raw": " ".join(span.raw.split())}
    if span.due:
        value["due"] = span.due
    if span.bound:
        value["bound"] = span.bound
    if span.period:
        value["start"], value["end"] = span.period
    if span.rule:
        value["rule"] = span.rule
    if span.kind == "relative":
        value["days"], value["working"], value["anchor"] = span.days, span.working, span.anchor
    return value


def _found(flow: Flow, offset: int, span: DeadlineSpan) -> Found:
    value = deadline_value(span)
    certainty = 0.85 if span.inferred_year else 0.93
    return found(flow, offset + span.start, offset + span.end, f"deadline.{span.kind}", value, certainty)


def _task_of(flow: Flow, tasks: list[Found], start: int, end: int) -> int | None:
    """Index of the task whose text holds the span."""
    spans = flow.locate(start, end)
    for index, task in enumerate(tasks):
        for own in task.spans:
            if any(own.page is s.page and own.start <= s.start and s.end <= own.end for s in spans):
                return index
    return None
