"""Registers, metadata, dossier, calendar, tables, markup: what a reader of the files finds in them."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Ical
from lxml import etree
from openpyxl import load_workbook
from pyarrow import parquet

sys.path.append(str(Path(__file__).parent.parent / "store"))
from store_making import LETTER, LETTER_TEXT, TextReader, make

from pipeline.cli import main
from pipeline.export import markup, metadata, tables
from pipeline.export.calendar import calendar
from pipeline.export.cells import csv_cell, looks_like_formula, vietnamese_date
from pipeline.export.dossier import package
from pipeline.export.errors import RecordsInvalid
from pipeline.export.formats import FORMATS, Options, export
from pipeline.export.items import Item, items_of_archive, items_of_files
from pipeline.export.metadata import Dossier
from pipeline.export.register_pdf import printed
from pipeline.export.register_rows import Cover, form, rows_of
from pipeline.export.register_xlsx import workbook
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive

CLERK = Actor("Lan", Role.CLERK)
RECEIVED = {"organization": "Trường THPT", "number": "7", "date": "2021-04-15", "routing": "Văn phòng"}


def letter(**more: object) -> Item:
    return Item(make(LETTER_TEXT, **{**LETTER, **more}))


# --- cells ---


@pytest.mark.parametrize("text", ["=1+1", "+84913", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1", "=cmd|' /C calc'!A0"])
def test_text_that_a_program_could_run_is_quoted(text: str) -> None:
    assert looks_like_formula(text)
    assert csv_cell(text) == "'" + text
    item = letter(subject=text.strip())
    book = load_workbook(io.BytesIO(workbook(form("di"), rows_of("di", [item]))))
    assert {cell.data_type for row in book["Sổ"].iter_rows() for cell in row} <= {"s", "n", "inlineStr"}  # no "f"
    assert all(cell.quotePrefix for row in book["Sổ"].iter_rows() for cell in row if cell.value == text)


@given(st.text(max_size=30))
def test_no_csv_cell_begins_a_formula(text: str) -> None:
    assert not looks_like_formula(csv_cell(text))


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2021-02-03", "03/02/2021"), ("2021-06-29", "29/6/2021"), ("2021-12-31", "31/12/2021"),
     ("2021-07-05T16:30", "16:30 05/7/2021"), (None, ""), ("2021", "2021")],
)  # fmt: skip
def test_days_are_written_as_the_decree_writes_them(iso: str | None, shown: str) -> None:
    assert vietnamese_date(iso) == shown


# --- registers ---


def test_the_incoming_register_has_the_decrees_columns_and_the_stamps_number() -> None:
    book = load_workbook(io.BytesIO(workbook(form("den"), rows_of("den", [letter(received=RECEIVED)]), Cover("Sở A"))))
    sheet = book["Sổ"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]] == [f"({at})" for at in range(1, 11)]
    assert [cell.value or "" for cell in sheet[3]][:7] == [
        "15/4/2021", "07", "Sở Giáo dục và Đào tạo, UBND tỉnh Quảng Ngãi", "514/SGDĐT-VP", "14/4/2021",
        "Công văn: đảm bảo an toàn, an ninh thông tin", "Văn phòng",
    ]  # fmt: skip
    words = [cell.value for cell in book["Bìa"]["A"]]
    assert {"SỞ A", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "Năm: 2021", "Từ số 07 đến số 07"} <= set(words)


def test_without_a_stamp_the_arrival_stays_empty() -> None:
    row = rows_of("den", [letter()])[0]
    assert (row.values["arrived"], row.values["number"], row.values["handler"]) == ("", "", "")


@pytest.mark.parametrize(("name", "columns"), [("den", 10), ("di", 10), ("theo_doi", 7), ("muc_luc", 7)])
def test_every_form_prints_with_cover_and_repeated_heads(name: str, columns: int) -> None:
    import pypdfium2

    one = form(name)  # type: ignore[arg-type]
    assert len(one.columns) == columns
    items = [letter(subject="nội dung rất dài " * 40) for _ in range(12)] + [letter(subject="w" * 3000)]
    document = pypdfium2.PdfDocument(printed(one, rows_of(name, items), Cover("Sở A", "UBND tỉnh B")))  # type: ignore[arg-type]
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert one.title in texts[0]
    assert all(f"({columns})" in text for text in texts[1:])
    assert all(page.get_width() > page.get_height() for page in document)


def test_lines_of_the_book_follow_its_numbers_and_cancelled_ones_leave_the_row(tmp_path: Path) -> None:
    reader = TextReader()
    with Archive(tmp_path / "kho") as archive:
        ids = []
        for at in (1, 2):
            path = reader.plan(tmp_path, f"{at}.txt", LETTER_TEXT + str(at), {**LETTER, "number": f"51{at}/SGDĐT-VP"})
            ids += archive.add(CLERK, path, reader).records
        archive.register(CLERK, ids[1], handler="Phòng A", due="2021-05-02")
        archive.register(CLERK, ids[0])
        items = items_of_archive(archive, CLERK)
        rows = rows_of("theo_doi", items)
        assert [row.values["number"] for row in rows] == ["01", "02"]
        assert rows[0].values["due"] == "02/5/2021"
        assert rows[0].values["described"].startswith("Công văn 512/SGDĐT-VP, ngày 14/4/2021, của Sở Giáo dục")
        assert items[0].original is not None
        assert items[0].original().startswith(b"UBND")


# --- metadata ---


def test_metadata_of_an_incoming_document() -> None:
    told = metadata.describe("nd30_den", letter(received=RECEIVED, urgency="khẩn"), Dossier("H48.15", 2021, "01.VP"), 3)
    assert told.problems == []
    assert {key: told.values[key] for key in ("OrganId", "DocOrdinal", "CodeNumber", "CodeNotation", "ArrivalNumber",
                                              "Priority", "IssuedDate", "TypeName")} == {
        "OrganId": "H48.15", "DocOrdinal": 3, "CodeNumber": "514", "CodeNotation": "SGDĐT-VP", "ArrivalNumber": 7,
        "Priority": 1, "IssuedDate": "2021-04-14", "TypeName": "Công văn",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [({"subject": "x" * 501}, "Subject"), ({"issuer": "x" * 201}, "OrganName"),
     ({"number": None, "raw_number": None}, "CodeNumber"), ({"signer": {"name": "x" * 51}}, "FullName")],
)  # fmt: skip
def test_what_is_too_long_or_missing_is_said_and_kept(change: dict[str, object], said: str) -> None:
    told = metadata.describe("nd30_di", letter(**change))
    assert any(problem.startswith(said) for problem in told.problems)
    assert change.get("subject") in (None, told.values["Subject"])


def test_the_archival_record_has_the_circulars_codes() -> None:
    told = metadata.describe("tt05", letter(secrecy="mật"), Dossier("H48.15", 2021, "01.VP"), 3).values
    assert (told["typeName"], told["mode"], told["language"], told["issuedDate"]) == ("22", "03", "01", "14/04/2021")
    assert told["arcDocCode"] == "H48.15.2021.01.VP.0000003"
    assert told["maintenance"] is None


def test_metadata_is_the_same_in_json_xml_and_csv() -> None:
    told = [metadata.describe("tt05", letter())]
    plain = json.loads(metadata.as_json("tt05", told))["documents"][0]["values"]
    known = {key: str(value) for key, value in plain.items() if value is not None}
    document = etree.fromstring(metadata.as_xml("tt05", told))[0]
    assert {child.tag: child.text for child in document} == known
    row = next(csv.DictReader(io.StringIO(metadata.as_csv("tt05", told).decode("utf-8-sig"))))
    assert {key: value for key, value in row.items() if value} == known


def test_a_dossier_is_in_order_of_time_with_sums_that_hold() -> None:
    import hashlib

    items = [letter(date=None), letter(date="2021-05-01", number="2/A"), letter(date="2021-01-01", number="1/A")]
    items[2].original = lambda: b"goc"
    data = package(items, Dossier("H48", 2021, "01", "Bầu cử"))
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert data == package(items, Dossier("H48", 2021, "01", "Bầu cử"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = json.loads(archive.read("ho-so.json"))
        assert [one["CodeNumber"] for one in told["documents"]] == ["1", "2", "514"]
        assert (told["file"]["StartDate"], told["file"]["DocTotal"]) == ("2021-01-01", 3)
        assert told["file_code"] == "H48.2021.01"
        assert archive.read("van-ban/001-1_A.txt") == b"goc"
        for line in archive.read("SHA256SUMS").decode().splitlines():
            told_sum, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == told_sum


# --- calendar ---

CASES = [
    ({"kind": "due", "raw": "a", "due": "2021-05-01", "bound": "before"}, "20210501", None),
    ({"kind": "due", "raw": "b", "due": "2021-05-01T16:30"}, "20210501T163000", None),
    ({"kind": "period", "raw": "c", "start": "2021-05-01", "end": "2021-05-03"}, "20210501", None),
    ({"kind": "recurring", "raw": "d", "rule": "FREQ=MONTHLY;BYMONTHDAY=20"}, "20210420", "FREQ=MONTHLY"),
]


@pytest.mark.parametrize(("deadline", "start", "rule"), CASES)
def test_a_deadline_is_an_event_on_its_day(deadline: dict[str, object], start: str, rule: str | None) -> None:
    made = calendar([letter(deadlines=[deadline], tasks=[])])
    event = next(iter(Ical.from_ical(made.data).walk("VEVENT")))
    assert event["DTSTART"].to_ical().decode() == start
    assert (rule is None) == ("RRULE" not in event)
    assert rule is None or rule in event["RRULE"].to_ical().decode()
    if "T" in start:
        assert event["DTSTART"].dt.utcoffset().total_seconds() == 7 * 3600
        assert b"BEGIN:VTIMEZONE" in made.data


def test_uids_stay_when_other_deadlines_come_and_the_calendar_is_the_same_twice() -> None:
    def uids(*deadlines: dict[str, object]) -> set[str]:
        data = calendar([letter(deadlines=list(deadlines), tasks=[])]).data
        return {str(event["UID"]) for event in Ical.from_ical(data).walk("VEVENT")}

    assert uids(CASES[0][0]) < uids(CASES[1][0], CASES[0][0])
    assert calendar([letter()]).data == calendar([letter()]).data


def test_a_term_without_a_day_is_left_out_and_said() -> None:
    term = {"kind": "relative", "raw": "15 ngày", "days": 15, "anchor": "received"}
    made = calendar([letter(deadlines=[term], tasks=[])])
    assert (made.events, len(made.left_out)) == (0, 1)


# --- tables and markup ---


def test_tables_agree_with_the_record_in_csv_and_parquet() -> None:
    items = [letter(), letter(tasks=[], deadlines=[])]
    rows = list(csv.DictReader(io.StringIO(tables.csv_files(items)["citations.csv"].decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["14/CT-UBND", "365/STTTT"] * 2
    read = parquet.read_table(io.BytesIO(tables.parquet_files(items)["citations.parquet"])).to_pylist()
    assert [row["attached"] for row in read] == [False, True] * 2
    empty = parquet.read_table(io.BytesIO(tables.parquet_files([])["deadlines.parquet"]))
    assert empty.schema == parquet.read_table(io.BytesIO(tables.parquet_files(items)["deadlines.parquet"])).schema
    assert [json.loads(line)["id"] for line in tables.json_lines(items).splitlines()] == [i.record.id for i in items]


def test_akoma_ntoso_names_the_document_and_what_it_cites() -> None:
    root = etree.fromstring(markup.akoma_ntoso(letter().record))
    ns = {"a": markup.AKN}
    assert root.xpath("string(//a:FRBRWork/a:FRBRuri/@value)", namespaces=ns) == (
        "/akn/vn/doc/cong-van/so-giao-duc-va-dao-tao/2021-04-14/514_SGD%C4%90T-VP"
    )
    assert len(root.xpath("//a:TLCReference", namespaces=ns)) == 2
    ids = root.xpath("//@eId")
    assert len(ids) == len(set(ids))


def test_json_ld_says_the_relation_and_leaves_out_the_unknown() -> None:
    value = json.loads(markup.json_ld(letter(date=None).record))
    assert "legislationDate" not in value
    assert [one["name"] for one in value["congvan:implements"]] == ["chỉ thị 14/CT-UBND", "công văn 365/STTTT"]


# --- all formats, and the command ---


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_files_of_a_full_and_of_a_bare_record(name: str) -> None:
    bare = Item(make("x", number="1/A", raw_number="1/A", date="2021-01-01", issuer="Sở A\x00"))
    files = export(name, [letter(), bare], Options(organ_id="H48"))
    assert files
    assert all(files.values())


def test_records_in_files_come_through_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([letter().record.model_dump(mode="json")]), encoding="utf-8")
    assert [item.record.number for item in items_of_files([path])] == ["514/SGDĐT-VP"]
    assert main(["export", "ics", str(path), "--out", str(tmp_path / "ra")]) == 0
    assert b"BEGIN:VEVENT" in (tmp_path / "ra" / "thoi-han.ics").read_bytes()
    assert main(["export"]) == 0
    assert "register-in-xlsx" in capsys.readouterr().out
    assert main(["export", "khong-co", str(path)]) == 2


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"id": "x"}', "[" * 5000])
def test_what_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(RecordsInvalid):
        items_of_files([path])
