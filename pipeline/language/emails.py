"""E-mail addresses, as printed and as recognition leaves them.

Mending is done only where one reading is possible: white space around "@" or before the end of a known domain, "(at)",
and the bracket or © that recognition makes of "@".  A domain whose letters are in doubt stays as it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.cue_patterns import cue_source
from pipeline.lexicon.fold import fold
from pipeline.lexicon.tables import read_toml

LOCAL = r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]*[A-Za-z0-9_])?"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
# "@" itself, "(at)" and its kin, and what recognition makes of "@": "(@", "@)", "(ð", "©".
_AT = r"(?P<at>\(@|@\)|@|\s?[\(\[]\s?(?:at|a còng|a)\s?[\)\]]\s?|\([ðđ]|©|®)"
_CANDIDATE = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])(?P<local>{LOCAL})(?P<left>\s{{0,2}}){_AT}(?P<right>\s{{0,2}})"
    rf"(?P<domain>{LABEL}(?:\s?\.\s{{0,2}}{LABEL})+)",
    re.IGNORECASE,
)
_CUE_BEFORE = 40


@dataclass(frozen=True, slots=True)
class EmailSpan:
    """An address in a text: half-open offsets, the text as it stands, the address, and whether it was mended."""

    start: int
    end: int
    raw: str
    address: str
    mended: bool


@lru_cache(maxsize=1)
def _data() -> tuple[re.Pattern[str], frozenset[str]]:
    table = read_toml("contact_cues.toml")["email"]
    words = cue_source(table["cues"])
    return re.compile(rf"(?:^|\W)(?:{words})\s*[:;]?\s*[\[(<]?$"), frozenset(table["tails"])


def find_emails(text: str) -> list[EmailSpan]:
    """E-mail addresses in ``text``, in order; addresses inside URLs and "mailto:" repetitions are left out."""
    found: list[EmailSpan] = []
    for match in _CANDIDATE.finditer(text):
        before = text[max(0, match.start() - _CUE_BEFORE) : match.start()]
        if re.search(r"://\S*$", before):
            continue
        read = _domain(text, match.start("domain"), match["domain"])
        if read is None:
            continue
        domain, end = read
        cued = bool(_data()[0].search(fold(before)))
        start, local = _local(text, match.start(), match["local"], before)
        # White space before "@" is inside the address only when something shows where the address begins.
        if match["left"] and not (cued or not before or before.rstrip(" ").endswith((":", ";", ",", "(", "\n", "<"))):
            continue
        if match["at"] != "@" and not _known(domain.split("."), _data()[1]):
            continue
        address = f"{local}@{domain}"
        if before.endswith("mailto:") and found and found[-1].address == address:
            continue
        raw = text[start:end]
        found.append(EmailSpan(start, end, raw, address, raw.lower() != address.lower()))
    return found


def _local(text: str, start: int, local: str, before: str) -> tuple[int, str]:
    """The local part with the piece that a line break cut off: "nqhhoang-⏎stttt", "minhnv. stttt" after a cue."""
    cut = re.search(rf"(?:^|(?<=[\s:;,(<\[]))({LOCAL}[.\-_])(\s{{1,2}})$", before)
    if cut is None:
        return start, local
    lead = before[: cut.start()]
    broken_line = "\n" in cut[2] and cut[1][-1] in "-_"
    if broken_line or (re.search(r"[:<\[]\s?$", lead) and _data()[0].search(fold(lead))):
        return start - (len(before) - cut.start()), cut[1] + local
    return start, local


def _domain(text: str, start: int, raw: str) -> tuple[str, int] | None:
    """The domain and where it ends; labels beyond a blank are taken only when they complete a known ending."""
    tails = _data()[1]
    pieces = list(re.finditer(rf"(\s?\.\s{{0,2}})?({LABEL})", raw))
    labels = [piece[2] for piece in pieces]
    solid = next((i for i, piece in enumerate(pieces) if i and piece[1] != "."), len(labels))
    known = _known(labels[:solid], tails)
    for count in range(len(labels), solid, -1):
        beyond = labels[solid:count]
        # "@mof. gov.vn" and "@x.gov .vn" were cut; after "@a.vn. Sở" or "@a.com. vn" nothing is missing.
        missing = not known or (beyond == ["vn"] and f"{labels[solid - 1]}.vn" in tails and solid > 1)
        if missing and all(label.islower() for label in beyond) and _known(labels[:count], tails):
            return _mend(".".join(labels[:count])), start + pieces[count - 1].end()
    last = labels[solid - 1]
    if solid < 2 or not last.isalpha() or len(last) < 2:
        return None
    return _mend(".".join(labels[:solid])), start + pieces[solid - 1].end()


def _known(labels: list[str], tails: frozenset[str]) -> bool:
    """Whether the labels are a name under a known ending."""
    lower = [label.lower() for label in labels]
    return any(".".join(lower[at:]) in tails for at in range(1, len(lower)))


def _mend(domain: str) -> str:
    """The dot that recognition lost before "gov.vn": no name ends in "gov" directly under ".vn" but the state's."""
    return re.sub(r"(?<=[a-z0-9])(?<!\.)gov\.vn$", ".gov.vn", domain.lower())
