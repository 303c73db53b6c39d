"""Zones → fields, each with the spans it was read from.  :func:`extract` is the way in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pipeline.extract.citations import read_citations
from pipeline.extract.contacts import read_contacts
from pipeline.extract.context import Context
from pipeline.extract.found import Found
from pipeline.extract.issuedate import read_place_date, withdraw_date
from pipeline.extract.issuer import read_issuer
from pipeline.extract.lists import read_addressees, read_recipients
from pipeline.extract.ownnumber import read_own_number, settle_type_code
from pipeline.extract.received import read_received
from pipeline.extract.signer import read_signer
from pipeline.extract.subject import read_marks, read_subject, read_type
from pipeline.extract.task_tables import outside, read_task_tables
from pipeline.extract.tasks import read_tasks
from pipeline.extract.terms import read_deadlines
from pipeline.layout import DocumentLayout
from pipeline.read.model import SourceFile

__all__ = ["Context", "Extraction", "Found", "extract"]


@dataclass(slots=True)
class Extraction:
    """Everything found in one document: scalars and objects by field name, lists by field name."""

    context: Context
    scalars: dict[str, Found] = field(default_factory=dict)
    lists: dict[str, list[Found]] = field(default_factory=dict)


def extract(source: SourceFile, layout: DocumentLayout, index: int) -> Extraction:
    """Read every field of one document.  ``index`` is its place in the file, from 0."""
    typed = all(page.source != "ocr" for page in layout.pages)
    context = Context(source, layout, index, typed)
    result = Extraction(context)
    scalars = result.scalars
    scalars.update(read_place_date(context))
    if (received := read_received(context)) is not None:
        scalars["received"] = received
        if received.value["date"]:
            context.received = date.fromisoformat(received.value["date"])
    number, raw_number = read_own_number(context)
    issuer, parent = read_issuer(context)
    for name, item in (
        ("number", number), ("raw_number", raw_number), ("doc_type", read_type(context)), ("issuer", issuer),
        ("issuer_parent", parent), ("subject", read_subject(context)), ("signer", read_signer(context)),
    ):  # fmt: skip
        if item is not None:
            scalars[name] = item
    if not typed and "doc_type" in scalars:
        settle_type_code(number, scalars["doc_type"].value)
    scalars.update(read_marks(context))
    result.lists["addressees"] = read_addressees(context)
    result.lists["distribution"], result.lists["archive"] = read_recipients(context)
    own = number.value if number else None
    result.lists["citations"] = read_citations(context, own)
    cited = [item.value["date"] for item in result.lists["citations"] if item.value["date"]]
    withdraw_date(context, scalars, [date.fromisoformat(day) for day in cited])
    tables = read_task_tables(context)
    tasks = outside(read_tasks(context), tables.lines)
    deadlines = outside(read_deadlines(context, tasks), tables.lines)
    for item in tables.deadlines:
        item.value["task"] += len(tasks)
    result.lists["deadlines"] = [*deadlines, *tables.deadlines]
    result.lists["tasks"] = [*tasks, *tables.tasks]
    result.lists["contacts"] = read_contacts(context)
    return result
