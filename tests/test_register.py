"""The register says what Annex 3 says, whole and word for word, and our reading of it hangs together."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sim.plan.condition_kinds import condition_faults
from sim.plan.conditions import compile_condition, facts_named, pseudo_facts
from sim.plan.schema import Body, Duty, Needs, Reads, Register

ROSTER = Path(__file__).parents[1] / "roster"

POSTS = ["区政府常务副区长", "分管副区长", "区政府协管安全生产副主任", "区应急局局长", "区工信局局长"]
BODIES = ["区指挥部", "区指挥部办公室", "应急值守专班"]
UNITS = [
    "区委宣传部", "区总工会", "区新闻办", "区公安局", "区财政局",
    "区自然资源局", "区发改委", "区卫健委", "区应急局", "区工信局",
    "区能源局", "区民政局", "区交通局", "朔城区公路分局", "区人社局",
    "区商务局", "区市场监管局", "区农业农村局", "区生态环境局", "区气象局",
    "移动朔城区分公司", "联通朔城区分公司", "电信朔城区分公司", "区应急救援大队", "区消防救援大队",
]  # fmt: skip

# First 16 hex digits of the SHA-256 of each official cell, taken from the plan itself, not from the register.
CELLS = {
    "区指挥部": "80be34835333fe09",
    "区指挥部办公室": "a6e247d0bc4f0aba",
    "应急值守专班": "67f17c726bb9ebeb",
    "区委宣传部": "695b2a154002f93c",
    "区总工会": "52ee85d0f4bc86bd",
    "区新闻办": "19c93c88495582c9",
    "区公安局": "ffea2e5eab5d4cf0",
    "区财政局": "8755c4dca0dbb7d4",
    "区自然资源局": "9ab111a446f70245",
    "区发改委": "d4512d691bbb1166",
    "区卫健委": "53775512154ec421",
    "区应急局": "4b2f696a94d6fc06",
    "区工信局": "6ef9e2ca0700fb64",
    "区能源局": "e4f92244accd8afe",
    "区民政局": "fb37c076dd5f9240",
    "区交通局": "7e022bd6b3966d01",
    "朔城区公路分局": "abb75da75901eb21",
    "区人社局": "2ac7c3718689a579",
    "区商务局": "7687dcc6f306a560",
    "区市场监管局": "7ff10ad440000067",
    "区农业农村局": "c32275ca545e471a",
    "区生态环境局": "8f39c6c75f52627d",
    "区气象局": "3451f3025d3cb64e",
    "移动朔城区分公司": "4784e29cad4b959c",
    "联通朔城区分公司": "4784e29cad4b959c",
    "电信朔城区分公司": "4784e29cad4b959c",
    "区应急救援大队": "6e6e52786e4e6657",
    "区消防救援大队": "202336525351d70c",
}

CONNECTIVES = ("以及", "负责", "并", "和", "及", "与", "等", "的")
LEAD_INS: dict[str, str] = {}  # phrase of an official cell that no quote holds → why; none is needed today

# Needs that Annex 3 gives to nobody: holes of the plan, to be shown and never papered over.
UNOWNED = {"evacuation", "shelter", "process_advice"}

# Facts of needs that nobody sees: a decision, told to headquarters by an inject.
TOLD_ONLY = {"supplies_needed", "funds_needed"}


def load(name: str) -> Any:
    return YAML(typ="safe", pure=True).load(ROSTER / name)


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.model_validate(load("annex3.yaml"))


@pytest.fixture(scope="module")
def needs() -> Needs:
    return Needs.model_validate(load("needs.yaml"))


def members(register: Register) -> dict[str, Body]:
    return {**register.bodies, **register.units}


def duties(register: Register) -> Iterator[tuple[str, str, Duty]]:
    for name, body in members(register).items():
        for duty_id, duty in body.duties.items():
            yield name, duty_id, duty


def played(register: Register) -> dict[str, Reads]:
    return {duty_id: duty.reads for _, duty_id, duty in duties(register) if duty.reads}


def uncovered(body: Body) -> str:
    """What is left of the official cell once quotes, connectives and punctuation are taken out."""
    held = [False] * len(body.official)
    for duty in body.duties.values():
        quote = duty.quote or ""
        start = body.official.find(quote)
        while quote and start >= 0:
            held[start : start + len(quote)] = [True] * len(quote)
            start = body.official.find(quote, start + 1)
    rest = "".join("，" if covered else sign for sign, covered in zip(body.official, held, strict=True))
    for phrase in (*LEAD_INS, *CONNECTIVES):
        rest = rest.replace(phrase, "，")
    return "".join(sign for sign in rest if sign.isalnum())


def sight(reads: Reads, needs: Needs) -> set[str]:
    """The facts that a duty sees, its default included."""
    if reads.sees is not None:
        return set(reads.sees)
    return set(facts_named(needs.needs[reads.serves].when)) if reads.place == "scene" else set()


def written(reads: Reads) -> set[str]:
    counts = {reads.batch.gives} if reads.batch else set()
    return {*reads.achieves.set, *reads.achieves.add, *counts}


# --- what is law --------------------------------------------------------------------------------------


def test_every_post_body_and_unit_stands_under_its_printed_name_and_number(register: Register) -> None:
    for group, names in ((register.posts, POSTS), (register.bodies, BODIES), (register.units, UNITS)):
        assert sorted(group, key=lambda name: group[name].number) == names
        assert sorted(entry.number for entry in group.values()) == list(range(1, len(names) + 1))
    assert [register.posts[name].title for name in POSTS] == ["指挥长"] + ["副指挥长"] * 4


@pytest.mark.parametrize("name", CELLS)
def test_the_official_cell_is_the_plans_own(register: Register, name: str) -> None:
    assert hashlib.sha256(members(register)[name].official.encode()).hexdigest()[:16] == CELLS[name]


def test_every_quote_is_an_exact_piece_of_its_own_cell(register: Register) -> None:
    for name, duty_id, duty in duties(register):
        assert duty.quote, f"{duty_id} quotes nothing"
        assert duty.quote in members(register)[name].official, f"{duty_id}: {duty.quote}"


@pytest.mark.parametrize("name", CELLS)
def test_the_quotes_cover_the_cell(register: Register, name: str) -> None:
    assert uncovered(members(register)[name]) == ""


def test_a_clause_that_is_left_out_is_found(register: Register) -> None:
    """The check of coverage fails for every single clause that no other duty quotes as well."""
    for name, body in members(register).items():
        for dropped, duty in body.duties.items():
            rest = {key: kept for key, kept in body.duties.items() if key != dropped}
            shared = any((duty.quote or "") in (kept.quote or "") for kept in rest.values())
            missing = uncovered(body.model_copy(update={"duties": rest}))
            assert bool(missing) is not shared, f"{name} {dropped}: {missing}"
    police = register.units["区公安局"]
    fewer = {key: duty for key, duty in police.duties.items() if key != "police.evidence"}
    assert uncovered(police.model_copy(update={"duties": fewer})) == "配合开展事故调查"


def test_lead_ins_are_used_and_have_reasons(register: Register) -> None:
    cells = "".join(body.official for body in members(register).values())
    assert all(phrase in cells and reason for phrase, reason in LEAD_INS.items())


# --- our reading --------------------------------------------------------------------------------------


def test_every_member_has_duties_and_their_ids_are_unique(register: Register) -> None:
    assert all(body.duties for body in members(register).values())
    ids = [duty_id for _, duty_id, _ in duties(register)]
    assert len(ids) == len(set(ids))
    assert not [one for one in ids if one.startswith("desk.")], "desk.* are the steps of the duty desk"


def test_every_duty_is_played_or_says_why_not(register: Register) -> None:
    phases = {
        "phase": {"prevention", "standing"},
        "command": {"response"},
        "words": {"response"},
        "later": {"recovery"},
    }
    for _, duty_id, duty in duties(register):
        assert (duty.reads is None) is not (duty.outside is None), duty_id
        assert duty.phase in phases.get(duty.outside or "", {"warning", "response", "recovery"}), duty_id
        assert duty.outside != "words" or duty.note, f"{duty_id}: excluded by its words, without a note"


def test_bodies_are_played_by_the_command_process_but_for_the_desks_group_at_the_scene(
    register: Register,
) -> None:
    """Headquarters, its office and the desk are what the drill's command does; one group of the desk is sent out."""
    sent = [key for body in register.bodies.values() for key, duty in body.duties.items() if duty.reads]
    assert sent == ["watch.field_group"]


def test_the_industry_bureau_is_excluded_by_its_own_words(register: Register) -> None:
    rescue = register.units["区工信局"].duties["industry.rescue"]
    assert rescue.outside == "words"
    assert "重特大" in (rescue.quote or "")


def test_only_declared_facts_and_needs_are_named(register: Register, needs: Needs) -> None:
    for duty_id, reads in played(register).items():
        assert reads.serves in needs.needs, duty_id
        takes = {reads.batch.takes} if reads.batch else set()
        named = {*(reads.sees or []), *written(reads), *takes}
        assert named <= set(needs.facts), f"{duty_id}: {named - set(needs.facts)}"


def test_every_condition_is_sound(register: Register, needs: Needs) -> None:
    kinds = {name: fact.kind for name, fact in needs.facts.items()}
    categories = {name: list(fact.values) for name, fact in needs.facts.items() if fact.values}
    texts = [need.when for need in needs.needs.values()]
    texts += [need.until for need in needs.needs.values() if need.until]
    texts += [reads.condition for reads in played(register).values() if reads.condition]
    for text in texts:
        names = [*kinds, *(pseudo.name for pseudo in pseudo_facts(text))]
        assert condition_faults(text, names, kinds, categories) == [], text


def test_batches_count_people_from_one_count_into_another(register: Register, needs: Needs) -> None:
    for duty_id, reads in played(register).items():
        assert (reads.form == "batch") is (reads.batch is not None), duty_id
        if reads.batch:
            kinds = [needs.facts[fact].kind for fact in (reads.batch.takes, reads.batch.gives)]
            assert kinds == ["count", "count"], duty_id
            assert reads.batch.takes != reads.batch.gives, duty_id


def test_what_a_duty_changes_it_reports(register: Register, needs: Needs) -> None:
    """Headquarters' picture follows reports alone, and a report holds what the duty sees."""
    for duty_id, reads in played(register).items():
        assert written(reads) <= sight(reads, needs), f"{duty_id}: {written(reads) - sight(reads, needs)}"


def test_every_fact_of_a_need_is_seen_by_somebody(register: Register, needs: Needs) -> None:
    named = {fact for need in needs.needs.values() for fact in facts_named(need.when)}
    seen = set().union(*(sight(reads, needs) for reads in played(register).values()))
    assert named - seen == TOLD_ONLY


def test_the_needs_without_an_owner_are_the_known_holes(register: Register, needs: Needs) -> None:
    assert set(needs.needs) - {reads.serves for reads in played(register).values()} == UNOWNED
    assert all(needs.needs[name].lead == "required" for name in UNOWNED)


def test_a_need_has_at_most_one_lead_and_one_where_required(register: Register, needs: Needs) -> None:
    for name, need in needs.needs.items():
        leads = [
            key for key, reads in played(register).items() if reads.serves == name and reads.role == "lead"
        ]
        expected = 0 if name in UNOWNED or need.lead == "optional" else 1
        assert len(leads) == expected, f"{name}: {leads}"


def possible(text: str, other: str, needs: Needs) -> bool:
    """Whether some situation makes the first condition true and the second false."""
    facts = sorted({*facts_named(text), *facts_named(other)})
    places = {name: place for place, name in enumerate(facts)}
    first, second = compile_condition(text, places), compile_condition(other, places)
    ranges = [(False, True) if needs.facts[name].kind == "flag" else (0, 1) for name in facts]
    known = [True] * len(facts)
    return any(first.test(v, known) and not second.test(v, known) for v in itertools.product(*ranges))


def test_no_task_waits_for_a_duty_that_may_not_be_called(register: Register, needs: Needs) -> None:
    """A prerequisite is of the same unit, and its need stands whenever the waiting duty's need stands.

    Media work waits for the press line inside one need. Rumour control waits for the line too: a rumour
    calls for public information unless the news, and with it the line, is already out.
    """
    unit = {duty_id: name for name, duty_id, _ in duties(register)}
    reads = played(register)
    for duty_id, one in reads.items():
        for wait in one.after:
            first = wait.rsplit(".", 1)[0]
            same_need = reads[first].serves == one.serves
            assert same_need or unit[first] == unit[duty_id], f"{duty_id} waits for another unit"
            when, other = (needs.needs[reads[key].serves].when for key in (duty_id, first))
            if duty_id == "press.refute":
                when = f"({when}) and not released"
            assert same_need or not possible(when, other, needs), f"{duty_id} may wait for {first} in vain"
            assert not reads[first].after, f"{duty_id}: a wait behind a wait"


def test_nobody_enters_before_the_air_is_tested(register: Register) -> None:
    reads = played(register)
    for duty_id in ("brigade.rescue", "brigade.search", "brigade.leak", "fire.rescue"):
        assert reads[duty_id].after == [f"{duty_id.split('.')[0]}.recon.finished"], duty_id


def test_names_are_short_enough_for_a_chart(register: Register) -> None:
    assert [duty.name.zh for _, _, duty in duties(register) if len(duty.name.zh) > 8] == []
