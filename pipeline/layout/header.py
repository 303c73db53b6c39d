"""Zones above the body: issuer, motto, number, place and date, title, subject, marks, addressees."""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout.flow import PageLine
from pipeline.layout.signs import (
    ends_in_code,
    is_addressees,
    is_bare_number,
    is_broken_motto,
    is_covered_date,
    is_date_line,
    is_number_line,
    is_upper,
    letters,
    mark_of,
    motto_of,
    subject_lead,
    type_title,
)
from pipeline.layout.zones import Zone
from pipeline.lexicon.cues import cue_pattern, key_of
from pipeline.lexicon.places import units_named
from pipeline.lexicon.positions import position_named

_BULLET = re.compile(r"^\s*[-–—−+•*·~_]\s*_?\s*")
_OUTLINE = re.compile(
    r"^\W{0,2}(?:(?:Điều|Đ?iều|Chương|Phần|Mục)\s+[\dIVX]+|[IVX]{1,5}\s*[.\-/)](?!v)|\d{1,2}(?:\.\d+)*\s*[.)/]\s)",
    re.IGNORECASE,
)
# A date that a narrow column broke over two lines: what the first may end in, and what then stands on the second.
_BROKEN_DATE = (
    (
        re.compile(r"^[^\d:;()]{0,40}\bngày\s*[\d.…_]{0,4}\s*tháng\s*[\d.…_]{0,4}\s*$"),
        re.compile(r"^\s*năm\s*\d{4}\W*$"),
    ),
    (
        re.compile(r"^[^\d:;()]{1,40},\s*ngày\s*[\d.…_]{0,4}\s*$"),
        re.compile(r"^\s*tháng\s*[\d.…_]{0,4}\s*năm\s*\d{4}\W*$"),
    ),
    (
        re.compile(r"^[^\d:;()]{1,40},\s*$"),
        re.compile(r"^\s*ngày\s*[\d.…_]{0,4}\s*tháng\s*[\d.…_]{0,4}\s*năm\s*\d{4}\W*$"),
    ),
)
HEADER_LINES = 60
_DECIDES = re.compile(r"^\W*(?:quyet dinh|quyet nghi|nghi quyet|ket luan)\s*:?\W*$")


@cache
def _body_opening() -> re.Pattern[str]:
    """How a body begins; matched on letters without marks."""
    openings = cue_pattern("body.openings", marks=False).pattern
    return re.compile(rf"^\W{{0,3}}(?:{openings}|ngay \d|ngay \.|nam \d{{4}})")


def zone_header(lines: list[PageLine], aside: dict[int, Zone]) -> tuple[dict[int, Zone], int]:
    """Zone of each header line by index, and the index of the first line of the body."""
    return _Header(lines, aside).run()


class _Header:
    """Walks down the lines; each recognised element may take the lines that continue it."""

    def __init__(self, lines: list[PageLine], aside: dict[int, Zone]) -> None:
        self.lines, self.aside = lines, aside
        self.zones: dict[int, Zone] = {}
        self.titled = False
        self.body_left = _body_left(lines)

    def run(self) -> tuple[dict[int, Zone], int]:
        at, limit = 0, min(len(self.lines), HEADER_LINES)
        body: int | None = None
        while at < limit:
            if at in self.aside or at in self.zones:
                at += 1
                continue
            taken = self._subject_below(at) or self._take(at)
            if taken:
                at += taken
                continue
            if self._still_header(at):
                self.zones[at] = Zone.ISSUER if self._issuer_like(at) else Zone.FURNITURE
                at += 1
                continue
            body = at
            break
        return self.zones, limit if body is None else body

    # -- what a line may be ---------------------------------------------------------------------------------------

    def _take(self, at: int) -> int:
        """Number of lines that the element starting at ``at`` takes (now zoned), 0 when none starts here."""
        text = self.lines[at].text
        if at + 1 < len(self.lines) and is_broken_motto(text, self.lines[at + 1].text):
            return self._mark(at, Zone.MOTTO, 2)
        if motto_of(text):
            return self._mark(at, Zone.MOTTO)
        damaged = self.lines[at].column == 1 and ends_in_code(text)
        if not self._has(Zone.NUMBER) and (is_number_line(text) or (at < 14 and (is_bare_number(text) or damaged))):
            return self._mark(at, Zone.NUMBER)
        if not self._has(Zone.PLACE_DATE) and (self.lines[at].column == 2 or not self._has(Zone.ADDRESSEES)):
            if is_date_line(text) or (self.lines[at].column == 2 and not self.titled and is_covered_date(text)):
                return self._mark(at, Zone.PLACE_DATE)
            if count := self._parted_date(at):
                return self._mark(at, Zone.PLACE_DATE, count)
        if mark_of(text, "urgency", self.lines[at].line.red):
            return self._mark(at, Zone.URGENCY)
        if mark_of(text, "secrecy", self.lines[at].line.red):
            return self._mark(at, Zone.SECRECY)
        if not self._has(Zone.SUBJECT) and not self.titled and subject_lead(text):
            return self._subject_lead(at)
        if self._bare_subject(at):
            return self._subject_lead(at)
        if is_addressees(text):
            return self._addressees(at)
        if not self.titled and self._title_may_stand(at) and type_title(text):
            return self._title(at)
        if not self._has(Zone.ADDRESSEES) and self._telegram(text):
            return self._addressees(at)
        if self._lead_alone() and (_BULLET.match(text) or self._set_in(self.lines[at])):
            return self._addressees(at)
        return 0

    def _parted_date(self, at: int) -> int:
        """ "Đắk Nông," and "7 năm 2019" on one row, with a pen's strokes over the words between."""
        line = self.lines[at]
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if after and any(
            head.search(line.text.lower()) and tail.match(after.text.lower()) for head, tail in _BROKEN_DATE
        ):
            # "Hải Dương, ngày 02 tháng 4" / "năm 2024": a narrow column broke the line.
            return 2 if len(line.text) < 60 and line.text[:1].isupper() else 0
        if line.column != 2 or not line.text.rstrip().endswith(",") or not units_named(line.text.strip(" ,.")):
            return 0
        if after and after.column == 2 and re.search(r"n[aăâ]m\W*\d{4}", after.text.lower()) and len(after.text) < 40:
            return 2
        return 0

    def _bare_subject(self, at: int) -> bool:
        """ "Về đảm bảo an toàn …" right under the number, as offices of Hồ Chí Minh City write it."""
        under = self.zones.get(at - 1) is Zone.NUMBER
        return under and not self._has(Zone.SUBJECT) and bool(re.match(r"Về\s+[^\W\dA-ZĐ]", self.lines[at].text))

    def _lead_alone(self) -> bool:
        """ "Kính gửi:" stood in the left column and its list comes after the right one."""
        marked = [at for at, zone in self.zones.items() if zone is Zone.ADDRESSEES]
        return len(marked) == 1 and self.lines[marked[0]].text.rstrip().endswith(":")

    def _has(self, zone: Zone) -> bool:
        return zone in self.zones.values()

    def _mark(self, at: int, zone: Zone, count: int = 1) -> int:
        for index in range(at, at + count):
            if index not in self.aside:
                self.zones[index] = zone
        return count

    @staticmethod
    def _telegram(text: str) -> bool:
        """ "THỦ TƯỚNG CHÍNH PHỦ ĐIỆN:", or "điện:" alone under the name of who telegraphs."""
        sends = re.search(cue_pattern("header.telegram", marks=False).pattern + r"\s*:\s*$", key_of(text))
        return sends is not None and (is_upper(text[:12]) or sends.start() <= 1)

    def _title_may_stand(self, at: int) -> bool:
        """A title stands under the number and date, or at the head of a text that lost its header."""
        return self._has(Zone.NUMBER) or self._has(Zone.PLACE_DATE) or self._has(Zone.MOTTO) or at < 3

    # -- elements of several lines ---------------------------------------------------------------------------------

    def _subject_lead(self, at: int) -> int:
        count = 1
        while at + count < len(self.lines) and self._continues_subject(at + count):
            count += 1
        return self._mark(at, Zone.SUBJECT, count)

    def _subject_below(self, at: int) -> int:
        """The rest of a "V/v …" whose lines stand below the right column and were read after it."""
        marked = [index for index, zone in self.zones.items() if zone is Zone.SUBJECT]
        if not marked or self.titled or self._has(Zone.ADDRESSEES):
            return 0
        line, above = self.lines[at], self.lines[marked[-1]]
        if line.page is not above.page or line.box is None or above.box is None or line.column == 2:
            return 0
        gap, height = line.box[1] - above.box[3], above.box[3] - above.box[1]
        first = self.lines[marked[0]].box or above.box
        aside = abs(line.box[0] + line.box[2] - first[0] - first[2]) / 2
        if not -0.5 * height < gap < 1.3 * height or aside > 0.04 or line.box[2] > 0.55:
            return 0
        return 0 if self._starts_element(at) or self._ends_sentence(above.text) else self._mark(at, Zone.SUBJECT)

    def _continues_subject(self, at: int) -> bool:
        line, above = self.lines[at], self.lines[at - 1]
        if self._starts_element(at) or line.page is not above.page or at in self.aside:
            return False
        if line.box and above.box:
            height = above.box[3] - above.box[1]
            return line.column == above.column and line.box[1] - above.box[3] < 1.3 * height
        if above.text.rstrip().endswith((".", ";", ":")) and line.blank_before():
            return False
        return not line.blank_before() or letters(line.text)[:1].islower() or not self._ends_sentence(above.text)

    @staticmethod
    def _ends_sentence(text: str) -> bool:
        return text.rstrip().endswith((".", ";", ":", "!", "?"))

    def _stamped(self, at: int) -> bool:
        text, red = self.lines[at].text, self.lines[at].line.red
        return bool(mark_of(text, "urgency", red) or mark_of(text, "secrecy", red))

    def _starts_element(self, at: int) -> bool:
        text = self.lines[at].text
        return bool(
            motto_of(text) or is_addressees(text)
            or ((is_date_line(text) or self._parted_date(at)) and not self._has(Zone.PLACE_DATE))
            or (is_number_line(text) and not self._has(Zone.NUMBER))
            or self._stamped(at) or _BULLET.match(text)
            or self._telegram(text) or _DECIDES.match(key_of(text))
        )  # fmt: skip

    def _title(self, at: int) -> int:
        self.titled = True
        self._mark(at, Zone.TITLE)
        count = 1
        while at + count < min(len(self.lines), at + 14) and self._continues_title(at + count, first=count == 1):
            self._mark(at + count, Zone.SUBJECT)
            count += 1
        return count

    def _above(self, at: int) -> PageLine:
        """The line over ``at`` that is none of those set aside."""
        return next((self.lines[i] for i in range(at - 1, -1, -1) if i not in self.aside), self.lines[at - 1])

    def _continues_title(self, at: int, first: bool) -> bool:
        line, above = self.lines[at], self._above(at)
        text = line.text
        if at in self.aside:
            return True
        if self._starts_element(at) or _OUTLINE.match(text) or line.page is not above.page:
            return False
        if is_upper(text) and self._decider(text):
            return False
        if line.box and above.box:
            height = min(above.box[3] - above.box[1], line.box[3] - line.box[1])
            gap = line.box[1] - above.box[3]
            if first:
                return gap < 4 * height
            # The rule under the subject, or the blank line before the body, parts them; so does the body's margin,
            # unless a sentence goes on: a paragraph of the body begins with a capital.
            goes_on = letters(text)[:1].islower() and not self._ends_sentence(above.text)
            opens = self._at_body_margin(line) or _body_opening().match(key_of(text)) is not None
            return gap < 0.95 * height and (goes_on or not opens)
        if first:
            # A subject may begin like a body ("thực hiện Chỉ thị số …"), but it ends no sentence, and it is short or
            # stands right under its title.
            near = len(text) < 95 or not line.blank_before()
            return not _body_opening().match(key_of(text)) or (near and not self._ends_sentence(text))
        if _body_opening().match(key_of(text)) or line.blank_before() > self._blanks_under_title(at):
            return False
        return line.bold == above.bold and not self._ends_sentence(above.text)

    def _blanks_under_title(self, at: int) -> int:
        """Blank lines between a title and its subject: more of them further down part the subject from the body."""
        first = next(i for i in range(at) if self.zones.get(i) is Zone.SUBJECT)
        return min(1, self.lines[first].blank_before())

    @staticmethod
    def _decider(text: str) -> bool:
        """The authority that decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN …"), under the subject of a quyết định."""
        key = key_of(text)
        return position_named(text) is not None or bool(
            re.match(r"\W*" + cue_pattern("body.deciders", marks=False).pattern, key)
        )

    def _addressees(self, at: int) -> int:
        self._mark(at, Zone.ADDRESSEES)
        end = at + 1
        while end < len(self.lines) and self._continues_addressees(end, at):
            end += 1
        return self._mark(at, Zone.ADDRESSEES, end - at)

    def _continues_addressees(self, at: int, start: int) -> bool:
        if at in self.aside:
            return True
        line, above = self.lines[at], self.lines[at - 1]
        text = line.text
        if is_addressees(text):
            return True
        if is_date_line(text) or motto_of(text) or _OUTLINE.match(text) or line.page is not above.page:
            return False
        if _BULLET.match(text) and not re.match(r"^\s*[*]", text):
            return len(text) < 160
        head = self.lines[start].text
        inline = len(head.rpartition(":")[2].strip()) > 3
        if at == start + 1 and not inline:
            return True
        if self._ends_sentence(above.text) or above.text.rstrip().endswith("./."):
            # A list whose dashes OCR lost still ends every item with ";".
            return above.text.rstrip().endswith(";") and not self._at_body_margin(line) and len(text) < 110
        if letters(text)[:1].islower():
            return True
        if line.box:
            return line.box[0] > self.body_left + 0.13 and not _body_opening().match(key_of(text))
        return not line.blank_before() and not _body_opening().match(key_of(text))

    def _set_in(self, line: PageLine) -> bool:
        return line.box is not None and line.column == 0 and line.box[0] > self.body_left + 0.12

    def _at_body_margin(self, line: PageLine) -> bool:
        return line.box is not None and line.box[0] < self.body_left + 0.015

    # -- lines that nothing claims ------------------------------------------------------------------------------------

    def _still_header(self, at: int) -> bool:
        """An unclaimed line belongs to the header while header elements stand close below it."""
        if self._has(Zone.ADDRESSEES):
            return False
        line = self.lines[at]
        if len(line.text) > 90 or (_OUTLINE.match(line.text) and len(line.text) > 40):
            return False
        ahead = self.lines[at + 1 : at + 9]
        if line.box and line.box[1] > 0.4:
            return False
        for later in ahead:
            if later.page is not line.page:
                return False
            if (
                (motto_of(later.text) and not self._has(Zone.MOTTO))
                or (is_number_line(later.text) and not self._has(Zone.NUMBER))
                or (is_date_line(later.text) and len(later.text) < 60 and not self._has(Zone.PLACE_DATE))
                or (subject_lead(later.text) and not self._has(Zone.SUBJECT) and not self.titled)
                or (is_addressees(later.text) and len(line.text) < 60)
                or (self._telegram(later.text) and is_upper(line.text))
                or (not self.titled and not self._has(Zone.SUBJECT) and type_title(later.text))
            ):
                return True
            if len(later.text) > 90:
                return False
        return False

    def _issuer_like(self, at: int) -> bool:
        line = self.lines[at]
        if self._has(Zone.NUMBER) and line.column != 1:
            return False
        if line.column == 2 or self._has(Zone.TITLE) or self._has(Zone.SUBJECT):
            return False
        return is_upper(line.text, 0.7) and len(letters(line.text)) >= 4


def _body_left(lines: list[PageLine]) -> float:
    """Left margin of the body as a fraction of the page: the commonest left edge of long lines."""
    lefts = sorted(line.box[0] for line in lines if line.box and line.box[2] - line.box[0] > 0.6)
    return lefts[len(lefts) // 3] if lefts else 0.12
