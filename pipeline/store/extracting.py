"""The extraction pipeline as the archive's ``Reader``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.store.reading import PageText, Reading

if TYPE_CHECKING:
    from pipeline.read import ReadOptions
    from pipeline.workflow.run import FileResult


@dataclass(frozen=True, slots=True)
class PipelineReader:
    """Reads a file with ``pipeline.workflow``; can be sent to a worker process."""

    options: ReadOptions | None = None

    def __call__(self, path: Path) -> Reading:
        from pipeline.workflow import extract_file

        return reading_of(extract_file(path, self.options))


def reading_of(result: FileResult) -> Reading:
    """What the archive keeps of a file that the pipeline has read."""
    pages = []
    for page in result.source.pages:
        words = [(w.start, w.end, *(round(edge, 5) for edge in page.on_picture(w.box))) for w in page.words if w.box]
        pages.append(PageText(page.number, page.text, words))  # type: ignore[arg-type]
    notes = [error.message for page in result.source.failed_pages if (error := page.error)]
    return Reading(result.records, pages, tool(), notes)


@cache
def tool() -> str:
    """Program and version, as kept beside every extraction."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"congvan {version('congvan')}"
    except PackageNotFoundError:
        return "congvan"
