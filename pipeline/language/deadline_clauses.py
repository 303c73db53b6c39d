"""The sentence and the clause in which a point in time stands, and whether they direct somebody to do something."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.language.deadline_cues import Folded, adjacent, group

# A sentence ends at a stop before a capital, a bullet or a digit, and at the head of a list item.  Blank lines are no
# boundary: text layers put one between any two lines.  Stops inside "TP.", "KT." or "1.2." end nothing.
_END = re.compile(r"(?<![A-ZĐ])(?<!\d)[.!?…](?=\s+[^\sa-zà-ỹđ])|(?<=\d)\.(?=\s+[A-ZÀ-ỸĐ])")
_ITEM = re.compile(r"\n[^\S\n]{0,40}(?:[-–+*•]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]{1,4}\.\s|Điều\s+\d+)")
_CLAUSE = re.compile(r"[,;:.()](?=\s|$)|\s[-–]\s")


_EFFECT_IN_BRACKETS = re.compile(r"\s*\(\s*(?:la\s+)?ngay\s[^()]{0,80}hieu\s+luc")
_SUBJECT_LINE = re.compile(r"(?<!\w)v\s?/\s?v(?!\w)(?!.*kinh\s+gui)", re.DOTALL)


# Text without any stop (a table, ruined recognition) is no sentence: what stands further away governs nothing.
_FAR = 1500


class Sentences:
    """Sentences of one text, by offset."""

    def __init__(self, where: Folded) -> None:
        self.where = where
        ends = {match.end() for match in _END.finditer(where.text)}
        cuts = ends | {match.start() + 1 for match in _ITEM.finditer(where.text)}
        self.starts = [0, *sorted(cut for cut in cuts if 0 < cut < len(where.text))]

    def index(self, at: int) -> int:
        """Which sentence holds offset ``at``, counted from 0."""
        return bisect_right(self.starts, at) - 1

    def around(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence that holds offset ``at``, at most `_FAR` away on either side."""
        index = self.index(at)
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.where.text)
        return max(self.starts[index], at - _FAR), min(end, at + _FAR)

    def before(self, start: int) -> tuple[int, int] | None:
        """The sentence that ends where ``start`` begins, if any."""
        return self.around(start - 1) if start > 0 else None

    def clause_start(self, at: int, reach: int = 120) -> int:
        """Where the clause that holds ``at`` begins: after a comma, a colon, a bracket, at most ``reach`` back."""
        floor = max(self.around(at)[0], at - reach)
        cuts = [match.end() for match in _CLAUSE.finditer(self.where.text, floor, at)]
        return cuts[-1] if cuts else floor

    def directs(self, start: int, end: int) -> bool:
        """Whether somebody does, sends or finishes something in the sentence of the span, or just before a bare one.

        A bare one is a line such as "Thời gian: trước ngày 15/6/2019" that says only when.
        """
        first, last = self.around(start)
        verbs = group("verbs", "reporting", "finishing", "doing")
        if verbs.search(self.where, first, start) or verbs.search(self.where, end, last):
            return True
        previous = self.before(first)
        return previous is not None and start - first <= 30 and verbs.search(self.where, *previous)

    def reports(self, start: int, end: int) -> bool:
        """Whether a verb of reporting or finishing stands in the sentence of the span."""
        first, last = self.around(start)
        verbs = group("verbs", "reporting", "finishing")
        return verbs.search(self.where, first, start) or verbs.search(self.where, end, last)

    def finishes(self, start: int, reach: int) -> bool:
        """Whether a verb of finishing stands at most ``reach`` characters before ``start``, in its sentence."""
        floor = max(self.around(start)[0], start - reach)
        return group("verbs", "finishing").search(self.where, floor, start)

    def makes(self, start: int, reach: int = 120) -> bool:
        """Whether something is made, sent or finished at most ``reach`` characters before, in the same sentence."""
        floor = max(self.around(start)[0], start - reach)
        return group("verbs", "finishing", "making").search(self.where, floor, start)

    def told(self, start: int) -> bool:
        """Whether the sentence before the span tells how things went instead of ordering something."""
        return group("traps", "narrative").search(self.where, self.around(start)[0], start)

    def orders(self, start: int, end: int) -> bool:
        """Whether a word of order stands in the sentence of the span."""
        first, last = self.around(start)
        words = group("verbs", "ordering")
        return words.search(self.where, first, start) or words.search(self.where, end, last)

    def trapped(self, start: int, end: int, known_future: bool) -> bool:
        """Whether the words around the span make it a fact, an effect or a cut-off instead of a deadline.

        A date that lies after the day of issue cannot be told as past, so ``known_future`` spares the test of the
        narrative words.
        """
        if adjacent("traps", "adjacent").search(self.where, start - 40, start):
            return True
        if group("traps", "clause").search(self.where, self.clause_start(start), start):
            return True
        following = group("traps", "after").first(self.where, end, end + 12)
        if following is not None and not self.where.text[end:following].strip():
            return True
        # "trước ngày 01/7/2014 (ngày Luật Đất đai có hiệu lực)"
        if _EFFECT_IN_BRACKETS.match(self.where.bare, end):
            return True
        return not known_future and self.told(start)

    def is_goal(self, start: int) -> bool:
        """Whether the sentence before the span names a goal rather than a delivery."""
        return group("traps", "goals").search(self.where, max(self.around(start)[0], start - 120), start)

    def is_event(self, start: int) -> bool:
        """Whether the clause before the span tells when an event takes place."""
        floor = max(self.around(start)[0], start - 120)
        return group("traps", "events").search(self.where, floor, start)

    def quoted(self, start: int) -> bool:
        """Whether the span stands in a title: inside quotation marks, or on the line of the subject ("V/v …")."""
        first, _ = self.around(start)
        if _SUBJECT_LINE.search(self.where.bare, max(first, start - 250), start):
            return True
        # The opening mark stands before the number of a quoted item ("2. Giáo viên … phải báo cáo").
        left = self.where.text[min(first, self.where.text.rfind("\n", 0, start) + 1) : start]
        return left.count("“") > left.count("”") or left.count("«") > left.count("»") or left.count('"') % 2 == 1
