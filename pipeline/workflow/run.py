"""One file from its bytes to its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.extract import extract
from pipeline.layout import DocumentLayout, analyse
from pipeline.read import Progress, ReadOptions, SourceFile, read, read_bytes
from pipeline.record.assemble import assemble
from pipeline.record.models import Record


@dataclass(slots=True)
class FileResult:
    """What became of one file: its records, and what they were made of."""

    source: SourceFile
    layouts: list[DocumentLayout]
    records: list[Record]
    timings: dict[str, float] = field(default_factory=dict)

    @property
    def page_texts(self) -> dict[int, str]:
        """Raw text of each page by number: what the spans of the evidence point into."""
        return {page.number: page.text for page in self.source.pages}


def extract_file(path: Path | str, options: ReadOptions | None = None, progress: Progress | None = None) -> FileResult:
    """Records of a file.  Raises a CongvanError when it cannot be read at all."""
    return records_of(read(path, options, progress))


def extract_bytes(
    data: bytes, path: Path | str, options: ReadOptions | None = None, progress: Progress | None = None
) -> FileResult:
    """As :func:`extract_file`, for content already in memory; ``path`` gives the file its name."""
    return records_of(read_bytes(data, Path(path), options, progress))


def records_of(source: SourceFile) -> FileResult:
    """Records of a file already read."""
    layouts = analyse(source.pages)
    records = [assemble(extract(source, layout, index)) for index, layout in enumerate(layouts)]
    return FileResult(source, layouts, records)
