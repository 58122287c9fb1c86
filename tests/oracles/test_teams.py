"""Teams: rule 22 of SEMANTICS, and the grants of rules 2 and 3 over several pools."""

from __future__ import annotations

from typing import Any

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
    teams,
    unit,
    work,
)  # fmt: skip

from sim.record.timeline import Timeline


def jobs(sizes: dict[str, int], **asks: tuple[int, str, str, dict[str, int]]) -> Timeline:
    """Each job: priority, when it is due, how long it takes, what it uses."""
    names = {f"fire.{name}": name for name in asks}
    plan = network(
        {name: fact("flag") for name in asks},
        {f"n_{name}": need(name, ask[0]) for name, ask in asks.items()},
        {full: duty(f"n_{name}") for full, name in names.items()},
        works={full: work(asks[name][2], uses=asks[name][3]) for full, name in names.items()},
        sizes=sizes,
        injects={
            f"I{n:02}": inject([], at=ask[1], makes={"set": {name: True}})
            for n, (name, ask) in enumerate(asks.items())
        },
    )
    return play(plan)


def starts(timeline: Timeline) -> dict[str, float]:
    return {row.duty.removeprefix("fire."): row.t / 1000 for row in rows(timeline, "started")}


def test_what_is_asked_together_is_granted_together_or_not_at_all() -> None:
    """Rule 22: a crew and the pump. The crew is free, the pump busy until T+10. The first asker takes nothing
    meanwhile: a less urgent one that needs only the crew has it from T+2 to T+5, and nobody is held up."""
    played = jobs(
        {"crew": 1, "pump": 1},
        busy=(1, "T+0", "10 min", {"pump": 1}), both=(1, "T+1", "10 min", {"crew": 1, "pump": 1}),
        little=(5, "T+2", "3 min", {"crew": 1}),
    )  # fmt: skip
    assert starts(played) == {"busy": 0.0, "little": 2.0, "both": 10.0}
    assert [(row.t, row.task, row.waits_for) for row in rows(played, "waiting")] == [
        (1000, "fire.both#1", "team:pump")
    ]


def test_no_deadlock_between_two_who_want_the_same_two() -> None:
    """Rule 22: both want crew and pump; one after the other they have both."""
    played = jobs(
        {"crew": 1, "pump": 1},
        one=(1, "T+0", "10 min", {"crew": 1, "pump": 1}), two=(1, "T+0", "10 min", {"pump": 1, "crew": 1}),
    )  # fmt: skip
    assert starts(played) == {"one": 0.0, "two": 10.0}


def test_a_blocked_head_of_the_queue_does_not_block_the_rest() -> None:
    """Rule 22: two of three crews are out. The first in the queue wants two and waits to T+10; the second,
    behind it, wants one and has it at once."""
    played = jobs(
        {"crew": 3},
        out=(1, "T+0", "10 min", {"crew": 2}),
        head=(1, "T+1", "5 min", {"crew": 2}),
        rest=(5, "T+1", "30 min", {"crew": 1}),
    )
    assert starts(played) == {"out": 0.0, "rest": 1.0, "head": 10.0}


def test_all_pools_are_granted_by_rank_in_one_go() -> None:
    """Rules 2, 3 and 22: at T+10 crew and pump come free together. The most urgent takes the pump; the next
    one, who wants both, gets neither; the last takes the crew. Taken pool by pool, the middle one would have
    had the crew promised."""
    played = jobs(
        {"crew": 1, "pump": 1},
        hold=(1, "T+0", "10 min", {"crew": 1, "pump": 1}),
        middle=(2, "T+1", "5 min", {"crew": 1, "pump": 1}),
        last=(3, "T+2", "20 min", {"crew": 1}),
        urgent=(1, "T+3", "5 min", {"pump": 1}),
    )  # fmt: skip
    assert starts(played) == {"hold": 0.0, "urgent": 10.0, "last": 10.0, "middle": 30.0}


def test_teams_are_never_more_than_there_are() -> None:
    """Rule 22: seven askers of one or two of three crews; at no time are more than three out."""
    asks = {
        f"j{n}": (n % 3 + 1, f"T+{n}", f"{7 + 2 * n} min", {"crew": 1 + n % 2}) for n in range(7)
    }  # fmt: skip
    played = jobs({"crew": 3}, **asks)
    changes = [(row.t, -1, 1 + int(row.duty[-1]) % 2) for row in rows(played, "finished")]
    changes += [(row.t, 1, 1 + int(row.duty[-1]) % 2) for row in rows(played, "started")]
    out, most = 0, 0
    for _, sign, count in sorted(changes):
        out += sign * count
        most = max(most, out)
    assert (len(rows(played, "finished")), out, most) == (7, 0, 3)


# --- at the scene and at home


def trips(*orders: tuple[str, str, str, int], crews: int = 1) -> Timeline:
    """Duties (name, place, when headquarters learns of its need, crews it uses), five minutes each; muster 3,
    road 10."""
    names = [name for name, *_ in orders]
    plan = build(
        {name: fact("flag") for name in names},
        {f"n_{name}": need(name) for name in names},
        {
            "消防": unit(
                1,
                {f"fire.{name}": duty(f"n_{name}", place=place, sees=[]) for name, place, _, _ in orders},
                teams=teams(crew=crews),
                work={f"fire.{name}": work("5 min", uses={"crew": count}) for name, _, _, count in orders},
            )
        },
        scenario(
            {"I00": RING}
            | {
                f"I{n:02}": inject([HQ], at=at, tells={name: True})
                for n, (name, _, at, _) in enumerate(orders, 1)
            }
        ),
        **at_once(
            defaults__muster={"duty": "3 min", "off-duty": "20 min", "src": "t"},
            defaults__travel={"urban": "10 min", "township": "10 min", "src": "t"},
        ),
    )
    return play(plan)


MOVES = ("departed", "arrived", "started", "finished")


def moves(timeline: Timeline, name: str) -> list[tuple[float, str]]:
    return [(t, event) for t, event, _ in log(timeline, *MOVES, task=f"fire.{name}#1")]


def test_released_at_the_scene_a_team_needs_neither_muster_nor_road() -> None:
    """Rule 22: from base: out at 4, there at 14, done at 19. The next task there begins the instant it is
    ordered."""
    played = trips(("one", "scene", "T+1", 1), ("two", "scene", "T+60", 1))
    assert moves(played, "one") == [
        (4.0, "departed"),
        (14.0, "arrived"),
        (14.0, "started"),
        (19.0, "finished"),
    ]
    assert moves(played, "two") == [(60.0, "arrived"), (60.0, "started"), (65.0, "finished")]


def test_wanted_in_the_office_it_travels_home_first() -> None:
    """Rule 22: else it travels home: released at the scene at T+19, wanted in the office at T+60, at work
    there at T+70, and for the next scene it musters and drives again."""
    played = trips(("one", "scene", "T+1", 1), ("desk", "office", "T+60", 1), ("two", "scene", "T+80", 1))
    assert moves(played, "desk") == [(60.0, "departed"), (70.0, "started"), (75.0, "finished")]
    assert moves(played, "two")[:2] == [(83.0, "departed"), (93.0, "arrived")]


def test_a_team_at_the_scene_is_taken_before_one_at_home() -> None:
    """Rule 22: of two crews one is at the scene at T+30; it does the next task there, without a drive. A task
    for two, at T+60, waits for the other one to muster and drive."""
    played = trips(
        ("one", "scene", "T+1", 1), ("two", "scene", "T+30", 1), ("pair", "scene", "T+60", 2), crews=2
    )
    assert moves(played, "two")[0] == (30.0, "arrived")
    assert moves(played, "pair")[:2] == [(63.0, "departed"), (73.0, "arrived")]


def test_in_the_office_a_team_at_home_is_taken_before_one_at_the_scene() -> None:
    """Rule 22: the other way round: office work at T+30 begins at once with the crew at home."""
    played = trips(("one", "scene", "T+1", 1), ("desk", "office", "T+30", 1), crews=2)
    assert moves(played, "desk") == [(30.0, "started"), (35.0, "finished")]


def test_who_waits_for_a_team_gets_it_where_it_is_released() -> None:
    """Rule 22: ordered at T+2 behind the first task, the second has the crew at T+19, at the scene."""
    played = trips(("one", "scene", "T+1", 1), ("two", "scene", "T+2", 1))
    waiting: list[Any] = [(row.t, row.waits_for) for row in rows(played, "waiting", task="fire.two#1")]
    assert waiting == [(2000, "team:crew")]
    assert moves(played, "two")[0] == (19.0, "arrived")
