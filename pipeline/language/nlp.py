"""The language pipeline: built from ``config.cfg`` on first use, kept, offline.

:func:`analyse` is the way in for the product; :func:`nlp` gives the spaCy pipeline itself to those who work with Docs.

underthesea is used for words only.  Its recogniser of names was measured on the five bundled texts and on recognised
scans: of 589 persons 28 were some, all but two of them known by rule, at 3 seconds a page.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from pipeline.language.spans import FINDERS, TextSpan

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Analysis", "analyse", "nlp"]

# spaCy refuses texts over a million characters because of its trained parsers; there is none here.
_MAX_LENGTH = 100_000_000
# A Vocab keeps every string it ever saw unless it works in a memory zone, and zones are not for several threads.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a text holds.

    ``words``: half-open offsets of the words (of one or several syllables), marks included, blanks left out.
    ``spans``: group ("agencies", "dates", "references", "persons", "contacts") → its spans in order.  ``entities``:
    spans of all groups that do not overlap.
    """

    text: str
    words: tuple[tuple[int, int], ...]
    spans: Mapping[str, tuple[TextSpan, ...]]
    entities: tuple[TextSpan, ...]


@cache
def nlp() -> Language:
    """The pipeline of ``config.cfg``; the first call imports spaCy and underthesea (seconds), later ones are free."""
    import spacy

    import pipeline.language.components
    import pipeline.language.tokenizer  # noqa: F401  (both register what the config names)

    with as_file(files("pipeline.language") / "config.cfg") as path:
        config = spacy.util.load_config(path)
    built = spacy.util.load_model_from_config(config, auto_fill=True)
    built.max_length = _MAX_LENGTH
    return built


def analyse(text: str) -> Analysis:
    """Words and spans of ``text``, all offsets into it.  Safe to call from several threads."""
    built = nlp()
    from pipeline.language.components import found_in

    with _ONE_AT_A_TIME, built.memory_zone():
        doc = built(text)
        return Analysis(
            text,
            tuple((token.idx, token.idx + len(token)) for token in doc if not token.is_space),
            {group: found_in(doc, group) for group in FINDERS},
            tuple(entity._.found for entity in doc.ents),
        )
