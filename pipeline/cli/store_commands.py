"""``congvan ingest``, ``watch``, ``show``, ``search``, ``reread``, ``backup``, ``restore``, ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import MAX_PAGES, PAGE_TIMEOUT, Jobs, MaxPages, PageTimeout, job_count, read_options
from pipeline.cli.store_view import marked, print_history, print_record, title

if TYPE_CHECKING:
    from pipeline.store.actors import Actor
    from pipeline.store.archive import Archive
    from pipeline.store.ingest import Ingested

ArchiveFolder = Annotated[
    Path | None,
    typer.Option(
        "--archive", "-a", metavar="THƯ_MỤC", envvar="CONGVAN_ARCHIVE", show_default=False,
        help="Thư mục của kho văn bản; không ghi thì dùng kho của người dùng này.",
    ),
]  # fmt: skip
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="ĐỊA_CHỈ", envvar="CONGVAN_DATABASE", show_default=False,
        help="Cơ sở dữ liệu PostgreSQL, ví dụ postgresql://người@máy/congvan; bản gốc vẫn ở thư mục của kho.",
    ),
]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for name, command in (
        ("ingest", ingest), ("watch", watch), ("show", show), ("search", search), ("reread", reread),
        ("backup", backup), ("restore", restore), ("check", check),
    ):  # fmt: skip
        app.command(name)(command)


def open_archive(folder: Path | None, database: str | None, *, create: bool = False) -> Archive:
    """The archive that the options mean."""
    from platformdirs import user_data_path

    from pipeline.store.archive import Archive

    folder = folder or user_data_path("congvan") / "kho"
    return Archive(database, folder=folder, create=create) if database else Archive(folder, create=create)


def person() -> Actor:
    """Who sits at this terminal: whoever may write the archive's folder may do anything with it."""
    import getpass

    from pipeline.store.actors import Actor, Role

    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "dòng lệnh"
    return Actor(name, Role.ADMIN)


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="ĐƯỜNG_DẪN", help="Tệp hoặc thư mục cần đưa vào kho.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    as_json: AsJson = False,
) -> int:
    """Đưa văn bản vào kho: giữ bản gốc, đọc thành bản ghi, hỏi khi gặp văn bản trùng.

    Tệp đã có trong kho (cùng nội dung) không đọc lại. Ngắt giữa chừng rồi chạy lại thì làm tiếp phần còn lại.
    """
    from pipeline.cli.progress import BatchProgress
    from pipeline.cli.say import say_error
    from pipeline.errors import SomeFailed
    from pipeline.store.extracting import PipelineReader
    from pipeline.store.ingest import ingest as bring_in
    from pipeline.workflow.collect import collect
    from pipeline.workflow.errors import NothingFound

    found = collect(paths)
    for error in found.errors:
        say_error(error)
    if not found.files and not found.errors:
        raise NothingFound(", ".join(map(str, paths)))
    workers = job_count(jobs)
    reader = PipelineReader(read_options(max_pages, page_timeout, False, False, 1 if len(found.files) > 1 else workers))
    outcomes = []
    with open_archive(archive, database, create=True) as kept, BatchProgress(len(found.files)) as bar:
        for outcome in bring_in(kept, person(), found.files, reader, jobs=workers):
            bar.file_done(outcome.path)
            outcomes.append(outcome)
            _report(outcome, kept, as_json=as_json)
    errors = [*found.errors, *(outcome.failure for outcome in outcomes if outcome.failure)]
    if not errors:
        return 0
    if len(outcomes) + len(found.errors) == 1:
        return errors[0].exit_status
    failure = SomeFailed(failed=len(errors), total=len(outcomes) + len(found.errors))
    say_error(failure)
    return failure.exit_status


def _report(outcome: Ingested, archive: Archive, *, as_json: bool = False) -> None:
    """A line about one file; the questions about duplicates are asked at once."""
    import json

    from pipeline.cli.say import print_text, say_error, say_note

    added = outcome.added
    if as_json:
        told: dict[str, Any] = {"path": str(outcome.path), "outcome": added.outcome if added else "failed"}
        if added:
            told |= {"sha256": added.sha256, "records": added.records, "known_as": added.known_as}
        if outcome.failure:
            told["error"] = outcome.failure.as_dict()
        print_text(json.dumps(told, ensure_ascii=False))
    if outcome.failure:
        say_error(outcome.failure)
        return
    assert added is not None
    if not as_json:
        if added.outcome == "held":
            also = f", đã đến với tên {', '.join(added.known_as)}" if added.known_as else ""
            print_text(f"{outcome.path.name}: đã có trong kho{also} ({', '.join(added.records)})")
        else:
            for record_id in added.records:
                print_text(f"{outcome.path.name}: {title(archive.record(person(), record_id))}  [{record_id}]")
            if not added.records:
                print_text(f"{outcome.path.name}: không thấy văn bản nào trong tệp")
    for pair in (p for record_id in added.records for p in archive.duplicates(person(), record_id, open_only=True)):
        say_note(f"{pair.first} và {pair.second} có thể là một văn bản ({pair.reason}); cần người quyết định")


def watch(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", help="Thư mục máy quét hoặc người khác bỏ tệp vào.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    settle: Annotated[
        float, typer.Option("--settle", min=0.0, metavar="GIÂY", help="Tệp không đổi chừng này giây mới lấy.")
    ] = 3.0,
    recursive: Annotated[bool, typer.Option("--recursive", help="Xem cả thư mục con.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Lấy các tệp đang có rồi thôi.")] = False,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
) -> int:
    """Theo dõi một thư mục: tệp nào ghi xong thì đưa vào kho. Dừng bằng Ctrl-C."""
    import time

    from pipeline.cli.say import say
    from pipeline.errors import FileMissing
    from pipeline.store.errors import ArchiveBusy
    from pipeline.store.extracting import PipelineReader
    from pipeline.store.ingest import ingest as bring_in
    from pipeline.store.watch import Watcher

    if not folder.is_dir():
        raise FileMissing(folder)
    reader = PipelineReader(read_options(max_pages, page_timeout, False, False, job_count(jobs)))
    watcher = Watcher(folder, settle, recursive)
    end = time.monotonic() + settle + 1.5
    stop = (lambda: time.monotonic() > end) if once else (lambda: False)
    with open_archive(archive, database, create=True) as kept:
        say(f"Đang theo dõi {folder}; dừng bằng Ctrl-C.")
        for path in watcher.run(stop):
            for outcome in bring_in(kept, person(), [path], reader):
                _report(outcome, kept)
                if isinstance(outcome.failure, ArchiveBusy):
                    watcher.again(path)
    return 0


def show(
    record_id: Annotated[str, typer.Argument(metavar="MÃ_HOẶC_SỐ", help="Mã bản ghi, hoặc số, ký hiệu.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
    version: Annotated[int | None, typer.Option("--version", min=1, metavar="N", help="Xem một bản cũ.")] = None,
    history: Annotated[bool, typer.Option("--history", help="In các bản và những lần sửa.")] = False,
) -> int:
    """Xem một văn bản trong kho."""
    import json

    from pipeline.cli.say import print_text

    with open_archive(archive, database) as kept:
        for key in _named(kept, record_id):
            stored = kept.record(person(), key, version)
            if as_json:
                print_text(json.dumps(stored.record.model_dump(mode="json"), ensure_ascii=False, indent=1))
                continue
            print_record(stored)
            for pair in kept.duplicates(person(), key):
                answer = {"same": "một văn bản", "different": "hai văn bản", None: "chưa quyết định"}[pair.answer]
                other = pair.second if pair.first == key else pair.first
                print_text(f"  Trùng với {other}: {pair.reason} ({answer})")
            for entry in kept.entries_of(person(), key):
                struck = f", đã hủy: {entry.cancelled}" if entry.cancelled else ""
                print_text(f"  Số {entry.book} {entry.number} năm {entry.year}, ngày {entry.day}{struck}")
            if history:
                print_history(kept.versions(person(), key), kept.corrections(person(), key))
    return 0


def _named(archive: Archive, name: str) -> list[str]:
    from pipeline.store.errors import NotFound
    from pipeline.store.query import Query

    try:
        return [archive.record(person(), name).id]
    except NotFound:
        found = archive.records(person(), Query(number=name, limit=50)).hits
        if not found:
            raise
        return [hit.document.record_id for hit in found]


def search(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="TỪ", help='Từ, "cụm từ", phần đầu*, -từ không có.')
    ] = None,
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    issuer: Annotated[str | None, typer.Option("--issuer", metavar="CHỮ", help="Cơ quan ban hành.")] = None,
    doc_type: Annotated[str | None, typer.Option("--type", metavar="CHỮ", help="Tên loại, ví dụ: công văn.")] = None,
    date_from: Annotated[
        str | None, typer.Option("--from", metavar="NGÀY", help="Ban hành từ ngày (2021-04-14).")
    ] = None,
    date_to: Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Ban hành đến hết ngày.")] = None,
    due_from: Annotated[str | None, typer.Option("--due-from", metavar="NGÀY", help="Có hạn từ ngày.")] = None,
    due_to: Annotated[str | None, typer.Option("--due-to", metavar="NGÀY", help="Có hạn đến hết ngày.")] = None,
    cites: Annotated[str | None, typer.Option("--cites", metavar="SỐ", help="Dẫn văn bản có số này.")] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="SỐ", help="Có số, ký hiệu này.")] = None,
    sort: Annotated[str, typer.Option("--sort", metavar="CÁCH", help="relevance, date hoặc arrival.")] = "relevance",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Số kết quả.")] = 20,
    as_json: AsJson = False,
) -> int:
    """Tìm văn bản trong kho; không cần gõ dấu."""
    import json
    from dataclasses import asdict

    from pipeline.cli.say import print_text
    from pipeline.errors import UsageError
    from pipeline.store.query import Query

    if sort not in ("relevance", "date", "arrival"):
        raise UsageError(reason=f"--sort không có cách «{sort}»")
    query = Query(
        " ".join(words or []), issuer=issuer, doc_type=doc_type, date_from=date_from, date_to=date_to,
        due_from=due_from, due_to=due_to, cites=cites, number=number, sort=sort, limit=limit,  # type: ignore[arg-type]
    )  # fmt: skip
    with open_archive(archive, database) as kept:
        found = kept.search(person(), query)
    if as_json:
        print_text(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return 0
    print_text(f"{'Hơn ' if found.more else ''}{found.total} văn bản")
    for hit in found.hits:
        document = hit.document
        parts = (document.doc_type, document.number or document.raw_number, document.date, document.issuer)
        print_text(f"\n{' · '.join(filter(None, parts))}  [{document.record_id}]")
        if document.subject:
            print_text(f"  {document.subject}")
        if hit.page is not None:
            print_text(f"  tr. {hit.page}: {marked(hit.snippet, hit.snippet_spans)}")
    return 0


def reread(
    records: Annotated[list[str], typer.Argument(metavar="MÃ_HOẶC_SỐ", help="Bản ghi cần đọc lại.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    jobs: Jobs = 0,
    max_pages: MaxPages = MAX_PAGES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
) -> int:
    """Đọc lại bản gốc bằng chương trình hiện tại; những gì người đã sửa hoặc xác nhận được giữ nguyên."""
    from pipeline.cli.say import print_text
    from pipeline.store.extracting import PipelineReader

    reader = PipelineReader(read_options(max_pages, page_timeout, False, False, job_count(jobs)))
    with open_archive(archive, database) as kept:
        done = set()
        for name in records:
            for record_id in _named(kept, name):
                sha256 = kept.record(person(), record_id).record.source.sha256
                if sha256 in done:
                    continue
                done.add(sha256)
                for key in kept.reread(person(), sha256, reader).records:
                    print_text(f"{title(kept.record(person(), key))}  [{key}]")
    return 0


def backup(
    target: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu sẽ ghi (.tar).")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
) -> int:
    """Sao lưu cả kho vào một tệp, trong khi người khác vẫn làm việc."""
    from pipeline.cli.say import print_text

    with open_archive(archive, database) as kept:
        manifest = kept.backup(person(), target)
    print_text(f"{target}: {manifest.rows['document']} văn bản, {manifest.files} bản gốc")
    return 0


def restore(
    source: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
) -> int:
    """Phục hồi một bản sao lưu vào kho trống."""
    from pipeline.cli.say import print_text

    with open_archive(archive, database, create=True) as kept:
        manifest = kept.restore(person(), source)
    print_text(f"{manifest.rows['document']} văn bản, {manifest.files} bản gốc")
    return 0


def check(*, archive: ArchiveFolder = None, database: DatabaseUrl = None, as_json: AsJson = False) -> int:
    """Kiểm tra kho: cơ sở dữ liệu, bản gốc, nhật ký, bản ghi, chỉ mục, sổ."""
    import json
    from dataclasses import asdict

    from pipeline.cli.say import print_text
    from pipeline.store.errors import ArchiveUnsound

    with open_archive(archive, database) as kept:
        faults = kept.check(person())
        count = kept.count(person())
    if as_json:
        print_text(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            print_text(f"{'–' if fault.harmless else '✗'} {fault.message}")
    serious = sum(not fault.harmless for fault in faults)
    if serious:
        raise ArchiveUnsound(count=serious)
    if not as_json:
        print_text(f"✓ Kho nguyên vẹn: {count} văn bản.")
    return 0
