"""Tables that wrap: for a few rows of long Vietnamese texts, of which a grid would show the first words only; and
figures in a line.  Each is one element of the page: browser and server pay for every element, not for its size."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from pipeline.ui.display import counted, html
from pipeline.ui.server import base_path

Column = tuple[str, str]
"""Title and class of the cells: "" (text), "num", "day", "late", "soon"; a width in per cent may follow ("day 12")."""


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, label: str) -> None:
    """Show rows of cells, each HTML that was made safe (``html``, ``link``, ``clipped``); ``label`` names the table."""
    classes = [kind.partition(" ") for _, kind in columns]
    wide = [f" style='width:{width}%'" if width else "" for _, _, width in classes]
    head = "".join(
        f"<th scope='col' class='{kind}'{style}>{html(title)}</th>"
        for (title, _), (kind, _, _), style in zip(columns, classes, wide, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td class='{kind}'>{cell}</td>" for (kind, _, _), cell in zip(classes, row, strict=True))
        + "</tr>"
        for row in rows
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    st.html(f"<table class='cv-table' aria-label='{html(label)}'>{inside}</table>")


def figures(told: Sequence[tuple[str, int]]) -> None:
    """Show counts side by side, each under its name."""
    pairs = (f"<div><dt>{html(name)}</dt><dd>{counted(many)}</dd></div>" for name, many in told)
    st.html(f"<dl class='cv-figures'>{''.join(pairs)}</dl>")


def clipped(text: str | None) -> str:
    """A text in two lines at most; the whole stands in its title."""
    return f"<div class='cv-clip' title='{html(text)}'>{html(text)}</div>"


def address(page: str, **parameters: str) -> str:
    """The address of a page (its path) with what it shall open."""
    return f"{base_path()}/{page}?{urlencode(parameters)}"


def link(text: str | None, page: str, **parameters: str) -> str:
    """A link to another page of the app with something opened on it (``components.followed_link``)."""
    return f"<a class='cv-open' href='{html(address(page, **parameters))}' target='_self'>{html(text)}</a>"
