"""Coverage of the shipped register: the list, the picture, the command."""

from __future__ import annotations

import csv
import io
import json
import os
import warnings
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from covered import covered, drill
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sim
from sim.report.coverage import FILES
from sim.review.coverage import COLUMNS, STATUSES, Coverage
from sim.words import coverage as words

Tuiyan = Callable[..., Any]
GAS, STORE = "blast-furnace-gas", "ammonia-cold-store"


# --- the shipped register


@pytest.fixture(scope="module")
def shipped() -> Coverage:
    return sim.cover([sim.load_scenario(name) for name in (GAS, STORE)], seeds=2)


def test_the_whole_of_annex_3_is_judged(shipped: Coverage) -> None:
    register = sim.load_roster().model.register_
    clauses = [
        duty_id for body in (*register.bodies.values(), *register.units.values()) for duty_id in body.duties
    ]
    assert sorted(clause.duty for clause in shipped.clauses) == sorted(clauses)
    for clause in shipped.clauses:
        assert clause.status in STATUSES
        assert all("{" not in clause.reason(lang) and clause.reason(lang) for lang in ("zh", "en"))
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in clause.reason("en").partition("Its words")[0])
    major = next(clause for clause in shipped.clauses if clause.duty == "industry.rescue")
    assert major.status == "unreachable"
    assert register.units["区工信局"].duties["industry.rescue"].quote in major.reason("zh")  # type: ignore[operator]


def test_who_worked_is_who_started_in_the_expected_play(shipped: Coverage) -> None:
    for name in (GAS, STORE):
        given = sim.load_scenario(name)
        tasks = sim.simulate(given, expected=True).tasks
        register = sim.load_roster().model.register_.units
        own = {duty_id for unit_ in register.values() for duty_id in unit_.duties}
        present = {unit_ for unit_ in register if given.model.participants.get(unit_, "未邀请") != "未邀请"}
        started = tasks[tasks["started"].notna()]
        expected = {
            duty_id for duty_id, who in zip(started["duty"], started["unit"], strict=True)
            if duty_id in own and who in present
        }  # fmt: skip
        bodies = {clause.duty for clause in shipped.clauses if clause.unit not in register}
        assert shipped.worked[name] - bodies == expected


# --- the picture


def texts(axes: Axes) -> str:
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    found_texts = figure.findobj(lambda part: hasattr(part, "get_text") and part.get_visible())
    return "\n".join(part.get_text() for part in found_texts)  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_shows_every_unit_and_scenario_and_says_exercise(shipped: Coverage, lang: Any) -> None:
    axes = sim.charts.coverage_matrix(shipped, lang=lang)
    shown = texts(axes)
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert len(labels) == len(shipped.units()) == 28
    if lang == "zh":
        assert labels == list(shipped.units())
        assert all(scene.plan.title["zh"] in shown.replace("\n", "") for scene in shipped.scenes)
    assert ("演练" if lang == "zh" else "EXERCISE") in shown
    done, of = shipped.count("dispatched"), shipped.count("dispatched", "conditional", "not-invited", "never")
    assert (f"{of}项可派发职责中的{done}项" if lang == "zh" else f"put to work: {done} of {of}") in shown


@pytest.mark.parametrize("many", [1, 6, 10, 20])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_the_picture_is_cut_off_and_no_glyph_is_missing(
    shipped: Coverage, many: int, lang: Any
) -> None:
    scenes = [shipped.scenes[place % 2] for place in range(many)]
    axes = sim.charts.coverage_matrix(Coverage(shipped.clauses, tuple(scenes)), lang=lang)
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(io.BytesIO(), format="png")
    for text in figure.findobj(lambda part: hasattr(part, "get_window_extent") and hasattr(part, "get_text")):
        if text.get_visible() and text.get_text():  # type: ignore[attr-defined]
            box = text.get_window_extent()
            assert box.x0 >= 0, text.get_text()  # type: ignore[attr-defined]
            assert box.y0 >= 0, text.get_text()  # type: ignore[attr-defined]
            assert box.x1 <= figure.bbox.x1, text.get_text()  # type: ignore[attr-defined]
            assert box.y1 <= figure.bbox.y1, text.get_text()  # type: ignore[attr-defined]
    heads = [text.get_window_extent() for text in axes.texts if text.get_position()[1] == -0.65]
    assert len(heads) == many
    assert all(left.x1 <= right.x0 for left, right in pairwise(heads))


def test_the_cells_of_the_picture_are_the_numbers_of_the_coverage() -> None:
    burning = covered(drill("s-leak", "leak"), drill("s-fire", "fire"), seeds=0)
    axes = sim.charts.coverage_matrix(burning)
    rows = [label.get_text() for label in axes.get_yticklabels()]
    cells = {
        text.xy: text.get_text() for text in axes.texts if hasattr(text, "xy") and text.get_text().isdigit()
    }
    fire = [scene.plan.id for scene in burning.scenes].index("s-fire")
    assert cells == {(fire, rows.index("消防")): "1"}
    marked = {text.xy[1] for text in axes.texts if text.get_text() == "◆"}  # type: ignore[attr-defined]
    assert marked == {rows.index(name) for name in ("消防", "远队", "难找", "水利", "来客", "逐次")}


# --- the command


def run(tuiyan: Tuiyan, *more: str | Path) -> Any:
    return tuiyan("coverage", GAS, "--seeds", "0", *more)


def test_the_json_is_a_list_of_every_duty(tuiyan: Tuiyan) -> None:
    ended = run(tuiyan, "--json")
    told = json.loads(ended.out)
    assert ended.code == 0
    assert len(told) == len(json.loads(tuiyan("list", "duties", "--json").out))
    assert all(tuple(row) == COLUMNS for row in told)
    assert {row["status"] for row in told} <= set(STATUSES)
    assert all(row["scenarios"] == [GAS] for row in told if row["status"] == "dispatched")


@pytest.mark.parametrize(("lang", "place"), [("zh", 0), ("en", 1)])
def test_the_table_counts_and_what_never_works_is_listed(
    tuiyan: Tuiyan, monkeypatch: pytest.MonkeyPatch, lang: str, place: int
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)  # a narrow window folds English names
    ended, told = run(tuiyan, "--lang", lang), json.loads(run(tuiyan, "--json", "--lang", lang).out)
    assert ended.code == 0
    line = next(row for row in ended.out.splitlines() if row.startswith(f" {words.TOLD['all'][place]} "))
    counts = [sum(row["status"] == status for row in told) for status in STATUSES]
    assert [int(number) for number in line.split()[1:]] == [*counts, len(told)]
    for row in told:
        listed = row["status"] in ("never", "unreachable")
        assert (f"{row['duty']}" in ended.out and row["reason"] in ended.out) == listed


def test_it_writes_a_folder_whole_and_refuses_another_s(tuiyan: Tuiyan, elsewhere: Path) -> None:
    ended = run(tuiyan, "-o", "out", "--smallest")
    assert ended.code == 0
    assert sorted(os.listdir("out")) == sorted(FILES)
    told = json.loads(Path("out/coverage.json").read_text("utf-8"))
    with Path("out/coverage.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["reason"] for row in rows] == [row["reason"] for row in told]
    assert [row["scenarios"].split() for row in rows] == [row["scenarios"] for row in told]
    assert Path("out/coverage.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in Path("out/coverage.svg").read_text("utf-8")
    before = {name: Path("out", name).read_bytes() for name in FILES}
    assert run(tuiyan, "-o", "out").code == 2
    assert run(tuiyan, "-o", "out", "--smallest", "--overwrite").code == 0
    assert {name: Path("out", name).read_bytes() for name in FILES} == before
    Path("out/mine.txt").write_text("mine")
    assert run(tuiyan, "-o", "out", "--overwrite").code == 2
    assert Path("out/mine.txt").read_text() == "mine"
    Path("notes").mkdir()
    Path("notes/coverage.csv").write_text("mine")
    assert run(tuiyan, "-o", "notes", "--overwrite").code == 2
    assert os.listdir("notes") == ["coverage.csv"]


def test_an_interrupted_one_leaves_nothing(
    tuiyan: Tuiyan, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.study.coverage.look", breaks)
    ended = run(tuiyan, "-o", "out")
    assert ended.code == 130
    assert len(ended.err.splitlines()) == 1
    assert os.listdir() == []


def test_the_smallest_sets_are_printed_and_given(tuiyan: Tuiyan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    args = ["coverage", STORE, GAS, "--seeds", "0", "--smallest"]
    told = json.loads(tuiyan(*args, "--json").out)
    reached = {row["duty"] for row in told["duties"] if row["status"] == "dispatched"}
    for choice in told["smallest"].values():
        assert {duty_id for step in choice["scenarios"] for duty_id in step["adds"]} == reached
        assert choice["duties"] == len(reached)
        assert choice["minutes"] == sum(step["minutes"] for step in choice["scenarios"])
    shown = tuiyan(*args).out
    assert all(step["scenario"] in shown for step in told["smallest"]["fewest"]["scenarios"])
    assert f"{len(reached)}项" in shown


def test_the_order_of_scenarios_on_the_line_means_nothing(tuiyan: Tuiyan) -> None:
    args: Sequence[str] = ("--seeds", "1", "--smallest", "--json")
    there, back = tuiyan("coverage", GAS, STORE, *args), tuiyan("coverage", STORE, GAS, GAS, *args)
    assert there.out == back.out


def test_two_files_with_one_id_are_refused(tuiyan: Tuiyan, elsewhere: Path) -> None:
    text = (Path(__file__).parent.parent / f"scenarios/{GAS}.yaml").read_text("utf-8")
    changed = Path(f"{GAS}.yaml")
    changed.write_text(text.replace("horizon: ", "horizon: 1"), encoding="utf-8")
    ended = tuiyan("coverage", GAS, changed, "--seeds", "0")
    assert ended.code == 2
    assert str(changed) in ended.err


def test_both_languages_fill_the_same_blanks() -> None:
    def blanks(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    for table in (words.STATUS, words.REASONS, words.PARTS, words.ENDS, words.TOLD):
        for zh, en in table.values():
            assert blanks(zh) == blanks(en)
