"""Words whose marks recognition damaged: mended where one reading is left, else left as read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.word_mending import mend_words, without_specks
from pipeline.lexicon.fold import fold, strip_marks
from pipeline.lexicon.official_words import misread_phrases, official_words

MENDED = [
    # (as read from a scan, as the paper says)
    ("các phòng, ban, đoàn thê", "các phòng, ban, đoàn thể"),
    ("UBND các xã, thị trân", "UBND các xã, thị trấn"),
    ("Đối tương tuyên truyền", "Đối tượng tuyên truyền"),
    ("xác định chỉ phí trực tiếp", "xác định chi phí trực tiếp"),
    ("xây dựng quy chế chỉ tiêu nội bộ", "xây dựng quy chế chi tiêu nội bộ"),
    ("rà soát việc chỉ chế độ", "rà soát việc chi chế độ"),
    ("các khoản thu, chỉ đóng góp", "các khoản thu, chi đóng góp"),
    ("TÔ CHỨC THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
    ("người có thâm quyền", "người có thẩm quyền"),
    ("đẩy mạnh công tác tô\nchức", "đẩy mạnh công tác tổ\nchức"),
    ("chỉ đạo đề xử lý kịp thời", "chỉ đạo để xử lý kịp thời"),
    ("các Ban HDND tỉnh, BCD huyện", "các Ban HĐND tỉnh, BCĐ huyện"),
]

LEFT = [
    ("tại khoản 1 Điều 3", "a word beside anything: 'tài khoản' is not meant"),
    ("cơ quan cấp tỉnh", "a pair that does stand side by side"),
    ("các chỉ tiêu kế hoạch", "'chỉ tiêu' is a word of its own"),
    ("thành phần gồm: chỉ huy trưởng", "'chỉ huy' is a word of its own"),
    ("vấn đề xử lý nước thải", "'đề' ends a word before the phrase"),
    ("ông Nguyễn Văn Thâm", "a name: the second syllable alone has a capital"),
    ("ông Trần Đình Chi", "a name that a mark would make a word"),
    ("đoàn, thê", "not side by side"),
    ("hàng hóa để xuất khẩu", "the phrase's last syllable belongs to the next word"),
    ("Quyết định số 69-QĐ/TƯ ngày 17", "a part of a ký hiệu"),
    ("thông báo đình công", "both syllables are a word"),
    ("dập dịch DTLCP", "no short form has a Đ there"),
    ("Số: 12/HDND-VP", "a part of a ký hiệu, which has rules of its own"),
    ("kiểm tra, đôn đốc", "a clean text"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("read", "meant"), MENDED, ids=[read for read, _ in MENDED])
def test_mended(read: str, meant: str) -> None:
    assert mend_words(read) == meant


@pytest.mark.parametrize(("text", "why"), LEFT, ids=[why for _, why in LEFT])
def test_left_as_read(text: str, why: str) -> None:
    assert mend_words(text) == text


def test_a_phrase_and_its_meaning_have_the_same_letters() -> None:
    for read, meant in misread_phrases().items():
        assert len(read) == len(meant)
        assert strip_marks(read) == strip_marks(meant)


def test_official_words_are_left_as_they_are() -> None:
    changed = [word for pair in official_words() if (word := " ".join(pair)) != mend_words(word)]
    assert changed == []


@given(st.lists(st.sampled_from(sorted({s for pair in official_words() for s in pair})), max_size=12).map(" ".join))
def test_only_marks_change_and_once_is_enough(text: str) -> None:
    mended = mend_words(text)
    assert len(mended) == len(text)
    assert strip_marks(mended) == strip_marks(text)
    assert mend_words(mended) == mended


@given(st.text(max_size=80))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(mend_words(text)) == len(text)


@given(st.sampled_from(sorted(official_words())))
def test_capitals_stay_capitals(pair: tuple[str, str]) -> None:
    word = " ".join(pair).upper()
    assert fold(word) == " ".join(pair)
    assert mend_words(word) == word


SPECKS = [
    # (question, read, meant)
    ("between small letters", "công tác phòng, chống. dịch bệnh", "công tác phòng, chống dịch bệnh"),
    ("with a blank before it", "Báo cáo tài . chính năm", "Báo cáo tài chính năm"),
    ("the end of a sentence", "đã thực hiện. Các xã báo cáo", "đã thực hiện. Các xã báo cáo"),
    ("a short form", "TP. hồ nước", "TP. hồ nước"),
    ("and so on", "nước uống v.v. và các khoản", "nước uống v.v. và các khoản"),
    ("a number", "khoản 1. và khoản 2", "khoản 1. và khoản 2"),
    ("an address", "vanphong. gov vn", "vanphong. gov vn"),
    ("the end of the text", "theo quy định.", "theo quy định."),
]


@pytest.mark.parametrize(("read", "meant"), [row[1:] for row in SPECKS], ids=[row[0] for row in SPECKS])
def test_stops_inside_a_sentence(read: str, meant: str) -> None:
    assert without_specks(read) == meant
