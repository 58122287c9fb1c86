"""Broken networks: which calls fail, who is called again, and what the scene cannot say (rule 24)."""

from __future__ import annotations

from typing import Any

from build import (
    DESK,
    HQ,
    OFFICE,
    RING,
    Chosen,
    at_once,
    build,
    duty,
    fact,
    inject,
    log,
    need,
    play,
    rows,
    scenario,
    timed,
    unit,
    work,
)
from commanded import CHIEF, DEPUTY, SECOND, person, played
from office import report

from sim.record.timeline import Timeline

FACTS = {name: fact("flag") for name in ("fire", "repair", "over", "safe")}
LABEL = {"zh": "x", "en": "x"}
CHANNELS = {
    "radio": {"label": LABEL, "chance": 1.0, "tries": 1, "time": "2 min", "src": "t"},
    "runner": {"label": LABEL, "operator": False, "time": "25 min", "src": "t"},
}


def town(networks: dict[str, Any], then: list[str], **given: Any) -> Timeline:
    """The fire brigade is called at T+10; a call takes a minute if answered, half if not, a pause two."""
    answer = {"chance": given.pop("chance", 1.0), "tries": 2, "then": then, "src": "t"}
    own = given.pop("own", {})
    reads = {"sees": [], **given.pop("reads", {})}
    units = {
        "消防": unit(1, {"fire.rescue": duty("burning", **reads)}, answer=answer, **own,
                   work={"fire.rescue": work("5 min")}),
        "通信": unit(2, {"comms.repair": duty("mending", sees=[])}, work={"comms.repair": work("20 min")}),
    }  # fmt: skip
    needs = {"burning": need("fire"), "mending": need("repair")}
    injects = {"I1": RING, "I2": inject([HQ], at="T+10", tells={"fire": True}), **given.pop("injects", {})}
    drill = scenario(injects, conditions={"networks": networks}, **given.pop("drill", {}))
    local = at_once(
        calls__answered=timed("1 min"), calls__unanswered=timed("0.5 min"), calls__redial=timed("2 min"),
        calls__report=timed("3 min"), channels=CHANNELS,
        command__inform="broadcast",
        command__broadcast={"send": timed("0 min"), "receipt": timed("0 min")},
    )  # fmt: skip
    return play(build(FACTS, needs, units, drill, **local), draws=given.pop("draws", None))


CALLS = ("call_begun", "call_answered", "call_unanswered", "call_unreached")


def calls(timeline: Timeline, task: str = "fire.rescue#1") -> list[tuple[float, str, str]]:
    return [
        (row.t / 1000, row.event, row.detail.get("channel", "")) for row in rows(timeline, *CALLS, task=task)
    ]


def test_a_call_begun_while_its_network_is_down_fails_after_its_full_duration() -> None:
    """24: each try of T+10 lasts as long as an answered call, a minute, and fails; after the pause the next, and then
    the next channel, which the breakdown leaves alone."""
    timeline = town({"N1": {"channels": ["phone"], "from": "T+5", "to": "T+40"}}, ["radio"])
    assert calls(timeline) == [
        (10, "call_begun", "phone"), (11, "call_unanswered", "phone"),
        (13, "call_begun", "phone"), (14, "call_unanswered", "phone"),
        (14, "call_begun", "radio"), (16, "call_answered", "radio"),
    ]  # fmt: skip
    assert [row.detail.get("network") for row in rows(timeline, "call_unanswered")] == ["N1", "N1"]


def test_a_runner_needs_no_network() -> None:
    """24: with every channel down the last way is a runner, who takes 25 minutes and arrives."""
    timeline = town({"N1": {"from": "T+5", "to": "T+90"}}, ["radio", "runner"])
    assert calls(timeline)[-2:] == [(16, "call_begun", "runner"), (41, "call_answered", "runner")]


def test_only_a_call_that_begins_inside_the_breakdown_fails() -> None:
    """24: at T+10 it is not down yet, or no more; at T+10 sharp it is, if it breaks then."""
    assert calls(town({"N1": {"from": "T+0", "to": "T+10"}}, []))[1] == (11, "call_answered", "phone")
    assert calls(town({"N1": {"from": "T+11", "to": "T+60"}}, []))[1] == (11, "call_answered", "phone")
    assert calls(town({"N1": {"from": "T+10", "to": "T+60"}}, []))[1] == (11, "call_unanswered", "phone")


def test_a_network_breaks_for_its_carrier_and_its_units() -> None:
    """24: (channel, carrier or actors, interval): another carrier's customers and other units are called as ever."""
    down = {"from": "T+0", "to": "T+60"}
    mobile = {"carrier": "mobile"}

    def first(network: dict[str, Any], own: dict[str, Any]) -> str:
        return calls(town({"N1": {**down, **network}}, [], own=own))[1][1]

    assert first({"carrier": "mobile"}, mobile) == "call_unanswered"
    assert first({"carrier": "mobile"}, {"carrier": "telecom"}) == "call_answered"
    assert first({"carrier": "mobile"}, {}) == "call_answered"
    assert first({"actors": ["消防"]}, {}) == "call_unanswered"
    assert first({"actors": ["通信"]}, {}) == "call_answered"
    assert first({"carrier": "mobile", "actors": ["通信"]}, mobile) == "call_answered"


def test_the_timeline_says_when_a_network_breaks_and_when_it_is_back() -> None:
    timeline = town({"N1": {"channels": ["phone"], "from": "T+5", "to": "T+40"}}, ["radio"])
    down, up = rows(timeline, "network_down", "network_up")
    assert (down.t, down.event, down.cause, down.detail["network"]) == (5_000, "network_down", 0, "N1")
    assert (up.t, up.event, up.cause) == (40_000, "network_up", down.seq)


def test_a_duty_that_reaches_a_stage_restores_a_network() -> None:
    """24: down until T+200, but the repair that is called at T+12 (answered T+13, acknowledged at once) works for 20
    minutes: it is back at T+33, because of that."""
    told = {"I3": inject([HQ], at="T+12", tells={"repair": True})}
    network = {"actors": ["消防"], "from": "T+5", "to": "T+200", "restored-by": "comms.repair.finished"}
    timeline = town({"N1": network}, [], injects=told)
    finished = rows(timeline, "finished", task="comms.repair#1")[0]
    (up,) = rows(timeline, "network_up")
    assert (up.t, up.cause, up.detail["by"]) == (33_000, finished.seq, "comms.repair.finished")


def test_whoever_was_out_of_reach_is_called_again_when_a_network_that_serves_him_is_back() -> None:
    """24: exhausted at T+14 for want of the network; tried anew, from the first channel, at T+40, when it is back. What
    brings it about is the return."""
    timeline = town({"N1": {"from": "T+5", "to": "T+40"}}, [])
    assert calls(timeline) == [
        (10, "call_begun", "phone"), (11, "call_unanswered", "phone"),
        (13, "call_begun", "phone"), (14, "call_unanswered", "phone"), (14, "call_unreached", ""),
        (40, "call_begun", "phone"), (41, "call_answered", "phone"),
    ]  # fmt: skip
    (up,) = rows(timeline, "network_up")
    assert rows(timeline, "call_begun", task="fire.rescue#1")[-1].cause == up.seq
    assert log(timeline, "ordered", "acknowledged", "finished", task="fire.rescue#1") == [
        (41, "ordered", "fire.rescue#1"), (41, "acknowledged", "fire.rescue#1"), (46, "finished", "fire.rescue#1"),
    ]  # fmt: skip


def test_who_does_not_answer_though_no_network_is_down_is_not_called_again() -> None:
    """24: a network that comes back changes nothing for whoever simply did not answer."""
    timeline = town({"N1": {"from": "T+20", "to": "T+40"}}, [], chance=0.0)
    assert calls(timeline)[-1] == (13.0, "call_unreached", "")


def test_a_network_that_is_back_before_the_last_try_is_no_reason_to_wait() -> None:
    """24: the first try fails for want of the network, the second for want of an answer; it is back by then, so the
    unit is called again at once, and answers the third."""
    draws = Chosen({"answer": [0.0, 0.9, 0.1]})
    timeline = town({"N1": {"from": "T+5", "to": "T+12"}}, [], chance=0.5, draws=draws)
    assert calls(timeline) == [
        (10, "call_begun", "phone"), (11, "call_unanswered", "phone"),
        (13, "call_begun", "phone"), (13.5, "call_unanswered", "phone"), (13.5, "call_unreached", ""),
        (13.5, "call_begun", "phone"), (14.5, "call_answered", "phone"),
    ]  # fmt: skip


def test_a_need_that_is_over_before_the_network_is_back_is_nobodys_call() -> None:
    told = {"I3": inject([HQ], at="T+20", tells={"fire": False})}
    timeline = town({"N1": {"from": "T+5", "to": "T+40"}}, [], injects=told)
    assert calls(timeline)[-1] == (14, "call_unreached", "")
    assert log(timeline, "stood_down") == [(20, "stood_down", "fire.rescue#1")]


def test_an_alarm_in_the_instant_of_the_return_wins_over_the_call() -> None:
    """The unit hears of it by itself at T+40, as the network returns: it goes, once, and without an order."""
    told = {"I3": inject(["消防"], at="T+40", tells={"fire": True})}
    timeline = town({"N1": {"from": "T+5", "to": "T+40"}}, [], injects=told, reads={"starts": "alarm"})
    assert log(timeline, "acknowledged") == [(40, "acknowledged", "fire.rescue#1")]
    assert rows(timeline, "ordered") == []
    assert len(rows(timeline, "finished", task="fire.rescue#1")) == 1


def test_a_unit_at_work_hears_that_it_may_go_home_once_the_network_is_back() -> None:
    """16, 24: the call back at T+30 does not get through; it is made again at T+60."""
    told = {"I3": inject([HQ], at="T+30", tells={"fire": False})}
    timeline = town({"N1": {"from": "T+20", "to": "T+60"}}, [], injects=told, reads={"form": "sustained"})
    assert log(timeline, "finished", task="fire.rescue#1") == [(61, "finished", "fire.rescue#1")]


# --- what the scene cannot say


def reports(then: list[str], **given: Any) -> tuple[Timeline, list[float]]:
    """The brigade goes at T+10, by itself, and reports at T+10 that it is there and at T+15 that it is safe."""
    reads = {"starts": "alarm", "sees": ["safe"], "achieves": {"set": {"safe": True}}}
    told = {"I2": inject(["消防"], at="T+10", tells={"fire": True})}
    timeline = town(
        given.pop("networks"), then, reads=reads, injects=told, drill={"facts": {"fire": True}}, **given
    )
    heard = [row.t / 1000 for row in rows(timeline, "learnt", unit=HQ) if "safe" in row.detail["facts"]]
    return timeline, heard


def test_a_report_waits_until_its_unit_can_speak_again() -> None:
    """12, 24: said at T+15, three minutes on the way; with every voice channel down until T+40, headquarters hears it
    at T+43. Observed it was at T+15."""
    assert reports([], networks={})[1][-1] == 18
    timeline, heard = reports([], networks={"N1": {"from": "T+5", "to": "T+40"}})
    assert heard[-1] == 43
    last = [row for row in rows(timeline, "learnt", unit=HQ) if row.detail["facts"].get("safe")]
    assert [row.detail["observed_at"] for row in last] == [15.0]


def test_one_voice_channel_is_enough_for_a_report() -> None:
    assert (
        reports(["radio"], networks={"N1": {"channels": ["phone"], "from": "T+5", "to": "T+40"}})[1][-1] == 18
    )


def test_a_unit_that_has_a_runner_sends_him_with_its_report() -> None:
    """He leaves at T+15 and takes 25 minutes, whenever the network is back."""
    timeline, heard = reports(["runner"], networks={"N1": {"from": "T+5", "to": "T+90"}})
    assert heard[-1] == 40
    assert rows(timeline, "reported")[-1].detail["channel"] == "runner"


# --- what the desk cannot say


def desk(networks: dict[str, Any], **given: Any) -> Timeline:
    """A ring at T+0 and nothing else: first report up T+0 to T+3, leader T+4 to T+6, verified T+12, assessed T+17; the
    commander answers after a minute or, where nobody does, after half of one it is over; four minutes to the next try,
    two in all; he takes six to sign."""
    drill = scenario(
        {"I1": inject([DESK], tells={"fire": True})}, conditions={"networks": networks}, facts={"fire": True}
    )
    local = given.pop("local", {})
    return play(
        build(
            FACTS,
            {"burning": need("fire")},
            {"消防": unit(1, {})},
            drill,
            channels=CHANNELS,
            **local,
            **given,
        )
    )


ALL: dict[str, Any] = {"note": "全部中断"}


def of(timeline: Timeline, task: str) -> list[tuple[float, str, str]]:
    return [(row.t / 1000, row.event, row.waits_for) for row in rows(timeline, task=task)]


def test_the_first_report_up_waits_by_name_until_a_network_that_serves_the_desk_is_back() -> None:
    """24: picked up at T+0, everything down until T+40: the report begins then, because of the return, and is up at
    T+43. Who waits to phone keeps no hand: the single one at the desk goes on with what needs none of it."""
    local = {"desk__operators": {"duty": 1, "off-duty": 1, "src": "t"}}
    timeline = desk({"N1": {**ALL, "to": "T+40"}}, local=local)
    assert of(timeline, "desk.report_up#1") == [
        (0, "triggered", ""), (0, "waiting", "operator"), (4, "waiting", "network:N1"), (40, "started", ""),
        (43, "finished", ""),
    ]  # fmt: skip
    (up,) = rows(timeline, "network_up")
    assert rows(timeline, "started", task="desk.report_up#1")[0].cause == up.seq
    assert [row.t / 1000 for row in rows(timeline, "report_up")] == [43]
    assert log(timeline, "started", task="desk.phone_leader#1") == [(4, "started", "desk.phone_leader#1")]
    record = next(record for record in timeline.records if record.task == "desk.report_up#1")
    assert record.waited("network:N1") == 36_000


def test_without_a_network_to_the_end_the_first_report_is_open_at_the_close_by_that_name() -> None:
    timeline = desk({"N1": ALL})
    assert of(timeline, "desk.report_up#1")[-1] == (240, "open_at_close", "network:N1")
    assert rows(timeline, "report_up") == []


def test_a_report_by_phone_waits_until_the_desk_can_phone() -> None:
    """24: another report, three minutes long, likewise; one in writing does not hang on a telephone."""
    letter = report(mode="written", draft="5 min", hands=False)
    arranged = {"reports": {"phoned": report(), "letter": letter}}
    timeline = desk({"N1": {**ALL, "to": "T+40"}}, arrangements=arranged)
    filed = {row.detail["report"]: row.t / 1000 for row in rows(timeline, "report_filed")}
    assert filed == {"letter": 8, "phoned": 43}
    assert ("waiting", "network:N1") in [
        (event, waits) for _, event, waits in of(timeline, "report.phoned#1")
    ]


def test_one_network_is_back_and_another_still_down() -> None:
    """24: the desk can speak once none of those that cut it off is down: at T+70, not at T+40."""
    timeline = desk({"N1": {**ALL, "to": "T+40"}, "N2": {**ALL, "from": "T+20", "to": "T+70"}})
    assert [waits for _, event, waits in of(timeline, "desk.report_up#1") if event == "waiting"] == [
        "network:N1", "network:N2",
    ]  # fmt: skip
    assert [row.t / 1000 for row in rows(timeline, "report_up")] == [73]


def test_a_network_that_breaks_the_desk_off_only_in_part_keeps_nobody_waiting() -> None:
    """24: another carrier's, or one voice channel of two."""
    own = {
        DESK: {
            "strength": {
                "carrier": "telecom",
                "answer": {"chance": 1.0, "tries": 1, "then": ["radio"], "src": "t"},
            }
        }
    }
    for network in ({"carrier": "mobile"}, {"channels": ["phone"]}, {"actors": ["消防"]}, {"from": "T+1"}):
        timeline = desk({"N1": {**ALL, **network}}, bodies=own)
        assert [row.t / 1000 for row in rows(timeline, "report_up")] == [3]
    timeline = desk({"N1": {**ALL, "carrier": "telecom"}}, bodies=own)
    assert rows(timeline, "report_up") == []


APPROVAL = "desk.activate#1"


def test_a_call_for_approval_fails_while_the_desk_cannot_phone() -> None:
    """24, 25: assessed at T+17; two tries of half a minute, four minutes apart, fail for want of the network; then the
    office acts, as when nobody answers, and signs at T+28."""
    timeline = desk({"N1": {**ALL, "from": "T+10"}})
    tries = rows(timeline, "call_begun", "call_unanswered", task=APPROVAL)
    assert [(row.t / 1000, row.event) for row in tries] == [
        (17, "call_begun"), (17.5, "call_unanswered"), (21.5, "call_begun"), (22, "call_unanswered"),
    ]  # fmt: skip
    assert [row.detail.get("network") for row in tries] == [None, "N1", None, "N1"]
    (row,) = rows(timeline, "activated")
    assert (row.t / 1000, row.detail["approver"], row.detail["acting_for"]) == (28, OFFICE, CHIEF)


def test_a_call_for_approval_that_begins_when_the_network_is_back_gets_through() -> None:
    """24: the second try begins at T+21.5, sharp as the network returns."""
    timeline = desk({"N1": {**ALL, "from": "T+10", "to": "T+21.5"}})
    (row,) = rows(timeline, "activated")
    assert (row.t / 1000, row.detail) == (28.5, {"approver": CHIEF})


def test_nobody_out_of_the_house_stands_in_while_nobody_can_be_phoned() -> None:
    """25: the next in order would have to be phoned, so the acting body signs; its own head is on the spot."""

    def signer(people: dict[str, Any], absent: dict[str, Any]) -> str:
        timeline = played(
            FACTS, {"burning": need("fire")}, {"消防": unit(1, {})}, {"I1": inject([DESK], tells={"fire": True})},
            {"people": people}, conditions={"networks": {"N1": ALL}, "absent": absent}, facts={"fire": True},
        )  # fmt: skip
        return str(rows(timeline, "signed")[0].detail["by"])

    plain = {CHIEF: person(order=1), DEPUTY: person(order=2)}
    headed = {**plain, SECOND: person(order=3, heads=OFFICE)}
    assert signer(plain, {}) == OFFICE
    assert signer(headed, {}) == SECOND
    assert signer(headed, {SECOND: {"state": "away"}}) == OFFICE


def test_a_unit_that_asks_for_approval_itself_calls_over_its_own_network() -> None:
    """24: a draft to be signed; its unit is cut off, the desk is not, and the other way round."""
    duties = {"press.draft": duty("burning", sees=[], place="office", signed=True)}

    def tries(network: dict[str, Any]) -> int:
        timeline = played(
            FACTS, {"burning": need("fire")},
            {"新闻": unit(1, duties, carrier="mobile", work={"press.draft": work("1 min")})},
            {"I1": inject([DESK], tells={"fire": True})}, {"news": {"approver": CHIEF, "src": "t"}},
            conditions={"networks": {"N1": {**ALL, **network}}}, facts={"fire": True},
        )  # fmt: skip
        return len(
            [
                r
                for r in rows(timeline, "call_unanswered")
                if r.task.startswith("sign.") and r.detail.get("network")
            ]
        )

    assert tries({"carrier": "mobile", "from": "T+1"}) == 2
    assert tries({"actors": [DESK], "from": "T+1"}) == 0
