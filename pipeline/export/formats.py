"""Every export by its name, and the one way to make it.

files = export("register-in-xlsx", items, Options(cover=Cover("Sở Nội vụ")))   # {"so-van-ban-den.xlsx": b"…"}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipeline.errors import UsageError
from pipeline.export import edxml, markup, metadata, tables
from pipeline.export.calendar import calendar
from pipeline.export.dossier import package
from pipeline.export.errors import ExportImpossible
from pipeline.export.items import Item
from pipeline.export.metadata import Dossier
from pipeline.export.register_pdf import printed
from pipeline.export.register_rows import Cover, FormName, form, rows_of
from pipeline.export.register_xlsx import workbook

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Options:
    """What only the office knows: the cover of a book, the file documents go into, mã định danh of agencies."""

    cover: Cover = field(default_factory=Cover)
    dossier: Dossier = field(default_factory=Dossier)
    organ_id: str = ""
    directory: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Format:
    """``title`` is Vietnamese; ``make`` gives files by name; ``media_type`` is that of each file."""

    name: str
    title: str
    media_type: str
    make: Callable[[Sequence[Item], Options], Files]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOOKS: tuple[tuple[str, FormName, str], ...] = (
    ("register-in", "den", "so-van-ban-den"), ("register-out", "di", "so-van-ban-di"),
    ("follow-up", "theo_doi", "so-theo-doi-giai-quyet"),
)  # fmt: skip
_TABLES: tuple[tuple[str, metadata.Table, str, str], ...] = (
    ("metadata-in", "nd30_den", "dac-ta-van-ban-den", "Dữ liệu đặc tả văn bản đến"),
    ("metadata-out", "nd30_di", "dac-ta-van-ban-di", "Dữ liệu đặc tả văn bản đi"),
    ("archival", "tt05", "tai-lieu-luu-tru", "Dữ liệu đặc tả tài liệu lưu trữ"),
)


def _book(name: FormName, stem: str, ending: str, items: Sequence[Item], options: Options) -> Files:
    rows = rows_of(name, items)
    make = workbook if ending == "xlsx" else printed
    return {f"{stem}.{ending}": make(form(name), rows, options.cover)}


def _table(name: metadata.Table, stem: str, ending: str, items: Sequence[Item], options: Options) -> Files:
    described = [metadata.describe(name, item, options.dossier, at) for at, item in enumerate(items, 1)]
    if ending == "json":
        return {f"{stem}.json": metadata.as_json(name, described)}
    return {f"{stem}.{ending}": (metadata.as_xml if ending == "xml" else metadata.as_csv)(name, described)}


def _messages(items: Sequence[Item], options: Options) -> Files:
    made = {}
    for item in items:
        record = item.record
        files = [edxml.Attachment(record.source.file, item.original(), "application/octet-stream", "tep-1")] if (
            item.original is not None) else []  # fmt: skip
        message = edxml.message_of(record, options.organ_id, attachments=files, directory=options.directory)
        made[f"{_stem(item)}.edxml"] = edxml.write(message)
    return made


def _each(make: Callable[..., bytes], ending: str, items: Sequence[Item], _options: Options) -> Files:
    return {f"{_stem(item)}{ending}": make(item.record) for item in items}


def _stem(item: Item) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in item.record.id)


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        *(
            Format(f"{name}-{ending}", f"{form(book).title.capitalize()} ({ending.upper()})", kind,
                   partial(_book, book, stem, ending))
            for name, book, stem in _BOOKS for ending, kind in (("xlsx", _XLSX), ("pdf", "application/pdf"))
        ),
        *(
            Format(f"{name}-{ending}", f"{title} ({ending.upper()})", kind, partial(_table, table, stem, ending))
            for name, table, stem, title in _TABLES
            for ending, kind in (("json", "application/json"), ("xml", "application/xml"), ("csv", "text/csv"))
        ),
        Format("dossier", "Hồ sơ kèm mục lục và tệp (ZIP)", "application/zip",
               lambda items, options: {"ho-so.zip": package(items, options.dossier)}),
        Format("edxml", "Thông điệp edXML (QCVN 102:2016)", "application/xml", _messages),
        Format("ics", "Lịch thời hạn (iCalendar)", "text/calendar",
               lambda items, _options: {"thoi-han.ics": calendar(items).data}),
        Format("csv", "Các bảng CSV cho phân tích", "text/csv", lambda items, _options: tables.csv_files(items)),
        Format("parquet", "Các bảng Parquet cho phân tích", "application/vnd.apache.parquet",
               lambda items, _options: tables.parquet_files(items)),
        Format("jsonl", "Bản ghi JSON Lines", "application/x-ndjson",
               lambda items, _options: {"ban-ghi.jsonl": tables.json_lines(items)}),
        Format("akn", "Akoma Ntoso", "application/akn+xml", partial(_each, markup.akoma_ntoso, ".akn.xml")),
        Format("jsonld", "JSON-LD (schema.org, ELI)", "application/ld+json", partial(_each, markup.json_ld, ".jsonld")),
    )
}  # fmt: skip


def export(name: str, items: Sequence[Item], options: Options | None = None) -> Files:
    """The files of a format by name.

    Raises ``UsageError`` for an unknown format, ``ExportImpossible`` when there is nothing to put in, and what the
    format itself raises (``MessageIncomplete``, ``PrintFontMissing``).
    """
    if name not in FORMATS:
        raise UsageError(reason=f"không có dạng «{name}»; các dạng: {', '.join(FORMATS)}")
    files = FORMATS[name].make(items, options or Options())
    if not files:
        raise ExportImpossible(form=name, reason="không có văn bản nào")
    return files
