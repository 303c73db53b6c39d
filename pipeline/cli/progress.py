"""A progress bar with file and page on stderr; silent when stderr is no terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType


class BatchProgress:
    """Files done of all, and the page of each file under work.  Use as a context manager."""

    def __init__(self, files: int, visible: bool | None = None) -> None:
        self.visible = sys.stderr.isatty() if visible is None else visible
        self._pages: dict[Path, tuple[int, int]] = {}
        if not self.visible:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("tệp"),
            TimeElapsedColumn(), TextColumn("{task.fields[page]}", markup=False),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("Đang đọc", total=files, page="")

    def page(self, path: Path, done: int, total: int) -> None:
        """A page of ``path`` is done."""
        self._pages[path] = (done, total)
        self._show()

    def file_done(self, path: Path) -> None:
        """``path`` is done or has failed."""
        self._pages.pop(path, None)
        if self.visible:
            self._bar.advance(self._task)
        self._show()

    def _show(self) -> None:
        if self.visible:
            pages = (f"{path.name}: trang {done}/{total}" for path, (done, total) in self._pages.items())
            self._bar.update(self._task, page=" · ".join(pages))

    def __enter__(self) -> BatchProgress:
        if self.visible:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.visible:
            self._bar.stop()
