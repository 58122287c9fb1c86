"""News: facts from the office, a draft, its approval by the commander, the release (rules 21 and 25 of SEMANTICS).

Everything but work takes no time (`at_once`), a signature six minutes: the response starts at T+6, the draft is written
ten minutes later, signed after sixteen, and released after eighteen.
"""

from __future__ import annotations

from typing import Any

import pytest
from build import DESK, HQ, RING, at_once, duty, inject, log, need, play, rows, scenario, timed, unit, work
from office import arranged, ledger, office, report

from sim.record.timeline import Timeline
from sim.review import Gap, evaluate

COMMANDER = "指挥长甲"
NEEDS = {"info": need("fire"), "rumour": need("rumour", 2)}
NEWS = {"approver": COMMANDER, "src": "t"}
SIGNED: dict[str, Any] = {
    "place": "office",
    "signed": True,
    "achieves": {"set": {"line_approved": True}},
    "sees": ["line_approved"],
}
RELEASE: dict[str, Any] = {"place": "office", "publishes": True, "after": ["press.draft.finished"],
                           "achieves": {"set": {"released": True}}, "sees": ["released"]}  # fmt: skip
SIX = {"command__approve": timed("6 min")}


def press(draft: dict[str, Any] | None = None, release: dict[str, Any] | None = None) -> dict[str, Any]:
    duties = {
        "press.draft": duty("info", **SIGNED, **(draft or {})),
        "press.release": duty("info", **{**RELEASE, **(release or {})}),
    }
    times = {"press.draft": work("10 min"), "press.release": work("2 min")}
    return {"新闻": unit(1, duties, work=times)}


def told(
    injects: dict[str, Any] | None = None,
    *,
    units: Any = None,
    drill: Any = None,
    local: Any = None,
    **arrangements: Any,
) -> Timeline:
    """A fire known at T+0, and news of it."""
    ring = inject([DESK], tells={"fire": True})
    given = scenario({"I1": ring, **(injects or {})}, facts={"fire": True}, **(drill or {}))
    here = arranged(arrangements.pop("reports", None), **{"news": NEWS, **arrangements})
    return play(office(given, here, units or press(), NEEDS, **at_once(**SIX, **(local or {}))))


START = 6.0
"""The response itself is approved in six minutes."""


def gaps(timeline: Timeline, *codes: str) -> list[Gap]:
    return [gap for gap in evaluate(timeline).gaps if gap.code in codes]


# --- the signature


def test_a_draft_counts_as_done_only_once_it_is_signed() -> None:
    timeline = told()
    assert [(row.t / 1000 - START, row.event, row.waits_for) for row in rows(timeline, task="press.draft#1")][-4:] == [
        (0.0, "started", ""), (10.0, "waiting", "approval"), (16.0, "finished", ""), (16.0, "reported", ""),
    ]  # fmt: skip
    changed = {row.detail["fact"]: row.t / 1000 - START for row in rows(timeline, "fact_changed") if row.t}
    assert changed == {"line_approved": 16.0, "released": 18.0}
    assert log(timeline, "started", task="press.release#1") == [(START + 16, "started", "press.release#1")]


def test_the_draft_is_done_because_it_was_signed() -> None:
    """Rule 4: in the instant of the signature its row stands before that of the draft, which names it as its cause."""
    timeline = told(people={COMMANDER: {"order": 1, "src": "t"}})
    (signed,) = [row for row in rows(timeline, "signed") if row.detail["what"] == "press.draft"]
    (done,) = rows(timeline, "finished", task="press.draft#1")
    assert (done.cause, done.t) == (signed.seq, signed.t)
    assert all(row.cause is None or row.cause < row.seq for row in timeline.rows)


def test_the_unit_itself_calls_and_holds_no_hand_of_the_desk() -> None:
    """The one hand is kept by an hour's report of the desk; the draft is signed all the same."""
    local = {"desk__operators": {"duty": 1, "off-duty": 1, "src": "t"}}
    keeps = {"long": report("knowledge", when="trapped > 0", send="60 min")}
    timeline = told({"I2": inject([HQ], at="T+7", tells={"trapped": 1})}, local=local, reports=keeps)
    assert rows(timeline, "report_filed")[0].t == 67_000
    assert rows(timeline, "published")[0].t / 1000 == START + 18
    assert [row.unit for row in rows(timeline, "call_begun", task="sign.press.draft#1")] == ["新闻"]


def test_the_signature_takes_as_long_as_the_arrangements_say() -> None:
    timeline = told(news={**NEWS, "approve": timed("25 min")})
    assert rows(timeline, "published")[0].t / 1000 == START + 10 + 25 + 2


def test_who_signed_the_draft_is_recorded() -> None:
    timeline = told(people={COMMANDER: {"order": 1, "src": "t"}})
    assert {"what": "press.draft", "by": COMMANDER} in [dict(row.detail) for row in rows(timeline, "signed")]


def test_an_absent_approver_is_stood_in_for() -> None:
    """Rule 25: out of reach, he costs his tries (half a minute each here, none between them), then the office signs."""
    absent = {"conditions": {"absent": {COMMANDER: {"state": "unreachable", "from": f"T+{START + 5:g}"}}}}
    timeline = told(drill=absent, local={"calls__unanswered": timed("0.5 min")})
    assert [row.detail["for"] for row in rows(timeline, "substituted")] == [COMMANDER]
    assert rows(timeline, "published")[0].t / 1000 == START + 10 + 1 + 6 + 2
    assert rows(timeline, "published")[0].detail["approved"] is True


def test_without_somebody_to_approve_a_draft_is_done_as_any_other_work() -> None:
    """Nothing is arranged: it plays as before, and nobody is blamed for it."""
    timeline = told(news=None)
    assert rows(timeline, "published")[0].t / 1000 == START + 12
    assert not [row for row in timeline.rows if row.task.startswith("sign.")]
    assert not gaps(timeline, "G322")


def test_a_draft_waiting_for_its_signature_is_not_called_off() -> None:
    """Rule 20: what is under way once is finished, also when the need is over while the commander reads."""
    over = {"I2": inject([HQ], at=f"T+{START + 12:g}", makes={"set": {"fire": False}}, tells={"fire": False})}
    assert rows(told(over), "finished", task="press.draft#1")[0].t / 1000 == START + 16


def test_at_the_horizon_it_waits_for_its_signature() -> None:
    timeline = told(drill={"horizon": "20 min"})
    (row,) = rows(timeline, "open_at_close", task="press.draft#1")
    assert row.waits_for == "approval"


# --- the release


def test_a_release_rests_on_the_signed_draft() -> None:
    (row,) = rows(told(), "published")
    assert (row.unit, row.duty, row.task, row.t / 1000) == (
        "新闻",
        "press.release",
        "press.release#1",
        START + 18,
    )
    assert (row.detail["by"], row.detail["approved"]) == ("新闻", True)
    assert not gaps(told(), "G322", "G323")


@pytest.mark.parametrize("after", [[], ["press.draft.started"]])
def test_a_release_before_the_signature_is_a_gap(after: list[str]) -> None:
    timeline = told(units=press(release={"after": after}), drill={"participants": {"新闻": "参演"}})
    (row,) = rows(timeline, "published")
    assert row.t / 1000 < START + 16
    assert row.detail["approved"] is False
    (gap,) = gaps(timeline, "G322")
    assert (gap.severity, gap.unit) == ("major", "新闻")
    assert "可能未经批准" in gap.statement()


def flag(name: str, *times: str) -> dict[str, Any]:
    """Headquarters is told that it is so, that it is over, that it is so again: as many times as given."""
    return {
        f"{name[0].upper()}{n}": inject(
            [HQ], at=at, makes={"set": {name: n % 2 == 0}}, tells={name: n % 2 == 0}
        )
        for n, at in enumerate(times)
    }


def test_a_second_release_needs_a_signature_of_its_own() -> None:
    """The fire is out at T+40 and back at T+60: released again at T+62 while its draft is written until T+70. What was
    signed at T+22 was another draft."""
    again = {k: v for k, v in flag("fire", "T+1", "T+40", "T+60").items() if k != "F0"}
    timeline = told(again, units=press(release={"after": ["press.draft.started"]}))
    assert [(row.task, row.t / 1000, row.detail["approved"]) for row in rows(timeline, "published")] == [
        ("press.release#1", 8.0, False), ("press.release#2", 62.0, False),
    ]  # fmt: skip


def test_one_signature_is_good_for_one_release_of_a_duty() -> None:
    """Two rumours, at T+30 and T+50, are answered on the one draft that was signed at T+22."""
    duties = {"press.draft": duty("info", **SIGNED), "press.release": duty("rumour", **RELEASE)}
    units = {"新闻": unit(1, duties, work={"press.draft": work("10 min"), "press.release": work("2 min")})}
    timeline = told(flag("rumour", "T+30", "T+40", "T+50"), units=units)
    assert [(row.task, row.t / 1000, row.detail["approved"]) for row in rows(timeline, "published")] == [
        ("press.release#1", 32.0, True), ("press.release#2", 52.0, False),
    ]  # fmt: skip


def test_guidance_goes_by_its_own_prerequisites() -> None:
    """Guiding opinion waits for the release as the register says, and nothing else does."""
    guide = {"publicity.guide": duty("info", place="office", after=["press.release.finished"])}
    units = {**press(), "宣传": unit(2, guide, work={"publicity.guide": work("1 min")})}
    assert rows(told(units=units), "started", task="publicity.guide#1")[0].t / 1000 == START + 18


# --- the figures


DEAD = {"I2": inject([HQ], at="T+8", makes={"set": {"dead": 3}}, tells={"dead": 3})}


def test_a_release_tells_the_figures_approved_as_the_draft_was_signed() -> None:
    """Three dead are approved at T+13, four at T+23; the draft is signed at T+22 and released at T+24."""
    more = {**DEAD, "I3": inject([HQ], at="T+18", makes={"set": {"dead": 4}}, tells={"dead": 4})}
    timeline = told(more, ledger=ledger())
    assert [(row.t / 1000, row.detail["figures"]) for row in rows(timeline, "figure_approved")] == [
        (13.0, {"dead": 3}), (23.0, {"dead": 4}),
    ]  # fmt: skip
    (row,) = rows(timeline, "published")
    assert (row.t / 1000, row.detail["figures"]) == (24.0, {"dead": 3})
    assert not gaps(timeline, "G323"), "it was in the ledger"


def test_a_release_tells_nothing_that_nobody_has_approved_once_there_are_approved_figures() -> None:
    """Three dead are approved at T+13; two trapped, heard at T+19, are under check until T+24."""
    more = {**DEAD, "I3": inject([HQ], at="T+19", makes={"set": {"trapped": 2}}, tells={"trapped": 2})}
    (row,) = rows(told(more, ledger=ledger()), "published")
    assert row.detail["figures"] == {"dead": 3}


def test_without_a_ledger_it_tells_what_headquarters_believes() -> None:
    assert rows(told(DEAD), "published")[0].detail["figures"] == {"dead": 3}


def test_figures_outside_the_ledger_are_a_gap() -> None:
    """The check takes an hour; what is released at T+24 is believed and not approved."""
    timeline = told(DEAD, ledger=ledger("60 min"))
    (gap,) = gaps(timeline, "G323")
    assert gap.reason == "before_ledger"
    assert "死亡3（报送口径0）" in gap.statement()


# --- past the office


def leak(**figures: int) -> dict[str, Any]:
    return {"I9": inject([], at="T+30", publishes={"by": "企业", "figures": figures})}


GUEST = {"guests": {"企业": {"en": "Enterprise"}}}


def test_an_enterprise_that_talks_to_the_media_is_a_gap() -> None:
    timeline = told({**DEAD, **leak(dead=1)}, drill=GUEST, ledger=ledger())
    (row,) = rows(timeline, "published", unit="企业")
    assert (row.t / 1000, row.inject, dict(row.detail)) == (
        30.0, "I9", {"by": "企业", "approved": False, "figures": {"dead": 1}},
    )  # fmt: skip
    assert [(gap.code, gap.unit) for gap in gaps(timeline, "G322", "G323")] == [
        ("G322", "企业"),
        ("G323", "企业"),
    ]
    assert "死亡1（报送口径3）" in gaps(timeline, "G323")[0].statement()


def test_others_go_by_the_figures_approved_by_then() -> None:
    """Three dead are approved at T+13 and five at T+25: three told at T+30 is old, and so is none at all."""
    more = {**DEAD, "I3": inject([HQ], at="T+20", makes={"set": {"dead": 5}}, tells={"dead": 5})}
    for figure in (3, 0):
        timeline = told({**more, **leak(dead=figure)}, drill=GUEST, ledger=ledger())
        (gap,) = [gap for gap in gaps(timeline, "G323") if gap.unit == "企业"]
        assert f"死亡{figure}（报送口径5）" in gap.statement()


def test_a_figure_that_is_no_line_of_the_ledger_is_named() -> None:
    timeline = told({**DEAD, **leak(dead=3, rescued=7)}, drill=GUEST, ledger=ledger())
    (gap,) = [gap for gap in gaps(timeline, "G323") if gap.unit == "企业"]
    assert gap.statement().endswith("救出7（不在报送口径之内）。")
    assert "no line of the ledger" in gap.statement("en")


def test_its_figures_may_be_those_of_the_ledger() -> None:
    timeline = told({**DEAD, **leak(dead=3)}, drill=GUEST, ledger=ledger())
    assert [gap.code for gap in gaps(timeline, "G322", "G323")] == ["G322"]


def test_what_others_publish_is_not_the_offices_news() -> None:
    """`published` is known by that name only where the office published: a leak starts no timer and ends no clock."""
    waiting = {"I8": inject([], after={"event": "published"})}
    silent = told({**leak(), **waiting}, drill={**GUEST, "horizon": "60 min"}, units={"新闻": unit(1, {})})
    assert [row.inject for row in rows(silent, "inject_skipped")] == ["I8"]
    spoken = told({**leak(), **waiting}, drill=GUEST)
    assert [row.t / 1000 for row in rows(spoken, "inject_given", inject="I8")] == [START + 18]


def test_a_report_of_the_office_is_nothing_published() -> None:
    reports = {"r": report(hands=False)}
    timeline = play(office(scenario({"I1": RING}), arranged(reports)))
    assert not rows(timeline, "published")
