"""Notes beside the list "Nơi nhận": "thay báo cáo" next to a brace over several of its lines.

Recognition reads such a note in pieces, each as a line of its own or in the other column.  They are told by what they
say (words of the known purposes and no other), and by where they stand: right of a line of the list, and before the
signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.layout.flow import PageLine
from pipeline.lexicon.cues import key_of
from pipeline.lexicon.purposes import purpose_of, purpose_words

__all__ = ["SideNote", "notes_beside"]

_FROM_THE_LIST = 0.05  # of the page's width: least distance between the left edges of list and note
_HALF = 0.56  # the signature stands right of this


@dataclass(frozen=True, slots=True)
class SideNote:
    """A note and the lines that it was read in, top first."""

    purpose: str
    lines: tuple[PageLine, ...]

    def beside(self, line: PageLine) -> bool:
        """Whether ``line`` stands at the height of the note.  How far its brace reaches beyond is not known."""
        return any(_overlap(line, own) for own in self.lines)


def notes_beside(recipients: Sequence[PageLine], others: Sequence[PageLine] = ()) -> list[SideNote]:
    """Notes among the lines of the list and ``others`` (lines of the column beside it)."""
    pieces = [line for line in (*recipients, *others) if _is_piece(line, recipients)]
    pieces.sort(key=lambda line: line.box[1] if line.box else 0.0)
    groups: list[list[PageLine]] = []
    for piece in pieces:
        group = next((group for group in groups if _under(piece, group[-1])), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    notes = []
    for group in groups:
        if purpose := purpose_of(" ".join(_words(line) for line in group), misread=True):
            notes.append(SideNote(purpose, tuple(group)))
    return notes


def _words(line: PageLine) -> str:
    return " ".join("".join(sign if sign.isalnum() or sign == "/" else " " for sign in line.text).split())


def _is_piece(line: PageLine, recipients: Sequence[PageLine]) -> bool:
    words = key_of(_words(line)).split()
    if line.box is None or not words or line.box[2] > _HALF or not set(words) <= purpose_words():
        return False
    return any(
        other is not line and other.box is not None and _overlap(line, other)
        and other.box[2] < line.box[0] and other.box[0] < line.box[0] - _FROM_THE_LIST
        for other in recipients
    )  # fmt: skip


def _overlap(a: PageLine, b: PageLine) -> bool:
    if a.box is None or b.box is None or a.page is not b.page:
        return False
    shared = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    return shared > 0.4 * min(a.box[3] - a.box[1], b.box[3] - b.box[1])


def _under(line: PageLine, above: PageLine) -> bool:
    """The next line of the same note: right under it, in the same column."""
    if line.box is None or above.box is None or line.page is not above.page:
        return False
    height = above.box[3] - above.box[1]
    across = min(line.box[2], above.box[2]) - max(line.box[0], above.box[0])
    return across > 0 and -0.5 * height < line.box[1] - above.box[3] < 1.6 * height
