"""Training examples made from frames (``data/phrases.toml``) and from the product's lexicons, by a seeded generator."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from typing import Any

from models.language.documents import DATA
from models.language.examples import CITED, OTHER, clause
from pipeline.lexicon.agencies import agencies
from pipeline.lexicon.positions import positions
from pipeline.lexicon.tables import read_toml

__all__ = ["relation_sentences", "span_lines"]

_SLOT = re.compile(r"\{([A-Z]+)\}")
# Given names of the synthetic documents and common ones; which they are does not matter to the shape of a name.
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Quốc", "Hữu", "Xuân", "Ngọc", "Hoàng", "Thị Thu", "Gia")
_GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hạnh", "Khôi", "Lan", "Minh", "Nga", "Phúc", "Quý", "Sơn", "Yến")
_PLACES = ("tỉnh", "tỉnh Gia Lai", "tỉnh Quảng Nam", "huyện", "huyện Chư Sê", "thành phố", "xã", "xã Ia Grai", "")


@cache
def _frames() -> dict[str, Any]:
    return tomllib.loads((DATA / "phrases.toml").read_text(encoding="utf-8"))


def relation_sentences(count: int, seed: int) -> list[tuple[str, str]]:
    """``count`` pairs of text (as :func:`models.language.examples.around` gives it) and relation, labels in turn."""
    rng = random.Random(seed)
    frames, fill = _frames()["relation"], _frames()["fill"]
    labels = sorted(frames)
    # Half of all are refers_to, as what has no cue is the commonest case in documents.
    made = []
    for at in range(count):
        label = "refers_to" if at % 3 == 0 else labels[at % len(labels)]
        head, _, frame = rng.choice(frames[label]).rpartition(" || ")
        if not head and rng.random() < 0.25:
            head = rng.choice(("yêu cầu các đơn vị thực hiện các nội dung sau", "như sau", "QUYẾT ĐỊNH", "cụ thể"))
        filled = _SLOT.sub(
            lambda m: {
                "C": CITED, "D": OTHER, "Q": rng.choice(fill["agencies"]), "T": rng.choice(fill["subjects"]),
                "A": rng.choice(fill["articles"]),
            }[m[1]],
            frame,
        )  # fmt: skip
        left, right = filled.split(CITED, 1)
        if rng.random() < 0.3 and not left:
            left = rng.choice(("1. ", "2. ", "a) ", "- "))
        if rng.random() < 0.3 and "của" not in right:
            right = f" của {rng.choice(fill['agencies'])} về {rng.choice(fill['subjects'])}{right}"
        made.append((clause(left, right, head), label))
    return made


def span_lines(count: int, seed: int) -> list[tuple[str, list[list[Any]]]]:
    """``count`` lines with their ``[start, end, label]`` spans."""
    rng = random.Random(seed)
    table = _frames()["spans"]
    titles = [p.name for p in positions("position")] + [a for p in positions("position") for a in p.abbreviations]
    units = sorted({agency.name for agency in agencies()})
    surnames = sorted(read_toml("person_names.toml")["surnames"])
    made = []
    for _ in range(count):
        frame, text, spans = rng.choice(table["frames"]), "", []
        upper = rng.random() < table["upper"]
        for piece in re.split(r"(\{[A-Z]+\})", frame):
            slot = piece.strip("{}") if piece.startswith("{") else None
            if slot == "PERSON":
                piece = " ".join((rng.choice(surnames).title(), rng.choice(_MIDDLE), rng.choice(_GIVEN)))
            elif slot == "POSITION":
                piece = rng.choice(titles)
            elif slot == "UNIT":
                piece = f"{rng.choice(units)} {rng.choice(_PLACES)}".strip()
            elif slot == "TITLE":
                piece = rng.choice(("ông", "bà", "đồng chí", "Đ/c", "Ông", "Bà"))
            if slot in ("PERSON", "POSITION", "UNIT"):
                spans.append([len(text), len(text) + len(piece), slot])
            text += piece
        made.append((text.upper() if upper and len(text.upper()) == len(text) else text, spans))
    return made
