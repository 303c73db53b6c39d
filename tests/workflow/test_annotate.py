"""Annotated texts: offsets that hold, a page that shows hostile text as text, Docs that spaCy reads back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from typer.testing import CliRunner

from pipeline.cli.app import build_app
from pipeline.workflow.annotate import annotated, as_html, write_docbin

TEXT = "Căn cứ Công văn số 123/UBND-NC ngày 01/2/2021, đồng chí Nguyễn Văn An, Sở Tài chính, điện thoại 0982.142.211."

SPANS = [
    ("references", "Công văn số 123/UBND-NC ngày 01/2/2021", "123/UBND-NC"),
    ("persons", "Nguyễn Văn An", "Nguyễn Văn An"),
    ("agencies", "Sở Tài chính", None),
    ("contacts", "0982.142.211", "+84982142211"),
    ("dates", "ngày 01/2/2021", "2021-02-01"),
]


@pytest.mark.parametrize(("group", "text", "value"), SPANS, ids=[row[0] for row in SPANS])
def test_spans(group: str, text: str, value: str | None) -> None:
    found = {span["text"]: span for span in annotated(TEXT)["spans"][group]}
    assert text in found
    assert found[text]["value"] == value
    assert TEXT[found[text]["start"] : found[text]["end"]] == text


def test_words_are_of_several_syllables() -> None:
    words = [TEXT[a:b] for a, b in annotated(TEXT)["words"]]
    assert {"Căn cứ", "đồng chí", "điện thoại"} & set(words)


@given(st.text(max_size=80))
def test_every_offset_is_inside_the_text(text: str) -> None:
    found = annotated(text)
    for start, end in found["words"]:
        assert 0 <= start < end <= len(text)
    for spans in found["spans"].values():
        for span in spans:
            assert text[span["start"] : span["end"]] == span["text"]


def test_hostile_text_stays_text() -> None:
    page = as_html([("<b>tên</b>", "<script>alert(1)</script> Sở Tài chính & <img src=x>")])
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>tên" not in page
    assert "CƠ QUAN" in page


def test_docbin_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.spacy"
    assert write_docbin([TEXT, "Kính gửi: Sở Y tế"], path) == 2
    first, second = DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab)
    assert "Nguyễn Văn An" in [entity.text for entity in first.ents]
    assert [entity.label_ for entity in second.ents] == ["AGENCY"]


def test_command_reads_standard_input() -> None:
    answer = CliRunner().invoke(build_app(), ["annotate"], input=TEXT)
    assert answer.exit_code == 0
    page = json.loads(answer.stdout.splitlines()[0])
    assert (page["file"], page["text"]) == ("-", TEXT)


def test_a_missing_file_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    answer = CliRunner().invoke(build_app(), ["annotate", str(tmp_path / "b.txt"), str(tmp_path / "a.txt")])
    assert [json.loads(line)["file"] for line in answer.stdout.splitlines() if line.startswith("{")] == ["a.txt"]
    assert "file_missing" in answer.output + answer.stderr
