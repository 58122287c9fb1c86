"""Timelines as files: nothing is lost either way, and a bad line is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim import load_roster, load_scenario, simulate
from sim.errors import InputError, MismatchError
from sim.record.exchange import BOM, from_csv, from_jsonl, to_csv, to_jsonl
from sim.record.run import MANIFEST, TASKS, TIMELINE, read_run, write_run
from sim.record.timeline import Timeline
from sim.study.verify import verify
from sim.words.problems import render


@pytest.fixture(scope="module")
def drill() -> Timeline:
    return simulate(load_scenario("blast-furnace-gas"), load_roster(), seed=3)


def test_csv_gives_back_every_row(drill: Timeline) -> None:
    text = to_csv(drill.rows)
    assert text.startswith(BOM), "Excel needs the mark to read Chinese"
    assert from_csv(text) == drill.rows
    assert to_csv(from_csv(text)) == text


def test_json_lines_give_back_every_row(drill: Timeline) -> None:
    assert from_jsonl(to_jsonl(drill.rows)) == drill.rows


@pytest.mark.parametrize(
    ("read", "spoil", "line"),
    [
        (from_csv, lambda text: text.replace("triggered", "triggerd", 1), None),
        (from_csv, lambda text: "run,t\n", 1),
        (from_csv, lambda text: text + "a,b\r\n", None),
        (from_jsonl, lambda text: "not json\n" + text, 1),
        (from_jsonl, lambda text: "[1, 2]\n" + text, 1),
    ],
)
def test_a_line_that_is_no_row_is_named(
    drill: Timeline, read: Callable[..., object], spoil: Callable[[str], str], line: int | None
) -> None:
    whole = to_csv(drill.rows) if read is from_csv else to_jsonl(drill.rows)
    with pytest.raises(InputError) as caught:
        read(spoil(whole), "mine")
    problem = caught.value.problems[0]
    assert problem.file == "mine"
    assert problem.line == line or (line is None and problem.line > 1)
    assert render(problem).startswith("mine:")


def test_a_run_folder_is_read_back_with_its_plan(drill: Timeline, tmp_path: Path) -> None:
    """Without the files it was made from: the manifest holds every input."""
    write_run(drill, tmp_path, {"gaps.csv": ""})
    again = read_run(tmp_path)
    assert again.rows == drill.rows
    assert [record.as_row() for record in again.records] == [record.as_row() for record in drill.records]
    assert again.plan.needs == drill.plan.needs
    assert verify(tmp_path) == len(drill.rows)


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (TIMELINE, "ordered", "order", "verify-changed"),
        (TASKS, "finished", "open", "verify-changed"),
        (MANIFEST, '"seed": 3', '"seed": 4', "verify-run-id"),
        (MANIFEST, '"count": 4', '"count": 5', "verify-input-damaged"),
        (MANIFEST, '"draws": "blake2b-64x8/1"', '"draws": "other"', "verify-scheme"),
    ],
)
def test_verify_names_what_was_touched(
    drill: Timeline, tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    write_run(drill, tmp_path)
    text = (tmp_path / name).read_bytes().decode()
    assert old in text
    (tmp_path / name).write_bytes(text.replace(old, new, 1).encode())
    with pytest.raises(MismatchError) as caught:
        verify(tmp_path)
    assert code in {problem.code for problem in caught.value.problems}
    assert all(render(problem, lang) for problem in caught.value.problems for lang in ("zh", "en"))


def test_a_play_that_no_longer_gives_its_bytes_is_found(drill: Timeline, tmp_path: Path) -> None:
    """A forged timeline with a manifest that fits it: only playing again can tell."""
    forged = Timeline(drill.plan, drill.rows[:-1], drill.manifest)
    write_run(forged, tmp_path)
    with pytest.raises(MismatchError) as caught:
        verify(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["verify-replay"]


@pytest.mark.parametrize("content", [None, "not json", "{}"])
def test_a_folder_that_is_no_run_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        verify(tmp_path)
    assert caught.value.problems[0].code in {"run-missing", "run-unreadable"}
