"""Documents of other kinds, issuers and times than the given ones, written for these questions.

Each row asks for one value of one document in ``kinds/``; what it teaches stands in its id.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.workflow.run import extract_file

KINDS = Path(__file__).parent / "kinds"


@cache
def record(name: str) -> dict[str, Any]:
    (only,) = extract_file(KINDS / f"{name}.txt").records
    return only.model_dump()


SCALARS = [
    # (document, field, value, what it teaches)
    ("xa_moi", "issuer", "Ủy ban nhân dân xã Krông Pắc", "a commune of after 01/7/2025"),
    ("chi_thi_tw", "subject", "tăng cường sự lãnh đạo của Đảng đối với công tác giáo dục cần, kiệm, liêm, chính, chí "
     "công vô tư", "«CỦA BAN BÍ THƯ» is no part of the subject"),
    ("chi_thi_tw", "issuer", "Ban Chấp hành Trung ương", "a Party header in capitals, in the lexicon's spelling"),
    ("ket_luan_tu", "subject", "công tác phòng cháy, chữa cháy rừng năm 2025", "the body that follows a subject"),
    ("ket_luan_tu", "doc_type", "kết luận", "a Party type"),
    ("thong_tu_lien_tich", "issuer", "Bộ Nội vụ - Bộ Tài chính", "two ministries on one line issue together"),
    ("lien_nganh", "issuer", "Tòa án nhân dân tối cao - Viện kiểm sát nhân dân tối cao - Bộ Công an", "three of them"),
    ("vbhn", "doc_type", "văn bản hợp nhất", "its title names what it consolidates, its number what it is"),
    ("quyet_dinh_1998", "doc_type", "quyết định", "the code tells the type, and no Party is meant"),
    ("giay_moi", "issuer", "Ủy ban nhân dân phường Bến Thành", "a ward that stands under a city since 2025"),
    ("cong_van_2003", "number", "7590/GDTrH", "a number of 2003 without an issuer"),
    ("thong_tri_mttq", "issuer", "Ban Thường trực Mặt trận Tổ quốc Việt Nam tỉnh Đồng Tháp",
     "a standing board"),
    ("ke_hoach_bang", "issuer", "Ủy ban nhân dân đặc khu Phú Quốc", "a special zone of after 01/7/2025"),
    ("bao_cao_xa", "number", "15-BC/ĐU", "a commune's Party committee"),
    ("dai_hoc", "issuer_parent", "Đại học Quốc gia Thành phố Hồ Chí Minh", "a university over a university"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "field", "value", "why"), SCALARS, ids=[row[3] for row in SCALARS])
def test_scalar(name: str, field: str, value: str, why: str) -> None:
    assert record(name)[field] == value


ASSIGNEES = [
    # (document, index of the task, assignees, what it teaches)
    ("xa_moi", 0, ["Trạm Y tế xã"], "a numbered heading without a colon"),
    ("xa_moi", 3, ["Các trường học"], "schools as a party"),
    ("chi_thi_tw", 1, ["Đảng ủy Quốc hội"], "«lãnh đạo» ends a party's name"),
    ("ket_luan_tu", 0, ["Đảng ủy Ủy ban nhân dân tỉnh"], "giao A chỉ đạo B: A"),
    ("quyet_dinh_1998", 1, ["Các Bộ trưởng", "Thủ trưởng cơ quan ngang Bộ", "Thủ trưởng cơ quan thuộc Chính phủ",
     "Chủ tịch Uỷ ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"], "the parties of a closing article"),
    ("bo_xaydung_2025", 0, ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"], "đề nghị A chỉ đạo B: A"),
    ("nghi_quyet_hdnd", 1, ["Thường trực Hội đồng nhân dân tỉnh", "các Ban của Hội đồng nhân dân tỉnh",
     "đại biểu Hội đồng nhân dân tỉnh"], "three parties of a council"),
    ("thong_bao_ket_luan", 3, ["Ủy ban nhân dân các tỉnh: Gia Lai, Lâm Đồng, Đắk Lắk"], "names after a colon"),
    ("huong_dan_doan", 1, ["Ban Phong trào Tỉnh đoàn"], "a party before a colon, its duty after it"),
    ("cong_van_2003", 1, ["các Sở"], "«Bộ hướng dẫn các Sở thực hiện như sau»"),
    ("cong_dien_ttg", 3, ["Phó Thủ tướng Trần Hồng Hà"], "a deputy prime minister by name"),
    ("nghi_dinh", 0, ["Các Bộ trưởng", "Thủ trưởng cơ quan ngang bộ",
     "Chủ tịch Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương", "các tổ chức, cá nhân có liên quan"],
     "the new wording of an amended article is no task"),
    ("quyet_dinh_ubnd_huyen_2012", 0, ["Chánh Văn phòng HĐND - UBND huyện", "Trưởng phòng Nội vụ",
     "Thủ trưởng các đơn vị có liên quan", "ông Y Ksor Niê"], "«Các ông (bà): …» and a sentence after the article"),
    ("ke_hoach_bang", 3, ["Phòng Văn hóa - Xã hội"], "a dash inside a name in a table's cell"),
    ("chi_thi_ubnd", 2, ["Công an thành phố"], "a party and a rarer verb"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "at", "assignees", "why"), ASSIGNEES, ids=[row[3] for row in ASSIGNEES])
def test_assignees(name: str, at: int, assignees: list[str], why: str) -> None:
    assert record(name)["tasks"][at]["assignees"] == assignees


NO_TASKS = [
    ("bao_cao_xa", "a report asks its superior and orders nobody"),
    ("toa_an", "what courts are told is no task"),
    ("thong_tu_lien_tich", "whom to tell of difficulties is no task"),
    ("vbhn", "«Quốc hội ban hành Luật …» directs nobody"),
    ("lien_nganh", "scope and effect direct nobody"),
]


@pytest.mark.parametrize(("name", "why"), NO_TASKS, ids=[row[1] for row in NO_TASKS])
def test_no_tasks(name: str, why: str) -> None:
    assert record(name)["tasks"] == []


def test_what_is_told_is_no_task() -> None:
    texts = [task["text"] for task in record("thong_bao_ket_luan")["tasks"]]
    assert not any("đã tích cực triển khai" in text for text in texts)


CITED = [
    # (document, number, field, value, what it teaches)
    ("chi_thi_tw", "05-CT/TW", "issuer", "Bộ Chính trị", "an issuer ends where the sentence goes on"),
    ("nghi_quyet_hdnd", "12/2022/NQ-HĐND", "relation", "replaces", "«thay thế A và bãi bỏ B»: A"),
    ("nghi_quyet_hdnd", "05/2023/NQ-HĐND", "relation", "repeals", "«thay thế A và bãi bỏ B»: B"),
    ("nghi_quyet_hdnd", "12/2022/NQ-HĐND", "issuer", "Hội đồng nhân dân tỉnh An Giang", "«và bãi bỏ» ends it"),
    ("nghi_quyet_hdnd", "1893/TTr-UBND", "relation", "proposed_by", "«Xét Tờ trình số …»"),
    ("nghi_quyet_hdnd", "156/BC-BVHXH", "relation", "refers_to", "a report of appraisal proposes nothing"),
    ("lien_nganh", "05/2005/TTLT-VKSTC-BCA-BQP", "relation", "replaces", "«hiệu lực thi hành … và thay thế»"),
    ("quyet_dinh_1998", "08/1997/QH10", "title", "Dự án trồng mới 5 triệu ha rừng", "a session before the title"),
    ("quyet_dinh_1998", "327-CT", "date", "1992-09-15", "the Chủ tịch Hội đồng Bộ trưởng's own series"),
    ("thong_tu_lien_tich", "130/2005/NĐ-CP", "via", "03/2006/TTLT-BTC-BNV", "a decree in the title of a circular"),
    ("nghi_dinh", "79/2025/NĐ-CP", "relation", "amends", "a title before governs nothing after it"),
    ("quyet_dinh_ubnd_huyen_2012", "1120/QĐ-UBND", "relation", "recalls", "«Thu hồi Quyết định số …»"),
    ("bao_cao_xa", "112-CV/TU", "title", "báo cáo định kỳ", "«…, Đảng ủy … báo cáo như sau» ends a title"),
    ("ngan_hang", "2308/NHNN-TD", "doc_type", "công văn", "TD is typed and is not TĐ"),
    ("vbhn", "03/2022/QH15", "title", "sửa đổi, bổ sung một số điều của Luật Đầu tư công, Luật Đầu tư theo phương thức "
     "đối tác công tư, Luật Đầu tư, Luật Nhà ở, Luật Đấu thầu, Luật Điện lực, Luật Doanh nghiệp, Luật Thuế tiêu thụ "
     "đặc biệt và Luật Thi hành án dân sự", "a title that lists laws by name and ends where its effect is told"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "number", "field", "value", "why"), CITED, ids=[row[4] for row in CITED])
def test_citation(name: str, number: str, field: str, value: str, why: str) -> None:
    (cited,) = [c for c in record(name)["citations"] if c["number"] == number]
    assert cited[field] == value


def test_a_law_cited_with_and_without_its_number_is_one() -> None:
    cited = record("vbhn")["citations"]
    laws = [c for c in cited if c["number"] == "59/2020/QH14" or c["title"] == "Luật Doanh nghiệp"]
    assert [c["number"] for c in laws] == ["59/2020/QH14"]


DUE = [
    ("giay_moi", ["2025-11-05T16:30"], "the hour of a meeting is no deadline, that of a report is"),
    ("cong_van_2003", ["2003-10-15", "2004-05-31"], "one bound for two days"),
    ("chi_thi_ubnd", ["2025-12-20", None, "2026-02-15", "2026-02-20T15:00"], "28 tháng Chạp; a campaign's period"),
    ("chi_thi_tw", ["2025-09-30", None], "a quarter; a report every year"),
    ("vbhn", [], "days of effect are none"),
]


@pytest.mark.parametrize(("name", "due", "why"), DUE, ids=[row[2] for row in DUE])
def test_deadlines(name: str, due: list[str | None], why: str) -> None:
    assert [d["due"] for d in record(name)["deadlines"]] == due
