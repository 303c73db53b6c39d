"""Which verb governs a citation, and where does its government end?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.citation_relation import relation_after, relation_of, relation_of_list, strength
from pipeline.lexicon.cues import cue_groups

CITED = "Chỉ thị số 14/CT-TTg"

# (question, words before the citation, relation where the document narrates, relation where it decides)
ROWS = [
    ("implements: thực hiện", "Thực hiện ", "implements", "implements"),
    ("implements: triển khai thực hiện", "Triển khai thực hiện ", "implements", "implements"),
    ("implements: thi hành", "Thi hành ", "implements", "implements"),
    ("implements: quán triệt", "Quán triệt ", "implements", "implements"),
    ("implements: tiếp tục thực hiện", "tiếp tục thực hiện ", "implements", "implements"),
    ("based_on: căn cứ", "Căn cứ ", "based_on", "based_on"),
    ("based_on: căn cứ vào", "Căn cứ vào ", "based_on", "based_on"),
    ("replies_to: phúc đáp", "Phúc đáp ", "replies_to", "replies_to"),
    ("replies_to: trả lời", "Trả lời ", "replies_to", "replies_to"),
    ("follows", "Tiếp theo ", "follows", "follows"),
    ("proposed_by: an agency between", "Theo đề nghị của Giám đốc Sở Nội vụ tại ", "proposed_by", "proposed_by"),
    ("proposed_by: xét đề nghị tại", "Xét đề nghị tại ", "proposed_by", "proposed_by"),
    ("nothing before it", "", None, None),
    ("a verb that is no cue", "xem ", None, None),
    ("theo alone", "Sở yêu cầu các đơn vị báo cáo theo ", None, None),
    # Deciding verbs belong to the document only where it decides, or speaks of itself.
    ("repeals: only where the document decides", "bãi bỏ ", None, "repeals"),
    ("amends: only where the document decides", "sửa đổi, bổ sung ", None, "amends"),
    ("corrects: in narrative only where the document decides", "Sở Nội vụ đã đính chính ", None, "corrects"),
    ("corrects: an item that begins with it is the document's own", "2. Đính chính ", "corrects", "corrects"),
    ("recalls: only where the document decides", "thu hồi công văn ", None, "recalls"),
    ("replaces: only where the document decides", "thay thế ", None, "replaces"),
    ("promulgates: only where the document decides", "ban hành kèm theo ", None, "promulgates"),
    ("guides: only where the document decides", "quy định chi tiết ", None, "guides"),
    ("«này»: a plan replaces", "Kế hoạch này thay thế ", "replaces", "replaces"),
    ("«này»: a decision repeals", "Quyết định này bãi bỏ ", "repeals", "repeals"),
    ("«này»: words between", "Quyết định này có hiệu lực từ ngày ký và thay thế ", "replaces", "replaces"),
    ("«này»: a letter corrects", "Công văn này đính chính ", "corrects", "corrects"),
    ("«này» in the sentence before", "Quyết định này có hiệu lực. Sở đã bãi bỏ ", None, "repeals"),
    ("a proposal does not repeal", "đề nghị bãi bỏ ", None, None),
    ("a recommendation does not amend", "kiến nghị sửa đổi ", None, None),
    ("a draft does not replace", "dự thảo Quyết định thay thế ", None, None),
    # The verb must govern the citation.
    ("an object with its own source", "thực hiện quy chế dân chủ theo ", None, None),
    ("a rule in between: theo quy định tại", "triển khai các nhiệm vụ theo quy định tại ", None, None),
    ("a rule in between: được công bố tại", "thực hiện thủ tục được công bố tại ", None, None),
    ("a body set up by it", "Tiếp tục thực hiện nhiệm vụ của Ban thành lập theo ", None, None),
    ("the verb right before theo", "thực hiện theo ", "implements", "implements"),
    ("rules of a document are followed, not the document", "thực hiện theo quy định tại ", None, None),
    ("rules of a document are followed, not the document", "thực hiện theo quy định của ", None, None),
    ("rules of a document are followed, all of them", "phải thực hiện theo đúng các quy định tại Điều 5 ", None, None),
    ("what another has done", "Thực hiện chỉ đạo nêu trên, Sở Tài chính đã ban hành ", None, None),
    ("what is the verb's own goes on after a comma", "Thực hiện chỉ đạo của tỉnh, Sở Tài chính triển khai ",
     "implements", "implements"),
    ("guides: some articles of it", "hướng dẫn một số điều của ", None, "guides"),
    ("bridges keep the government", "tiếp tục thực hiện nội dung chỉ đạo tại ", "implements", "implements"),
    ("rules stated in it", "theo cấp báo động quy định tại ", None, None),
    ("a plan for carrying it out", "tham mưu kế hoạch triển khai thực hiện các chỉ tiêu đã được phê duyệt tại ",
     "implements", "implements"),
    ("what another document promulgated", "thực hiện Quy chế làm việc ban hành kèm theo ", "implements", "implements"),
    ("amending what another document promulgated", "sửa đổi Điều 4 Quy chế ban hành kèm theo ", None, "amends"),
    ("an answer given in it", "đã được UBND tỉnh trả lời tại ", None, None),
    ("years of its use", "sau hơn 04 năm thực hiện ", None, None),
    ("a colon after «số» parts nothing", "Xét Tờ trình số: ", "proposed_by", "proposed_by"),
    # About doing, not a doing.
    ("results of doing something else", "báo cáo kết quả thực hiện các nội dung ", None, None),
    ("the state of doing something else", "tình hình triển khai các nội dung của ", None, None),
    ("việc chấp hành", "việc chấp hành đúng quy định của ", None, None),
    ("results of doing the cited itself", "kết quả thực hiện ", "implements", "implements"),
    # Clauses.
    ("the sentence before", "Thực hiện chỉ đạo của tỉnh. Theo ", None, None),
    ("a semicolon", "Thực hiện nhiệm vụ; theo ", None, None),
    ("a bracket opens", "Căn cứ tình hình thực tế (thực hiện ", "implements", "implements"),
    ("đồng thời begins a clause", "thực hiện tốt công tác, đồng thời theo ", None, None),
    ("another line", "Thực hiện nhiệm vụ\ntheo ", None, None),
    ("«Đặc biệt là» goes on", "Thực hiện các văn bản chỉ đạo. Đặc biệt là ", "implements", "implements"),
    ("two verbs: the stronger wins", "Căn cứ tình hình thực tế và thực hiện ", "implements", "implements"),
    ("capitals and tone placement do not matter", "THỰC HIỆN ", "implements", "implements"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "narrating", "deciding"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_relation(before: str, narrating: str | None, deciding: str | None) -> None:
    text = before + CITED
    found = [relation_of(text, len(before), decides) for decides in (False, True)]
    assert [item and item[0] for item in found] == [narrating, deciding]


@pytest.mark.parametrize("before", ["hướng dẫn thi hành ", "hướng dẫn thực hiện "])
def test_guiding_is_not_implementing(before: str) -> None:
    found = relation_of(before + CITED, len(before), True)
    assert found is not None
    assert found[0] == "guides"


def test_the_cue_is_where_it_is_said_to_be() -> None:
    text = "Sở nhận được công văn. Phúc đáp " + CITED
    found = relation_of(text, text.index(CITED), False)
    assert found is not None
    assert text[found[1] : found[2]] == "Phúc đáp"


def test_a_verb_out_of_reach_governs_nothing() -> None:
    before = "Thực hiện " + "nhiệm vụ được giao và " * 15
    assert relation_of(before + CITED, len(before), False) is None


def test_strength_puts_doing_first_and_mere_reference_last() -> None:
    order = sorted([*cue_groups("relation"), "refers_to"], key=strength)
    assert (order[0], order[-1]) == ("implements", "refers_to")
    assert strength("based_on") < strength("refers_to")


@given(st.text("Thực hiện căn cứ.;:(\n bãi bỏ trả lời này kết quả theo ", max_size=260), st.booleans())
def test_a_cue_stands_before_its_citation(before: str, deciding: bool) -> None:
    found = relation_of(before + CITED, len(before), deciding)
    if found is not None:
        assert 0 <= found[1] < found[2] <= len(before)
        assert found[0] in cue_groups("relation")


@given(st.sampled_from([row[1] for row in ROWS]), st.text(max_size=40))
def test_what_follows_the_citation_changes_nothing(before: str, after: str) -> None:
    at = len(before)
    assert relation_of(before + CITED + " " + after, at, False) == relation_of(before + CITED, at, False)


AFTER = [
    ("what an article says of it", " hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", "repeals"),
    ("with its title between", " về lệ phí hết hiệu lực", "repeals"),
    ("in the next sentence", ". Nghị định này hết hiệu lực", None),
    ("it takes effect", " có hiệu lực từ ngày 01 tháng 7", None),
    ("far away", " " + "a " * 60 + "hết hiệu lực", None),
]


@pytest.mark.parametrize(("text", "relation"), [row[1:] for row in AFTER], ids=[row[0] for row in AFTER])
def test_relation_said_afterwards(text: str, relation: str | None) -> None:
    found = relation_after("Nghị định số 1" + text, 14, 1000)
    assert (found[0] if found else None) == relation


LISTS = [
    ("an article", "Điều 1. Bãi bỏ toàn bộ các quyết định sau đây:", "repeals"),
    ("said of the members", "3. Các văn bản sau đây hết hiệu lực:", "repeals"),
    ("replaced", "Quyết định này thay thế các quyết định sau:", "replaces"),
    ("only proposed", "Đề nghị bãi bỏ các quyết định sau:", None),
    ("no verb", "Các quyết định sau:", None),
]


@pytest.mark.parametrize(("opener", "relation"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
def test_relation_of_a_list(opener: str, relation: str | None) -> None:
    found = relation_of_list(opener, 7)
    assert (found[0] if found else None) == relation
    if found:
        assert opener[found[1] - 7 : found[2] - 7].lower() in ("bãi bỏ", "hết hiệu lực", "thay thế")
