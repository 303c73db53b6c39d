"""Does everything that preparation says of a page reach the clerk in Vietnamese?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pipeline.read
from pipeline.workflow.summary import note_in_words

FOLDER = Path(pipeline.read.__file__).parent
STEPS = sorted(
    {
        step
        for path in FOLDER.rglob("*.py")
        for step in re.findall(r'steps\.append\(f?"([a-z-]+)', path.read_text("utf-8"))
    }
)


def test_the_steps_are_found() -> None:
    assert {"red-channel", "columns", "broken-words", "deskew"} <= set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_in_words(step: str) -> None:
    note = f"{step} +0.50°" if step == "deskew" else step
    assert note_in_words(note) != note
    assert "-" not in note_in_words(note)
