"""Where does each addressee and recipient begin and end, and for what purpose do they get the document?"""

from __future__ import annotations

import pytest
from extract_pages import table, zoned
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.lists import read_addressees, read_recipients
from pipeline.layout import Zone

DISTRIBUTION = [
    ("with dashes", "- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.", [("Như trên", None), ("Sở Nội vụ", None)], ["VT"]),
    ("a purpose in a bracket", "- UBND tỉnh (b/c);\n- Lưu: VT.", [("UBND tỉnh", "báo cáo")], ["VT"]),
    ("a purpose behind a dash", "- UBND tỉnh - b/c;\n- Lưu VT", [("UBND tỉnh", "báo cáo")], ["VT"]),
    ("another note stays in the name", "- Sở Nội vụ (theo dõi);\n- Lưu: VT.", [("Sở Nội vụ (theo dõi)", None)], ["VT"]),
    ("without dashes", "Như trên;\nUBND tỉnh;\nLưu VT.", [("Như trên", None), ("UBND tỉnh", None)], ["VT"]),
    ("commas end the items of the Party's lists, and one lost its dash",
     "- Các tỉnh ủy,\n- Các ban đảng,\nđảng đoàn,\nCác đảng ủy đơn vị,\n- Lưu Văn phòng.",
     [("Các tỉnh ủy", None), ("Các ban đảng, đảng đoàn", None), ("Các đảng ủy đơn vị", None)], ["Văn phòng"]),
    ("a comma inside an item of a list with semicolons", "- Các sở, ban,\nThanh tra tỉnh;\n- UBND tỉnh;\n- Lưu: VT",
     [("Các sở, ban, Thanh tra tỉnh", None), ("UBND tỉnh", None)], ["VT"]),
    ("an item over two lines", "- Các sở, ban,\nngành;\n- Lưu: VT", [("Các sở, ban, ngành", None)], ["VT"]),
    ("a colon inside", "- VP: CVP, PCVP;\n- Lưu: VT", [("VP: CVP, PCVP", None)], ["VT"]),
    ("a brace carries its note to all its lines", "- TT Tỉnh ủy }\n- UBND tỉnh } (để b/c)\n- Lưu VT",
     [("TT Tỉnh ủy", "báo cáo"), ("UBND tỉnh", "báo cáo")], ["VT"]),
    ("one line", "Như trên", [("Như trên", None)], []),
    ("three archives", "- Lưu: VT, VP, ndh.", [], ["VT", "VP", "ndh"]),
    ("a bracket in the archive", "- Lưu: VT, KGVX(H).", [], ["VT", "KGVX(H)"]),
    ("commas inside a bracket do not part", "- Lưu: VT, (VX, 2b).", [], ["VT", "(VX, 2b)"]),
    ("the archive without a colon", "- Lưu VT", [], ["VT"]),
    ("a bar beside the list", "- Sở Nội vụ:!\n- Lưu: VT.", [("Sở Nội vụ", None)], ["VT"]),
    ("nothing", "", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "archive"), table(DISTRIBUTION))
def test_recipients(text: str, names: list[tuple[str, str | None]], archive: list[str]) -> None:
    head = "Nơi nhận: " if text == "Như trên" else "Nơi nhận:\n"
    distribution, kept = read_recipients(zoned(Zone.RECIPIENTS, head + text))
    assert [(item.value["name"], item.value["purpose"]) for item in distribution] == names
    assert [item.value for item in kept] == archive


ADDRESSEES = [
    ("one, on the line", "Kính gửi: Sở Nội vụ", ["Sở Nội vụ"]),
    ("dashes", "Kính gửi:\n- UBND các xã;\n- Các sở, ban, ngành.", ["UBND các xã", "Các sở, ban, ngành"]),
    ("semicolons", "Kính gửi:\nSở Nội vụ;\nSở Tài chính.", ["Sở Nội vụ", "Sở Tài chính"]),
    ("one over two lines", "Kính gửi: Các trường trung học\nphổ thông", ["Các trường trung học phổ thông"]),
    ("a tờ trình", "Kính trình: Ban Thường vụ", ["Ban Thường vụ"]),
    ("capitals", "KÍNH GỬI: UBND TỈNH", ["UBND TỈNH"]),
    ("also to", "Đồng kính gửi: UBND tỉnh", ["UBND tỉnh"]),
    ("a telegram", "ĐIỆN: Chủ tịch UBND các huyện", ["Chủ tịch UBND các huyện"]),
    ("a blank", "Kính gửi:", []),
    ("dots for a blank", "Kính gửi: ..........", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), table(ADDRESSEES))
def test_addressees(text: str, names: list[str]) -> None:
    assert [item.value for item in read_addressees(zoned(Zone.ADDRESSEES, text))] == names


def test_two_addressees_on_one_line() -> None:
    found = read_addressees(zoned(Zone.ADDRESSEES, "Kính gửi: Sở Nội vụ; Sở Tài chính."))
    assert [item.value for item in found] == ["Sở Nội vụ", "Sở Tài chính"]


names = st.lists(st.sampled_from(["Sở Nội vụ", "UBND tỉnh", "Công an tỉnh", "Các xã, phường"]), min_size=1, max_size=6)


@given(names, st.sampled_from(["- ", "– ", "+ "]), st.sampled_from([";", ""]))
def test_every_item_of_a_list_comes_back(wanted: list[str], bullet: str, end: str) -> None:
    lines = "\n".join(bullet + name + end for name in wanted)
    assert [item.value for item in read_addressees(zoned(Zone.ADDRESSEES, "Kính gửi:\n" + lines))] == wanted
    distribution, archive = read_recipients(zoned(Zone.RECIPIENTS, f"Nơi nhận:\n{lines}\n- Lưu: VT."))
    assert [item.value["name"] for item in distribution] == wanted
    assert [item.value for item in archive] == ["VT"]
