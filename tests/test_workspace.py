"""Where files are looked for, which one wins, and what of them is hashed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from small import SCENARIO, SMALL, copy

from sim.errors import InputError
from sim.plan import workspace
from sim.plan.canonical import canonical, digest
from sim.plan.compile import compile_plan
from sim.plan.json_schema import schemas
from sim.plan.reading import read_text, read_yaml
from sim.plan.schema import Law, Scenario
from sim.plan.validation import validate
from sim.plan.workspace import (
    ROSTER_FILES,
    check_workspace,
    find_workspace,
    list_scenarios,
    load_roster,
    load_scenario,
)
from sim.words.problems import render


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace around the current folder whose built-in data are the small plan."""
    built_in = tmp_path / "package"
    copy(built_in / "roster")
    (built_in / "roster" / "scenarios").rename(built_in / "scenarios")
    monkeypatch.setattr(workspace, "built_in", lambda kind: built_in / kind)
    office = tmp_path / "office"
    (office / "roster").mkdir(parents=True)
    (office / "scenarios").mkdir()
    monkeypatch.chdir(office)
    return office


def test_the_nearest_folder_upwards_is_the_workspace(office: Path) -> None:
    deep = office / "reports" / "one"
    deep.mkdir(parents=True)
    assert find_workspace(deep) == office
    assert find_workspace(office.parent) is None


def test_built_in_files_fill_up_what_the_workspace_lacks(office: Path) -> None:
    roster = load_roster(office)
    assert roster.overrides == ()
    assert {file.origin for file in roster.files} == {"built-in"}
    text = (SMALL / "norms.yaml").read_text(encoding="utf-8").replace("within: 10 min", "within: 8 min")
    (office / "roster" / "norms.yaml").write_text(text, encoding="utf-8")
    own = load_roster(office)
    assert own.overrides == ("roster/norms.yaml",)
    assert own.model.norms.norms["fire.arrive"].within == "8 min"
    assert own.model.register_ == roster.model.register_


def test_a_folder_with_the_four_files_is_a_roster_too(office: Path) -> None:
    assert load_roster(SMALL).overrides == tuple(str(SMALL / name) for name in ROSTER_FILES)


def test_an_own_scenario_wins_and_says_so(office: Path) -> None:
    roster = load_roster(office)
    built_in = load_scenario("small-leak", roster)
    assert (built_in.file.origin, built_in.overrides) == ("built-in", False)
    text = (SMALL / SCENARIO).read_text(encoding="utf-8").replace("horizon: 120 min", "horizon: 130 min")
    (office / "scenarios" / "small-leak.yaml").write_text(text, encoding="utf-8")
    (office / "scenarios" / "other.yaml").write_text(
        text.replace("id: small-leak", "id: other"), encoding="utf-8"
    )
    own = load_scenario("small-leak", roster)
    assert (own.file.origin, own.overrides, own.model.horizon) == ("workspace", True, "130 min")
    assert own.file.path == "scenarios/small-leak.yaml"
    assert [(file.id, file.origin) for file in list_scenarios(office)] == [
        ("other", "workspace"),
        ("small-leak", "workspace"),
    ]
    assert load_scenario("scenarios/other.yaml", roster).overrides is False


def test_messages_name_files_from_the_current_folder(office: Path, tmp_path: Path) -> None:
    (office / "roster" / "norms.yaml").write_text("norm: {}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_roster(office)
    assert {problem.file for problem in refused.value.problems} == {"roster/norms.yaml"}
    with pytest.raises(InputError) as refused:
        load_scenario(tmp_path / "none.yaml", load_roster(SMALL))
    assert refused.value.problems[0].file == str(tmp_path / "none.yaml")


def test_a_changed_file_is_read_again(office: Path) -> None:
    path = office / "roster" / "norms.yaml"
    text = (SMALL / "norms.yaml").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    before = load_roster(office)
    assert load_roster(office) is before
    path.write_text(text.replace("within: 10 min", "within: 11.5 min"), encoding="utf-8")
    assert load_roster(office).model.norms.norms["fire.arrive"].within == "11.5 min"


def test_check_tells_of_all_files_at_once(office: Path) -> None:
    (office / "scenarios" / "one.yaml").write_text("id: one\n", encoding="utf-8")
    (office / "scenarios" / "two.yaml").write_text("id: [\n", encoding="utf-8")
    (office / "roster" / "norms.yaml").write_text("norms: {}\nmore: 1\n", encoding="utf-8")
    files = [problem.file for problem in check_workspace(office) if problem.severity == "error"]
    assert sorted(set(files)) == ["roster/norms.yaml", "scenarios/one.yaml", "scenarios/two.yaml"]


def test_a_warning_is_no_error(office: Path) -> None:
    text = (SMALL / SCENARIO).read_text(encoding="utf-8").replace("id: small-leak", "id: tiny-leak")
    (office / "scenarios" / "small-leak.yaml").write_text(text, encoding="utf-8")
    assert [problem.severity for problem in check_workspace(office)] == ["warning"]
    assert load_scenario("small-leak", load_roster(office)).model.id == "tiny-leak"


def test_order_comments_and_defaults_do_not_change_the_digest(office: Path) -> None:
    before = load_scenario("small-leak", load_roster(office)).file
    lines = (SMALL / SCENARIO).read_text(encoding="utf-8").replace("horizon: 120 min\n", "")
    shuffled = "# a comment\nscripted: false\nnetwork: false\nhorizon: '120 min'\n" + lines
    (office / "scenarios" / "small-leak.yaml").write_text(shuffled, encoding="utf-8")
    after = load_scenario("small-leak", load_roster(office)).file
    assert after.digest == before.digest
    (office / "scenarios" / "small-leak.yaml").write_text(shuffled.replace("T+5", "T+6"), encoding="utf-8")
    assert load_scenario("small-leak", load_roster(office)).file.digest != before.digest


def test_the_canonical_text_reads_back_as_the_same_input() -> None:
    scenario = load_scenario(SMALL / SCENARIO, load_roster(SMALL))
    text = scenario.file.canonical
    assert digest(text) == scenario.file.digest
    assert Scenario.model_validate_json(text) == scenario.model
    assert canonical(scenario.model) == text
    plain = json.loads(text)
    assert list(plain) == sorted(plain)
    assert plain["hazards"]["H1"]["at-most"] == 3


def test_schemas_know_every_key_of_the_files() -> None:
    given = schemas()
    assert set(given) == {
        "annex3",
        "needs",
        "strength",
        "norms",
        "law",
        "arrangements",
        "measures",
        "scenario",
    }
    for kind, schema in given.items():
        path = SMALL / (SCENARIO if kind == "scenario" else f"{kind}.yaml")
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert set(read_yaml(path).data) <= set(schema["properties"])
        assert schema["additionalProperties"] is False
    assert "at-most" in given["scenario"]["$defs"]["Hazard"]["properties"]
    assert "off-duty" in given["strength"]["$defs"]["Muster"]["properties"]
    assert "halted-by" in given["strength"]["$defs"]["Work"]["properties"]
    assert "requires" in given["law"]["$defs"]["SafetyRule"]["properties"]
    assert "first-report" in given["arrangements"]["properties"]
    assert "restored-by" in given["scenario"]["$defs"]["Broken"]["properties"]


def _own_vocabulary(office: Path, *names: str) -> Path:
    for name in names:
        shutil.copy(SMALL / name, office / "roster" / name)
    return office


def test_who_has_a_vocabulary_of_his_own_is_told_what_is_not_played(office: Path) -> None:
    roster = load_roster(_own_vocabulary(office, "annex3.yaml", "needs.yaml"))
    assert roster.model.law == Law()
    told = [(p.code, p.file, p.line, p.severity) for p in roster.warnings]
    assert told == [
        ("law-absent", "roster/law.yaml", 0, "warning"),
        ("arrangements-absent", "roster/arrangements.yaml", 0, "warning"),
    ]
    assert render(roster.warnings[0]).startswith("roster/law.yaml: 提示：没有 law.yaml：不判定事故等级")
    assert "A file that holds only {} says" in render(roster.warnings[1], "en")


def test_an_empty_mapping_says_that_it_is_meant(office: Path) -> None:
    _own_vocabulary(office, "needs.yaml", "arrangements.yaml")
    text = (office / "roster" / "arrangements.yaml").read_text(encoding="utf-8")
    (office / "roster" / "law.yaml").write_text("{}\n", encoding="utf-8")
    without = text.replace("graded(grave)", "leaking").replace("    form: short\n", "")
    (office / "roster" / "arrangements.yaml").write_text(without, encoding="utf-8")
    assert [p.code for p in load_roster(office).warnings] == ["ledger-empty"]


def test_who_changes_only_strength_keeps_law_and_arrangements(office: Path) -> None:
    roster = load_roster(_own_vocabulary(office, "strength.yaml"))
    assert roster.warnings == ()
    assert set(roster.model.law.grades) == {"ordinary", "grave"}


def test_a_limit_of_what_an_office_does_not_have_is_no_fault(office: Path) -> None:
    """norms.yaml is filled up from the built-in ones beside a register of one's own."""
    text = (SMALL / "norms.yaml").read_text(encoding="utf-8")
    text = text.replace("of: desk.report_up", "of: report.city").replace(
        "    text: 立即报告", "    since: graded.grave\n    by: report.city.finished"
    )
    (office / "roster" / "norms.yaml").write_text(text, encoding="utf-8")
    assert load_roster(office).warnings == ()
    roster = load_roster(_own_vocabulary(office, "annex3.yaml"))
    assert [p.code for p in roster.warnings] == ["law-absent", "arrangements-absent"]
    assert compile_plan(roster.model, load_scenario("small-leak", roster).model).law.grades == ()


def test_a_safety_rule_may_speak_to_guests_but_not_to_nobody(office: Path) -> None:
    text = (SMALL / "law.yaml").read_text(encoding="utf-8")
    text = text.replace("duties: [fire.rescue]", "duties: [fire.rescue, plant.shut]")
    (office / "roster" / "law.yaml").write_text(text, encoding="utf-8")
    assert check_workspace(office) == []
    (office / "roster" / "law.yaml").write_text(text.replace("plant.shut", "plant.shout"), encoding="utf-8")
    (told,) = check_workspace(office)
    assert (told.code, told.file, told.severity) == ("safety-nobody", "roster/law.yaml", "error")
    line = (office / "roster" / "law.yaml").read_text(encoding="utf-8").splitlines()[told.line - 1]
    assert line[told.column - 1 :].startswith("plant.shout")
    assert render(told).endswith("是否想写“plant.shut”？")


def test_a_safety_rule_asks_for_no_stock_that_nobody_has(office: Path) -> None:
    text = (
        (SMALL / "law.yaml")
        .read_text(encoding="utf-8")
        .replace("requires: gas < 100", "stock: breathing_sets")
    )
    (office / "roster" / "law.yaml").write_text(text, encoding="utf-8")
    strength = (SMALL / "strength.yaml").read_text(encoding="utf-8")
    held = (
        "  消防队:\n    stocks: {breathing_set: {label: {zh: 空呼, en: Set}, count: 3, src: g1}}\n    teams:"
    )
    strength = strength.replace("  消防队:\n    teams:", held)
    (office / "roster" / "strength.yaml").write_text(strength, encoding="utf-8")
    (told,) = (problem for problem in check_workspace(office) if problem.severity == "error")
    assert (told.code, told.file) == ("safety-stock-nowhere", "roster/law.yaml")
    line = (office / "roster" / "law.yaml").read_text(encoding="utf-8").splitlines()[told.line - 1]
    assert line[told.column - 1 :].startswith("breathing_sets")
    assert render(told).endswith("是否想写“breathing_set”？")


def test_keys_are_written_with_hyphens_only() -> None:
    text = (SMALL / SCENARIO).read_text(encoding="utf-8").replace("at-most: 3", "at-most: 3, at_most: 4")
    _, problems = validate(read_text(text, "file"), Scenario)
    assert [(p.code, p.values["near"]) for p in problems] == [("unknown-key", "at-most")]


def test_a_copy_under_another_name_is_a_warning_in_words(office: Path) -> None:
    """What every planner does first: copy a scenario and rename the file."""
    (office / "scenarios" / "second.yaml").write_bytes((SMALL / SCENARIO).read_bytes())
    problems = [problem for problem in check_workspace(office) if problem.code == "scenario-id"]
    assert len(problems) == 1
    assert "second" in render(problems[0], "zh")
    assert "second" in render(problems[0], "en")
