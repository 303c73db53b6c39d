"""Lines of the body → paragraphs with their place in the outline (La Mã, số, chữ cái, gạch đầu dòng, Điều)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from statistics import median

from pipeline.layout.flow import Flow, PageLine
from pipeline.layout.signs import is_upper, letters
from pipeline.layout.zones import Paragraph
from pipeline.lexicon.positions import position_named
from pipeline.lexicon.tables import read_toml

# Markers in order of trial; the group is the marker's value.
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(r"^\W{0,2}((?:Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC)\s+(?:[IVXLC]+|\d+))\b")),
    ("article", re.compile(r"^\W{0,2}[ĐD]i[ềêèế]u\s*(\d{1,3}[a-zđ]?)\s*[.:,]")),
    ("roman", re.compile(r"^\W{0,2}([IVX]{1,5})\s*[.\-–/)]+\s*(?=\S)(?!v\b)")),
    ("number", re.compile(r"^\W{0,2}(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)/]\s*(?=[^\W\d_]|(?<=\s)\d+(?:,\d+)?\s?%)")),
    ("number", re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=[^\W\d_])")),
    ("number", re.compile(r"^(\d{1,2})\s?[-–]\s+(?=[A-ZĐÀ-Ỹ][a-zà-ỹ])")),  # the Party's way: "1- Ban Thường vụ …"
    ("number", re.compile(r"^\W{0,2}\((\d{1,2})\)\s*(?=[^\W\d_])")),
    ("letter", re.compile(r"^\W{0,2}([a-hđk])\s*[.)/]\s*(?=\S)")),
    ("plus", re.compile(r"^\s*(\+)\s*(?=\S)")),
    ("dash", re.compile(r"^\s*([-–—−•●*·~]|_(?=\s))\s*[_]?\s*(?=\S)")),
)
_DEPTH = {"chapter": 0, "article": 1, "roman": 1, "number": 2, "letter": 6, "dash": 7, "plus": 8, "plain": 9}
_ORDERS = {
    "letter": tuple("abcdđeghik"),
    "roman": ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"),
}
_ENDS = (".", ";", ":", "!", "?", "./", "”", "…")
_FULL_LINE = 45  # characters: a line that is no heading
_SHORT = 0.86  # a line that ends before this share of the text width ends its paragraph if it also ends a sentence


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


def marker_of(text: str) -> tuple[str, str, int] | None:
    """Kind, value and length of the outline marker at the head of a line, or None."""
    if match := _roman_misread().match(text):
        return "roman", _roman_as_read()[match.group(1)], match.end()
    for kind, pattern in _MARKERS:
        if match := pattern.match(text):
            # "I" alone may be a misread "1"; capitals follow a Roman heading or it is bold prose: both are accepted.
            return kind, match.group(1), match.end()
    return None


@cache
def _roman_as_read() -> dict[str, str]:
    return dict(read_toml("misreadings.toml")["roman_as_read"])


@cache
def _roman_misread() -> re.Pattern[str]:
    """A form that is a letter of its own ("H") counts only over capitals."""
    forms = "|".join(form if len(form) > 1 else rf"{form}(?=\W+[A-ZĐÀ-Ỹ]{{2}})" for form in _roman_as_read())
    return re.compile(rf"^\W{{0,2}}({forms})\s*[.]\s*(?=[A-ZĐÀ-Ỹ])")


@cache
def _taken_for() -> dict[str, dict[str, str]]:
    return dict(read_toml("misreadings.toml")["outline_marks"])


def without_marker(text: str) -> str:
    """``text`` without the outline marker at its head."""
    marker = marker_of(text)
    return text[marker[2] :] if marker else text


def build_body(lines: list[PageLine], annex_from: int) -> tuple[Flow, list[Paragraph]]:
    """Flow and outlined paragraphs of the body lines.

    ``annex_from`` is the index (into ``lines``) of the first line that belongs to an annex; its length for none.
    """
    margins = _margins(lines)
    spaced = _double_spaced(lines)
    flow = Flow()
    pieces: list[tuple[PageLine, str]] = []
    starts: list[tuple[int, bool]] = []  # line index at which each paragraph begins, and whether in an annex
    for at, line in enumerate(lines):
        new = at in (0, annex_from) or _begins(line, lines[at - 1], margins.get(line.page.number), spaced)
        pieces.append((line, "\n" if new else " "))
        if new:
            starts.append((at, at >= annex_from))
    flow.extend(pieces)
    flow = flow.mended()
    offsets = []
    position = 0
    for at, (line, joint) in enumerate(pieces):
        position += len(joint) if at else 0
        offsets.append(position)
        position += len(line.text)
    spans = []
    for index, (at, annex) in enumerate(starts):
        end = offsets[starts[index + 1][0]] - 1 if index + 1 < len(starts) else len(flow.text)
        spans.append((offsets[at], end, annex))
    return flow, _outline(flow.text, spans, recognised=any(line.page.source == "ocr" for line in lines))


def _margins(lines: list[PageLine]) -> dict[int, _Margins]:
    """Margins by page: pages of one scan lie differently under the glass."""
    margins = {}
    for number in {line.page.number for line in lines}:
        boxes = [line.box for line in lines if line.page.number == number and line.box]
        # Full lines reach both margins; a page of short lines only has none that can be trusted.
        long = [box for box in boxes if box[2] - box[0] > 0.6]
        if len(long) >= 2:
            lefts, rights = sorted(b[0] for b in long), sorted(b[2] for b in long)
            margins[number] = _Margins(lefts[len(lefts) // 4], rights[len(rights) * 3 // 4])
    return margins


def _double_spaced(lines: list[PageLine]) -> bool:
    """Every line is followed by an empty one: blank lines say nothing about paragraphs."""
    text = [line for line in lines if line.page.source == "text"]
    if len(text) < 6:
        return False
    blanks = sum(line.blank_before() > 0 for line in text[1:])
    broken = sum(not a.text.rstrip().endswith(_ENDS) for a in text[:-1])
    return blanks > 0.7 * len(text) and broken > 0.45 * len(text)


def _begins(line: PageLine, above: PageLine, margins: _Margins | None, spaced: bool) -> bool:
    """Whether ``line`` begins a paragraph after ``above``."""
    marker = marker_of(line.text)
    ended = above.text.rstrip().endswith(_ENDS)
    first = letters(line.text)[:1]
    if marker is not None and _marker_is_real(marker, line.text, above, ended):
        return True
    if not first and len(line.text) < 40:
        # "Điện thoại:" / "0964.634.357": digits alone go on.
        return False
    if line.page is not above.page:
        # A sentence runs on over the page break unless it ended or something capitalised and indented begins.
        if line.box and margins:
            return ended and line.box[0] > margins.left + 0.02
        return ended and not first.islower()
    if line.box and first.islower() and not ended and line.page.source == "ocr":
        # Whatever the gap or the indent (a line between was not read), the sentence goes on.
        return False
    if line.box and above.box and margins:
        indented = line.box[0] > margins.left + 0.022
        short = above.box[2] < margins.left + _SHORT * (margins.right - margins.left)
        gap = line.box[1] - above.box[3] > 1.6 * (above.box[3] - above.box[1])
        if is_upper(line.text) != is_upper(above.text) and (short or gap):
            return True
        if indented and not first.islower():
            return ended or short or first.isupper()
        return (short and ended) or gap
    if spaced:
        return ended and not first.islower() and len(above.text) < 0.92 * _usual_length(above)
    if not line.blank_before():
        # One line feed: a paragraph of its own in portal texts, a broken line otherwise; a heading in capitals ends
        # without a mark.
        heads = line.bold != above.bold or (is_upper(above.text) and not is_upper(line.text))
        return (ended or heads) and not first.islower()
    return ended or not first.islower()


def _usual_length(line: PageLine) -> float:
    lengths = [other.end - other.start for other in line.page.lines]
    return median(sorted(lengths)[len(lengths) // 2 :])


def _marker_is_real(marker: tuple[str, str, int], text: str, above: PageLine, ended: bool) -> bool:
    """A number or dash at the head of a line may be the middle of a sentence ("… ngày 25/11/\\n2013; số 12-…")."""
    kind, _value, size = marker
    tail = above.text.rstrip()
    if kind == "dash" and not ended and tail[-1:].isalnum() and len(tail) > _FULL_LINE:
        rest = text[size:]
        # "… phát triển kinh tế / - xã hội", "đồng chí Nguyễn Văn A / - Phó Chủ tịch": the dash stands inside a name.
        if rest[:1].islower() or (tail.split()[-1][:1].isupper() and position_named(" ".join(rest.split()[:3]))):
            return False
    if kind in ("chapter", "article", "dash", "plus"):
        tail = above.text.rstrip()
        return (
            kind != "dash" or ended or not tail or tail[-1].isalnum() is False or not tail.endswith((",", "và", "của"))
        )
    return ended or is_upper(above.text) or above.bold or len(above.text) < 60


def _outline(text: str, spans: list[tuple[int, int, bool]], *, recognised: bool) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    stack: list[int] = []
    for index, (start, end, annex) in enumerate(spans):
        body = text[start:end]
        if annex and paragraphs and not paragraphs[-1].annex:
            # An annex begins an outline of its own.
            stack.clear()
        over = [paragraphs[at] for at in stack]
        found = marker_of(body)
        if found and _CAPITAL_H.match(body) and not _after_first_roman(over):
            found = None
        kind, marker = (found[0], found[1]) if found else ("plain", None)
        if found is None and (lost := _lost_number(text, spans, index, over)):
            kind, marker = "number", lost
        elif found is None and (bare := _without_stop(text, spans, index, over)):
            kind, marker = "number", bare
        elif marker is not None and recognised:
            marker = _in_sequence(text, spans, index, kind, marker, over)
        # "1.1" lies under "1" and over its letters.
        depth = _DEPTH[kind] + (marker.count(".") if marker and kind == "number" else 0)
        if kind == "article":
            # Inside an article, numbers and letters hang under it; a new article closes everything of the last.
            while stack and paragraphs[stack[-1]].kind != "chapter":
                stack.pop()
        elif kind != "plain":
            while stack and paragraphs[stack[-1]].depth >= depth:
                stack.pop()
        else:
            while stack and paragraphs[stack[-1]].kind in ("dash", "plus", "plain"):
                stack.pop()
        parent = stack[-1] if stack else None
        section = _section(paragraphs, parent, kind, marker)
        paragraphs.append(Paragraph(start, end, kind, marker, section, parent, depth, annex))
        if kind != "plain":
            stack.append(len(paragraphs) - 1)
    return paragraphs


def _lost_number(text: str, spans: list[tuple[int, int, bool]], index: int, stack: list[Paragraph]) -> str | None:
    """The number of a heading that recognition lost: between "7. …" and "9. …" only one line can be the eighth.

    Such a line is short, begins with a capital, ends without a mark, and no other between the two is like it.
    """
    over = next((item for item in reversed(stack) if item.kind == "number" and (item.marker or "").isdigit()), None)
    if over is None or not _like_heading(text[spans[index][0] : spans[index][1]]):
        return None
    wanted = int(over.marker or 0) + 1
    for start, end, annex in spans[index + 1 :]:
        body = text[start:end]
        found = marker_of(body)
        if annex or (found is None and _like_heading(body)):
            return None
        if found and found[0] in ("number", "roman", "article", "chapter"):
            return str(wanted) if found[0] == "number" and found[1] == str(wanted + 1) else None
    return None


_CAPITAL_H = re.compile(r"^\W{0,2}H\s*[.]")


def _after_first_roman(stack: list[Paragraph]) -> bool:
    """ "H." is a "II." misread where "I." stands before it, and the eighth letter anywhere else."""
    over = _last_of(stack, "roman")
    return over is not None and over.marker == "I"


def _last_of(stack: list[Paragraph], *kinds: str) -> Paragraph | None:
    return next((item for item in reversed(stack) if item.kind in kinds), None)


BARE_NUMBER = re.compile(r"(\d{1,2})\s+(?=[A-ZĐÀ-Ỹ])")


def _without_stop(text: str, spans: list[tuple[int, int, bool]], index: int, stack: list[Paragraph]) -> str | None:
    """The number of an item whose stop was not read ("1 Giao cho …"): the next item bears the next number."""
    match = BARE_NUMBER.match(text[spans[index][0] : spans[index][1]])
    if match is None:
        return None
    number = int(match.group(1))
    over = _last_of(stack, "number", "article", "roman")
    first = over is None or over.kind != "number"
    fits = number == 1 if first else over is not None and over.marker == str(number - 1)
    return str(number) if fits and _next_of_kind(text, spans, index, "number") == str(number + 1) else None


def _in_sequence(
    text: str, spans: list[tuple[int, int, bool]], index: int, kind: str, read: str, stack: list[Paragraph]
) -> str:
    """The marker meant where recognition took it for another: after "b)" and before "d)" an "e)" is a "c)".

    The one before must be there, and the next of its kind must not contradict.
    """
    order = _ORDERS.get(kind, ())
    over = _last_of(stack, kind)
    if over is None or read not in order or over.marker not in order:
        return read
    wanted = order[(order.index(over.marker) + 1) % len(order)]
    if _taken_for()[kind].get(wanted) != read:
        return read
    following = _next_of_kind(text, spans, index, kind)
    after = order[(order.index(wanted) + 1) % len(order)]
    # Without a next one "e" after "b" and a second "II" can be nothing else; a second "I" may begin another count.
    return wanted if following == after or (following is None and (kind, wanted) != ("roman", "II")) else read


def _next_of_kind(text: str, spans: list[tuple[int, int, bool]], index: int, kind: str) -> str | None:
    """The next marker of the same kind before one that stands higher, None when there is none."""
    for start, end, annex in spans[index + 1 :]:
        found = marker_of(text[start:end])
        if annex and not spans[index][2]:
            return None
        if found and found[0] == kind:
            return found[1]
        if found and _DEPTH[found[0]] < _DEPTH[kind]:
            return None
    return None


def _like_heading(body: str) -> bool:
    return len(body) < 90 and body[:1].isupper() and body.rstrip()[-1:].isalpha()


def _section(paragraphs: list[Paragraph], parent: int | None, kind: str, marker: str | None) -> str | None:
    above = paragraphs[parent].section if parent is not None else None
    if kind in ("plain", "dash", "plus", "chapter") or marker is None:
        return above if kind != "chapter" else None
    own = f"Điều {marker}" if kind == "article" else marker
    if kind == "article" or above is None:
        return own
    # "1.1" under "1" repeats the marker over it: under "I.1" it makes "I.1.1".
    over = paragraphs[parent].marker if parent is not None and paragraphs[parent].kind == "number" else None
    return f"{above}{own[len(over) :]}" if over and own.startswith(over + ".") else f"{above}.{own}"
