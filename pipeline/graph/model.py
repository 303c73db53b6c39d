"""What the graph's answers are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pipeline.lexicon.fold import squash, strip_marks

RELATIONS = MappingProxyType(
    {
        "implements": "thực hiện", "based_on": "căn cứ", "replies_to": "trả lời", "follows": "tiếp theo",
        "proposed_by": "theo đề nghị tại", "guides": "hướng dẫn", "amends": "sửa đổi, bổ sung", "replaces": "thay thế",
        "repeals": "bãi bỏ", "corrects": "đính chính", "recalls": "thu hồi", "promulgates": "ban hành kèm theo",
        "refers_to": "dẫn chiếu",
    }
)  # fmt: skip
"""Relations of the citing to the cited document, in the active voice, with their Vietnamese verbs."""

CARRYING_OUT = ("implements", "based_on", "guides", "promulgates")
"""Relations along which a directive comes down: the citing document carries the cited one out."""

ENDING = ("replaces", "repeals", "recalls")
"""Relations after which the cited document is no longer in force."""


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the graph.  ``held``: copies in the archive, 0 for a ghost that is only cited.

    ``label`` names it to a person; ``variants`` are the spellings of its number; ``reasons`` (Vietnamese) say why
    mentions that differ are one document; ``doubt``: vague, ambiguous or near when a person should look.
    """

    id: int
    label: str
    number: str | None
    doc_type: str | None
    date: str | None
    year: int | None
    issuer: str | None
    level: str | None
    province: str | None
    unit: str | None
    title: str | None
    held: int
    variants: list[str]
    reasons: list[str]
    doubt: str | None

    @property
    def where(self) -> str | None:
        """Whose it is, in words: "Sở Nội vụ (Quảng Ngãi)"; None when nobody says."""
        parts = [part for part in (self.unit if self.level != "body" else None, self.province) if part]
        if not self.issuer:
            return ", ".join(parts) or None
        issuer = self.issuer[:1].upper() + self.issuer[1:]  # in the middle of a sentence: "của thanh tra tỉnh"
        # "Đăk Nông" and "Đắk Nông" are one place: what the issuer's own name says is not said again.
        said = strip_marks(squash(self.issuer))
        place = ", ".join(part for part in parts if strip_marks(squash(part)) not in said)
        return f"{issuer} ({place})" if place else issuer

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"where": self.where}


@dataclass(frozen=True, slots=True)
class Proof:
    """Where an edge was read: the record, which of its citations, the words as printed, the sentence round them.

    ``span`` are offsets in the raw text of page ``page`` of the record's file.
    """

    record_id: str
    ordinal: int
    printed: str | None
    page: int | None
    span: tuple[int, int] | None
    sentence: str | None
    via: str | None
    attached: bool

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` <relation> ``target``, by node id, with every proof."""

    source: int
    target: int
    relation: str
    proofs: list[Proof] = field(default_factory=list)

    @property
    def verb(self) -> str:
        return RELATIONS[self.relation]

    def as_dict(self) -> dict[str, Any]:
        return {
            "source": self.source, "target": self.target, "relation": self.relation, "verb": self.verb,
            "proofs": [proof.as_dict() for proof in self.proofs],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Some nodes and the edges among them; ``focus`` are the ids that were asked about.

    ``depth`` tells how far each node is from the question: negative upwards (what it carries out), positive downwards.
    ``cut`` is true when a limit left something out.
    """

    nodes: dict[int, Node]
    edges: list[Edge]
    focus: tuple[int, ...] = ()
    depth: dict[int, int] = field(default_factory=dict)
    cut: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "focus": list(self.focus),
            "nodes": [node.as_dict() | {"depth": self.depth.get(node.id)} for node in self.nodes.values()],
            "edges": [edge.as_dict() for edge in self.edges],
            "cut": self.cut,
        }
