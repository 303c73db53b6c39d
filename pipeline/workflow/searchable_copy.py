"""A searchable copy of a scan, from a file to a file."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import FormatUnsupported, OutputUnwritable
from pipeline.read import Progress, ReadOptions, bytes_of, read_bytes
from pipeline.read.searchable import searchable_pdf
from pipeline.workflow.fonts import vietnamese_font_file
from pipeline.workflow.outputs import write_whole

PICTURES = ("pdf", "jpeg", "png", "tiff")
NOT_DECLARED = "Bản sao không được ghi là PDF/A: {reason}."
UNSIGNED = "Tệp gốc có chữ ký số; bản sao không mang chữ ký số nào, hãy giữ tệp gốc."
NOTHING_READ = "Trang nào cũng đã có lớp chữ tin được nên không nhận dạng thêm; dùng --ocr để nhận dạng lại."
PAGE_FAILED = "Trang {number} không nhận dạng được ({reason}); trang được chép như cũ."


def write_searchable_copy(
    path: Path, out: Path, options: ReadOptions | None = None, progress: Progress | None = None
) -> list[str]:
    """Write the copy of ``path`` to ``out`` whole or not at all; remarks for the person, in Vietnamese.

    Raises what reading raises, FormatUnsupported for a file without pages, FontMissing, and OutputUnwritable: before
    anything is read where that can be told.
    """
    _check(out)
    data = bytes_of(path)
    source = read_bytes(data, path, options, progress)
    if source.file_format not in PICTURES:
        raise FormatUnsupported(path, found=source.file_format.upper())
    copy = searchable_pdf(data, source, vietnamese_font_file())
    write_whole(out, copy.data)
    remarks = [NOT_DECLARED.format(reason=reason) for reason in copy.obstacles]
    if source.signatures:
        remarks.append(UNSIGNED)
    if all(page.source != "ocr" for page in source.pages):
        remarks.append(NOTHING_READ)
    remarks += [PAGE_FAILED.format(number=p.number, reason=p.error.code) for p in source.failed_pages if p.error]
    return remarks


def _check(out: Path) -> None:
    """Recognition takes minutes; a folder that cannot be written to is told before it."""
    folder = out.parent
    if not folder.is_dir():
        raise OutputUnwritable(out, reason="thư mục không có")
    if out.is_dir():
        raise OutputUnwritable(out, reason="đó là một thư mục")
    if not os.access(folder, os.W_OK):
        raise OutputUnwritable(out, reason="không có quyền ghi")
