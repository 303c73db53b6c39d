"""Source files of the corpus: what a document says, with nothing of how it is set.

A source is a TOML file with one ``[[documents]]`` table for each official document in the file.  The markup of its
strings is small:

* ``{514}`` in ``number`` and ``date`` marks what a clerk writes by hand; ``{}`` is a blank that stays blank, and
  ``{|312}`` a blank that only the handwritten scan fills in.
* ``**bold**`` and ``*italic*`` inside a line.
* In ``body`` and ``appendix`` (which follows the signature on a new page), one paragraph a line: ``# `` centred and
  bold, ``## `` centred and italic, ``> `` italic (căn cứ), ``@table NAME`` a table of the document's ``tables``,
  ``@page`` a new page, anything else an ordinary paragraph.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

CORPUS = Path(__file__).resolve().parent.parent
SOURCES = CORPUS / "sources"

Layout = Literal["nd30", "party"]
ParagraphKind = Literal["plain", "centred", "centred-italic", "italic", "table", "page"]

_MARKERS: tuple[tuple[str, ParagraphKind], ...] = (
    ("## ", "centred-italic"),
    ("# ", "centred"),
    ("> ", "italic"),
    ("@table ", "table"),
    ("@page", "page"),
)
_INLINE = re.compile(r"(\*\*|\*)")
_HAND = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


class SourceInvalid(ValueError):
    """A source file that does not say what it should; the message names the file and the key."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of the number or date line: ``hand`` is what a clerk would write there, None for print."""

    text: str
    hand: str | None = None
    blank: bool = False


@dataclass(frozen=True)
class Paragraph:
    kind: ParagraphKind
    text: str


@dataclass(frozen=True)
class Table:
    """Rows of cells; ``widths`` are shares of the text width and sum to 1."""

    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signature:
    lines: tuple[str, ...]
    name: str | None


@dataclass(frozen=True)
class Received:
    """The receiver's ĐẾN stamp, as it is written."""

    organization: str
    heading: str
    number: str = ""
    date: str = ""
    routing: str = ""


@dataclass(frozen=True)
class Seal:
    """Words of the agency's round stamp; with no centre text an emblem stands there."""

    ring: str
    centre: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One official document; an empty string or tuple is something that is not printed.

    ``leaders`` prints dots where a number is left open; ``size`` is the body's type in points and ``leading`` its
    line pitch as a multiple of that; ``digital`` are the lines of a digital signature's picture: such a document has
    neither pen nor rubber stamp on it.
    """

    layout: Layout = "nd30"
    parent: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    motto: str = ""
    number: str = ""
    date: str = ""
    leaders: bool = False
    title: str = ""
    subject: str = ""
    urgency: str = ""
    secrecy: str = ""
    circulation: str = ""
    opening: str = "Kính gửi:"
    addressees: tuple[str, ...] = ()
    body: tuple[Paragraph, ...] = ()
    appendix: tuple[Paragraph, ...] = ()
    tables: dict[str, Table] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    drafter: str = ""
    signature: Signature | None = None
    digital: tuple[str, ...] = ()
    received: Received | None = None
    seal: Seal | None = None
    footer: tuple[str, ...] = ()
    size: float = 14.0
    leading: float = 1.2

    @property
    def has_header(self) -> bool:
        """Whether anything of the two-column header is printed."""
        return bool(self.parent or self.issuer or self.number or self.date)


@dataclass(frozen=True)
class Source:
    stem: str
    documents: tuple[Document, ...]


def runs(text: str, *, bold: bool = False, italic: bool = False) -> list[Run]:
    """Split inline markup into runs; ``bold`` and ``italic`` are the style outside any mark.

    Raises ValueError when a mark is opened and not closed.
    """
    found: list[Run] = []
    in_bold = in_italic = False
    for part in _INLINE.split(text):
        if part == "**":
            in_bold = not in_bold
        elif part == "*":
            in_italic = not in_italic
        elif part:
            found.append(Run(part, bold != in_bold, italic != in_italic))
    if in_bold or in_italic:
        raise ValueError(f"a mark is not closed in {text!r}")
    return found


def plain(text: str) -> str:
    """The text without inline markup and with hand-written parts as printed."""
    return "".join(piece.text for piece in pieces("".join(run.text for run in runs(text))))


def pieces(line: str) -> list[Piece]:
    """Split a number or date line at its braces."""
    found: list[Piece] = []
    at = 0
    for match in _HAND.finditer(line):
        if match.start() > at:
            found.append(Piece(line[at : match.start()]))
        printed, hand = match[1], match[2]
        found.append(Piece(printed, hand if hand is not None else printed, blank=not printed))
        at = match.end()
    if at < len(line):
        found.append(Piece(line[at:]))
    return found


def _paragraph(line: str) -> Paragraph:
    for marker, kind in _MARKERS:
        if line.startswith(marker):
            return Paragraph(kind, line[len(marker) :].strip())
    return Paragraph("plain", line.strip())


def _strings(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SourceInvalid(f"{where} must be a list of strings")
    return tuple(value)


def _table(value: dict[str, Any], where: str) -> Table:
    columns = _strings(value.get("columns"), f"{where}.columns")
    widths = tuple(float(width) for width in value.get("widths", ()))
    rows = tuple(_strings(row, f"{where}.rows") for row in value.get("rows", ()))
    if len(widths) != len(columns) or abs(sum(widths) - 1) > 1e-6:
        raise SourceInvalid(f"{where}.widths must be one share for each column, summing to 1")
    if any(len(row) != len(columns) for row in rows):
        raise SourceInvalid(f"{where}.rows must have {len(columns)} cells each")
    return Table(columns, widths, rows)


def _document(table: dict[str, Any], where: str) -> Document:
    known = set(Document.__dataclass_fields__)
    if unknown := set(table) - known:
        raise SourceInvalid(f"{where} has unknown keys: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = dict(table)
    for key in ("parent", "issuer", "addressees", "recipients", "digital", "footer"):
        if key in values:
            values[key] = _strings(values[key], f"{where}.{key}")
    for key in ("body", "appendix"):
        lines = [line for line in str(values.get(key, "")).splitlines() if line.strip()]
        values[key] = tuple(_paragraph(line) for line in lines)
    values["tables"] = {
        name: _table(value, f"{where}.tables.{name}") for name, value in values.get("tables", {}).items()
    }
    for paragraph in (*values["body"], *values["appendix"]):
        if paragraph.kind == "table" and paragraph.text not in values["tables"]:
            raise SourceInvalid(f"{where}.body names the table {paragraph.text!r}, which is not there")
    if (signature := values.get("signature")) is not None:
        values["signature"] = Signature(_strings(signature["lines"], f"{where}.signature"), signature.get("name"))
    if (received := values.get("received")) is not None:
        values["received"] = Received(**received)
    if (seal := values.get("seal")) is not None:
        values["seal"] = Seal(seal["ring"], _strings(seal.get("centre", []), f"{where}.seal"))
    return Document(**values)


def load(path: Path) -> Source:
    """Read one source file.  Raises SourceInvalid with the file's name and the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        documents = tuple(_document(table, f"documents[{at}]") for at, table in enumerate(data.get("documents", [])))
        if not documents:
            raise SourceInvalid("there is no [[documents]] table")
        for document in documents:
            for text in strings(document):
                runs(text)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceInvalid(f"{path.name}: {error}") from error
    return Source(path.stem, documents)


def strings(document: Document) -> Iterator[str]:
    """Every string a document prints, markup and all."""
    yield from (*document.parent, *document.issuer, document.motto, document.number, document.date, document.title)
    yield from (document.subject, document.urgency, document.secrecy, document.circulation)
    if document.addressees:
        yield document.opening
    yield from document.addressees
    for paragraph in (*document.body, *document.appendix):
        if paragraph.kind not in ("table", "page"):
            yield paragraph.text
    for table in document.tables.values():
        yield from table.columns
        for row in table.rows:
            yield from row
    yield from (*document.recipients, document.drafter, *document.digital, *document.footer)
    if document.signature:
        yield from document.signature.lines
        yield document.signature.name or ""
    if document.received:
        stamp = document.received
        yield from (stamp.organization, stamp.heading, stamp.number, stamp.date, stamp.routing)


def load_all(only: str | None = None) -> list[Source]:
    """All sources in order of their stems, or the one named.  Raises FileNotFoundError for an unknown stem."""
    paths = sorted(SOURCES.glob("*.toml"))
    if only is not None:
        paths = [path for path in paths if path.stem == only or path.stem.startswith(f"{only}_")]
        if not paths:
            raise FileNotFoundError(
                f"no source is called {only!r}; there are: "
                + ", ".join(path.stem for path in sorted(SOURCES.glob("*.toml")))
            )
    return [load(path) for path in paths]
