"""Does the record refuse what the contract forbids, and keep what it allows?"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from pipeline.record import Citation, Contact, Deadline, Evidence, Received, Recipient, Record, Signer, Source, Task
from pipeline.record.models import LISTS, OBJECTS, SCALARS

SOURCE = {"file": "a.txt", "sha256": "0" * 64, "pages": (1, 1), "medium": "text"}
READ = {"page": 1, "source": "text", "rule": "test"}
ITEMS: dict[str, Any] = {
    "addressees": "UBND các xã",
    "distribution": {"name": "Như trên"},
    "archive": "VT",
    "citations": {"number": "205-KH/TU"},
    "tasks": {"text": "Rà soát các lỗ hổng"},
    "deadlines": {"kind": "due", "raw": "trước ngày 05/3/2021", "due": "2021-03-05"},
    "contacts": {"emails": ["a@thanhhoa.gov.vn"]},
}
SCALAR_VALUES = {
    "number": "514/SGDĐT-VP", "raw_number": "514 /SGDĐT-VP", "doc_type": "công văn", "date": "2021-04-14",
    "partial_date": "2021-04", "place": "Quảng Ngãi", "issuer": "Sở Giáo dục và Đào tạo",
    "issuer_parent": "UBND tỉnh Quảng Ngãi", "subject": "Tổ chức thi", "urgency": "khẩn", "secrecy": "mật",
}  # fmt: skip
OBJECT_VALUES = {"received": {"number": "312"}, "signer": {"name": "Lê Quang Trung"}}


def make(**fields: Any) -> Record:
    return Record(id="0-1", source=SOURCE, **fields)  # type: ignore[arg-type]


def seen(*pointers: str) -> dict[str, list[dict[str, Any]]]:
    return {pointer: [READ] for pointer in pointers}


def test_an_empty_record_is_a_record() -> None:
    assert list(make().pointers()) == []


def test_the_tables_of_fields_name_every_field_that_needs_evidence() -> None:
    others = {"schema_version", "id", "source", "warnings", "evidence"}
    assert {*SCALARS, *LISTS, *OBJECTS} == set(Record.model_fields) - others


# -- no value without evidence -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCALARS)
def test_a_scalar_needs_evidence(name: str) -> None:
    value = SCALAR_VALUES[name]
    with pytest.raises(ValidationError, match=f"without evidence: /{name}"):
        make(**{name: value})
    assert getattr(make(**{name: value}, evidence=seen(f"/{name}")), name) == value


@pytest.mark.parametrize("name", LISTS)
def test_each_item_of_a_list_needs_evidence(name: str) -> None:
    items = [ITEMS[name], ITEMS[name]]
    with pytest.raises(ValidationError, match=rf"without evidence: /{name}/1\b"):
        make(**{name: items}, evidence=seen(f"/{name}/0"))
    assert len(getattr(make(**{name: items}, evidence=seen(f"/{name}/0", f"/{name}/1")), name)) == 2


@pytest.mark.parametrize("name", OBJECTS)
def test_each_part_of_an_object_needs_evidence(name: str) -> None:
    value = OBJECT_VALUES[name]
    part = next(iter(value))
    with pytest.raises(ValidationError, match=f"/{name}/{part}"):
        make(**{name: value})
    make(**{name: value}, evidence=seen(f"/{name}/{part}"))


WHOSE = [
    ("the part's own", ["/signer/name"], True),
    ("that of the whole object", ["/signer"], True),
    ("that of another part", ["/signer/position"], False),
    ("that of a field whose name begins alike", ["/signer/names"], False),
]


@pytest.mark.parametrize(("pointers", "enough"), [row[1:] for row in WHOSE], ids=[row[0] for row in WHOSE])
def test_whose_evidence_counts(pointers: list[str], enough: bool) -> None:
    if enough:
        make(signer={"name": "Lê Quang Trung"}, evidence=seen(*pointers))
    else:
        with pytest.raises(ValidationError, match="without evidence"):
            make(signer={"name": "Lê Quang Trung"}, evidence=seen(*pointers))


def test_an_empty_list_of_evidence_is_no_evidence() -> None:
    with pytest.raises(ValidationError, match="without evidence"):
        make(number="514/SGDĐT-VP", evidence={"/number": []})


def test_a_null_may_have_evidence() -> None:
    """Ink that cannot be read: no number, but the clerk is shown where it stands."""
    record = make(evidence={"/number": [{**READ, "status": "unreadable", "boxes": [(0.1, 0.1, 0.2, 0.12)]}]})
    assert record.number is None
    assert record.evidence_of("/number")[0].status == "unreadable"


def test_evidence_of_a_part_falls_back_on_its_item() -> None:
    record = make(citations=[{"number": "205-KH/TU", "date": "2020-06-03"}],
                  evidence={"/citations/0": [READ], "/citations/0/number": [{**READ, "rule": "own"}]})  # fmt: skip
    assert record.evidence_of("/citations/0/number")[0].rule == "own"
    assert record.evidence_of("/citations/0/date")[0].rule == "test"
    assert record.evidence_of("/citations/1/date") == []
    assert record.evidence_of("") == []


# -- boxes and spans -----------------------------------------------------------------------------------------------

BOXES = [
    ("whole page", (0, 0, 1, 1), True),
    ("a point", (0.5, 0.5, 0.5, 0.5), True),
    ("left of the page", (-0.01, 0, 1, 1), False),
    ("right of the page", (0, 0, 1.01, 1), False),
    ("above the page", (0, -0.01, 1, 1), False),
    ("below the page", (0, 0, 1, 1.01), False),
    ("left and right swapped", (0.6, 0, 0.5, 1), False),
    ("top and bottom swapped", (0, 0.6, 1, 0.5), False),
    ("in points", (70, 80, 200, 95), False),
]


@pytest.mark.parametrize(("box", "inside"), [row[1:] for row in BOXES], ids=[row[0] for row in BOXES])
def test_boxes_lie_inside_the_page(box: tuple[float, ...], inside: bool) -> None:
    if inside:
        assert Evidence(**READ, boxes=[box]).boxes == [box]  # type: ignore[arg-type]
    else:
        with pytest.raises(ValidationError, match="outside the page"):
            Evidence(**READ, boxes=[(0, 0, 1, 1), box])  # type: ignore[arg-type]


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=4))
def test_a_box_is_kept_exactly_when_it_is_in_the_page_and_in_order(box: list[float]) -> None:
    left, top, right, bottom = box
    sound = 0 <= left <= right <= 1 and 0 <= top <= bottom <= 1
    try:
        Evidence(**READ, boxes=[tuple(box)])  # type: ignore[arg-type]
    except ValidationError:
        assert not sound
    else:
        assert sound


SPANS = [
    ("span and text agree", (3, 6), "514", True),
    ("empty span", (3, 3), "", True),
    ("text without span", None, "514", True),
    ("text too short", (3, 6), "51", False),
    ("text too long", (3, 6), "5141", False),
    ("span without text", (3, 6), None, False),
    ("out of order", (6, 3), "", False),
    ("before the page", (-1, 2), "514", False),
]


@pytest.mark.parametrize(("span", "text", "sound"), [row[1:] for row in SPANS], ids=[row[0] for row in SPANS])
def test_a_span_and_its_text_have_one_length(span: tuple[int, int] | None, text: str | None, sound: bool) -> None:
    if sound:
        assert Evidence(**READ, span=span, text=text).span == span  # type: ignore[arg-type]
    else:
        with pytest.raises(ValidationError, match=r"differ in length|out of order"):
            Evidence(**READ, span=span, text=text)  # type: ignore[arg-type]


@given(st.text(max_size=12), st.integers(-3, 20), st.integers(-3, 20))
def test_a_span_is_kept_exactly_when_it_fits_its_text(text: str, start: int, end: int) -> None:
    sound = 0 <= start <= end and end - start == len(text)
    try:
        Evidence(**READ, span=(start, end), text=text)  # type: ignore[arg-type]
    except ValidationError:
        assert not sound
    else:
        assert sound


# -- single values -------------------------------------------------------------------------------------------------

BAD_VALUES = [
    ("page 0", Evidence, {**READ, "page": 0}),
    ("confidence above 1", Evidence, {**READ, "confidence": 1.01}),
    ("confidence below 0", Evidence, {**READ, "confidence": -0.01}),
    ("unknown status", Evidence, {**READ, "status": "guessed"}),
    ("unknown source of evidence", Evidence, {**READ, "source": "llm"}),
    ("pages out of order", Source, {**SOURCE, "pages": (2, 1)}),
    ("pages from 0", Source, {**SOURCE, "pages": (0, 1)}),
    ("short hash", Source, {**SOURCE, "sha256": "0" * 63}),
    ("hash in capitals", Source, {**SOURCE, "sha256": "A" * 64}),
    ("unknown medium", Source, {**SOURCE, "medium": "paper"}),
    ("day 32", Citation, {"date": "2021-01-32"}),
    ("month 13", Citation, {"date": "2021-13-01"}),
    ("day as printed", Citation, {"date": "14/4/2021"}),
    ("partial date where a day is due", Citation, {"date": "2021-04"}),
    ("unknown relation", Citation, {"relation": "mentions"}),
    ("phone as printed", Contact, {"phones": ["0916.422.583"]}),
    ("fax without +", Contact, {"faxes": ["842373718699"]}),
    ("phone with a leading zero", Contact, {"phones": ["+0916422583"]}),
    ("unknown purpose", Recipient, {"name": "Như trên", "purpose": "chỉ đạo"}),
    ("authority without its stop", Signer, {"authority": "KT"}),
    ("authority as the Party prints it", Signer, {"authority": "K/T"}),
    ("two authorities without a space", Signer, {"authority": "TL.KT."}),
    ("received on no day", Received, {"date": "2021"}),
    ("deadline at 24:00", Task, {"text": "a", "deadline": "2021-03-05T24:00"}),
    ("days below 0", Deadline, {"kind": "relative", "raw": "a", "days": -1, "anchor": "issued"}),
    ("task below 0", Deadline, {"kind": "due", "raw": "a", "due": "2021-03-05", "task": -1}),
]


@pytest.mark.parametrize(("model", "values"), [row[1:] for row in BAD_VALUES], ids=[row[0] for row in BAD_VALUES])
def test_refused(model: type[BaseModel], values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model(**values)


GOOD_VALUES = [
    ("stacked authorities", Signer, {"authority": "TL. KT."}),
    ("moment with a time", Task, {"text": "a", "deadline": "2021-03-05T17:00"}),
    ("a ministry's fax", Contact, {"faxes": ["+842437349489"]}),
    ("several pages", Source, {**SOURCE, "pages": (2, 5)}),
]


@pytest.mark.parametrize(("model", "values"), [row[1:] for row in GOOD_VALUES], ids=[row[0] for row in GOOD_VALUES])
def test_kept(model: type[BaseModel], values: dict[str, Any]) -> None:
    assert model(**values).model_dump(exclude_unset=True) == values


DEADLINES = [
    ("due with its day", {"kind": "due", "due": "2021-03-05"}, True),
    ("due without", {"kind": "due", "rule": "FREQ=MONTHLY"}, False),
    ("period with both ends", {"kind": "period", "start": "2021-01-01", "end": "2021-03-05"}, True),
    ("period without its end", {"kind": "period", "start": "2021-01-01"}, False),
    ("period without its start", {"kind": "period", "end": "2021-01-01"}, False),
    ("recurring with its rule", {"kind": "recurring", "rule": "FREQ=MONTHLY;BYMONTHDAY=15"}, True),
    ("recurring without", {"kind": "recurring", "due": "2021-03-05"}, False),
    ("relative with days and anchor", {"kind": "relative", "days": 10, "anchor": "received"}, True),
    ("relative of no days: the same day", {"kind": "relative", "days": 0, "anchor": "issued"}, True),
    ("relative without an anchor", {"kind": "relative", "days": 10}, False),
    ("relative without days", {"kind": "relative", "anchor": "issued"}, False),
    ("unknown kind", {"kind": "soon", "due": "2021-03-05"}, False),
]


@pytest.mark.parametrize(("values", "sound"), [row[1:] for row in DEADLINES], ids=[row[0] for row in DEADLINES])
def test_a_deadline_has_the_value_of_its_kind(values: dict[str, Any], sound: bool) -> None:
    if sound:
        assert Deadline(raw="…", **values).kind == values["kind"]
    else:
        with pytest.raises(ValidationError):
            Deadline(raw="…", **values)


TASKS = [
    ("none", None, 0, True),
    ("first of one", 0, 1, True),
    ("second of one", 1, 1, False),
    ("of no tasks", 0, 0, False),
]


@pytest.mark.parametrize(("task", "tasks", "sound"), [row[1:] for row in TASKS], ids=[row[0] for row in TASKS])
def test_a_deadline_points_at_a_task_there_is(task: int | None, tasks: int, sound: bool) -> None:
    fields = {
        "tasks": [ITEMS["tasks"]] * tasks,
        "deadlines": [{**ITEMS["deadlines"], "task": task}],
        "evidence": seen("/deadlines/0", *(f"/tasks/{at}" for at in range(tasks))),
    }
    if sound:
        assert make(**fields).deadlines[0].task == task
    else:
        with pytest.raises(ValidationError, match="beyond the tasks"):
            make(**fields)


# -- shape ---------------------------------------------------------------------------------------------------------

MODELS: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Record, {"id": "0-1", "source": SOURCE}), (Source, SOURCE), (Received, {}), (Recipient, {"name": "a"}),
    (Citation, {}), (Task, {"text": "a"}), (Deadline, {"kind": "due", "raw": "a", "due": "2021-03-05"}), (Contact, {}),
    (Signer, {}), (Evidence, READ),
]  # fmt: skip


@pytest.mark.parametrize(("model", "values"), MODELS, ids=[model.__name__ for model, _ in MODELS])
def test_an_unknown_field_is_an_error(model: type[BaseModel], values: dict[str, Any]) -> None:
    model(**values)
    with pytest.raises(ValidationError, match="Extra inputs"):
        model(**values, numbre="514/SGDĐT-VP")


def test_a_field_that_is_set_later_is_checked_too() -> None:
    record = make(number="514/SGDĐT-VP", evidence=seen("/number"))
    with pytest.raises(ValidationError):
        record.date = "14/4/2021"
    with pytest.raises(ValidationError, match="without evidence"):
        record.place = "Quảng Ngãi"


def test_the_schema_titles_every_field_of_the_record_in_vietnamese() -> None:
    schema = Record.model_json_schema()
    titles = {"schema_version": "Phiên bản lược đồ", "number": "Số, ký hiệu", "date": "Ngày ban hành",
                "issuer": "Cơ quan ban hành", "citations": "Văn bản được dẫn", "evidence": "Bằng chứng"}  # fmt: skip
    for name, title in titles.items():
        assert schema["properties"][name]["title"] == title
    # A title that pydantic made up of the name is English: "Raw Number".
    made_up = [
        f"{model}.{name}"
        for model, part in {"Record": schema, **schema["$defs"]}.items()
        for name, field in part["properties"].items()
        if field.get("title") == name.replace("_", " ").title()
    ]
    assert made_up == []


def test_the_schema_is_closed() -> None:
    schema = Record.model_json_schema()
    assert [name for name, part in {"Record": schema, **schema["$defs"]}.items() if part["additionalProperties"]] == []


# -- round trip ----------------------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
days = st.dates().map(lambda day: day.isoformat())
fractions = st.floats(0, 1)
boxes = st.tuples(fractions, fractions, fractions, fractions).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


@st.composite
def evidences(draw: st.DrawFn) -> dict[str, Any]:
    text = draw(words)
    start = draw(st.integers(0, 5000))
    return {
        "page": draw(st.integers(1, 99)), "boxes": draw(st.lists(boxes, max_size=3)),
        "span": (start, start + len(text)), "text": text,
        "source": draw(st.sampled_from(("ocr", "text-layer", "text", "person"))),
        "confidence": draw(st.none() | fractions), "rule": draw(words),
        "status": draw(st.sampled_from(("extracted", "inferred", "corrected"))),
        "alternatives": draw(st.none() | st.lists(words, max_size=2)),
    }  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Record:
    names = draw(st.sets(st.sampled_from([*SCALARS, *LISTS, *OBJECTS])))
    fields: dict[str, Any] = {}
    evidence: dict[str, Any] = {}
    for name in sorted(names):
        if name in LISTS:
            fields[name] = [ITEMS[name]] * draw(st.integers(1, 3))
            pointers = [f"/{name}/{at}" for at in range(len(fields[name]))]
        elif name in OBJECTS:
            fields[name], pointers = OBJECT_VALUES[name], [f"/{name}"]
        else:
            fields[name], pointers = SCALAR_VALUES[name], [f"/{name}"]
        evidence |= {pointer: draw(st.lists(evidences(), min_size=1, max_size=2)) for pointer in pointers}
    if "subject" in fields:
        fields["subject"] = draw(words)
    if "date" in fields:
        fields["date"] = draw(days)
    return make(**fields, evidence=evidence, warnings=draw(st.lists(words, max_size=2)))


@settings(max_examples=40)
@given(records())
def test_a_record_comes_back_from_plain_data_and_from_json(record: Record) -> None:
    assert Record(**record.model_dump()) == record
    assert Record.model_validate(json.loads(record.model_dump_json())) == record


@settings(max_examples=40)
@given(records())
def test_taking_any_evidence_away_is_noticed(record: Record) -> None:
    data = record.model_dump()
    for pointer in data["evidence"]:
        rest = {key: value for key, value in data["evidence"].items() if key != pointer}
        with pytest.raises(ValidationError, match=f"without evidence: {re.escape(pointer)}"):
            Record(**{**data, "evidence": rest})


# -- verify --------------------------------------------------------------------------------------------------------

PAGE = "Số: 514/SGDĐT-VP\nQuảng Ngãi, ngày 14 tháng 4 năm 2021"
VERIFY = [
    ("the text stands there", {"span": (4, 16), "text": "514/SGDĐT-VP"}, {1: PAGE}, True),
    ("without a span there is nothing to compare", {"text": "514"}, {}, True),
    ("shifted by one", {"span": (5, 17), "text": "514/SGDĐT-VP"}, {1: PAGE}, False),
    ("another serial", {"span": (4, 16), "text": "515/SGDĐT-VP"}, {1: PAGE}, False),
    ("other capitals", {"span": (4, 16), "text": "514/sgdđt-vp"}, {1: PAGE}, False),
    ("beyond the page's text", {"span": (900, 912), "text": "514/SGDĐT-VP"}, {1: PAGE}, False),
    ("on another page", {"span": (4, 16), "text": "514/SGDĐT-VP"}, {2: PAGE}, False),
]  # fmt: skip


@pytest.mark.parametrize(("piece", "pages", "holds"), [row[1:] for row in VERIFY], ids=[row[0] for row in VERIFY])
def test_verify(piece: dict[str, Any], pages: dict[int, str], holds: bool) -> None:
    wrong = make(number="514/SGDĐT-VP", evidence={"/number": [{**READ, **piece}]}).verify(pages)
    assert [line.partition(":")[0] for line in wrong] == ([] if holds else ["/number"])


@given(st.text(min_size=1, max_size=60), st.data())
def test_verify_accepts_every_slice_and_nothing_that_differs_from_it(page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page) - 1))
    end = data.draw(st.integers(start + 1, len(page)))
    other = data.draw(st.text(min_size=end - start, max_size=end - start))
    for text in (page[start:end], other):
        record = make(subject="x", evidence={"/subject": [{**READ, "span": (start, end), "text": text}]})
        assert (record.verify({1: page}) == []) == (text == page[start:end])
