"""Exports: every format over a search or one record, and the calendar feed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath
from fastapi import Query as Parameter

from pipeline.api.access import Exporter
from pipeline.api.answers import Day, MaybeText, Offset, Text, Year, answer, files_answer, tagged
from pipeline.api.record_routes import RecordId
from pipeline.errors import UsageError
from pipeline.export.calendar import calendar
from pipeline.export.formats import FORMATS, Options, export
from pipeline.export.items import item_of_archive, items_of_archive
from pipeline.export.metadata import Dossier
from pipeline.export.register_rows import Cover
from pipeline.store.query import Query

router = APIRouter(prefix="/api/v1", tags=["Xuất"])
FormatName = Annotated[str, InPath(max_length=40, examples=["register-in-xlsx"])]
MOST = 5000
"""Documents in one export."""


@router.get("/exports", summary="Các dạng xuất")
def formats(request: Request, who: Exporter) -> Response:
    listed = [{"name": one.name, "title": one.title, "media_type": one.media_type} for one in FORMATS.values()]
    return answer(request, {"formats": listed})


def _known(name: str) -> str:
    if name not in FORMATS:
        raise UsageError(reason=f"không có dạng «{name}»")
    return FORMATS[name].media_type


@router.get("/exports/{name}", summary="Xuất các văn bản tìm thấy")
def many(
    request: Request, who: Exporter, name: FormatName, q: Text = "", issuer: MaybeText = None,
    doc_type: MaybeText = None, number: MaybeText = None, year: Year = None, date_from: Day = None, date_to: Day = None,
    agency: Text = "", parent: Text = "", volume: Text = "", organ_id: Text = "", file_notation: Text = "",
    title: Text = "", limit: Annotated[int, Parameter(ge=1, le=MOST)] = 200, offset: Offset = 0,
) -> Response:  # fmt: skip
    """Một tệp, hoặc ZIP khi dạng ấy gồm nhiều tệp. `agency`, `parent`, `volume` ghi lên bìa sổ."""
    media_type = _known(name)
    query = Query(q, issuer=issuer, doc_type=doc_type, number=number, year=year, date_from=date_from, date_to=date_to,
                  sort="date", offset=offset)  # fmt: skip
    items = items_of_archive(who.archive, who.actor, query, limit)
    options = Options(Cover(agency, parent, year, volume), Dossier(organ_id, year, file_notation, title), organ_id)
    return files_answer(request, name, export(name, items, options), media_type)


@router.get("/records/{record_id}/exports/{name}", summary="Xuất một văn bản")
def one(request: Request, who: Exporter, record_id: RecordId, name: FormatName, organ_id: Text = "") -> Response:
    media_type = _known(name)
    item = item_of_archive(who.archive, who.actor, record_id)
    return files_answer(request, name, export(name, [item], Options(organ_id=organ_id)), media_type)


@router.get("/calendar.ics", summary="Lịch thời hạn để điện thoại, máy tính theo dõi")
def feed(
    request: Request, who: Exporter, year: Year = None, issuer: MaybeText = None, doc_type: MaybeText = None
) -> Response:
    """Chương trình lịch gửi khóa bằng Basic: tên bất kỳ, mật khẩu là khóa."""
    query = Query("", year=year, issuer=issuer, doc_type=doc_type, sort="date")
    made = calendar(items_of_archive(who.archive, who.actor, query, MOST))
    return tagged(request, made.data, "text/calendar", {"X-Left-Out": str(len(made.left_out))})
