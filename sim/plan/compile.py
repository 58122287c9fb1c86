"""From checked input files to the frozen plan that the engine plays.

Everything keyed is sorted here, once; every name becomes a place; every condition a closure over places.
The input must have passed `sim.plan.checks`: a name that is missing here is a KeyError, not a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.assume import assume
from sim.plan.assumptions import list_assumptions
from sim.plan.conditions import Condition, Pseudo, compile_condition, pseudo_facts
from sim.plan.durations import ZERO, parse_duration
from sim.plan.moments import at_ticks, clock_minutes

_DEFAULTS: Final = {"flag": False, "count": 0, "quantity": 0.0}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_Numbered = TypeVar("_Numbered", s.Post, s.Body)
_STAGE_REF: Final = re.compile(r"(.+)\.(acknowledged|departed|arrived|started|finished)")


def compile_plan(roster: s.Roster, scenario: s.Scenario) -> c.Plan:
    """Return the frozen plan of `scenario` as played with `roster`, its `assume` overrides applied."""
    strength = assume(roster.strength, scenario.assume, scenario.id)
    return _Compiler(roster, strength, scenario).plan()


class _Compiler:
    """One compilation: holds the places that names were given."""

    def __init__(self, roster: s.Roster, strength: s.Strength, scenario: s.Scenario) -> None:
        self.register, self.norms = roster.register_, roster.norms.norms
        self.needs, self.strength, self.scenario = roster.needs, strength, scenario
        self.cast: list[tuple[str, str, s.Body | s.Guest]] = [
            *(("body", name, body) for name, body in _numbered(self.register.bodies)),
            *(("unit", name, unit) for name, unit in _numbered(self.register.units)),
            *(("guest", name, guest) for name, guest in sorted(scenario.guests.items())),
        ]
        self.actor_at = {name: place for place, (_, name, _) in enumerate(self.cast)}
        owned = [
            (duty_id, duty, self.actor_at[name])
            for _, name, actor in self.cast
            for duty_id, duty in actor.duties.items()
        ]
        owned.sort(key=lambda item: item[0])
        self.playable = [item for item in owned if item[1].reads is not None]
        self.unplayed = [item for item in owned if item[1].reads is None]
        self.duty_at = {duty_id: place for place, (duty_id, _, _) in enumerate(self.playable)}
        self.need_at = {need_id: place for place, need_id in enumerate(sorted(self.needs.needs))}
        self.pools = self._pools()
        self.pool_at = {(pool.actor, pool.name): place for place, pool in enumerate(self.pools)}
        self.fact_ids = sorted(self.needs.facts)
        self.pseudo = self._pseudo_facts()
        names = [*self.fact_ids, *sorted(self.pseudo)]
        self.place = {name: place for place, name in enumerate(names)}
        self.kinds = {name: self.needs.facts[name].kind for name in self.fact_ids}

    # --- small lookups

    def condition(self, text: str) -> Condition:
        return compile_condition(text, self.place, self.kinds)

    def maybe(self, text: str | None) -> Condition | None:
        return None if text is None else self.condition(text)

    def writes(self, values: Mapping[str, Any]) -> c.Writes:
        return tuple(sorted((self.place[fact], self.value(fact, value)) for fact, value in values.items()))

    def value(self, fact: str, value: Any) -> Any:
        return float(value) if self.needs.facts[fact].kind == "quantity" else value

    def unit_strength(self, name: str) -> s.UnitStrength:
        guest = self.scenario.guests.get(name)
        return guest.strength if guest else self.strength.units.get(name, s.UnitStrength())

    def _pools(self) -> tuple[c.Pool, ...]:
        return tuple(
            c.Pool(place, team, count.count)
            for place, (_, name, _) in enumerate(self.cast)
            for team, count in sorted(self.unit_strength(name).teams.items())
        )

    # --- pseudo-facts

    def _inject_conditions(self) -> list[str]:
        texts = [
            text for inject in self.scenario.injects.values() for text in (inject.when, inject.unless) if text
        ]
        texts += [hazard.while_ for hazard in self.scenario.hazards.values()]
        return texts + [after_text(inject.after) for inject in self.scenario.injects.values() if inject.after]

    def _known_conditions(self) -> list[str]:
        texts = [text for need in self.needs.needs.values() for text in (need.when, need.until) if text]
        texts += [d.reads.condition for _, d, _ in self.playable if d.reads and d.reads.condition]
        texts.append(self.strength.command.activate_when)
        return texts + ([self.scenario.end.when] if self.scenario.end else [])

    def _pseudo_facts(self) -> dict[str, tuple[Pseudo, bool]]:
        found: dict[str, tuple[Pseudo, bool]] = {}
        for hq, texts in ((False, self._inject_conditions()), (True, self._known_conditions())):
            for text in texts:
                for pseudo in pseudo_facts(text):
                    found[pseudo.name] = (pseudo, hq or (pseudo.name in found and found[pseudo.name][1]))
        return found

    def timers(self) -> tuple[c.Timer, ...]:
        norm_at = {name: place for place, name in enumerate(sorted(self.norms))}
        timers = []
        for name, (pseudo, hq) in sorted(self.pseudo.items()):
            if pseudo.kind == "elapsed":
                timers.append(c.Timer(self.place[name], pseudo.argument, pseudo.delay, -1, hq))
            elif pseudo.kind == "late":
                norm = self.norms[pseudo.argument]
                limit = _ticks(norm.within) if norm.within else 0
                event = f"{norm.of}.{norm.from_}"
                timers.append(c.Timer(self.place[name], event, limit + 1, norm_at[pseudo.argument], hq))
        return tuple(timers)

    # --- the parts

    def facts(self) -> tuple[c.Fact, ...]:
        real = [
            c.Fact(
                fact_id,
                fact.kind,
                _label(fact.label),
                _default(fact),
                fact.unit or "",
                tuple((value, _label(label)) for value, label in sorted(fact.values.items())),
            )
            for fact_id, fact in ((name, self.needs.facts[name]) for name in self.fact_ids)
        ]
        pseudo = [c.Fact(name, "pseudo", {"zh": name, "en": name}, False) for name in sorted(self.pseudo)]
        return (*real, *pseudo)

    def truth(self, facts: Iterable[c.Fact]) -> tuple[Any, ...]:
        given = self.scenario.facts
        return tuple(self.value(f.id, given[f.id]) if f.id in given else f.default for f in facts)

    def compiled_needs(self) -> tuple[c.Need, ...]:
        return tuple(
            c.Need(
                need_id,
                _label(need.label),
                self.condition(need.when),
                self.maybe(need.until),
                need.priority,
                need.lead == "required",
                need.phase,
            )
            for need_id, need in sorted(self.needs.needs.items())
        )

    def actor(self, kind: str, name: str, given: s.Body | s.Guest) -> c.Actor:
        own, default = self.unit_strength(name), self.strength.defaults
        muster, travel = own.muster or default.muster, own.travel or default.travel
        absent_default = "由导调扮演" if kind == "guest" else "未邀请"
        return c.Actor(
            name=name,
            label={"zh": name, "en": given.en},
            kind=kind,  # type: ignore[arg-type]
            number=given.number if isinstance(given, s.Body) else 0,
            official=given.official if isinstance(given, s.Body) else "",
            participation=self.scenario.participants.get(name, absent_default),
            staffed_always=(own.staffed or default.staffed) == "always",
            channels=self.channels(own.answer or default.answer),
            acknowledge=parse_duration((own.acknowledge or default.acknowledge).time),
            muster_duty=parse_duration(muster.duty),
            muster_off_duty=parse_duration(muster.off_duty),
            travel=parse_duration(travel.township if self.scenario.site.zone == "township" else travel.urban),
        )

    def channels(self, answer: s.Answer) -> tuple[c.Channel, ...]:
        calls = self.strength.calls
        answered, unanswered, redial = (
            parse_duration(timed.time) for timed in (calls.answered, calls.unanswered, calls.redial)
        )
        phone = c.Channel("phone", answer.chance, answer.tries, answered, unanswered, redial, True)
        return (phone, *(self.channel(name, phone) for name in answer.then))

    def channel(self, name: str, phone: c.Channel) -> c.Channel:
        given = self.strength.channels[name]
        time = parse_duration(given.time)
        return c.Channel(
            name, given.chance, given.tries, time, phone.unanswered, phone.redial, given.operator
        )

    def duty(self, duty_id: str, given: s.Duty, actor: int) -> c.Duty:
        reads = given.reads
        assert reads is not None
        need = self.needs.needs[reads.serves]
        name = self.cast[actor][1]
        work = self.unit_strength(name).work.get(duty_id)
        at_scene = reads.place == "scene"
        batch = reads.batch
        return c.Duty(
            id=duty_id,
            actor=actor,
            label=_label(given.name),
            quote=given.quote or "",
            phase=given.phase,
            need=self.need_at[reads.serves],
            lead=reads.role == "lead",
            alarm=reads.starts == "alarm",
            at_scene=at_scene,
            form=reads.form,
            takes=self.place[batch.takes] if batch else -1,
            gives=self.place[batch.gives] if batch else -1,
            size=batch.size if batch else 0,
            condition=self.maybe(reads.condition),
            after=tuple(sorted((self.prerequisite(ref) for ref in reads.after), key=lambda p: p.text)),
            sees=self.sees(reads, need, at_scene),
            sets=self.writes(reads.achieves.set),
            adds=self.writes(reads.achieves.add),
            priority=need.priority if reads.priority is None else reads.priority,
            each_inject=reads.each == "inject",
            setup=parse_duration(work.setup) if work else ZERO,
            time=parse_duration(work.time) if work else ZERO,
            every=parse_duration(work.every) if work and work.every else None,
            uses=tuple(sorted((self.pool_at[actor, team], n) for team, n in work.uses.items()))
            if work
            else (),
            grade=self.strength.sources[work.src].grade if work else "guess",
        )

    def prerequisite(self, ref: str) -> c.Prerequisite:
        duty_id, stage = ref.rsplit(".", 1)
        return c.Prerequisite(self.duty_at[duty_id], stage, ref)

    def sees(self, reads: s.Reads, need: s.Need, at_scene: bool) -> tuple[int, ...]:
        if reads.sees is not None:
            return tuple(sorted(self.place[fact] for fact in reads.sees))
        if not at_scene:
            return ()
        real = len(self.fact_ids)
        texts = [text for text in (need.when, need.until) if text]
        return tuple(sorted({f for text in texts for f in self.condition(text).facts if f < real}))

    def norm(self, norm_id: str, given: s.Norm) -> c.Norm:
        return c.Norm(
            id=norm_id,
            label=_label(given.label),
            duty=self.duty_at.get(given.of or "", -1),
            step=given.of if given.of and given.of.startswith("desk.") else "",
            start=given.from_ or "",
            stop=given.to or "",
            within=_ticks(given.within) if given.within else None,
            text=given.text or "",
            basis=given.basis,
            status=given.status,
            judged=given.judged,
            note=given.note or "",
        )

    def inject(self, inject_id: str, given: s.Inject) -> c.Inject:
        horizon = _ticks(self.scenario.horizon)
        window = given.window or s.Window()
        when = after_text(given.after) if given.after else given.when
        ask = given.ask
        return c.Inject(
            id=inject_id,
            at=at_ticks(given.at, self.scenario) if given.at else None,
            when=self.maybe(when),
            unless=self.maybe(given.unless),
            window=(at_ticks(window.from_, self.scenario), self.until(window.to)),
            every=parse_duration(given.arrivals.every) if given.arrivals else None,
            until=self.until(given.arrivals.until) if given.arrivals else horizon,
            source=given.from_,
            receivers=tuple(sorted(self.actor_at[name] for name in given.to)),
            channel=given.channel,
            title=given.title,
            message=given.message,
            sets=self.writes(given.makes.set),
            adds=self.writes(given.makes.add),
            tells=self.writes(given.tells),
            starts=tuple(sorted(self.duty_at[duty] for duty in given.starts)),
            expect=tuple(self.expected(item) for item in given.expect),
            question=ask.question if ask else "",
            points=tuple(ask.points) if ask else (),
            clause=(ask.clause or "") if ask else "",
            objective=given.objective or "",
            notes=given.notes or "",
            condition_text=when or "",
        )

    def until(self, text: str | None) -> int:
        return at_ticks(text, self.scenario) if text else _ticks(self.scenario.horizon)

    def expected(self, given: s.Expected) -> c.Expected:
        found = _STAGE_REF.fullmatch(given.does)
        duty = self.duty_at.get(found[1], -1) if found else -1
        return c.Expected(
            self.actor_at[given.who],
            duty,
            found[2] if found and duty >= 0 else "",
            given.does,
            _ticks(given.within) if given.within else None,
            given.basis or "",
        )

    def hazard(self, hazard_id: str, given: s.Hazard) -> c.Hazard:
        return c.Hazard(
            hazard_id,
            _label(given.label),
            self.condition(given.while_),
            _ticks(given.every),
            self.writes(given.set),
            self.writes(given.add),
            given.at_most,
        )

    def desk(self) -> c.Desk:
        desk = self.strength.desk
        steps = (desk.receive, desk.report_up, desk.phone_leader, desk.verify, desk.assess)
        return c.Desk(
            self.actor_at[desk.body],
            desk.operators.duty,
            desk.operators.off_duty,
            *(parse_duration(step.time) for step in steps),
        )

    def command(self) -> c.Command:
        given, calls = self.strength.command, self.strength.calls
        absence = self.scenario.conditions.absent.get(given.commander)
        told = given.broadcast if given.inform == "broadcast" else None
        return c.Command(
            actor=self.actor_at[given.body],
            acting=self.actor_at[given.acting],
            commander=given.commander,
            absences=(self.absence(absence),) if absence else (),
            activate_when=self.condition(given.activate_when),
            approve=parse_duration(given.approve.time),
            tries=given.tries,
            next=parse_duration(given.next.time),
            call=parse_duration(calls.answered.time),
            unanswered=parse_duration(calls.unanswered.time),
            broadcast=(parse_duration(told.send.time), parse_duration(told.receipt.time)) if told else None,
            scene_report=parse_duration(calls.report.time),
        )

    def absence(self, given: s.Absence) -> c.Absence:
        return c.Absence(given.state, at_ticks(given.from_, self.scenario), self.until(given.to))

    def plan(self) -> c.Plan:
        scenario, hours = self.scenario, self.strength.hours
        facts = self.facts()
        return c.Plan(
            id=scenario.id,
            title=_label(scenario.title),
            summary=scenario.summary,
            purpose=scenario.purpose,
            site=scenario.site.name,
            zone=scenario.site.zone,
            start=scenario.start_time(),
            horizon=_ticks(scenario.horizon),
            network=scenario.network,
            office_days=frozenset(_DAYS.index(day) for day in hours.days),
            office_begin=clock_minutes(hours.begin),
            office_end=clock_minutes(hours.end),
            facts=facts,
            truth=self.truth(facts),
            needs=self.compiled_needs(),
            actors=tuple(self.actor(*member) for member in self.cast),
            pools=self.pools,
            duties=tuple(self.duty(*item) for item in self.playable),
            outside=tuple(
                c.Outside(
                    duty_id, actor, _label(duty.name), duty.quote or "", duty.phase, duty.outside or "phase"
                )
                for duty_id, duty, actor in self.unplayed
            ),
            norms=tuple(self.norm(*item) for item in sorted(self.norms.items())),
            injects=tuple(self.inject(*item) for item in sorted(scenario.injects.items())),
            hazards=tuple(self.hazard(*item) for item in sorted(scenario.hazards.items())),
            timers=self.timers(),
            desk=self.desk(),
            command=self.command(),
            end=self.condition(scenario.end.when) if scenario.end else None,
            end_hold=_ticks(scenario.end.hold) if scenario.end else 0,
            objectives=dict(sorted(scenario.objectives.items())),
            assumptions=list_assumptions(self.strength, scenario),
            posts=tuple(
                c.Post(post.title, holder, {"zh": holder, "en": post.en})
                for holder, post in _numbered(self.register.posts)
            ),
        )


def after_text(after: s.After) -> str:
    """Return the condition that an `after` of an inject stands for."""
    ticks = _ticks(after.delay)
    return f"elapsed({after.event}) >= {ticks / 1000:g} min"


def _ticks(text: str) -> int:
    return parse_duration(text).at(0.5)


def _label(label: s.Label) -> c.Label:
    return {"zh": label.zh, "en": label.en}


def _default(fact: s.Fact) -> Any:
    if fact.default is not None:
        return float(fact.default) if fact.kind == "quantity" else fact.default
    return sorted(fact.values)[0] if fact.kind == "category" else _DEFAULTS[fact.kind]


def _numbered(members: Mapping[str, _Numbered]) -> list[tuple[str, _Numbered]]:
    return sorted(members.items(), key=lambda item: item[1].number)
