"""Which mentions are one document, and which only look like it?"""

from __future__ import annotations

import pytest
from extract_pages import scanned, table, typed, zoned, zones

from pipeline.extract.citations import read_citations
from pipeline.extract.context import Context
from pipeline.layout import Flow, Zone


def numbers(context: Context) -> list[str | None]:
    return [item.value["number"] for item in read_citations(context, None)]


def read_from_picture(*lines: str) -> Context:
    context = scanned(Zone.BODY, "\n".join(lines))
    context.layout.body = Flow.of_lines(context.layout.lines_of(Zone.BODY), " ")
    return context


SHORT = [
    # (question, subject, body, numbers)
    ("a short mention of what the subject names", "Tổng kết thực hiện Nghị quyết số 13-NQ/TW",
     "Ngay sau khi Nghị quyết số 13 được ban hành, các ngành đã triển khai.", ["13-NQ/TW"]),
    ("the same serial in the body may be another's", "Kế hoạch năm 2020",
     "Thực hiện Nghị quyết số 19-NQ/TU ngày 10/12/2018 của Tỉnh ủy. Sắp xếp bộ máy theo Nghị quyết số 19;",
     ["19-NQ/TU", "19"]),
    ("another type", "Tổng kết thực hiện Nghị quyết số 13-NQ/TW", "Ngay sau khi Kết luận số 13 được ban hành.",
     ["13-NQ/TW", "13"]),
    ("another day", "Tổng kết thực hiện Nghị quyết số 13-NQ/TW ngày 16/01/2012",
     "Ngay sau khi Nghị quyết số 13 ngày 05/5/2014 được ban hành.", ["13-NQ/TW", "13"]),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "body", "wanted"), table(SHORT))
def test_short_mentions(subject: str, body: str, wanted: list[str]) -> None:
    context = zones((Zone.SUBJECT, subject), (Zone.BODY, body))
    assert numbers(context) == wanted


CUT = [
    ("a number cut by a blank is mended by its agency's code",
     "Thông tư số 06/2014/TT-TT CP ngày 31 tháng 10 năm 2014 của Thanh tra Chính phủ", ["06/2014/TT-TTCP"]),
    ("cut and whole are one", "Thông tư số 06/2014/TT-TTCP ngày 31/10/2014. Điều 4 Thông tư số 06/2014/TT-TT.",
     ["06/2014/TT-TTCP"]),
    ("one with a day of its own is another",
     "Quyết định số 12/QĐ-UBND ngày 05/01/2019 và Quyết định số 12/QĐ-UB ngày 07/3/2001", ["12/QĐ-UBND", "12/QĐ-UB"]),
    ("another serial is another", "Thông tư số 16/2014/TT-TTCP ngày 31/10/2014. Thông tư số 06/2014/TT-TTC.",
     ["16/2014/TT-TTCP", "06/2014/TT-TTC"]),
    ("a number with a year is not the one without",
     "Thông tư số 55/2011/TT-BGDĐT ngày 22/11/2011. Thông tư số 55/TT-BGDĐT ngày 22/11/2011.",
     ["55/2011/TT-BGDĐT", "55/TT-BGDĐT"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), table(CUT))
def test_numbers_that_were_cut(text: str, wanted: list[str]) -> None:
    assert numbers(read_from_picture(text)) == wanted


YEARS = [
    ("a year of no document beside the number that is meant",
     "Quyết định số 02/2015/QĐ-UBND ngày 20/01/2015 nêu trên. Quyết định 02/1025/QĐ-UBND có vị trí tăng.",
     ["02/2015/QĐ-UBND"]),
    ("of another serial", "Quyết định số 03/2015/QĐ-UBND nêu trên. Quyết định số 02/1025/QĐ-UBND có vị trí tăng.",
     ["03/2015/QĐ-UBND", None]),
    ("two that may be meant", "Quyết định số 02/2015/QĐ-UBND, Quyết định số 02/2016/QĐ-UBND. Quyết định số "
     "02/1025/QĐ-UBND có vị trí tăng.", ["02/2015/QĐ-UBND", "02/2016/QĐ-UBND", None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), table(YEARS))
def test_years_that_cannot_be(text: str, wanted: list[str | None]) -> None:
    assert numbers(zoned(Zone.BODY, text)) == wanted


BLANK = [
    ("another's report that has no number yet",
     "Tiếp thu ý kiến thẩm định của Sở Tư pháp tại Báo cáo số ...../BCTĐ-STP ngày …/…/2019.", [None]),
    ("what is not said of anybody", "Lập Báo cáo số ...../BC-STP theo mẫu.", []),
    ("what the document promulgates", "(Ban hành kèm theo Quyết định số ...../QĐ-STP của Sở Tư pháp)", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), table(BLANK))
def test_numbers_left_blank(text: str, wanted: list[None]) -> None:
    found = read_citations(zoned(Zone.BODY, text), None)
    assert [item.value["number"] for item in found] == wanted
    assert all(item.value["raw_number"] for item in found)


def test_the_documents_own_blank_number_is_no_citation() -> None:
    context = zones((Zone.NUMBER, "Số:      /TTr-STC"), (Zone.BODY, "Tờ trình số …/TTr-STC của Sở Tài chính."))
    assert numbers(context) == []


CODES = [
    ("a code that its issuer's name spells", "Thông báo số 511/TYV5-TH ngày 16/7/2019 của Chi cục Thú y vùng 5",
     ["511/TYV5-TH"]),
    ("a code that it does not spell", "Thông báo số 511/TYV5-TH ngày 16/7/2019 của Chi cục Thú y vùng 6", [None]),
    ("a code of nobody", "Thông báo số 511/TYV5-TH ngày 16/7/2019", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), table(CODES))
def test_codes_that_no_list_holds(text: str, wanted: list[str | None]) -> None:
    assert numbers(read_from_picture(text)) == wanted


TOLD = [
    ("a deed with its day", "Ngày 16/5/2016, Chính phủ ban hành Nghị quyết số 35/NQ-CP về hỗ trợ doanh nghiệp.",
     "2016-05-16", "Chính phủ"),
    ("a letter", "Ngày 02 tháng 3 năm 2020, Sở Y tế đã có Công văn số 12/SYT-NVY về khai báo.", "2020-03-02",
     "Sở Y tế"),
    ("its own day goes before", "Ngày 16/5/2016, Chính phủ ban hành Nghị quyết số 35/NQ-CP ngày 12/5/2016.",
     "2016-05-12", "Chính phủ"),
    ("what happened that day is no deed", "Ngày 16/5/2016, bão số 1 gây thiệt hại theo Báo cáo số 12/BC-UBND.",
     None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "issuer"), table(TOLD))
def test_day_and_issuer_told_before(text: str, day: str | None, issuer: str | None) -> None:
    (item,) = read_citations(zoned(Zone.BODY, text), None)
    assert (item.value["date"], item.value["issuer"]) == (day, issuer)


def test_a_sum_is_no_part_of_a_laws_name() -> None:
    context = typed("Kính gửi: Các xã.\n\nNhận xét việc thu, chi theo Luật Ngân khố 6.888.000.000 đồng.")
    assert read_citations(context, None) == []


DOUBTED = [
    ("a day in doubt is not given", {"17/1/2019": 0.3}, "529/TB-SNV", None),
    ("a number in doubt is not given", {"529/TB-SNV": 0.3}, None, "2019-01-17"),
    ("nothing in doubt", {}, "529/TB-SNV", "2019-01-17"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "doubt", "number", "iso"), DOUBTED, ids=[row[0] for row in DOUBTED])
def test_what_is_in_doubt_is_not_given(why: str, doubt: dict[str, float], number: str | None, iso: str | None) -> None:
    context = scanned(Zone.BODY, "Căn cứ Thông báo số 529/TB-SNV ngày 17/1/2019 về kết quả;", doubt=doubt)
    (found,) = read_citations(context, None)
    assert (found.value["number"], found.value["date"]) == (number, iso), why
    for name, value in (("raw_number", number), ("date", iso)):
        assert found.parts[name].status == ("extracted" if value else "unreadable")
