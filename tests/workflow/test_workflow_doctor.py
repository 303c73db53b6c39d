"""Does the doctor see what a machine lacks, and say what to do?"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.workflow import doctor


def finding(name: str) -> doctor.Finding:
    return next(found for found in doctor.diagnose() if found.name.startswith(name))


def test_a_machine_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert finding("Tesseract").state == "missing"
    assert "tesseract-ocr-vie" in finding("Tesseract").remedy
    assert finding("Graphviz").state == "optional"  # nothing fails without it


@pytest.mark.parametrize(("languages", "state"), [("eng\nosd\n", "missing"), ("eng\nvie\n", "ok")])
def test_the_language_data(monkeypatch: pytest.MonkeyPatch, languages: str, state: str) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor, "_output", lambda *command: languages)
    assert finding("Dữ liệu tiếng Việt").state == state


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = doctor.importlib.util.find_spec
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None if name == "cv2" else real(name))
    found = finding("Thư viện")
    assert (found.state, found.detail) == ("missing", "thiếu cv2")


def test_a_disk_nearly_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONGVAN_CACHE", str(tmp_path / "not yet" / "there"))
    monkeypatch.setattr(doctor, "_LEAST_FREE", 1 << 80)
    assert finding("Thư mục nhớ").state == "optional"


def test_everything_missing_has_a_remedy() -> None:
    assert [found.name for found in doctor.diagnose() if found.state != "ok" and not found.remedy] == []
