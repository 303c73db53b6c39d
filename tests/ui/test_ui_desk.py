"""The desk: a record as a form, and the form's changes as corrections."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.record.models import Evidence, Record
from pipeline.store.corrections import apply
from pipeline.store.errors import CorrectionInvalid
from pipeline.ui import desk
from pipeline.ui.display import day, left, marked, plain


def record(**fields: Any) -> Record:
    sha256 = hashlib.sha256(b"x").hexdigest()
    evidence = {
        pointer: [{"page": 1, "source": "ocr", "rule": "t", "boxes": [[0.1, 0.1, 0.3, 0.12]], "confidence": confidence,
                   "status": status}]
        for pointer, (confidence, status) in fields.pop("read", {}).items()
    }  # fmt: skip
    source = {"file": "a.pdf", "sha256": sha256, "pages": [1, 1], "medium": "scan"}
    return Record.model_validate({"id": f"{sha256[:16]}-1", "source": source, "evidence": evidence, **fields})


def field(made: Record, pointer: str) -> dict[str, Any]:
    for group in desk.groups(made):
        items = group["list"]["items"] if group["list"] else []
        for one in [*group["fields"], *(f for item in items for f in item["fields"])]:
            if one["pointer"] == pointer:
                return one
    raise AssertionError(pointer)


@pytest.mark.parametrize(
    ("confidence", "status", "flag"),
    [
        (0.97, "extracted", "ok"), (0.8, "extracted", "check"), (0.4, "extracted", "low"),
        (None, "extracted", "ok"),  # unknown is not low: a text has no confidence
        (0.97, "inferred", "check"),  # sure of it: no reason to stop a clerk
        (0.7, "inferred", "inferred"), (None, "inferred", "inferred"), (None, "corrected", "corrected"),
    ],
)  # fmt: skip
def test_fields_are_flagged_by_how_they_were_read(confidence: float | None, status: str, flag: str) -> None:
    made = record(issuer="Sở Nội vụ", read={"/issuer": (confidence, status)})
    assert field(made, "/issuer")["flag"] == flag


@pytest.mark.parametrize(
    ("pointer", "first"),
    [
        ("/number", True), ("/date", True), ("/issuer", True), ("/subject", True), ("/signer/name", True),
        ("/citations/0/number", True), ("/tasks/0/deadline", True),  # the graph and the calendar live by them
        ("/place", False), ("/citations/0/title", False), ("/tasks/0/text", False), ("/distribution/0/name", False),
        ("/raw_number", False),  # the ink of the number, which is asked for already
    ],
)  # fmt: skip
def test_what_matters_most_is_asked_for_first(pointer: str, first: bool) -> None:
    made = record(
        number="1/QĐ-UBND", raw_number="1/QĐ-UBND", date="2021-04-14", issuer="Sở Nội vụ", subject="x", place="Huế",
        signer={"name": "An"}, citations=[{"number": "2/CT", "title": "t", "relation": "based_on"}],
        tasks=[{"text": "Báo cáo", "deadline": "2021-05-01"}], distribution=[{"name": "Như trên"}],
        read=dict.fromkeys(
            ("/number", "/raw_number", "/date", "/issuer", "/subject", "/place", "/signer/name", "/citations/0",
             "/citations/0/number", "/citations/0/title", "/tasks/0", "/tasks/0/deadline", "/distribution/0"),
            (0.3, "extracted"),
        ),
    )  # fmt: skip
    found = field(made, pointer)
    assert found["first"] is first
    assert found["flag"] == ("check" if pointer == "/raw_number" else "low")


def test_an_item_is_shown_by_the_field_that_says_what_it_is() -> None:
    made = record(tasks=[{"section": "1", "text": "Báo cáo"}], read={"/tasks/0": (0.3, "extracted")})
    told, beside = field(made, "/tasks/0/text"), field(made, "/tasks/0/section")
    assert (len(told["places"]), told["within"], beside["places"]) == (1, "Nhiệm vụ 1", [])


def test_empty_fields_say_why() -> None:
    made = record(warnings=["missing_date", "unreadable_number"], read={"/number": (None, "unreadable")})
    assert field(made, "/date")["flag"] == "missing"
    assert field(made, "/number")["flag"] == "unreadable"
    assert "xem ảnh" in field(made, "/number")["note"]
    assert field(made, "/number")["places"][0]["boxes"] == [[0.1, 0.1, 0.3, 0.12]]
    assert field(made, "/urgency")["flag"] == "empty"  # most documents have none: nobody is asked


@pytest.mark.parametrize(
    ("pointer", "typed", "kept"),
    [
        ("/number", " 514/SGDĐT-VP ", "514/SGDĐT-VP"), ("/number", "", None), ("/date", "14/4/2021", "2021-04-14"),
        ("/date", "14-04-2021", "2021-04-14"), ("/date", "2021-04-14", "2021-04-14"),
        ("/tasks/0/deadline", "14/4/2021 7:30", "2021-04-14T07:30"), ("/citations/0/relation", "căn cứ", "based_on"),
        ("/tasks/0/assignees", "Sở Nội vụ\nSở Y tế; Văn phòng", ["Sở Nội vụ", "Sở Y tế", "Văn phòng"]),
        ("/contacts/0/phones", "0255.3822.123", ["+842553822123"]),
        ("/contacts/0/phones", "+84912345678", ["+84912345678"]),
        ("/subject", "an toàn\n thông tin", "an toàn thông tin"), ("/tasks/0/assignees", " ", []),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_the_records_value(pointer: str, typed: str, kept: Any) -> None:
    assert desk.parsed(pointer, typed) == kept


@pytest.mark.parametrize("typed", ["31/2/2021", "tháng 4", "14/4/21", "2021"])
def test_a_day_that_is_none_is_refused_and_never_guessed(typed: str) -> None:
    with pytest.raises(CorrectionInvalid):
        desk.parsed("/date", typed)


def test_changes_of_a_form_find_their_places() -> None:
    made = record(
        addressees=["A", "B", "C"], subject="cũ", read={f"/addressees/{i}": (0.9, "extracted") for i in range(3)}
        | {"/subject": (0.9, "extracted")},
    )  # fmt: skip
    changes = [
        {"op": "set", "pointer": "/addressees/2", "value": "C sửa"},
        {"op": "set", "pointer": "/subject", "value": "mới", "page": 1, "boxes": [[0.1, 0.2, 0.3, 0.4]]},
        {"op": "remove", "pointer": "/addressees/1", "value": ""},
        {"op": "remove", "pointer": "/addressees/0", "value": ""},
        {"op": "insert", "pointer": "/addressees/-", "value": {"": "D"}},
        {"op": "insert", "pointer": "/tasks/-", "value": {"text": "Báo cáo", "deadline": "1/5/2021"}},
    ]  # fmt: skip
    after = apply(made, desk.corrections(changes)).record
    assert after.addressees == ["C sửa", "D"]
    assert (after.subject, after.evidence["/subject"][0].boxes) == ("mới", [(0.1, 0.2, 0.3, 0.4)])
    assert (after.tasks[0].text, after.tasks[0].deadline) == ("Báo cáo", "2021-05-01")


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    made = record(
        date="2021-04-14", citations=[{"number": "1/CT", "relation": "based_on"}],
        read={"/date": (0.9, "extracted"), "/citations/0": (0.9, "extracted")},
    )  # fmt: skip
    for pointer in ("/date", "/citations/0/relation", "/citations/0/number"):
        value = desk._at(made, pointer)
        assert desk.parsed(pointer, field(made, pointer)["value"]) == value


# --- text stays text ---

NASTY = (
    "<script>alert(1)</script>", "**đậm** _nghiêng_ [x](javascript:1)", "$x^2$ :red[a] :material/home:", "# a", "=1+1",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_markdown_and_html_of_a_document_do_nothing(text: str) -> None:
    escaped = plain(text)
    assert "<" not in escaped.replace("\\<", "")
    for mark in "*_[$:#":
        assert mark not in escaped.replace(f"\\{mark}", "")
    assert "<script" not in marked(text, [])


@given(st.text(max_size=60), st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True))
def test_marks_add_nothing_but_marks(text: str, cuts: list[int]) -> None:
    import html

    ends = sorted(cut for cut in cuts if cut <= len(text))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    made = marked(text, spans)
    assert html.unescape(made.replace("<mark>", "").replace("</mark>", "")) == text
    assert made.count("<mark>") == len(spans)


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2021-04-14", "14/04/2021"), ("2021-04-14T07:30", "14/04/2021 07:30"), ("2021-04", "04/2021"), (None, "")],
)  # fmt: skip
def test_days_are_written_as_people_write_them(iso: str | None, shown: str) -> None:
    assert day(iso) == shown


def test_how_far_a_day_is() -> None:
    from datetime import date

    today = date(2026, 3, 2)
    assert [left(d, today) for d in ("2026-03-01", "2026-03-02", "2026-03-07T10:00", None)] == [
        "quá hạn 1 ngày", "hôm nay", "còn 5 ngày", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "tail"),
    [
        ("/UBND-NC", "/UBND-NC"), ("/BC - UBND", "/BC-UBND"), ("/SLĐTBXH-VP_", "/SLĐTBXH-VP"), ("/KL-TU.", "/KL-TU"),
        ("/2019/QĐ-UBND", "/2019/QĐ-UBND"), ("/TB/STNMT-VPĐKĐĐ", "/TB/STNMT-VPĐKĐĐ"),
        ("-GCS&TCDN", None), ("514/SGDĐT-VP", None), ("/", None), ("", None),  # nothing to add, or a whole number
    ],
)  # fmt: skip
def test_the_printed_part_of_a_number_is_added_to_what_is_typed(raw: str, tail: str | None) -> None:
    made = record(raw_number=raw or None, read={"/raw_number": (0.9, "extracted")} if raw else {})
    assert field(made, "/number")["complete"] == ({"tail": tail} if tail else None)


@pytest.mark.parametrize(
    ("partial", "complete"),
    [("2019-05", {"year": "2019", "month": "05"}), ("2019", {"year": "2019", "month": ""}), (None, None)],
)
def test_a_day_takes_its_printed_month_and_year(partial: str | None, complete: dict[str, str] | None) -> None:
    made = record(partial_date=partial, read={"/partial_date": (0.9, "extracted")} if partial else {})
    assert field(made, "/date")["complete"] == complete


def test_a_whole_day_takes_the_place_of_a_part_of_one() -> None:
    made = record(partial_date="2019-05", read={"/partial_date": (0.5, "extracted")})
    changes = desk.corrections([{"op": "set", "pointer": "/date", "value": "7/5/2019"}], made)
    after = apply(made, changes).record
    assert (after.date, after.partial_date) == ("2019-05-07", None)
    assert [c.pointer for c in desk.corrections([{"op": "set", "pointer": "/place", "value": "x"}], made)] == ["/place"]


def test_readings_of_the_pen_come_before_those_of_print() -> None:
    made = record()
    made = made.model_copy(update={"evidence": {"/number": [
        evidence("ocr", ["4O9/TB-VP"], 0.4), evidence("handwriting", ["409/TB-VP", "404/TB-VP"], 0.87),
    ]}})  # fmt: skip
    assert [(one["text"], one["confidence"], one["hand"]) for one in field(made, "/number")["suggestions"]] == [
        ("409/TB-VP", 0.87, True), ("404/TB-VP", None, True), ("4O9/TB-VP", 0.4, False),
    ]  # fmt: skip


def evidence(source: Any, alternatives: list[str], confidence: float) -> Evidence:
    return Evidence(page=1, source=source, rule="t", status="unreadable", confidence=confidence,
                    alternatives=alternatives)  # fmt: skip
