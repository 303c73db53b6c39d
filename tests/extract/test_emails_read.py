"""Is an e-mail address that recognition read certain enough to be given?"""

from __future__ import annotations

import pytest
from extract_pages import scanned, table, typed

from pipeline.extract.emails import settled_email
from pipeline.language.emails import find_emails
from pipeline.layout import Zone

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
    assert settled_email(flow, find_emails(flow.text)[0], context) == expected


def test_typed_is_taken_as_it_stands() -> None:
    context = typed("Địa chỉ\nEmail: nghhoang@quangngai.gov.vn")
    flow = context.body if find_emails(context.body.text) else context.zone(Zone.CONTACT)
    assert settled_email(flow, find_emails(flow.text)[0], context) == "nghhoang@quangngai.gov.vn"
