"""``congvan inspect``, ``congvan annotate``, ``congvan cite``, ``congvan doctor``."""

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
    app.command("ocr")(ocr_copy)
    app.command("annotate")(annotate)
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


def annotate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[TỆP]...", help="Các tệp; không có thì đọc chữ từ đầu vào.")
    ] = None,
    *,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="TỆP", help="Ghi một trang HTML tô màu từng loại.")
    ] = None,
    docbin: Annotated[
        Path | None, typer.Option("--spacy", metavar="TỆP", help="Ghi tệp DocBin cho người dùng spaCy.")
    ] = None,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    ocr: ForceOcr = False,
    no_cache: NoCache = False,
) -> int:
    """Đánh dấu cơ quan, ngày, văn bản, người, liên hệ và từ trong chữ đọc được; in ra JSON, mỗi trang một dòng."""
    import json
    import sys

    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import print_text, say, say_error
    from pipeline.errors import CongvanError
    from pipeline.read import read
    from pipeline.workflow.annotate import annotated, as_html, write_docbin
    from pipeline.workflow.outputs import write_whole

    pages: list[tuple[str, int, str]] = []
    status = 0
    if not paths:
        pages.append(("-", 1, sys.stdin.read()))
    with BatchProgress(len(paths or [])) as bar:
        options = read_options(max_pages, page_timeout, ocr, no_cache, job_count(jobs))
        for path in paths or []:
            try:
                source = read(path, options, lambda done, total, path=path: bar.page(path, done, total))  # type: ignore[misc]
            except CongvanError as error:
                say_error(error)
                status = error.exit_status
                continue
            pages += [(path.name, page.number, page.text) for page in source.pages if page.text.strip()]
    if not pages:
        return status
    if html is not None:
        write_whole(html, as_html([(f"{name}, trang {number}", text) for name, number, text in pages]))
        say(f"Đã ghi {html}")
    if docbin is not None:
        say(f"Đã ghi {docbin}: {write_docbin((text for _, _, text in pages), docbin)} trang")
    if html is None and docbin is None:
        for name, number, text in pages:
            print_text(json.dumps({"file": name, "page": number, **annotated(text)}, ensure_ascii=False))
    return status


def ocr_copy(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản quét: PDF hoặc ảnh.")],
    out: Annotated[Path, typer.Argument(metavar="KẾT_QUẢ.pdf", help="Tệp PDF tìm chữ được sẽ được ghi.")],
    *,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    ocr: ForceOcr = False,
    no_cache: NoCache = False,
) -> int:
    """Ghi một bản PDF/A tìm chữ được của bản quét: trang như cũ, chữ đã nhận dạng nằm ẩn trên trang.

    Tệp gốc không bị sửa. Bản sao theo PDF/A-2b; khi tệp gốc không cho phép thì nói rõ vì sao.
    """
    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import print_text, say_note
    from pipeline.errors import UsageError
    from pipeline.workflow.searchable_copy import write_searchable_copy

    if out.exists() and path.exists() and out.samefile(path):
        raise UsageError(reason="tệp kết quả trùng với tệp gốc")
    with BatchProgress(1) as bar:
        options = read_options(max_pages, page_timeout, ocr, no_cache, job_count(jobs))
        remarks = write_searchable_copy(path, out, options, lambda done, total: bar.page(path, done, total))
    for remark in remarks:
        say_note(remark)
    print_text(str(out))
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
