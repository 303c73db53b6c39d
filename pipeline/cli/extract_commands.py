"""``congvan extract``, ``congvan text``, ``congvan schema``, ``congvan version``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from pipeline.read import ReadOptions
    from pipeline.workflow.batch import Outcome
    from pipeline.workflow.collect import Collection
    from pipeline.workflow.outputs import OutputFolder


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("extract")(extract)
    app.command("text")(text)
    app.command("schema")(schema)
    app.command("version")(version)


def extract(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="ĐƯỜNG_DẪN", help="Tệp hoặc thư mục cần đọc.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="In mọi bản ghi ra màn hình dưới dạng JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="THƯ_MỤC", help="Ghi mỗi tệp nguồn thành một tệp JSON vào đây."),
    ] = None,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    ocr: ForceOcr = False,
    no_cache: NoCache = False,
    recursive: Annotated[
        bool,
        typer.Option("--recursive/--no-recursive", show_default=False, help="Đọc cả thư mục con (mặc định) hay không."),
    ] = True,
) -> int:
    """Đọc các tệp và thư mục thành bản ghi có bằng chứng.

    Không có --json và --out thì in bảng tóm tắt. Mã thoát: 0 khi mọi tệp đều xong, 4 khi một số tệp lỗi; khi chỉ có
    một tệp thì là mã của lỗi đó.
    """
    from pipeline.cli.say import say, say_error
    from pipeline.workflow.collect import collect
    from pipeline.workflow.outputs import OutputFolder

    options = read_options(max_pages, page_timeout, ocr, no_cache)
    found = collect(paths, recursive=recursive)
    for error in found.errors:
        say_error(error)
    _say_skipped(found)
    folder = OutputFolder(out, found.files) if out is not None else None
    outcomes = _run(found, folder, options, job_count(jobs), debug=bool(context.obj and context.obj["debug"]))
    if as_json:
        _print_json(outcomes)
    elif folder is None and any(outcome.error is None for outcome in outcomes):
        _print_table(outcomes)
    if folder is not None and (written := sum(outcome.error is None for outcome in outcomes)):
        say(f"Đã ghi {written} tệp vào {folder.folder}")
    return _exit_status(paths, found, outcomes)


def _run(
    found: Collection, folder: OutputFolder | None, options: ReadOptions, jobs: int, *, debug: bool
) -> list[Outcome]:
    """Outcomes in the order of the files; records are written as soon as they are there."""
    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import say, say_error, say_note
    from pipeline.errors import CongvanError
    from pipeline.workflow.batch import run_batch

    done: dict[Path, Outcome] = {}
    with BatchProgress(len(found.files)) as bar:
        for outcome in run_batch(found.files, options, jobs=jobs, progress=bar.page):
            if folder is not None and outcome.error is None:
                try:
                    folder.write(outcome.path, [record.model_dump(mode="json") for record in outcome.records])
                except CongvanError as error:
                    outcome.error = error
            done[outcome.path] = outcome
            bar.file_done(outcome.path)
            if debug and outcome.trace:
                say(outcome.trace)
            if outcome.error is not None:
                say_error(outcome.error)
            for page_error in outcome.page_errors:
                say_note(f"{page_error.message} → {page_error.advice}")
    return [done[path] for path in found.files]


def _say_skipped(found: Collection) -> None:
    from pipeline.cli.say import say_note

    if found.skipped:
        names = ", ".join(path.name for path in found.skipped[:5])
        more = f" và {len(found.skipped) - 5} tệp khác" if len(found.skipped) > 5 else ""
        say_note(f"bỏ qua {len(found.skipped)} tệp ẩn hoặc không phải văn bản: {names}{more}")


def _print_json(outcomes: list[Outcome]) -> None:
    import json

    from pipeline.cli.say import print_text

    records = [record.model_dump(mode="json") for outcome in outcomes for record in outcome.records]
    print_text(json.dumps(records, ensure_ascii=False, indent=1))


def _print_table(outcomes: list[Outcome]) -> None:
    from pipeline.cli.table import print_table, relative_names

    done = [outcome for outcome in outcomes if outcome.error is None]
    names = relative_names([outcome.path for outcome in done])
    print_table([(name, outcome.records) for name, outcome in zip(names, done, strict=True)])


def _exit_status(paths: list[Path], found: Collection, outcomes: list[Outcome]) -> int:
    from pipeline.cli.say import say_error
    from pipeline.errors import SomeFailed
    from pipeline.workflow.errors import NothingFound

    errors = [*found.errors, *(outcome.error for outcome in outcomes if outcome.error is not None)]
    total = len(found.errors) + len(outcomes)
    if total == 0:
        raise NothingFound(", ".join(map(str, paths)))
    if not errors:
        return 0
    if total == 1:
        return errors[0].exit_status
    failure = SomeFailed(failed=len(errors), total=total)
    say_error(failure)
    return failure.exit_status


def text(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp cần đọc.")],
    *,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    ocr: ForceOcr = False,
    no_cache: NoCache = False,
) -> int:
    """In chữ đọc được, từng trang, kèm cách đọc của trang."""
    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import print_text
    from pipeline.read import read
    from pipeline.workflow.summary import page_title

    with BatchProgress(1) as bar:
        source = read(
            path, read_options(max_pages, page_timeout, ocr, no_cache, job_count(jobs)),
            lambda done, total: bar.page(path, done, total),
        )  # fmt: skip
    for page in source.pages:
        print_text(f"── {page_title(page)} ──")
        print_text(page.text)
    return 0


def schema() -> int:
    """In lược đồ JSON (JSON Schema) của bản ghi."""
    import json

    from pipeline.cli.say import print_text
    from pipeline.record.models import Record

    print_text(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=1))
    return 0


def version() -> int:
    """In phiên bản của chương trình và của lược đồ bản ghi."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    from pipeline.cli.say import print_text
    from pipeline.record.models import SCHEMA_VERSION

    try:
        number = installed("congvan")
    except PackageNotFoundError:
        number = "(chưa cài)"
    print_text(f"congvan {number} · lược đồ bản ghi {SCHEMA_VERSION}")
    return 0
