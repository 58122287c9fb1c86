"""Small drills made by hand: a plan of a few lines and a timeline row by row, for tests of what reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sim.plan import compiled as c
from sim.plan.conditions import compile_condition
from sim.plan.durations import MINUTE, ZERO
from sim.record.timeline import Row, Timeline, clock_at

START = datetime.fromisoformat("2026-03-04T09:40+08:00")
FACTS = ("injured", "leaking", "treated", "trapped")
KINDS = {"injured": "count", "leaking": "flag", "treated": "count", "trapped": "count"}
ZH = {"injured": "伤员", "leaking": "正在泄漏", "treated": "已救治", "trapped": "被困"}
PLACE = {name: place for place, name in enumerate(FACTS)}
ACTORS = ("区指挥部", "区指挥部办公室", "应急值守专班", "区公安局", "区消防救援大队", "赵庄乡政府")


def condition(text: str) -> Any:
    return compile_condition(text, PLACE, KINDS)


def actor(name: str, **changes: Any) -> c.Actor:
    kind = "guest" if name == "赵庄乡政府" else "unit" if name in ACTORS[3:] else "body"
    phone = c.Channel("phone", 0.9, 3, ZERO, ZERO, ZERO, True)
    plain = c.Actor(
        name, {"zh": name, "en": f"Unit {ACTORS.index(name)}"}, kind, ACTORS.index(name), "", "参演", True, (phone,),
        ZERO, ZERO, ZERO, ZERO,
    )  # fmt: skip
    return replace(plain, **changes)


def need(name: str, when: str, priority: int = 2, **changes: Any) -> c.Need:
    return replace(
        c.Need(name, {"zh": f"需求{name}", "en": name}, condition(when), None, priority, True, "response"),
        **changes,
    )


def duty(name: str, owner: str, need_at: int = 0, **changes: Any) -> c.Duty:
    plain = c.Duty(
        id=name, actor=ACTORS.index(owner), label={"zh": f"职责{name}", "en": name}, quote="负责现场救援",
        phase="response", need=need_at, lead=True, alarm=False, at_scene=True, form="once", takes=-1, gives=-1,
        size=0, condition=None, after=(), sees=(), sets=(), adds=(), priority=2, each_inject=False,
        setup=ZERO, time=ZERO, every=None, uses=(), grade="guess",
    )  # fmt: skip
    return replace(plain, **changes)


def norm(name: str, of: int | str, start: str, stop: str, within: float | None, **changes: Any) -> c.Norm:
    plain = c.Norm(
        name, {"zh": f"时限{name}", "en": name}, of if isinstance(of, int) else -1, of if isinstance(of, str) else "",
        start, stop, None if within is None else round(within * MINUTE), "", "建标152", "found-secondary", True, "",
    )  # fmt: skip
    return replace(plain, **changes)


def inject(name: str, at: float, **changes: Any) -> c.Inject:
    plain = c.Inject(
        id=name, at=round(at * MINUTE), when=None, unless=None, window=(0, 240 * MINUTE), every=None, until=0,
        source="群众", receivers=(2,), channel="phone-119", title="群众报警", message="有人晕倒。", sets=(), adds=(),
        tells=(), starts=(), expect=(), question="", points=(), clause="", objective="", notes="", condition_text="",
    )  # fmt: skip
    return replace(plain, **changes)


def plan(**changes: Any) -> c.Plan:
    desk = c.Desk(2, 1, 1, ZERO, ZERO, ZERO, ZERO, ZERO)
    command = c.Command(
        0, 1, "区政府常务副区长", (), condition("leaking"), ZERO, 3, ZERO, ZERO, ZERO, None, ZERO
    )  # fmt: skip
    facts = tuple(
        c.Fact(name, KINDS[name], {"zh": ZH[name], "en": name}, False if KINDS[name] == "flag" else 0)  # type: ignore[arg-type]
        for name in FACTS
    )
    plain = c.Plan(
        id="small", title={"zh": "小情景", "en": "Small"}, summary="一处泄漏。", purpose="研究性", site="某钢铁公司",
        zone="urban", start=START, horizon=240 * MINUTE, network=False, office_days=frozenset(range(5)),
        office_begin=480, office_end=1080, facts=facts, truth=(0, False, 0, 0), needs=(need("rescue", "trapped > 0"),),
        actors=tuple(actor(name) for name in ACTORS), pools=(), duties=(), outside=(), norms=(), injects=(),
        hazards=(), timers=(), desk=desk, command=command, end=None, end_hold=0, objectives={},
        assumptions=(c.Assumption("desk.receive", "time 1 min", "guess", "本项目初值", "g1"),),
        posts=(c.Post("指挥长", "区政府常务副区长", {"zh": "区政府常务副区长", "en": "Executive deputy head"}),),
    )  # fmt: skip
    return replace(plain, **changes)


def timeline(of: c.Plan, rows: Iterable[tuple[float, str, Mapping[str, Any]]]) -> Timeline:
    """Make a timeline of (minute, event, columns); an opening and a closing row are put around it."""
    made = [_row(of, 0, 0.0, "drill_opened", {})]
    made += [_row(of, seq, t, event, columns) for seq, (t, event, columns) in enumerate(rows, 1)]
    made.append(_row(of, len(made), of.horizon / MINUTE, "drill_closed", {}))
    return Timeline(of, made, {"versions": {"tuiyan": "0"}, "seed": 7})


def _row(of: c.Plan, seq: int, t: float, event: str, columns: Mapping[str, Any]) -> Row:
    given = {
        "unit": "",
        "duty": "",
        "task": "",
        "need": "",
        "inject": "",
        "waits_for": "",
        "detail": {},
        **columns,
    }
    if given["task"] and not given["duty"] and not given["task"].startswith("desk."):
        given["duty"] = given["task"].partition("#")[0]
    ticks = round(t * MINUTE)
    return Row(
        run="a" * 12, replication=0, seq=seq, t=ticks, clock=clock_at(of.start, ticks), phase="response", event=event,
        cause=given.pop("cause", max(0, seq - 1) if seq else None), **given,
    )  # fmt: skip


def task(
    unit: str, name: str, *steps: tuple[float, str], need: str = "rescue"
) -> list[tuple[float, str, Any]]:
    """Return the rows of one task: ``(3, "ordered")``, a wait as ``(3, "waiting:team:rescue")``."""
    rows = []
    for t, step in steps:
        event, _, waits = step.partition(":")
        rows.append((t, event, {"unit": unit, "task": name, "need": need, "waits_for": waits}))
    return rows
