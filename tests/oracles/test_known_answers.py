"""Answers known from outside: activity networks, schedules, queues, and two stories of wrong news.

A scenario with `network: true` has no command, no calls and no roads, so that what is left is a network of activities,
a job shop or a queue, whose answers are published or can be worked out by a few lines that share nothing with the
engine.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from heapq import heappop, heappush
from random import Random
from statistics import fmean
from typing import Any

import pytest
from build import (
    HQ,
    RING,
    at_once,
    build,
    duty,
    fact,
    inject,
    log,
    need,
    network,
    play,
    rows,
    scenario,
    timed,
    unit,
    work,
)  # fmt: skip

from sim.plan.compiled import Plan
from sim.record.timeline import Timeline

GO = {"I1": inject([], at="T+0", makes={"set": {"go": True}})}
FACTS, NEEDS = {"go": fact("flag")}, {"all": need("go")}


def finishes(timeline: Timeline) -> dict[str, float]:
    return {row.duty: row.t / 1000 for row in rows(timeline, "finished")}


def starts(timeline: Timeline) -> dict[str, float]:
    return {row.duty: row.t / 1000 for row in rows(timeline, "started")}


def activities(
    minutes: dict[str, int],
    before: dict[str, list[str]],
    uses: Any = None,
    sizes: Any = None,
    horizon: str = "600 min",
) -> Timeline:
    """Activities with their minutes, what must be finished before them, and the teams they use."""
    duties = {
        name: duty("all", after=[f"{other}.finished" for other in before.get(name, [])]) for name in minutes
    }
    works = {name: work(f"{length} min", uses=(uses or {}).get(name, {})) for name, length in minutes.items()}
    plan = network(
        FACTS, NEEDS, duties, works=works, sizes=sizes or {}, injects=GO, drill={"horizon": horizon}
    )
    return play(plan)


# --- activity networks


def test_ample_staff_and_fixed_times_give_the_longest_path() -> None:
    """Seven activities drawn by hand: a-c-f-g takes 4 + 6 + 5 + 2 = 17 minutes, every other way less."""
    minutes = {"x.a": 4, "x.b": 3, "x.c": 6, "x.d": 2, "x.e": 7, "x.f": 5, "x.g": 2}
    before = {
        "x.c": ["x.a"], "x.d": ["x.a", "x.b"], "x.e": ["x.b"], "x.f": ["x.c", "x.d"], "x.g": ["x.e", "x.f"],
    }  # fmt: skip
    assert finishes(activities(minutes, before)) == {
        "x.a": 4.0, "x.b": 3.0, "x.c": 10.0, "x.d": 6.0, "x.e": 10.0, "x.f": 15.0, "x.g": 17.0,
    }  # fmt: skip


def longest(minutes: dict[str, int], before: dict[str, list[str]]) -> dict[str, float]:
    """The earliest finish of each activity: its own time after the latest of what must come before."""
    known: dict[str, float] = {}

    def finish(name: str) -> float:
        if name not in known:
            known[name] = minutes[name] + max((finish(other) for other in before.get(name, [])), default=0)
        return known[name]

    return {name: float(finish(name)) for name in minutes}


def random_network(chance: Random, size: int) -> tuple[dict[str, int], dict[str, list[str]]]:
    names = [f"x.{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[:size]]
    minutes = {name: chance.randint(0, 9) for name in names}
    before = {name: chance.sample(names[:n], chance.randint(0, min(3, n))) for n, name in enumerate(names)}
    return minutes, before


@pytest.mark.parametrize("seed", range(8))
def test_random_networks_give_their_longest_path(seed: int) -> None:
    """Twenty activities, some of no length, up to three before each."""
    minutes, before = random_network(Random(seed), 20)
    assert finishes(activities(minutes, before)) == longest(minutes, before)


def test_one_team_gives_the_sum() -> None:
    """Six jobs, one crew: 3 + 1 + 4 + 1 + 5 + 9 minutes."""
    minutes = {f"x.{name}": length for name, length in zip("abcdef", (3, 1, 4, 1, 5, 9), strict=True)}
    timeline = activities(minutes, {}, {name: {"crew": 1} for name in minutes}, {"crew": 1})
    assert max(finishes(timeline).values()) == 23.0
    assert sorted(finishes(timeline).values()) == [3.0, 4.0, 8.0, 9.0, 14.0, 23.0]  # by id, all asked at once


def test_two_teams_by_hand() -> None:
    """The same jobs, two crews, worked out by hand."""
    minutes = {f"x.{name}": length for name, length in zip("abcdef", (3, 1, 4, 1, 5, 9), strict=True)}
    timeline = activities(minutes, {}, {name: {"crew": 1} for name in minutes}, {"crew": 2})
    # a 0–3 and b 0–1; c from 1 to 5; d from 3 to 4; e from 4 to 9; f from 5 to 14
    assert starts(timeline) == {"x.a": 0.0, "x.b": 0.0, "x.c": 1.0, "x.d": 3.0, "x.e": 4.0, "x.f": 5.0}
    assert finishes(timeline)["x.f"] == 14.0


# --- schedules under scarce resources

Schedule = dict[str, tuple[float, float]]


def schedule(timeline: Timeline) -> Schedule:
    begun, done = starts(timeline), finishes(timeline)
    return {name: (begun[name], done[name]) for name in done}


def by_hand(
    minutes: dict[str, int],
    before: dict[str, list[str]],
    uses: dict[str, dict[str, int]],
    sizes: dict[str, int],
) -> Schedule:
    """Parallel schedule generation: at every event start what is ready and fits, first asked first, then by name."""
    free, asked, running = dict(sizes), {}, []
    done: set[str] = set()
    found: Schedule = {}
    clock = 0.0
    while len(done) < len(minutes):
        for name in minutes:
            if name not in asked and all(other in done for other in before.get(name, [])):
                asked[name] = clock
        fitting = sorted((at, name) for name, at in asked.items() if name not in found)
        for _, name in fitting:
            if all(free[pool] >= count for pool, count in uses[name].items()):
                for pool, count in uses[name].items():
                    free[pool] -= count
                found[name] = (clock, clock + minutes[name])
                heappush(running, (clock + minutes[name], name))
        clock = running[0][0]
        while running and running[0][0] == clock:
            _, name = heappop(running)
            done.add(name)
            for pool, count in uses[name].items():
                free[pool] += count
    return found


def check_feasible(found: Schedule, minutes: Any, before: Any, uses: Any, sizes: dict[str, int]) -> None:
    """Every activity has its time, waits for what comes before it, and no pool ever gives more than it has."""
    assert found.keys() == minutes.keys()
    for name, (begin, end) in found.items():
        assert end - begin == minutes[name]
        assert all(found[other][1] <= begin for other in before.get(name, []))
    for moment in {begin for begin, _ in found.values()}:
        taken: dict[str, int] = defaultdict(int)
        for name, (begin, end) in found.items():
            if begin <= moment < end:
                for pool, count in uses[name].items():
                    taken[pool] += count
        assert all(taken[pool] <= size for pool, size in sizes.items())


FT06 = (  # Fisher and Thompson 1963, six jobs on six machines: machine and minutes of each step; the optimum is 55
    ((2, 1), (0, 3), (1, 6), (3, 7), (5, 3), (4, 6)),
    ((1, 8), (2, 5), (4, 10), (5, 10), (0, 10), (3, 4)),
    ((2, 5), (3, 4), (5, 8), (0, 9), (1, 1), (4, 7)),
    ((1, 5), (0, 5), (2, 5), (3, 3), (4, 8), (5, 9)),
    ((2, 9), (1, 3), (4, 5), (5, 4), (0, 3), (3, 1)),
    ((1, 3), (3, 3), (5, 9), (0, 10), (4, 4), (2, 1)),
)


def test_the_job_shop_of_fisher_and_thompson() -> None:
    """FT06: a feasible schedule, no shorter than the published optimum of 55, no machine idle while somebody waits for
    it: first come, first served, as a few lines that share nothing with the engine have it."""
    minutes = {f"j{j}.s{s}": length for j, job in enumerate(FT06) for s, (_, length) in enumerate(job)}
    uses = {
        f"j{j}.s{s}": {f"m{machine}": 1} for j, job in enumerate(FT06) for s, (machine, _) in enumerate(job)
    }
    before = {f"j{j}.s{s}": [f"j{j}.s{s - 1}"] for j in range(6) for s in range(1, 6)}
    sizes = {f"m{machine}": 1 for machine in range(6)}
    found = schedule(activities(minutes, before, uses, sizes))
    check_feasible(found, minutes, before, uses, sizes)
    assert found == by_hand(minutes, before, uses, sizes)
    assert 55 <= max(end for _, end in found.values()) < sum(minutes.values())


@pytest.mark.parametrize("seed", range(10))
def test_random_projects_under_scarce_resources(seed: int) -> None:
    """RCPSP: sixteen activities that use up to two kinds of team at once, all or nothing; a blocked head does not block
    the rest. The schedule is feasible, and the one that is worked out without the engine."""
    chance = Random(seed)
    minutes, before = random_network(chance, 16)
    minutes = {name: length + 1 for name, length in minutes.items()}
    sizes = {"crew": 3, "boat": 2}
    uses = {
        name: {
            pool: chance.randint(1, sizes[pool])
            for pool in chance.sample(sorted(sizes), chance.randint(0, 2))
        }
        for name in minutes
    }
    found = schedule(activities(minutes, before, uses, sizes))
    check_feasible(found, minutes, before, uses, sizes)
    assert found == by_hand(minutes, before, uses, sizes)


def test_jobs_of_two_kinds_keep_their_own_order() -> None:
    """Two kinds of job arrive, drilling first, then milling or turning; one drill, ten minutes each. The second job is
    drilled from T+10 to T+20 and turned after that: it does not go by the first job's drilling."""
    duties = {
        "m.drill": duty("all", each="inject"), "m.mill": duty("all", each="inject", after=["m.drill.finished"]),
        "m.turn": duty("all", each="inject", after=["m.drill.finished"]),
    }  # fmt: skip
    works = {"m.drill": work("10 min", uses={"drill": 1}), "m.mill": work("3 min"), "m.turn": work("3 min")}
    injects = {
        "I1": inject([], at="T+0", starts=["m.drill", "m.mill"]),
        "I2": inject([], at="T+1", starts=["m.drill", "m.turn"]),
    }  # fmt: skip
    timeline = play(network(FACTS, NEEDS, duties, works=works, sizes={"drill": 1}, injects=injects))
    assert sorted((row.t / 1000, row.duty) for row in rows(timeline, "started")) == [
        (0.0, "m.drill"), (10.0, "m.drill"), (10.0, "m.mill"), (20.0, "m.turn"),
    ]  # fmt: skip


# --- queues


def queue(servers: int, arrival: str, service: str, days: int) -> Plan:
    """Customers arrive one by one and are served in order of arrival."""
    arrivals = {"every": arrival, "until": f"T+{days * 1440}"}
    return network(
        FACTS, NEEDS, {"x.serve": duty("all", each="inject")}, works={"x.serve": work(service, uses={"server": 1})},
        sizes={"server": servers}, drill={"horizon": f"{days * 1440} min"},
        injects={"I1": inject([], at="T+0", starts=["x.serve"], arrivals=arrivals)},
    )  # fmt: skip


def customers(timeline: Timeline) -> list[tuple[int, int, int]]:
    """Arrival, begin and end of service of everybody who was served, in order of arrival."""
    at: dict[str, dict[str, int]] = defaultdict(dict)
    for row in timeline.rows:
        if row.event in ("triggered", "started", "finished"):
            at[row.task][row.event] = row.t
    return [(c["triggered"], c["started"], c["finished"]) for c in at.values() if "finished" in c]


WEEK = 7


@pytest.mark.parametrize(
    ("servers", "service", "mean"),
    [
        pytest.param(1, "exp(1 min)", 1.0, id="M/M/1"),  # ρ = ½: Wq = ρ / (μ − λ) = ½ / ½
        pytest.param(2, "exp(2 min)", 2 / 3, id="M/M/2"),  # a = 1, Erlang C = ⅓: Wq = C / (2μ − λ) = ⅓ / ½
    ],
)
def test_the_mean_wait_of_a_queue_is_that_of_theory(servers: int, service: str, mean: float) -> None:
    """Arrivals every two minutes on average; the mean wait over six weeks of customers (30 000 of them) lies within
    5 % of theory."""
    plan = queue(servers, "exp(2 min)", service, WEEK)
    waits = [
        (begin - arrival) / 1000 for seed in range(6) for arrival, begin, _ in customers(play(plan, seed))
    ]
    assert len(waits) > 29_000
    assert abs(fmean(waits) / mean - 1) < 0.05


@pytest.mark.parametrize(("servers", "service"), [(1, "exp(1.6 min)"), (2, "exp(3 min)"), (3, "exp(5 min)")])
def test_every_single_service_begins_when_theory_says(servers: int, service: str) -> None:
    """Kiefer and Wolfowitz: a customer is served on arrival or when the first server is free, whichever is later; so
    every single wait follows from arrivals and services, to the thousandth of a minute."""
    served = customers(play(queue(servers, "exp(2 min)", service, 2), 3))
    assert len(served) > 1000
    free = [0] * servers
    for arrival, begin, end in served:
        assert begin == max(arrival, free[0])
        free = sorted([*free[1:], end])
    assert any(begin > arrival for arrival, begin, _ in served)


def test_gaps_and_services_are_exponential() -> None:
    """Of an exponential length a share of 1 − 1/e is below its mean; arrivals are drawn one after another."""
    served = customers(play(queue(9, "exp(2 min)", "exp(3 min)", WEEK), 5))
    gaps = [(b[0] - a[0]) / 1000 for a, b in itertools.pairwise(served)]
    services = [(end - begin) / 1000 for _, begin, end in served]
    assert abs(fmean(gaps) - 2.0) < 0.1
    assert abs(fmean(services) - 3.0) < 0.15
    assert abs(fmean(gap < 2.0 for gap in gaps) - 0.632) < 0.02
    assert abs(fmean(time < 3.0 for time in services) - 0.632) < 0.02


# --- wrong news


def test_a_rumour_is_told_acted_on_and_corrected() -> None:
    """T+5: headquarters is told of a leak that there is not. The fire service is sent (call 1, acknowledgement 1,
    muster 2, travel 10 minutes), sees at T+19 that nothing leaks, and reports it (2 minutes). At T+21 the need is over;
    it is called back (1 minute) and stands down at T+22. The truth never changed."""
    force = unit(
        1,
        {"fire.stop": duty("leaking", achieves={"set": {"plugged": True}})},
        work={"fire.stop": work("30 min", setup="5 min")},
    )
    injects = {"I1": RING, "I2": inject([HQ], at="T+5", tells={"leak": True})}
    facts = {"leak": fact("flag"), "plugged": fact("flag")}
    local = at_once(
        calls__answered=timed("1 min"), calls__report=timed("2 min"), defaults__acknowledge=timed("1 min"),
        defaults__muster={"duty": "2 min", "off-duty": "2 min", "src": "t"},
        defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"},
    )  # fmt: skip
    timeline = play(build(facts, {"leaking": need("leak")}, {"消防": force}, scenario(injects), **local))
    assert [(row.t / 1000, row.detail["facts"]) for row in rows(timeline, "learnt", unit=HQ)] == [
        (5.0, {"leak": True}), (21.0, {"leak": False}),
    ]  # fmt: skip
    assert log(timeline, "need_raised", "ordered", "arrived", "need_over", "stood_down") == [
        (5.0, "need_raised", "leaking"), (6.0, "ordered", "fire.stop#1"), (19.0, "arrived", "fire.stop#1"),
        (21.0, "need_over", "leaking"), (22.0, "stood_down", "fire.stop#1"),
    ]  # fmt: skip
    assert not rows(timeline, "fact_changed")


def test_a_wrong_count_is_told_acted_on_and_corrected() -> None:
    """Five injured are reported, three there are. The doctors, sent for five, arrive at T+6 and report three; they
    treat them two at a time (4 minutes each round) and are done at T+14, with three treated and nobody missing."""
    facts = {"injured": fact("count"), "treated": fact("count")}
    care = duty("medical", form="batch", batch={"takes": "injured", "gives": "treated", "size": 2})
    force = unit(1, {"health.treat": care}, work={"health.treat": work("4 min")})
    injects = {"I1": RING, "I2": inject([HQ], at="T+1", makes={"add": {"injured": 3}}, tells={"injured": 5})}
    road = {"urban": "5 min", "township": "5 min", "src": "t"}
    needs = {"medical": need("injured > treated")}
    plan = build(facts, needs, {"卫健": force}, scenario(injects), **at_once(defaults__travel=road))
    timeline = play(plan)
    learnt = [(row.t / 1000, row.detail["facts"]) for row in rows(timeline, "learnt", unit=HQ)]
    assert [(minute, facts["injured"]) for minute, facts in learnt if "injured" in facts] == [
        (1.0, 5),
        (6.0, 3),
    ]
    assert learnt[-1] == (14.0, {"treated": 3})
    assert [(row.t / 1000, row.detail["count"]) for row in rows(timeline, "cycle")] == [(10.0, 2), (14.0, 1)]
    assert log(timeline, "finished", task="health.treat#1") == [(14.0, "finished", "health.treat#1")]
    assert log(timeline, "need_over") == [(14.0, "need_over", "medical")]
    truth = [(row.detail["fact"], row.detail["value"]) for row in rows(timeline, "fact_changed")]
    assert truth == [("injured", 3), ("treated", 2), ("treated", 3)]


# --- the horizon


@pytest.mark.parametrize(("horizon", "state"), [("60 min", "finished"), ("59.999 min", "open_at_close")])
def test_work_due_exactly_at_the_horizon_is_recorded(horizon: str, state: str) -> None:
    """Begun at T+50, ten minutes: finished at a horizon of 60 minutes, open a thousandth earlier; and what it achieves
    is true at the close."""
    plan = network(
        {**FACTS, "out": fact("flag")}, NEEDS, {"x.work": duty("all", achieves={"set": {"out": True}})},
        works={"x.work": work("10 min")}, drill={"horizon": horizon},
        injects={"I1": inject([], at="T+50", makes={"set": {"go": True}})},
    )  # fmt: skip
    timeline = play(plan)
    assert [record.state.replace("open", "open_at_close") for record in timeline.records] == [state]
    assert bool([row for row in rows(timeline, "fact_changed") if row.detail["fact"] == "out"]) is (
        state == "finished"
    )
    assert timeline.rows[-1].event == "drill_closed"


def test_an_inject_at_the_horizon_is_given() -> None:
    """What is due at the very end is done before the close."""
    plan = network(
        FACTS, NEEDS, {"x.work": duty("all")}, works={"x.work": work("0 min")}, drill={"horizon": "60 min"},
        injects={"I1": inject([], at="T+60", makes={"set": {"go": True}})},
    )  # fmt: skip
    assert finishes(play(plan)) == {"x.work": 60.0}
