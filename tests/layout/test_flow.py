"""Does a flow's text lead back to the pages' own text, whatever it was assembled of?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_cases import CASES
from layout_pages import set_pages, text_pages

from pipeline.layout import analyse
from pipeline.layout.flow import Flow, PageLine
from pipeline.read.markup import build_page
from pipeline.read.model import Page


def page_lines(*texts: str) -> list[PageLine]:
    pages = [build_page(text, number) for number, text in enumerate(texts, 1)]
    return [PageLine(page, line) for page in pages for line in page.lines]


def squeezed(text: str) -> str:
    return "".join(text.split())


_TEXT = st.text(alphabet="aốĐ ,.\n\t-1/", max_size=60)
_JOINTS = st.sampled_from([" ", "\n", "", "; "])


@given(st.lists(_TEXT, max_size=4), st.data())
@settings(max_examples=300)
def test_located_spans_hold_the_flows_text(texts: list[str], data: st.DataObject) -> None:
    """Modulo white space, and the joints that the flow puts in."""
    lines = page_lines(*texts)
    flow = Flow()
    flow.extend((line, data.draw(st.sampled_from([" ", "\n"]))) for line in lines)
    start = data.draw(st.integers(0, len(flow.text)))
    end = data.draw(st.integers(start, len(flow.text)))
    spans = flow.locate(start, end)
    assert squeezed("".join(span.text for span in spans)) == squeezed(flow.text[start:end])
    for span in spans:
        assert 0 <= span.start < span.end <= len(span.page.text)
        assert span.text == span.text.strip()
    order = [(span.page.number, span.start, span.end) for span in spans]
    assert order == sorted(order)
    for left, right in pairwise(spans):
        # What meets in the raw text with only white space between is one span.
        assert left.page is not right.page or left.page.text[left.end : right.start].strip()


@given(st.lists(_TEXT, min_size=1, max_size=3), _JOINTS)
def test_a_flow_changes_no_character(texts: list[str], joint: str) -> None:
    lines = page_lines(*texts)
    assert Flow.of_lines(lines, joint).text == joint.join(line.text for line in lines)


def test_a_span_over_two_lines_of_one_page_is_one() -> None:
    flow = Flow.of_lines(page_lines("ngày 30 tháng 6\nnăm 2020 và"), " ")
    assert flow.text == "ngày 30 tháng 6 năm 2020 và"
    (span,) = flow.locate(0, len("ngày 30 tháng 6 năm 2020"))
    assert span.text == "ngày 30 tháng 6\nnăm 2020"


def test_a_span_over_two_pages_is_two() -> None:
    flow = Flow.of_lines(page_lines("báo cáo Ủy", "ban nhân dân"), " ")
    assert [(span.page.number, span.text) for span in flow.locate(0, len(flow.text))] == [
        (1, "báo cáo Ủy"),
        (2, "ban nhân dân"),
    ]


def test_lines_left_out_part_a_span() -> None:
    """A page number between two lines belongs to neither span."""
    lines = page_lines("trước\n2\nsau")
    flow = Flow.of_lines([lines[0], lines[2]], " ")
    assert [span.text for span in flow.locate(0, len(flow.text))] == ["trước", "sau"]


@pytest.mark.parametrize("place", [(0, 0), (3, 3), (5, 6)])
def test_nothing_and_blanks_have_no_span(place: tuple[int, int]) -> None:
    flow = Flow.of_lines(page_lines("trước\nsau"), " ")
    assert flow.locate(*place) == []


def test_lines_of_a_flow() -> None:
    flow = Flow.of_lines(page_lines("một\nhai ba\nbốn"))
    assert [flow.text[start:end] for start, end in flow.lines()] == ["một", "hai ba", "bốn"]
    assert flow
    assert not Flow()


def test_spans_know_their_boxes() -> None:
    (page,) = set_pages(CASES["công văn"])
    (layout,) = analyse([page])
    flow = layout.body
    start = flow.text.index("Chỉ thị số 03/CT-UBND")
    (span,) = flow.locate(start, start + len("Chỉ thị số 03/CT-UBND"))
    (box,) = span.boxes
    words = [word for word in page.words if word.start >= span.start and word.end <= span.end]
    assert [word.text for word in words] == ["Chỉ", "thị", "số", "03/CT-UBND"][: len(words)]
    assert words[0].box is not None
    assert box[0] == pytest.approx(words[0].box[0])
    assert box[1] == pytest.approx(words[0].box[1])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("make", [text_pages, set_pages])
def test_every_paragraph_of_a_document_is_found_on_its_pages(case: str, make: object) -> None:
    pages: list[Page] = make(case)  # type: ignore[operator]
    (layout,) = analyse(pages)
    flows = [layout.body, *(layout.zone(zone) for zone, _ in layout.lines)]
    for flow in flows:
        for start, end in flow.lines():
            found = "".join(span.text for span in flow.locate(start, end))
            assert squeezed(found) == squeezed(flow.text[start:end])


BLANKS = [
    ("a\nb", [0, 0]),
    ("a\n\nb", [0, 1]),
    ("a\n\n\nb\nc", [0, 2, 0]),
    ("a\n \nb\n \t\n\nc", [0, 1, 2]),
]


@pytest.mark.parametrize(("text", "blanks"), BLANKS)
def test_empty_lines_above_a_line(text: str, blanks: list[int]) -> None:
    assert [line.blank_before() for line in page_lines(text)] == blanks
