"""Is an e-mail address that recognition read certain enough to be given?"""

from __future__ import annotations

import pytest
from extract_pages import scanned, table, typed

from pipeline.extract.emails import settled_emails
from pipeline.language.emails import find_emails
from pipeline.layout import Zone
from pipeline.read.model import Reread

LINE = "Email: {}"
CASES: list[tuple[str, str, tuple[str, ...], str | None]] = [
    ("both readings agree", "pctt@quangbinh.gov.vn", ("pctt@quangbinh.gov.vn",), "pctt@quangbinh.gov.vn"),
    ("a bracket for a part of the @", "tkns(@mof.gov.vn", ("tkns@mof.gov.vn",), "tkns@mof.gov.vn"),
    ("the engine's sign for g", "ungcuusuco@thanhhoa.gov.vn", ("unøcuusuco@thanhhoa.gov.vn",),
     "ungcuusuco@thanhhoa.gov.vn"),
    ("two of three decide", "nhuan@quangngai.edu.vn", ("ndhuan@quangngai.edu.vn", "ndhuan@quangngai.edu.vn"),
     "ndhuan@quangngai.edu.vn"),
    ("readings differ", "ndhuan@quangngai.edu.vn", ("nhuan@quangngai.edu.vn",), None),
    ("g among initials may be q", "nghhoang@quangngai.gov.vn", ("nghhoang@quangngai.gov.vn",), None),
    ("no second reading", "pctt@quangbinh.gov.vn", (), None),
]  # fmt: skip


@pytest.mark.parametrize(("first", "again", "expected"), table(CASES))
def test_scanned(first: str, again: tuple[str, ...], expected: str | None) -> None:
    context = scanned(Zone.CONTACT, LINE.format(first), rereads=tuple(LINE.format(text) for text in again))
    flow = context.zone(Zone.CONTACT)
    assert [e.address for e in settled_emails(flow, context)] == ([expected] if expected else [])


def test_typed_is_taken_as_it_stands() -> None:
    context = typed("Địa chỉ\nEmail: nghhoang@quangngai.gov.vn")
    flow = context.body if find_emails(context.body.text) else context.zone(Zone.CONTACT)
    assert [e.address for e in settled_emails(flow, context)] == ["nghhoang@quangngai.gov.vn"]


UNDERLINED = "nguventhuhane(@moføsov.vn"
OTHERS: list[tuple[str, tuple[str, ...], tuple[str, ...], str, str | None]] = [
    ("name by two makes, domain by another address", ("nguyenthuhang(2mofsov.vn", "neuyenthuhang()moføov.vn"),
     ("nguyenthuhang(Qmof.gov.vn", "nguyenthuhang(@mof.gov.vn", "nguyenthuhang(Qmofgov.vn"), "mof.gov.vn",
     "nguyenthuhang@mof.gov.vn"),
    ("no other address of the domain", ("nguyenthuhang(2mofsov.vn", "neuyenthuhang()moføov.vn"),
     ("nguyenthuhang(Qmof.gov.vn", "nguyenthuhang(@mof.gov.vn", "nguyenthuhang(Qmofgov.vn"), "moet.gov.vn", None),
    ("domain by two makes", ("nguyenthuhang(2mof.gov.vn", "neuyenthuhang()moføov.vn"),
     ("nguyenthuhang(Qmof.gov.vn", "nguyenthuhang(@mof.gov.vn", ""), "moet.gov.vn", "nguyenthuhang@mof.gov.vn"),
    ("nobody else says the name", ("neuyenthuhang(2mofsov.vn", "neuyenthuhang()moføov.vn"),
     ("nguyenthuhang(Qmof.gov.vn", "nguyenthuhang(@mof.gov.vn", "nguyenthuhang(Qmof.gov.vn"), "mof.gov.vn", None),
    ("one framing is no word", ("nguyenthuhang(2mof.gov.vn", "nguyenthuhang(2"),
     ("nguyenthuhang(Qmof.gov.vn", "nguyenthuhane(@mof.gov.vn", "nguyenthuhanq(Qmofgov.vn"), "mof.gov.vn", None),
    ("an l that may be a one", ("nguyenthuhal(2mof.gov.vn", "nguyenthuha]l(@mofsov.vn"),
     ("nguyenthuhal(Qmof.gov.vn", "nguyenthuhal(@mof.gov.vn", "nguyenthuhal@mofgov.vn"), "mof.gov.vn", None),
]  # fmt: skip


@pytest.mark.parametrize(("again", "others", "domain", "expected"), table(OTHERS))
def test_an_address_on_a_line(
    again: tuple[str, ...], others: tuple[str, ...], domain: str, expected: str | None
) -> None:
    known = f"tkns@{domain}"
    context = scanned(Zone.CONTACT, f"Email: {known}\nEmail: {UNDERLINED}", rereads=())
    page = context.zone(Zone.CONTACT).locate(0, 5)[0].page
    first, second = page.text.index(known), page.text.index(UNDERLINED)
    page.rereads = [
        Reread(first, first + len(known), (known,)),
        Reread(second, second + len(UNDERLINED), again, others),
    ]
    flow = context.zone(Zone.CONTACT)
    assert [e.address for e in settled_emails(flow, context)] == [known, *([expected] if expected else [])]
