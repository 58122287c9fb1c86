"""The pictures and pages of a study: what they show equals the study, they stand alone, no file of a user is lost."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import warnings
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from drills import ACTORS, duty, inject, norm, plan
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

import sim
from sim.plan import compiled as c
from sim.plan.factors import Factor
from sim.plan.measures import load_measures
from sim.record.run import read_run
from sim.report import charts
from sim.report.charts.convergence import settling
from sim.report.charts.missing import ranked
from sim.report.compared import write_comparison, write_options, write_sensitivity
from sim.report.fonts import chinese
from sim.report.sections import Table
from sim.report.study import write_study
from sim.report.what_if import percent
from sim.review.causes import waits_of
from sim.review.limits import measure
from sim.study import summary
from sim.study.clocks import clocks
from sim.study.measures import Measure
from sim.study.options import improve
from sim.study.outcomes import ENDS, MILESTONES, Judged, Outcome, TaskTimes, name_of
from sim.study.precise import Loose
from sim.study.replicate import Study
from sim.study.risks import risks
from sim.study.sensitivity import Bar, Effect, Sensitivity, Tornado
from sim.study.store import FILE, opened
from sim.study.what_if import Comparison, Variant, what_if
from sim.words.study import STUDY

FIRE, POLICE = "区消防救援大队", "区公安局"
N = 30
SCENARIO = "ammonia-cold-store"
Made = Callable[[Iterable[Outcome]], Study]

PLAN = plan(
    duties=(duty("fire.leak", FIRE), duty("police.desk", POLICE, at_scene=False)),
    norms=(norm("N1", 0, "ordered", "arrived", 10), norm("N2", 1, "ordered", "started", 5)),
    injects=(inject("I1", 5, expect=(c.Expected(ACTORS.index(POLICE), 1, "started", "", 9_000, ""),)),),
)  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Keep outcomes in a store, as a study of the hand-made plan."""

    def make(outcomes: Iterable[Outcome]) -> Study:
        given, identity = list(outcomes), {"seed": 7, "manifest": {}}
        with opened(tmp_path / FILE, identity) as store:
            store.add(given)
        return Study(tmp_path / FILE, PLAN, identity, len(given))

    return make


def outcome(number: int, *tasks: TaskTimes, limits: Iterable[Judged] = (), **minutes: float) -> Outcome:
    ticks = {name: round(at * 1000) for name, at in {"closed": 240.0, **minutes}.items()}
    return Outcome(number, "", tuple(map(ticks.get, MILESTONES)), tasks, tuple(limits))


def task(name: str, state: str, **minutes: float) -> TaskTimes:
    return TaskTimes(
        name, state, tuple(round(minutes[end] * 1000) if end in minutes else None for end in ENDS)
    )


def judged(norm: str, verdict: str) -> Judged:
    return Judged(norm, "fire.leak#1", verdict, "", 10_000, 12_000)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return sim.replicate(sim.load_scenario(SCENARIO), n=N, jobs=1, folder=tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def folder(study: Study) -> Path:
    return write_study(study, study.path.parent).parent


@pytest.fixture(scope="module")
def compared() -> Comparison:
    scenario, roster = sim.load_scenario("blast-furnace-gas"), sim.load_roster()
    more = Variant(scenario, roster, {"desk.operators.duty": 3})
    return what_if(Variant(scenario, roster), more, n=15, jobs=1)


class Page(HTMLParser):
    """The text of a page, the cells of its tables row by row, and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.text, self.links = "", list[str]()
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.text += data
        if self._inside in ("td", "th"):
            self.rows[-1][-1] += data


def read(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


def texts(ax: Axes) -> list[str]:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    return [
        found.get_text() for found in figure.findobj(Text) if isinstance(found, Text) and found.get_text()
    ]


def labels(panel: Axes) -> list[str]:
    return [tick.get_text().replace("\n", "") for tick in panel.get_yticklabels()]


def marks(panel: Axes, marker: str) -> dict[float, float]:
    """Where marks of this form stand: x by row."""
    return {
        float(line.get_ydata()[0]): float(line.get_xdata()[0])  # type: ignore[index,arg-type]
        for line in panel.lines
        if line.get_marker() == marker and len(line.get_xdata()) == 1  # type: ignore[arg-type]
    }


# --- every picture


def bar(name: str, low: float, high: float, grade: str = "guess") -> Bar:
    path = f"units.{FIRE}.work.fire.leak.{name}"
    factor = Factor(path, f"units.{FIRE}.work.fire.leak", "duration", "10 min", 0, 0, grade, "x")
    return Bar(factor, "5 min", "15 min", low, high, 1.0)


TORNADO = Tornado(
    Measure("milestone", "terminated"), 100.0,
    (bar("time", 80, 130, "measured"), bar("setup", 110, 140), bar("every", 100, 100)), (), 20, 0,
)  # fmt: skip
EFFECTS = Sensitivity(
    Measure("milestone", "terminated"), tuple(one.factor for one in TORNADO.bars),
    (Effect(TORNADO.bars[0].factor.path, 12.5, 12.0, 1.0, 2.5),
     Effect(TORNADO.bars[1].factor.path, 3.0, 3.0, 1.0, 0.5)),
    (), 40, 5,
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["bands", "missing", "convergence", "difference", "tornado", "effects"])
def test_every_picture_is_marked_whole_and_has_every_glyph(
    study: Study, compared: Comparison, name: str, lang: Any
) -> None:
    given: dict[str, tuple[Any, ...]] = {
        "difference": (compared,), "tornado": (TORNADO, PLAN), "effects": (EFFECTS, PLAN),
    }  # fmt: skip
    ax = getattr(charts, name)(*given.get(name, (study,)), lang=lang)
    figure = ax.get_figure(root=True)
    with warnings.catch_warnings(), chinese():
        warnings.simplefilter("error")  # "Glyph … missing from font"
        figure.savefig(io.BytesIO(), format="png")
    shown = texts(ax)
    assert STUDY["badge"][lang == "en"] in shown
    assert any(("假设" if lang == "zh" else "assumptions") in text for text in shown)
    outside = []
    for found in figure.findobj(Text):
        if found.get_visible() and found.get_text():
            box = found.get_window_extent()
            if box.x0 < 0 or box.y0 < 0 or box.x1 > figure.bbox.x1 or box.y1 > figure.bbox.y1:
                outside.append(found.get_text())
    assert outside == []


def test_a_picture_may_be_drawn_on_axes_of_the_callers_own(study: Study) -> None:
    mine = Figure(figsize=(9, 5)).add_subplot()
    assert charts.missing(study, ax=mine) is mine


# --- bands


def test_bands_are_those_of_the_study(study: Study) -> None:
    upper, lower = charts.bands(study).child_axes
    turning = [row.band for row in summary.milestones(study) if row.band.plays > row.band.never]
    assert [(p.get_x(), p.get_x() + p.get_width()) for p in upper.patches] == [  # type: ignore[attr-defined]
        (pytest.approx(band.p10), pytest.approx(band.p90)) for band in turning
    ]
    assert marks(upper, "o") == dict(enumerate(band.p50 for band in turning))
    assert list(marks(upper, "v").values()) == [
        band.expected for band in turning if band.expected is not None
    ]
    assert marks(lower, "o") == dict(enumerate(row.band.p50 for row in clocks(study)))


def test_what_is_open_at_the_close_has_an_open_end(made: Made) -> None:
    """Eight of ten plays come to an activation: P50 is drawn, and P90 is an arrow at the edge, with words."""
    study = made(outcome(n, **({"activated": 10.0 * (n + 1)} if n < 8 else {})) for n in range(10))
    ax = charts.bands(study)
    panel = ax.child_axes[0]
    assert marks(panel, "o") == {0: 50.0}
    assert marks(panel, ">") == {0: panel.get_xlim()[1]}
    assert "50.0 / 未完成" in texts(ax)
    assert "启动响应一般T+50，较不利至结束未完成（十次中约一次更慢）" in texts(ax)


def test_a_clock_runs_as_its_norm_says_and_leaves_out_what_was_called_off(made: Made) -> None:
    def leak(n: int) -> TaskTimes:
        return task("fire.leak#1", "finished", triggered=1, ordered=5, arrived=10 + n, finished=60)

    stood_down = task("fire.leak#1", "stood_down", triggered=1, ordered=5, stood_down=9)
    running = task("fire.leak#1", "open", triggered=1, ordered=5)
    study = made([*(outcome(n, leak(n)) for n in range(5)), outcome(5, stood_down), outcome(6, running)])
    first = clocks(study)[0]
    assert (first.duty, first.begin, first.stop, first.within) == ("fire.leak", "ordered", "arrived", 10)
    assert (first.band.plays, first.band.never, first.band.p50) == (6, 1, 7.0)


# --- how often limits are missed


def test_limits_stand_worst_first_and_the_form_says_the_verdict(made: Made) -> None:
    """N1 is missed by 80 of 100, N2 by none: a diamond and a circle; three of twenty cannot be told yet."""
    study = made(
        outcome(n, limits=[judged("N1", "missed" if n < 80 else "met"), judged("N2", "met"),
                           *([judged("I1:police.desk.started", "missed" if n < 3 else "met")] if n < 20 else [])])
        for n in range(100)
    )  # fmt: skip
    (panel,) = charts.missing(study).child_axes
    assert [row.norm for row in ranked(study)] == ["N1", "I1:police.desk.started", "N2"]
    assert marks(panel, "D") == {0: pytest.approx(0.8)}
    assert marks(panel, "s") == {1: pytest.approx(0.15)}
    assert marks(panel, "o") == {2: 0.0}
    kept = ranked(study)
    lines = [
        line.get_xdata()
        for line in panel.lines
        if line.get_marker() == "None" and line.get_linestyle() == "-"
    ]
    assert [tuple(map(float, ends)) for ends in lines] == [(row.low, row.high) for row in kept]  # type: ignore[arg-type]
    assert "80/100次，80%（71%–87%）" in texts(panel)


def test_only_the_worst_twenty_are_drawn_and_the_rest_is_counted(made: Made) -> None:
    study = made(
        outcome(n, limits=[judged(f"X{k:02d}", "missed" if n < k else "met") for k in range(25)])
        for n in range(30)
    )
    ax = charts.missing(study)
    assert len(labels(ax.child_axes[0])) == 20
    assert any("另有5项" in text for text in texts(ax))


def test_what_is_rare_is_not_said_to_be_nought() -> None:
    assert [percent(share) for share in (0, 0.001, 0.01, 0.5, 0.999, 1)] == [
        "0%", "<1%", "1%", "50%", ">99%", "100%",
    ]  # fmt: skip


# --- tornado, effects, difference, convergence


def test_the_tornado_shows_both_ends_and_names_what_to_measure() -> None:
    ax = charts.tornado(TORNADO, PLAN)
    (panel,) = ax.child_axes
    ends = sorted((p.get_y(), p.get_x(), p.get_x() + p.get_width()) for p in panel.patches)  # type: ignore[attr-defined]
    assert [(a, b) for _, a, b in ends] == [(100, 80), (100, 130), (100, 110), (100, 140)]
    assert len(labels(panel)) == 2  # what moves nothing is not drawn
    shown = texts(ax)
    assert any("相差30.0分钟、最该先核实的" in text for text in shown)  # the widest is measured already
    assert {"80.0", "130.0", "110.0 / 140.0"} <= set(shown)


def test_effects_are_drawn_with_their_error() -> None:
    ax = charts.effects(EFFECTS, PLAN)
    (panel,) = ax.child_axes
    assert [p.get_width() for p in panel.patches] == [12.5, 3.0]  # type: ignore[attr-defined]
    assert [tuple(map(float, line.get_xdata())) for line in panel.lines] == [(10.0, 15.0), (2.5, 3.5)]  # type: ignore[arg-type]


def test_a_difference_is_that_of_the_pairs_and_its_form_says_which_way(compared: Comparison) -> None:
    ax = charts.difference(compared)
    panel = ax.child_axes[0]
    lines = [line for line in compared.milestones if line.paired.mean is not None]
    drawn = {**marks(panel, "<"), **marks(panel, ">"), **marks(panel, "s"), **marks(panel, "x")}
    assert drawn == {y: pytest.approx(line.paired.mean) for y, line in enumerate(lines)}
    sooner = {y for y, line in enumerate(lines) if line.paired.high is not None and line.paired.high < 0}
    assert set(marks(panel, "<")) == sooner != set()
    activated = next(line.paired for line in lines if line.name == "activated")
    share = 100 * activated.better / activated.pairs
    assert any(f"乙更早{share:.0f}%" in text for text in texts(ax))


def test_convergence_ends_where_the_study_does(study: Study) -> None:
    last = settling(study, "activated")[-1]
    band = {row.milestone: row.band for row in summary.milestones(study)}["activated"]
    assert last.n == N
    assert (last.p50.value, last.p50.low, last.p50.high) == (band.p50, band.p50_low, band.p50_high)
    assert last.p90.value == band.p90
    first = settling(study, "activated")[0]
    assert first.n == 10


# --- what to look at first


def test_what_a_limit_waited_for_is_the_mean_over_the_plays_that_miss_it(study: Study) -> None:
    found = next(risk for risk in risks(study, looked=4) if risk.spent and risk.kept.missed >= 4)
    with study.store() as store:
        missed = sorted(
            {row[1] for row in store.verdicts() if row[0] == found.kept.norm and row[2] == "missed"}
        )
    numbers = [missed[place * len(missed) // 4] for place in range(4)]
    total, count = 0.0, 0
    for number in numbers:
        timeline = study.timeline(number)
        for limit in measure(timeline):
            if name_of(limit) == found.kept.norm and limit.verdict == "missed":
                record = next(r for r in timeline.records if r.task == limit.task)
                begin = limit.begin or 0
                spent = dict(waits_of(record, begin, begin + limit.passed))
                total, count = total + spent.get(found.spent[0].kind, 0.0), count + 1
    assert found.looked == 4
    assert found.spent[0].minutes == pytest.approx(total / count)
    assert found.play in missed


def test_limits_at_risk_come_worst_first_and_only_if_missed(study: Study) -> None:
    found = risks(study)
    shares = [risk.kept.share or 0 for risk in found]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) > 0
    assert {risk.kept.norm for risk in found} == {row.norm for row in summary.limits(study) if row.missed}


# --- the page of a study


def test_the_folder_holds_the_study_its_page_tables_pictures_and_plays(study: Study, folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names - {"study.sqlite-wal", "study.sqlite-shm"} == {
        "study.sqlite", "study.html", "study.csv", "milestones.csv", "stages.csv", "limits.csv", "failed.csv",
        "charts", "plays",
    }  # fmt: skip
    assert {path.name for path in (folder / "charts").iterdir()} == {
        f"{name}.{kind}" for name in ("bands", "missing", "convergence") for kind in ("png", "svg")
    }


def test_kept_plays_are_those_of_the_study(study: Study, folder: Path) -> None:
    kept = {path.name.split("-")[0]: path for path in (folder / "plays").iterdir()}
    assert set(kept) == {"typical", "worst", "first"}
    for path in kept.values():
        number = int(path.name.split("-")[1])
        timeline = read_run(path)
        assert timeline.rows == study.timeline(number).rows
        assert json.loads((path / "manifest.json").read_text("utf-8"))["replication"] == number


def test_the_numbers_of_the_page_are_those_of_the_tables(folder: Path) -> None:
    page = read(folder / "study.html")
    with (folder / "milestones.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["p50"]:
                shown = next(
                    cells for cells in page.rows if cells[1:3] == [_one(row["p10"]), _one(row["p50"])]
                )
                assert shown[4] == (_one(row["p90"]) or "至结束未完成")
                assert shown[6:8] == [row["never"], row["plays"]]
    with (folder / "limits.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["share"]:
                shares = [f"{100 * float(row[key]):.1f}" for key in ("share", "low", "high")]
                wanted = [
                    row["missed"],
                    row["judged"],
                    f"{shares[0]}%",
                    f"{shares[1]}–{shares[2]}%",
                    row["running"],
                ]
                assert any(_near(cells[3:8], wanted) for cells in page.rows)


def _one(text: str) -> str:
    return f"{float(text):.1f}" if text else ""


def _near(cells: list[str], wanted: list[str]) -> bool:
    """Equal but for the last digit of what the table has rounded to four places already."""
    first, second = (re.findall(r"[\d.]+", "|".join(part)) for part in (cells, wanted))
    return len(first) == len(second) and all(
        abs(float(a) - float(b)) < 0.11 for a, b in zip(first, second, strict=True)
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_stands_alone_marked_and_with_no_word_left_open(
    study: Study, lang: Any, tmp_path: Path
) -> None:
    loose = [Loose("minutes", "activated.p90", 7.25, 2.0), Loose("share", "R02", None, 0.05)]
    page = read(write_study(study, tmp_path, lang=lang, loose=loose))
    assert not re.search(r"\{\w*[:.]?\w*\}|None|nan\b|Undefined", page.text)
    assert "EXERCISE" in page.text[:400]
    assert [link[:30] for link in page.links if not link.startswith(("data:", "#"))] == []
    assert ("经验和估计" if lang == "zh" else "experience or guesses") in page.text
    assert ["activated.p90", "7.2", "2.0"] in page.rows
    assert "study.sqlite" not in {path.name for path in tmp_path.iterdir()}


def test_text_from_a_scenario_stays_text(study: Study, tmp_path: Path) -> None:
    from dataclasses import replace

    evil = "</script><script>alert(1)</script>{{ 7 * 7 }}"
    told = Study(study.path, replace(study.plan, summary=evil, site=evil), study.identity, study.n)
    html = write_study(told, tmp_path).read_text("utf-8")
    assert "<script>alert(1)" not in html
    assert Page(html).text.count("{{ 7 * 7 }}") == 2


def test_writing_fails_whole_and_leaves_what_was_there(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(study, tmp_path)
    (tmp_path / "plays" / "notes.txt").write_text("mine")
    (tmp_path / "plays" / "worst-999").mkdir()
    (tmp_path / "plays" / "worst-999" / "mine.txt").write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("sim.report.study.page_of", full)
    with pytest.raises(OSError, match="no space"):
        write_study(study, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert [name for name in os.listdir(tmp_path) if name.startswith(".")] == []


def test_writing_again_replaces_its_own_and_keeps_the_users_files(study: Study, tmp_path: Path) -> None:
    part = Study(study.path, study.plan, study.identity, 3)
    write_study(part, tmp_path)
    old = {path.name for path in (tmp_path / "plays").iterdir()}
    (tmp_path / "plays" / "notes.txt").write_text("mine")
    write_study(study, tmp_path)
    now = {path.name for path in (tmp_path / "plays").iterdir()}
    assert len(now - {"notes.txt"}) == 3
    assert "notes.txt" in now
    assert old != now - {"notes.txt"}


def test_failed_replications_are_listed_with_their_error(study: Study, tmp_path: Path) -> None:
    broken = tmp_path / "study"
    broken.mkdir()
    with study.store() as store, opened(broken / FILE, study.identity) as other:
        outcomes = list(store.outcomes(N))
        other.add([*outcomes[:-1], Outcome(N - 1, "PlayError: <b>17</b>")])
    page = read(write_study(Study(broken / FILE, study.plan, study.identity, N), broken))
    assert [str(N - 1), "1", "PlayError: <b>17</b>"] in page.rows
    assert "1次因程序出错没有推演成" in page.text


def test_a_column_is_of_numbers_though_a_word_stands_in_it() -> None:
    table = Table(
        [("a", "b", "c"), ("1.5", "x", "至结束未完成"), ("2", "7", "3.0–4.0"), ("-1%", "y", "1 / 20")]
    )
    assert table.numbers == {0, 2}


# --- what-if, sensitivity, options


def test_a_comparison_is_written_with_its_figures(compared: Comparison, tmp_path: Path) -> None:
    page = read(write_comparison(compared, tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {
        "comparison.html", "comparison.csv", "comparison-limits.csv", "charts",
    }  # fmt: skip
    activated = next(line.paired for line in compared.milestones if line.name == "activated")
    row = next(cells for cells in page.rows if cells[0] == "启动响应")
    assert row[3] == f"{activated.mean:+.1f}"
    assert row[5] == f"{activated.better} / {activated.pairs}"
    with (tmp_path / "comparison.csv").open(encoding="utf-8-sig") as file:
        found = {row["item"]: row for row in csv.DictReader(file)}
    assert found["activated"]["mean"] == f"{activated.mean:.4f}"
    assert len(found) == len(compared.milestones) + len(compared.tasks)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_tornado_and_effects_are_written_side_by_side(tmp_path: Path, lang: Any) -> None:
    first = read(write_sensitivity(TORNADO, PLAN, tmp_path, lang))
    second = read(write_sensitivity(EFFECTS, PLAN, tmp_path, lang))
    assert {path.name for path in tmp_path.iterdir()} == {
        "sensitivity.html", "tornado.csv", "effects.html", "effects.csv", "charts",
    }  # fmt: skip
    assert any({"80.0", "130.0", "50.0"} <= set(cells) for cells in first.rows)
    assert any({"12.50", "2.50"} <= set(cells) for cells in second.rows)
    for page in (first, second):
        assert not re.search(r"\{\w*[:.]?\w*\}|None|Undefined", page.text)
    with (tmp_path / "tornado.csv").open(encoding="utf-8-sig") as file:
        assert [float(row["swing"]) for row in csv.DictReader(file)] == [50, 30, 0]


def test_options_are_written_with_what_they_buy(tmp_path: Path) -> None:
    scenario, roster = sim.load_scenario("blast-furnace-gas"), sim.load_roster()
    found = improve(scenario, roster, load_measures(None, roster.model), n=3, jobs=1)
    from sim.record.manifest import plan_for

    of = plan_for(roster.model, scenario.model, {})
    page = read(write_options(found, of, tmp_path))
    best = found.ranked("minutes")[0]
    label = found.measures[best.names[0]].label.zh
    assert next(cells for cells in page.rows if cells[0] == label)[2] == f"{best.minutes:+.1f}"
    (panel,) = charts.options(found, of).child_axes
    drawn = {**marks(panel, "<"), **marks(panel, ">"), **marks(panel, "s"), **marks(panel, "x")}
    assert drawn == {y: pytest.approx(o.minutes) for y, o in enumerate(found.ranked("minutes")[:15])}
    same = {y for y, o in enumerate(found.ranked("minutes")) if not any(p.touched for _, p in o.milestones)}
    assert set(marks(panel, "x")) == same != set()
