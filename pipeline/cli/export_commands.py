"""``congvan export FORMAT``: records or the archive in the forms of other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.store_commands import ArchiveFolder, DatabaseUrl, open_archive, person


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("export")(export)


def export(
    form: Annotated[
        str | None, typer.Argument(metavar="DẠNG", help="Dạng xuất; không ghi thì in danh sách các dạng.")
    ] = None,
    records: Annotated[
        list[Path] | None,
        typer.Argument(metavar="TỆP_BẢN_GHI", help="Tệp JSON của lệnh extract; không ghi thì lấy từ kho."),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="THƯ_MỤC", help="Thư mục để ghi.")] = Path(),
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    number: Annotated[str | None, typer.Option("--number", metavar="SỐ", help="Chỉ văn bản có số này.")] = None,
    year: Annotated[int | None, typer.Option("--year", metavar="NĂM", help="Chỉ văn bản của năm này.")] = None,
    query: Annotated[str, typer.Option("--query", metavar="CHỮ", help="Chỉ văn bản tìm thấy theo chữ này.")] = "",
    agency: Annotated[str, typer.Option("--agency", metavar="CHỮ", help="Tên cơ quan trên bìa sổ.")] = "",
    parent: Annotated[str, typer.Option("--parent", metavar="CHỮ", help="Cơ quan chủ quản trên bìa sổ.")] = "",
    volume: Annotated[str, typer.Option("--volume", metavar="SỐ", help="Quyển số.")] = "",
    organ_id: Annotated[str, typer.Option("--organ-id", metavar="MÃ", help="Mã định danh của cơ quan.")] = "",
    file_notation: Annotated[str, typer.Option("--file", metavar="KÝ_HIỆU", help="Số và ký hiệu hồ sơ.")] = "",
    title: Annotated[str, typer.Option("--title", metavar="CHỮ", help="Tiêu đề hồ sơ.")] = "",
) -> int:
    """Xuất sổ đăng ký, edXML, dữ liệu đặc tả, hồ sơ, lịch, bảng cho phân tích, Akoma Ntoso, JSON-LD."""
    from pipeline.cli.say import print_text, say
    from pipeline.errors import OutputUnwritable
    from pipeline.export.formats import FORMATS, Options
    from pipeline.export.formats import export as make
    from pipeline.export.items import items_of_archive, items_of_files
    from pipeline.export.metadata import Dossier
    from pipeline.export.register_rows import Cover
    from pipeline.store.query import Query

    if form is None:
        width = max(map(len, FORMATS))
        print_text("\n".join(f"{one.name:{width}}  {one.title}" for one in FORMATS.values()))
        return 0
    options = Options(
        Cover(agency, parent, year, volume),
        Dossier(organ_id, year, file_notation, title),
        organ_id,
    )
    if records:
        files = make(form, items_of_files(records), options)
    else:
        with open_archive(archive, database) as kept:
            wanted = Query(query, number=number, year=year, sort="date")
            files = make(form, items_of_archive(kept, person(), wanted), options)
    for name, data in files.items():
        path = out / name
        try:
            out.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise OutputUnwritable(path, reason=error.strerror or str(error)) from error
        say(f"Đã ghi {path}")
    return 0
