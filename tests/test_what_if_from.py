"""Two futures of one drill: the same until the moment, and what differs after it is told as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from build import duty, fact, inject, need, network, work

from sim import Assume, Late, MoreHands, Skip, load_scenario, simulate, what_if
from sim.errors import InputError, MismatchError, PlayError
from sim.plan.closure import influence_closure
from sim.plan.durations import later
from sim.play.engine import Engine, draws_for
from sim.record.run import write_run
from sim.record.timeline import Timeline
from sim.study import futures
from sim.words.problems import render


@pytest.fixture(scope="module")
def drill() -> Timeline:
    return simulate(load_scenario("blast-furnace-gas"), seed=7)


def stages(timeline: Timeline) -> dict[tuple[str, str], int]:
    return {(record.task, stage): t for record in timeline.records for stage, t in record.stages.items()}


@pytest.mark.parametrize(
    ("at", "change"),
    [(20, Late("区消防救援大队", 10)), (75, MoreHands()), (50, Skip("I06")),
     (40, Assume("units.区消防救援大队.work.fire.rescue.time", "25 min"))],
)  # fmt: skip
def test_both_futures_are_one_until_the_moment_and_every_difference_is_told(
    drill: Timeline, at: float, change: Any
) -> None:
    both = what_if(drill, at=at, change=change)
    count = sum(row.t < both.at for row in drill.rows)
    assert both.first.rows == drill.rows
    assert both.second.rows[:count] == drill.rows[:count]
    assert both.same_until >= count
    assert both.second.rows[both.same_until] != drill.rows[both.same_until]
    first, second = stages(both.first), stages(both.second)
    told = {(one.name, one.stage): (one.before, one.after) for one in both.tasks}
    compared = {
        key for key in {*first, *second} if key[1] not in ("blocked", "open_at_close", "call_unreached")
    }
    assert told == {
        key: (first.get(key), second.get(key)) for key in compared if first.get(key) != second.get(key)
    }
    assert all(min(t for t in pair if t is not None) >= both.at for pair in told.values())


def test_a_later_unit_departs_so_much_later_and_no_earlier_muster_is_touched(drill: Timeline) -> None:
    both = what_if(drill, at=20, change=Late("区消防救援大队", 10))
    moved = {(one.name, one.stage): one.minutes for one in both.tasks}
    assert moved["fire.recon#1", "departed"] == pytest.approx(10)
    departed = {
        record.task: record.stages["departed"] for record in drill.records if record.task == "fire.recon#1"
    }
    begun = [
        span for r in drill.records if r.task == "fire.recon#1" for span in r.spans if span.kind == "muster"
    ]
    after = what_if(drill, at=begun[0].begin / 1000 + 0.001, change=Late("区消防救援大队", 10))
    assert stages(after.second)["fire.recon#1", "departed"] == departed["fire.recon#1"]


def test_a_skipped_inject_is_gone_and_what_hung_on_it(drill: Timeline) -> None:
    both = what_if(drill, at=50, change=Skip("I06"))
    assert "I06" not in [row.inject for row in both.second.rows if row.event == "inject_given"]
    assert ("township.evacuate#1", "triggered") not in stages(both.second)


def test_a_run_folder_does_as_well_and_must_be_whole(drill: Timeline, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    write_run(drill, folder)
    assert what_if(folder, at=60, change=MoreHands()).first.rows == drill.rows
    (folder / "tasks.csv").write_text("", "utf-8")
    with pytest.raises(MismatchError, match=r"tasks\.csv"):
        what_if(folder, at=60, change=MoreHands())


def test_a_timeline_that_its_manifest_does_not_give_is_refused(drill: Timeline) -> None:
    other = Timeline(drill.plan, drill.rows[:-1], drill.manifest)
    with pytest.raises(MismatchError, match="future-replay"):
        what_if(other, at=60, change=MoreHands())


def test_what_the_change_cannot_touch_is_named_and_was_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a plan where orders cost no call most is out of reach: `x.b` has its own need and fact."""
    both = lonely()
    assert both.moved == ("x.a#1",)
    assert both.untouched == ("x.b",)
    assert set(both.untouched).isdisjoint(influence_closure(both.first.plan, ["x.a"]))
    monkeypatch.setattr(futures, "influence_closure", lambda *_: frozenset())
    with pytest.raises(PlayError, match="cannot touch"):
        lonely()


def lonely() -> futures.Futures:
    """Two duties side by side in a network; the first takes nine minutes longer from T+0 on."""
    facts = {f"f{one}": fact("flag") for one in "ab"}
    duties = {f"x.{one}": duty(f"n{one}", form="once") for one in "ab"}
    told = {
        f"I{n}": inject(["指挥部"], at=f"T+{n}", makes={"set": {f"f{one}": True}})
        for n, one in enumerate("ab")
    }
    plan = network(
        facts, {f"n{one}": need(f"f{one}") for one in "ab"}, duties, injects=told,
        works={f"x.{one}": work("3..5..9 min") for one in "ab"},
    )  # fmt: skip
    manifest = {"seed": 1, "replication": 0, "mode": "random", "run": "test"}
    engine = Engine(plan)
    first = Timeline(plan, engine.rows(engine.play(draws_for(1, 0)), "test", 0), manifest)
    slow = tuple(replace(d, time=later(d.time, 9)) if d.id == "x.a" else d for d in plan.duties)
    return futures.side_by_side(first, 0, Assume("x.a", "longer"), replace(plan, duties=slow))


def test_shared_hands_leave_nothing_out_of_reach(drill: Timeline) -> None:
    assert what_if(drill, at=75, change=MoreHands()).untouched == ()


@pytest.mark.parametrize(
    ("at", "change", "code", "word"),
    [
        (999, MoreHands(), "future-moment", "360"),
        (-1, MoreHands(), "future-moment", "-1"),
        (20, Late("区消防大队", 5), "future-unit", "区消防救援大队"),
        (20, Late("区公安局", -5), "future-sooner", "-5"),
        (20, MoreHands(-9), "future-hands", "-9"),
        (20, Skip("I99"), "future-inject", "I99"),
        (20, Skip("I01"), "future-given", "T+2"),
        (20, Assume("calls.report.time", "9 min"), "future-assumption", "calls.report"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(
    drill: Timeline, at: float, change: Any, code: str, word: str
) -> None:
    with pytest.raises(InputError) as refused:
        what_if(drill, at=at, change=change)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert all(word in render(problem, lang) for lang in ("zh", "en"))
