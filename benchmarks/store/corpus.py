"""A made-up archive of any size that behaves like a real one: provinces, years, agencies, power-law citations.

Everything follows from the seed.  Documents come in order of their day.  Central documents are few and cited by many
(their citations follow a power law), provincial ones are cited in their province, and the documents of a department
carry out those of its province.  Citations have the faults of real ones: some leave the issuer or the day out, some
mistype a letter, some name documents that nobody holds.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.lexicon.agencies import agencies
from pipeline.lexicon.places import provinces, units

FIRST, LAST = date(2011, 1, 1), date(2024, 12, 31)
_ON = date(2020, 6, 1)
_TYPES = {"quyết định": "QĐ", "kế hoạch": "KH", "chỉ thị": "CT", "báo cáo": "BC", "thông báo": "TB", "hướng dẫn": "HD"}
_RELATIONS = (
    ("implements",) * 5 + ("based_on",) * 3 + ("refers_to",) * 3 + ("replies_to", "follows", "replaces", "amends")
)


@dataclass(frozen=True, slots=True)
class Issuer:
    name: str
    parent: str | None
    place: str
    code: str
    province: str | None
    units: tuple[str, ...] = ()


@dataclass(slots=True)
class Made:
    """One document: the fields of a record, and what citing it would say."""

    fields: dict[str, Any]
    issuer: Issuer
    said: str


@dataclass(slots=True)
class _Pool:
    """Documents that may be cited; ones cited before are cited again (preferential attachment)."""

    urn: list[int] = field(default_factory=list)

    def pick(self, some: random.Random, newest: int = 400) -> int | None:
        if not self.urn:
            return None
        # Half of the citations go to something recent, half to whatever is often cited.
        if some.random() < 0.5:
            return self.urn[-1 - some.randrange(min(newest, len(self.urn)))]
        return some.choice(self.urn)


def issuers() -> tuple[list[Issuer], list[Issuer], list[Issuer], list[Issuer]]:
    """Central bodies, provincial committees, departments, districts."""
    ministries = [a for a in agencies(_ON) if a.level == "ministry"]
    central = [
        Issuer("Chính phủ", None, "Hà Nội", "CP", None),
        Issuer("Thủ tướng Chính phủ", None, "Hà Nội", "TTg", None),
    ]
    central += [Issuer(a.name, None, "Hà Nội", a.codes[0], None, ("VP", "KHTC", "PC", "TCCB")) for a in ministries]
    committees, departments, districts = [], [], []
    sections = [a for a in agencies(_ON) if a.level == "department" and a.name.startswith("Sở ")]
    for unit in provinces(_ON):
        kind = f"{unit.kind} {unit.name}"
        committees.append(
            Issuer(f"Ủy ban nhân dân {kind}", None, unit.name, "UBND", unit.name, ("VX", "NC", "KTN", "TH"))
        )
        for a in sections:
            departments.append(
                Issuer(a.name, f"UBND {kind}", unit.name, a.codes[0], unit.name, ("VP", "KH", "TTr", ""))
            )
    for unit in units(2, _ON):
        name = f"Ủy ban nhân dân {unit.kind} {unit.name}"
        districts.append(Issuer(name, None, unit.name, "UBND", unit.province, ("VHTT", "NN", "NV", "")))
    return central, committees, departments, districts


def documents(many: int, seed: int = 1, bodies: bool = False) -> Iterator[Made]:
    """``many`` documents in order of their day; ``bodies`` adds a text to search in (about 350 words each)."""
    some = random.Random(seed)
    central, committees, departments, districts = issuers()
    groups = [central, committees, departments, districts]
    serials: dict[tuple[str, str, str | None, int, str], int] = defaultdict(int)
    made: list[Made] = []
    pools: dict[str | None, _Pool] = defaultdict(_Pool)
    words = Words(some) if bodies else None
    span = (LAST - FIRST).days
    for at in range(many):
        day = FIRST + timedelta(days=at * span // max(1, many))
        group = some.choices(range(4), (4, 24, 47, 25))[0]
        issuer = some.choice(groups[group])
        document = _document(some, issuer, day, serials, group)
        cited = _citations(some, made, pools, issuer, day)
        document.fields["citations"] = cited
        document.fields["subject"] = words.subject() if words else f"việc {at}"
        if words:
            document.fields["body"] = words.body(document, cited)
        if some.random() < 0.85:  # the rest are cited now and then but not held: ghosts
            yield document
        made.append(document)
        pools[None if group == 0 else issuer.province].urn.append(len(made) - 1)


def _document(some: random.Random, issuer: Issuer, day: date, serials: Any, group: int) -> Made:
    kind = some.choices([*_TYPES, "công văn"], (10, 8, 3, 8, 5, 3, 63))[0]
    unit = some.choice(issuer.units) if issuer.units else ""
    if issuer.code in ("CP", "TTg"):
        kind = "nghị định" if issuer.code == "CP" else "quyết định"
        symbol = "NĐ-CP" if issuer.code == "CP" else "QĐ-TTg"
    elif kind == "công văn":
        symbol = "-".join(filter(None, (issuer.code, unit)))
    else:
        symbol = f"{_TYPES[kind]}-{issuer.code}"
    key = (issuer.name, issuer.place, issuer.province, day.year, symbol)
    serials[key] += some.randint(1, 3)
    inside = f"{serials[key]}/{day.year}/" if issuer.code == "CP" else f"{serials[key]}/"
    fields = {
        "number": inside + symbol, "doc_type": kind, "date": day.isoformat(), "place": issuer.place,
        "issuer": issuer.name, "issuer_parent": issuer.parent,
    }  # fmt: skip
    place = issuer.province if issuer.province and issuer.province not in issuer.name else ""
    said = f"{issuer.name} {place}".strip() if group in (2, 3) else issuer.name
    return Made(fields, issuer, said)


def _citations(some: random.Random, made: list[Made], pools: dict[str | None, _Pool], issuer: Issuer, day: date) -> Any:
    cited, seen = [], set()
    for _ in range(min(14, int(some.expovariate(1 / 3.5)) + 1)):
        pool = pools[None] if issuer.province is None or some.random() < 0.35 else pools[issuer.province]
        index = pool.pick(some)
        if index is None or index in seen:
            continue
        seen.add(index)
        pool.urn.append(index)  # the more it is cited, the more it will be
        cited.append(_mention(some, made[index], issuer, day))
    if len(cited) > 1 and some.random() < 0.15:
        cited[-1]["via"] = cited[-2]["number"]
    return cited


def _mention(some: random.Random, target: Made, issuer: Issuer, day: date) -> dict[str, Any]:
    fields = target.fields
    number, said = fields["number"], target.said
    if some.random() < 0.004 and len(target.issuer.code) >= 5:
        number = number.replace(target.issuer.code, target.issuer.code[:-1])
    if target.issuer.province == issuer.province and "tỉnh" in said and some.random() < 0.5:
        said = said.partition("tỉnh")[0] + "tỉnh"
    return {
        "doc_type": fields["doc_type"], "number": number, "raw_number": number,
        "date": None if some.random() < 0.03 else fields["date"],
        "issuer": None if some.random() < 0.12 else said, "title": None,
        "relation": some.choice(_RELATIONS), "via": None, "attached": False,
    }  # fmt: skip


class Words:
    """Vietnamese words with the frequencies of the bundled texts, and a long tail of made-up ones."""

    def __init__(self, some: random.Random) -> None:
        self.some = some
        counts: dict[str, int] = defaultdict(int)
        for path in sorted((Path(__file__).parents[2] / "corpus" / "texts").glob("*.txt")):
            for word in path.read_text(encoding="utf-8").split():
                counts[word.strip('.,;:()*“”"')] += 1
        self.words = [word for word in counts if word] + [f"từ{n}" for n in range(20_000)]
        weights = [counts[word] for word in counts if word] + [2000 / (n + 1000) for n in range(20_000)]
        self.sums = list(accumulate(weights))

    def word(self) -> str:
        return self.words[min(bisect_left(self.sums, self.some.random() * self.sums[-1]), len(self.words) - 1)]

    def subject(self) -> str:
        return " ".join(self.word() for _ in range(14))

    def body(self, document: Made, cited: list[dict[str, Any]]) -> str:
        head = f"{document.issuer.name}\nSố: {document.fields['number']}\n{document.fields['subject']}\n"
        lines = [f"Thực hiện {c['doc_type']} số {c['number']} ngày {c['date']}" for c in cited]
        return head + "\n".join(lines) + "\n" + " ".join(self.word() for _ in range(350))
