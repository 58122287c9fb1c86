"""Look-ups made once a plan, so that a play touches only what a change can touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sim.plan.compiled import Plan, Timer
from sim.play.hours import Hours
from sim.play.rules import Rules
from sim.record.tasks import STAGES

Places = dict[int, tuple[int, ...]]


class Index:
    """From a fact to whoever reads it, from a duty to whoever waits for it. Read-only after construction."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.real_facts = sum(fact.kind != "pseudo" for fact in plan.facts)
        self.defaults = tuple(fact.default for fact in plan.facts)
        self.pseudo = {fact.id: place for place, fact in enumerate(plan.facts) if fact.kind == "pseudo"}
        self.need_facts = tuple(
            (*need.when.facts, *(need.until.facts if need.until else ())) for need in plan.needs
        )
        self.needs_by_fact = _by_fact(enumerate(self.need_facts))
        conditional = [(p, d.condition.facts) for p, d in enumerate(plan.duties) if d.condition is not None]
        self.duties_by_fact = _by_fact(conditional)
        self.hazards_by_fact = _by_fact(
            (place, hazard.while_.facts) for place, hazard in enumerate(plan.hazards)
        )
        self.injects_by_fact = _by_fact(
            (place, (*inject.when.facts, *(inject.unless.facts if inject.unless else ())))
            for place, inject in enumerate(plan.injects)
            if inject.when is not None
        )
        self.duties_of_need = _group(
            (duty.need, place) for place, duty in enumerate(plan.duties) if not duty.each_inject
        )
        self.alarms_of_actor = _group((d.actor, place) for place, d in enumerate(plan.duties) if d.alarm)
        self.alarm_facts = {
            place: frozenset(
                (*plan.needs[duty.need].when.facts, *self._until(place), *self._condition(place))
            )
            for place, duty in enumerate(plan.duties)
            if duty.alarm
        }
        self.alarms_of_need = _group((d.need, place) for place, d in enumerate(plan.duties) if d.alarm)
        self.alarm_reads = {
            actor: tuple(sorted({fact for duty in duties for fact in self.alarm_facts[duty]}))
            for actor, duties in self.alarms_of_actor.items()
        }
        self.stages_awaited = frozenset(
            (
                *((pre.duty, pre.stage) for duty in plan.duties for pre in duty.after),
                *(network.restored_by for network in plan.networks if network.restored_by),
            )
        )
        self.done = self._pseudo_of("done")
        self.started = self._pseudo_of("started")
        self.timers = self._timers()
        self.delayed = self._delayed()
        self.awaited = self.timers.keys() | self.delayed.keys()
        self.told = frozenset(e for form in plan.law.forms for part in form.elements for e in part.events)
        self.duty_places = {duty.id: place for place, duty in enumerate(plan.duties)}
        self.stages_timed = tuple(
            {stage: event for stage in STAGES if (event := f"{duty.id}.{stage}") in self.awaited}
            for duty in plan.duties
        )
        self.dues = {
            place: tuple((n.start, n.within) for n in plan.norms if n.duty == place and n.within is not None)
            for place in range(len(plan.duties))
        }
        self.report_due = min(
            (n.within for n in plan.norms if n.step == "desk.report_up" and n.within is not None),
            default=None,
        )
        self.hours = Hours(plan)
        desk = plan.desk
        self.hands_change = self.hours.changes() if desk.operators_duty != desk.operators_off_duty else ()
        self.takes = tuple(
            tuple((self.stock_pool(stock), count) for stock, count in duty.takes_stock)
            for duty in plan.duties
        )
        self.wanted = tuple(duty.uses + takes for duty, takes in zip(plan.duties, self.takes, strict=True))
        self.fair_roads = not plan.roads and plan.weather is None
        roads = {road.name: road for road in plan.roads}
        self.blocked_road = tuple(roads.get(actor.road) for actor in plan.actors)
        self.networks_of = tuple(
            tuple(
                number for number, network in enumerate(plan.networks)
                if network.serves(place, actor.carrier)
            )
            for place, actor in enumerate(plan.actors)
        )  # fmt: skip
        self.reports_due = self._reports_due()
        self.office_facts = frozenset(
            fact
            for r in plan.arrangements.reports
            if r.when
            for fact in r.when.facts
            if fact >= self.real_facts
        )
        self.names = tuple(f"{plan.actors[duty.actor].name}/{duty.id}/" for duty in plan.duties)
        self.rules = Rules(plan)
        self._starting = [place for place, inject in enumerate(plan.injects) if inject.starts]

    def stock_pool(self, stock: int) -> int:
        """Return the place of a stock among the pools: after those of teams, that of operators and people."""
        return len(self.plan.pools) + 1 + len(self.plan.arrangements.people) + stock

    def stock_name(self, pool: int) -> str:
        """Return the name of the stock at a place among the pools, empty for any other."""
        first = self.stock_pool(0)
        return self.plan.stocks[pool - first].name if pool >= first else ""

    def arrival(self, inject: int, number: int) -> int:
        """Return the number of an arrival: no two injects share one, and none depends on how often others came."""
        return (number - 1) * len(self._starting) + self._starting.index(inject) + 1

    def _until(self, duty: int) -> tuple[int, ...]:
        until = self.plan.needs[self.plan.duties[duty].need].until
        return until.facts if until else ()

    def _condition(self, duty: int) -> tuple[int, ...]:
        condition = self.plan.duties[duty].condition
        return condition.facts if condition else ()

    def _pseudo_of(self, kind: str) -> tuple[int, ...]:
        return tuple(self.pseudo.get(f"{kind}({duty.id})", -1) for duty in self.plan.duties)

    def _reports_due(self) -> dict[int, int]:
        """The shortest limit of each report of the office that is held to one: it ranks by it for a hand."""
        found: dict[int, int] = {}
        for place, report in enumerate(self.plan.arrangements.reports):
            held = [norm for norm in self.plan.norms if norm.step == f"report.{report.id}" and norm.judged]
            limits = [norm.within for norm in held if norm.within is not None]
            if limits:
                found[place] = min(limits)
        return found

    def _delayed(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, inject in enumerate(self.plan.injects):
            if inject.delay is not None:
                found[inject.delay[0]].append(place)
        return {event: tuple(places) for event, places in found.items()}

    def _timers(self) -> dict[str, tuple[Timer, ...]]:
        found: dict[str, list[Timer]] = defaultdict(list)
        for timer in self.plan.timers:
            found[timer.event].append(timer)
        return {event: tuple(timers) for event, timers in found.items()}


def _by_fact(readers: Iterable[tuple[int, Iterable[int]]]) -> Places:
    return _group((fact, place) for place, facts in readers for fact in facts)


def _group(pairs: Iterable[tuple[int, int]]) -> Places:
    found: dict[int, set[int]] = defaultdict(set)
    for key, place in pairs:
        found[key].add(place)
    return {key: tuple(sorted(places)) for key, places in found.items()}
