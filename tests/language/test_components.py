"""What stands on a Doc after the pipeline, and what is left of it when the Doc is gone?"""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language.nlp import analyse, nlp
from pipeline.language.spans import FINDERS, TextSpan

LETTER = (
    "Thực hiện Công văn số 359/STTTT-BCVT ngày 23/3/2020 của Sở TT&TT Gia Lai; UBND thành phố giao đ/c Nguyễn Văn Nam,"
    " điện thoại 0982.142.211, fax (0269) 3717.564, email: nam.nv@gialai.gov.vn báo cáo trước ngày 30/6."
)


FOUND = [
    ("agencies", "AGENCY", "Sở TT&TT Gia Lai", None, ("stttt",)),
    ("agencies", "AGENCY", "UBND thành phố", None, ("ubnd-tinh", "ubnd-huyen")),  # the text leaves it open
    ("dates", "DATE", "ngày 23/3/2020", "2020-03-23", ()),
    ("dates", "DATE", "ngày 30/6", None, ()),  # no year: no value
    ("references", "DOCUMENT", "Công văn số 359/STTTT-BCVT ngày 23/3/2020", "359/STTTT-BCVT", ()),
    ("persons", "PERSON", "Nguyễn Văn Nam", "Nguyễn Văn Nam", ()),
    ("contacts", "PHONE", "0982.142.211", "+84982142211", ()),
    ("contacts", "FAX", "(0269) 3717.564", "+842693717564", ()),
    ("contacts", "EMAIL", "nam.nv@gialai.gov.vn", "nam.nv@gialai.gov.vn", ()),
]


@pytest.mark.parametrize(("group", "label", "text", "value", "ids"), FOUND)
def test_each_group_holds_its_spans(group: str, label: str, text: str, value: str | None, ids: tuple[str, ...]) -> None:
    start = LETTER.index(text)
    assert TextSpan(start, start + len(text), label, text, value, ids) in analyse(LETTER).spans[group]


def test_entities_do_not_overlap_and_the_longer_one_stays() -> None:
    entities = analyse(LETTER).entities
    assert all(left.end <= right.start for left, right in pairwise(entities))
    assert "Công văn số 359/STTTT-BCVT ngày 23/3/2020" in [entity.text for entity in entities]
    assert "ngày 23/3/2020" not in [entity.text for entity in entities]


def test_words_are_the_tokens_without_blanks() -> None:
    words = [LETTER[start:end] for start, end in analyse(LETTER).words]
    assert words[:4] == ["Thực hiện", "Công văn", "số", "359/STTTT-BCVT"]
    assert "".join(words).replace(" ", "") == LETTER.replace(" ", "")


def test_a_span_that_ends_inside_a_token_keeps_its_own_offsets() -> None:
    """The segmenter takes "qua" into the word before it; the agency's name still ends where it ends."""
    text = "hướng dẫn tại Sở Thông tin và Truyền thông qua Cổng"
    doc = Doc(nlp().vocab, words=["hướng dẫn", "tại", "Sở", "Thông tin và Truyền thông qua", "Cổng"])
    assert doc.text.rstrip() == text
    span = nlp().get_pipe("congvan_agencies")(doc).spans["agencies"][0]
    assert span.text == "Sở Thông tin và Truyền thông qua"
    assert span._.found == TextSpan(14, 42, "AGENCY", "Sở Thông tin và Truyền thông", None, ("stttt",))


def test_the_knowledge_base_key_is_given_only_where_one_agency_is_certain() -> None:
    doc = nlp()(LETTER)
    assert [(span.text, span.kb_id_) for span in doc.spans["agencies"]] == [
        ("Sở TT&TT Gia Lai", "stttt"),
        ("UBND thành phố", ""),
    ]


def test_a_span_of_somebody_else_holds_nothing() -> None:
    doc = nlp()(LETTER)
    assert doc[0:1]._.found is None


def test_a_doc_survives_its_serialisation() -> None:
    doc = nlp()(LETTER)
    again = Doc(nlp().vocab).from_bytes(doc.to_bytes())
    assert again.text == LETTER
    assert [span._.found for span in again.spans["agencies"]] == [span._.found for span in doc.spans["agencies"]]


def test_a_pipeline_on_disk_is_the_same_pipeline(tmp_path: object) -> None:
    nlp().to_disk(str(tmp_path))
    again = spacy.load(str(tmp_path))
    assert isinstance(again, Language)
    assert again.pipe_names == nlp().pipe_names
    assert [ent.text for ent in again(LETTER).ents] == [ent.text for ent in nlp()(LETTER).ents]


def test_factories_take_another_key() -> None:
    blank = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "congvan.vietnamese.v1"}}})
    blank.add_pipe("congvan_dates", config={"spans_key": "days"})
    doc = blank(LETTER)
    assert [span.text for span in doc.spans["days"]] == ["ngày 23/3/2020", "ngày 30/6"]


def test_the_pipeline_is_built_once_and_only_when_asked_for() -> None:
    assert nlp() is nlp()
    code = "import sys, pipeline.language.nlp; sys.exit('spacy' in sys.modules or 'underthesea' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_texts_leave_nothing_behind_in_the_vocabulary() -> None:
    analyse("chữ đầu tiên")
    before = len(nlp().vocab.strings)
    for number in range(50):
        analyse(f"từlạ{number}xyz chưa từng thấy{number}")
    assert len(nlp().vocab.strings) == before


def test_several_threads_at_once() -> None:
    texts = [LETTER.replace("359", str(number)) for number in range(400, 424)]
    results: dict[int, str | None] = {}

    def work(at: int) -> None:
        results[at] = analyse(texts[at]).spans["references"][0].value

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {at: f"{400 + at}/STTTT-BCVT" for at in range(len(texts))}


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from([LETTER, "Sở Y tế", "ngày 05", "/UBND", "\r\n", "\u200b", " ", "30/6", "đ/c Lê A", "@"]),
        max_size=6,
    ).map("".join)
)
@settings(max_examples=80, deadline=None)
def test_every_span_gives_its_text(text: str) -> None:
    analysis = analyse(text)
    for group, spans in analysis.spans.items():
        assert group in FINDERS
        assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(text[span.start : span.end] == span.text for span in analysis.entities)
    assert [text[start:end].isspace() for start, end in analysis.words].count(True) == 0
