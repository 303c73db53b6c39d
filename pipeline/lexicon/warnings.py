"""Warning codes and their Vietnamese sentences (data/warnings.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def warning_sentences() -> dict[str, str]:
    """Code → sentence, in the order of the file."""
    raw = files("pipeline.lexicon").joinpath("data/warnings.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(raw)["warnings"])
