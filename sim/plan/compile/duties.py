"""Duties that can be ordered, those that cannot, and the limits they are held to."""

from __future__ import annotations

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.compile.vocabulary import Vocabulary, label, maybe_duration, ticks
from sim.plan.durations import ZERO, parse_duration


def compile_duties(v: Vocabulary) -> tuple[c.Duty, ...]:
    """Return every duty that can be dispatched, in order of id."""
    return tuple(_duty(v, *item) for item in v.playable)


def _duty(v: Vocabulary, duty_id: str, given: s.Duty, actor: int) -> c.Duty:
    reads = given.reads
    assert reads is not None
    need = v.needs.needs[reads.serves]
    work = v.unit_strength(v.cast[actor][1]).work.get(duty_id) or _NO_WORK
    batch = reads.batch
    return c.Duty(
        id=duty_id,
        actor=actor,
        label=label(given.name),
        quote=given.quote or "",
        phase=given.phase,
        need=v.need_at[reads.serves],
        lead=reads.role == "lead",
        alarm=reads.starts == "alarm",
        at_scene=reads.place == "scene",
        form=reads.form,
        takes=v.place[batch.takes] if batch else -1,
        gives=v.place[batch.gives] if batch else -1,
        size=batch.size if batch else 0,
        condition=v.maybe(reads.condition),
        after=tuple(
            sorted(
                (_prerequisite(v, ref) for ref in reads.after if not _skipped(v, duty_id, ref)),
                key=lambda p: p.text,
            )
        ),
        sees=_sees(v, reads, need),
        sets=v.writes(reads.achieves.set),
        adds=v.writes(reads.achieves.add),
        priority=need.priority if reads.priority is None else reads.priority,
        each_inject=reads.each == "inject",
        setup=parse_duration(work.setup) if work.src else ZERO,
        time=parse_duration(work.time) if work.src else ZERO,
        every=maybe_duration(work.every),
        uses=tuple(sorted((v.pool_at[actor, team], n) for team, n in work.uses.items())),
        grade=v.strength.sources[work.src].grade if work.src in v.strength.sources else "guess",
        standby=v.maybe(reads.standby),
        signed=reads.signed,
        publishes=reads.publishes,
        takes_stock=tuple(
            sorted(
                (v.stock_at[actor, name], n)
                for name, n in work.takes.items()
                if all(v.law.safety[rule].stock != name for rule in _broken(v, duty_id))
            )
        ),
        supplies=tuple(
            sorted(
                (v.stock_at[v.actor_at[other], name], n)
                for other, given_to in work.supplies.items()
                for name, n in given_to.items()
            )
        ),
        halted_by=v.place[work.halted_by] if work.halted_by else -1,
        safety=_rules(v, duty_id, {name: rule.duties for name, rule in v.law.safety.items()}),
        breaks=_rules(v, duty_id, v.scenario.conditions.breaks),
    )


_NO_WORK = s.Work.model_construct(src="")


def _rules(v: Vocabulary, duty_id: str, speaks_to: dict[str, list[str]]) -> tuple[int, ...]:
    return tuple(sorted(v.safety_at[name] for name, duties in speaks_to.items() if duty_id in duties))


def _prerequisite(v: Vocabulary, ref: str) -> c.Prerequisite:
    duty_id, stage = ref.rsplit(".", 1)
    return c.Prerequisite(v.duty_at[duty_id], stage, ref)


def _skipped(v: Vocabulary, duty_id: str, ref: str) -> bool:
    """Whether a duty does not wait for a prerequisite, because the scenario plays it as breaking a rule of safety
    that requires just what the prerequisite achieves: who goes in untested does not wait for the test."""
    required = {fact for rule in _broken(v, duty_id) for fact in _facts(v, v.law.safety[rule].requires)}
    other = next(duty for name, duty, _ in v.playable if name == ref.rsplit(".", 1)[0]).reads
    assert other is not None
    return not required.isdisjoint(v.place[fact] for fact in (*other.achieves.set, *other.achieves.add))


def _broken(v: Vocabulary, duty_id: str) -> list[str]:
    return [rule for rule, duties in v.scenario.conditions.breaks.items() if duty_id in duties]


def _facts(v: Vocabulary, text: str | None) -> tuple[int, ...]:
    return v.condition(text).facts if text else ()


def _sees(v: Vocabulary, reads: s.Reads, need: s.Need) -> tuple[int, ...]:
    if reads.sees is not None:
        return tuple(sorted(v.place[fact] for fact in reads.sees))
    at_scene = reads.place == "scene"
    if not at_scene:
        return ()
    real = len(v.fact_ids)
    texts = [text for text in (need.when, need.until) if text]
    return tuple(sorted({f for text in texts for f in v.condition(text).facts if f < real}))


def compile_outside(v: Vocabulary) -> tuple[c.Outside, ...]:
    """Return every clause that is never dispatched, and why."""
    return tuple(
        c.Outside(duty_id, actor, label(duty.name), duty.quote or "", duty.phase, duty.outside or "phase")
        for duty_id, duty, actor in v.unplayed
    )


def compile_norms(v: Vocabulary) -> tuple[c.Norm, ...]:
    """Return every norm in order of id, those that the scenario times with its own events."""
    return tuple(_norm(v, *item) for item in sorted(v.norms.items()))


def _norm(v: Vocabulary, norm_id: str, given: s.Norm) -> c.Norm:
    clock = v.scenario.clocks.get(norm_id)
    if given.zone not in (None, v.scenario.site.zone):  # elsewhere it is registered for reference only
        given, clock = given.model_copy(update={"of": None, "since": None, "by": None}), None
    return c.Norm(
        id=norm_id,
        label=label(given.label),
        duty=v.duty_at.get(given.of or "", -1),
        step=given.of if given.of and given.of.startswith(("desk.", "report.")) else "",
        start=given.from_ or "",
        stop=given.to or "",
        within=ticks(given.within) if given.within else None,
        text=given.text or "",
        basis=given.basis,
        status=given.status,
        judged=given.judged,
        note=given.note or "",
        since=clock.since if clock else given.since or "",
        by=clock.by if clock else given.by or "",
        who=clock.who if clock else "",
        when=v.maybe(given.when),
    )
