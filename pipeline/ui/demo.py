"""``python -m pipeline.ui.demo [FOLDER]``: an archive with the demo corpus, for looking at the app.

Adds the texts of ``corpus/texts`` and, where they were generated, the PDFs of ``build/corpus``; what is there already
is not read again.  Prints the folder: ``CONGVAN_ARCHIVE=… CONGVAN_DEMO=1 streamlit run app.py`` shows it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.extracting import PipelineReader
from pipeline.store.ingest import ingest

DEFAULT = Path("build/demo")
_SOURCES = (("corpus/texts", "*.txt"), ("build/corpus", "**/*.pdf"))


def demo_files(root: Path) -> list[Path]:
    """The demo corpus under a checkout's root, in order."""
    return [path for folder, pattern in _SOURCES for path in sorted((root / folder).glob(pattern))]


def fill(folder: Path, root: Path) -> tuple[int, list[str]]:
    """Bring the demo corpus into the archive of ``folder``: how many documents it holds, and what went wrong."""
    faults = []
    with Archive(folder) as archive:
        clerk = Actor("Văn thư bản thử", Role.CLERK)
        for outcome in ingest(archive, clerk, demo_files(root), PipelineReader()):
            if outcome.failure:
                faults.append(outcome.failure.message)
        return archive.count(clerk), faults


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m pipeline.ui.demo", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT)
    options = parser.parse_args(arguments)
    root = Path(__file__).resolve().parents[2]
    count, faults = fill(options.folder, root)
    for fault in faults:
        print(f"✗ {fault}")
    print(f"{options.folder.resolve()}: {count} văn bản")


if __name__ == "__main__":
    main()
