"""``congvan inspect``, ``congvan doctor``, ``congvan cite``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import (
    MAX_PAGES,
    PAGE_TIMEOUT,
    ForceOcr,
    Jobs,
    MaxPages,
    NoCache,
    PageTimeout,
    job_count,
    read_options,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("inspect")(inspect)
    app.command("cite")(cite)
    app.command("doctor")(doctor)


def inspect(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp cần xem.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="THƯ_MỤC", help="Thư mục để ghi ảnh.")],
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    ocr: ForceOcr = False,
    no_cache: NoCache = False,
) -> int:
    """Vẽ lên ảnh từng trang các vùng của văn bản và chỗ đã đọc ra mỗi giá trị.

    Nguồn không có ảnh trang (TXT, Markdown, HTML, DOCX) được ghi thành một trang HTML có tô màu.
    """
    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import print_text
    from pipeline.workflow.inspect import inspect_file

    with BatchProgress(1) as bar:
        options = read_options(max_pages, page_timeout, ocr, no_cache, job_count(jobs))
        written = inspect_file(path, out, options, lambda done, total: bar.page(path, done, total))
    for target in written:
        print_text(str(target))
    return 0


def cite(
    text: Annotated[str | None, typer.Argument(metavar="CHỮ", help="Đoạn văn; không có thì đọc từ đầu vào.")] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Mỗi dòng vào là {"text": …}, mỗi dòng ra là {"citations": […]}.')
    ] = False,
) -> int:
    """Tìm các văn bản được nhắc đến trong một đoạn văn; in ra JSON."""
    import json
    import sys

    from pipeline.citing import cite as find
    from pipeline.cli.say import print_text
    from pipeline.errors import UsageError

    if text is not None and jsonl:
        raise UsageError(reason="--jsonl đọc từ đầu vào, không dùng cùng với CHỮ")
    if not jsonl:
        found = find(sys.stdin.read() if text is None else text)
        print_text(json.dumps({"citations": found}, ensure_ascii=False, indent=1))
        return 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(reason=f'dòng {number} không phải là {{"text": …}}') from error
        if not isinstance(given, str):
            raise UsageError(reason=f'dòng {number}: "text" không phải là chữ')
        print_text(json.dumps({"citations": find(given)}, ensure_ascii=False))
        # A program at the other end of the pipe waits for this answer before it sends its next line.
        sys.stdout.flush()
    return 0


def doctor() -> int:
    """Kiểm tra máy có đủ chương trình, dữ liệu và quyền cần thiết chưa, và chỉ cách sửa."""
    from pipeline.cli.say import print_text
    from pipeline.workflow.doctor import diagnose

    signs = {"ok": "✓", "optional": "–", "missing": "✗"}
    findings = diagnose()
    for finding in findings:
        print_text(f"{signs[finding.state]} {finding.name}: {finding.detail}")
        if finding.state != "ok" and finding.remedy:
            print_text(f"    → {finding.remedy}")
    return int(any(finding.state == "missing" for finding in findings))
