"""Small random drills with ties on purpose: whole minutes, zero delays, shared pools, one or two operators.

`random_spec(chance)` writes one drill in the words of the input files, from any `random.Random`: a seeded one, or
hypothesis' own (`st.randoms`), which shrinks. `compiled(spec)` makes the plan. A specification is plain data, so that
a counterexample can be printed, cut down and kept as a story of its own.
"""

from __future__ import annotations

from random import Random
from typing import Any

from build import DESK, HQ, OFFICE, build, duty, fact, inject, need, scenario, teams, timed, unit, work

from sim.plan.compiled import Plan

Spec = dict[str, Any]

FLAGS = ("f0", "f1", "f2")
PAIRS = (("c0", "c1"), ("c2", "c3"))  # takes, gives
STAGES = ("acknowledged", "departed", "arrived", "started", "finished")
POSTS = ("指挥长甲", "副乙", "副丙")
_DISTRIBUTED = ("0..1..4 min", "exp(2 min)", "uniform(0, 3) min")


class _Writer:
    """Draws the parts of one drill; with `random` some lengths are distributions, else all are whole minutes."""

    def __init__(self, chance: Random, random: bool) -> None:
        self.chance = chance
        self.random = random
        self.needs: list[str] = []
        self.duties: list[str] = []
        self.injects: list[str] = []
        self.late = False
        self.each: list[str] = []

    def pick(self, *options: Any) -> Any:
        return self.chance.choice(options)

    def odds(self, one_in: int) -> bool:
        return self.chance.randrange(one_in) == 0

    def some(self, options: tuple[str, ...], least: int, most: int) -> list[str]:
        return sorted(self.chance.sample(options, min(len(options), self.chance.randint(least, most))))

    def length(self) -> str:
        if self.random and self.odds(3):
            return str(self.pick(*_DISTRIBUTED))
        return f"{self.pick(0, 0, 1, 1, 2, 3)} min"

    def writes(self) -> Spec:
        found: Spec = {}
        if self.odds(2):
            found["set"] = {self.pick(*FLAGS): self.pick(True, False)}
        if self.odds(4):
            found["add"] = {self.pick("c0", "c2"): self.pick(1, 2, 3)}
        return found

    def tells(self) -> Spec:
        flags = {name: self.pick(True, True, False) for name in self.some(FLAGS, 0, 2)}
        return {**flags, **({self.pick("c0", "c2"): self.pick(0, 1, 2, 3)} if self.odds(2) else {})}

    def condition(self, *, timed: bool = True) -> str:
        flag = self.pick(*FLAGS)
        choices = [flag, flag, f"not {flag}", "c0 > c1", "c2 > c3", f"known({flag})", "c0 > 1 or f0"]
        if self.duties:
            one, minutes = self.pick(*self.duties), self.pick(0, 1, 2, 3)
            choices += [f"done({one})", f"started({one})", f"elapsed({one}.started) >= {minutes} min"]
        if self.injects and timed:
            choices.append(f"elapsed({self.pick(*self.injects)}) >= {self.pick(0, 1, 3)} min")
        if self.late and timed:
            choices += ["late(n0)", "late(n0)"]
        return str(self.pick(*choices))

    def duty(self, name: str, pools: dict[str, int]) -> Spec:
        form = self.pick("once", "once", "batch", "sustained", "repeated")
        reads: Spec = {"serves": self.pick(*self.needs), "form": form}
        reads["place"] = self.pick("scene", "scene", "office")
        reads["starts"] = self.pick("order", "alarm")
        if form == "batch":
            takes, gives = self.pick(*PAIRS)
            reads["batch"] = {"takes": takes, "gives": gives, "size": self.pick(1, 2)}
        if self.duties and self.odds(3):
            reads["after"] = [f"{self.pick(*self.duties)}.{self.pick(*STAGES)}"]
        if self.odds(4):
            reads["condition"] = self.pick(*FLAGS)
        if self.odds(2):
            reads["sees"] = self.some((*FLAGS, "c0", "c1"), 0, 2)
        if self.odds(4):
            reads["priority"] = self.pick(0, 1, 5, 9)
        if writes := self.writes():
            reads["achieves"] = writes
        if self.odds(6):
            self.each.append(name)
            reads.update(each="inject", starts="order")
        effort: Spec = {"time": self.length(), "setup": self.length()}
        if form == "repeated":
            effort["every"] = f"{self.pick(1, 1, 2)} min"
        if pools and not self.odds(4):
            effort["uses"] = {pool: self.pick(1, *([2] if size > 1 else [])) for pool, size in pools.items()}
            if len(pools) > 1 and self.odds(2):
                del effort["uses"]["p"]
        return {"name": name, "reads": reads, "work": effort}

    def unit(self, place: int) -> Spec:
        pools = {name: self.pick(1, 1, 2) for name in ("p", "q")[: self.pick(0, 1, 1, 2)]}
        own = []
        for number in range(self.pick(1, 2, 3)):
            own.append(self.duty(f"u{place}.d{number}", pools))
            self.duties.append(f"u{place}.d{number}")
        answer = {"chance": self.pick(1.0, 1.0, 0.5, 0.0), "tries": self.pick(1, 2)}
        answer["then"] = self.pick([], ["radio"], ["radio", "runner"])
        return {"pools": pools, "duties": own, "staffed": self.pick("always", "office"), "answer": answer}

    def inject(self, receivers: tuple[str, ...]) -> Spec:
        found: Spec = {"to": self.some(receivers, 1, 2), "tells": self.tells(), "makes": self.writes()}
        if self.each and self.odds(2):
            found["starts"] = [self.pick(*self.each)]
        if not self.odds(4):
            found["at"] = f"T+{self.pick(0, 0, 1, 2, 3, 4, 6, 8)}"
            if "starts" in found:
                found["arrivals"] = {"every": f"{self.pick(1, 2)} min", "until": "T+12"}
            return found
        found["when"] = self.condition()
        if self.odds(2):
            found["unless"] = self.condition()
        if self.odds(2):
            found["window"] = {"from": f"T+{self.pick(0, 1, 3)}", "to": f"T+{self.pick(4, 8, 20)}"}
        return found

    def hazard(self) -> Spec:
        found: Spec = {"label": {"zh": "x", "en": "x"}, "while": self.pick(*FLAGS, "c0 > c1"), "at-most": 3}
        found["every"] = f"{self.pick(1, 2)} min"
        if self.odds(2):
            return {**found, "add": {self.pick("c0", "c2"): 1}}
        return {**found, "set": {self.pick(*FLAGS): self.pick(True, False)}}

    def need(self) -> Spec:
        until = self.pick(None, None, *FLAGS, f"done({self.duties[0]})")
        phase = self.pick("response", "response", "recovery")
        return {"when": self.condition(), "until": until, "priority": self.pick(1, 1, 2), "phase": phase}

    def local(self) -> Spec:
        paths = (
            "desk__receive", "desk__report_up", "desk__phone_leader", "desk__verify", "desk__assess",
            "calls__answered", "calls__unanswered", "calls__redial", "calls__report",
            "command__approve", "command__next", "defaults__acknowledge",
        )  # fmt: skip
        slow = self.odds(2)
        found: Spec = {
            path: timed(self.length() if slow or path.startswith("calls") else "0 min") for path in paths
        }
        found["desk__operators"] = {"duty": self.pick(1, 2), "off-duty": 1, "src": "t"}
        found["defaults__muster"] = {"duty": self.length(), "off-duty": self.length(), "src": "t"}
        found["defaults__travel"] = {"urban": self.length(), "township": "1 min", "src": "t"}
        found["command__activate_when"] = self.pick("true", "f0", "f0 or f1", "c0 > 0")
        if self.odds(4):
            found["command__inform"] = "broadcast"
            found["command__broadcast"] = {"send": timed(self.length()), "receipt": timed(self.length())}
        return found

    def spec(self, network: bool | None, rules: int | None) -> Spec:
        self.needs = [f"n{number}" for number in range(self.pick(1, 2, 3))]
        self.late = self.pick(True, False)
        found: Spec = {
            "units": {f"队{place}": self.unit(place) for place in range(self.pick(1, 2, 3))},
            "injects": {},
        }
        for number in range(1, self.pick(1, 2, 3, 4) + 1):
            found["injects"][f"I{number}"] = self.inject((DESK, HQ, *found["units"]))
            self.injects.append(f"I{number}")
        first: Spec = {"to": [DESK], "tells": {"f0": True, "c0": 2}, "at": "T+0", "makes": self.writes()}
        if not self.odds(3):
            first["makes"] = {"set": {"f0": True}, "add": {"c0": 2}}
        found["injects"]["I1"] = first
        found["needs"] = {name: self.need() for name in self.needs}
        limit = {"of": self.pick(*self.duties), "within": f"{self.pick(1, 2, 3)} min"}
        found["late"] = limit if self.late else None
        found["hazards"] = {f"H{number}": self.hazard() for number in range(1, self.pick(0, 1, 2) + 1)}
        found["facts"] = dict.fromkeys(self.some(FLAGS, 0, 1), True)
        end = {"when": self.condition(timed=False), "hold": f"{self.pick(0, 1, 2)} min"}
        found["end"] = end if self.odds(2) else None
        found["absent"] = self.pick(None, None, "away", "unreachable")
        found["start"] = self.pick("2026-03-04T10:00+08:00", "2026-03-04T17:55+08:00")
        found["network"] = self.odds(5) if network is None else network
        found["local"] = self.local()
        self.world(found)
        names = ("a", "b", "c")[: self.pick(0, 0, 0, 0, 1, 2) if rules is None else rules]
        found["safety"] = {name: self.rule() for name in names}
        if any(rule["kind"] == "exposure" for rule in found["safety"].values()):
            found["facts"]["air"] = self.pick(0, 0.5, 2)
        found["breaks"] = {
            name: [self.pick(*rule["duties"])] for name, rule in found["safety"].items() if self.odds(4)
        }
        found["office"] = self.office() if self.odds(3) else None
        found["arrangements"] = {} if found["network"] or self.odds(2) else self.arrangements(found)
        return found

    def rule(self) -> Spec:
        """A rule for the safety of rescuers, of any kind."""
        kind = self.pick(
            "before_entry", "before_entry", "standby", "withdrawal", "withdrawal", "prohibition", "exposure"
        )
        found: Spec = {"kind": kind, "duties": self.some(tuple(self.duties), 1, 3)}
        found["when"] = self.pick(*FLAGS, *FLAGS, f"not {self.pick(*FLAGS)}", "c0 > c1", "c2 > 1 or f0")
        if kind == "before_entry":
            found["requires"] = self.pick(*FLAGS, f"done({self.pick(*self.duties)})", "known(f1)", "c1 > 0")
            found.update({"stock": "s"} if self.odds(4) else {})
        if kind == "withdrawal" and not self.odds(3):
            found["count"] = self.length()
        if kind == "exposure":
            found.update(
                fact="air",
                bands={"low": {"above": 0, "within": "3 min"}, "high": {"above": 1, "within": "1 min"}},
            )
        return found

    # --- the friction of the world, drawn last, so that it moves no draw above

    def world(self, found: Spec) -> None:
        """Two drills in three have some: roads, weather, shifts, stocks, halts, busy teams, broken networks."""
        found["conditions"] = {}
        if self.odds(3):
            return
        for name, given in found["units"].items():
            self.local_world(given)
            if given["pools"] and self.odds(3):
                pool = self.pick(*given["pools"])
                busy = {"count": self.pick(1, given["pools"][pool]), "to": f"T+{self.pick(1, 3, 8)}"}
                found["conditions"].setdefault("busy", {})[name] = {pool: busy}
        self.supplies(found["units"])
        if self.odds(2):
            detour = {"blocked": self.pick(*FLAGS), "detour": timed(self.length())}
            found["local"]["roads"] = {"county": detour}
        if self.odds(3):
            found["local"]["weather"] = {"when": self.pick(*FLAGS), "road": self.pick(1.5, 2), "src": "t"}
        if self.random and self.odds(3):
            found["local"]["together"] = {"muster": self.pick(0.3, 1), "src": "t"}
        if "command__broadcast" in found["local"] and self.odds(2):
            found["local"]["command__broadcast"]["rate"] = self.pick(0.0, 0.5)
        if self.odds(4):
            found["conditions"]["networks"] = {
                f"N{n}": self.broken(found["units"]) for n in range(1, self.pick(1, 2) + 1)
            }

    def local_world(self, given: Spec) -> None:
        own = given["world"] = {}
        if self.odds(2):
            own["road"] = "county"
        if self.odds(2):
            own["carrier"] = "mobile"
        if self.odds(2):
            own["shift"] = timed(f"{self.pick(1, 2, 3)} min")
        if self.odds(2):
            own["stocks"] = {"s": self.stock()}
            for item in given["duties"]:
                if not self.odds(3):
                    item["work"]["takes"] = {"s": self.pick(1, 1, 2)}
        for item in given["duties"]:
            if self.odds(5):
                item["work"]["halted-by"] = self.pick(*FLAGS)
        if self.odds(4):
            given["answer"]["off-duty"] = self.pick(0.0, 0.5, 1.0)

    def stock(self) -> Spec:
        found: Spec = {"label": {"zh": "x", "en": "x"}, "count": self.pick(0, 1, 2), "src": "t"}
        if self.odds(2):
            found["refill"] = self.pick("1 min", "2 min", "3 min")
        if self.odds(3):
            found["endurance"] = self.pick("1 min", "2 min")
        return found

    def supplies(self, units: Spec) -> None:
        stocked = [name for name, given in units.items() if given["world"].get("stocks")]
        for given in units.values():
            for item in given["duties"]:
                if stocked and self.odds(4):
                    item["work"]["supplies"] = {self.pick(*stocked): {"s": self.pick(1, 2)}}

    def broken(self, units: Spec) -> Spec:
        found: Spec = {"from": f"T+{self.pick(0, 1, 2, 4)}", "to": f"T+{self.pick(5, 8, 20)}"}
        found["channels"] = self.pick([], ["phone"], ["phone", "radio"])
        if self.odds(3):
            found["carrier"] = "mobile"
        if self.odds(2):
            found["actors"] = self.some(tuple(units), 1, 2)
        if self.odds(2):
            found["restored-by"] = f"{self.pick(*self.duties)}.{self.pick(*STAGES)}"
        return found

    def office(self) -> Spec:
        """Reports, a ledger, news and habits of an office, and injects that come a while after something else."""
        reports: Spec = {f"r{number}": self.report(number) for number in range(self.pick(1, 2, 3, 4))}
        if self.odds(2):
            reports["fix"] = {**self.report(9), "starts": "correction"}
            reports["fix"].pop("when", None)
            reports["fix"].pop("every", None)
        found: Spec = {"reports": reports, "first-report": self.pick("reception", "verified", "approved")}
        if not self.odds(3):
            found["ledger"] = {"keeper": self.pick("办公室", "值守"), "verify": timed(self.length())}
        if not self.odds(3):
            found["news"] = {"approver": "指挥长甲", "src": "t"}
        if self.odds(2):
            found["people"] = {"指挥长甲": {"order": 1, "src": "t"}}
        found["signed"] = self.some(tuple(self.duties), 0, 2)
        found["publishes"] = self.some(tuple(self.duties), 0, 2)
        found["third-party"] = self.pick(True, False)
        events = (
            *self.injects,
            "activated",
            "desk.verify.finished",
            "report.r0.finished",
            f"{self.duties[0]}.started",
        )
        found["after"] = {"event": self.pick(*events), "delay": self.pick("uniform(0, 3) min", "exp(2 min)")}
        found["leak"] = self.pick(True, False)
        return found

    def report(self, number: int) -> Spec:
        starts = self.pick("reception", "reception", "knowledge", "knowledge", "terminated")
        found: Spec = {
            "starts": starts,
            "draft": self.length(),
            "send": self.length(),
            "signed": self.odds(3),
        }
        found["mode"] = self.pick("phone", "written")
        found["hands"] = self.pick(True, True, False)
        found["priority"] = self.pick(0, 1, 2, 5)
        found["form"] = self.pick(None, "f")
        found["by"] = self.pick(None, None, "队0")
        if starts == "knowledge":
            found["when"] = (
                self.condition()
                if self.odds(2)
                else f"elapsed(report.r{max(0, number - 1)}.finished) >= 0 min"
            )
            if self.odds(2):
                found["every"] = f"{self.pick(1, 2, 3)} min"
        return found

    # --- how the office commands

    def arrangements(self, spec: Spec) -> Spec:
        """Some of the office's own arrangements: people always, each of the others in two drills of three."""
        for given in spec["units"].values():
            for item in given["duties"]:
                if self.odds(3) and "each" not in item["reads"]:
                    item["reads"]["standby"] = self.condition(timed=False)
        spec["gone"] = self.pick(None, "away", "unreachable")
        parts = {"levels": self.levels, "field": self.field, "groups": lambda: self.groups(spec["units"]),
                 "handover": self.handover, "termination": self.termination}  # fmt: skip
        return {"people": self.people()} | {key: part() for key, part in parts.items() if not self.odds(3)}

    def people(self) -> Spec:
        times = {"muster": {"duty": self.length(), "off-duty": self.length(), "src": "t"},
                 "travel": {"urban": self.length(), "township": "1 min", "src": "t"}}  # fmt: skip
        heads = {"heads": OFFICE} if self.odds(2) else {}
        return {
            POSTS[0]: {"order": 1, "src": "t"}, POSTS[1]: {"order": 2, "field": 1, "src": "t", **times, **heads},
            POSTS[2]: {"order": 3, "field": 2, "src": "t", **times},
        }  # fmt: skip

    def levels(self) -> Spec:
        label = {"zh": "x", "en": "x"}
        return {
            f"l{rank}": {"rank": rank, "label": label, "when": self.condition(timed=False), "proposer": OFFICE,
                         "approver": self.pick(*POSTS), "hold": f"{self.pick(0, 1, 2)} min", "src": "t"}
            for rank in range(1, self.pick(1, 2, 3) + 1)
        }  # fmt: skip

    def field(self) -> Spec:
        label = {"zh": "x", "en": "x"}
        first, every, length = (timed(f"{self.pick(1, 1, 2)} min") for _ in range(3))
        interim = {f"队{place}": self.pick(1, 2) for place in range(1)}
        found = {"label": label, "interim": interim, "establish": timed(self.length())}
        found["conference"] = {"first": first, "every": every, "length": length}
        return found | ({"relay": timed(self.length())} if not self.odds(4) else {})

    def groups(self, units: Spec) -> Spec:
        label = {"zh": "x", "en": "x"}
        lead, *others = self.chance.sample(list(units), len(units))
        return {"g": {"label": label, "lead": lead, "units": others, "src": "t"}}

    def handover(self) -> Spec:
        steps = {key: timed(self.length()) for key in ("decide", "travel", "exchange")}
        request = self.pick("at-once", "conference")
        return {"when": self.condition(timed=False), "to": "市级", "request": request, "approver": self.pick(*POSTS),
                "remote": self.pick(True, False), "src": "t", **steps}  # fmt: skip

    def termination(self) -> Spec:
        steps = {key: timed(self.length()) for key in ("opinion", "announce")}
        return {"proposer": OFFICE, "experts": "x", "approver": self.pick(*POSTS), **steps}


def random_spec(
    chance: Random, *, network: bool | None = None, random: bool = True, rules: int | None = None
) -> Spec:
    """Write one drill; `network` None draws that preset one time in five, `rules` None how many rules of safety."""
    return _Writer(chance, random).spec(network, rules)


# --- from a specification to a plan


def compiled(spec: Spec) -> Plan:
    """Compile a specification."""
    facts = {name: fact("flag") for name in FLAGS} | {c: fact("count") for pair in PAIRS for c in pair}
    facts["air"] = fact("quantity", unit="mg/m³")
    needs = {
        name: need(given["when"], given["priority"], phase=given["phase"], lead="optional")
        | ({"until": given["until"]} if given["until"] else {})
        for name, given in spec["needs"].items()
    }
    office = spec["office"]
    law = {**(LAW if office is not None else {}), **_law(spec)}
    arrangements = {**(_arrangements(office) if office is not None else {}), **spec["arrangements"]}
    return build(
        facts, needs, _units(spec), _drill(spec), _norms(spec), law, arrangements, posts=POSTS, **_local(spec)
    )


_LABEL = {"zh": "x", "en": "x"}
LAW: Spec = {
    "grades": {"small": {"rank": 1, "label": _LABEL}, "big": {"rank": 2, "label": _LABEL}},
    "rules": {"r": {"label": _LABEL, "grades": {"big": "c0 > 2"}, "basis": "x", "status": "local"}},
    "casualties": ["c0", "c2"],
    "forms": {"f": {"label": _LABEL, "basis": "x", "status": "local", "elements": {
        "known": {"label": _LABEL, "facts": ["c0", "f1"]},
        "done": {"label": _LABEL, "events": ["activated", "desk.verify.finished", "u0.d0.started"]},
    }}},
}  # fmt: skip


def _arrangements(office: Spec) -> Spec:
    kept = ("first-report", "ledger", "news", "people")
    reports = {
        name: {"label": _LABEL, "line": "department", "to": ["乙", "甲"], "src": "t",
               **{key: value for key, value in given.items() if value is not None}}
        for name, given in office["reports"].items()
    }  # fmt: skip
    return {"reports": reports, **{key: office[key] for key in kept if key in office}}


def _units(spec: Spec) -> Spec:
    return {
        name: unit(
            int(name[1:]) + 1,
            {item["name"]: duty(**item["reads"], **_news(spec, item["name"])) for item in given["duties"]},
            staffed=given["staffed"],
            teams=teams(**given["pools"]),
            answer={**given["answer"], "src": "t"},
            work={item["name"]: work(**item["work"]) for item in given["duties"]},
            **given.get("world", {}),
        )
        for name, given in spec["units"].items()
    }


def _news(spec: Spec, name: str) -> Spec:
    """Whether a duty is a draft to be signed or a release."""
    office = spec["office"] or {}
    return {key: True for key in ("signed", "publishes") if name in office.get(key, ())}


def _injects(spec: Spec) -> Spec:
    given, office = dict(spec["injects"]), spec["office"]
    if office is not None:
        if office["third-party"]:
            given["I1"] = {**given["I1"], "reporter": "third-party"}
        given["I9"] = {"to": [DESK], "tells": {"c0": 5}, "after": office["after"], "reporter": "enterprise"}
        if office["leak"]:
            given["I9"]["publishes"] = {"by": "队0", "figures": {"c0": 7}}
    return given


def _drill(spec: Spec) -> Spec:
    more: Spec = {"end": spec["end"]} if spec["end"] else {}
    more["conditions"] = {**spec["conditions"]}
    absent = {POSTS[0]: spec["absent"], POSTS[1]: spec.get("gone")}
    if any(absent.values()):
        more["conditions"]["absent"] = {
            post: {"state": state, "from": "T+0"} for post, state in absent.items() if state
        }
    if spec["breaks"]:
        more["conditions"]["breaks"] = spec["breaks"]
    return scenario(
        {name: inject(**given) for name, given in _injects(spec).items()},
        hazards=spec["hazards"], facts=spec["facts"], start=spec["start"], network=spec["network"],
        horizon="25 min", **more,
    )  # fmt: skip


def _law(spec: Spec) -> Spec:
    shape = {"label": {"zh": "x", "en": "x"}, "basis": "x", "status": "local"}
    return {"safety": {name: {**shape, **rule} for name, rule in spec["safety"].items()}}


def _norms(spec: Spec) -> Spec:
    if spec["late"] is None:
        return {}
    shape = {
        "label": {"zh": "x", "en": "x"},
        "from": "triggered",
        "to": "finished",
        "basis": "x",
        "status": "local",
    }
    return {"n0": {**shape, **spec["late"]}}


def _local(spec: Spec) -> Spec:
    label = {"zh": "x", "en": "x"}
    channels = {
        "radio": {"label": label, "chance": 0.5, "tries": 2, "time": "1 min", "src": "t"},
        "runner": {"label": label, "operator": False, "time": "3 min", "src": "t"},
    }
    return {"channels": channels, **spec["local"]}


# --- changes that must change nothing, or only what they can touch


SETS = ("duties", "to", "after", "sees", "starts", "channels", "actors", "signed", "publishes")


def shuffled(value: Any, chance: Random, *, lists: tuple[str, ...] = SETS) -> Any:
    """The same data with the keys of every mapping in another order, and the lists that are sets shuffled."""
    if isinstance(value, dict):
        keys = chance.sample(list(value), len(value))
        return {
            key: chance.sample(value[key], len(value[key]))
            if key in lists and isinstance(value[key], list)
            else shuffled(value[key], chance, lists=lists)
            for key in keys
        }
    if isinstance(value, list):
        return [shuffled(item, chance, lists=lists) for item in value]
    return value
