"""Which addresses are read, which damage is mended because it has one reading, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.emails import find_emails

FOUND = [
    # (text, address, mended)
    ("email: ndhuan@quangngai.edu.vn để theo dõi", "ndhuan@quangngai.edu.vn", False),
    ("và Email: minhnv.stttt@gialai.gov.vn để Sở", "minhnv.stttt@gialai.gov.vn", False),
    ("Hộp thư điện tử: ungcuusuco@thanhhoa.gov.vn.", "ungcuusuco@thanhhoa.gov.vn", False),  # the stop is the sentence's
    ("(qua hộp thư a.b@x.gov.vn)", "a.b@x.gov.vn", False),
    ("Email:abc@mof.gov.vn;ĐT", "abc@mof.gov.vn", False),  # glued on both sides
    ("abc@gmail.com. Công ty", "abc@gmail.com", False),
    ("Truongha241286@gmail.com", "Truongha241286@gmail.com", False),
    # broken over lines or by blanks, and known to be so
    ("gửi về abc@mof.\ngov.vn trước", "abc@mof.gov.vn", True),
    ("a@mof. gov.vn", "a@mof.gov.vn", True),
    ("abc@daknong.gov .vn;", "abc@daknong.gov.vn", True),
    ("Email: abc@\nmof.gov.vn", "abc@mof.gov.vn", True),
    ("Email: abc @mof.gov.vn", "abc@mof.gov.vn", True),
    ("nqhhoang-\nstttt@quangngai.gov.vn", "nqhhoang-stttt@quangngai.gov.vn", True),
    ("Email: minhnv. stttt@gialai.gov.vn", "minhnv.stttt@gialai.gov.vn", True),
    # "@" written out, or misread
    ("x(at)gmail.com", "x@gmail.com", True),
    ("x [at] gmail.com", "x@gmail.com", True),
    ("tkns(@mof.gov.vn hoặc", "tkns@mof.gov.vn", True),
    ("tkns(ðmof.gov.vn.", "tkns@mof.gov.vn", True),
    ("mail: Truongha241286@)gmail.com", "Truongha241286@gmail.com", True),
    ("ubnd©daknong.gov.vn", "ubnd@daknong.gov.vn", True),
    ("nguyenthuha1@mofgov.vn để", "nguyenthuha1@mof.gov.vn", True),  # nobody but the state is under gov.vn
    # not mended: a sentence may begin there
    ("gửi về. abc@x.vn", "abc@x.vn", False),
    ("abc@mof.gov.vn. vn là", "abc@mof.gov.vn", False),
    ("a@gmail.com.\ncom thế", "a@gmail.com", False),
]


@pytest.mark.parametrize(("text", "address", "mended"), FOUND)
def test_addresses(text: str, address: str, mended: bool) -> None:
    (span,) = find_emails(text)
    assert (span.address, span.mended) == (address, mended)
    assert text[span.start : span.end] == span.raw


def test_a_markdown_link_is_one_address() -> None:
    text = "Email: [nqhhoang-stttt@quangngai.gov.vn](mailto:nqhhoang-stttt@quangngai.gov.vn)."
    assert [span.address for span in find_emails(text)] == ["nqhhoang-stttt@quangngai.gov.vn"]


def test_several_addresses_keep_their_order() -> None:
    text = "email: nguyenthuhang@mof.gov.vn hoặc chị Hà, email:\nnguyenthuha1@mof.gov.vn"
    assert [span.address for span in find_emails(text)] == ["nguyenthuhang@mof.gov.vn", "nguyenthuha1@mof.gov.vn"]


NONE = [
    "http://stttt.gialai.gov.vn",
    "https://user@host.vn/trang",
    "giá 5@ 3.000",
    "a@b",
    "nguyen thu @mof.gov.vn",  # where does the address begin?
    "nguyenthuhane(mofsov.vn",  # the sign is gone
    "@mof.gov.vn",
    "a@1.2.3",
    "(a) Sở Tài chính",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address(text: str) -> None:
    assert find_emails(text) == []


local = st.from_regex(r"[a-z][a-z0-9]{0,6}(\.[a-z0-9]{1,6})?", fullmatch=True)
domain = st.builds(
    lambda name, tail: f"{name}.{tail}",
    st.from_regex(r"[a-z]{2,8}(?<!gov)", fullmatch=True),
    st.sampled_from(["gov.vn", "edu.vn", "com", "com.vn", "daknong.gov.vn"]),
)


@settings(deadline=None)
@given(local, domain, st.sampled_from(["Email: {}", "({})", "{};", "<{}>", "gửi về {}, ", "{}."]))
def test_a_clean_address_reads_back_from_any_surroundings(name: str, host: str, form: str) -> None:
    (span,) = find_emails(form.format(f"{name}@{host}"))
    assert (span.address, span.mended) == (f"{name}@{host}", False)


@settings(deadline=None)
@given(local, domain, st.sampled_from(["@ ", " @", " @ ", "@\n", "(at)", "(@", "@)", "©"]))
def test_a_damaged_sign_after_the_word_email_reads_back(name: str, host: str, sign: str) -> None:
    (span,) = find_emails(f"Email: {name}{sign}{host}; ĐT")
    assert (span.address, span.mended) == (f"{name}@{host}", True)


@settings(deadline=None)
@given(st.text(alphabet="ab1.@ ()-_\nvngo:/[]ðé", max_size=50))
def test_spans_hold_their_text_and_one_sign(text: str) -> None:
    for span in find_emails(text):
        assert text[span.start : span.end] == span.raw
        assert span.address.count("@") == 1
        assert not set(span.address) & set(" \n()[]ðé")
