"""What a person searches for: the words of the box, and the filters beside it.

The box takes words (all must occur, in any form of marks and case), "phrases in quotes", a beginning with * ("thông
báo*", quyet*), and -word for what must not occur.  A word with separators inside, such as a document number, is a
phrase: 514/SGDĐT-VP finds "514 /SGDĐT-VP".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.store.errors import QueryInvalid
from pipeline.store.fold import words

Sort = Literal["relevance", "date", "arrival"]
MOST_TERMS = 64
LONGEST_WORD = 200  # a database refuses words of thousands of letters
_PIECE = re.compile(r'(-)?(?:"([^"]*)"(\*)?|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that must follow each other; the last is a beginning when ``prefix``."""

    words: tuple[str, ...]
    prefix: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search.  Days are ISO text, both ends included; every filter that is given must hold.

    ``issuer`` compares folded text inside the issuer's or its parent's name; ``cites`` is a document number;
    ``due_from``/``due_to`` bound any deadline or dated task of the document.
    """

    text: str = ""
    issuer: str | None = None
    doc_type: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    cites: str | None = None
    number: str | None = None
    year: int | None = None
    province: str | None = None
    state: Literal["new", "confirmed"] | None = None
    warning: str | None = None
    secrecy: str | None = None
    registered: bool | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20

    @property
    def filtered(self) -> bool:
        """Whether anything but the words restricts it."""
        beside = ("text", "sort", "offset", "limit")
        return any(getattr(self, name) is not None for name in self.__slots__ if name not in beside)


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a search box; raises ``QueryInvalid`` for an open quote, exclusions alone, or no end of words."""
    if text.count('"') % 2:
        raise QueryInvalid(reason="thiếu một dấu ngoặc kép")
    terms = []
    for match in _PIECE.finditer(text):
        without, phrase, phrase_star, plain = match.groups()
        prefix = bool(phrase_star) or (plain is not None and plain.endswith("*"))
        found = tuple(words(phrase if phrase is not None else plain or ""))
        if found:
            terms.append(Term(found, prefix, bool(without)))
    if len(terms) > MOST_TERMS or any(len(word) > LONGEST_WORD for term in terms for word in term.words):
        raise QueryInvalid(reason="quá nhiều từ hoặc từ quá dài")
    if terms and all(term.without for term in terms):
        raise QueryInvalid(reason="cần ít nhất một từ phải có")
    return tuple(terms)


def for_sqlite(terms: tuple[Term, ...]) -> str:
    """The terms as an FTS5 expression; the words hold only letters and digits, so nothing needs escaping but quotes."""
    wanted = " AND ".join(_fts5(term) for term in terms if not term.without)
    without = "".join(f" NOT {_fts5(term)}" for term in terms if term.without)
    return f"({wanted}){without}" if without else wanted


def _fts5(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + (" *" if term.prefix else "")


def for_postgresql(terms: tuple[Term, ...]) -> str:
    """The terms as text for ``to_tsquery('simple', …)``."""
    return " & ".join(("!" if term.without else "") + _tsquery(term) for term in terms)


def _tsquery(term: Term) -> str:
    parts = [f"'{word}'" for word in term.words]
    if term.prefix:
        parts[-1] += ":*"
    return "(" + " <-> ".join(parts) + ")"
