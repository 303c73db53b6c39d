"""Which document a number names: the key of a number, its series (scope and year or term), and when two are one.

Rule (Nghị định 30/2020/NĐ-CP, Điều 15 and Phụ lục VI): within one issuing body and one year, số and ký hiệu together
occur once.  Party bodies count by type and term (Hướng dẫn 36-HD/VPTW).  So two mentions are the same document when
their number keys are equal, their scopes are one body's, and their year or term agrees.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, Protocol

from pipeline.lexicon.fold import squash
from pipeline.lexicon.types import types_with_code
from pipeline.record.models import Record
from pipeline.store import scope as scopes
from pipeline.store.fold import searchable
from pipeline.store.scope import Level, Scope

Verdict = Literal["same", "possible", "different"]

_NUMBER = re.compile(
    r"(?P<serial>\d[\d.:]*[a-zđ]?)(?:/(?P<year>(?:19|20)\d\d)(?=/))?(?:(?P<separator>[/-])(?P<symbol>.*))?",
    re.IGNORECASE,
)
_STANDARD = re.compile(r":((?:19|20)\d\d)$")  # the year of a technical standard: 07:2010/BXD
_BETWEEN = re.compile(r"[^\w&()]|_")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of which document this is.

    ``number_key``: serial, year and letters of the number without separators, equal for "226/KH-UBND" and
    "226/KHUBND"; None without a number.  ``period``: the year, the Party term ("nhiệm kỳ 13"), or "?" with the day for
    a Party document of congress months; None when nothing tells.  ``codes``: the parts of the ký hiệu after the type.
    """

    number: str | None
    number_key: str | None
    serial: str | None
    symbol: str | None
    type_code: str | None
    codes: tuple[str, ...]
    doc_type: str | None
    date: str | None
    year: int | None
    period: str | None
    issuer: str | None
    issuer_key: str | None
    scope: Scope

    @property
    def level(self) -> Level | None:
        return self.scope.level

    @property
    def province(self) -> str | None:
        return self.scope.province

    @property
    def unit(self) -> str | None:
        return self.scope.unit


@lru_cache(maxsize=50_000)
def parts_of(number: str) -> tuple[str, str | None, str | None, str | None, tuple[str, ...]] | None:
    """(serial, year in the number, separator, type code, other codes) of a canonical number; None when it is none."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFC", number).strip())
    if match is None:
        return None
    standard = _STANDARD.search(match["serial"])
    year = match["year"] or (standard[1] if standard else None)
    groups = [part for part in re.split(r"[/-]", match["symbol"] or "") if part]
    kind = groups[0] if groups and types_with_code(groups[0]) and len(groups) > 1 else None
    return match["serial"], year, match["separator"], kind, tuple(groups[1:] if kind else groups)


def number_key(number: str | None, doc_type: str | None = None) -> str | None:
    """The key that equal numbers share.

    Separators and case do not matter, Đ and D do (HĐ is a contract, HD a guidance).  A serial without ký hiệu ("Kế
    hoạch 437") is only itself together with its type.
    """
    if not number:
        return None
    match = _NUMBER.fullmatch(unicodedata.normalize("NFC", number).strip())
    if match is None:
        return "=" + squash(number)
    letters = _BETWEEN.sub("", match["symbol"] or "").upper()
    return f"{_serial(match['serial'])}|{match['year'] or ''}|{letters or '~' + (doc_type or '')}"


def _serial(text: str) -> str:
    return text.lstrip("0").upper() or "0"


def of_record(record: Record) -> Identity:
    """The identity of a document itself."""
    on = _era(record.date)
    codes = _codes(record.number or record.raw_number)
    scope = scopes.of_document(record.issuer, record.issuer_parent, record.place, codes, on)
    return _identity(
        record.number, record.doc_type, record.date, partial=record.partial_date, issuer=record.issuer, scope=scope
    )


class Cited(Protocol):
    """What a citation says, be it a record's or a row of the database."""

    @property
    def doc_type(self) -> str | None: ...
    @property
    def number(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def issuer(self) -> str | None: ...


def of_citation(citation: Cited, context: Scope) -> Identity:
    """The identity of a cited document, in a document of scope ``context``."""
    codes = _codes(citation.number)
    scope = scopes.of_citation(citation.issuer, codes, _era(citation.date), context)
    return _identity(
        citation.number, citation.doc_type, citation.date, partial=None, issuer=citation.issuer, scope=scope
    )


def of_row(row: Any) -> Identity:
    """The identity of a ``document`` row of the database."""
    scope = Scope(row.level, row.province, row.unit)
    return _identity(row.number, row.doc_type, row.date, partial=row.partial_date, issuer=row.issuer, scope=scope)


def _identity(
    number: str | None, doc_type: str | None, day: str | None, *, partial: str | None, issuer: str | None, scope: Scope
) -> Identity:
    parts = parts_of(number) if number else None
    serial, in_number, separator, kind, codes = parts or (None, None, None, None, ())
    year = int(in_number or (day or partial or "0")[:4]) or None
    party = separator == "-"
    period = str(year) if year else None
    if in_number is None and party:
        period = term(day, scope.level) if day else None
    key = number_key(number, doc_type)
    symbol = key.rpartition("|")[2] if key and parts else None
    issuer_key = " ".join(searchable(issuer).split()) if issuer else None
    return Identity(
        number, key, _serial(serial) if serial else None, symbol, kind, codes, doc_type, day, year, period, issuer,
        issuer_key, scope,
    )  # fmt: skip


def _codes(number: str | None) -> tuple[str, ...]:
    if not number:
        return ()
    parts = parts_of(number) or parts_of("0" + number.strip())  # a draft's "/UBND-VHTT" has its codes too
    return parts[4] if parts else ()


def _era(day: str | None) -> date | None:
    return scopes.era(day) if day else None


@cache
def _congresses() -> list[dict[str, Any]]:
    data = (files("pipeline.store") / "data" / "party_terms.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(data)["congress"]
    return found


def term(day: str, level: Level | None) -> str:
    """The Party term of a day: "nhiệm kỳ 13"; "?2020-09-01" where it may be the old or the new one."""
    on, row = date.fromisoformat(day), {"central": "central", "province": "province"}.get(level or "", "below")
    last = 8
    for congress in _congresses():
        first, end = congress[row]
        if level is None:  # nothing says whose: the window spans all levels
            first, end = congress["below"][0], congress["central"][1]
        if on < first:
            break
        if on <= end:
            return f"?{day}"
        last = congress["number"]
    return f"nhiệm kỳ {last}"


def compare(a: Identity, b: Identity) -> tuple[Verdict, str]:
    """Whether two identities with one number key are one document, and why (a Vietnamese reason)."""
    if a.number_key is None or a.number_key != b.number_key:
        return "different", "khác số, ký hiệu"
    verdict, about_scope = compare_scopes(a.scope, b.scope)
    if verdict == "different":
        return "different", about_scope
    if a.date and a.date == b.date:
        if verdict == "same":
            return "same", f"cùng số, ký hiệu, ngày; {about_scope}"
        return "possible", f"cùng số, ký hiệu, ngày; {about_scope}"
    same_period = _same_period(a, b)
    if same_period is False:
        return "different", "khác năm (nhiệm kỳ) ban hành"
    if same_period is None:
        return "possible", f"cùng số, ký hiệu; chưa rõ năm (nhiệm kỳ); {about_scope}"
    dates = "" if not (a.date and b.date) else ", ngày ghi khác nhau"
    if verdict == "same" and a.scope.complete and b.scope.complete and not (dates and _inferred(a, b)):
        return "same", f"cùng số, ký hiệu, cùng năm (nhiệm kỳ){dates}; {about_scope}"
    return "possible", f"cùng số, ký hiệu, cùng năm (nhiệm kỳ){dates}; {about_scope}"


def _inferred(a: Identity, b: Identity) -> bool:
    return a.scope.inferred or b.scope.inferred


def _same_period(a: Identity, b: Identity) -> bool | None:
    if a.period is None or b.period is None:
        return None
    if a.period == b.period:
        return True
    if a.period.startswith("?") or b.period.startswith("?"):
        # One stands in the months of a congress: terms agree or are neighbours when the days are near enough.
        days = abs((date.fromisoformat(a.date or "") - date.fromisoformat(b.date or "")).days)
        return None if days < 6 * 366 else False
    return False


def compare_scopes(a: Scope, b: Scope) -> tuple[Verdict, str]:
    """Whether two scopes are one body's.

    "same" also where one side does not name its level but province (and number, and day: the caller's part) agree.
    """
    if a.level and b.level and a.level != b.level and "body" not in (a.level, b.level):
        return "different", "khác cấp ban hành"
    if a.level == "central" and b.level == "central":
        return "same", "cùng cơ quan trung ương"
    if a.province and b.province and a.province != b.province:
        return "different", f"khác tỉnh ({a.province}, {b.province})"
    if a.unit and b.unit and a.unit != b.unit:
        if "body" in (a.level, b.level):
            return ("possible" if _alike(a.unit, b.unit) else "different"), "tên cơ quan ghi khác nhau"
        return "different", f"khác đơn vị ({a.unit}, {b.unit})"
    if a.complete and b.complete:
        return "same", "cùng cơ quan ban hành"
    if "central" in (a.level, b.level):
        return "possible", "một bên chưa rõ cơ quan ban hành"
    if a.province and b.province:
        return "same", f"cùng tỉnh {a.province}"
    return "possible", "chưa rõ tỉnh của một bên"


def _alike(a: str, b: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(a, b) >= 80
