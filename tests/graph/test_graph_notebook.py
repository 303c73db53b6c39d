"""The notebook over the bundled corpus runs from top to bottom and its answers hold."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "graph.ipynb"


@pytest.mark.notebook
def test_the_notebook_answers_its_questions() -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("matplotlib")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    told = "\n".join(
        output.get("text", "") or str(output.get("data", {}).get("text/plain", ""))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    assert "514/SGDĐT-VP thực hiện 14/CT-UBND" in told
    below = told.split("Kế hoạch 205-KH/TU")[1]  # two steps below 41-CT/TW
    assert "'Công văn không rõ số «Bảo đảm an toàn thông tin mạng" in below
    assert "430/BTTTT-CATTT ['430/BTTTT-CATT', '430/BTTTT-CATTT']" in told
    assert "2 lần  Chỉ thị 14/CT-UBND" in told
