"""Personal names: after a form of address in a sentence, and on the line under a signature.

The family names and the words that no name holds are data (``lexicon/data/person_names.toml``).  A name is never
completed or corrected: recognition's noise around it is dropped, its syllables stay as they are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.cue_patterns import cue_source
from pipeline.lexicon.fold import fold, squash, strip_marks
from pipeline.lexicon.tables import read_toml

_LONGEST = 6  # "Y Thanh Hà Niê Kđăm" has five syllables; one more for a split "H' Lim"

# One capitalised syllable: "Nguyễn", "NGUYỄN", "Kđăm", "K'Ré", "H’", "Y".
_SYLLABLE = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ`´](?=[^\W\d_]))*['’ʼ]?")
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A personal name in a text: offsets of the name alone, the name on one line, and the words before it."""

    start: int
    end: int
    name: str
    title: str | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    surnames: frozenset[str]
    common: frozenset[str]
    middle: frozenset[str]
    bare_surnames: frozenset[str]
    titles: re.Pattern[str]
    lead: re.Pattern[str]
    address: re.Pattern[str]
    not_addressed: re.Pattern[str]
    phrases: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    table = read_toml("person_names.toml")
    surnames = frozenset(fold(name) for name in table["surnames"])
    address, ranks = cue_source(table["address"]), cue_source(table["ranks"])
    one_title = rf"(?:{address}|{ranks})(?!\w)\.?[\s:,]*"
    return _Lexicon(
        surnames,
        frozenset(fold(name) for name in table["common_surnames"]),
        frozenset(fold(name) for name in table["middle_surnames"]),
        frozenset(strip_marks(name) for name in surnames if len(name) > 2),
        re.compile(rf"(?<!\w)(?P<title>(?:{one_title})+)"),
        re.compile(rf"^[\W_]*(?:{one_title})+"),
        re.compile(rf"(?<!\w)(?:{address})(?!\w)"),
        re.compile(rf"(?:{cue_source(table['not_addressed'])})(?!\w)"),
        frozenset(squash(phrase) for phrase in table["not_names"]),
        frozenset(fold(word) for word in table["not_syllables"]),
    )


def family_names() -> frozenset[str]:
    """Family names, folded, with their marks."""
    return _lexicon().surnames


def may_lack_family_name(name: str) -> bool:
    """Whether a recognised name may have lost its first syllable: two are left, and the first is a middle name."""
    syllables = name.split()
    return len(syllables) == 2 and fold(syllables[0]) in _lexicon().middle


def find_person_names(text: str) -> list[NameSpan]:
    """Names that stand after a form of address ("Ông", "đ/c"), a rank ("Thượng úy") or a degree, in order.

    A lone given name counts after a form of address ("đồng chí Vượng"), a rank alone needs a known family name.
    "Đồng chí Chủ tịch UBND tỉnh" holds no name.
    """
    lexicon = _lexicon()
    found: list[NameSpan] = []
    folded = fold(text)
    for match in lexicon.titles.finditer(folded):
        if (found and match.start() < found[-1].end) or lexicon.not_addressed.match(folded, match.start()):
            continue
        if _inside_a_name(text, match.start(), match["title"]):
            continue
        span = _name_at(text, match.end("title"))
        if span is None:
            continue
        start, end, syllables = span
        known = fold(syllables[0]) in lexicon.surnames or "'" in syllables[0].translate(_APOSTROPHES)
        addressed = lexicon.address.search(match["title"]) is not None
        if known or (addressed and len(syllables) <= 4 and not text[start:end].isupper()):
            title = " ".join(text[match.start() : match.end()].split()).rstrip(" :,")
            found.append(NameSpan(start, end, _spelling(syllables), title or None))
    return found


def _inside_a_name(text: str, start: int, title: str) -> bool:
    """Whether the form of address is itself a syllable of a name: "Cao Anh Tuấn"."""
    if not text[start].isupper() or " " in title.strip():
        return False
    before = re.search(r"(\S+) $", text[max(0, start - 20) : start])
    return before is not None and before[1][0].isupper() and before[1].isalpha()


def _name_at(text: str, start: int) -> tuple[int, int, list[str]] | None:
    """The run of capitalised syllables that begins at ``start``, cut before a position or an agency."""
    lexicon = _lexicon()
    syllables: list[str] = []
    at = end = start
    while len(syllables) < _LONGEST:
        match = _SYLLABLE.match(text, at)
        if match is None or not match[0][0].isupper() or fold(match[0]) in lexicon.words:
            break
        following = _SYLLABLE.match(text, _past_blank(text, match.end()))
        # The second syllable is exempt: "Nguyễn Chánh Thanh Tra" is nobody, but "Lê Công An" is somebody.
        if len(syllables) != 1 and _begins_phrase(text, match):
            break
        # Abbreviations ("UBND") and headings are no syllables of a name in ordinary case.
        if len(match[0].strip("'’ʼ")) > 1 and match[0].isupper():
            all_caps = syllables[-1].isupper() if syllables else fold(match[0]) in lexicon.surnames
            if not all_caps:
                break
        # After a whole name, a syllable on the next line before a small letter begins a sentence.
        small_follows = following is not None and following[0][0].islower()
        if len(syllables) > 2 and "\n" in text[end:at] and small_follows:
            break
        syllables.append(match[0])
        end = match.end()
        at = _past_blank(text, end)
        if at == end and not match[0].endswith(("'", "’", "ʼ")):
            break
    return (start, end, syllables) if syllables else None


def _past_blank(text: str, at: int) -> int:
    """Past blanks and at most one line break; a blank line ends a name."""
    match = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*").match(text, at)
    return match.end() if match else at


def _begins_phrase(text: str, first: re.Match[str]) -> bool:
    """Whether a position, an agency or a place of the data begins at a syllable."""
    words, at = [first[0]], first.end()
    while len(words) < 3:
        following = _SYLLABLE.match(text, _past_blank(text, at))
        if following is None:
            return False
        words.append(following[0])
        at = following.end()
        if squash(" ".join(words)) in _lexicon().phrases:
            return True
    return False


def is_person_name(text: str) -> float:
    """How much a line looks like a signer's name, 0 to 1; above 0.5 it is one.

    About 0.9 for capitalised syllables led by a known family name, 0.6 when the family name has lost its marks, at
    most 0.4 when other words stand on the line or no family name does, 0 for positions, agencies and headings.
    """
    lexicon = _lexicon()
    bare = _without_titles(" ".join(text.split()))
    core = _strip_noise(bare)
    syllables = _syllables(core)
    if not 2 <= len(syllables) <= _LONGEST or re.search(r"\d", core):
        return 0.0
    folded = [fold(s).translate(_APOSTROPHES) for s in syllables]
    capitals = all(s.isupper() for s in syllables)
    if any(f in lexicon.words or not _can_be_syllable(f) for f in folded):
        return 0.0
    if not all(s[0].isupper() for s in syllables):
        return 0.0
    if not capitals and any(s.isupper() and len(s.strip("'’ʼ")) > 1 for s in syllables):
        return 0.0
    runs = {" ".join(folded[i : i + n]) for n in (2, 3) for i in range(len(folded) - n + 1)}
    if runs & lexicon.phrases:
        # "Lê Công An" is a name, "Lê Chánh Văn Phòng" in capitals could be a heading: only ordinary case is trusted.
        at_head = bool({" ".join(folded[:n]) for n in (2, 3)} & lexicon.phrases)
        if folded[0] not in lexicon.surnames or capitals or at_head:
            return 0.0
    if folded[0] in (lexicon.common if capitals else lexicon.surnames) or "'" in folded[0]:
        score = 0.95 if len(syllables) > 2 else 0.85
    elif strip_marks(folded[0]) in lexicon.bare_surnames and not capitals:
        score = 0.6
    else:
        score = 0.3
    score -= 0.1 * capitals
    dropped = re.sub(r"\([^)]*\)", "", bare.replace(core, "", 1))
    # Letters beside the run are other words, or the rest of a syllable cut in two: "Đ ặng Hoàng Oanh".
    if re.search(r"[^\W\d_]{2}|(?<!\S)[^\W\d_](?!\S)", dropped):
        score = min(score - 0.1, 0.4)
    elif core != bare:
        score -= 0.1
    # A lone letter at the end is an initial or ink.
    if len(syllables[-1]) == 1 and folded[-1] not in "aeiouyăâêôơư":
        score = min(score, 0.3 if len(syllables) == 2 else 0.7)
    return round(max(score, 0.0), 2)


def _can_be_syllable(folded: str) -> bool:
    return len(folded) == 1 or folded.endswith("'") or re.search(r"[aeiouy]", strip_marks(folded)) is not None


def clean_person_name(text: str) -> str:
    """The name alone: without address, rank, degree and the noise around it; capitals become a name's spelling.

    "ThS. Nguyễn Văn A" → "Nguyễn Văn A", "NGUYỄN VĂN A" → "Nguyễn Văn A", "£ Hoàng Viết Nam —" → "Hoàng Viết Nam".
    Text that holds no capitalised syllables gives "".
    """
    return _spelling(_syllables(_strip_noise(_without_titles(" ".join(text.split())))))


def _without_titles(line: str) -> str:
    match = _lexicon().lead.match(fold(line))
    return line[match.end() :].strip() if match else line


def _strip_noise(line: str) -> str:
    """The longest run of capitalised syllables; of runs as long, the one led by a family name."""
    runs: list[tuple[bool, int, str]] = []
    for match in re.finditer(rf"(?:{_SYLLABLE.pattern})(?:\s?(?:{_SYLLABLE.pattern}))*", line):
        run = match[0]
        syllables = run.split()
        while syllables and (not syllables[0][0].isupper() or (len(syllables) > 2 and _stray(syllables[0]))):
            syllables.pop(0)
        while syllables and not syllables[-1][0].isupper():
            syllables.pop()
        while len(syllables) > 2 and _lexicon().address.fullmatch(fold(syllables[0])):
            syllables.pop(0)
        if syllables:
            known = fold(syllables[0]) in _lexicon().surnames
            runs.append((known and len(syllables) > 1, len(syllables), " ".join(syllables)))
    return max(runs, key=lambda run: run[:2])[2] if runs else ""


def _stray(syllable: str) -> bool:
    """A lone consonant at the head that recognition made of ink; "Y", "A", "H", "K" are family names."""
    return len(syllable) == 1 and fold(syllable) not in _lexicon().surnames and fold(syllable) not in "aeiouyăâêôơư"


def _syllables(core: str) -> list[str]:
    return [match[0] for match in _SYLLABLE.finditer(core)]


def _spelling(syllables: list[str]) -> str:
    """Syllables on one line, one apostrophe, capitals as in a name."""
    words = [s.translate(_APOSTROPHES) for s in syllables]
    if all(w.isupper() for w in words) and any(len(w) > 1 for w in words):
        words = ["'".join(part.capitalize() for part in w.split("'")) for w in words]
    return " ".join(words)
