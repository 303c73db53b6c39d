"""The three questions: their examples, what their models are trained on, how an answer is scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from models.language.component import Labelled, answer_label, answer_spans, train
from models.language.documents import parts
from models.language.examples import Example, relation_examples, span_examples, task_examples
from models.language.generated import relation_sentences, span_lines

__all__ = ["QUESTIONS", "Counts", "Question", "load_examples"]

# Above this probability a model may speak where the rules are silent: chosen before anything was measured.
CERTAIN = 0.9


@dataclass(frozen=True, slots=True)
class Counts:
    """Right answers, wrong ones, and answers that were missing; of labels every wrong one is also a missing one."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missing + other.missing)

    @property
    def f1(self) -> float:
        """F1; of single labels it is the accuracy.  1.0 when there was nothing to find and nothing was found."""
        whole = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / whole if whole else 1.0


Answers = dict[str, Any]  # system → its answer
Said = list[Any]  # [label, probability] of each text, or the spans of the only one


@dataclass(frozen=True, slots=True)
class Question:
    """``labels`` of the component, ``made`` training pairs beside the annotated ones, ``repeat`` of these.

    ``read`` is what a component says of an example, as plain data; ``answers`` makes of it the answer of each system
    (rules, model, both); ``score`` counts one answer against the label.
    """

    name: str
    title: str
    measure: str
    labels: tuple[str, ...]
    made: Callable[[int, int], Sequence[Labelled]]
    made_count: int
    repeat: int
    read: Callable[[Language, Example], Said]
    answers: Callable[[Said, Example], Answers]
    score: Callable[[Any, Any], Mapping[str, Counts]]

    def pairs(self, examples: Sequence[Example], made_count: int | None = None) -> list[Labelled]:
        """Training pairs of annotated examples and made ones."""
        count = self.made_count if made_count is None else made_count
        # Later mentions of a document often have a weaker verb than the one that gave it its relation.
        own: list[Labelled] = [(example.texts[0], example.label) for example in examples]
        return [*self.made(count, 7), *(own * self.repeat)]

    def train(self, examples: Sequence[Example], epochs: int | None = None, made_count: int | None = None) -> Language:
        return train(self.name, self.pairs(examples, made_count), self.labels, epochs)


def _whole(right: bool) -> Mapping[str, Counts]:
    return {"all": Counts(1) if right else Counts(0, 1, 1)}


# In the record's order of strength: of several mentions the strongest relation counts (refers_to is the weakest).
RELATIONS = (
    "implements", "based_on", "replies_to", "follows", "proposed_by", "guides", "amends", "replaces", "repeals",
    "corrects", "recalls", "promulgates", "refers_to",
)  # fmt: skip


def _read_labels(nlp: Language, example: Example) -> Said:
    return [list(answer_label(nlp, text)) for text in example.texts]


def _read_spans(nlp: Language, example: Example) -> Said:
    return answer_spans(nlp, example.texts[0])


def _relation_answers(said: Said, example: Example) -> Answers:
    label, chance = min(said, key=lambda one: (RELATIONS.index(one[0]), -one[1]))
    both = example.rule if example.sure or chance < CERTAIN else label
    return {"rules": example.rule, "model": label, "rules, model where they are silent": both}


def _task_answers(said: Said, example: Example) -> Answers:
    label, chance = said[0]
    sure = chance >= CERTAIN
    added = "task" if example.rule == "task" or (label == "task" and sure) else "other"
    struck = "other" if example.rule == "other" or (label == "other" and sure) else "task"
    return {"rules": example.rule, "model": label, "rules, model adds": added, "rules, model strikes": struck}


def _task_score(label: str, answer: str) -> Mapping[str, Counts]:
    wanted, got = label == "task", answer == "task"
    return {"all": Counts(int(wanted and got), int(got and not wanted), int(wanted and not got))}


SPAN_LABELS = ("PERSON", "POSITION", "UNIT")


def _span_answers(said: Said, example: Example) -> Answers:
    extra = [s for s in said if not any(s[0] < r[1] and r[0] < s[1] for r in example.rule)]
    return {"rules": example.rule, "model": said, "rules, model where they are silent": sorted(example.rule + extra)}


def _span_score(label: list[Any], answer: list[Any]) -> Mapping[str, Counts]:
    counts = {}
    for name in SPAN_LABELS:
        gold = {tuple(span) for span in label if span[2] == name}
        mine = {tuple(span) for span in answer if span[2] == name}
        counts[name] = Counts(len(gold & mine), len(mine - gold), len(gold - mine))
    counts["all"] = sum(counts.values(), Counts())
    return counts


QUESTIONS: Mapping[str, Question] = {
    "relation": Question(
        "relation", "Relation of a citation", "accuracy", RELATIONS, relation_sentences, 1200, 2,
        _read_labels, _relation_answers, lambda label, answer: _whole(label == answer),
    ),
    "tasks": Question(
        "tasks", "Task or not", "F1 of tasks", ("task", "other"), lambda count, seed: [], 0, 1,
        _read_labels, _task_answers, _task_score,
    ),
    "spans": Question(
        "spans", "Persons, positions, units", "F1 of spans, strict", SPAN_LABELS, span_lines, 2000, 2,
        _read_spans, _span_answers, _span_score,
    ),
}  # fmt: skip


def load_examples(name: str, folder: Path, scans: bool = True, limit: int | None = None) -> list[Example]:
    """Examples of one question with the answers of the rules, cut once and kept in ``folder`` as JSON Lines."""
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        documents = list(parts(scans, limit))
        made = {
            "relation": relation_examples(documents),
            "tasks": task_examples(documents),
            "spans": span_examples()[:limit],
        }
        for question, examples in made.items():
            lines = (json.dumps(example.as_dict(), ensure_ascii=False) + "\n" for example in examples)
            (folder / f"{question}.jsonl").write_text("".join(lines), encoding="utf-8")
    return [Example(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
