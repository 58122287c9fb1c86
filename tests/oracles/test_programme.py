"""The programme of drills: what it is measured by, and that it is chosen well, with made-up offices and by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from random import Random

from drills import duty, plan, task, timeline
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.plan.compiled import Plan
from sim.study.programme import (
    Case,
    Choice,
    Cost,
    Duty,
    HowOften,
    Planned,
    Promise,
    choose,
    exercised,
    explain,
    fits,
    measure,
)
from sim.study.programme.days import days_to_use, later, month_of, whole_months

TODAY = date(2026, 11, 25)
GAS, NIGHT, PIT, SHOP = "gas", "night", "pit", "shop"


def label(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def rule(name: str, months: int, *counts: str, office: bool = True) -> HowOften:
    return HowOften(name, label(name), months, office, frozenset(counts), "某条例第八条", "memory")


def promise(problem: str, deadline: date | None, *tested_by: str) -> Promise:
    return Promise(problem, label("某职责"), deadline, frozenset(tested_by))


def office(
    exercises: dict[str, str],
    *,
    weights: dict[str, int] | None = None,
    months: int = 24,
    gap: int = 6,
    held: Sequence[tuple[date, str]] = (),
    rules: Sequence[HowOften] = (),
    promises: Sequence[Promise] = (),
    today: date = TODAY,
) -> Case:
    """An office whose scenarios exercise duties of one letter each: ``{"gas": "abc", "pit": "cd"}``."""
    letters = sorted({letter for text in exercises.values() for letter in text} | set(weights or {}))
    end = later(today, months)
    return Case(
        today=today,
        end=end,
        days=days_to_use(today + timedelta(21), end, lambda day: day.weekday() < 5),
        gap=gap,
        stale=36,
        duties={name: Duty(name, label(name), (weights or {}).get(name, 1)) for name in letters},
        choices={name: Choice(name, label(name), frozenset(text)) for name, text in exercises.items()},
        rules=tuple(rules),
        promises=tuple(promises),
        held=tuple(Planned(*drill) for drill in held),
    )


def worn() -> Case:
    """A made-up office: eight scenarios that overlap, a patchy history, rules, and promises to keep."""
    return office(
        {
            GAS: "abcdef", NIGHT: "defghij", PIT: "abk", SHOP: "lmnop", "dust": "anq", "crane": "rst",
            "cold": "defu", "steel": "abcv",
        },
        weights={"a": 8, "b": 8, "k": 7, "q": 8, "r": 6, "l": 5, "u": 2, "v": 1},
        held=[
            (date(2023, 5, 10), SHOP), (date(2024, 3, 5), GAS), (date(2024, 11, 20), "cold"),
            (date(2025, 6, 18), GAS), (date(2026, 4, 9), "steel"),
        ],
        rules=[rule("any", 24, GAS, NIGHT, PIT, SHOP, "dust", "crane", "cold", "steel"), rule("shop", 60, SHOP)],
        promises=[promise("升降机", date(2027, 9, 1), "crane"), promise("警戒", date(2027, 3, 1), "dust", PIT)],
    )  # fmt: skip


# --- the measure ---------------------------------------------------------------------------------------


def by_the_day(case: Case, drills: Sequence[Planned]) -> Cost:
    """The measure, counted day after day: twice the integral of a line of whole days is the sum of its two ends."""
    days = [case.today + timedelta(n) for n in range((case.end - case.today).days)]
    most = (later(case.today, case.stale) - case.today).days
    every = sorted([*case.held, *drills])

    def since(scenarios: Sequence[str], day: date) -> date | None:
        return max((one.day for one in every if one.day <= day and one.scenario in scenarios), default=None)

    broken = behind = stale = 0
    for day in days:
        for one in case.rules:
            last = since(sorted(one.counts), day)
            if one.binds_office and one.counts:
                broken += last is None or day >= later(last, one.months)
        for one in case.promises:
            done = any(drill.day <= day for drill in drills if drill.scenario in one.tested_by)
            behind += bool(one.tested_by) and not done and one.deadline is not None and day >= one.deadline
        for name, one in case.duties.items():
            last = since(
                [scenario for scenario, choice in case.choices.items() if name in choice.duties], day
            )
            age = most if last is None else (day - last).days
            stale += one.weight * (min(most, age) + min(most, age + 1))
    return Cost(broken, behind, stale)


@st.composite
def offices(draw: st.DrawFn) -> Case:
    """Random small offices: few scenarios and months, so that every programme can be looked at."""
    names = [GAS, NIGHT, PIT][: draw(st.integers(1, 3))]
    some = st.lists(st.sampled_from(names), min_size=1, max_size=3)
    ago = st.integers(0, 1500).map(lambda days: TODAY - timedelta(days))
    ahead = st.integers(-60, 500).map(lambda days: TODAY + timedelta(days))
    rules = draw(st.lists(st.tuples(st.sampled_from([5, 6, 12, 24, 36]), some), max_size=2))
    promises = draw(st.lists(st.tuples(st.none() | ahead, some), max_size=2))
    return office(
        {name: draw(st.text("abcde", min_size=1, max_size=4)) for name in names},
        weights={name: draw(st.integers(1, 8)) for name in "abcde"},
        months=draw(st.integers(1, 9)),
        gap=draw(st.integers(2, 6)),
        held=draw(st.lists(st.tuples(ago, st.sampled_from(names)), max_size=3)),
        rules=[rule(f"r{place}", months, *which) for place, (months, which) in enumerate(rules)],
        promises=[promise(f"p{place}", day, *which) for place, (day, which) in enumerate(promises)],
    )


def programmes(case: Case) -> Iterator[tuple[Planned, ...]]:
    """Every programme that fits, one after the other."""

    def longer(made: tuple[Planned, ...]) -> Iterator[tuple[Planned, ...]]:
        yield made
        for day, name in product(case.days, sorted(case.choices)):
            if (not made or day > made[-1].day) and fits(case, (*made, Planned(day, name))):
                yield from longer((*made, Planned(day, name)))

    return longer(())


@settings(max_examples=60, deadline=None)
@given(case=offices(), dice=st.randoms(use_true_random=False))
def test_the_measure_is_what_counting_day_by_day_gives(case: Case, dice: Random) -> None:
    drills = [Planned(day, dice.choice(sorted(case.choices))) for day in case.days if dice.random() < 0.4]
    assert measure(case, drills) == by_the_day(case, drills)


def test_a_rule_is_kept_on_the_very_day_it_is_due_and_broken_from_the_next() -> None:
    case = office({GAS: "a"}, held=[(date(2024, 12, 24), GAS)], rules=[rule("r", 24, GAS)])
    assert measure(case, [Planned(date(2026, 12, 24), GAS)]).broken == 0
    late = replace(case, held=(Planned(date(2024, 12, 23), GAS),))
    assert measure(late, [Planned(date(2026, 12, 24), GAS)]).broken == 1


def test_a_duty_grows_no_staler_than_one_that_nobody_ever_exercised() -> None:
    never = office({GAS: "a"}, weights={"a": 3})
    most, days = (date(2029, 11, 25) - TODAY).days, (never.end - TODAY).days
    assert measure(never, []).staleness == 3 * 2 * most * days
    long_ago = replace(never, held=(Planned(date(2015, 1, 5), GAS),))
    assert measure(long_ago, []) == measure(never, [])
    assert measure(never, [Planned(TODAY, GAS)]).staleness == 3 * days * days  # a triangle, doubled


def test_a_rule_of_the_enterprise_does_not_bind_the_office() -> None:
    case = office({GAS: "a"}, rules=[rule("r", 6, GAS, office=False)])
    assert measure(case, []).broken == 0
    assert [one.why for one in explain(case, ()).rules] == ["enterprise"]


def test_months_are_those_of_the_calendar() -> None:
    assert later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert whole_months(date(2024, 3, 12), date(2025, 3, 11)) == 11
    assert whole_months(date(2024, 3, 12), date(2025, 3, 12)) == 12


def test_proposed_days_are_working_days_and_leave_time_to_prepare() -> None:
    off = {date(2026, 12, 24), date(2026, 12, 23)}
    days = days_to_use(date(2026, 12, 1), date(2027, 2, 28), lambda day: day.weekday() < 5 and day not in off)
    assert days == (date(2026, 12, 10), date(2026, 12, 22), date(2027, 1, 8), date(2027, 1, 22),
                    date(2027, 2, 10), date(2027, 2, 24))  # fmt: skip


# --- the choice ----------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(case=offices())
def test_on_small_cases_no_programme_is_better(case: Case) -> None:
    made = choose(case)
    assert fits(case, made)
    assert measure(case, made) == min(measure(case, other) for other in programmes(case))


def at_random(case: Case, dice: Random) -> tuple[Planned, ...]:
    """A programme with as many drills as the gaps allow, each at a time and of a scenario that dice choose."""
    made: list[Planned] = []
    while ahead := [day for day in case.days if fits(case, [*made, Planned(day, GAS)])]:
        first = [day for day in ahead if not made or month_of(day) <= month_of(made[-1].day) + case.gap + 1]
        if not first:
            break
        made.append(Planned(dice.choice(first), dice.choice(sorted(case.choices))))
    return tuple(made)


def oldest_first(case: Case) -> tuple[Planned, ...]:
    """What many offices do: on the first day that there is, the scenario that was drilled longest ago."""
    made: list[Planned] = []
    while ahead := [day for day in case.days if fits(case, [*made, Planned(day, GAS)])]:
        last = {
            name: max((one.day for one in (*case.held, *made) if one.scenario == name), default=date.min)
            for name in case.choices
        }
        made.append(Planned(ahead[0], min(sorted(last), key=lambda name: last[name])))
    return tuple(made)


def test_it_beats_random_programmes_and_the_oldest_scenario_first() -> None:
    case, dice = worn(), Random(7)
    made = measure(case, choose(case))
    others = [measure(case, at_random(case, dice)) for _ in range(500)]
    by_age = measure(case, oldest_first(case))
    assert made < by_age
    assert made < min(others)
    bare = replace(case, rules=(), promises=())  # and by freshness alone
    fresh = measure(bare, choose(bare)).staleness
    assert fresh < measure(bare, oldest_first(bare)).staleness
    assert fresh < min(measure(bare, at_random(bare, dice)).staleness for _ in range(500))


def test_it_keeps_every_rule_that_can_be_kept_and_every_promise() -> None:
    case = worn()
    programme = explain(case, choose(case))
    assert programme.cost.broken == programme.cost.behind == 0
    assert [one.why for one in programme.rules] == ["", ""]
    assert programme.untested == ()
    shop = next(one for one in programme.drills if one.choice.id == SHOP)
    assert shop.day <= date(2028, 5, 10)  # five years after the last
    assert [(one.id, limit) for one, limit in shop.due] == [("shop", date(2028, 5, 10))]


def test_the_law_goes_before_promises_and_promises_before_freshness() -> None:
    fresh = {GAS: "abcdefgh", PIT: "i", SHOP: "j"}
    held = [(date(2025, 1, 15), PIT)]
    soon = date(2027, 1, 15)
    bare = office(fresh, held=held, months=6)
    assert [one.scenario for one in choose(bare)] == [GAS]
    promised = replace(bare, promises=(promise("出口", soon, SHOP),))
    assert [one.scenario for one in choose(promised)] == [SHOP]
    bound = replace(promised, rules=(rule("r", 24, PIT),))
    assert [one.scenario for one in choose(bound)] == [PIT]


def test_a_grave_duty_counts_for_more_than_several_light_ones() -> None:
    light = office({GAS: "a", PIT: "bcd"}, weights={"a": 2, "b": 1, "c": 1, "d": 1}, months=4)
    assert [one.scenario for one in choose(light)] == [PIT]
    grave = office({GAS: "a", PIT: "bcd"}, weights={"a": 8, "b": 1, "c": 1, "d": 1}, months=4)
    assert [one.scenario for one in choose(grave)] == [GAS]


def test_what_was_just_drilled_waits() -> None:
    case = office({GAS: "ab", PIT: "c"}, held=[(date(2026, 5, 20), GAS)], months=6)
    assert [one.scenario for one in choose(case)] == [PIT]


def test_drills_keep_their_distance_from_each_other_and_from_the_last_one_held() -> None:
    case = office({GAS: "ab", PIT: "bc"}, held=[(date(2026, 10, 20), GAS)], months=36)
    months = [month_of(date(2026, 10, 1)), *(month_of(one.day) for one in choose(case))]
    assert len(months) > 4
    assert all(b - a >= case.gap for a, b in pairwise(months))


def test_the_order_of_anything_given_means_nothing() -> None:
    case, dice = worn(), Random(3)
    made = choose(case)
    for _ in range(5):
        parts = {
            name: dice.sample(sorted(getattr(case, name)), len(getattr(case, name)))
            for name in ("duties", "choices")
        }
        mixed = replace(
            case,
            duties={name: case.duties[name] for name in parts["duties"]},
            choices={name: case.choices[name] for name in parts["choices"]},
            rules=tuple(dice.sample(case.rules, len(case.rules))),
            promises=tuple(dice.sample(case.promises, len(case.promises))),
            held=tuple(dice.sample(case.held, len(case.held))),
        )
        assert choose(mixed) == made
        first, again = explain(case, made), explain(mixed, choose(mixed))
        assert (first.drills, first.rules, first.untested) == (again.drills, again.rules, again.untested)


def test_no_scenarios_or_no_days_give_no_drills() -> None:
    assert choose(office({})) == ()
    assert choose(replace(office({GAS: "a"}), days=())) == ()


# --- what is said of it --------------------------------------------------------------------------------


def test_a_rule_that_cannot_be_kept_is_named_with_its_reason() -> None:
    case = office(
        {GAS: "a", PIT: "b"},
        held=[(date(2024, 3, 1), GAS), (date(2026, 9, 1), PIT)],
        rules=[rule("overdue", 24, GAS), rule("spacing", 6, PIT), rule("nobody", 24), rule("first", 36, "x")],
    )
    by_name = {one.rule.id: one for one in explain(case, choose(case)).rules}
    assert {name: one.why for name, one in by_name.items()} == {
        "overdue": "overdue", "spacing": "spacing", "nobody": "scenario", "first": "never",
    }  # fmt: skip
    begin, mended = by_name["overdue"].broken[0]
    assert begin == TODAY
    assert mended is not None
    assert by_name["spacing"].limit == date(2027, 3, 1)


def test_a_drill_says_what_was_never_drilled_and_what_long_ago() -> None:
    case = office({GAS: "abc", PIT: "b"}, held=[(date(2026, 5, 4), PIT)])
    first = explain(case, [Planned(date(2026, 12, 24), GAS), Planned(date(2027, 12, 24), GAS)]).drills
    assert [one.id for one in first[0].never] == ["a", "c"]
    assert first[0].stale == ()  # seven months are not long
    assert first[1].never == ()
    assert [(one.id, months) for one, months in first[1].stale] == [("a", 12), ("b", 12), ("c", 12)]


def test_a_rule_is_a_reason_only_where_the_next_drill_would_come_too_late() -> None:
    case = office({GAS: "a"}, held=[(date(2026, 2, 2), GAS)], rules=[rule("r", 24, GAS)])
    early, late = (
        explain(case, [Planned(date(2026, 12, 24), GAS), Planned(day, GAS)]).drills
        for day in (date(2027, 12, 24), date(2028, 3, 10))
    )
    assert early[0].due == ()
    assert [(one.id, limit) for one, limit in late[0].due] == [("r", date(2028, 2, 2))]


def test_an_improvement_is_retested_once_and_what_is_not_in_time_is_told() -> None:
    case = office(
        {GAS: "a", PIT: "b"},
        promises=[
            promise("一", date(2027, 1, 1), GAS), promise("二", date(2026, 12, 1), GAS),
            promise("三", date(2027, 1, 1)), promise("四", date(2027, 1, 1), PIT),
        ],
    )  # fmt: skip
    made = explain(case, [Planned(date(2026, 12, 24), GAS), Planned(date(2027, 6, 24), GAS)])
    assert [(one.problem, in_time) for one, in_time in made.drills[0].tests] == [("二", False), ("一", True)]
    assert made.drills[1].tests == ()
    assert [(one.problem, day) for one, day in made.untested] == [
        ("二", date(2026, 12, 24)), ("三", None), ("四", None),
    ]  # fmt: skip


def test_a_duty_that_no_scenario_exercises_is_told() -> None:
    case = office({GAS: "a"}, weights={"z": 8})
    assert [one.id for one in explain(case, choose(case)).unreached] == ["z"]


# --- what a drill exercises ----------------------------------------------------------------------------


def seen(part: str, *stages: str) -> frozenset[str]:
    """What a drill exercises in which the police reach `stages` of their duty, with such a part in it."""
    of: Plan = plan(duties=(duty("police.cordon", "区公安局"),))
    actors = tuple(
        replace(actor, participation=part) if actor.name == "区公安局" else actor for actor in of.actors
    )
    rows = task("区公安局", "police.cordon#1", *((10 + n, stage) for n, stage in enumerate(stages)))
    return exercised(timeline(replace(of, actors=actors), [(8, "activated", {"unit": "区指挥部"}), *rows]))


def test_a_duty_is_exercised_once_it_is_dispatched_to_somebody_at_the_table() -> None:
    assert seen("参演", "triggered", "ordered") == {"police.cordon"}
    assert seen("参演", "triggered", "acknowledged") == {"police.cordon"}
    assert seen("参演", "triggered") == frozenset()


def test_who_does_not_take_part_learns_nothing() -> None:
    for part in ("未邀请", "旁听", "由导调扮演"):
        assert seen(part, "triggered", "ordered", "acknowledged", "finished") == frozenset()
