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
