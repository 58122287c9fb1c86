"""The duty desk, headquarters, and the office's own arrangements of command and reports."""

from __future__ import annotations

from sim.plan import compiled as c
from sim.plan import schema as s
from sim.plan.compile.cast import compile_absence, compile_people
from sim.plan.compile.vocabulary import Vocabulary, label, maybe_duration, ticks, timed
from sim.plan.durations import parse_duration


def compile_desk(v: Vocabulary) -> c.Desk:
    """Return the duty desk."""
    desk = v.strength.desk
    steps = (desk.receive, desk.report_up, desk.phone_leader, desk.verify, desk.assess)
    return c.Desk(
        v.actor_at[desk.body], desk.operators.duty, desk.operators.off_duty, *(timed(step) for step in steps)
    )


def compile_command(v: Vocabulary) -> c.Command:
    """Return headquarters in its plainest form: who starts a response, and how members are informed."""
    given, calls = v.strength.command, v.strength.calls
    absence = v.scenario.conditions.absent.get(given.commander)
    told = given.broadcast if given.inform == "broadcast" else None
    rate = told.rate if told else 1.0
    return c.Command(
        actor=v.actor_at[given.body],
        acting=v.actor_at[given.acting],
        commander=given.commander,
        absences=(compile_absence(v, absence),) if absence else (),
        activate_when=v.condition(given.activate_when),
        approve=timed(given.approve),
        tries=given.tries,
        next=timed(given.next),
        call=timed(calls.answered),
        unanswered=timed(calls.unanswered),
        broadcast=(timed(told.send), timed(told.receipt)) if told else None,
        scene_report=timed(calls.report),
        rate=rate,
        rate_off_duty=rate if told is None or told.rate_off_duty is None else told.rate_off_duty,
    )


def compile_arrangements(v: Vocabulary) -> c.Arrangements:
    """Return how this office commands and reports."""
    given = v.arrangements
    return c.Arrangements(
        people=compile_people(v),
        levels=_levels(v),
        first_report=given.first_report,
        first_report_to=tuple(given.first_report_to),
        reports=tuple(_report(v, *item) for item in sorted(given.reports.items())),
        receivers=tuple((name, {"zh": name, "en": en}) for name, en in sorted(given.receivers.items())),
        ledger=c.Ledger(v.actor_at[given.ledger.keeper], timed(given.ledger.verify))
        if given.ledger
        else None,
        field=_field(v, given.field) if given.field else None,
        groups=tuple(_group(v, *item) for item in sorted(given.groups.items())),
        handover=_handover(v, given.handover) if given.handover else None,
        termination=_termination(v, given.termination) if given.termination else None,
        news_approver=given.news.approver if given.news else "",
        news_approve=timed(given.news.approve) if given.news and given.news.approve else None,
        aftercare=_aftercare(v),
    )


def _levels(v: Vocabulary) -> tuple[c.Level, ...]:
    given = sorted(v.arrangements.levels.items(), key=lambda item: item[1].rank)
    return tuple(
        c.Level(
            name,
            level.rank,
            label(level.label),
            v.condition(level.when),
            v.actor_at[level.proposer],
            level.approver,
            ticks(level.hold),
        )
        for name, level in given
    )


def _report(v: Vocabulary, name: str, given: s.Report) -> c.Report:
    return c.Report(
        id=name,
        label=label(given.label),
        line=given.line,
        to=tuple(given.to),
        by=v.actor_at[given.by or v.strength.desk.body],
        starts=given.starts,
        when=v.maybe(given.when),
        form=v.form_at[given.form] if given.form else -1,
        mode=given.mode,
        draft=parse_duration(given.draft),
        signed=given.signed,
        signer=given.signer or "",
        send=parse_duration(given.send),
        every=maybe_duration(given.every),
        hands=given.hands,
        priority=given.priority,
        sign=maybe_duration(given.sign),
    )


def _field(v: Vocabulary, given: s.FieldHeadquarters) -> c.Field:
    confer = given.conference
    interim = sorted(given.interim.items(), key=lambda item: (item[1], v.actor_at[item[0]]))
    return c.Field(
        label(given.label),
        tuple(v.actor_at[name] for name, _ in interim),
        timed(given.establish),
        v.place[given.wind] if given.wind else -1,
        timed(confer.first) if confer else None,
        timed(confer.every) if confer else None,
        timed(confer.length) if confer else None,
        timed(given.relay) if given.relay else None,
    )


def _group(v: Vocabulary, name: str, given: s.Group) -> c.Group:
    units = tuple(sorted(v.actor_at[unit] for unit in given.units))
    return c.Group(name, label(given.label), v.actor_at[given.lead], units)


def _handover(v: Vocabulary, given: s.HandOver) -> c.HandOver:
    return c.HandOver(
        v.condition(given.when),
        v.actor(given.to),
        given.to,
        given.request == "at-once",
        given.approver,
        timed(given.decide),
        timed(given.travel),
        timed(given.exchange),
        given.remote,
    )


def _termination(v: Vocabulary, given: s.Termination) -> c.Termination:
    return c.Termination(
        v.actor_at[given.proposer],
        given.experts,
        timed(given.opinion),
        given.approver,
        timed(given.announce),
    )


def _aftercare(v: Vocabulary) -> tuple[c.AfterCare, ...]:
    owned = {duty_id: (duty, actor) for duty_id, duty, actor in (*v.playable, *v.unplayed)}
    return tuple(
        c.AfterCare(
            duty_id,
            owned[duty_id][1],
            label(owned[duty_id][0].name),
            v.condition(entry.when),
            entry.days,
        )
        for duty_id, entry in sorted(v.arrangements.aftercare.items())
    )
