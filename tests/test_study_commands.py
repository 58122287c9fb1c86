"""The commands of a study as a planner runs them: study, compare, sensitivity, improve."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.cli.main import run
from sim.study.replicate import load_study

DRILL = "blast-furnace-gas"


def test_a_study_is_written_and_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "study"
    assert run(["study", DRILL, "-n", "6", "--jobs", "1", "-o", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "启动响应" in shown
    assert {"study.html", "study.csv", "milestones.csv", "limits.csv", "study.sqlite"} <= set(
        os.listdir(folder)
    )
    assert run(["study", DRILL, "-n", "9", "--jobs", "1", "-o", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["n"], told["failed"]) == (9, 0)
    assert load_study(folder).n == 9


def test_another_seed_in_the_same_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "study")
    assert run(["study", DRILL, "-n", "2", "--jobs", "1", "-o", folder]) == 0
    assert run(["study", DRILL, "-n", "2", "--jobs", "1", "-o", folder, "--seed", "5"]) == 2
    assert "seed" in capsys.readouterr().err


def test_one_replication_is_played_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And it is the play that the study counts under that number."""
    folder = tmp_path / "study"
    assert run(["study", DRILL, "-n", "4", "--jobs", "1", "-o", str(folder)]) == 0
    assert run(["study", DRILL, "--replication", "3", "-o", str(folder)]) == 0
    capsys.readouterr()
    manifest = json.loads((folder / "plays/replication-3/manifest.json").read_text("utf-8"))
    assert manifest["replication"] == 3
    with load_study(folder).store() as store:
        kept = {number: (task, state) for number, task, state, *_ in store.rows() if task == "fire.recon#1"}
    assert 3 in kept
    assert run(["verify", str(folder / "plays/replication-3")]) == 0


def test_a_variant_is_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    more = ["--set", "desk.operators.duty=3", "-n", "3", "--jobs", "1"]
    assert run(["compare", DRILL, *more, "-o", str(tmp_path / "c")]) == 0
    assert "各成员单位都已通知到" in capsys.readouterr().out
    assert (tmp_path / "c" / "comparison.html").is_file()
    file = tmp_path / "more.yaml"
    file.write_text("desk.operators.duty: 3\n", "utf-8")
    assert run(["compare", DRILL, "--with", str(file), "-n", "3", "--jobs", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n"] == 3


def test_there_must_be_something_to_compare_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", DRILL]) == 2
    assert "--set" in capsys.readouterr().err


def test_assumptions_are_ranked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sensitivity", DRILL, "activated", "--only", "desk.", "-n", "2", "--jobs", "1"]) == 0
    assert "秒表" in capsys.readouterr().out
    assert run(["sensitivity", DRILL, "no-such-measure", "-n", "2", "--jobs", "1"]) == 2


@pytest.mark.slow
def test_measures_are_ranked_within_a_budget(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["improve", DRILL, "--budget", "4", "-n", "3", "--jobs", "1"]) == 0
    assert "费用不超过4" in capsys.readouterr().out


def test_ctrl_c_says_how_far_it_came_and_the_file_stays(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    code = "import signal, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n" \
           "from sim.cli.main import main\nmain()"  # fmt: skip
    args = ["study", DRILL, "-n", "100000", "--jobs", "1", "-o", str(folder)]
    process = subprocess.Popen([sys.executable, "-c", code, *args], stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not _some(folder) and time.monotonic() < end:
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "已经保存" in told
    assert load_study(folder).n > 0


def _some(folder: Path) -> bool:
    from sim.errors import TuiyanError

    try:
        return load_study(folder).n > 0
    except TuiyanError:
        return False
