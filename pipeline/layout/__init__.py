"""Pages → documents, zones and body outline.  :func:`analyse` is the way in."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout.closing import zone_closing
from pipeline.layout.flow import Flow, PageLine, Span
from pipeline.layout.header import zone_header
from pipeline.layout.outline import build_body
from pipeline.layout.signs import is_contact_line
from pipeline.layout.split import page_lines, set_aside, split_documents
from pipeline.layout.zones import ZONE_NAMES, DocumentLayout, Paragraph, Zone
from pipeline.read.model import Page

__all__ = ["ZONE_NAMES", "DocumentLayout", "Flow", "PageLine", "Paragraph", "Span", "Zone", "analyse"]


def analyse(pages: Sequence[Page]) -> list[DocumentLayout]:
    """Documents of a file, in page order; a file without any text has none."""
    lines = page_lines([p for p in pages if p.error is None and not p.blank])
    if not lines:
        return []
    return [_document(part) for part in split_documents(lines) if part]


def _in_body(at: int, body_from: int, closing_from: int) -> bool:
    return body_from <= at < closing_from


def _document(lines: list[PageLine]) -> DocumentLayout:
    aside = set_aside(lines)
    header, body_from = zone_header(lines, aside)
    closing, closing_from, annex_from = zone_closing(lines, aside, body_from)
    zones: list[tuple[Zone, PageLine]] = []
    body: list[PageLine] = []
    annex_at: int | None = None
    for at, line in enumerate(lines):
        zone = aside.get(at) or header.get(at) or closing.get(at)
        if zone is None or zone in (Zone.SIGNATURE, Zone.FURNITURE):
            # Ô số 13 stands at the foot of the first page or under the signature.
            zone = Zone.CONTACT if is_contact_line(line.text) and not _in_body(at, body_from, closing_from) else zone
        if zone is None:
            zone = Zone.ANNEX if at >= annex_from else Zone.BODY if body_from <= at < closing_from else Zone.FURNITURE
        if zone is Zone.ANNEX and annex_at is None:
            annex_at = len(body)
        if zone in (Zone.BODY, Zone.ANNEX):
            body.append(line)
        zones.append((zone, line))
    flow, paragraphs = build_body(body, len(body) if annex_at is None else annex_at)
    pages: list[Page] = []
    for line in lines:
        if line.page not in pages:
            pages.append(line.page)
    return DocumentLayout(pages, zones, flow, paragraphs)
