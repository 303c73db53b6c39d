"""Which signatures name the same document: a partition that does not depend on the order in which they came.

Rules, in this order, none of which overrides a person's decision:

1. same number, year (Party: term) and body: one document (Nghị định 30/2020, Điều 15), also when the days differ;
2. a mention that leaves its level open joins the one document of its province with the same number and day; when two
   come into question it stays by itself, *ambiguous*;
3. two numbers of one body with the same serial and day whose ký hiệu differ in one letter of one long code are one
   document, mistyped, unless both spellings are known codes; anything less certain is listed as *near*.

What is *vague* joins nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.graph.signatures import Signature
from pipeline.lexicon.agencies import agencies_with_code
from pipeline.store.identity import Identity, compare, compare_scopes

Doubt = Literal["vague", "ambiguous", "near"]
_LONG_CODE = 4
"""A code shorter than this differs from another real one by a letter too often (VX, NX, NC)."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided: unordered pairs of signature keys that are the same document, or are not."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()

    def forbids(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether a person keeps any of ``some`` apart from any of ``others``."""
        if not self.different:
            return False
        others = set(others)
        return any(frozenset((a, b)) in self.different for a in some for b in others)


@dataclass(slots=True)
class Group:
    """Signatures of one document; ``reasons`` says in Vietnamese why they are one."""

    members: list[Signature]
    reasons: list[str] = field(default_factory=list)
    doubt: Doubt | None = None

    @property
    def keys(self) -> list[str]:
        return [member.key for member in self.members]


class _Groups:
    """Groups that can be joined, with the decisions that forbid it."""

    def __init__(self, signatures: Iterable[Signature], decisions: Decisions) -> None:
        self.decisions = decisions
        self.of = {signature.key: Group([signature]) for signature in signatures}

    def all(self) -> list[Group]:
        unique = {id(group): group for group in self.of.values()}
        return sorted(unique.values(), key=lambda group: min(group.keys))

    def join(self, a: str, b: str, reason: str | None) -> bool:
        """Join the groups of two keys; False when a person keeps members of them apart."""
        first, second = sorted((self.of[a], self.of[b]), key=lambda group: min(group.keys))
        if first is second:
            return True
        if self.decisions.forbids(first.keys, second.keys):
            return False
        first.members = sorted(first.members + second.members, key=lambda member: member.key)
        first.reasons = list(dict.fromkeys([*first.reasons, *second.reasons, *([reason] if reason else [])]))
        for member in second.members:
            self.of[member.key] = first
        return True


def partition(signatures: Sequence[Signature], decisions: Decisions = Decisions()) -> list[Group]:
    """The documents that the signatures name, sorted by their least key."""
    groups = _Groups(sorted(signatures, key=lambda signature: signature.key), decisions)
    for pair in sorted(tuple(sorted(pair)) for pair in decisions.same if len(pair) == 2):
        if pair[0] in groups.of and pair[1] in groups.of:
            groups.join(pair[0], pair[1], "người dùng xác nhận là một văn bản")
    _one_body(groups, signatures)
    _open_scopes(groups, signatures)
    _mistyped(groups)
    for group in groups.all():
        # A document without any number can be nothing else than itself; a law's bare name is a node of its own.
        numbered = any(member.identity.number_key for member in group.members)
        if group.doubt is None and numbered and all(member.vague for member in group.members):
            group.doubt = "vague"
    return groups.all()


def _one_body(groups: _Groups, signatures: Sequence[Signature]) -> None:
    """Rule 1."""
    classes: dict[tuple[str | None, ...], list[Signature]] = defaultdict(list)
    for signature in signatures:
        scope, known = signature.scope, signature.identity
        if not signature.vague and scope.complete:
            body = ("central",) if scope.level == "central" else (scope.level, scope.province, scope.unit)
            classes[known.number_key, known.period, *body].append(signature)
    for some in classes.values():
        _join_class(groups, sorted(some, key=lambda signature: signature.key))


def _join_class(groups: _Groups, some: list[Signature]) -> None:
    kept_apart = {
        key for a, b in combinations(some, 2) if groups.decisions.forbids([a.key], [b.key]) for key in (a.key, b.key)
    }
    free = [signature for signature in some if signature.key not in kept_apart]
    if not kept_apart:
        _join_by_day(groups, free)
        return
    # A person says that the body used this number twice: the others belong to the one with their day, or to neither.
    apart = [signature for signature in some if signature.key in kept_apart]
    for signature in free:
        owners = [
            other for other in apart if signature.identity.date and other.identity.date == signature.identity.date
        ]
        if len(owners) == 1:
            groups.join(owners[0].key, signature.key, None)
        else:
            groups.of[signature.key].doubt = "ambiguous"


def _join_by_day(groups: _Groups, some: list[Signature]) -> None:
    """Join a class; a body that was only inferred from the context must also agree in the day."""
    said = [signature for signature in some if not signature.scope.inferred]
    for other in said[1:]:
        groups.join(said[0].key, other.key, _days_differ(said[0], other))
    for signature in some:
        if signature.scope.inferred:
            twin = next(
                (s for s in some if s.key != signature.key and s.identity.date == signature.identity.date), None
            )
            if twin is not None and signature.identity.date:
                groups.join(twin.key, signature.key, None)
            elif len(some) > 1:
                groups.of[signature.key].doubt = "ambiguous"


def _days_differ(a: Signature, b: Signature) -> str | None:
    if a.identity.date and b.identity.date and a.identity.date != b.identity.date:
        return f"cùng số, ký hiệu, cơ quan, năm; ngày ghi khác nhau ({a.identity.date}, {b.identity.date})"
    return None


def _open_scopes(groups: _Groups, signatures: Sequence[Signature]) -> None:
    """Rule 2."""
    open_ones = [s for s in sorted(signatures, key=lambda s: s.key) if not s.vague and not s.scope.complete]
    blocks: dict[tuple[str | None, str | None], list[Signature]] = defaultdict(list)
    for signature in signatures:
        if not signature.vague:
            blocks[signature.identity.number_key, signature.identity.period].append(signature)
    settled: dict[str, tuple[str, str]] = {}
    for signature in open_ones:
        block = blocks[signature.identity.number_key, signature.identity.period]
        owners: dict[int, tuple[str, str]] = {}
        for other in block:
            if other.scope.complete and signature.identity.date:
                verdict, reason = compare(signature.identity, other.identity)
                if verdict == "same" and not groups.decisions.forbids([signature.key], groups.of[other.key].keys):
                    owners.setdefault(id(groups.of[other.key]), (other.key, reason))
        if len(owners) > 1:
            groups.of[signature.key].doubt = "ambiguous"
        elif owners:
            settled[signature.key] = next(iter(owners.values()))
    for key, (owner, reason) in sorted(settled.items()):
        groups.join(owner, key, reason)
    # Mentions that leave the same things open and agree in all they say, the day included, are one as well.
    alike: dict[tuple[str | None, ...], str] = {}
    for signature in open_ones:
        known = signature.identity
        if signature.key in settled or groups.of[signature.key].doubt is not None or known.date is None:
            continue
        first = alike.setdefault((known.number_key, known.date, known.level, known.province, known.unit), signature.key)
        groups.join(first, signature.key, None)


def _mistyped(groups: _Groups) -> None:
    """Rule 3."""
    by_day: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups.all():
        days = {(m.identity.serial or "", m.identity.date or "") for m in group.members if not m.vague}
        for serial, day in sorted(days):
            if serial and day:
                by_day[serial, day].append(group)
    sure: dict[int, list[tuple[Group, Group, str]]] = defaultdict(list)
    for some in by_day.values():
        for a, b in combinations(some, 2):
            verdict, reason = _near(a, b)
            if verdict == "same":
                sure[id(a)].append((a, b, reason))
                sure[id(b)].append((b, a, reason))
            elif verdict == "possible" and not groups.decisions.forbids(a.keys, b.keys):
                _doubt_the_lesser(a, b)
    for found in list(sure.values()):
        for a, b, reason in found:
            if len({id(other) for _, other, _ in sure[id(a)]}) == 1 == len({id(other) for _, other, _ in sure[id(b)]}):
                groups.join(a.members[0].key, b.members[0].key, reason)
            elif not groups.decisions.forbids(a.keys, b.keys):
                a.doubt = a.doubt or "near"


def _doubt_the_lesser(a: Group, b: Group) -> None:
    """Ask about one of the two only: the one with the shorter, then later, number."""
    lesser = min((a, b), key=lambda group: (len(group.members[0].number or ""), group.keys[0]))
    lesser.doubt = lesser.doubt or "near"


def _near(a: Group, b: Group) -> tuple[Literal["same", "possible", "different"], str]:
    best: tuple[Literal["same", "possible", "different"], str] = ("different", "")
    # A member that leaves its level open is near to bodies that its own group is not.
    scopes = [member.scope for member in (*a.members, *b.members)]
    if any(len(said - {None}) > 1 for said in ({s.level for s in scopes}, {s.province for s in scopes})):
        return best
    for one in a.members:
        for other in b.members:
            verdict, reason = near(one.identity, other.identity)
            if verdict == "same":
                return verdict, reason
            if verdict == "possible":
                best = verdict, reason
    return best


def near(a: Identity, b: Identity) -> tuple[Literal["same", "possible", "different"], str]:
    """Whether two different numbers of the same serial and day are one number, mistyped; and why (Vietnamese)."""
    if a.number_key == b.number_key or a.serial != b.serial or not a.date or a.date != b.date:
        return "different", ""
    if a.type_code != b.type_code or (a.doc_type and b.doc_type and a.doc_type != b.doc_type):
        return "different", ""
    verdict, _ = compare_scopes(a.scope, b.scope)
    if verdict != "same" or not a.codes or not b.codes:
        return "different", ""
    shown = f"«{a.number}» và «{b.number}» cùng ngày {_shown_day(a.date)}, cùng cơ quan"
    if len(a.codes) != len(b.codes):
        shorter, longer = sorted((a.codes, b.codes), key=len)
        if longer[: len(shorter)] == shorter:
            return "possible", f"{shown}, một bên thiếu «{'-'.join(longer[len(shorter) :])}»"
        return "different", ""
    differing = [(x, y) for x, y in zip(a.codes, b.codes, strict=True) if x.upper() != y.upper()]
    if len(differing) != 1 or DamerauLevenshtein.distance(*(code.upper() for code in differing[0])) != 1:
        return "different", ""
    x, y = differing[0]
    if min(len(x), len(y)) < _LONG_CODE or (_known(x) and _known(y)):
        return "possible", f"{shown}, khác một chữ («{x}», «{y}»)"
    right = x if _known(x) else y if _known(y) else None
    said = f"; «{right}» là mã có thật" if right else ""
    return "same", f"{shown}, chỉ khác một chữ («{x}», «{y}»): lỗi đánh máy{said}"


@lru_cache(maxsize=4096)
def _known(code: str) -> bool:
    return any(code in agency.codes for agency in agencies_with_code(code))


def _shown_day(day: str) -> str:
    year, month, date = day.split("-")
    return f"{date}/{month}/{year}"


def best_number(group: Group, held: Callable[[str], bool]) -> Signature:
    """The member whose number is shown: a held document's own, else one whose codes are all known, else the fullest."""
    return max(
        group.members,
        key=lambda member: (
            held(member.key),
            member.number is not None,
            all(_known(code) for code in member.identity.codes),
            len(member.number or ""),
            member.identity.date or "",
            member.key,
        ),
    )


def may_join(a: Identity, b: Identity) -> bool:
    """Whether rules 1 and 2 could see these two together (equal number and period are the caller's part)."""
    body_a, body_b = ((i.level, i.province, i.unit) for i in (a, b))
    return (a.scope.complete and b.scope.complete and body_a == body_b) or compare(a, b)[0] == "same"


def may_be_mistyped(a: Identity, b: Identity) -> bool:
    """Whether rule 3 could see these two together (equal serial and day are the caller's part)."""
    return near(a, b)[0] != "different"
