"""A source as plain text, the way a text comes out of a word processor: for runs without pages or pictures."""

from __future__ import annotations

from corpus.generator.header import MOTTO, NATION, PARTY
from corpus.generator.source import Document, Paragraph, Source, plain


def write(source: Source) -> str:
    """All documents of a source, one paragraph a line, blank lines between the parts."""
    return "\n\n".join(_document(document) for document in source.documents) + "\n"


def _document(document: Document) -> str:
    parts: list[list[str]] = []
    if document.has_header:
        parts.append([*document.parent, *document.issuer])
        parts.append([PARTY] if document.layout == "party" else [NATION, document.motto or MOTTO])
        parts += [[document.number], [document.date]]
    subject = [document.subject] if document.subject else []
    marks = [mark for mark in (document.secrecy, document.urgency, document.circulation) if mark]
    parts += [marks, [document.title, *subject] if document.title else subject]
    if stamp := document.received:
        parts.append([stamp.organization, stamp.heading, f"Số: {stamp.number}", f"Ngày: {stamp.date}",
                      f"Chuyển: {stamp.routing}"])  # fmt: skip
    if len(document.addressees) == 1:
        parts.append([f"{document.opening} {document.addressees[0]}"])
    elif document.addressees:
        parts.append([document.opening, *(f"- {item}" for item in document.addressees)])
    parts += _paragraphs(document, document.body)
    if document.recipients:
        parts.append(["Nơi nhận:", *document.recipients, *([document.drafter] if document.drafter else [])])
    if document.signature:
        parts.append([*document.signature.lines])
        parts.append([*document.digital])
        parts.append([document.signature.name or ""])
    parts.append([*document.footer])
    parts += _paragraphs(document, document.appendix)
    texts = ("\n".join(" ".join(plain(line).split()) for line in part if line) for part in parts)
    return "\n\n".join(text for text in texts if text)


def _paragraphs(document: Document, paragraphs: tuple[Paragraph, ...]) -> list[list[str]]:
    found: list[list[str]] = []
    for paragraph in paragraphs:
        if paragraph.kind == "table":
            table = document.tables[paragraph.text]
            found.append([" | ".join(row) for row in (table.columns, *table.rows)])
        elif paragraph.kind != "page":
            found.append([paragraph.text])
    return found
