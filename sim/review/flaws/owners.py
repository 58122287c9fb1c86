"""Who carries a need: nobody, only in support, several in the lead, or one who cannot be spared."""

from __future__ import annotations

from collections.abc import Iterator

from sim.plan.compiled import Duty, Need
from sim.review.flaws.flaw import Flaw
from sim.review.flaws.paper import Paper, unique


def owner_flaws(paper: Paper) -> Iterator[Flaw]:
    """Yield the flaws of ownership, need by need."""
    for place, need in enumerate(paper.plan.needs):
        duties = paper.serving[place]
        leads = [duty for duty in duties if duty.lead]
        if not duties:
            yield Flaw("P101", "major", need.id, values={"need": need.label})
        elif not leads:
            yield _flaw(paper, "P102", need, duties, grave=need.lead_required)
        elif len({duty.actor for duty in leads}) > 1:
            yield _flaw(paper, "P103", need, leads, grave=True)
    yield from _single(paper)


def _flaw(paper: Paper, code: str, need: Need, duties: list[Duty] | tuple[Duty, ...], *, grave: bool) -> Flaw:
    units = tuple({duty.actor: paper.unit(duty) for duty in duties}.values())
    return Flaw(
        code, "major" if grave else "minor", need.id, unique([duty.quote for duty in duties]),
        duties=tuple(duty.id for duty in duties),
        values={"need": need.label, "units": units, "count": len(units)},
    )  # fmt: skip


def _single(paper: Paper) -> Iterator[Flaw]:
    """A unit that carries needs alone with one team for each: while that team is out nobody comes."""
    found: dict[int, list[int]] = {}
    for place, duties in paper.serving.items():
        pools = {pool for duty in duties for pool, _ in duty.uses}
        alone = len({duty.actor for duty in duties}) == 1 and all(duty.uses for duty in duties)
        if alone and len(pools) == 1 and paper.plan.pools[min(pools)].size == 1:
            found.setdefault(duties[0].actor, []).append(place)
    for actor, needs in sorted(found.items()):
        duties = tuple(duty for place in needs for duty in paper.serving[place])
        yield Flaw(
            "P106", "minor", paper.plan.actors[actor].name, unique([duty.quote for duty in duties]),
            duties=tuple(duty.id for duty in duties),
            values={"unit": paper.plan.actors[actor].label,
                    "needs": tuple(paper.plan.needs[place].label for place in needs)},
        )  # fmt: skip
