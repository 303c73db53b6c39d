"""Which digits are a telephone number, in which form, and which only look like one."""

from __future__ import annotations

from itertools import pairwise

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.phones import find_phones

FOUND = [
    ("ĐT/Zalo: 0914121856, email", [("+84914121856", "phone")]),
    ("Điện thoại: 0982.142.211, Email", [("+84982142211", "phone")]),
    (
        "Điện thoại: (0237) 3718.699; Đường dây nóng: 0916.422.583 (đ/c Hưng)",
        [("+842373718699", "phone"), ("+84916422583", "hotline")],
    ),
    ("theo số Fax: 02693.717.564 và Email", [("+842693717564", "fax")]),
    ("- Giám đốc Sở: 0913.421376 (Đ/c Hùng)", [("+84913421376", "phone")]),  # no telephone word, but a number of today
    (
        "đường dây nóng: 02613.648.141 hoặc 0913.46.46.89",
        [("+842613648141", "hotline"), ("+84913464689", "hotline")],  # the word governs both
    ),
    ("số điện thoại: 0261.3.648.141", [("+842613648141", "phone")]),
    ("ĐT: 026.16.260.629", [("+842616260629", "phone")]),
    # area codes and prefixes of before 2017-2018 are kept
    ("ĐT: 04.22202828/0933606689", [("+84422202828", "phone"), ("+84933606689", "phone")]),
    (
        "điện thoại: 04.2220.28.28 -\next: 2090; di động: 0933.606.689;",
        [("+84422202828", "phone"), ("+84933606689", "phone")],  # the extension is no number
    ),
    ("ĐT: 0511.3822222", [("+845113822222", "phone")]),
    ("di động 01234567890", [("+841234567890", "phone")]),
    # forms from abroad
    ("Tel: (+84) 237 3718699", [("+842373718699", "phone")]),
    ("Tel: (84-24) 3936 4407", [("+842439364407", "phone")]),
    ("Tel: +84 91 342 1376", [("+84913421376", "phone")]),
    ("Tổng đài 1900 6868", [("+8419006868", "hotline")]),
    ("Ðiên thoai: 0243.936.4407", [("+842439364407", "phone")]),  # marks of the word lost
    # broken and crowded lines
    ("ĐT: 0913 421\n376", [("+84913421376", "phone")]),
    ("ĐT: 0913421376 0932532789", [("+84913421376", "phone"), ("+84932532789", "phone")]),
    ("ĐT 0913421376 5 máy lẻ", [("+84913421376", "phone")]),
    ("1 0913421376", [("+84913421376", "phone")]),  # the row's ordinal before it
    ("ĐT/Fax: 02613.544.123", [("+842613544123", "phone")]),
    ("ĐT: 0261.3544.123 - Fax: 0261.3544.456", [("+842613544123", "phone"), ("+842613544456", "fax")]),
    ("mã số thuế 0900123456, điện thoại 0243.936.4407", [("+842439364407", "phone")]),
]


@pytest.mark.parametrize(("text", "numbers"), FOUND)
def test_numbers_as_printed(text: str, numbers: list[tuple[str, str]]) -> None:
    spans = find_phones(text)
    assert [(span.e164, span.kind) for span in spans] == numbers
    assert all(text[span.start : span.end] == span.raw for span in spans)


NONE = [
    "kinh phí (8.045.415.530 đồng)",
    "1.012.345.678 đồng",
    "0912345678 đồng",  # money, though it has the digits of a number
    "Số: 0123456789/QĐ-XPHC",
    "ngày 09/02/2017",
    "09-02-2017 đến 10-02-2017",
    "CMND 024567891",
    "CCCD số 036080001234",
    "mã số thuế 0900123456",  # would be a mobile number
    "tài khoản 0301000123456",
    "04.22202828",  # an old number with no word before it may be anything
    "0389 123",
    "mã hồ sơ 0912.345.678",
    "Điện thoại: 3718.699",  # no area code: not to be guessed
    "Điện thoại: 00000000000",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_telephone(text: str) -> None:
    assert find_phones(text) == []


mobiles = st.builds(
    lambda p, n: f"{p}{n:07d}", st.sampled_from(["032", "039", "070", "081", "090", "098"]), st.integers(0, 9999999)
)
landlines = st.builds(
    lambda p, n: f"{p}3{n:06d}", st.sampled_from(["0237", "0261", "0269", "0255"]), st.integers(0, 999999)
)


def _printed(number: str, cuts: list[int], mark: str) -> str:
    ends = [0, *sorted(set(cuts)), len(number)]
    return mark.join(number[a:b] for a, b in pairwise(ends))


@settings(deadline=None)
@given(mobiles | landlines, st.lists(st.integers(3, 8), max_size=3), st.sampled_from([".", " ", "-", "\n"]))
def test_every_print_form_gives_the_same_number(number: str, cuts: list[int], mark: str) -> None:
    (span,) = find_phones(f"Điện thoại: {_printed(number, cuts, mark)}, email")
    assert span.e164 == "+84" + number[1:]


@settings(deadline=None)
@given(mobiles | landlines)
def test_libphonenumbers_own_forms_read_back(number: str) -> None:
    value = phonenumbers.parse(number, "VN")
    for form in (phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL):
        (span,) = find_phones("ĐT: " + phonenumbers.format_number(value, form))
        assert span.e164 == phonenumbers.format_number(value, phonenumbers.PhoneNumberFormat.E164)


@settings(deadline=None)
@given(st.integers(1, 10**13))
def test_money_is_never_a_number(amount: int) -> None:
    printed = f"{amount:,}".replace(",", ".")
    assert find_phones(f"kinh phí {printed} đồng") == []
    assert find_phones(f"({printed}đ)") == []


@settings(deadline=None)
@given(st.text(alphabet="0123456789 .-()/+ĐT:fax,\n", max_size=60))
def test_spans_hold_their_text_and_a_possible_number(text: str) -> None:
    for span in find_phones(text):
        assert text[span.start : span.end] == span.raw
        assert span.e164.startswith("+84")
        assert 10 <= len(span.e164) <= 13


@pytest.mark.parametrize("mark", ["1 ", "0 ", "1.", "("])
def test_a_page_of_one_mark_holds_no_number(mark: str) -> None:
    assert find_phones(mark * 50_000) == []
