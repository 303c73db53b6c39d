"""Numbers of technical standards: "QCVN 07:2010/BXD", "TCVN 6696:2000", "Quy chuẩn 07:2010/BXD".

Rules: Luật Tiêu chuẩn và Quy chuẩn kỹ thuật (68/2006/QH11) and its circulars: code, number, ":", year, and for a
regulation "/" and the ministry that issued it.
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
    """``start`` and ``end`` span number, year and issuer, ``head`` the code or the words before, if any."""

    start: int
    end: int
    head: tuple[int, int] | None
    code: str | None
    serial: str
    year: str
    issuer: str | None
    canonical: str
    doubt: str | None


_GAP = r"[^\S\n]"
_BODY = (
    rf"(?P<body>(?P<org>(?:ISO/IEC|ISO|IEC){_GAP})?(?P<serial>\d{{1,6}}(?:-\d{{1,3}})?)"
    rf"{_GAP}?(?P<sep>[:-]){_GAP}?(?P<year>(?:19|20)\d\d)(?:{_GAP}?/{_GAP}?(?P<issuer>[A-ZĐ]{{2,10}}))?)"
    r"(?![^\W_]|[/:-][^\W_])"
)


@cache
def _pattern() -> re.Pattern[str]:
    tables = codes.forms()["standards"]
    names = "|".join(sorted(map(re.escape, tables["quy_chuan"] + tables["tieu_chuan"]), key=len, reverse=True))
    # The words may run over a line and their marks may be damaged.
    words = r"\b(?:[Qq]uy|[Tt]i[êeé]u)\s+chu[ẩâấầẫậaăả]n(?:\s+[^\W\d_]+){0,6}?"
    return re.compile(rf"(?P<head>(?<![^\W_])(?P<code>{names})|{words})\s*(?:số\s*)?:?\s*{_BODY}")


def find_standards(norm: str, whole: tuple[int, int] | None = None) -> Iterator[Standard]:
    """Standards in text whose look-alikes are mapped; ":" may be "-" only after a code ("TCVN 2737-1995").

    ``whole``: a span that is a number and nothing else, so that neither code nor words are needed before it.
    """
    if whole and (alone := re.compile(_BODY).fullmatch(norm, *whole)):
        if alone["sep"] == ":":
            yield _standard(alone, None, None)
        return
    if "TC" not in norm and "QC" not in norm and "huẩn" not in norm:
        return
    for match in _pattern().finditer(norm):
        if match["sep"] == ":" or match["code"]:  # "tiêu chuẩn 5-2010" may be anything
            yield _standard(match, match.span("head"), match["code"])


def _standard(match: re.Match[str], head: tuple[int, int] | None, code: str | None) -> Standard:
    issuer = codes.read_code(match["issuer"]) if match["issuer"] else None
    org = f"{match['org'].strip()} " if match["org"] else ""
    spelling = issuer.spelling if issuer else None
    return Standard(
        start=match.start("body"),
        end=match.end("body"),
        head=head,
        code=code,
        serial=match["serial"],
        year=match["year"],
        issuer=spelling,
        canonical=f"{org}{match['serial']}{match['sep']}{match['year']}" + (f"/{spelling}" if spelling else ""),
        doubt=issuer.doubt if issuer else None,
    )
