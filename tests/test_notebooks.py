"""The notebooks: they run from top to bottom with warnings as errors, review well in git, and hold no logic."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
QUICK = "04-write-a-scenario"
STRICT = 'import warnings\nwarnings.simplefilter("error")'
LENIENT = "warnings.resetwarnings()"  # the kernel itself warns when it is shut down


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def parsed(cell: dict[str, Any]) -> ast.Module:
    return ast.parse("\n".join(line for line in source(cell).splitlines() if not line.startswith("%")))


def executed(path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, lang: str = "zh") -> dict[str, str]:
    """Run a notebook in a folder that is no workspace; return the text and HTML that each cell showed, by its id."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("IPYTHONDIR", str(place / ".ipython"))
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        cell.source = cell.source.replace('LANG = "zh"', f'LANG = "{lang}"')
    book.cells.insert(0, nbformat.v4.new_code_cell(STRICT, id="strict"))
    book.cells.append(nbformat.v4.new_code_cell(LENIENT, id="lenient"))
    resources = {"metadata": {"path": str(place)}}
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3", resources=resources).execute()
    return {cell.id: "\n".join(map(told, cell.get("outputs", ()))) for cell in book.cells}


def told(output: Any) -> str:
    """What one output says; what was written to the error stream is a fault."""
    assert output.get("name") != "stderr", output["text"]
    data = output.get("data", {})
    return "\n".join(
        [output.get("text", ""), *(data.get(kind, "") for kind in ("text/plain", "text/html")), *data]
    )


def test_there_are_the_four() -> None:
    names = [path.stem for path in NOTEBOOKS]
    assert names == ["01-planner", "02-analyst", "03-trainer", "04-write-a-scenario"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_sources_review_well_in_git(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    book = json.loads(text)
    assert text == json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    ids = [cell["id"] for cell in book["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
    assert set(book["metadata"]) == {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_hold_no_logic_and_use_public_names_only(path: Path) -> None:
    import sim

    banned = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try)
    for cell in cells(path, "code"):
        for node in ast.walk(parsed(cell)):
            assert not isinstance(node, banned), source(cell)
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("sim")
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "sim"
            ):
                assert node.attr in sim.__all__


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_ask_at_the_start_and_answer_at_the_end_in_both_languages(path: Path) -> None:
    first, *_, last = (source(cell) for cell in cells(path, "markdown"))
    assert "问题" in first
    assert "Question" in first
    assert last.startswith("## 答")
    assert "Answer" in last
    assert 'LANG = "zh"' in source(cells(path, "code")[0])


def test_the_quick_one_runs_and_finds_the_fault_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = (path for path in NOTEBOOKS if path.stem == QUICK)
    seen = executed(path, tmp_path, monkeypatch)
    assert ":10:9:" in seen["refused"]
    assert "fyre" in seen["refused"]
    assert "有错误" in seen["refused"]
    assert "可以推演" in seen["checked"]
    assert "50 次" in seen["plays"]
    assert os.listdir(tmp_path) in ([], [".ipython"])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_runs_from_top_to_bottom(
    path: Path, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = executed(path, tmp_path, monkeypatch, lang)
    if path.stem == "03-trainer":
        assert "widget-view" in seen["replay"]
    cards = [text for text in seen.values() if "border-left" in text]
    assert cards
    assert all(("EXERCISE 演练" if lang == "en" else "演练 EXERCISE") in text for text in cards)
