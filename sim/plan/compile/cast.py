"""Actors, how they are reached, and the people who hold posts."""

from __future__ import annotations

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.compile.vocabulary import Vocabulary, maybe_duration, numbered, timed
from sim.plan.durations import Duration, parse_duration
from sim.plan.moments import at_ticks


def compile_actor(v: Vocabulary, kind: str, name: str, given: s.Body | s.Guest) -> c.Actor:
    """Return one body, unit or guest with what it has or is assumed to have."""
    own, default = v.unit_strength(name), v.strength.defaults
    muster = own.muster or default.muster
    absent_default = "由导调扮演" if kind == "guest" else "未邀请"
    return c.Actor(
        name=name,
        label={"zh": name, "en": given.en},
        kind=kind,  # type: ignore[arg-type]
        number=given.number if isinstance(given, s.Body) else 0,
        official=given.official if isinstance(given, s.Body) else "",
        participation=v.scenario.participants.get(name, absent_default),
        staffed_always=(own.staffed or default.staffed) == "always",
        channels=_channels(v, own.answer or default.answer),
        acknowledge=timed(own.acknowledge or default.acknowledge),
        muster_duty=parse_duration(muster.duty),
        muster_off_duty=parse_duration(muster.off_duty),
        travel=_travel(v, own.travel or default.travel),
        carrier=own.carrier or "",
        road=own.road or "",
        shift=maybe_duration(own.shift.time if own.shift else None),
    )


def _travel(v: Vocabulary, given: s.Travel) -> Duration:
    return parse_duration(given.township if v.scenario.site.zone == "township" else given.urban)


def _channels(v: Vocabulary, answer: s.Answer) -> tuple[c.Channel, ...]:
    calls = v.strength.calls
    answered, unanswered, redial = (timed(each) for each in (calls.answered, calls.unanswered, calls.redial))
    off_duty = -1.0 if answer.off_duty is None else answer.off_duty
    phone = c.Channel("phone", answer.chance, answer.tries, answered, unanswered, redial, True, off_duty)
    return (phone, *(_channel(v, name, phone) for name in answer.then))


def _channel(v: Vocabulary, name: str, phone: c.Channel) -> c.Channel:
    given = v.strength.channels[name]
    return c.Channel(
        name, given.chance, given.tries, timed(given), phone.unanswered, phone.redial, given.operator
    )


def compile_posts(v: Vocabulary) -> tuple[c.Post, ...]:
    """Return the posts in the order in which the plan prints them."""
    return tuple(
        c.Post(post.title, holder, {"zh": holder, "en": post.en})
        for holder, post in numbered(v.register.posts)
    )


def compile_people(v: Vocabulary) -> tuple[c.Person, ...]:
    """Return who holds the posts, in order of substitution; those without an order last, by the plan's print."""
    printed = [holder for holder, _ in numbered(v.register.posts)]
    given = [(name, v.arrangements.people[name]) for name in printed if name in v.arrangements.people]
    given.sort(key=lambda item: item[1].order or 100)
    return tuple(_person(v, name, person) for name, person in given)


def _person(v: Vocabulary, name: str, given: s.Person) -> c.Person:
    default = v.strength.defaults
    muster = given.muster or default.muster
    absence = v.scenario.conditions.absent.get(name)
    return c.Person(
        name=name,
        label={"zh": name, "en": v.register.posts[name].en},
        order=given.order or 0,
        field=given.field or 0,
        heads=v.actor(given.heads),
        unit=v.actor(given.unit),
        muster_duty=parse_duration(muster.duty),
        muster_off_duty=parse_duration(muster.off_duty),
        travel=_travel(v, given.travel or default.travel),
        absences=(compile_absence(v, absence),) if absence else (),
    )


def compile_absence(v: Vocabulary, given: s.Absence) -> c.Absence:
    """Return when a person is away or unreachable."""
    return c.Absence(given.state, at_ticks(given.from_, v.scenario), v.until(given.to))
