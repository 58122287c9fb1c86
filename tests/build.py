"""Small plans for oracles: plain Python mappings in the shape of the input files, compiled without any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.plan.canonical import canonical, digest
from sim.plan.compile import compile_plan
from sim.plan.compiled import Plan
from sim.plan.schema import Arrangements, Law, Needs, Norms, Register, Roster, Scenario, Strength
from sim.plan.workspace import LoadedFile, LoadedRoster, LoadedScenario
from sim.play.draws import Draws
from sim.play.engine import Engine, draws_for
from sim.record.timeline import Row, Timeline

HQ, OFFICE, DESK = "指挥部", "办公室", "值守"


def label(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def timed(text: str) -> dict[str, str]:
    return {"time": text, "src": "t"}


def fact(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "label": label(kind), **more}


def need(when: str, priority: int = 1, **more: Any) -> dict[str, Any]:
    return {"label": label(when), "when": when, "priority": priority, **more}


def duty(serves: str, **reads: Any) -> dict[str, Any]:
    """A dispatchable duty: `reads` in the words of the register, hyphens as underscores."""
    plain = {key.replace("_", "-"): value for key, value in reads.items()}
    return {
        "name": label(serves), "quote": "救援", "phase": reads.pop("phase", "response"),
        "reads": {"serves": serves, "role": "lead", **plain},
    }  # fmt: skip


def unit(number: int, duties: Mapping[str, Any], **strength: Any) -> dict[str, Any]:
    """A unit with its duties; `strength` as in strength.yaml."""
    return {"number": number, "duties": dict(duties), "strength": strength}


def teams(**counts: int) -> dict[str, Any]:
    return {name: {"count": count, "src": "t"} for name, count in counts.items()}


def work(time: str = "0 min", **more: Any) -> dict[str, Any]:
    return {"time": time, "src": "t", **more}


def strength(units: Mapping[str, Any], **given: Any) -> dict[str, Any]:
    """Local capability in which everything takes a fixed, small, telling time."""
    base: dict[str, Any] = {
        "sources": {"t": {"grade": "guess", "text": "test"}},
        "hours": {"days": ["mon", "tue", "wed", "thu", "fri"], "begin": "8:30", "end": "18:00", "src": "t"},
        "desk": {
            "body": DESK,
            "operators": {"duty": 2, "off-duty": 1, "src": "t"},
            "receive": timed("4 min"),
            "report-up": timed("3 min"),
            "phone-leader": timed("2 min"),
            "verify": timed("8 min"),
            "assess": timed("5 min"),
        },
        "calls": {
            "answered": timed("1 min"),
            "unanswered": timed("0.5 min"),
            "redial": timed("2 min"),
            "report": timed("2 min"),
        },
        "command": {
            "body": HQ, "acting": OFFICE, "commander": "指挥长甲", "activate-when": "true", "approve": timed("6 min"),
            "tries": 2, "next": timed("4 min"), "inform": "calls", "src": "t",
        },
        "channels": {},
        "defaults": {
            "staffed": "always",
            "answer": {"chance": 1.0, "tries": 3, "src": "t"},
            "acknowledge": timed("1 min"),
            "muster": {"duty": "2 min", "off-duty": "20 min", "src": "t"},
            "travel": {"urban": "10 min", "township": "30 min", "src": "t"},
        },
        "units": dict(units),
    }  # fmt: skip
    for path, value in given.items():
        place, *parts = path.split("__")
        target = base
        for part in [place, *parts][:-1]:
            target = target[part.replace("_", "-")]
        target[[place, *parts][-1].replace("_", "-")] = value
    return base


def scenario(injects: Mapping[str, Any], **given: Any) -> dict[str, Any]:
    return {
        "id": "test", "title": label("test"), "summary": "test", "purpose": "研究性",
        "start": "2026-03-04T10:00+08:00", "horizon": "240 min",
        "site": {"name": "某厂", "industry": "冶金", "location": "某地", "zone": "urban"},
        "injects": dict(injects), **{key.replace("_", "-"): value for key, value in given.items()},
    }  # fmt: skip


def inject(to: list[str], **given: Any) -> dict[str, Any]:
    plain = {key.rstrip("_").replace("_", "-"): value for key, value in given.items()}
    timing = {} if {"at", "after", "when"} & plain.keys() else {"at": "T+0"}
    return {
        "from": "企业",
        "to": to,
        "channel": "phone",
        "title": "报告",
        "message": "【演练】",
        **timing,
        **plain,
    }


def build(
    facts: Mapping[str, Any],
    needs: Mapping[str, Any],
    units: Mapping[str, Any],
    drill: Mapping[str, Any],
    norms: Mapping[str, Any] | None = None,
    law: Mapping[str, Any] | None = None,
    arrangements: Mapping[str, Any] | None = None,
    **more: Any,
) -> Plan:
    """Compile a plan from its parts; `more` as for `roster`."""
    given = roster(facts, needs, units, norms, law, arrangements, **more)
    return compile_plan(given, Scenario.model_validate(drill))


def roster(
    facts: Mapping[str, Any],
    needs: Mapping[str, Any],
    units: Mapping[str, Any],
    norms: Mapping[str, Any] | None = None,
    law: Mapping[str, Any] | None = None,
    arrangements: Mapping[str, Any] | None = None,
    posts: Sequence[str] = ("指挥长甲",),
    bodies: Mapping[str, Any] | None = None,
    **local: Any,
) -> Roster:
    """Return an office from its parts; `local` overrides strength by path, parts joined by two underscores."""
    members = {
        name: {"number": u["number"], "en": name, "official": "救援", "duties": u["duties"]}
        for name, u in units.items()
    }
    own = dict(bodies or {})  # duties and strength of headquarters' own bodies
    seated = {
        name: {
            "number": n, "en": name, "official": "指挥救援", "duties": own.get(name, {}).get("duties", {}),
        }
        for n, name in enumerate((HQ, OFFICE, DESK), 1)
    }  # fmt: skip
    return Roster(
        register_=Register.model_validate(
            {
                "title": "test", "source": "test",
                "posts": {
                    name: {"title": "副指挥长" if n > 1 else "指挥长", "number": n, "en": name}
                    for n, name in enumerate(posts, 1)
                },
                "bodies": seated, "units": members,
            }
        ),
        needs=Needs.model_validate({"facts": dict(facts), "needs": dict(needs)}),
        strength=Strength.model_validate(
            strength({n: u["strength"] for n, u in {**units, **own}.items() if u["strength"]}, **local)
        ),
        norms=Norms.model_validate({"norms": dict(norms or {})}),
        law=Law.model_validate(dict(law or {})),
        arrangements=Arrangements.model_validate(dict(arrangements or {})),
    )  # fmt: skip


def loaded(given: Roster, drill: Mapping[str, Any]) -> tuple[LoadedScenario, LoadedRoster]:
    """A roster and a scenario as if they had been read from files."""
    model = Scenario.model_validate(drill)
    text = canonical(model)
    file = LoadedFile("test.yaml", "test.yaml", "workspace", text, digest(text))
    texts = [canonical(part) for part in (given.strength, given.register_)]
    names = ("strength.yaml", "annex3.yaml")
    files = tuple(
        LoadedFile(name, name, "workspace", text, digest(text))
        for name, text in zip(names, texts, strict=True)
    )
    return LoadedScenario(model, file, ()), LoadedRoster(given, files, ())


def play(plan: Plan, seed: int = 1, *, expected: bool = False, draws: Draws | None = None) -> Timeline:
    """Play once and return the timeline."""
    engine = Engine(plan)
    raw = engine.play(draws or draws_for(seed, 0, expected=expected))
    return Timeline(plan, engine.rows(raw, "test", 0), {})


def log(timeline: Timeline, *events: str, **columns: str) -> list[tuple[float, str, str]]:
    """The rows of some events as (minutes, event, whom or what): what a story asserts on."""
    return [(row.t / 1000, row.event, _who(row)) for row in rows(timeline, *events, **columns)]


def rows(timeline: Timeline, *events: str, **columns: str) -> list[Row]:
    return [
        row
        for row in timeline.rows
        if (not events or row.event in events)
        and all(getattr(row, key) == value for key, value in columns.items())
    ]


def _who(row: Row) -> str:
    return row.task or row.need or row.inject or row.unit


NOTHING = timed("0 min")


def at_once(**changes: Any) -> dict[str, Any]:
    """Local capability in which nothing but work takes time and hands abound: a ring at T+0 starts the response
    at T+0, an order is acknowledged and the team is there the instant a need is raised. `changes` by path, as
    for `strength`."""
    zones = {"urban": "0 min", "township": "0 min", "src": "t"}
    free = (
        "desk__receive", "desk__report_up", "desk__phone_leader", "desk__verify", "desk__assess", "calls__answered",
        "calls__unanswered", "calls__redial", "calls__report", "command__approve", "command__next",
        "defaults__acknowledge",
    )  # fmt: skip
    return {
        **dict.fromkeys(free, NOTHING),
        "desk__operators": {"duty": 99, "off-duty": 99, "src": "t"},
        "defaults__muster": {"duty": "0 min", "off-duty": "0 min", "src": "t"},
        "defaults__travel": zones,
        **changes,
    }


RING = inject([DESK])
"""A first call that says nothing: with `at_once` headquarters is at work from T+0."""


class Chosen:
    """Uniforms chosen by a test: a value, or one an attempt, by the end of the stream's name; else one half."""

    def __init__(self, streams: Mapping[str, float | list[float]]) -> None:
        self.streams = streams

    def u(self, name: str, attempt: int = 0) -> float:
        for end, value in self.streams.items():
            if name.endswith(end):
                return value if isinstance(value, float) else value[attempt]
        return 0.5


def network(
    facts: Mapping[str, Any], needs: Mapping[str, Any], duties: Mapping[str, Any], **given: Any
) -> Plan:
    """A plan without command, calls or roads: one unit, its duties timed as `works` says."""
    works, sizes, injects = given.pop("works", {}), given.pop("sizes", {}), given.pop("injects", {})
    units = {"消防": unit(1, duties, teams=teams(**sizes), work=works)}
    return build(facts, needs, units, scenario(injects, network=True, **given.pop("drill", {})), **given)
