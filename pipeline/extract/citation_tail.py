"""What stands after a mention: the issuer, a date that comes late, the title; and an issuer that comes before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.extract.found import one_line
from pipeline.extract.party_names import deed_after_agency, opens_with_agency
from pipeline.language.mentions import Mention, trailing_date
from pipeline.lexicon.agencies import agencies_named
from pipeline.lexicon.cues import cue_pattern, cues, key_of
from pipeline.lexicon.fold import fold, strip_marks

Extent = tuple[int, int]

_OF = re.compile(r"\s*[,;]?\s*(?:của|cảu|cua|do)\s+", re.IGNORECASE)
_OPEN, _CLOSE = '“"«', '”"»'
# "của Quốc hội khóa X, kỳ họp thứ hai về …": neither the issuer's name nor the title.
_SESSION = re.compile(r"\s*,?\s*kho[áa]\s+[IVXL\d]+|\s*,?\s*khóa\s+[IVXL\d]+")
_SITTING = re.compile(
    r"\s*,?\s*kỳ\s+họp\s+(?:thứ\s+)?[^\s,;.]+(?:\s+(?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))?", re.IGNORECASE
)
_TITLE_NEXT = re.compile(r"\s*(?:[Vv]ề\b|[Vv]/v|\()")
_TITLE_LIMIT = 700


@dataclass(slots=True)
class Tail:
    """Extents (offsets into the text) of what follows a mention; ``end`` is where it all ends."""

    end: int
    issuer: Extent | None = None
    date: str | None = None
    date_at: Extent | None = None
    title: Extent | None = None
    quoted: bool = False


def _any_of(name: str) -> str:
    """Alternation of the cues of a list as they are written, longest first; white space matches any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(cues(name), key=len, reverse=True))


@cache
def _issuer_end() -> re.Pattern[str]:
    """An issuer's name ends where its title, a date, a new clause or a bracket begins.

    Cues in small letters end it as they are ("Sở Giao thông vận tải" keeps its "vận tải"); those of titles may have a
    capital ("của Chính phủ Quy định …").
    """
    titles = "|".join(f"[{form[0].upper()}{form[0]}]{form[1:]}" for form in _any_of("issuer_name.titles").split("|"))
    return re.compile(
        r"[;:(“\"\n]|\.(?=\s|$)|,(?=\s)|\s(?=(?:\d{1,2}\s+tháng|năm\s+\d{4}|[Vv]/v|kh[óo][áa]?\s+[IVX\d]+|"
        + rf"{titles}|{_any_of('issuer_name.ends')})\b)"
    )


@cache
def _before() -> re.Pattern[str]:
    """The agency in "ý kiến chỉ đạo của X tại …", "được X phê duyệt tại …", right before a citation."""
    deeds, at = _any_of("issuer_name.deeds"), _any_of("issuer_name.deeds_at")
    return re.compile(
        r"(?:(?:của|bởi)\s+((?:(?!\b(?:đã|được|đến|và các|cho|của)\b)[^,;:.()\n]){3,90}?)"
        r"\s+(?:tại|trong|ở)\s+(?:các\s+)?"
        r"|được\s+((?:(?!\b(?:đã|được|của)\b)[^,;:.()\n]){3,60}?)\s+"
        rf"(?:{deeds})\s+(?:{at})\s+)$",
        re.IGNORECASE,
    )


@cache
def _aside() -> re.Pattern[str]:
    """ "(sau đây gọi là Công ty)", "(sau đây viết tắt là …)": a short name for later, inside what it names."""
    return re.compile(rf"\s*\((?:{_any_of('issuer_name.asides')})[^()]{{0,120}}\)", re.IGNORECASE)


@cache
def _under() -> re.Pattern[str]:
    """ "Cục An toàn thông tin, Bộ Thông tin và Truyền thông": a unit and what it belongs to."""
    units, superiors = _any_of("issuer_name.units"), _any_of("issuer_name.superiors")
    return re.compile(rf"(?:{units})\s[^,]{{3,60}},\s+(?:{superiors})\s[^,]+$")


@lru_cache(maxsize=8)
def _folded(text: str) -> str:
    """Fold of a whole flow, made once for all its citations."""
    return fold(text)


@cache
def _title_start() -> re.Pattern[str]:
    return re.compile(
        r"\s*[,:]?\s*(?:(?P<drop>"
        + cue_pattern("title.drop").pattern
        + r")\s*[:]?\s*|(?P<keep>"
        + cue_pattern("title.keep").pattern
        + "))"
    )


def read_tail(text: str, mention: Mention, next_start: int, limit: int) -> Tail:
    """Read on from the end of ``mention``.

    ``next_start`` is where the next mention begins (``len(text)`` for none), ``limit`` where the paragraph ends.
    Whether the title runs over the next mention is decided by the caller, who knows which mentions are siblings.
    """
    at = mention.end
    tail = Tail(at)
    # A short name in brackets ("(sau đây gọi tắt là …)") or a late date may stand before or after the issuer.
    if aside := _aside().match(text, at, limit):
        at = aside.end()
    for _ in range(2):
        if mention.date is None and tail.date is None and (late := trailing_date(text, at)):
            tail.date, tail.date_at = late[0], (late[1], late[2])
            at = late[2]
        if tail.issuer is None and (issuer := _issuer(text, at, limit)):
            tail.issuer = issuer
            session = _SESSION.match(text, issuer[1], limit)
            at = session.end() if session else issuer[1]
            if aside := _aside().match(text, at, limit):
                at = aside.end()
            at = sitting.end() if session and (sitting := _SITTING.match(text, at, limit)) else at
    tail.end = at
    if mention.law_name and re.compile(r"\s*[,;]").match(text, at):
        # "Thực hiện Luật …, thực hiện Công văn số …": a law bears its name, and what comes after a comma is another.
        return tail
    title = _title(text, at, limit)
    if title is None:
        return tail
    start, end, quoted, after = title
    tail.title, tail.quoted, tail.end = (start, end), quoted, after
    if quoted and tail.issuer is None and (issuer := _issuer(text, after, limit)):
        tail.issuer, tail.end = issuer, issuer[1]
    return tail


def _issuer(text: str, at: int, limit: int) -> Extent | None:
    lead = _OF.match(text, at, limit)
    if not lead:
        return None
    start = lead.end()
    stop = _issuer_end().search(text, start, limit)
    if said := _said_of_it().search(text, start, stop.start() if stop else limit):
        stop = said
    end = stop.start() if stop else limit
    end = _end_of_agency(text, start, start + len(text[start:end].rstrip(" .,;/")))
    # An agency may carry commas ("Sở Lao động, Thương binh và Xã hội") or dashes; a name in the lexicon decides.
    if stop and text[stop.start()] == ",":
        wider = _issuer_end().search(text, stop.end(), limit)
        candidate = text[start : wider.start() if wider else limit].rstrip(" .,;")
        if wider and _under().match(candidate) and _TITLE_NEXT.match(text, wider.start()):
            # "của Cục An toàn thông tin, Bộ Thông tin và Truyền thông về việc …": the unit and what it belongs to.
            end = start + len(candidate)
        if agencies_named(candidate) and not agencies_named(text[start:end]):
            end = start + len(candidate)
    if (
        end - start < 2
        or end - start > 110
        or not re.match(r"[A-ZĐÀ-Ỹ]|[a-z]+\s+(?:tỉnh|huyện|xã)|thanh tra", text[start:])
    ):
        return None
    return start, end


def _end_of_agency(text: str, start: int, end: int) -> int:
    """Where an agency of the lexicon ends when the sentence goes on after it ("của Bộ Chính trị ở một số nơi")."""
    name = text[start:end]
    if agencies_named(name):
        return end
    if said := deed_after_agency(name):
        return start + said
    for match in reversed(list(_goes_on().finditer(name))):
        if agencies_named(name[: match.start()]):
            return start + match.start()
    return end


@cache
def _said_of_it() -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word in cues("title.said_of_it"))
    return re.compile(rf"\s+(?=(?:đều\s+)?(?:{said})\b)")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(r"\s+(?=" + "|".join(rf"{re.escape(word)}\b" for word in cues("title.after_issuer")) + ")")


def issuer_before(text: str, start: int, sentence: int) -> Extent | None:
    """The agency in "ý kiến chỉ đạo của X tại Chỉ thị số …"."""
    match = _before().search(text, sentence, start)
    if not match:
        return None
    group = 1 if match.group(1) else 2
    return match.start(group), match.end(group)


# "Ngày 16/5/2016, Chính phủ ban hành Nghị quyết số …".
_TOLD = re.compile(
    r"[Nn]gày\s+(?P<date>\d[^,;()]{5,28}\d)\s*,\s*(?P<issuer>[A-ZĐÀ-Ỹ][^,;:.()]{2,70}?)\s+(?:đã\s+)?"
    r"(?:ký\s+)?(?:ban hành|có)\s+(?:văn bản\s+)?$"
)


def told_before(text: str, start: int, sentence: int) -> Tail | None:
    """Day and issuer of a document told of as a deed, both before it."""
    match = _TOLD.search(text, sentence, start)
    if match is None or not cue_pattern("title.speakers", marks=False).match(key_of(match["issuer"])):
        return None
    day = trailing_date(text[: match.end("date")], match.start())
    if day is None:
        return None
    return Tail(start, match.span("issuer"), day[0], (day[1], day[2]))


def _title(text: str, at: int, limit: int) -> tuple[int, int, bool, int] | None:
    """Start and end of the title, whether quoted, and where reading goes on."""
    start_match = _title_start().match(_folded(text), at, limit)
    start = at
    if start_match:
        start = start_match.end("drop") if start_match.group("drop") else start_match.start("keep")
        start += len(text[start:limit]) - len(text[start:limit].lstrip(" :"))
    else:
        start += len(text[at:limit]) - len(text[at:limit].lstrip(" ,:"))
    if start < limit and text[start] in _OPEN:
        close = _closing_quote(text, start, limit)
        if close is not None:
            inner = start + 1
            if again := _title_start().match(_folded(text), inner, close):
                inner = again.end("drop") if again.group("drop") else inner
            inner += len(text[inner:close]) - len(text[inner:close].lstrip())
            # Nothing between the marks, or a torn letter or two, is no title.
            return (inner, close, True, close + 1) if close - inner >= 4 else None
    if not start_match:
        return None
    comma = text.find(",", at, start)
    if start_match.group("keep") is not None and comma >= 0 and _agency_speaks(text, _folded(text), comma + 1, limit):
        # "… ngày 10/6/2013, Thanh tra Chính phủ đề nghị …": an agency whose name begins like a title goes on.
        return None
    end = _title_end(text, start, min(limit, start + _TITLE_LIMIT))
    # "do Sở Y tế ban hành": a verb with nothing after it is no title.
    bare = start_match.group("keep") is not None and end <= start_match.end("keep")
    return (start, end, False, end) if end - start >= 4 and not bare else None


def _closing_quote(text: str, at: int, limit: int) -> int | None:
    opening = text[at]
    if opening == '"':
        close = text.find('"', at + 1, limit)
        return close if close > 0 else None
    depth = 0
    for index in range(at, limit):
        if text[index] in "“«":
            depth += 1
        elif text[index] in "”»":
            depth -= 1
            if depth == 0:
                return index
    return None


def _title_end(text: str, start: int, limit: int) -> int:
    """A title runs to the end of its clause: ";", a full stop, an opening bracket, or ", <agency> yêu cầu …"."""
    folded = _folded(text)
    end = limit
    depth_quote = None
    for match in re.finditer(r"[;(“”\"\n]|\.(?=\s+[A-ZĐÀ-Ỹ“\"(]|\s*$|/)|,(?=\s)|:(?=\s)", text[start:limit]):
        at = start + match.start()
        char = text[at]
        if char == "“":
            depth_quote = at
            continue
        if char == "”":
            if depth_quote is None:
                end = at
                break
            depth_quote = None
            continue
        if depth_quote is not None:
            continue
        if char == '"':
            continue
        if char == "," and not _agency_speaks(text, folded, at + 1, limit):
            continue
        if char == "(" and not _leaves_title(text, at):
            continue
        if char == ";" and _says_more(text, start, at, limit):
            continue
        end = at
        break
    ends = (
        cue_pattern("title.ends").pattern
        + r"|\bvà\s+(?:sửa đổi|bãi bỏ|thay thế|bổ sung|hủy bỏ)(?:,\s*bổ sung)?\s+(?=\w+\s+\w+\s+(?:số\s+)?\d)"
    )
    if stop := re.compile(ends).search(folded, start, end):
        end = stop.start()
    return start + len(text[start:end].rstrip(" .,;:-–/"))


def _says_more(text: str, start: int, at: int, limit: int) -> bool:
    """ "… đơn giá thuê đất; đơn giá thuê đất có mặt nước; …": what follows begins with words of the title itself."""
    following = re.match(r"\s+([^\W\d_]\w*\s\w+\s\w+)\b", text[at + 1 : min(limit, at + 60)])
    if following is None or not following.group(1)[0].islower():
        return False
    return fold(following.group(1)) in fold(text[start:at])


def _leaves_title(text: str, at: int) -> bool:
    """A bracket leaves the title unless it only spells out a short name of two to ten letters."""
    inner = text[at + 1 : text.find(")", at) if ")" in text[at:] else at + 40]
    return not re.fullmatch(r"[A-ZĐ&\-]{2,10}|%", inner.strip())


def _agency_speaks(text: str, folded: str, at: int, limit: int) -> bool:
    """After this comma an agency or its head begins to direct ("…, Sở Giáo dục và Đào tạo yêu cầu …")."""
    window = folded[at : min(limit, at + 130)]
    directing = cue_pattern("task.directs", marks=False).pattern  # "đê nghị": no word without these marks is another
    verbs = re.compile(directing + "|" + cue_pattern("title.speaking", marks=False).pattern)
    window = strip_marks(window)
    # A capital belongs to the agency's name ("Sở Giao thông vận tải có ý kiến …").
    if match := next((m for m in verbs.finditer(window) if not text[at + m.start()].isupper()), None):
        subject = text[at : at + match.start()].strip(" ,")
        if 3 <= len(subject) <= 95 and re.match(r"[A-ZĐÀ-Ỹ]", subject):
            head = re.sub(r"\s*\([^()]*\)", "", subject)
            known = agencies_named(head) or agencies_named(" ".join(head.split()[:7])) or opens_with_agency(head)
            if known or cue_pattern("title.speakers", marks=False).match(key_of(subject)):
                return True
    return bool(_new_clause().match(window))


@cache
def _new_clause() -> re.Pattern[str]:
    """What begins another clause after a comma, on letters without marks.

    The next ground (the stop before it was read as a comma); "tại thị xã Gia Nghĩa đã phát hiện …", a clause with its
    own subject and verb; "công tác tiếp công dân đã đi vào nề nếp", what has become of it; "các văn bản quy phạm pháp
    luật sửa đổi", where the list of documents goes on; "đồng thời", "trong đó".
    """
    opens, told, verbs, at = (
        "|".join(strip_marks(fold(form)) for form in _any_of(f"title.{name}").split("|"))
        for name in ("clause_opens", "clause_topics", "clause_told", "clause_at_told")
    )
    return re.compile(
        rf"\s*(?:(?:{opens})\b|tai\s[^,;.]{{3,60}}\s(?:{at})\s|(?:{told})\s[^,;.]{{3,60}}\s(?:{verbs})\s)"
    )


def title_value(text: str, extent: Extent) -> str:
    title = one_line(text[extent[0] : extent[1]]).strip(' "“”.,;')
    if title.count("“") == title.count("”") + 1 and text[extent[0] : extent[1] + 1].rstrip(" .,;").endswith("”"):
        title += "”"  # the mark that closes a name inside the title
    # The bracket that holds the whole citation closes after its title.
    return title[:-1].rstrip() if title.endswith(")") and title.count(")") > title.count("(") else title
