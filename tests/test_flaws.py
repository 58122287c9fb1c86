"""What is thin on paper: each kind of flaw planted once in a clean plan or script, nothing found in the clean one."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from build import play
from small import SCENARIO, copy

from sim.plan.compile import compile_plan
from sim.plan.workspace import load_roster, load_scenario
from sim.play.draws import FastestDraws, RandomDraws
from sim.review.flaws import Flaw, plan_flaws
from sim.review.flaws.limits import fastest_duty
from sim.review.flaws.reach import can_hold
from sim.study.scripts import look_at_script
from sim.words.flaws import ADVICE, STATEMENTS, TITLES, WHY

GOLDEN = Path(__file__).parent / "golden" / "plan-flaws.json"
Edit = tuple[str, str, str]
"""A file, what stands there, and what shall stand there instead."""

SCOPE = """scope:
  grade: 一般
  grades: [一般, 较大]
  outside:
    flood: {label: {zh: 防汛, en: Floods}, words: [防汛], why: {zh: 另有预案, en: Another plan}}
  actors:
    fire: {label: {zh: 消防, en: Fire}, words: [消防], needs: [rescue], why: {zh: 要救人, en: To rescue}}
"""
LIMITS = "".join(
    f"  own.{duty}: {{label: {{zh: {duty}, en: {duty}}}, of: {duty}, from: triggered, to: started, within: 60 min, "
    "basis: 测试用, status: assumption}\n"
    for duty in ("fire.recon", "fire.stop", "health.treat", "police.cordon", "police.count", "env.measure")
)
CLEAN: tuple[Edit, ...] = (
    ("annex3.yaml", "posts:", SCOPE + "posts:"),
    ("arrangements.yaml", "field: 1, heads: 办公室, ", "field: 1, "),
    ("strength.yaml", "off-duty: 1, src: g1}", "off-duty: 2, src: g1}"),
    ("norms.yaml", "norms:\n", "norms:\n" + LIMITS),
    ("norms.yaml", "to: arrived\n    within: 10 min", "to: arrived\n    within: 15 min"),
    (SCENARIO, "does: fire.rescue.departed, within: 2 min", "does: fire.rescue.departed, within: 20 min"),
    (SCENARIO, "    message: 围观的人很多。", "    message: 围观的人很多。\n    expect: [{who: 公安局, does: 劝离}]"),
    (SCENARIO, "    message: 家属询问情况。", "    message: 家属询问情况。\n    expect: [{who: 指挥部, does: 接待}]"),
)  # fmt: skip

NEED = "  cordon: {label: {zh: 警戒, en: Cordon}, when: leaking or gas > 10, priority: 3}"
SHELTER = "  shelter: {label: {zh: 安置, en: Shelter}, when: injured > 0, priority: 3}"
THIRD = "  丙县长: {title: 副指挥长, number: 3, en: Magistrate C}"
SECOND = "  乙县长: {title: 副指挥长, number: 2, en: Magistrate B}"
PLANTED: dict[str, tuple[Edit, ...]] = {
    "P101": (("needs.yaml", NEED, f"{NEED}\n{SHELTER}"),),
    "P102": (("annex3.yaml", "serves: medical\n          role: lead", "serves: medical\n          role: support"),),
    "P103": (("annex3.yaml", "serves: leak\n          role: support", "serves: leak\n          role: lead"),),
    "P104": (("annex3.yaml", "        quote: 随时掌握情况\n        phase: standing\n        outside: phase",
              "        quote: 随时掌握情况\n        phase: response\n        outside: words"),),
    "P105.need": (("needs.yaml", "when: injured > treated,", "when: injured > treated and injured < 0,"),),
    "P105.condition": (("annex3.yaml",
        "condition: gas > 10 or wind == 'strong'", "condition: not leaking and gas > 10"),),
    "P105.after": (
        ("annex3.yaml", "role: support\n          form: repeated\n          sees: [injured, trapped]",
         "role: support\n          form: repeated\n          condition: not leaking and gas < 5"),
        ("annex3.yaml", "serves: medical\n          role: lead",
         "serves: medical\n          role: lead\n          after: [police.count.started]"),
    ),
    "P106": (("strength.yaml", "ambulance: {count: 2, src: g1}", "ambulance: {count: 1, src: g1}"),),
    "P106.desk": (("strength.yaml", "off-duty: 2, src: g1}", "off-duty: 1, src: g1}"),),
    "P107": (("annex3.yaml", "    official: 负责救治伤员。", "    official: 负责救治较大事故伤员。"),
             ("annex3.yaml", "        quote: 救治伤员", "        quote: 救治较大事故伤员")),
    "P107.limited": (("annex3.yaml", "    official: 负责救治伤员。", "    official: 负责救治一般事故伤员。"),
                     ("annex3.yaml", "        quote: 救治伤员", "        quote: 救治一般事故伤员")),
    "P108": (("annex3.yaml", "    official: 负责监测气体。", "    official: 负责监测气体和防汛。"),
             ("annex3.yaml", "        quote: 监测气体", "        quote: 监测气体和防汛")),
    "P109": (("annex3.yaml", "words: [消防], needs: [rescue]", "words: [乡镇], needs: []"),),
    "P109.needs": (("annex3.yaml", "words: [消防], needs", "words: [乡镇], needs"),),
    "P110": (("arrangements.yaml", "field: 1, muster", "field: 1, heads: 办公室, muster"),),
    "P111": (("annex3.yaml", SECOND, f"{SECOND}\n{THIRD}"),),
    "P111.local": (
        ("annex3.yaml", SECOND, f"{SECOND}\n{THIRD}"),
        ("arrangements.yaml", "people:\n", "people:\n  丙县长: {order: 3, src: g1}\n"),
    ),
    "P112": (("norms.yaml", LIMITS.splitlines()[2] + "\n", ""),),
    "P113": (("norms.yaml", "to: arrived\n    within: 15 min", "to: arrived\n    within: 5 min"),),
    "P113.far": (("norms.yaml", "to: arrived\n    within: 15 min", "to: arrived\n    within: 10 min"),),
}  # fmt: skip

I02 = "    after: {event: activated, delay: 10 min}"
SCRIPTED: dict[str, tuple[Edit, ...]] = {
    "S201.condition": ((SCENARIO, "when: late(fire.arrive) or injured > 2", "when: injured > 3 or wind == 'strong'"),),
    "S201.after": (
        (SCENARIO, "when: late(fire.arrive) or injured > 2", "when: wind == 'strong'"),
        (SCENARIO, I02, "    after: {event: I03, delay: 5..10..20 min}"),
    ),
    "S202": ((SCENARIO, "    expect: [{who: 公安局, does: 劝离}]", ""),),
    "S203": ((SCENARIO, "points: [先侦察, 后进入]", "points: []"),),
    "S204": ((SCENARIO, "participants: {消防队: 参演, ", "participants: {环保局: 参演, 消防队: 参演, "),
             ("annex3.yaml", "condition: gas > 10 or", "condition: gas > 900 or")),
    "S205": (
        (SCENARIO, I02, "    at: T+10"),
        (SCENARIO, "hazards:", "".join(
            f"  I1{n}: {{at: T+1{n}, from: 群众, to: [公安局], channel: phone, title: 再报, message: 又来人了。, "
            "expect: [{who: 公安局, does: 劝离}]}\n" for n in (2, 5)) + "hazards:"),
    ),
    "S206": ((SCENARIO, "does: fire.rescue.departed, within: 20 min", "does: fire.rescue.departed, within: 2 min"),),
    "S206.never": (
        (SCENARIO, "{who: 消防队, does: fire.rescue.departed, within: 20 min}",
         "{who: 环保局, does: env.measure.departed, within: 20 min}"),
        ("annex3.yaml", "condition: gas > 10 or", "condition: gas > 900 or"),
    ),
    "S207": ((SCENARIO, "  O1: 首报及时", "  O1: 首报及时\n  O2: 警戒及时"),),
    "S208": ((SCENARIO, "    message: 围观的人很多。", "    message: 围观的人很多。\n    makes: {set: {crowd: true}}"),
             ("needs.yaml", "facts:\n", "facts:\n  crowd: {kind: flag, label: {zh: 围观, en: Crowd}}\n")),
    "S209": ((SCENARIO, "hazards:", "".join(
        f"  I{n}: {{at: T+{n}, from: 群众, to: [某厂], channel: phone, title: 询问, message: 问一句。, "
        "expect: [{who: 某厂, does: 答复}]}\n" for n in range(20, 98, 6)) + "hazards:"),),
    "S210": ((SCENARIO, "points: [先侦察, 后进入]", "points: [先派侦察组带检测仪进入, 后进入]"),
             (SCENARIO, "message: 阀门泄漏，一人被困。", "message: 阀门泄漏，一人被困，请先派侦察组，带检测仪进入。")),
}  # fmt: skip


def planted(folder: Path, *edits: Edit) -> Path:
    """A copy of the clean plan with edits."""
    copy(folder)
    for file, old, new in (*CLEAN, *edits):
        path = folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, (file, old)
        path.write_text(text.replace(old, new), "utf-8")
    return folder


def of_plan(folder: Path) -> tuple[Flaw, ...]:
    return plan_flaws(load_roster(folder).model)


def of_script(folder: Path) -> tuple[Flaw, ...]:
    roster = load_roster(folder)
    return look_at_script(load_scenario(folder / SCENARIO, roster), roster)


def named(flaws: tuple[Flaw, ...]) -> set[str]:
    return {f"{flaw.code}.{flaw.variant}".rstrip(".") for flaw in flaws}


def test_nothing_is_found_on_a_clean_plan_and_in_a_clean_script(tmp_path: Path) -> None:
    folder = planted(tmp_path)
    assert of_plan(folder) == ()
    assert of_script(folder) == ()


@pytest.mark.parametrize("kind", PLANTED)
def test_each_defect_planted_in_a_plan_is_found_and_nothing_else(tmp_path: Path, kind: str) -> None:
    found = named(of_plan(planted(tmp_path, *PLANTED[kind])))
    along = {"P105.after": {"P105.condition"}}  # what it waits for must itself be out of reach
    assert found == {kind} | along.get(kind, set())


@pytest.mark.parametrize("kind", SCRIPTED)
def test_each_defect_planted_in_a_script_is_found_and_nothing_else(tmp_path: Path, kind: str) -> None:
    found = named(of_script(planted(tmp_path, *SCRIPTED[kind])))
    along = {"S201.after": {"S201.condition"}}
    assert found == {kind} | along.get(kind, set())


def test_a_demonstration_may_show_its_answers(tmp_path: Path) -> None:
    shown = planted(
        tmp_path, *SCRIPTED["S210"], (SCENARIO, "purpose: 检验性", "purpose: 示范性\nscripted: true")
    )
    assert of_script(shown) == ()


def test_every_kind_has_its_words_in_both_languages() -> None:
    kinds = {*PLANTED, *SCRIPTED}
    assert kinds == set(STATEMENTS)
    codes = {kind.partition(".")[0] for kind in kinds}
    assert codes == set(TITLES) == set(WHY) == {key.partition(".")[0] for key in ADVICE}


@pytest.mark.parametrize("kind", [*PLANTED, *SCRIPTED])
def test_every_sentence_reads_whole(tmp_path: Path, kind: str) -> None:
    folder = planted(tmp_path, *(PLANTED.get(kind) or SCRIPTED[kind]))
    for flaw in of_plan(folder) if kind in PLANTED else of_script(folder):
        for lang in ("zh", "en"):
            for text in (flaw.title(lang), flaw.statement(lang), flaw.why(lang), flaw.advice(lang)):  # type: ignore[arg-type]
                assert text
                assert "{" not in text
                assert "'zh'" not in text


# --- Annex 3


def test_what_is_found_on_annex_3() -> None:
    """The whole list as it was read and agreed; a change of the register or of a rule shows here."""
    found = [
        {"code": f"{flaw.code}.{flaw.variant}".rstrip("."), "severity": flaw.severity, "subject": flaw.subject,
         "statement": flaw.statement(), "quotes": list(flaw.quotes)}
        for flaw in plan_flaws(load_roster().model)
    ]  # fmt: skip
    assert found == json.loads(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize(
    ("code", "subject", "words"),
    [
        ("P101", "evacuation", "群众疏散"),
        ("P102", "comms", "没有一家牵头"),
        ("P104", "industry.rescue", "重特大"),
        ("P107", "industry.rescue", "重特大"),
        ("P107", "union.inquiry", "一般"),
        ("P108", "区生态环境局·geohazard", "地质灾害"),
        ("P108", "区市场监管局·catering", "餐饮"),
        ("P108", "应急值守专班·local_government", "事发地人民政府"),
        ("P109", "township", "乡镇"), ("P109", "education", "教育"), ("P109", "gas", "燃气"),
        ("P109", "power", "供电"), ("P109", "ambulance", "120"), ("P109", "experts", "专家"),
        ("P109", "prosecutors", "检察"),
        ("P110", "区应急局局长", "现场总指挥"),
        ("P111", "副指挥长", "递补"),
        ("P112", "norms", "没有任何时限"),
        ("P113", "fire.arrive", "最快"),
    ],
)  # fmt: skip
def test_the_oddities_of_annex_3_are_found(code: str, subject: str, words: str) -> None:
    """Each that the office knows of, by rules over the data; the plan's own words are quoted where it has any."""
    (flaw,) = [
        flaw for flaw in plan_flaws(load_roster().model) if (flaw.code, flaw.subject) == (code, subject)
    ]
    assert words in flaw.statement() + "".join(flaw.quotes)
    official = "".join(
        member.official
        for members in (load_roster().model.register_.bodies, load_roster().model.register_.units)
        for member in members.values()
    )
    if code in ("P102", "P104", "P107", "P108", "P111"):
        assert flaw.quotes
        assert all(quote in official for quote in flaw.quotes)


# --- what the rules stand on


def test_no_play_is_faster_than_the_fastest_way() -> None:
    """Every first journey of every task, in random plays and in the fastest, takes at least what the rule says."""
    roster = load_roster()
    exact = 0
    for name in ("blast-furnace-gas", "ammonia-cold-store"):
        plan = compile_plan(roster.model, load_scenario(name).model)
        duties = {duty.id: duty for duty in plan.duties}
        for draws in (FastestDraws(), RandomDraws(1, 0), RandomDraws(1, 1)):
            for record in play(plan, draws=draws).records:
                steps = ("acknowledged", "departed", "arrived", "started")
                if record.duty and "departed" in record.stages:
                    for begin, stop in ((a, b) for i, a in enumerate(steps) for b in steps[i + 1 :]):
                        if begin in record.stages and stop in record.stages:
                            least = fastest_duty(plan, duties[record.duty], begin, stop)
                            assert least is not None
                            assert record.stages[stop] - record.stages[begin] >= least
                            exact += record.stages[stop] - record.stages[begin] == least
    assert exact > 20  # and it is reached: the rule is no mere lower bound


def test_can_hold_agrees_with_trying_every_value() -> None:
    """Random conditions over two flags and two counts, tried on a wide grid: what holds somewhere can hold."""
    roster = load_roster()
    plan = compile_plan(roster.model, load_scenario("blast-furnace-gas").model)
    place = {fact.id: i for i, fact in enumerate(plan.facts)}
    rng = random.Random(7)
    agreed: dict[bool, int] = {True: 0, False: 0}
    for _ in range(300):
        condition = _condition(rng, place)
        truly = any(
            _tried(plan, place, condition, fire, leak, dead, hurt)
            for fire in (False, True) for leak in (False, True) for dead in range(9) for hurt in range(9)
        )  # fmt: skip
        assert can_hold(plan, condition) == truly, condition.text
        agreed[truly] += 1
    assert min(agreed.values()) > 20


def _condition(rng: random.Random, place: dict[str, int]) -> Any:
    from sim.plan.conditions import compile_condition

    def part() -> str:
        return rng.choice(
            ["fire", "not fire", "leaking", "not leaking",
             f"dead >= {rng.randint(0, 4)}", f"dead < {rng.randint(0, 3)}",
             f"injured == {rng.randint(0, 3)}", "dead > injured", "injured >= dead", "dead + injured <= 1",
             f"injured - dead > {rng.randint(0, 2)}"]
        )  # fmt: skip

    return compile_condition(" and ".join(part() for _ in range(rng.randint(2, 5))), place)


def _tried(
    plan: Any, place: dict[str, int], condition: Any, fire: bool, leak: bool, dead: int, hurt: int
) -> bool:
    values = [fact.default for fact in plan.facts]
    for name, value in (("fire", fire), ("leaking", leak), ("dead", dead), ("injured", hurt)):
        values[place[name]] = value
    return bool(condition.test(values, [True] * len(values)))
