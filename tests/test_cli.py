"""The door: every command, in both languages, with good input and bad, and how each way of ending looks."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from drills import plan, timeline

from sim.cli.door import NAMES, language
from sim.cli.summary import show
from sim.words.cli import CLICK, HELP, SAYS

Tuiyan = Callable[..., Any]  # the fixture: arguments to (code, out, err)
ROOT = Path(__file__).parent.parent
TUIYAN = Path(sys.executable).with_name("tuiyan")
HEAVY = ("pandas", "numpy", "matplotlib", "bokeh", "scipy", "pydantic", "simpy", "ruamel.yaml", "rich")
GAS = "blast-furnace-gas"


def outside(*args: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own."""
    return subprocess.run([TUIYAN, *args], cwd=cwd, capture_output=True, text=True, timeout=120)


# --- help ---------------------------------------------------------------------------------------------


def test_help_is_chinese_unless_english_is_asked_for(tuiyan: Tuiyan) -> None:
    zh, en = tuiyan("--help"), tuiyan("--lang", "en", "--help")
    assert (zh.code, en.code) == (0, 0)
    assert all(word in zh.out for word in ("用法", "选项", "命令", "显示本说明"))
    assert not any(word in zh.out for word in ("Usage", "Options", "Commands", "Show"))
    assert all(word in en.out for word in ("Usage", "Options", "Commands"))
    assert "用法" not in en.out
    assert tuiyan("--help", "--lang", "en").out == en.out


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_in_both_languages(tuiyan: Tuiyan, name: str) -> None:
    zh, en = tuiyan(name, "--help"), tuiyan(name, "--help", "--lang=en")
    assert (zh.code, en.code) == (0, 0)
    assert f"tuiyan {name}" in zh.out
    assert HELP[f"{name}.text"][0].splitlines()[0] in zh.out
    assert HELP[f"{name}.text"][1].splitlines()[0] in en.out
    assert HELP[name][0] in tuiyan("--help").out


def test_without_a_command_the_help_is_shown(tuiyan: Tuiyan) -> None:
    assert tuiyan() == tuiyan("--help")


def test_help_imports_nothing_heavy() -> None:
    code = f"""
import sys
from sim.cli.main import run
run(["--help"])
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_check_imports_neither_pandas_nor_matplotlib() -> None:
    code = """
import sys
from sim.cli.main import run
run(["check"])
print([name for name in ("pandas", "matplotlib", "bokeh", "scipy") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_clicks_own_words_equal_their_table() -> None:
    path = ROOT / "scripts/click_words.py"
    spec = importlib.util.spec_from_file_location("click_words", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.CATALOGUE.read_bytes() == module.catalogue(CLICK), "run python scripts/click_words.py"


def test_both_languages_fill_the_same_blanks() -> None:
    def blanks(text: str) -> set[str]:
        return {part.split("}")[0].partition("!")[0] for part in text.split("{")[1:]}

    for zh, en in (*HELP.values(), *SAYS.values()):
        assert blanks(zh) == blanks(en)


# --- options ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "lang"),
    [
        ([], "zh"),
        (["list", "--lang", "en"], "en"),
        (["--lang=en", "list"], "en"),
        (["--lang", "en", "list", "--lang", "zh"], "zh"),
        (["run", "--", "--lang", "en"], "zh"),
        (["--lang"], "zh"),
    ],
)
def test_the_last_language_wins(args: list[str], lang: str) -> None:
    assert language(args) == lang


def test_an_option_works_before_and_after_the_command(tuiyan: Tuiyan) -> None:
    assert tuiyan("--json", "list", "units") == tuiyan("list", "units", "--json")
    assert tuiyan("--lang", "en", "list", "units") == tuiyan("list", "units", "--lang", "en")
    assert tuiyan("--lang", "en", "list", "--lang", "zh", "units") == tuiyan("list", "units")


def test_an_option_that_means_nothing_to_a_command_is_refused(tuiyan: Tuiyan) -> None:
    for args in (["--seed", "3", "list"], ["list", "--seed", "3"]):
        ended = tuiyan(*args)
        assert ended.code == 2
        assert "--seed" in ended.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["chek"], ["没有", "chek", "check"]),
        (["list", "unit"], ["unit", "units"]),
        (["run"], ["缺少", "SCENARIO"]),
        (["run", GAS, "--sed", "1"], ["--sed", "--seed"]),
        (["run", GAS, "--seed", "many"], ["--seed", "many"]),
        (["run", GAS, "--seed", "-1"], ["--seed", "-1"]),
        (["run", GAS, "--set", "novalue"], ["--set", "novalue"]),
        (["--lang", "fr", "list"], ["fr", "zh"]),
        (["list", "units", "posts"], ["posts"]),
    ],
)
def test_a_slip_on_the_command_line_ends_with_2_and_says_what(
    tuiyan: Tuiyan, args: list[str], words: list[str]
) -> None:
    ended = tuiyan(*args)
    assert ended.code == 2
    assert ended.out == ""
    assert all(word in ended.err for word in words)
    assert "--help" in ended.err
    assert not any(word in ended.err for word in ("Error", "Traceback", "Try", "Invalid", "Missing"))


# --- list ---------------------------------------------------------------------------------------------


def test_list_units_shows_all_25_by_their_exact_names(tuiyan: Tuiyan) -> None:
    ended = tuiyan("list", "units")
    told = json.loads(tuiyan("list", "units", "--json").out)
    assert ended.code == 0
    assert {kind: len(rows) for kind, rows in told.items()} == {"posts": 5, "bodies": 3, "units": 25}
    for rows in told.values():
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        assert all(f" {list(row.values())[1]} " in ended.out for row in rows)
    assert {"区应急局", "区消防救援大队", "区卫健委"} <= {row["unit"] for row in told["units"]}
    assert {"区指挥部", "区指挥部办公室", "应急值守专班"} == {row["body"] for row in told["bodies"]}


@pytest.mark.parametrize("what", ["posts", "bodies"])
def test_posts_and_bodies_have_lists_of_their_own(tuiyan: Tuiyan, what: str) -> None:
    together = json.loads(tuiyan("list", "units", "--json").out)
    assert json.loads(tuiyan("list", what, "--json").out) == together[what]


@pytest.mark.parametrize("what", [None, "units", "posts", "bodies", "duties", "needs", "scenarios"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_list_shows_every_row(tuiyan: Tuiyan, what: str | None, lang: str) -> None:
    args = ["list", *([what] if what else []), "--lang", lang]
    ended, rows = tuiyan(*args), json.loads(tuiyan(*args, "--json").out)
    assert ended.code == 0
    assert len(ended.out.splitlines()) >= len(rows)
    assert not ended.err


def test_tables_of_chinese_line_up(tuiyan: Tuiyan, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len

    monkeypatch.delenv("COLUMNS", raising=False)  # a window as narrow as 80 cells folds the English names
    lines = [line for line in tuiyan("list", "units").out.splitlines() if "区" in line][-25:]
    rows = json.loads(tuiyan("list", "units", "--json").out)["units"]
    starts = {cell_len(line[: line.index(row["english"])]) for line, row in zip(lines, rows, strict=True)}
    assert len(starts) == 1


# --- check --------------------------------------------------------------------------------------------


def test_check_passes_on_everything_shipped(tuiyan: Tuiyan, elsewhere: Path) -> None:
    ended = tuiyan("check")
    assert ended.code == 0
    assert "检查通过" in ended.out
    assert tuiyan("check", GAS).code == 0


def test_check_names_file_line_and_column_and_exits_with_2(tuiyan: Tuiyan, tmp_path: Path) -> None:
    text = (ROOT / f"scenarios/{GAS}.yaml").read_text("utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("\nsummary:", "\nsumary:"), encoding="utf-8")
    line = text.splitlines().index(next(row for row in text.splitlines() if row.startswith("summary:"))) + 1
    for args in (["check", bad], ["run", bad, "-o", tmp_path / "out"]):
        ended = tuiyan(*args)
        assert ended.code == 2
        assert f"{bad}:{line}:1: " in ended.out + ended.err
        assert "summary" in ended.out + ended.err
        assert "Traceback" not in ended.err
    assert os.listdir(tmp_path) == ["bad.yaml"]


SCRIPTS = {f"script-{name}.{kind}" for name in (GAS, "ammonia-cold-store") for kind in ("png", "svg")}


def test_check_draws_every_script_or_those_named(tuiyan: Tuiyan, elsewhere: Path) -> None:
    ended = tuiyan("check", "--timeline", "scripts")
    assert ended.code == 0
    assert {path.name for path in (elsewhere / "scripts").iterdir()} >= SCRIPTS
    assert all(str(Path("scripts", name)) in ended.out for name in SCRIPTS)
    assert tuiyan("check", GAS, "--timeline", "one").code == 0
    assert {path.name for path in (elsewhere / "one").iterdir()} == {
        f"script-{GAS}.png",
        f"script-{GAS}.svg",
    }
    first = (elsewhere / "one" / f"script-{GAS}.svg").read_bytes()
    assert first == (elsewhere / "scripts" / f"script-{GAS}.svg").read_bytes()


def test_scripts_are_redrawn_in_place_and_those_of_others_stay(tuiyan: Tuiyan, elsewhere: Path) -> None:
    assert tuiyan("check", GAS, "--timeline", "scripts").code == 0
    old = elsewhere / "scripts" / "script-another.png"
    old.write_bytes(b"drawn earlier")
    (elsewhere / "scripts" / f"script-{GAS}.png").write_bytes(b"stale")
    ended = tuiyan("check", GAS, "--timeline", "scripts", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["timeline"] == [
        str(Path("scripts", f"script-{GAS}.{k}")) for k in ("png", "svg")
    ]
    assert old.read_bytes() == b"drawn earlier"
    assert (elsewhere / "scripts" / f"script-{GAS}.png").read_bytes().startswith(b"\x89PNG")


def test_scripts_are_not_drawn_among_other_files(tuiyan: Tuiyan, elsewhere: Path) -> None:
    place = elsewhere / "reports"
    place.mkdir()
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    ended = tuiyan("check", GAS, "--timeline", place)
    assert ended.code == 2
    assert "notes.txt" in ended.err
    assert [path.name for path in place.iterdir()] == ["notes.txt"]


def test_with_errors_nothing_is_drawn(tuiyan: Tuiyan, elsewhere: Path) -> None:
    text = (ROOT / "scenarios" / f"{GAS}.yaml").read_text(encoding="utf-8")
    wrong = elsewhere / f"{GAS}.yaml"
    wrong.write_text(text.replace("horizon:", "horizont:", 1), encoding="utf-8")
    ended = tuiyan("check", "ammonia-cold-store", wrong, "--timeline", "scripts")
    assert ended.code == 2
    assert "horizont" in ended.out
    assert not (elsewhere / "scripts").exists()


def test_two_scenarios_of_one_id_are_both_drawn(tuiyan: Tuiyan, elsewhere: Path) -> None:
    text = (ROOT / "scenarios" / f"{GAS}.yaml").read_text(encoding="utf-8")
    (elsewhere / "mine").mkdir()
    (elsewhere / "mine" / f"{GAS}.yaml").write_text(text, encoding="utf-8")
    assert tuiyan("check", GAS, Path("mine", f"{GAS}.yaml"), "--timeline", "scripts").code == 0
    names = {path.name for path in (elsewhere / "scripts").glob("*.png")}
    assert names == {f"script-{GAS}.png", f"script-{GAS}-2.png"}


def test_check_gives_its_problems_as_json(tuiyan: Tuiyan, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad\n", encoding="utf-8")
    ended = tuiyan("check", bad, "--json")
    told = json.loads(ended.out)
    assert ended.code == 2
    assert {"code", "file", "line", "column", "severity", "message"} <= set(told["problems"][0])
    assert told["errors"] == len([p for p in told["problems"] if p["severity"] == "error"]) > 0


# --- run ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One run of the first scenario: its folder and what it printed."""
    folder = tmp_path_factory.mktemp("run") / "out"
    done = outside("run", GAS, "-o", folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_run_writes_everything_it_promises(played: tuple[Path, str]) -> None:
    folder, _ = played
    assert set(os.listdir(folder)) == {
        "timeline.csv", "tasks.csv", "gaps.csv", "manifest.json", "report.html", "charts",
    }  # fmt: skip
    pictures = {path.name for path in (folder / "charts").iterdir()}
    assert {Path(name).stem for name in pictures if name.endswith(".png")} == {
        Path(name).stem for name in pictures if name.endswith(".svg")
    }
    assert len(pictures) >= 8
    assert all(path.stat().st_size for path in folder.rglob("*"))


def test_run_shows_what_a_planner_asks_first(played: tuple[Path, str]) -> None:
    folder, shown = played
    for word in ("【演练】", "推演用时", "启动响应", "首报上级", "接令", "到场", "完成", "可能的差距"):
        assert word in shown
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for word in ("P90", "P50", "种子", "seed", manifest["run"]):
        assert word not in shown


def test_the_table_equals_the_timeline(played: tuple[Path, str]) -> None:
    folder, shown = played
    with (folder / "timeline.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    activated = next(row for row in rows if row["event"] == "activated")
    line = next(line for line in shown.splitlines() if "启动响应" in line)
    assert f"{activated['clock'][11:16]}（T+{int(float(activated['t']))}）" in line
    fire = [r for r in rows if r["unit"] == "区消防救援大队" and r["event"] == "arrived"]
    assert fire
    line = next(line for line in shown.splitlines() if line.startswith(" 区消防救援大队 "))
    assert f" {fire[0]['clock'][11:16]} T+{int(float(fire[0]['t']))} " in line


def test_minutes_are_cut_off_everywhere_as_the_clock_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The clock beside a minute reads 09:59 until it is 10:00; nothing on the screen is rounded the other way."""
    drill = timeline(plan(horizon=119_900), [(19.9, "activated", {"unit": "区指挥部"})])
    show(drill, [], "zh")
    shown = capsys.readouterr().out
    assert "启动响应：09:59（T+19）" in shown
    assert "推演用时：119 分钟" in shown


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the pictures, which take most of the time of a run."""
    monkeypatch.setattr("sim.report.write.write_report", lambda *_, **__: None)


@pytest.mark.usefixtures("unpainted")
def test_one_seed_gives_one_timeline_and_another_another(
    tuiyan: Tuiyan, played: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = played
    first = (folder / "timeline.csv").read_bytes()
    assert tuiyan("--seed", "9", "run", GAS, "--seed", "1", "-o", tmp_path / "same").code == 0
    assert (tmp_path / "same/timeline.csv").read_bytes() == first
    assert tuiyan("--seed", "9", "run", GAS, "-o", tmp_path / "other").code == 0
    assert (tmp_path / "other/timeline.csv").read_bytes() != first


@pytest.mark.usefixtures("unpainted")
def test_run_as_json_gives_minutes(tuiyan: Tuiyan, tmp_path: Path) -> None:
    ended = tuiyan("run", GAS, "--expected", "--json", "-o", tmp_path / "out")
    told = json.loads(ended.out)
    assert told["scenario"] == GAS
    assert told["minutes"]["reception"] < told["minutes"]["activated"] < told["minutes"]["length"]
    assert any(unit["unit"] == "区消防救援大队" and unit["arrived"] for unit in told["units"])


@pytest.mark.usefixtures("unpainted")
def test_set_changes_one_assumption(tuiyan: Tuiyan, tmp_path: Path) -> None:
    slow = "units.区消防救援大队.travel.urban=200 min"
    also = "units.区消防救援大队.travel.township=200 min"

    def arrival(*args: str) -> float | None:
        told = json.loads(tuiyan(*args, "--expected", "--json", "-o", tmp_path / str(len(args))).out)
        return next(u["arrived"] for u in told["units"] if u["unit"] == "区消防救援大队")

    usual, late = arrival("run", GAS), arrival("--set", slow, "run", GAS, "--set", also)
    assert usual
    assert late is None or late >= 200


def test_a_change_of_nothing_is_refused_with_near_names(tuiyan: Tuiyan, tmp_path: Path) -> None:
    ended = tuiyan("run", GAS, "--set", "units.区公安局.mustr.duty=1 min", "-o", tmp_path / "out")
    assert ended.code == 2
    assert "muster" in ended.err
    assert not (tmp_path / "out").exists()


def test_run_refuses_a_folder_with_something_in_it(tuiyan: Tuiyan, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    for extra in ([], ["--overwrite"]):
        ended = tuiyan("run", GAS, "-o", tmp_path, *extra)
        assert ended.code == 2
        assert str(tmp_path) in ended.err
        assert len(ended.err.splitlines()) == 1
    assert os.listdir(tmp_path) == ["note.txt"]


@pytest.mark.parametrize("place", ["/proc/tuiyan/out", "note.txt", "note.txt/out"])
def test_run_says_which_place_cannot_be_written(tuiyan: Tuiyan, elsewhere: Path, place: str) -> None:
    Path("note.txt").write_text("mine")
    ended = tuiyan("run", GAS, "-o", place)
    assert ended.code == 2
    assert ended.err.startswith(place)
    assert len(ended.err.splitlines()) == 1
    assert os.listdir() == ["note.txt"]


def test_nothing_is_half_written_when_the_telling_fails(
    tuiyan: Tuiyan, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(drill: object, folder: Path, *_: object) -> None:
        (folder / "timeline.csv").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.commands.run.tell", breaks)
    ended = tuiyan("run", GAS)
    assert ended.code == 130
    assert len(ended.err.splitlines()) == 1
    assert os.listdir() == []


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_leaves_nothing(elsewhere: Path, sign: int, code: int) -> None:
    def heard() -> None:
        signal.signal(sign, signal.SIG_DFL)  # tests started in the background inherit that Ctrl-C is ignored

    command = [TUIYAN, "run", GAS, "-o", "out"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heard)
    while process.poll() is None and not os.listdir():
        time.sleep(0.01)  # until its hidden folder is there
    process.send_signal(sign)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert len(err.splitlines()) <= 1
    assert os.listdir() == []


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{TUIYAN} list duties | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.strip() in ("0", "141")


def test_a_terminal_without_chinese_is_no_error() -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([TUIYAN, "list"], cwd=ROOT, env=ascii_only, capture_output=True, text=True)
    assert done.returncode == 0
    assert "25" in done.stdout


# --- verify -------------------------------------------------------------------------------------------


def test_verify_accepts_what_run_wrote(tuiyan: Tuiyan, played: tuple[Path, str]) -> None:
    ended = tuiyan("verify", played[0])
    assert ended.code == 0
    assert "一致" in ended.out


def test_verify_names_the_file_that_was_changed(
    tuiyan: Tuiyan, played: tuple[Path, str], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", played[0], copy], check=True)
    text = (copy / "timeline.csv").read_text("utf-8")
    (copy / "timeline.csv").write_text(text.replace("区消防救援大队", "区公安局", 1), encoding="utf-8")
    ended = tuiyan("verify", copy)
    assert ended.code == 1
    assert "timeline.csv" in ended.err


@pytest.mark.parametrize("what", ["nowhere", "empty", "file"])
def test_verify_needs_a_folder_with_a_run(tuiyan: Tuiyan, elsewhere: Path, what: str) -> None:
    Path("empty").mkdir()
    Path("file").touch()
    ended = tuiyan("verify", what)
    assert ended.code == 2
    assert what in ended.err


# --- new ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("unpainted")
def test_a_new_workspace_checks_and_plays(
    tuiyan: Tuiyan, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = tuiyan("new", "office")
    assert ended.code == 0
    assert {"roster", "scenarios", "reports", "notebooks"} <= set(os.listdir("office"))
    assert sorted(os.listdir("office/roster")) == [
        "annex3.yaml", "arrangements.yaml", "law.yaml", "needs.yaml", "norms.yaml", "strength.yaml",
    ]  # fmt: skip
    (starter,) = Path("office/scenarios").glob("*.yaml")
    monkeypatch.chdir("office")
    assert tuiyan("check").code == 0
    shown = tuiyan("run", starter.stem)
    assert shown.code == 0
    assert os.listdir("reports") == [starter.stem] or starter.stem in os.listdir("reports")


def test_a_workspaces_own_file_wins_and_says_so(tuiyan: Tuiyan, elsewhere: Path) -> None:
    tuiyan("new", "office")
    needs = Path("office/roster/needs.yaml")
    needs.write_text(
        needs.read_text("utf-8").replace("zh: 正在泄漏", "zh: 本单位的泄漏", 1), encoding="utf-8"
    )
    ended = tuiyan("list", "needs", "--workspace", "office")
    assert ended.code == 0
    assert "needs.yaml" in ended.err
    assert tuiyan("--workspace", "office", "list", "needs") == ended


def test_new_leaves_a_folder_with_anything_in_it_alone(tuiyan: Tuiyan, elsewhere: Path) -> None:
    Path("note.txt").touch()
    ended = tuiyan("new", ".")
    assert ended.code == 2
    assert "note.txt" in ended.err
    assert os.listdir() == ["note.txt"]


# --- schema -------------------------------------------------------------------------------------------


def test_schemas_are_json_and_say_what_a_scenario_needs(tuiyan: Tuiyan, elsewhere: Path) -> None:
    kinds = json.loads(tuiyan("schema").out)
    assert {"scenario", "strength", "needs", "norms"} <= set(kinds)
    assert "injects" in kinds["scenario"]["required"]
    for _ in range(2):
        assert tuiyan("schema", "-o", "schemas", "--overwrite").code == 0
    for kind, schema in kinds.items():
        assert json.loads(Path(f"schemas/{kind}.schema.json").read_text("utf-8")) == schema


def test_the_door_knows_every_module_of_its_commands() -> None:
    modules = {path.stem for path in (ROOT / "sim/cli/commands").glob("[a-z]*.py")}
    assert modules == set(NAMES)


def test_version(tuiyan: Tuiyan) -> None:
    from importlib.metadata import version

    assert tuiyan("--version").out == f"tuiyan {version('tuiyan')}\n"


def test_clicks_words_are_those_of_this_click() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    for word in ("Usage:", "Options", "Commands", "Missing argument", "No such option {name!r}."):
        assert word in CLICK
        assert word in source
