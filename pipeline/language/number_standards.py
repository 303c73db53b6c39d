"""Numbers of technical standards: "QCVN 07:2010/BXD", "TCVN 6696:2000", "Quy chuẩn 07:2010/BXD".

Rules: Luật Tiêu chuẩn và Quy chuẩn kỹ thuật (68/2006/QH11) and Thông tư 03/2011/TT-BKHCN: code, number, ":", year, and
for a regulation "/" and the ministry that issued it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.language import number_codes as codes

__all__ = ["Standard", "find_standards"]


@dataclass(frozen=True, slots=True)
class Standard:
    """``start`` and ``end`` span number, year and issuer; ``code`` is the one printed before, if any."""

    start: int
    end: int
    code: str | None
    serial: str
    year: str
    issuer: str | None
    canonical: str
    doubt: str | None


@cache
def _pattern() -> re.Pattern[str]:
    tables = codes.forms()["standards"]
    names = "|".join(sorted(map(re.escape, tables["quy_chuan"] + tables["tieu_chuan"]), key=len, reverse=True))
    gap = r"[^\S\n]"
    return re.compile(
        rf"(?:(?<![^\W_])(?P<code>{names})|\b(?:[Qq]uy|[Tt]iêu) chuẩn(?:{gap}+[^\W\d_]+){{0,6}}?){gap}*(?:số{gap}*)?:?{gap}*"
        rf"(?P<body>(?P<org>(?:ISO/IEC|ISO|IEC){gap})?(?P<serial>\d{{1,6}}(?:-\d{{1,3}})?){gap}?(?P<sep>[:-]){gap}?(?P<year>(?:19|20)\d\d)"
        rf"(?:{gap}?/{gap}?(?P<issuer>[A-ZĐ]{{2,10}}))?)(?![^\W_]|[/:-][^\W_])"
    )


def find_standards(norm: str) -> Iterator[Standard]:
    """Standards in text whose look-alikes are mapped; ":" may be "-" only after a code ("TCVN 2737-1995")."""
    if "TC" not in norm and "QC" not in norm and "huẩn" not in norm:
        return
    for match in _pattern().finditer(norm):
        if match["sep"] == "-" and not match["code"]:
            continue  # "tiêu chuẩn 5-2010" may be anything
        start, end = match.span("body")
        issuer = codes.read_code(match["issuer"]) if match["issuer"] else None
        org = f"{match['org'].strip()} " if match["org"] else ""
        canonical = f"{org}{match['serial']}{match['sep']}{match['year']}" + (f"/{issuer.spelling}" if issuer else "")
        yield Standard(
            start,
            end,
            match["code"],
            match["serial"],
            match["year"],
            issuer and issuer.spelling,
            canonical,
            issuer and issuer.doubt,
        )
