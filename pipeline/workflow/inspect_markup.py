"""A source without pictures as one HTML page: its text with zones at the left and values marked in place."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable
from html import escape

from pipeline.layout.zones import ZONE_NAMES
from pipeline.workflow.inspect import ZONE_COLOURS, Colour, Mark, PageView
from pipeline.workflow.summary import page_title

_STYLE = """
body { font: 15px/1.5 'DejaVu Sans', 'Liberation Sans', Arial, sans-serif; margin: 2em; color: #0f172a; }
h2 { font-size: 1.05em; margin: 2em 0 .6em; }
.page { display: grid; grid-template-columns: 11em minmax(30em, 60em) minmax(16em, 28em); gap: 0 1em; }
.zone { font-size: .8em; color: #334155; text-align: right; padding-right: .5em; }
.line { white-space: pre-wrap; border-left: 5px solid; padding-left: .6em; min-height: 1.5em; }
mark { background: none; padding: .05em 0; border-bottom: 2px solid; }
sup { color: #fff; border-radius: 3px; padding: 0 .25em; margin-right: .15em; font-size: .65em; }
.values { font-size: .85em; }
.values p { margin: 0 0 .25em; }
.note { color: #64748b; }
"""


def markup_of(name: str, views: Iterable[PageView]) -> str:
    """The HTML document; it needs nothing from outside."""
    pages = "".join(_page(view) for view in views)
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(name)}</h1>{pages}</body></html>\n"
    )


def _page(view: PageView) -> str:
    marks = sorted(view.marks, key=lambda mark: min((p.span[0] for p in mark.evidence if p.span), default=0))
    pieces = [
        (piece.span[0], piece.span[1], number, mark)
        for number, mark in enumerate(marks, 1)
        for piece in mark.evidence
        if piece.span is not None
    ]
    starts = sorted(block.start for block in view.blocks)
    blocks = {block.start: block for block in view.blocks}
    rows, at, last = [], 0, None
    for line in view.page.text.split("\n"):
        end = at + len(line)
        here = bisect_right(starts, max(at, end - 1)) - 1
        block = blocks[starts[here]] if here >= 0 else None
        if block is not None and block.end <= at:
            block = None
        colour = _css(ZONE_COLOURS[block.zone]) if block else "transparent"
        title = ZONE_NAMES[block.zone] if block and block is not last else ""
        near = [numbered for numbered in pieces if at <= numbered[0] < max(end, at + 1)]
        rows.append(
            f'<div class="zone">{escape(title)}</div>'
            f'<div class="line" style="border-color:{colour}">{_marked(view.page.text, at, end, pieces)}</div>'
            f'<div class="values">{"".join(_value(n, mark) for _, _, n, mark in near)}</div>'
        )
        last = block or last
        at = end + 1
    return f'<h2>{escape(page_title(view.page))}</h2><div class="page">{"".join(rows)}</div>'


def _marked(text: str, start: int, end: int, pieces: list[tuple[int, int, int, Mark]]) -> str:
    """A stretch of the page's text, cut at every boundary: values may overlap, which HTML elements may not."""
    inside = [piece for piece in pieces if piece[0] < end and piece[1] > start]
    cuts = sorted({start, end, *(min(max(c, start), end) for piece in inside for c in piece[:2])})
    parts = []
    for a, b in itertools.pairwise(cuts):
        over = [piece for piece in inside if piece[0] <= a and piece[1] >= b]
        badges = "".join(
            f'<sup style="background:{_css(mark.colour)}">{number}</sup>' for s, _, number, mark in over if s == a
        )
        body = escape(text[a:b])
        if over:
            # The shortest value is the most particular one: it gives the colour, all of them the hint.
            nearest = min(over, key=lambda piece: piece[1] - piece[0])[3]
            hint = escape(" · ".join(f"{mark.title}: {mark.value}" for _, _, _, mark in over), quote=True)
            body = f'<mark style="border-color:{_css(nearest.colour)}" title="{hint}">{body}</mark>'
        parts.append(badges + body)
    return "".join(parts)


def _value(number: int, mark: Mark) -> str:
    shown = mark.value if len(mark.value) <= 160 else mark.value[:160] + " …"
    note = "" if mark.confidence is None else f' <span class="note">{mark.confidence:.2f}</span>'.replace(".", ",")
    return (
        f'<p><sup style="background:{_css(mark.colour)}">{number}</sup>'
        f'<b style="color:{_css(mark.colour)}">{escape(mark.title)}</b>{note}<br>{escape(shown)}</p>'
    )


def _css(colour: Colour) -> str:
    return f"rgb({colour[0]},{colour[1]},{colour[2]})"
