"""Terms counted from an anchor: "trong vòng 05 ngày làm việc kể từ ngày nhận được Công văn này"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from pipeline.language.deadline_cues import Folded, number_words, this_document
from pipeline.language.workdays import LONGEST_TERM, add_days, add_working_days


@dataclass(frozen=True, slots=True)
class Term:
    """A number of days from the issue or the receipt of the document itself, and its end once that day is known."""

    start: int
    end: int
    days: int
    working: bool
    anchor: Literal["issued", "received"]
    due: date | None


def _number() -> str:
    words = sorted(number_words(), key=len, reverse=True)
    return r"(?:(?P<n>\d{1,3})|(?P<word>" + "|".join(w.replace(" ", r"\s+") for w in words) + r"))"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    number, itself = _number(), this_document()
    head = (
        r"(?<!\w)(?:(?:cham\s+nhat|muon\s+nhat)\s+(?:la\s+|sau\s+|trong\s+(?:vong\s+|thoi\s+(?:han|gian)\s+)?)?"
        r"|trong\s+(?:vong|thoi\s+han|thoi\s+gian|han)\s+(?:khong\s+qua\s+|toi\s+da\s+|cham\s+nhat\s+(?:la\s+)?)?"
        r"|trong\s+|khong\s+qua\s+|toi\s+da\s+|thoi\s+han\s+(?:la\s+|khong\s+qua\s+)?|sau\s+)"
    )
    unit = r"\s*(?:\([^)]{1,20}\)\s*)?(?P<unit>ngay|tuan)(?:\s+(?P<working>lam\s+viec|lich))?"
    since = r"\s*,?\s*(?:(?:ke\s+|tinh\s+)?tu\s+(?:khi|ngay|thoi\s+diem|luc)|sau\s+(?:khi|ngay))\s+"
    # "ký kết hợp đồng", "ban hành văn bản" are other events: only the bare verb, or this document by name.
    issue = r"(?:ban\s+hanh|ky|phat\s+hanh)"
    issued = (
        rf"{since}(?P<issued>{issue}(?:\s*,?\s*{issue})*(?:\s+(?:{itself})\s+nay|(?=\s*(?:[.,;:)/]|\Z)))"
        rf"|(?:{itself})\s+nay\s+(?:duoc\s+)?{issue}(?:\s+{issue})?)"
    )
    received = rf"(?:{since}|\s+)(?P<received>(?:nhan|tiep\s+nhan)(?:\s+duoc)?\s+(?:{itself})\s+nay)"
    return re.compile(rf"{head}{number}{unit}(?:{issued}|{received})(?!\w)")


def find_terms(where: Folded, issued: date | None, received: date | None) -> list[Term]:
    """Terms whose anchor is this document; ``due`` by Bộ luật Dân sự 2015, Điều 147-148, when the anchor is known.

    "kể từ ngày nhận được hồ sơ hợp lệ" counts from another paper and is a rule of procedure, so it is left out.
    """
    found = []
    for match in _pattern().finditer(where.bare):
        count = int(match["n"]) if match["n"] else number_words()[" ".join(match["word"].split())]
        days = count * (7 if match["unit"] == "tuan" else 1)
        if not 0 < days <= LONGEST_TERM:
            continue
        anchor: Literal["issued", "received"] = "received" if match["received"] else "issued"
        working = bool(match["working"]) and match["working"].startswith("lam")
        day = received if anchor == "received" else issued
        due = None if day is None else (add_working_days if working else add_days)(day, days)
        found.append(Term(match.start(), match.end(), days, working, anchor, due))
    return found
