"""Coverage: what plays show of every clause, why the rest stays on paper, the fewest scenarios that reach it all."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from build import DESK, at_once, duty, fact, inject, need, roster, scenario, unit, work
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import sim
from sim.plan.compile import compile_plan
from sim.plan.schema import Roster, Scenario
from sim.play.engine import Engine, draws_for
from sim.record.timeline import Timeline
from sim.report.coverage import FILES
from sim.review.coverage import COLUMNS, STATUSES, Coverage, Scene, coverage_csv, judge, look
from sim.review.flaws import table_minutes
from sim.study.coverage import choose, smallest
from sim.words import coverage as words

Tuiyan = Callable[..., Any]
GAS, STORE = "blast-furnace-gas", "ammonia-cold-store"


# --- a small office: one unit for each way in which a duty can fare


def paper(quote: str, phase: str, outside: str) -> dict[str, Any]:
    return {"name": {"zh": quote, "en": quote}, "quote": quote, "phase": phase, "outside": outside}


FACTS = {name: fact("flag") for name in ("fire", "leak", "storm")}
NEEDS = {
    "fire": need("fire"),
    "leak": need("leak"),
    "storm": need("storm"),
    "void": need("leak and not leak"),
}
PUT_OUT = {"achieves": {"set": {"fire": False}}, "sees": ["fire"]}
FAR = {"urban": "60 min", "township": "60 min", "src": "t"}
UNITS: dict[str, Any] = {
    "消防": unit(
        1, {"a.fire": duty("fire", **PUT_OUT), "a.leak": duty("leak", condition="storm")},
        work={"a.fire": work("5 min"), "a.leak": work("5 min")},
    ),
    "远队": unit(2, {"b.fire": duty("fire", role="support")}, travel=FAR, work={"b.fire": work("5 min")}),
    "难找": unit(
        3, {"c.leak": duty("leak", role="support")}, work={"c.leak": work("5 min")},
        answer={"chance": 0.5, "tries": 1, "src": "t"},
    ),
    "水利": unit(4, {"d.storm": duty("storm")}, work={"d.storm": work("5 min")}),
    "空头": unit(5, {"e.void": duty("void")}, work={"e.void": work("5 min")}),
    "来客": unit(6, {"f.fire": duty("fire", role="support")}, work={"f.fire": work("1 min")}),
    "逐次": unit(7, {"g.each": duty("leak", role="support", each="inject")}, work={"g.each": work("1 min")}),
    "纸面": unit(
        8,
        {
            "h.major": paper("重特大事故救援", "response", "words"),
            "h.prevent": paper("平时检查", "prevention", "phase"),
            "h.daily": paper("日常工作", "standing", "phase"),
            "h.command": paper("组织指挥", "response", "command"),
            "h.later": paper("事后抚恤", "recovery", "later"),
        },
    ),
}  # fmt: skip
INVITED = dict.fromkeys((name for name in UNITS if name != "来客"), "参演")


def office(units: Mapping[str, Any] = UNITS) -> Roster:
    return roster(FACTS, NEEDS, units, **at_once())


def drill(name: str, *true: str, participants: Mapping[str, str] = INVITED) -> Scenario:
    """A scenario in which some facts are true from the start, and are told at T+0."""
    now = dict.fromkeys(true, True)
    told = {"I01": inject([DESK], tells=now)}
    return Scenario.model_validate({**scenario(told, facts=now, participants=dict(participants)), "id": name})


def scene(given: Scenario, of: Roster, seeds: int = 8) -> Scene:
    plan = compile_plan(of, given)
    engine = Engine(plan)

    def played(seed: int) -> Timeline:
        raw = engine.play(draws_for(seed, 0, expected=not seed))
        return Timeline(plan, engine.rows(raw, "", 0), {})

    return Scene(plan, look(played(0)), tuple(look(played(seed), seed) for seed in range(1, seeds + 1)))


def covered(*drills: Scenario, of: Roster | None = None, seeds: int = 8) -> Coverage:
    the_office = of or office()
    return judge(the_office, [scene(each, the_office, seeds) for each in drills])


def found(coverage: Coverage, duty_id: str) -> tuple[str, tuple[str, ...], str]:
    clause = next(clause for clause in coverage.clauses if clause.duty == duty_id)
    return clause.status, clause.scenarios, clause.reason("zh")


@pytest.fixture(scope="module")
def burning() -> Coverage:
    """A fire and a leak, in scenarios of their own."""
    return covered(drill("s-leak", "leak"), drill("s-fire", "fire"))


# --- what each state means


def test_a_duty_that_began_its_work_in_an_expected_play_is_dispatched(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "a.fire")
    assert (status, scenarios) == ("dispatched", ("s-fire",))
    assert "期望推演" in reason


def test_who_turned_back_on_the_road_did_not_work(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "b.fire")
    assert (status, scenarios) == ("conditional", ("s-fire",))
    assert "9次中9次（归队）" in reason


def test_who_works_only_in_some_random_plays_is_conditional_and_the_seed_is_named(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "c.leak")
    of = office()
    plays = scene(drill("s-leak", "leak"), of).random
    worked = [play.seed for play in plays if "c.leak" in play.worked]
    assert 0 < len(worked) < 8
    assert (status, scenarios) == ("conditional", ("s-leak",))
    assert f"8次中{len(worked)}次（如种子号{worked[0]}）" in reason


def test_a_need_that_nobody_raises_is_named_with_its_condition(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "d.storm")
    assert (status, scenarios) == ("never", ())
    assert NEEDS["storm"]["label"]["zh"] in reason
    assert "没有提出" in reason


def test_a_duty_whose_own_condition_never_held_says_so(burning: Coverage) -> None:
    status, _, reason = found(burning, "a.leak")
    assert status == "never"
    assert "自身条件" in reason
    both = covered(drill("s-both", "leak", "storm"))
    assert found(both, "a.leak")[:2] == ("dispatched", ("s-both",))


def test_a_duty_that_answers_injects_waits_for_one_that_names_it(burning: Coverage) -> None:
    status, _, reason = found(burning, "g.each")
    assert status == "never"
    assert "注入信息" in reason


def test_what_the_control_plays_covers_nothing(burning: Coverage) -> None:
    status, scenarios, reason = found(burning, "f.fire")
    assert (status, scenarios) == ("not-invited", ("s-fire",))
    assert "来客" in reason
    both = covered(drill("s-fire", "fire"), drill("t-fire", "fire", participants={**INVITED, "来客": "参演"}))
    assert found(both, "f.fire")[:2] == ("dispatched", ("t-fire",))


def test_a_duty_that_no_situation_can_call_for_is_unreachable_and_quoted(burning: Coverage) -> None:
    status, _, reason = found(burning, "e.void")
    assert status == "unreachable"
    assert "“救援”" in reason


def test_a_duty_ruled_out_by_its_own_words_is_unreachable_and_quoted(burning: Coverage) -> None:
    status, _, reason = found(burning, "h.major")
    assert status == "unreachable"
    assert "“重特大事故救援”" in reason.split("原文：")[1]


@pytest.mark.parametrize(
    ("duty_id", "word"),
    [("h.prevent", "预防"), ("h.daily", "常态"), ("h.command", "指挥流程"), ("h.later", "善后台账")],
)
def test_what_is_never_sent_out_says_why(burning: Coverage, duty_id: str, word: str) -> None:
    status, scenarios, reason = found(burning, duty_id)
    assert (status, scenarios) == ("outside", ())
    assert word in reason


def test_without_random_plays_chance_shows_nothing() -> None:
    status, _, reason = found(covered(drill("s-leak", "leak"), seeds=0), "c.leak")
    assert status == "conditional"
    assert "1次中1次（联系不上）" in reason


def test_every_clause_of_the_register_is_there_once_and_guests_are_not() -> None:
    guest = {"某厂": {"en": "Works", "duties": {"works.fire": {**duty("fire"), "quote": None}}}}
    given = drill("s-fire", "fire").model_dump(by_alias=True, exclude_unset=True)
    coverage = covered(Scenario.model_validate({**given, "guests": guest}))
    assert coverage.scenes[0].called("works.fire")
    assert sorted(clause.duty for clause in coverage.clauses) == sorted(
        duty_id for each in UNITS.values() for duty_id in each["duties"]
    )


# --- order means nothing


def test_neither_the_order_of_scenarios_nor_of_keys_means_anything(burning: Coverage) -> None:
    backwards = {
        name: {**each, "duties": dict(reversed(each["duties"].items()))}
        for name, each in reversed(UNITS.items())
    }
    again = covered(drill("s-fire", "fire"), drill("s-leak", "leak"), of=office(backwards))
    for lang in ("zh", "en"):
        assert coverage_csv(again, lang) == coverage_csv(burning, lang)  # type: ignore[arg-type]
    assert choose(again) == choose(burning)


# --- the fewest


def brute(covers: Mapping[str, Collection[str]], weights: Mapping[str, int]) -> tuple[str, ...]:
    """Try every set of names: the lightest, of these the fewest, of these the first by name."""
    everything = set().union(*covers.values())
    sets = (chosen for size in range(len(covers) + 1) for chosen in combinations(sorted(covers), size))
    whole = [chosen for chosen in sets if set().union(*(covers[name] for name in chosen)) == everything]
    return min(whole, key=lambda chosen: (sum(weights[name] for name in chosen), len(chosen), chosen))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from("abcdefgh")), st.integers(0, 120)), min_size=0, max_size=7
    )
)
def test_the_smallest_set_is_that_of_trying_every_one(drawn: list[tuple[frozenset[str], int]]) -> None:
    covers = {f"s{place}": duties for place, (duties, _) in enumerate(drawn)}
    weights = {f"s{place}": weight for place, (_, weight) in enumerate(drawn)}
    assert smallest(covers) == brute(covers, dict.fromkeys(covers, 1))
    assert smallest(covers, weights) == brute(covers, weights)
    names = list(covers)
    random.Random(len(drawn)).shuffle(names)
    assert smallest({name: covers[name] for name in names}, weights) == smallest(covers, weights)


def test_a_greedy_choice_is_not_the_smallest() -> None:
    covers = {"a": "123456", "b": "1237", "c": "4568", "d": "78"}
    assert smallest(covers) == ("a", "d")
    assert smallest({**covers, "d": "7"}) == ("b", "c")


def test_weights_decide_finely_even_where_they_are_large() -> None:
    covers = {"a": "12", "b": "12", "c": "12"}
    assert smallest(covers, {"a": 1_000_002, "b": 1_000_001, "c": 1_000_001}) == ("b",)


def test_what_each_chosen_scenario_adds() -> None:
    of = office()
    three = [drill("s-fire", "fire"), drill("s-leak", "leak", "storm"), drill("s-storm", "storm")]
    fewest, shortest = choose(covered(*three, of=of, seeds=0))
    assert fewest == shortest
    assert {step.scenario: step.alone for step in fewest.steps} == {
        "s-leak": ("a.leak", "d.storm"),
        "s-fire": ("a.fire",),
    }
    assert [len(step.adds) for step in fewest.steps] == [2, 1]
    assert fewest.minutes == 2 * table_minutes(compile_plan(of, three[0]))


def test_where_nothing_works_there_is_nothing_to_choose() -> None:
    fewest, shortest = choose(covered(drill("s-nothing"), seeds=0))
    assert fewest.steps == shortest.steps == ()


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
    counts = (shipped.count("dispatched"), shipped.count("dispatched", "conditional", "not-invited", "never"))
    assert all(str(count) in axes.texts[-4].get_text() + shown for count in counts)


@pytest.mark.parametrize("many", [1, 2, 14])
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


def test_the_cells_of_the_picture_are_the_numbers_of_the_coverage(burning: Coverage) -> None:
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
    assert (
        "演练" in Path("out/coverage.svg").read_text("utf-8")
        or Path("out/coverage.svg").stat().st_size > 10_000
    )
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
