"""The notebook of the examples runs from top to bottom, and its answers are those of the engine."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def outputs():
    """What each cell shows, as text and as HTML."""
    notebook = nbformat.read(ROOT / "examples" / "questions.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "commit the notebook without outputs"
    # The kernel is started in the tree, as a reader's is who has it installed.
    NotebookClient(notebook, timeout=None, resources={"metadata": {"path": str(ROOT)}}).execute()
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_it_answers_its_five_questions(outputs):
    text = "\n".join(
        output.get("text") or output["data"].get("text/plain", "") for output in outputs if "ename" not in output
    )
    assert "met" in text
    assert "2020-11-25" in text
    assert "2020-11-08 armenian-forces, or azerbaijan not certain" in text
    assert "2020-11-10 azerbaijan certain" in text
    assert "its date “someday”" in text
    for cause in ("clause", "force"):
        assert cause in text


def test_it_shows_the_map(outputs):
    (shown,) = [output["data"]["text/html"] for output in outputs if "iframe" in output.get("data", {}).get("text/html", "")]  # fmt: skip
    assert "srcdoc" in shown
    assert "2020-11-24" in shown
