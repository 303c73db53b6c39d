"""Do the rules of the house hold: short modules, telling names, pins without hosts, documents that are there?"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pipeline.cli.app import build_command

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "pipeline").rglob("*.py"))


def test_modules_are_short() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_modules_are_named_for_what_they_do() -> None:
    assert [path.name for path in MODULES if path.stem in {"utils", "util", "helpers", "misc", "common"}] == []


def test_every_module_says_what_it_is() -> None:
    full = [path for path in MODULES if path.stat().st_size]
    assert [str(path) for path in full if not path.read_text("utf-8").startswith('"""')] == []


def test_pins_name_no_host() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not re.fullmatch(r"[A-Za-z0-9._\-\[\]]+==\S+|#.*", line)] == []
    assert [line for line in lines if "://" in line] == []


def test_everything_needed_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().split()}
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names - pinned == set()


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_of_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_command_of_the_readme_exists() -> None:
    blocks = re.findall(r"^```.*?^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    named = {name for block in blocks for name in re.findall(r"^congvan ([a-z-]+)", block, re.MULTILINE)}
    assert named
    assert named - set(build_command().commands) == set()
