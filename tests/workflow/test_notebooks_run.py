"""The notebook from a scan to its record runs from top to bottom, and its answers hold."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "tu-ban-quet-den-ban-ghi.ipynb"


@pytest.mark.notebook
@pytest.mark.ocr
def test_the_notebook_reads_its_scan() -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    told = "\n".join(o.get("text", "") or str(o.get("data", {}).get("text/plain", "")) for o in outputs)
    assert "4 trang, 2 bản ghi" in told
    assert "514/SGDĐT-VP" in told
    assert "[[], []]" in told  # every span of the evidence is what its page says
    assert sum("image/jpeg" in o.get("data", {}) for o in outputs) == 2


def test_the_stored_notebook_is_small_and_has_its_outputs() -> None:
    stored = NOTEBOOK.read_text(encoding="utf-8")
    assert len(stored) < 1_000_000
    assert "image/jpeg" in stored
    assert '"output_type": "error"' not in stored


STUDY = NOTEBOOK.with_name("danh-gia.ipynb")


@pytest.mark.notebook
def test_the_study_of_confidence_runs_on_what_is_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("CONGVAN_SHARED", str(tmp_path / "none"))
    monkeypatch.delenv("MPLBACKEND", raising=False)  # which streamlit sets when a test imports it: no pictures then
    notebook = nbformat.read(STUDY, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=280, kernel_name="python3", resources={"metadata": {"path": str(STUDY.parent)}}
    ).execute()
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    told = "\n".join(o.get("text", "") for o in outputs)
    assert "Không có ../shared" in told
    assert "Bản quét thật" not in told
    assert sum("image/png" in o.get("data", {}) for o in outputs) == 2


def test_the_stored_study_is_small_and_has_its_outputs() -> None:
    stored = STUDY.read_text(encoding="utf-8")
    assert len(stored) < 400_000
    assert stored.count("image/png") == 2
    assert '"output_type": "error"' not in stored
