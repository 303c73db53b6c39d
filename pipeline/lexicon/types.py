"""Types of documents: their names, the codes they have in a ký hiệu, and the rules (regimes) they belong to.

Regimes: ``ND30`` administrative documents of Nghị định 30/2020/NĐ-CP, Điều 7; ``TT01-2011`` those of Thông tư
01/2011/TT-BNV; ``QPPL`` legislation; ``PARTY`` Quy định 66-QĐ/TW and 399-QĐ/TW; ``COPY`` forms of copies; ``JUSTICE``
courts and procuracies; ``STANDARD`` technical standards; ``TREATY``; ``NONCONFORMING`` what offices write against the
rules (a công văn with "CV" in its number); ``USAGE`` types in use that no rule names; ``ARCHIVE`` those that only the
archival code list of Thông tư 05/2025/TT-BNV names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.lexicon.fold import squash, strip_marks
from pipeline.lexicon.tables import read_toml
from pipeline.lexicon.validity import valid

__all__ = ["DocumentType", "canonical_type_code", "document_types", "type_named", "types_with_code"]


@dataclass(frozen=True)
class DocumentType:
    """One type of document.

    ``codes`` are those of all regimes, the canonical one first; ``regime_codes`` tells which regime uses which, for
    one name may have several ("quy định" is QyĐ for the state and QĐ or QĐi for the Party).  ``archive_code`` is the
    code 01-31 of Thông tư 05/2025/TT-BNV (32, "khác", stands for every type without one).  ``edxml`` is the list (A
    legislation, B administrative) and number of QCVN 102:2016, the administrative one where a type stands in both;
    ``edxml_qppl`` is then its number in list A.
    """

    name: str
    codes: tuple[str, ...]
    regimes: tuple[str, ...]
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    archive_code: str | None
    edxml: tuple[str, int] | None
    edxml_qppl: tuple[str, int] | None = None
    regime_codes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def codes_in(self, regime: str) -> tuple[str, ...]:
        """The codes that this type has in one regime, none where the regime gives it none."""
        return next((codes for name, codes in self.regime_codes if name == regime), ())


def _type(row: dict[str, object]) -> DocumentType:
    codes: dict[str, list[str]] = row["codes"]  # type: ignore[assignment]
    listed: dict[str, int] = row.get("edxml", {})  # type: ignore[assignment]
    in_list = {name: (name, number) for name, number in listed.items()}
    return DocumentType(
        name=str(row["name"]),
        codes=tuple(dict.fromkeys(code for some in codes.values() for code in some)),
        regimes=tuple(codes),
        aliases=tuple(row.get("aliases", ())),  # type: ignore[arg-type]
        valid_from=row.get("valid_from"),  # type: ignore[arg-type]
        valid_to=row.get("valid_to"),  # type: ignore[arg-type]
        archive_code=row.get("archive_code"),  # type: ignore[arg-type]
        edxml=in_list.get("B") or in_list.get("A"),
        edxml_qppl=in_list.get("A"),
        regime_codes=tuple((regime, tuple(some)) for regime, some in codes.items()),
    )


@cache
def _all() -> tuple[DocumentType, ...]:
    return tuple(_type(row) for row in read_toml("document_types.toml")["type"])


def _key(text: str) -> str:
    # Headings are often letter-spaced ("T H Ô N G  B Á O") and broken text layers put spaces inside syllables.
    return squash(text).replace(" ", "")


@cache
def _by_name() -> dict[str, DocumentType]:
    found: dict[str, DocumentType] = {}
    for kind in _all():
        for name in (kind.name, *kind.aliases):
            found.setdefault(_key(name), kind)
    return found


@cache
def _by_code() -> dict[str, tuple[DocumentType, ...]]:
    found: dict[str, list[DocumentType]] = {}
    for kind in _all():
        for code in kind.codes:
            found.setdefault(code, []).append(kind)
    return {code: tuple(kinds) for code, kinds in found.items()}


@cache
def _spellings(bare: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in _by_code():
        key = strip_marks(_key(code)) if bare else _key(code)
        found.setdefault(key, []).append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def document_types(on: date | None = None) -> tuple[DocumentType, ...]:
    """Every type that existed on a day (every type there ever was, without a day), in the order of the data file."""
    return tuple(kind for kind in _all() if valid(kind, on))


def type_named(text: str) -> DocumentType | None:
    """The type with this name or alias.

    Case, tone placement and white space do not matter ("KẾ  HOẠCH", "Q U Y Ế T Đ Ị N H"); marks do ("ke hoach" is
    nothing).
    """
    return _by_name().get(_key(text))


def types_with_code(code: str, regime: str | None = None) -> tuple[DocumentType, ...]:
    """The types that a code of a ký hiệu may stand for ("TT": thông tư, thông tri), in one regime or in all.

    The exact spelling is tried first (CTr is not CT), then the same letters in another case ("Qđ", "CTR").
    """
    kinds = _by_code().get(code)
    if kinds is None:
        codes = _spellings(False).get(_key(code), ())
        kinds = _by_code()[codes[0]] if len(codes) == 1 else ()
    if regime is None:
        return kinds
    known = {squash(code)}
    return tuple(kind for kind in kinds if known & {squash(some) for some in kind.codes_in(regime)})


def canonical_type_code(code: str) -> str | None:
    """The rules' spelling of a code written with another case or without its marks ("QD" → "QĐ", "CTR" → "CTr").

    ``None`` when no code or more than one comes into question; a code that is right as it stands is kept ("HD" is
    hướng dẫn, never mended into HĐ).
    """
    if code in _by_code():
        return code
    for bare in (False, True):
        key = strip_marks(_key(code)) if bare else _key(code)
        codes = _spellings(bare).get(key, ())
        if codes:
            return codes[0] if len(codes) == 1 else None
    return None
