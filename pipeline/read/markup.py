"""Plain text, Markdown, HTML and DOCX → pages without pictures.

Markup is rendered away (what remains is what a reader sees), but bold type is kept on the words, because a bold line
is a heading more often than not.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag
from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from pipeline.errors import FileDamaged, FileEmpty
from pipeline.read.legacy import to_unicode
from pipeline.read.markdown_tables import render_tables
from pipeline.read.model import Line, Page, Word

_WORD = re.compile(r"\S+")
# Bold intervals are carried through rendering by two private characters, removed when the page is built.
_ON, _OFF = "\ue101", "\ue102"

_MARKDOWN_SIGN = re.compile(r"\*\*\S|^#{1,6} |\]\(|^```|^\|.*\|\s*$|<(?:br|table|b|strong|u|sup)\b", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"\n]*\")?\)")
_ANGLE_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")


def pages_of_text(text: str) -> tuple[list[Page], str | None]:
    """Pages of plain text or Markdown (form feeds part pages) and the legacy encoding it was in, if any."""
    text, encoding = to_unicode(unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "").replace("\u00a0", " ")
    if _MARKDOWN_SIGN.search(text):
        text = _render_markdown(text)
    parts = text.split("\f")
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [build_page(part, number) for number, part in enumerate(parts, 1)], encoding


def _render_markdown(text: str) -> str:
    text = _ANGLE_LINK.sub(lambda m: m.group(1).removeprefix("mailto:"), text)
    text = _LINK.sub(r"\1", text)
    text = render_tables(text)
    text = _HEADING.sub(lambda m: f"{_ON}{m.group(2)}{_OFF}" if "**" not in m.group(2) else m.group(2), text)
    text = _TABLE_RULE.sub("", text)
    text = _BOLD.sub(rf"{_ON}\2{_OFF}", text)
    text = _ITALIC.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text)


def build_page(marked: str, number: int) -> Page:
    """A page from text in which bold stretches stand between the two private marks."""
    bold: list[tuple[int, int]] = []
    clean: list[str] = []
    at, since = 0, None
    for char in marked:
        if char == _ON:
            since = at
        elif char == _OFF:
            if since is not None and since < at:
                bold.append((since, at))
            since = None
        else:
            clean.append(char)
            at += 1
    text = "".join(clean)
    lines, start = [], 0
    for raw in text.split("\n"):
        words = []
        for m in _WORD.finditer(raw):
            a, b = start + m.start(), start + m.end()
            words.append(Word(m.group(), a, b, bold=any(s <= a and b <= e + 1 for s, e in bold)))
        if words:
            lines.append(Line(words[0].start, words[-1].end, tuple(words)))
        start += len(raw) + 1
    return Page(number, text, lines, "text", blank=not lines)


_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li tr table ul ol section article header footer blockquote pre br hr dd dt".split()  # noqa: SIM905
)
_SKIPPED = frozenset("script style noscript template head svg".split())  # noqa: SIM905


def pages_of_html(text: str) -> tuple[list[Page], str | None]:
    """Pages of an HTML document; markup is rendered to text, scripts and styles are dropped."""
    soup = BeautifulSoup(text, "lxml")
    rendered = "".join(_html_text(soup.body or soup))
    rendered, encoding = to_unicode(unicodedata.normalize("NFC", rendered))
    # A tab parts the cells of a table's row; everything else that is blank is one space.
    rendered = re.sub(r"[ \u00a0]+", " ", rendered)
    rendered = re.sub(r" ?\t[\t ]*", "\t", rendered)
    rendered = re.sub(r"[ \t]*\n[ \t]*", "\n", rendered)
    return [build_page(re.sub(r"\n{3,}", "\n\n", rendered).strip("\n"), 1)], encoding


def _html_text(node: Tag) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, NavigableString):
            if type(child) is NavigableString:
                yield re.sub(r"\s+", " ", str(child))
        elif isinstance(child, Tag):
            if child.name in _SKIPPED:
                continue
            bold = child.name in ("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6")
            block = child.name in _BLOCKS
            yield ("\n" if block else "") + (_ON if bold else "")
            yield from _html_text(child)
            yield (_OFF if bold else "") + ("\n" if block else "\t" if child.name in ("td", "th") else "")


def pages_of_docx(data: bytes, path: Path) -> list[Page]:
    """One page of a DOCX's text: header, body with tables cell by cell, footer; raises FileDamaged or FileEmpty."""
    try:
        document = Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise FileDamaged(path, reason="DOCX không mở được") from error
    parts = [*_docx_margin(document, "header"), *_docx_blocks(document), *_docx_margin(document, "footer")]
    text = unicodedata.normalize("NFC", "\n".join(parts)).replace("\u00a0", " ")
    if not text.replace(_ON, "").replace(_OFF, "").strip():
        raise FileEmpty(path)
    return [build_page(to_unicode(text)[0], 1)]


def _docx_margin(document: DocxDocument, which: str) -> list[str]:
    found: list[str] = []
    for section in document.sections:
        margin = getattr(section, which)
        if margin.is_linked_to_previous:
            continue
        lines = [_docx_paragraph(p) for p in margin.paragraphs]
        lines += [line for table in margin.tables for line in _docx_table(table)]
        found += [line for line in lines if line.strip() and line not in found and not line.strip().isdigit()]
    return found


def _docx_blocks(parent: DocxDocument | _Cell) -> Iterator[str]:
    element = parent.element.body if isinstance(parent, DocxDocument) else parent._tc
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            yield _docx_paragraph(Paragraph(child, parent))
        elif child.tag == qn("w:tbl"):
            yield from _docx_table(Table(child, parent))


def _docx_table(table: Table) -> list[str]:
    """Rows of a table.

    A table of one row, or one whose cells hold several paragraphs, is layout (header columns, recipients beside
    signature): its columns are read one after the other.  Else each row is a line with tabs between cells.
    """
    rows: list[list[_Cell]] = []
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:
                cells.append(cell)
        rows.append(cells)
    columns = max((len(r) for r in rows), default=0)
    if columns <= 2 and len(rows) <= 4:
        return [line for at in range(columns) for r in rows if at < len(r) for line in _docx_blocks(r[at])]
    return ["\t".join(" ".join(_docx_blocks(cell)).strip() for cell in r) for r in rows]


def _docx_paragraph(paragraph: Paragraph) -> str:
    text = ""
    for run in paragraph.runs:
        piece = run.text
        text += f"{_ON}{piece}{_OFF}" if run.bold and piece.strip() else piece
    # Runs inside hyperlinks and fields are not in .runs; the paragraph's own text has them.
    plain = text.replace(_ON, "").replace(_OFF, "")
    return text if plain == paragraph.text else paragraph.text
