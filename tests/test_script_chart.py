"""The picture of a script: what it shows is what the plan says, before any play, and every word can be read."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from drills import ACTORS, actor, condition, inject, plan
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

import sim
from sim.plan import compiled as c
from sim.plan.compile import compile_plan
from sim.plan.durations import MINUTE, parse_duration
from sim.plan.workspace import list_scenarios
from sim.report.charts.style import ALERT, INK
from sim.report.fonts import chinese
from sim.report.lanes import width_of, wrapped
from sim.report.script import densest, hazard_begin, hazard_ticks, parts_of, place_injects

HQ, DESK, POLICE, FIRE, TOWN = 0, 2, 3, 4, 5
LANGS = ("zh", "en")


def expected(who: int, within: float | None = None) -> c.Expected:
    return c.Expected(who, -1, "", "行动", None if within is None else round(within * MINUTE), "")


def waiting(name: str, **changes: Any) -> c.Inject:
    return replace(inject(name, 0), at=None, **changes)


def after(name: str, event: str, delay: str, **changes: Any) -> c.Inject:
    return waiting(name, delay=(event, parse_duration(delay)), **changes)


CONTINGENCY = {"when": condition("trapped > 0"), "condition_text": "trapped > 0"}


def full() -> c.Plan:
    """Everything that a script can hold, once."""
    return plan(
        injects=(
            inject("I01", 5, receivers=(FIRE, DESK), expect=(expected(FIRE, 10), expected(DESK))),
            inject("I02", 8, receivers=(DESK,), expect=(expected(POLICE, 20),)),
            after("I03", "I02", "10..12..14 min", receivers=(HQ,)),
            waiting("I04", receivers=(HQ,), window=(20 * MINUTE, 50 * MINUTE), expect=(expected(TOWN, 15),),
                    **CONTINGENCY),
            after("I05", "activated", "7 min", receivers=(HQ,), expect=(expected(HQ, 30),)),
            inject("I06", 30, receivers=(DESK,), every=parse_duration("5 min"), until=41 * MINUTE),
            inject("I07", 44, receivers=()),
        ),
        hazards=(
            c.Hazard("H1", {"zh": "中毒增加", "en": "More poisoned"}, condition("trapped > 0"), 10 * MINUTE, (),
                     ((0, 1),), 3),
        ),
        truth=(0, False, 0, 2), pools=(c.Pool(FIRE, "rescue", 2),), busy=(c.Busy(0, 1, 15 * MINUTE),),
        networks=(c.Broken("N1", frozenset(), "mobile", frozenset(), 10 * MINUTE, 25 * MINUTE, None,
                           label={"zh": "移动网络", "en": "China Mobile"}),),
    )  # fmt: skip


def crowded() -> c.Plan:
    """Forty injects, with long titles, for actors whose names are long."""
    long = "某省某市某区应急救援与防灾减灾综合协调指挥保障中心（筹备）"
    actors = tuple(
        actor(a, label={"zh": long + a, "en": f"The very long named Office for the Coordination of {number}"})
        for number, a in enumerate(ACTORS)
    )
    title = "厂区南门外有大量群众聚集并要求说明情况，同时有人受伤，请立即派人到现场处置"
    injects = tuple(
        inject(f"I{n:02}", n * 2.5, receivers=(n % 6, (n + 1) % 6), title=title * (1 + n % 2),
               expect=(expected(n % 6, 15 + n), expected((n + 2) % 6)))
        for n in range(1, 41)
    )  # fmt: skip
    return plan(actors=actors, injects=(*injects, inject("evacuate-everybody-now", 100, receivers=(0, 1))))


PLANS = {
    "full": full,
    "crowded": crowded,
    "one": lambda: plan(injects=(inject("I01", 5),)),
    "by condition only": lambda: plan(injects=(waiting("I01", **CONTINGENCY),)),
    "open only": lambda: plan(injects=(after("I01", "activated", "5 min"),)),
    "none": plan,
}


def figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    return figure


def drawn(ax: Axes) -> Figure:
    with chinese(), warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph … missing from font"
        figure_of(ax).savefig(Path("/dev/null"), format="png")
    return figure_of(ax)


def texts(ax: Axes) -> list[str]:
    legend = ax.get_legend()
    labels = [tick.get_text() for tick in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    return labels + [t.get_text() for t in (*ax.texts, *(legend.get_texts() if legend else ()))]


def marks(ax: Axes, name: str) -> list[tuple[float, str]]:
    """Where the marks of an inject stand and how they are filled."""
    found = []
    for note in ax.texts:
        box = note.get_bbox_patch()
        if (
            isinstance(note, Annotation)
            and note.get_text() == name
            and box is not None
            and box.get_edgecolor()[3]
        ):
            found.append((note.xy[0], to_hex(box.get_facecolor())))
    return found


def bars(ax: Axes) -> set[tuple[float, float]]:
    return {
        (p.get_x(), p.get_x() + p.get_width())
        for p in ax.patches if isinstance(p, Rectangle) and p.get_height() == pytest.approx(0.26)
    }  # fmt: skip


# --- when things come


def test_injects_stand_at_their_time_or_after_another_or_nowhere() -> None:
    placed = [(g.inject.id, g.certainty, g.begin / MINUTE, g.end / MINUTE) for g in place_injects(full())]
    assert placed == [
        ("I01", "timed", 5, 5), ("I02", "timed", 8, 8), ("I03", "derived", 20, 20), ("I04", "contingency", 20, 50),
        ("I06", "timed", 30, 30), ("I07", "timed", 44, 44), ("I05", "unplaced", -1 / MINUTE, -1 / MINUTE),
    ]  # fmt: skip


def test_an_inject_after_an_inject_after_an_inject_is_placed_and_a_circle_is_not() -> None:
    chain = (inject("I09", 5), after("I05", "I09", "10 min"), after("I01", "I05", "exp(10 min)"))
    placed = {g.inject.id: (g.certainty, g.begin) for g in place_injects(plan(injects=chain))}
    assert placed == {"I09": ("timed", 5000), "I05": ("derived", 15000), "I01": ("derived", 21931)}
    circle = (after("I01", "I02", "1 min"), after("I02", "I01", "1 min"))
    assert {g.certainty for g in place_injects(plan(injects=circle))} == {"unplaced"}


def test_a_fixed_delay_is_read_from_the_compiled_condition(tmp_path: Path) -> None:
    roster = sim.load_roster()
    text = Path(sim.load_scenario("blast-furnace-gas").file.path).read_text(encoding="utf-8")
    fixed = text.replace("delay: 'lognormal(30, 0.7) min'", "delay: 25 min")
    (tmp_path / "blast-furnace-gas.yaml").write_text(fixed, encoding="utf-8")
    of = compile_plan(roster.model, sim.load_scenario(tmp_path / "blast-furnace-gas.yaml", roster).model)
    first = next(one for one in of.injects if one.id == "I01")
    (given,) = [g for g in place_injects(of) if g.inject.id == "I04"]
    assert first.at is not None
    assert (given.certainty, given.begin) == ("derived", first.at + 25 * MINUTE)


def test_arrivals_follow_by_the_median_of_their_gap_until_they_end() -> None:
    (stream,) = [g for g in place_injects(full()) if g.inject.id == "I06"]
    assert [tick / MINUTE for tick in stream.arrivals] == [35, 40]


def test_the_densest_five_minutes_are_those_of_one_actor_and_the_fifth_minute_counts() -> None:
    injects = (inject("I01", 10, receivers=(DESK,)), inject("I02", 15, receivers=(DESK, FIRE)),
               inject("I03", 15.1, receivers=(DESK,)), inject("I04", 12, receivers=(POLICE,)))  # fmt: skip
    of = plan(injects=injects[:2] + injects[3:])
    burst = densest(of, place_injects(of))
    assert burst is not None
    assert (burst.begin / MINUTE, burst.actors, burst.injects) == (10, (DESK,), ("I01", "I02"))
    of = plan(injects=(injects[0], *injects[2:]))
    single = densest(of, place_injects(of))
    assert single is not None
    assert len(single.injects) == 1


def test_a_stream_is_not_counted_as_dense() -> None:
    stream = inject("I02", 10, receivers=(DESK,), every=parse_duration("1 min"), until=60 * MINUTE)
    of = plan(injects=(inject("I01", 10, receivers=(DESK,)), stream))
    burst = densest(of, place_injects(of))
    assert burst is not None
    assert burst.injects == ("I01",)


def test_a_hazard_begins_with_the_script_where_nobody_acts() -> None:
    hazard = c.Hazard(
        "H1", {"zh": "险", "en": "x"}, condition("trapped > 1 and leaking"), 10 * MINUTE, (), (), 2
    )
    injects = (inject("I01", 5, sets=((1, True),)), inject("I02", 9, adds=((3, 2),)))
    of = plan(injects=injects)
    assert hazard_begin(of, place_injects(of), hazard) == 9 * MINUTE
    assert hazard_ticks(hazard, 9 * MINUTE, of.horizon) == [19 * MINUTE, 29 * MINUTE]
    later = plan(injects=(injects[0], replace(injects[1], at=None, **CONTINGENCY)))  # type: ignore[arg-type]
    assert hazard_begin(later, place_injects(later), hazard) is None


# --- what is drawn


def test_marks_stand_on_the_lane_of_each_receiver_at_the_time_of_the_plan() -> None:
    ax = sim.charts.script(full())
    assert marks(ax, "I01") == [(5.0, INK)] * 2
    assert marks(ax, "I03") == [(20.0, "#c4c4c4")]
    assert marks(ax, "I04") == [(20.0, "#ffffff")]
    (column,) = marks(ax, "I05")
    assert column[0] > 48.4  # right of the last minute drawn
    assert marks(ax, "I07") == [(44.0, INK)]


def test_bars_run_from_the_inject_to_the_limit_and_windows_from_first_to_last() -> None:
    ax = sim.charts.script(full())
    assert bars(ax) == {(5.0, 15.0), (8.0, 28.0), (20.0, 35.0)}
    frames = [
        p
        for p in ax.patches
        if isinstance(p, Rectangle) and to_hex(p.get_edgecolor()) != ALERT and not p.get_fill()
    ]
    assert {(p.get_x(), p.get_x() + p.get_width()) for p in frames} == {(20.0, 50.0)}
    arrivals = [
        list(line.get_xdata()) for line in ax.lines if line.get_marker() == "|" and len(line.get_xdata()) > 1
    ]
    assert arrivals == [[35.0, 40.0]]


def test_strips_tell_what_is_not_as_usual_and_when() -> None:
    ax = sim.charts.script(full())
    shown = texts(ax)
    assert {"通信中断", "队伍被占用", "险情"} <= set(shown)
    assert "N1 移动网络中断，T+10至T+25" in shown
    assert "区消防救援大队的救援队：2中有1在别处，至T+15" in shown
    assert "H1 中毒增加：被困 > 0时，每10分钟一次，至多3次" in shown
    bands = {(p.get_x(), p.get_x() + p.get_width()) for p in ax.patches if isinstance(p, Rectangle)}
    assert {(10.0, 25.0), (0.0, 15.0)} <= bands
    (hazard,) = [line for line in ax.lines if line.get_marker() == "^" and len(line.get_xdata())]
    assert list(hazard.get_xdata()) == [10.0, 20.0, 30.0]


def test_the_title_says_the_point_and_a_frame_shows_it() -> None:
    ax = sim.charts.script(full())
    shown = texts(ax)
    assert "7个注入，T+5至T+44，条件注入1个，时刻待定1个" in shown
    assert "最密的五分钟从T+5起：应急值守专班收到2个（I01、I02）" in shown
    (frame,) = [p for p in ax.patches if isinstance(p, Rectangle) and to_hex(p.get_edgecolor()) == ALERT]
    assert frame.get_x() <= 5
    assert frame.get_x() + frame.get_width() >= 10
    assert "7 injects, T+5 to T+44, 1 contingency, 1 with open time" in texts(
        sim.charts.script(full(), lang="en")
    )


def test_the_list_tells_time_or_condition_in_words() -> None:
    shown = texts(sim.charts.script(full()))
    assert {
        "I01  T+5  群众报警", "I03  约T+20，I02之后12分钟  群众报警", "I04  当被困 > 0，T+20至T+50之间  群众报警",
        "I05  “启动响应”之后7分钟  群众报警", "I06  T+30起，约每5分钟一次，至T+41  群众报警",
    } <= set(shown)  # fmt: skip


def test_only_those_whom_the_script_speaks_to_have_a_lane() -> None:
    labels = [label.get_text() for label in sim.charts.script(full()).get_yticklabels()]
    assert labels[3:] == [
        "（不告知任何单位）",
        "区指挥部",
        "应急值守专班",
        "区公安局",
        "区消防救援大队",
        "赵庄乡政府",
    ]


# --- every word can be read


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("lang", LANGS)
def test_it_is_a_script_and_no_result(name: str, lang: str) -> None:
    shown = texts(sim.charts.script(PLANS[name](), lang=lang))
    assert ("【演练】脚本" if lang == "zh" else "EXERCISE · script") in shown
    assert not any("结果" in text or "仿真" in text or "result" in text.lower() for text in shown)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("lang", LANGS)
def test_no_text_is_cut_off_or_stands_on_another(name: str, lang: str) -> None:
    _readable(sim.charts.script(PLANS[name](), lang=lang))


@pytest.mark.parametrize("name", [file.id for file in list_scenarios()])
@pytest.mark.parametrize("lang", LANGS)
def test_shipped_scripts_can_be_read(name: str, lang: str) -> None:
    of = compile_plan(sim.load_roster().model, sim.load_scenario(name).model)
    ax = sim.charts.script(of, lang=lang)
    _readable(ax)
    listed = "".join("".join(texts(ax)).split())
    assert all("".join(one.title.split()) in listed for one in of.injects)
    for part in parts_of(place_injects(of)):
        label = of.actors[part.actor].label[lang]
        assert "".join(label.split()) in listed


def _readable(ax: Axes) -> None:
    figure = drawn(ax)
    boxes = []
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip() and text.get_alpha() is None:
            box = Text.get_window_extent(text)
            boxes.append((text.get_text(), box))
            assert box.x0 >= 0, text
            assert box.y0 >= 0, text
            assert box.x1 <= figure.bbox.x1, text
            assert box.y1 <= figure.bbox.y1, text
    for place, (one, box) in enumerate(boxes):
        for other, near in boxes[place + 1 :]:
            assert not box.shrunk(0.94, 0.7).overlaps(near.shrunk(0.94, 0.7)), (one, other)


def test_long_names_are_whole() -> None:
    for lang in LANGS:
        of = crowded()
        shown = "".join("".join(texts(sim.charts.script(of, lang=lang))).split())
        assert "…" not in shown
        assert all("".join(one.label[lang].split()) in shown for one in of.actors)


def test_it_can_be_drawn_into_axes_of_ones_own() -> None:
    own = Figure(figsize=(14, 9)).add_subplot()
    assert sim.charts.script(full(), ax=own) is own
    assert own.texts


def test_text_is_broken_neither_before_a_closing_mark_nor_after_an_opening_one() -> None:
    assert wrapped("演练脚本，请看", 4) == ["演练脚", "本，请看"]
    assert wrapped("一二三“四”五", 4) == ["一二三", "“四”五"]
    assert wrapped("say it again", 5) == ["say it", "again"]
    assert wrapped("一二三四五六", 3, "　") == ["一二三", "　四五", "　六"]
    assert all(width_of(line) <= 5 for line in wrapped("averyverylongword" * 3, 5))
    assert wrapped("", 5) == [""]
