"""Signatures: each way in which a document is named, by its own header or by a citation.

A signature is what a mention says (number, type, day, body) and nothing more, so a hundred thousand citations of one
decree are a handful of signatures.  Which signatures name the same document is decided in ``resolve``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.store import identity
from pipeline.store.fold import searchable
from pipeline.store.identity import Identity
from pipeline.store.scope import Scope


@dataclass(frozen=True, slots=True)
class Signature:
    """One way of naming a document.  ``key`` is stable text; a person's decisions are kept by it.

    ``vague``: too little is said to join it with any other mention (no number, no ký hiệu, no year, or a local body
    whose province nobody tells); it is then told apart by the record in which it stands.
    """

    key: str
    identity: Identity
    vague: bool
    title: str | None = None

    @property
    def number(self) -> str | None:
        return self.identity.number

    @property
    def scope(self) -> Scope:
        return self.identity.scope


def of_document(row: Any, apart: bool = False) -> Signature:
    """The signature of a held document (a ``document`` row).

    ``apart``: a person said that it is another document than one with the same number; it is then only itself.
    """
    known = identity.of_row(row)
    vague = _is_vague(known)
    key = _key(known, f"#{row.record_id}" if vague or apart else "")
    return Signature(key, known, vague, row.subject)


def of_citation(row: Any, context: Scope, record_id: str) -> Signature:
    """The signature of a citation (a ``citation`` row) in a document of scope ``context``."""
    known = identity.of_citation(row, context)
    if known.number_key is None and row.title:
        # A law cited by its name alone: the name is all there is, and the day where one is given.
        name = " ".join(searchable(f"{row.doc_type or ''} {row.title}").split())
        return Signature(f"~{name}@{row.date or ''}", known, True, row.title)
    vague = _is_vague(known)
    return Signature(_key(known, f"#{record_id}/{row.ordinal}" if vague else ""), known, vague, row.title)


@dataclass(frozen=True, slots=True)
class _Named:
    """A document of which only the number is said."""

    number: str
    doc_type: None = None
    date: None = None
    issuer: None = None


def of_via(number: str, context: Scope, record_id: str, ordinal: int) -> Signature:
    """The signature of a document named only as the title-bearer of a citation (``via``)."""
    known = identity.of_citation(_Named(number), context)
    vague = _is_vague(known)
    return Signature(_key(known, f"#{record_id}/{ordinal}v" if vague else ""), known, vague)


def _is_vague(known: Identity) -> bool:
    if known.number_key is None or not known.symbol or known.symbol.startswith("~") or known.period is None:
        return True
    return known.scope.level != "central" and known.scope.province is None and not known.scope.complete


def _key(known: Identity, context: str) -> str:
    scope = known.scope
    parts = (known.number_key, known.doc_type, known.date, known.period, scope.level, scope.province, scope.unit)
    text = "@".join(part or "" for part in parts)
    return text + ("~" if scope.inferred else "") + context


def of_row(row: Any) -> Signature:
    """A stored signature (a ``signature`` row)."""
    parts = identity.parts_of(row.number) if row.number else None
    scope = Scope(row.level, row.province, row.unit, row.inferred)
    known = Identity(
        row.number, row.number_key, row.serial, row.symbol, parts[3] if parts else None, parts[4] if parts else (),
        row.doc_type, row.date, None, row.period, row.issuer, None, scope,
    )  # fmt: skip
    return Signature(row.key, known, row.vague, row.title)


def blocks(signature: Signature) -> tuple[str | None, str | None]:
    """What signatures share that may be one document: number and period, or (mistyped) serial and day.

    Both with the province, for no rule joins two provinces, and a block must not grow with the country.
    """
    known = signature.identity
    if signature.vague:
        return None, None
    place = known.province or known.level
    number = f"{known.number_key}@{known.period}@{place}" if known.number_key and known.period else None
    return number, f"{known.serial}@{known.date}@{place}" if known.serial and known.date else None


def values(signature: Signature) -> dict[str, Any]:
    """The columns of a signature."""
    known = signature.identity
    number_block, day_block = blocks(signature)
    return {
        "key": signature.key, "number_key": known.number_key, "serial": known.serial, "symbol": known.symbol,
        "number": known.number, "doc_type": known.doc_type, "date": known.date, "period": known.period,
        "issuer": known.issuer, "level": known.level, "province": known.province, "unit": known.unit,
        "inferred": known.scope.inferred, "vague": signature.vague, "title": signature.title,
        "number_block": number_block, "day_block": day_block,
    }  # fmt: skip
