"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.read import ReadOptions

Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Số việc làm cùng lúc; 0: theo số nhân của máy.")
]
MaxPages = Annotated[
    int, typer.Option("--max-pages", min=1, metavar="N", help="Không đọc tệp có nhiều trang hơn số này.")
]
PageTimeout = Annotated[
    float, typer.Option("--page-timeout", min=0.1, metavar="GIÂY", help="Bỏ trang đọc lâu hơn số giây này.")
]
ForceOcr = Annotated[bool, typer.Option("--ocr", help="Nhận dạng chữ từ ảnh trang kể cả khi PDF có sẵn lớp chữ.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Không dùng kết quả nhận dạng chữ đã lưu từ lần trước.")]

MAX_PAGES = 1000
PAGE_TIMEOUT = 120.0


def read_options(max_pages: int, page_timeout: float, ocr: bool, no_cache: bool, jobs: int = 1) -> ReadOptions:
    """Options of reading from those of the command."""
    from pipeline.read import ReadOptions

    return ReadOptions(max_pages=max_pages, page_timeout=page_timeout, force_ocr=ocr, cache=not no_cache, jobs=jobs)


def job_count(jobs: int) -> int:
    """``--jobs`` with 0 read as the cores of the machine."""
    from pipeline.workflow.batch import default_jobs

    return jobs or default_jobs()
