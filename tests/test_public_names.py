"""Do the names that the README promises work as it shows them, in a program of its own?"""

from __future__ import annotations

import subprocess
import sys

import pytest

import pipeline

SNIPPETS = [
    ("both at once", "from pipeline import cite, read_records as r; print(callable(cite), callable(r))", "True True"),
    ("after its module", "import pipeline.citing; from pipeline import cite; print(callable(cite))", "True"),
    (
        "a citation",
        "from pipeline import cite; print(cite('Nghị định số 30/2020/NĐ-CP')[0]['number'])",
        "30/2020/NĐ-CP",
    ),
    ("importing costs nothing", "import pipeline, sys; print('spacy' in sys.modules or 'cv2' in sys.modules)", "False"),
]


@pytest.mark.parametrize(("code", "printed"), [row[1:] for row in SNIPPETS], ids=[row[0] for row in SNIPPETS])
def test_in_a_program(code: str, printed: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == printed


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert callable(getattr(pipeline, name))


def test_no_module_bears_the_name_of_a_function() -> None:
    """Importing ``pipeline.x`` would put the module in the place of the function ``pipeline.x``."""
    from importlib.util import find_spec

    assert [name for name in pipeline.__all__ if find_spec(f"pipeline.{name}") is not None] == []
