"""``python -m pipeline.ui.demo [FOLDER]``: an archive with the demo corpus, for looking at the app.

Adds the texts of ``corpus/texts`` and the typeset documents of ``build/demo-corpus`` (``make app`` generates them);
every fourth of those stands in the queue as a scan instead, so that the app's workers are seen reading when it opens.
What is there already is not read again.  Prints the folder: ``CONGVAN_ARCHIVE=… CONGVAN_DEMO=1 streamlit run app.py``
shows it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive
from pipeline.store.extracting import PipelineReader
from pipeline.store.ingest import ingest
from pipeline.ui.workshop import FOLDER
from pipeline.workflow.queue import JobQueue

DEFAULT = Path("build/demo")
CORPUS = Path("build/demo-corpus")
_EVERY = 4


def demo_files(root: Path) -> tuple[list[Path], list[Path]]:
    """The demo corpus under a checkout's root: files to be read before the app opens, and scans for its queue."""
    scans = {path.name.partition(".")[0]: path for path in sorted((root / CORPUS / "scan").glob("*.pdf"))}
    pdfs = sorted((root / CORPUS / "pdf").glob("*.pdf"))
    queued = [path.stem for path in pdfs[::_EVERY] if path.stem in scans]
    texts = sorted((root / "corpus" / "texts").glob("*.txt"))
    return [*texts, *(path for path in pdfs if path.stem not in queued)], [scans[stem] for stem in queued]


def fill(folder: Path, root: Path) -> tuple[int, list[str]]:
    """Bring the demo corpus into the archive of ``folder``: how many documents it holds, and what went wrong."""
    faults = []
    files, scans = demo_files(root)
    clerk = Actor("Văn thư bản thử", Role.CLERK)
    with Archive(folder) as archive:
        for outcome in ingest(archive, clerk, files, PipelineReader()):
            if outcome.failure:
                faults.append(outcome.failure.message)
        queue = JobQueue(folder / FOLDER)
        for path in scans:
            queue.put_arrival(path, actor=clerk.name, role=clerk.role.value, origin="bản thử")
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
