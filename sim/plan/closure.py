"""What a change can touch: the static influence closure of a plan (SEMANTICS 33 c).

Two plays of one seed that differ in one thing give the same times to every task outside the closure of that thing. The
closure is read from the plan, never from a play, so it claims no more than the plan can promise: whatever shares teams,
stocks, operators, the desk, a fact (also of roads and weather), a network, a need, a hazard, an inject, the end, a
prerequisite or people to be served with what was changed is inside, and so is all that these touch in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sim.plan.compiled import Duty, Hazard, Inject, Need, Plan

Node = tuple[str, int]
"""A kind and a place: ``duty`` (the times of its tasks), ``order`` (that there are tasks, and of which occurrence),
``report``, ``pool``, ``stock``, ``fact`` (true or believed by anybody), ``need``, ``inject``, ``hazard``; ``calls``,
``desk``, ``office`` (its reports, ledger and signatures), ``end`` with place 0."""

_CALLS: Node = ("calls", 0)
_DESK: Node = ("desk", 0)
_OFFICE: Node = ("office", 0)
_END: Node = ("end", 0)


def influence_closure(plan: Plan, changed: Iterable[str]) -> frozenset[str]:
    """Return the ids of all duties whose tasks a change of `changed` may move.

    `changed` names duties (how long their work takes, what it uses), units (how they are reached, mustered and
    travel), injects (when they are given, what they make and tell) and hazards. KeyError for any other name.
    """
    edges: dict[Node, set[Node]] = defaultdict(set)
    for source, target in _edges(plan):
        edges[source].add(target)
    reached = {node for name in changed for node in _nodes(plan, name)}
    open_ones = list(reached)
    while open_ones:
        fresh = edges[open_ones.pop()] - reached
        reached |= fresh
        open_ones += fresh
    return frozenset(plan.duties[place].id for kind, place in reached if kind in ("duty", "order", "report"))


def _nodes(plan: Plan, name: str) -> list[Node]:
    kinds: tuple[tuple[str, Sequence[Duty | Inject | Hazard]], ...] = (
        ("duty", plan.duties),
        ("inject", plan.injects),
        ("hazard", plan.hazards),
    )
    found: list[Node] = [
        (kind, place) for kind, members in kinds for place, item in enumerate(members) if item.id == name
    ]
    if found:
        return found
    actor = {actor.name: place for place, actor in enumerate(plan.actors)}[name]
    own: list[Node] = [("order", place) for place, duty in enumerate(plan.duties) if duty.actor == actor]
    return own if plan.network else [*own, _CALLS]


def _edges(plan: Plan) -> Iterator[tuple[Node, Node]]:
    for place, need in enumerate(plan.needs):
        yield from _of_need(plan, place, need)
    for place, duty in enumerate(plan.duties):
        yield from _of_duty(plan, place, duty)
        yield from _of_world(plan, place, duty)
        yield from _of_command(plan, place, duty)
    for place, inject in enumerate(plan.injects):
        yield from _of_inject(plan, place, inject)
    for place, hazard in enumerate(plan.hazards):
        yield from ((("fact", fact), ("hazard", place)) for fact in hazard.while_.facts)
        yield from ((("hazard", place), ("fact", fact)) for fact, _ in (*hazard.sets, *hazard.adds))
    yield from _of_events(plan)
    if not plan.network:
        yield from _of_office(plan)
    yield from ((("fact", fact), _END) for fact in (plan.end.facts if plan.end else ()))
    yield from ((("fact", fact), _DESK) for fact in plan.command.activate_when.facts)
    yield from ((node, ("need", place)) for place in range(len(plan.needs)) for node in (_DESK, _END))
    if not plan.network:
        yield _DESK, _CALLS
        yield from _of_arrangements(plan)


def _of_arrangements(plan: Plan) -> Iterator[tuple[Node, Node]]:
    """Levels, hand-over and termination, which take a hand of the desk and who signs; the field headquarters.

    Who signs is one person, so that whatever asks for one approval may hold up the next: all of them are one.
    """
    given = plan.arrangements
    for level in given.levels:
        yield from (
            pair for fact in level.when.facts for pair in ((("fact", fact), _CALLS), (("fact", fact), _END))
        )
    commands = [_DESK, _END]
    for fact in given.handover.when.facts if given.handover else ():
        commands.append(("fact", fact))
        yield from ((("fact", fact), node) for node in (_CALLS, _END))
    if given.termination:
        yield _END, _CALLS
    if given.field is not None:
        yield from _of_field(plan, [*commands, *_on_the_way(plan)])


def _on_the_way(plan: Plan) -> Iterator[Node]:
    """What the road of whoever may command at the scene depends on: he rides with a unit, or with headquarters."""
    rides = [p.unit if p.unit >= 0 else plan.command.actor for p in plan.arrangements.people if p.field]
    roads = {plan.actors[actor].road for actor in rides}
    yield from (("fact", road.blocked) for road in plan.roads if road.name in roads)
    if rides and plan.weather is not None:
        yield from (("fact", fact) for fact in plan.weather.when.facts)


def _of_field(plan: Plan, commands: Iterable[Node]) -> Iterator[tuple[Node, Node]]:
    """When the field headquarters stands orders go through leads; its conferences tell what crews see and hear."""
    yield from ((node, _CALLS) for node in commands)
    if plan.arrangements.field is None or plan.arrangements.field.first is None:
        return
    at_scene = [place for place, duty in enumerate(plan.duties) if duty.at_scene]
    yield from ((node, ("report", place)) for node in commands for place in at_scene)
    for place in at_scene:
        for other, duty in enumerate(plan.duties):
            if duty.alarm and duty.actor == plan.duties[place].actor:
                yield ("duty", place), ("order", other)


def _of_need(plan: Plan, place: int, need: Need) -> Iterator[tuple[Node, Node]]:
    yield from ((("fact", fact), ("need", place)) for fact in _reads(need))
    for duty, given in enumerate(plan.duties):
        if given.need == place:
            yield ("need", place), ("order", duty)


def _of_duty(plan: Plan, place: int, duty: Duty) -> Iterator[tuple[Node, Node]]:
    """Teams, facts, prerequisites, people to be served, reports."""
    here: Node = ("duty", place)
    yield ("order", place), here
    for pool, _ in duty.uses:
        yield here, ("pool", pool)
        yield ("pool", pool), here
    yield from _of_safety(plan, place, duty)
    for prerequisite in duty.after:
        yield ("duty", prerequisite.duty), here
    yield from ((here, ("fact", fact)) for fact, _ in (*duty.sets, *duty.adds))
    if duty.form == "batch":
        for fact in (duty.takes, duty.gives):
            yield from ((("fact", fact), here), (here, ("fact", fact)))
    for condition in (duty.condition, duty.standby):
        yield from ((("fact", fact), ("order", place)) for fact in (condition.facts if condition else ()))
    if not plan.network:
        yield here, ("report", place)
        for fact in duty.sees:
            yield from ((("fact", fact), ("report", place)), (("report", place), ("fact", fact)))


def _of_safety(plan: Plan, place: int, duty: Duty) -> Iterator[tuple[Node, Node]]:
    """The rules that speak to a duty: facts, pools and others that may stand ready; that it left or broke one."""
    here: Node = ("duty", place)
    for rule in (plan.law.safety[number] for number in duty.safety):
        yield from ((("fact", fact), here) for c in (rule.when, rule.requires) if c for fact in c.facts)
        if rule.kind == "exposure":
            yield ("fact", rule.fact), here
        if rule.kind == "standby":
            yield from ((("duty", other), here) for other in rule.duties - {place})
            yield from (
                (("pool", pool), here) for other in rule.duties for pool, _ in plan.duties[other].uses
            )
        names = ("withdrawn", f"broken.{rule.id}")
        yield from ((here, ("fact", timer.fact)) for timer in plan.timers if timer.event in names)


def _of_world(plan: Plan, place: int, duty: Duty) -> Iterator[tuple[Node, Node]]:
    """Stocks, what halts work, roads and weather, networks that a duty restores."""
    here: Node = ("duty", place)
    for stock, _ in duty.takes_stock:
        yield from ((here, ("stock", stock)), (("stock", stock), here))
    yield from ((here, ("stock", stock)) for stock, _ in duty.supplies)
    if duty.halted_by >= 0:
        yield ("fact", duty.halted_by), here
    if plan.network:
        return
    kind = plan.actors[duty.actor].road
    yield from ((("fact", road.blocked), here) for road in plan.roads if road.name == kind)
    yield from ((("fact", fact), here) for fact in (plan.weather.when.facts if plan.weather else ()))
    if any(network.restored_by and network.restored_by[0] == place for network in plan.networks):
        yield from (
            (here, node) for node in (_CALLS, _DESK, _END, _OFFICE)
        )  # also what is asked and reported by phone
        yield from ((here, ("report", other)) for other in range(len(plan.duties)))


def _of_command(plan: Plan, place: int, duty: Duty) -> Iterator[tuple[Node, Node]]:
    """Orders, alarms, confirmations and calls back."""
    here: Node = ("duty", place)
    if not _lasts(plan, plan.needs[duty.need]):
        yield here, ("order", place)  # it may be called back, and raised again while it is still at work
    if plan.network:
        return
    yield ("order", place), _CALLS
    yield _CALLS, here
    if duty.alarm:
        yield from ((("fact", fact), ("order", place)) for fact in _reads(plan.needs[duty.need]))
        yield from ((_CALLS, ("order", place)), (("report", place), _CALLS), (("report", place), _DESK))


def _of_inject(plan: Plan, place: int, inject: Inject) -> Iterator[tuple[Node, Node]]:
    here: Node = ("inject", place)
    for condition in (inject.when, inject.unless):
        yield from ((("fact", fact), here) for fact in (condition.facts if condition else ()))
    told: list[Node] = [("fact", fact) for fact, _ in inject.tells]
    yield from (
        (here, node) for node in (*told, *(("fact", fact) for fact, _ in (*inject.sets, *inject.adds)))
    )
    yield from ((here, ("order", duty)) for duty in inject.starts)
    if inject.delay is not None:
        yield from ((source, here) for source in _sources(plan, inject.delay[0]))
    if {plan.desk.actor, plan.command.actor, plan.command.acting}.intersection(inject.receivers):
        yield here, _DESK
        yield from ((node, fact) for node in (_CALLS, _DESK) for fact in told)


def _of_events(plan: Plan) -> Iterator[tuple[Node, Node]]:
    """What the engine writes down of stages and of time passed: ``done``, ``started``, ``late``, ``elapsed``."""
    duties = {duty.id: place for place, duty in enumerate(plan.duties)}
    for place, fact in enumerate(plan.facts):
        kind, _, rest = fact.id.partition("(")
        if fact.kind == "pseudo" and kind in ("done", "started"):
            yield ("duty", duties[rest[:-1]]), ("fact", place)
            yield ("report", duties[rest[:-1]]), ("fact", place)
    for timer in plan.timers:
        for source in _sources(plan, timer.event):
            yield source, ("fact", timer.fact)
            if source[0] == "duty":
                yield ("report", source[1]), ("fact", timer.fact)


def _sources(plan: Plan, event: str) -> Iterator[Node]:
    """What decides when an event happens; who breaks rules and who withdraws is in `_of_safety`."""
    if event == "withdrawn" or event.startswith("broken."):
        return
    injects = [place for place, inject in enumerate(plan.injects) if inject.id == event]
    duties = [place for place, duty in enumerate(plan.duties) if duty.id == event.rpartition(".")[0]]
    if injects or duties:
        yield from (("inject", place) for place in injects)
        yield from (("duty", place) for place in duties)
    elif event in ("activated", "terminated"):
        yield _DESK if event == "activated" else _END
    elif event.startswith("need."):
        yield from (("need", place) for place, need in enumerate(plan.needs) if f"need.{need.id}" == event)
    elif event == "published":
        yield from (("duty", place) for place, duty in enumerate(plan.duties) if duty.publishes)
    else:  # steps of the desk, reports, figures, grades, levels, and whatever else command does
        yield from (_DESK, _CALLS, _OFFICE, _END)
        if not event.startswith(("desk.", "report.", "figure_")):
            yield from _behind_command(plan)


def _of_office(plan: Plan) -> Iterator[tuple[Node, Node]]:
    """Reports take hands of the desk, and signatures the one who signs; both wait for the desk's other work."""
    given = plan.arrangements
    signs = [place for place, duty in enumerate(plan.duties) if duty.signed and given.news_approver]
    conditions = [report.when for report in given.reports] + [level.when for level in given.levels]
    conditions += [given.handover.when] if given.handover is not None else []
    facts = {fact for condition in conditions if condition is not None for fact in condition.facts}
    if given.ledger is not None:
        facts |= set(plan.law.casualties)
    yield from ((("fact", fact), _OFFICE) for fact in sorted(facts))
    yield from ((node, _OFFICE) for node in (_DESK, _CALLS, _END))
    if given.handover is not None or given.levels or any(r.hands or r.signed for r in given.reports):
        yield from ((_OFFICE, node) for node in (_DESK, _CALLS))
    for place in signs:
        yield from ((("duty", place), node) for node in (_OFFICE, _DESK, _CALLS))
        yield from ((node, ("duty", place)) for node in (_OFFICE, _DESK, _CALLS))


def _behind_command(plan: Plan) -> Iterator[Node]:
    """What grades, levels and the hand-over read, and who may be first at the scene."""
    conditions = [
        *(level.when for level in plan.arrangements.levels), *(grade.when for grade in plan.law.grades),
        *((plan.law.near_miss.when,) if plan.law.near_miss else ()),
        *((plan.arrangements.handover.when,) if plan.arrangements.handover else ()),
    ]  # fmt: skip
    yield from (("fact", fact) for condition in conditions for fact in condition.facts)
    yield from (("duty", place) for place in range(len(plan.duties)))


def _reads(need: Need) -> tuple[int, ...]:
    return (*need.when.facts, *(need.until.facts if need.until else ()))


def _lasts(plan: Plan, need: Need) -> bool:
    """Whether a need, once raised, is never over: it reads one fact, and nobody ever says otherwise of it."""
    if (
        need.until is not None
        or len(need.when.facts) != 1
        or (plan.end is not None and need.phase != "recovery")
    ):
        return False
    (fact,) = need.when.facts
    value = plan.truth[fact]
    written = [
        *(pair for inject in plan.injects for pair in (*inject.sets, *inject.adds, *inject.tells)),
        *(pair for hazard in plan.hazards for pair in (*hazard.sets, *hazard.adds)),
        *(pair for duty in plan.duties for pair in (*duty.sets, *duty.adds, (duty.gives, None))),
    ]
    steady = plan.facts[fact].kind != "pseudo" and all(
        new == value for place, new in written if place == fact
    )
    return steady and need.when.test(plan.truth, [True] * len(plan.truth))
