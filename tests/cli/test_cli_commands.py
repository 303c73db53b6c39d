"""Does each command do what its help says: data on stdout, the rest on stderr, the right exit status?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main

TEXTS = Path(__file__).parents[2] / "corpus" / "texts"
TEXT = next(iter(sorted(TEXTS.glob("003_*.txt"))))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "hộp đến"
    folder.mkdir()
    shutil.copy(TEXT, folder / "công văn.txt")
    return folder


def test_extract_as_json(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--json", "--jobs", "1", str(inbox)]) == 0
    (file,) = json.loads(capsys.readouterr().out)
    assert "86/STTTT-BCVT" in json.dumps(file, ensure_ascii=False)


def test_extract_as_a_table(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--jobs", "1", str(inbox)]) == 0
    out = capsys.readouterr().out
    assert "86/STTTT-BCVT" in out
    assert "17/01/2019" in out


def test_extract_into_files(inbox: Path, tmp_path: Path) -> None:
    assert main(["extract", "--jobs", "1", "--out", str(tmp_path / "ra"), str(inbox)]) == 0
    (written,) = (tmp_path / "ra").glob("*.json")
    (record,) = json.loads(written.read_text("utf-8"))
    assert (record["number"], record["date"]) == ("86/STTTT-BCVT", "2019-01-17")


def test_a_bad_file_does_not_stop_the_others(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "hỏng.pdf").write_bytes(b"%PDF-1.4 torn")
    (inbox / "rỗng.txt").write_bytes(b"")
    assert main(["extract", "--jobs", "1", "--out", str(tmp_path / "ra"), str(inbox)]) == 4
    assert len(list((tmp_path / "ra").glob("*.json"))) == 1
    said = capsys.readouterr()
    assert "hỏng.pdf" in said.err
    assert "rỗng.txt" in said.err


ALONE = [
    ("not there", None, "không"),
    ("torn", b"%PDF-1.4 torn", "PDF"),
    ("empty", b"", "rỗng"),
]


@pytest.mark.parametrize(("content", "word"), [row[1:] for row in ALONE], ids=[row[0] for row in ALONE])
def test_one_bad_file_gives_its_error(
    content: bytes | None, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tệp.pdf"
    if content is not None:
        path.write_bytes(content)
    assert main(["extract", "--json", str(path)]) not in (0, 4)
    said = capsys.readouterr()
    assert word.lower() in said.err.lower()
    assert "→" in said.err, "an error stands with its remedy"
    assert "Traceback" not in said.err


WRONG = [["extract"], ["extract", "--nothing"], ["nothing"], ["extract", "--jobs", "x", "."]]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, bool(said.err)) == ("", True)


def test_cite(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite", "Theo Chỉ thị số 14/CT-UBND ngày 23/12/2020 của UBND tỉnh"]) == 0
    (citation,) = json.loads(capsys.readouterr().out)["citations"]
    assert (citation["number"], citation["date"], citation["doc_type"]) == ("14/CT-UBND", "2020-12-23", "chỉ thị")


def test_text_tells_how_each_page_was_read(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(inbox / "công văn.txt")]) == 0
    assert "86/STTTT-BCVT" in capsys.readouterr().out


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert {"number", "evidence"} <= set(json.loads(capsys.readouterr().out)["properties"])


def test_inspect_of_a_text(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(inbox / "công văn.txt"), "--out", str(tmp_path / "xem")]) == 0
    (page,) = (tmp_path / "xem").iterdir()
    assert str(page) in capsys.readouterr().out
    assert "86/STTTT-BCVT" in page.read_text("utf-8")


def test_evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, files = tmp_path / "gold", tmp_path / "files"
    gold.mkdir()
    files.mkdir()
    shutil.copy(TEXT, files)
    (record,) = json.loads((TEXTS.parent / "gold" / f"{TEXT.stem}.json").read_text("utf-8"))
    (gold / f"{TEXT.stem}.json").write_text(json.dumps([record]), "utf-8")
    assert main(["evaluate", str(gold), str(files), "--json", "--jobs", "1"]) == 0
    right = json.loads(capsys.readouterr().out)
    (gold / f"{TEXT.stem}.json").write_text(json.dumps([{**record, "number": "1/ABC"}]), "utf-8")
    assert main(["evaluate", str(gold), str(files), "--json", "--jobs", "1"]) == 0
    assert json.loads(capsys.readouterr().out) != right


def test_a_day_with_an_archive(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ingest, find, ask the graph, print the register, back up, check: as a clerk and an analyst would."""
    archive = ["--archive", str(tmp_path / "kho")]
    assert main(["ingest", str(inbox), "--jobs", "1", *archive]) == 0
    capsys.readouterr()
    assert main(["search", "an toan thong tin", *archive]) == 0
    assert "86/STTTT-BCVT" in capsys.readouterr().out
    assert main(["graph", "lineage", "86/STTTT-BCVT", *archive]) == 0
    assert "86/STTTT-BCVT" in capsys.readouterr().out
    assert main(["export", "register-in-pdf", "--out", str(tmp_path / "sổ"), *archive]) == 0
    (book,) = (tmp_path / "sổ").iterdir()
    assert book.read_bytes().startswith(b"%PDF")
    assert main(["backup", str(tmp_path / "kho.tar"), *archive]) == 0
    assert main(["check", *archive]) == 0
    capsys.readouterr()
    assert main(["restore", str(tmp_path / "kho.tar"), "--archive", str(tmp_path / "kho hai")]) == 0
    capsys.readouterr()
    assert main(["search", "an toàn thông tin", "--archive", str(tmp_path / "kho hai")]) == 0
    assert "86/STTTT-BCVT" in capsys.readouterr().out


def test_the_same_file_twice_is_one_document(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = ["--archive", str(tmp_path / "kho")]
    shutil.copy(inbox / "công văn.txt", inbox / "bản sao.txt")
    assert main(["ingest", str(inbox), "--jobs", "1", *archive]) == 0
    assert main(["ingest", str(inbox), "--jobs", "1", *archive]) == 0
    capsys.readouterr()
    assert main(["search", "86/STTTT-BCVT", "--json", *archive]) == 0
    assert len(json.loads(capsys.readouterr().out)["hits"]) == 1
