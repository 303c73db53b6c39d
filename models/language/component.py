"""One spaCy component from examples, as its config says: the same loop for a fold of the comparison and a model."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample
from spacy.util import fix_random_seed, load_config, load_model_from_config, registry

import pipeline.language.tokenizer  # noqa: F401  (registers the tokenizer that the configs name)

__all__ = ["CONFIGS", "answer_label", "answer_spans", "train"]

CONFIGS = Path(__file__).parent / "configs"
Labelled = tuple[str, Any]  # text and its label (a string) or its spans ([start, end, label] …)


def train(name: str, pairs: Sequence[Labelled], labels: Iterable[str], epochs: int | None = None) -> Language:
    """The component of ``configs/<name>.cfg`` trained on ``pairs``; the same pairs and config give the same weights.

    ``epochs`` takes the place of the config's number, for trials.
    """
    config = load_config(CONFIGS / f"{name}.cfg").interpolate()
    settings = config["training"]
    fix_random_seed(settings["seed"])
    nlp = load_model_from_config(config, auto_fill=True)
    pipe: Any = nlp.get_pipe(nlp.pipe_names[0])
    for label in labels:
        pipe.add_label(label)
    examples = [_example(nlp, pair, pipe.labels) for pair in pairs]
    nlp.initialize(lambda: examples)
    optimizer = registry.resolve({"it": settings["optimizer"]})["it"]
    order = random.Random(settings["seed"])
    size = settings["batcher"]["size"]
    for _ in range(epochs or settings["max_epochs"]):
        order.shuffle(examples)
        for at in range(0, len(examples), size):
            nlp.update(examples[at : at + size], sgd=optimizer, drop=settings["dropout"])
    return nlp


def _example(nlp: Language, pair: Labelled, labels: Sequence[str]) -> SpacyExample:
    text, answer = pair
    doc = nlp.make_doc(text)
    if isinstance(answer, str):
        return SpacyExample.from_dict(doc, {"cats": {label: float(label == answer) for label in labels}})
    gold = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    spans = [gold.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in answer]
    gold.ents = spacy.util.filter_spans([span for span in spans if span is not None])  # type: ignore[assignment]
    return SpacyExample(doc, gold)


def answer_label(nlp: Language, text: str) -> tuple[str, float]:
    """Likeliest label of a text and its probability."""
    cats = nlp(text).cats
    best = max(cats, key=lambda label: (cats[label], label))
    return best, cats[best]


def answer_spans(nlp: Language, text: str) -> list[list[Any]]:
    return [[entity.start_char, entity.end_char, entity.label_] for entity in nlp(text).ents]
