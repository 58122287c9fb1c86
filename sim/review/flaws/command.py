"""Who commands: one person in several places, no order among deputies, one pair of hands at night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.plan.compiled import Label
from sim.plan.schema import Person
from sim.review.flaws.flaw import Flaw
from sim.review.flaws.paper import Paper
from sim.words import say
from sim.words.flaws import MARKS


def command_flaws(paper: Paper) -> Iterator[Flaw]:
    """Yield the flaws of posts, of substitution and of the desk."""
    for holder, person in paper.roster.arrangements.people.items():
        roles = _roles(paper, person)
        if person.heads is not None and person.field is not None:
            values = {"person": paper.names.unit(holder), "roles": roles}
            yield Flaw("P110", "major", holder, values=values)
    yield from _order(paper)
    desk = paper.plan.desk
    if desk.operators_off_duty == 1:
        yield Flaw("P106", "minor", paper.plan.actors[desk.actor].name, variant="desk")


def _roles(paper: Paper, person: Person) -> tuple[Label, ...]:
    roles = []
    if person.order is not None and person.order > 1:
        roles.append(_say("substitutes", rank=person.order - 1))
    if person.heads is not None:
        body = paper.names.unit(person.heads)
        roles.append(
            {
                "zh": say(MARKS, "heads", "zh", body=body["zh"]),
                "en": say(MARKS, "heads", "en", body=body["en"]),
            }
        )
    if person.field is not None:
        roles.append(_say("field", rank=person.field))
    return tuple(roles)


def _say(key: str, rank: int) -> Label:
    return {"zh": say(MARKS, key, "zh", rank=rank), "en": say(MARKS, key, "en", rank=rank)}


def _order(paper: Paper) -> Iterator[Flaw]:
    """Several holders of one title among whom the plan's own words give no order."""
    register, people = paper.roster.register_, paper.roster.arrangements.people
    official = register.substitution.order if register.substitution is not None else []
    for title, count in Counter(post.title for post in register.posts.values()).items():
        holders = [holder for holder, post in register.posts.items() if post.title == title]
        if count < 2 or set(holders) <= set(official):
            continue
        local = all(holder in people and people[holder].order is not None for holder in holders)
        quotes = (register.substitution.quote,) if register.substitution is not None else ()
        yield Flaw(
            "P111", "minor" if local else "major", title, quotes, "local" if local else "",
            values={"title": title, "count": count},
        )  # fmt: skip
