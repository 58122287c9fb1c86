"""The pictures: what they show equals the timeline, Chinese is drawn, nothing is cut, 演练 is on every one."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from drills import duty, inject, norm, plan, task, timeline
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Annotation, Text

import sim
from sim.plan import compiled as c
from sim.plan.durations import MINUTE
from sim.record.timeline import Timeline
from sim.report.charts.occupancy import team_use
from sim.report.fonts import chinese
from sim.report.lanes import clipped, width_of
from sim.report.messages import ABOVE, CALLERS, Message, chosen, delays, messages, rungs
from sim.review import evaluate
from sim.review.drill import Drill

FIRE, POLICE, HQ, DESK = "区消防救援大队", "区公安局", "区指挥部", "应急值守专班"
CHARTS: dict[str, Callable[..., Axes]] = {
    name: getattr(sim.charts, name)
    for name in ("swimlane", "information_ladder", "responses", "heatmap", "occupancy")
}


def small() -> Timeline:
    """Two tasks on one team, one of them late, an inject, an activation and a termination."""
    of = plan(
        duties=(duty("fire.leak", FIRE, uses=((0, 1),)), duty("fire.rescue", FIRE, uses=((0, 1),))),
        pools=(c.Pool(4, "rescue", 2),), injects=(inject("I01", 5, title="群众报警"),),
        norms=(norm("N1", 1, "ordered", "arrived", 10), norm("N2", 0, "ordered", "started", 30)),
    )  # fmt: skip
    leak = task(FIRE, "fire.leak#1", (10, "triggered"), (10, "ordered"), (11, "acknowledged"), (11, "departed"),
                (20, "arrived"), (22, "started"), (80, "finished"))  # fmt: skip
    save = task(FIRE, "fire.rescue#1", (12, "triggered"), (12, "ordered"), (13, "acknowledged"),
                (13, "waiting:team:rescue"), (30, "departed"), (42, "arrived"), (42, "started"),
                (70, "finished"))  # fmt: skip
    rows: list[Any] = [(5, "inject_given", {"inject": "I01"}), (8, "activated", {"unit": HQ}), *leak, *save,
                       (90, "terminated", {"unit": HQ})]  # fmt: skip
    return timeline(of, sorted(rows, key=lambda row: row[0]))


def texts(ax: Axes) -> list[str]:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    labels = [tick.get_text() for tick in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    legend = ax.get_legend()
    return (
        labels
        + [t.get_text() for t in ax.texts]
        + ([t.get_text() for t in legend.get_texts()] if legend else [])
    )


def drawn(ax: Axes, kind: str = "png") -> bytes:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    out = io.BytesIO()
    with chinese():
        figure.savefig(out, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return out.getvalue()


@pytest.fixture(scope="module", params=["blast-furnace-gas", "ammonia-cold-store"])
def played(request: pytest.FixtureRequest) -> Timeline:
    return sim.simulate(sim.load_scenario(request.param), sim.load_roster(), seed=7)


# --- every picture


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_picture_says_that_it_is_an_exercise_and_simulated(name: str, lang: str) -> None:
    shown = texts(CHARTS[name](small(), lang=lang))
    assert any(
        ("演练" if lang == "zh" else "EXERCISE") in text and ("仿真" in text or "simulated" in text)
        for text in shown
    )
    assert any("假设" in text or "assumptions" in text for text in shown)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_glyph_is_missing_and_nothing_is_cut_off(played: Timeline, name: str, lang: str) -> None:
    ax = CHARTS[name](played, lang=lang)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph … missing from font"
        drawn(ax)
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    canvas = figure.bbox
    outside = [
        text.get_text() for text in _texts(figure)
        if text.get_visible() and text.get_text() and not _within(text.get_window_extent(), canvas)
    ]  # fmt: skip
    assert outside == []


def _texts(figure: Figure) -> Iterator[Text]:
    for found in figure.findobj(Text):
        if isinstance(found, Text):
            yield found


def _within(box: Any, canvas: Any) -> bool:
    return bool(box.x0 >= canvas.x0 and box.x1 <= canvas.x1 and box.y0 >= canvas.y0 and box.y1 <= canvas.y1)


@pytest.mark.parametrize("name", CHARTS)
def test_no_task_label_or_row_name_covers_another(played: Timeline, name: str) -> None:
    ax = CHARTS[name](played)
    drawn(ax)
    rows = [label.get_window_extent() for label in ax.get_yticklabels() if label.get_text()]
    marks = [
        note.get_window_extent()
        for note in ax.texts
        if isinstance(note, Annotation) and note.get_zorder() == 6
    ]
    for boxes in (rows, marks):
        overlaps = [
            (a, b)
            for i, a in enumerate(boxes)
            for b in boxes[i + 1 :]
            if a.shrunk(0.9, 0.7).overlaps(b.shrunk(0.9, 0.7))
        ]
        assert overlaps == []


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_can_be_drawn_into_axes_of_ones_own(name: str) -> None:
    own = Figure(figsize=(12, 8)).add_subplot()
    assert CHARTS[name](small(), ax=own) is own
    assert own.texts


@pytest.mark.parametrize("name", CHARTS)
def test_a_drill_in_which_nothing_happened_is_a_picture_too(name: str) -> None:
    assert drawn(CHARTS[name](timeline(plan(), [])))


@pytest.mark.parametrize("name", CHARTS)
def test_one_timeline_gives_one_picture_whatever_the_users_settings(name: str) -> None:
    import matplotlib as mpl

    first = drawn(CHARTS[name](small()), "svg")
    with mpl.rc_context({"font.family": ["DejaVu Sans"]}):
        ax = CHARTS[name](small())
    assert drawn(ax, "svg") == first
    assert b"<dc:date>" not in first
    assert b"<text" not in first


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_documented(name: str) -> None:
    assert "return" in (CHARTS[name].__doc__ or "")


# --- the swim-lane


def test_the_swim_lane_shows_every_span_of_every_task_at_its_minutes() -> None:
    drill = small()
    ax = CHARTS["swimlane"](drill)
    drawn_spans = sorted(
        (round(path.vertices[:, 0].min(), 3), round(path.vertices[:, 0].max(), 3))
        for collection in ax.collections for path in collection.get_paths() if len(path.vertices) == 5
    )  # fmt: skip
    spans = sorted((s.begin / MINUTE, s.end / MINUTE) for record in drill.records for s in record.spans)
    assert drawn_spans == spans


def test_the_swim_lane_marks_injects_turning_points_and_limits() -> None:
    ax = CHARTS["swimlane"](small())
    shown = texts(ax)
    assert "I01  T+5  群众报警" in shown
    assert {"启动响应", "终止响应", "I01"} <= set(shown)
    lines = {line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2}
    assert {8.0, 90.0} <= lines
    diamonds = {
        (face, x) for line in ax.lines if line.get_marker() == "D" and len(line.get_xdata())
        for face, x in ((line.get_markerfacecolor(), x) for x in line.get_xdata())
    }  # fmt: skip
    assert diamonds == {("#d55e00", 22.0), ("white", 40.0)}  # missed at T+22, met by T+40


def test_the_title_of_the_swim_lane_says_the_point() -> None:
    assert "1个单位2项行动：T+8启动响应，T+90终止响应" in texts(CHARTS["swimlane"](small()))


def test_only_units_that_acted_have_a_lane() -> None:
    labels = [label.get_text() for label in CHARTS["swimlane"](small()).get_yticklabels()]
    assert labels == [FIRE]


def test_the_swim_lane_grows_with_the_tasks(played: Timeline) -> None:
    def height(drill: Timeline) -> float:
        figure = CHARTS["swimlane"](drill).get_figure(root=True)
        assert isinstance(figure, Figure)
        return float(figure.get_figheight())

    assert height(played) > 2 * height(small())


# --- responses, heat map, occupancy


def test_responses_give_the_minutes_the_limit_and_the_status_of_the_source() -> None:
    shown = texts(CHARTS["responses"](small()))
    assert "30.0 / 10.0 分钟，转引" in shown
    assert "12.0 / 30.0 分钟，转引" in shown
    assert "2项可评时限中1项可能超时" in shown


def test_responses_put_the_tightest_first_and_listed_limits_below() -> None:
    drill = small()
    listed = replace(drill.plan.norms[0], id="N3", judged=False, within=MINUTE)
    ax = CHARTS["responses"](Timeline(replace(drill.plan, norms=(*drill.plan.norms, listed)), drill.rows, {}))
    dots = [line for line in ax.lines if line.get_marker() in ("o", "D", "s") and len(line.get_ydata())]
    order = [line.get_marker() for line in sorted(dots, key=lambda line: float(line.get_ydata()[0]))]
    assert order == ["D", "o", "s"]
    assert "2项可评时限中1项可能超时" in texts(ax)


def test_the_heat_map_counts_every_gap_once(played: Timeline) -> None:
    found = evaluate(played)
    ax = CHARTS["heatmap"](played)
    numbers = [int(text) for text in texts(ax) if re.fullmatch(r"\d+", text)]
    assert sum(numbers) == sum(1 + len(gap.others) for gap in found.gaps)


def test_occupancy_is_the_number_of_tasks_that_hold_a_team() -> None:
    (use,) = team_use(small())
    assert use.steps == ((0, 0), (11000, 1), (30000, 2), (70000, 1), (80000, 0))
    assert (use.peak, use.size, use.full) == (2, 2, 40000)
    assert use.waited == 17000
    assert "区消防救援大队的救援队可能不够用：有行动在等，合计17分钟" in texts(CHARTS["occupancy"](small()))


def test_no_more_teams_are_in_use_than_there_are(played: Timeline) -> None:
    for use in team_use(played):
        assert min(count for _, count in use.steps) >= 0
        assert use.peak <= use.size, use
        assert use.steps[-1][1] == 0


# --- text


def test_a_chinese_letter_is_twice_a_latin_one_and_long_text_is_cut() -> None:
    assert width_of("演练") > 3 * width_of("ab") / 2
    assert clipped("高炉煤气管道泄漏", 5) == "高炉煤气…"
    assert clipped("短", 5) == "短"


def test_without_any_chinese_font_the_error_names_what_was_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from matplotlib import font_manager

    from sim.errors import OutputError
    from sim.report import fonts

    monkeypatch.setattr(fonts, "font_file", lambda: None)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    with pytest.raises(OutputError) as fault:
        fonts.family.__wrapped__()
    assert fault.value.problem.code == "no-chinese-font"


def test_pictures_are_small_enough_for_a_page(played: Timeline, tmp_path: Path) -> None:
    assert all(len(drawn(CHARTS[name](played), "svg")) < 1_500_000 for name in CHARTS)


# --- the information ladder


def told() -> Timeline:
    """A call at T+5 is recorded at T+8; a crew reports at T+12 and headquarters has it at T+15."""
    of = plan(
        duties=(duty("fire.rescue", FIRE, sees=(0,)),), injects=(inject("I01", 5), inject("I02", 6)),
        truth=(0, False, 0, 2),
    )  # fmt: skip
    rows: list[Any] = [
        (5, "inject_given", {"inject": "I01"}),
        (5, "triggered", {"unit": DESK, "task": "desk.receive#1", "cause": 1}),
        (5, "started", {"unit": DESK, "task": "desk.receive#1"}),
        (5, "started", {"unit": DESK, "task": "desk.report_up#1"}),
        (6, "inject_given", {"inject": "I02"}),
        (6, "told", {"unit": FIRE, "inject": "I02", "cause": 5, "detail": {"facts": {"trapped": 2}}}),
        (6, "triggered", {"unit": FIRE, "task": "fire.rescue#1", "need": "rescue"}),
        (8, "finished", {"unit": DESK, "task": "desk.receive#1"}),
        (9, "finished", {"unit": DESK, "task": "desk.report_up#1"}),
        (10, "activated", {"unit": HQ}),
        (11, "informed", {"unit": FIRE, "cause": 10}),
        (12, "reported", {"unit": FIRE, "task": "fire.rescue#1", "detail": {"facts": {"trapped": 2}}}),
        (15, "learnt", {"unit": HQ, "cause": 12, "detail": {"facts": {"trapped": 2}, "observed_at": 12.0}}),
        (20, "report_filed", {"unit": DESK, "task": "report.x#1", "detail": {"to": ["市应急局"], "report": "x"}}),
    ]  # fmt: skip
    return timeline(of, rows)


def test_the_ladder_knows_who_told_whom_and_how_long_it_took() -> None:
    found = [
        (m.kind, m.begin / MINUTE, m.end / MINUTE, m.teller, m.receivers) for m in messages(Drill(told()))
    ]
    assert found == [
        ("ring", 5, 8, CALLERS, (DESK,)), ("up", 5, 9, DESK, (ABOVE,)), ("told", 6, 6, CALLERS, (FIRE,)),
        ("scene", 12, 15, FIRE, (HQ,)), ("filed", 20, 20, DESK, (ABOVE,)),
    ]  # fmt: skip


def test_the_ladder_shows_how_late_headquarters_knew() -> None:
    late = delays(Drill(told()))
    assert [(d.begin / MINUTE, d.end and d.end / MINUTE) for d in late] == [(0, 15)]
    ax = sim.charts.information_ladder(told())
    assert "“被困”成真15分钟后指挥部才掌握" in texts(ax)
    assert "15分钟" in texts(ax)
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches if isinstance(bar, Rectangle)] == [(0, 15)]
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["上级（市、省）", HQ, DESK, "来电人（企业、群众等）", FIRE, "被困"]


def test_the_ladder_counts_what_it_leaves_out(played: Timeline) -> None:
    drill = Drill(played)
    every = messages(drill)
    shown = chosen(drill, every, delays(drill))
    assert len(every) > len(shown) == 25
    assert len(rungs(drill, shown)) <= 12
    assert {"ring", "up", "start", "leader"} <= {message.kind for message in shown}
    note = f"画出最要紧的25条，另有{len(every) - 25}条未画。"
    ax = sim.charts.information_ladder(played)
    assert note in texts(ax)
    assert len([patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]) <= 2 * 25


def test_of_units_that_are_equally_busy_those_first_in_the_plan_have_a_rung() -> None:
    drill = Drill(told())
    outside = [f"单位{number:02}" for number in range(12)]
    shown = [Message("told", 0, 0, CALLERS, tuple(reversed([*outside, FIRE, POLICE])), "I01", 1)]
    kept = [name for name in rungs(drill, shown) if name in (*outside, FIRE, POLICE)]
    assert kept == [*outside[: len(kept)]]
    inside = [Message("told", 0, 0, CALLERS, (name,), "I01", 1) for name in (FIRE, POLICE, POLICE)]
    assert [name for name in rungs(drill, inside) if name in (FIRE, POLICE)] == [POLICE, FIRE]


def test_news_that_never_came_is_hatched() -> None:
    silent = told()
    rows = [row for row in silent.rows if row.event != "learnt"]
    ax = sim.charts.information_ladder(Timeline(silent.plan, rows, silent.manifest), lang="en")
    assert "never known" in texts(ax)
    assert [bar.get_hatch() for bar in ax.patches if isinstance(bar, Rectangle)] == ["////"]
