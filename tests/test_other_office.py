"""The engine knows no unit by name: an office of another kind plays its own plan; the code holds nothing of ours."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from sim import evaluate, load_roster, load_scenario, simulate, write_report
from sim.plan.schema import Roster
from sim.plan.workspace import check_workspace, list_scenarios
from sim.record.timeline import Timeline

ROOT = Path(__file__).parent.parent
HARBOUR = ROOT / "tests" / "plans" / "harbour"


@pytest.fixture(scope="module")
def drill() -> Timeline:
    roster = load_roster(HARBOUR)
    return simulate(load_scenario(HARBOUR / "scenarios/berth-seven.yaml", roster), roster, seed=3)


def names(roster: Roster) -> set[str]:
    register = roster.register_
    members = [*register.bodies.values(), *register.units.values()]
    return {
        *register.posts,
        *register.bodies,
        *register.units,
        *(duty for each in members for duty in each.duties),
    }


# --- the harbour --------------------------------------------------------------------------------------


def test_the_harbour_checks_and_shares_nothing_with_the_built_in_plan() -> None:
    assert [problem for problem in check_workspace(HARBOUR) if problem.severity == "error"] == []
    ours, built_in = load_roster(HARBOUR).model, load_roster().model
    assert len(ours.register_.units) == 5
    assert names(ours).isdisjoint(names(built_in))
    assert set(ours.needs.facts).isdisjoint(built_in.needs.facts)
    assert set(ours.needs.needs).isdisjoint(built_in.needs.needs)


def test_the_harbour_saves_first_closes_the_spill_and_ends(drill: Timeline) -> None:
    happened = {
        (row.event, row.task.split("#")[0]): row.t for row in reversed(drill.rows)
    }  # the first of each
    ended = next(row for row in drill.rows if row.event == "terminated")
    assert ended.detail["proposer"] == "调度室"
    saved = happened["finished", "tug.search"]
    assert saved < happened["finished", "tug.boom"] < happened["started", "skim.collect"]
    assert happened["finished", "clinic.warm"] > saved  # who is chilled was in the water
    assert happened["finished", "skim.collect"] < ended.t
    assert happened["started", "tug.boom"] >= 40 * 1000  # not on the ebb, which ends at T+40
    assert {row.unit for row in drill.rows if row.event == "arrived"} >= {
        "拖轮队",
        "船方",
        "清污站",
        "港医务所",
        "航道站",
    }


def test_the_harbour_is_reviewed_and_reported_in_its_own_names(drill: Timeline, tmp_path: Path) -> None:
    findings = evaluate(drill)
    late = [gap for gap in findings.gaps if gap.duty == "tug.search"]
    assert any("拖轮队" in gap.statement("zh") for gap in late)
    write_report(drill, tmp_path)
    page = (tmp_path / "report.html").read_text("utf-8")
    shown = re.sub(r"(?s)<script.*?</script>|data:[^\"]*", "", page)
    assert all(name in shown for name in ("港长", "调度室", "拖轮队", "报海事局", "搜救落水"))
    built_in = names(load_roster().model)
    assert [name for name in sorted(built_in) if name in page] == []
    assert "附件3" not in shown


def test_the_built_in_scenarios_are_not_for_another_kind_of_office(tmp_path: Path) -> None:
    assert [file.id for file in list_scenarios(HARBOUR)] == ["berth-seven"]
    (tmp_path / "roster").mkdir()
    register = (ROOT / "roster/annex3.yaml").read_text("utf-8")
    (tmp_path / "roster/annex3.yaml").write_text(register.replace("区总工会", "县总工会"), encoding="utf-8")
    assert "blast-furnace-gas" in {
        file.id for file in list_scenarios(tmp_path)
    }  # a neighbour's plan, much the same


# --- the code -----------------------------------------------------------------------------------------


def test_no_code_names_a_post_a_body_a_unit_or_a_duty_of_annex_3() -> None:
    ours = names(load_roster().model)
    assert {"区公安局", "区指挥部", "区政府常务副区长", "fire.rescue"} <= ours
    wanted = re.compile("|".join(re.escape(name) for name in sorted(ours, key=len, reverse=True)))
    hits = [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in sorted((ROOT / "sim").rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for found in wanted.finditer(line)
    ]
    assert hits == []


# --- new --empty --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("elsewhere")
def test_an_empty_workspace_checks_and_plays_to_its_end(tuiyan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = tuiyan("new", "office", "--empty")
    assert ended.code == 0
    assert sorted(os.listdir("office")) == ["notebooks", "reports", "roster", "scenarios"]
    monkeypatch.chdir("office")
    checked = tuiyan("check", "--strict", "--json")
    assert (checked.code, json.loads(checked.out)["problems"]) == (0, [])
    assert [file.id for file in list_scenarios(Path())] == ["my-first-drill"]
    roster = load_roster(".")
    drill = simulate(load_scenario("my-first-drill", roster), roster, expected=True)
    assert [row.event for row in drill.rows].count("terminated") == 1
    assert names(roster.model).isdisjoint(names(load_roster().model))


@pytest.mark.usefixtures("elsewhere")
def test_every_file_of_an_empty_workspace_says_in_chinese_what_to_fill_in(tuiyan: Any) -> None:
    tuiyan("new", "office", "--empty")
    for path in Path("office").glob("*/*.yaml"):
        comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
        assert len(re.findall(r"[\u4e00-\u9fff]", "".join(comments))) > 40, path


@pytest.mark.usefixtures("elsewhere")
def test_new_empty_leaves_what_is_there_alone(tuiyan: Any) -> None:
    Path("office").mkdir()
    Path("office/note.txt").touch()
    assert tuiyan("new", "office", "--empty").code == 2
    assert os.listdir("office") == ["note.txt"]
