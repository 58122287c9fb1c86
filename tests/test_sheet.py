"""The sheet: what an office edits in Excel comes back into strength.yaml, only that, and never with a better grade."""

from __future__ import annotations

import datetime
import difflib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sim.errors import InputError
from sim.plan.reading import read_text, read_yaml
from sim.plan.sheet import Imported, export_sheet, read_sheet, write_sheet
from sim.plan.sheet.edit import edited, scalar
from sim.plan.workspace import built_in, load_roster
from sim.words.problems import render
from sim.words.sheet import ABOUT

ROOT = Path(__file__).parent.parent
HARBOUR = ROOT / "tests" / "plans" / "harbour"
Edit = Callable[[Workbook], None]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace of the harbour with its sheet beside it."""
    return laid(tmp_path / "office")


def laid(office: Path) -> Path:
    shutil.copytree(HARBOUR, office)
    export_sheet(office / "sheet.xlsx", load_roster(office))
    return office


def strength(office: Path) -> Path:
    return office / "roster/strength.yaml"


def edit(office: Path, change: Edit, name: str = "sheet.xlsx") -> Path:
    book = load_workbook(office / "sheet.xlsx")
    change(book)
    book.save(office / name)
    return office / name


def taken(office: Path, change: Edit) -> Imported:
    """Import the sheet after a change; return what it changed."""
    imported = read_sheet(edit(office, change, "edited.xlsx"), office)
    write_sheet(imported)
    return imported


def refused(office: Path, change: Edit) -> list[str]:
    """Return the problems of a changed sheet in words; nothing may have been written."""
    before = strength(office).read_bytes()
    with pytest.raises(InputError) as fault:
        taken(office, change)
    assert strength(office).read_bytes() == before
    return [render(problem).removeprefix(f"{office}/edited.xlsx:") for problem in fault.value.problems]


def row_of(sheet: Any, *names: str) -> int:
    for row in range(2, sheet.max_row + 1):
        if all(sheet.cell(row, n).value == name for n, name in enumerate(names, 1)):
            return row
    raise AssertionError(f"no row {names}")


def lines_changed(before: str, after: str) -> list[str]:
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]


# --- out and in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "plan", [HARBOUR, ROOT / "tests/plans/small", ROOT / "roster", ROOT / "blank"], ids=lambda p: p.name
)
def test_a_sheet_that_nobody_touched_changes_no_byte(plan: Path, lang: Any, tmp_path: Path) -> None:
    roster = plan / "roster" if (plan / "roster").is_dir() else plan
    shutil.copytree(roster, tmp_path / "roster")
    before = strength(tmp_path).read_bytes()
    export_sheet(tmp_path / "sheet.xlsx", load_roster(tmp_path), lang)
    imported = read_sheet(tmp_path / "sheet.xlsx", tmp_path)
    write_sheet(imported)
    assert (imported.text, imported.changes, imported.notes) == (None, (), ())
    assert strength(tmp_path).read_bytes() == before


def test_the_sheet_holds_what_the_roster_says(office: Path) -> None:
    book = load_workbook(office / "sheet.xlsx")
    assert book.sheetnames[:-1] == ["说明", "单位", "值班", "席位", "队伍", "集结", "行程", "来源"]
    assert book.worksheets[-1].sheet_state == "hidden"
    muster, teams, duty = book["集结"], book["队伍"], book["值班"]
    assert [cell.value for cell in muster[row_of(muster, "拖轮队")]] == [
        "拖轮队",
        "3..4..8 min",
        "5..8..15 min",
        "log",
        "实测",
    ]
    assert [cell.value for cell in teams[row_of(teams, "拖轮队", "tug")]] == [
        "拖轮队",
        "tug",
        2,
        "log",
        "实测",
    ]
    assert [cell.value for cell in duty[row_of(duty, "缺省")]][4:9] == [0.9, None, 2, "甚高频", "say"]
    assert [cell.value for cell in muster[row_of(muster, "船方")]][1:] == [None] * 4  # it has the defaults
    about = "".join(str(row[0]) for row in book["说明"].iter_rows(values_only=True))
    assert "【演练】" in about
    assert "3..5..9 min" in about
    assert len(ABOUT) == book["说明"].max_row


def test_one_changed_cell_changes_one_line_and_keeps_its_comment(office: Path) -> None:
    before = strength(office).read_text("utf-8")

    def change(book: Workbook) -> None:
        sheet = book["集结"]
        row = row_of(sheet, "拖轮队")
        sheet.cell(row, 2).value, sheet.cell(row, 4).value = "2..3..6 min", "say"

    imported = taken(office, change)
    assert lines_changed(before, strength(office).read_text("utf-8")) == [
        "-    muster: {duty: 3..4..8 min, off-duty: 5..8..15 min, src: log}   # 备车",
        "+    muster: {duty: 2..3..6 min, off-duty: 5..8..15 min, src: say}   # 备车",
    ]
    told = [(each.place.split("!")[0], each.old, each.new) for each in imported.changes]
    assert told == [("集结", "3..4..8 min", "2..3..6 min"), ("集结", "log", "say")]
    assert load_roster(office).model.strength.units["拖轮队"].muster.duty == "2..3..6 min"  # type: ignore[union-attr]


def test_figures_of_its_own_are_put_in_and_taken_out(office: Path) -> None:
    before = strength(office).read_text("utf-8")

    def own(book: Workbook) -> None:
        sheet, units, teams = book["集结"], book["单位"], book["队伍"]
        row = row_of(sheet, "船方")
        for place, value in enumerate(("1 min", "2 min", "say"), 2):
            sheet.cell(row, place).value = value
        units.cell(row_of(units, "清污站"), 2).value = "全天"
        teams.append(["航道站", "boat", 1, "log"])

    taken(office, own)
    units = load_roster(office).model.strength.units
    assert (units["船方"].muster.duty, units["清污站"].staffed) == ("1 min", "always")  # type: ignore[union-attr]
    assert units["航道站"].teams["boat"].count == 1
    export_sheet(office / "sheet.xlsx", load_roster(office), overwrite=True)

    def none(book: Workbook) -> None:
        sheet, units, teams = book["集结"], book["单位"], book["队伍"]
        for place in (2, 3, 4):
            sheet.cell(row_of(sheet, "船方"), place).value = None
        units.cell(row_of(units, "清污站"), 2).value = None
        teams.cell(row_of(teams, "航道站", "boat"), 3).value = None
        teams.cell(row_of(teams, "航道站", "boat"), 4).value = None

    taken(office, none)
    after = strength(office).read_text("utf-8").replace("    teams: {}\n", "")
    assert after == before


def test_several_copies_come_in_one_after_another_and_a_clash_is_told(office: Path) -> None:
    def first(book: Workbook) -> None:
        book["队伍"]["C2"], book["队伍"]["D2"] = 3, "say"

    def second(book: Workbook) -> None:
        book["席位"]["B2"], book["席位"]["D2"] = 2, "say"

    def clash(book: Workbook) -> None:
        book["队伍"]["C2"], book["队伍"]["D2"] = 4, "say"

    taken(office, first)
    taken(office, second)  # exported before the first came in: it does not turn it back
    now = load_roster(office).model.strength
    assert (now.units["拖轮队"].teams["tug"].count, now.desk.operators.duty) == (3, 2)
    (told,) = refused(office, clash)
    assert told.startswith("队伍!C2: 导出以后有人把它从 2 改成了 3，这里又改成 4。")
    assert taken(office, first).changes == ()  # what is there already is no change


DURATIONS = st.sampled_from(
    ["0 min", "5 min", "1..2..4 min", "uniform(1, 2) min", "0.5 h", "90 s", "exp(2 min)"]
)
BLOCKS = (("集结", 2, 3, 4), ("行程", 2, 3, 4))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_edit_comes_back_as_it_was_typed_and_out_again(
    data: st.DataObject, tmp_path_factory: Any
) -> None:
    """Random blocks, teams and choices filled or cleared: the roster says what the sheet said, nothing else moved."""
    office = laid(tmp_path_factory.mktemp("sheet") / "office")
    old = read_yaml(strength(office)).data
    wanted: dict[tuple[str, str], Any] = {}
    book = load_workbook(office / "sheet.xlsx")
    units = ["拖轮队", "船方", "清污站", "港医务所", "航道站"]
    for title, *columns in BLOCKS:
        for unit in data.draw(st.lists(st.sampled_from(units), unique=True)):
            row, key = row_of(book[title], unit), "muster" if title == "集结" else "travel"
            figures = data.draw(st.one_of(st.none(), st.tuples(DURATIONS, DURATIONS)))
            values = (None, None, None) if figures is None else (*figures, "")
            for column, value in zip(columns, values, strict=True):
                book[title].cell(row, column).value = value
            wanted[unit, key] = figures
    at = data.draw(
        st.dictionaries(
            st.sampled_from(units), st.sampled_from(["=1+1", "@码头", "- 一号", "a: b #c", "'", "{x", "是"])
        )
    )
    for unit, text in at.items():
        cell = book["单位"].cell(row_of(book["单位"], unit), 5)
        cell.value, cell.data_type = text, "s"
    book.save(office / "sheet.xlsx")
    write_sheet(read_sheet(office / "sheet.xlsx", office))
    new = load_roster(office).model.strength
    for (unit, key), figures in wanted.items():
        block = getattr(new.units[unit], key)
        was = old["units"].get(unit, {}).get(key)
        assert (None if block is None else list(block.model_dump(by_alias=True).values())[:2]) == (
            figures and list(figures)
        )
        if figures and (was is None or list(was.values())[:2] != list(figures)):
            assert new.sources[block.src].grade == "guess"
    for unit, each in old["units"].items():
        assert new.units[unit].at == at.get(unit, each.get("at"))
        for key in ("muster", "travel"):
            if (unit, key) not in wanted and key in each:
                assert getattr(new.units[unit], key).model_dump(by_alias=True) == each[key]
        assert {name: work.src for name, work in new.units[unit].work.items()} == {
            n: w["src"] for n, w in each["work"].items()
        }
    assert "# 两条拖轮轮流值守" in strength(office).read_text("utf-8")
    export_sheet(office / "again.xlsx", load_roster(office))
    assert read_sheet(office / "again.xlsx", office).text is None


# --- what people type and Excel makes of it -----------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (5, "5 min"), (2.5, "2.5 min"), ("５", "5 min"), ("2-3-6分钟", "2..3..6 min"),
        ("２～３～６ min", "2..3..6 min"),
        ("2…3…6 min", "2..3..6 min"), ("1小时", "1 h"), ("90秒", "90 s"), (" 7 min ", "7 min"),
        ("2至3至6分", "2..3..6 min"),
        ("3. .4", None), ("5 min左右", None), ("约5分钟", None),
    ],
)  # fmt: skip
def test_a_length_of_time_is_understood_where_there_is_one_way_to_take_it(
    office: Path, typed: Any, meant: str | None
) -> None:
    def change(book: Workbook) -> None:
        sheet = book["集结"]
        row = row_of(sheet, "船方")
        sheet.cell(row, 2).value, sheet.cell(row, 3).value = typed, "9 min"

    if meant is None:
        (told,) = refused(office, change)
        assert "不是时长" in told
        return
    taken(office, change)
    assert load_roster(office).model.strength.units["船方"].muster.duty == meant  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "meant"), [("85%", 0.85), ("８５％", 0.85), ("0.5", 0.5), (1, 1.0), (0, 0.0)]
)
def test_a_chance_may_be_a_percentage(office: Path, typed: Any, meant: float) -> None:
    def change(book: Workbook) -> None:
        sheet = book["值班"]
        row = row_of(sheet, "缺省")
        sheet.cell(row, 5).value, sheet.cell(row, 9).value = typed, None

    taken(office, change)
    assert load_roster(office).model.strength.defaults.answer.chance == meant


# Cells of the harbour's sheet → what is said of them.
BAD = [
    ("a-clock", "集结", "B3", datetime.time(0, 5), "变成了钟点或日期“00:05:00”"),
    ("a-date", "集结", "B3", datetime.datetime(2026, 1, 2), "变成了钟点或日期"),
    ("a-formula", "集结", "C2", "=B2*2", "这里是公式“=B2*2”"),
    ("an-error", "集结", "C2", "#REF!", "表格在这里算出了错误“#REF!”"),
    ("two-numbers", "集结", "B2", "3-9 min", "“3-9 min”只有两个数"),
    ("out-of-order", "集结", "B2", "9..3..1 min", "次序不对"),
    ("a-negative-time", "集结", "B2", -5, "时长不能为负"),
    ("a-time-too-long", "集结", "B2", "900 d", "超过 60 天"),
    ("true", "集结", "B2", True, "“true”不是时长"),
    ("half-a-block", "集结", "C3", None, "同一组数要么都写"),
    ("a-source-without-figures", "集结", "D4", "say", "写了来源却没有数"),
    ("no-default", "席位", "B2", None, "同一组数要么都写"),
    ("no-such-source", "集结", "D3", "lag", "没有编号为“lag”的来源。请先在“来源”表添一行。是否想写“log”？"),
    ("a-better-grade", "集结", "E2", "实测", "等级随来源而定：“say”是估计，不是“实测”"),
    ("a-source-regraded", "来源", "B3", "实测", "来源“say”已有数在用"),
    ("no-such-unit", "集结", "A3", "拖轮对", "没有叫“拖轮对”的单位。是否想写“拖轮队”？"),
    ("nobody", "集结", "A3", None, "没有写是谁。请补上“单位”"),
    ("a-unit-twice", "集结", "A4", "拖轮队", "“拖轮队”重复，集结!A3 已有一行"),
    ("a-column-twice", "集结", "C1", "工作时间", "“工作时间”列出现两次"),
    ("no-column-of-names", "集结", "A1", "谁", "没有“单位”列"),
    ("85-of-100", "值班", "E2", 85, "“85”不是概率"),
    ("three-times", "值班", "G2", "三次", "“三次”不是整数"),
    ("half-a-team", "队伍", "C2", 1.5, "“1.5”不是整数"),
    ("no-such-channel", "值班", "H2", "大喇叭", "“大喇叭”不在可选范围：甚高频"),
    ("no-such-network", "单位", "C3", "移动网络", "“移动网络”不在可选范围：岸上电话"),
    ("default-network", "单位", "C2", "岸上电话", "“缺省”一行没有这一项"),
    ("default-not-staffed", "单位", "B2", None, "这一格不能空"),
]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_cell_is_refused_at_its_place(
    office: Path, sheet: str, cell: str, value: Any, said: str
) -> None:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    told = refused(office, change)
    assert any(said in line for line in told), told
    if value is not None and "重复" not in said and cell[1:] != "1":
        assert told[0].startswith(f"{sheet}!{cell}: ")


def test_what_is_wrong_for_the_roster_is_told_at_its_cell_too(office: Path) -> None:
    """Faults that only the whole roster shows: a limit, an id, a team that work needs."""

    def limits(book: Workbook) -> None:
        book["席位"]["B2"], book["席位"]["D2"] = 200, None
        book["队伍"].append(["航道站", "Big Boat", 1])

    def gone(book: Workbook) -> None:
        sheet = book["队伍"]
        row = row_of(sheet, "清污站", "skimmer")
        sheet.cell(row, 3).value = sheet.cell(row, 4).value = None

    first, second = refused(office, limits)
    assert first == "席位!B2: 200 太大，至多为 100。"
    assert second.startswith("队伍!C5: “Big Boat”不能作编号")
    (told,) = refused(office, gone)
    assert "skimmer" in told


def test_all_bad_cells_are_told_at_once_in_the_order_of_the_sheet(office: Path) -> None:
    def change(book: Workbook) -> None:
        book["来源"]["B2"] = "估计"
        book["集结"]["B2"], book["集结"]["C3"] = "x", "y"
        book["单位"]["B3"] = "有时"

    places = [line.split(": ")[0] for line in refused(office, change)]
    assert places == ["单位!B3", "集结!B2", "集结!C3", "来源!B2"]


def test_what_is_not_ours_is_passed_over_with_a_note(office: Path) -> None:
    def change(book: Workbook) -> None:
        book["集结"]["H1"], book["集结"]["H3"] = "备注", "打过电话"
        book["行程"].delete_rows(3)
        book["行程"].delete_cols(3)
        del book["席位"]
        book.create_sheet("我的表")

    imported = taken(office, change)
    assert imported.changes == ()
    assert [(note.key, note.values.get("title")) for note in imported.notes] == [
        ("note.column", "集结"), ("note.missing", "行程"), ("note.foreign", "我的表"), ("note.sheet", "席位"),
        ("note.rows", "行程"),
    ]  # fmt: skip


def test_a_text_that_begins_like_a_formula_is_text_on_both_ways(office: Path) -> None:
    text = (
        strength(office)
        .read_text("utf-8")
        .replace("    staffed: always\n", "    at: '=HYPERLINK(\"x\")'\n    staffed: always\n", 1)
    )
    strength(office).write_text(text, encoding="utf-8")
    export_sheet(office / "sheet.xlsx", load_roster(office), overwrite=True)
    for sheet in load_workbook(office / "sheet.xlsx"):
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    assert read_sheet(office / "sheet.xlsx", office).text is None


def test_a_sheet_made_by_hand_is_compared_with_the_roster_of_today(office: Path) -> None:
    def change(book: Workbook) -> None:
        del book["_base"]
        book["队伍"]["C2"], book["队伍"]["D2"] = 3, "say"

    imported = taken(office, change)
    assert [(each.old, each.new) for each in imported.changes] == [(2, 3), ("log", "say")]
    assert [note.key for note in imported.notes] == ["note.base"]


# --- grades -------------------------------------------------------------------------------------------


def test_a_changed_figure_does_not_keep_the_source_of_the_old_one(office: Path) -> None:
    def change(book: Workbook) -> None:
        book["集结"]["B3"] = "2..3..6 min"

    (told,) = refused(office, change)
    assert told.startswith("集结!D3: 数改了（3..4..8 min → 2..3..6 min），来源还是“log”（实测）")


def test_a_changed_figure_without_a_source_is_a_guess(office: Path) -> None:
    def change(book: Workbook) -> None:
        book["集结"]["B3"], book["集结"]["D3"] = "2..3..6 min", None

    imported = taken(office, change)
    roster = load_roster(office).model.strength
    assert roster.sources[roster.units["拖轮队"].muster.src].grade == "guess"  # type: ignore[union-attr]
    assert ("measured", "guess") in [(each.old_grade, each.new_grade) for each in imported.changes]
    assert read_sheet(office / "edited.xlsx", office).text is None  # coming in twice changes nothing more


def test_a_new_source_is_registered_in_the_sheet_itself(office: Path) -> None:
    def change(book: Workbook) -> None:
        book["来源"].append(["drill-2026", "实测", "2026年三次演练计时"])
        book["集结"]["B3"], book["集结"]["D3"] = "2..3..6 min", "drill-2026"

    taken(office, change)
    roster = load_roster(office).model.strength
    assert roster.sources["drill-2026"].grade == "measured"
    assert roster.units["拖轮队"].muster.src == "drill-2026"  # type: ignore[union-attr]


def test_a_figure_written_otherwise_is_not_changed(office: Path) -> None:
    def change(book: Workbook) -> None:
        book["集结"]["B3"], book["集结"]["C3"] = "3-4-8 分钟", "5..8..15min"

    assert taken(office, change).changes == ()


# --- the text of the file -----------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"])
SCALARS = st.one_of(
    st.integers(-5, 99),
    st.floats(0, 1).map(lambda n: round(n, 3)),
    st.booleans(),
    st.text(LETTERS, max_size=8),
)


@given(SCALARS)
def test_any_value_is_written_so_that_it_reads_back(value: Any) -> None:
    assert read_text(f"block: {scalar(value)}\nflow: {{v: {scalar(value)}, w: 1}}\n", "").data == {
        "block": value,
        "flow": {"v": value, "w": 1},
    }


STYLES = (
    "m:\n  # first\n  a: {v: 1, w: 2}  # keep\n\n  b:\n    v: x   # x\n    w: 'y'\n  # last\nz: 1\n",
    "m: {a: {v: 1, w: 2}, b: {v: x, w: y}}\nz: 1",
    "z: 1  # z\nm:\n    b: {\n      v: x,  # in a flow\n      w: y }\n"
    "    a:\n        v: 1\n        w: >-\n          folded\n          text\n",
)


@pytest.mark.parametrize("text", STYLES, ids=["block", "flow", "mixed"])
@given(
    changes=st.dictionaries(
        st.tuples(st.just("m"), st.sampled_from(["a", "b", "c"]), st.sampled_from(["v", "w", "n"])),
        st.one_of(st.none(), SCALARS),
    )
)
def test_changes_of_a_text_do_what_they_say_and_keep_its_comments(text: str, changes: dict[Any, Any]) -> None:
    wanted = read_text(text, "").data
    for (_, holder, key), value in changes.items():
        if value is not None:
            wanted["m"].setdefault(holder, {})[key] = value
        elif holder in wanted["m"]:
            wanted["m"][holder].pop(key, None)
    new = edited(text, changes, {})
    assert read_text(new, "").data == wanted
    assert [line for line in ("# first", "# last", "# z") if line in text and line not in new] == []
    if not changes:
        assert new == text


# --- the command --------------------------------------------------------------------------------------


def test_sheet_shows_what_changed_and_a_dry_run_only_shows(
    tuiyan: Any, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    before = strength(office).read_bytes()
    os.remove("sheet.xlsx")
    assert tuiyan("sheet", "export", "-o", "sheet.xlsx").code == 0

    def change(book: Workbook) -> None:
        book["集结"]["B3"], book["集结"]["D3"] = "2..3..6 min", None

    edit(office, change)
    dry = tuiyan("sheet", "import", "sheet.xlsx", "--dry-run")
    assert (dry.code, strength(office).read_bytes()) == (0, before)
    assert all(
        text in dry.out
        for text in ("集结!B3", "3..4..8 min", "2..3..6 min", "log（实测）", "office（估计）", "未写入")
    )
    told = json.loads(tuiyan("sheet", "import", "sheet.xlsx", "--json").out)
    assert (told["written"], told["changes"][0]["new"]) == (True, "2..3..6 min")
    assert strength(office).read_bytes() != before
    assert "没有改动" in tuiyan("sheet", "import", "sheet.xlsx").out
    assert [name for name in os.listdir(".") + os.listdir("roster") if name.startswith(".")] == []
    assert tuiyan("check").code == 0


def test_a_bad_cell_ends_with_2_and_writes_nothing(
    tuiyan: Any, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    before = strength(office).read_bytes()

    def change(book: Workbook) -> None:
        book["集结"]["B3"] = "soon"
        book["队伍"]["C2"], book["队伍"]["D2"] = 3, None  # good by itself

    edit(office, change)
    ended = tuiyan("sheet", "import", "sheet.xlsx", "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert "sheet.xlsx:集结!B3: 'soon' is no length of time" in ended.err
    assert strength(office).read_bytes() == before


@pytest.mark.parametrize(("place", "said"), [("nowhere", "tuiyan new my-office"), ("checkout", "内置名录")])
def test_only_a_workspace_takes_a_sheet(
    tuiyan: Any, office: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    if place == "checkout":
        monkeypatch.chdir(built_in("roster").parent)
    before = (built_in("roster") / "strength.yaml").read_bytes()
    ended = tuiyan("sheet", "import", office / "sheet.xlsx")
    assert ended.code == 2
    assert said in ended.err
    assert (built_in("roster") / "strength.yaml").read_bytes() == before


def test_a_workspace_without_strength_of_its_own_gets_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    export_sheet(tmp_path / "sheet.xlsx", load_roster())
    assert read_sheet(tmp_path / "sheet.xlsx", tmp_path).text is None

    def change(book: Workbook) -> None:
        book["席位"]["B2"], book["席位"]["D2"] = 5, None

    taken(tmp_path, change)
    assert load_roster(tmp_path).model.strength.desk.operators.duty == 5
    assert load_roster().model.strength.desk.operators.duty == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["export"], "-o"), (["import"], "表格文件"), (["export", "x.xlsx", "-o", "y.xlsx"], "export 不使用 FILE"),
        (["import", "x.xlsx", "-o", "y.xlsx"], "import 不使用 -o"), (["export", "-o", "x.csv"], ".xlsx 结尾"),
        (["import", "none.xlsx"], "没有这个文件"), (["import", "text.xlsx"], "打不开这个表格"),
        (["import", "other.xlsx"], "没有任何一张能导入的表"), (["export", "-o", "text.xlsx"], "--overwrite"),
    ],
)  # fmt: skip
def test_slips_on_the_command_line_end_with_2(
    tuiyan: Any, office: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str
) -> None:
    monkeypatch.chdir(office)
    Path("text.xlsx").write_text("no workbook", encoding="utf-8")
    Workbook().save("other.xlsx")
    before = strength(office).read_bytes()
    ended = tuiyan("sheet", *args)
    assert ended.code == 2
    assert said in ended.err
    assert (strength(office).read_bytes(), Path("text.xlsx").read_text("utf-8")) == (before, "no workbook")


def test_a_failing_disk_leaves_the_old_file(
    office: Path, monkeypatch: pytest.MonkeyPatch, tuiyan: Any
) -> None:
    before = strength(office).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    def change(book: Workbook) -> None:
        book["队伍"]["C2"], book["队伍"]["D2"] = 3, None

    edit(office, change)
    monkeypatch.setattr(os, "fsync", full)
    ended = tuiyan("sheet", "import", office / "sheet.xlsx", "--workspace", office)
    assert (ended.code, strength(office).read_bytes()) == (2, before)
    assert sorted(os.listdir(office / "roster")) == sorted(os.listdir(HARBOUR / "roster"))


def test_nothing_but_the_sheet_opens_workbooks() -> None:
    code = """
import sys
from sim.cli.main import run
for args in (["--help"], ["check"], ["list"], ["sheet", "--help"]):
    run(args)
print([name for name in ("openpyxl", "pandas", "matplotlib") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
