"""The programme as people meet it: their tables read, the command, and the table, picture and calendar it writes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.errors import InputError, Problem
from sim.plan.workspace import load_roster
from sim.record.dates import read_day
from sim.record.history import Held, read_history
from sim.record.improvements import CLOSED, OPEN, Improvement, Targets, read_improvements
from sim.record.tables import split
from sim.report.calendar import escaped, fold, programme_ics
from sim.report.charts.programme import programme as draw
from sim.report.programme import COLUMNS, programme_csv, reasons, troubles
from sim.report.write import picture_of
from sim.study.programme import (
    Case,
    Choice,
    Duty,
    HowOften,
    Planned,
    Programme,
    Promise,
    choose,
    explain,
)
from sim.study.programme.days import days_to_use
from sim.words.events import STATUS
from sim.words.problems import render

Tuiyan = Callable[..., Any]
TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parent.parent
GAS, COLD = "blast-furnace-gas", "ammonia-cold-store"
NAMES = {GAS: GAS, "高炉煤气管道泄漏": GAS, "Blast furnace gas leak": GAS, COLD: COLD, "果库液氨泄漏": COLD}
TARGETS = Targets(
    {"police.cordon": "police.cordon"}, {"rescue": "rescue", "救人": "rescue"}, {"区公安局": "区公安局"}
)


def told(read: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refused:
        read()
    return refused.value.problems


def at(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    for problem in problems:
        assert "{" not in render(problem, "zh") + render(problem, "en")
    return [(problem.code, problem.line, problem.column) for problem in problems]


# --- dates ---------------------------------------------------------------------------------------------

MARCH = date(2025, 3, 12)


@pytest.mark.parametrize(
    "text",
    ["2025-03-12", "2025-3-12", "2025/3/12", "2025.3.12", "2025/03/12 0:00:00", "2025-03-12T09:40",
     "2025年3月12日", "2025年03月12日 9:40", "2025 年 3 月 12 日", "２０２５年３月１２日", "2025-03-12（星期三）",
     "2025年3月12日 周三", "2025年3月12号", "20250312", "45728", "45728.402", "12 Mar 2025", "March 12, 2025"],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert read_day(text) == MARCH


@pytest.mark.parametrize(
    "text",
    ["", "三月", "2025-02-30", "2025-13-01", "3/4/2025", "12/3/25", "25-3-12", "2025年3月", "2025-3/12", "20251312",
     "0", "99", "99999", "1e9", "2025-03-12x", "nan", "-45728"],
)  # fmt: skip
def test_what_is_no_day_or_two_days_is_not_guessed(text: str) -> None:
    assert read_day(text) is None


@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日",
             f"{day:%Y%m%d}", str(serial), f"{serial}.5")  # fmt: skip
    assert {read_day(form) for form in forms} == {day}


# --- tables --------------------------------------------------------------------------------------------

_CELLS = st.text('ab,;"\n\t 中', max_size=6).filter(lambda text: text == text.strip())


@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_table_is_read_as_the_csv_module_wrote_it(rows: list[list[str]]) -> None:
    rows = [["head", "other"], *rows]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    read = [[cell.text for cell in row] for row in split(out.getvalue(), "t.csv")]
    assert read == [*rows, [""]]


@given(text=st.text('ab,;"\n\r\t 中', max_size=40))
def test_every_cell_stands_where_it_says(text: str) -> None:
    lines = re.split(r"\r\n|\n|\r", text)
    try:
        rows = list(split(text, "t.csv"))
    except InputError as refused:
        (fault,) = refused.problems
        if "\r" not in text:
            assert lines[fault.line - 1][fault.column - 1] == '"'
        return
    for cell in (cell for row in rows for cell in row if cell.text and "\r" not in text):
        shown = lines[cell.line - 1][cell.column - 1 :]
        assert shown.startswith((cell.text.partition("\n")[0], '"'))


def table(folder: Path, text: str, code: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(code))
    return path


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_history_is_read_as_excel_saves_it(tmp_path: Path, code: str, between: str, end: str) -> None:
    rows = [
        ["序号", "演练日期", "参加单位", "情景"],
        ["1", "2025年3月12日", "区公安局", "高炉煤气管道泄漏"],
        [],
        ["2", "2024/5/6 0:00", '"消防\n医疗"', COLD],
        ["3", "45728", "", " BLAST furnace gas leak "],
    ]
    path = table(tmp_path, end.join(between.join(row) for row in rows) + end, code)
    assert read_history(path, NAMES, TODAY) == (
        Held(MARCH, GAS), Held(date(2024, 5, 6), COLD), Held(MARCH, GAS),
    )  # fmt: skip


def test_no_drill_yet_is_a_history_too(tmp_path: Path) -> None:
    assert read_history(table(tmp_path, "date,scenario\n"), NAMES, TODAY) == ()


def test_every_bad_row_is_named_with_line_and_column(tmp_path: Path) -> None:
    text = (
        "date,note,scenario\n"
        "2025-02-30,,blast-furnace-gas\n"
        "2025-03-12,ok,blast-furnace-gas\n"
        '3/4/2025,"two\nlines",blast-furnace-gaz\n'
        ",,\n"
        "2026-11-26,,果库液氨泄露\n"
        ",,ammonia-cold-store\n"
        "2025-03-12\n"
    )
    problems = told(lambda: read_history(table(tmp_path, text), NAMES, TODAY))
    assert at(problems) == [
        ("table-date", 2, 1), ("table-date", 4, 1), ("history-scenario", 5, 8), ("history-future", 7, 1),
        ("history-scenario", 7, 13), ("table-empty-cell", 8, 1), ("table-empty-cell", 9, 11),
    ]  # fmt: skip
    assert "blast-furnace-gas" in render(problems[2])
    assert "果库液氨泄漏" in render(problems[4])


def test_a_column_has_the_head_that_says_it_best(tmp_path: Path) -> None:
    path = table(tmp_path, "时间,演练名称,日期,情景\n9:40,年度演练,2025-03-12,果库液氨泄漏\n")
    assert read_history(path, NAMES, TODAY) == (Held(MARCH, COLD),)


def test_a_drill_of_today_is_history(tmp_path: Path) -> None:
    path = table(tmp_path, "date,scenario\n2026-11-25,ammonia-cold-store\n")
    assert read_history(path, NAMES, TODAY) == (Held(TODAY, COLD),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\n , \n", "file-empty"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "table-not-text"),
        (b"date,scenario\n\x00", "table-not-text"),
        (b"date\n2025-01-01\n", "table-column"),
        ("日期,情景,日期\n".encode(), "table-column-twice"),
        (b'date,scenario\n"2025-01-01,x\n', "table-quote"),
        (b"a" * ((1 << 20) + 1), "table-too-large"),
    ],
)
def test_what_is_no_history_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    problems = told(lambda: read_history(path, NAMES, TODAY))
    assert code in [name for name, _, _ in at(problems)]


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    assert at(told(lambda: read_history(tmp_path / "none.csv", NAMES, TODAY))) == [("file-missing", 0, 0)]
    assert at(told(lambda: read_history(tmp_path, NAMES, TODAY))) == [("table-is-folder", 0, 0)]


def test_the_improvement_register_is_read_as_offices_keep_it(tmp_path: Path) -> None:
    text = (
        "序号,问题,整改措施,责任单位,责任人,完成时限,状态,职责,处置需求\n"
        "1,到位慢,练,区公安局,张,2027/3/1,进行中,police.cordon,\n"
        "2,救人慢,,区公安局,,,,,救人\n"
        "3,电话不通,,区公安局,,2026-12-01,已完成,,\n"
        "4,旧账,,某公司,,去年,已销号,,\n"
    )
    assert read_improvements(table(tmp_path, text), TARGETS) == (
        Improvement("到位慢", "duty", "police.cordon", date(2027, 3, 1)),
        Improvement("救人慢", "need", "rescue", None),
        Improvement("电话不通", "unit", "区公安局", date(2026, 12, 1)),
    )


def test_every_state_is_open_or_closed(tmp_path: Path) -> None:
    assert not set(OPEN) & set(CLOSED)
    text = "problem,unit,deadline,state\n" + "".join(f"x,区公安局,,{state}\n" for state in (*OPEN, *CLOSED))
    assert len(read_improvements(table(tmp_path, text), TARGETS)) == len(OPEN)


def test_every_bad_improvement_is_named(tmp_path: Path) -> None:
    text = (
        "problem,duty,need,unit,deadline,state\n"
        ",police.cordon,,,2027-01-01,\n"
        "x,police.cordn,,,soon,opn\n"
        "x,,rescu,区公安,,\n"
        "x,,,,,\n"
    )
    problems = told(lambda: read_improvements(table(tmp_path, text), TARGETS))
    assert at(problems) == [
        ("table-empty-cell", 2, 1), ("improvement-duty", 3, 3), ("table-date", 3, 18), ("improvement-state", 3, 23),
        ("improvement-need", 4, 4), ("improvement-unit", 4, 10), ("improvement-about", 5, 1),
    ]  # fmt: skip
    assert [p.values.get("near") for p in problems[1:2] + problems[4:6]] == [
        "police.cordon", "rescue", "区公安局",
    ]  # fmt: skip
    bare = table(tmp_path, "problem,deadline\nx,2027-01-01\n")
    assert at(told(lambda: read_improvements(bare, TARGETS))) == [("improvement-columns", 1, 1)]


# --- what is written -----------------------------------------------------------------------------------


def label(text: str) -> dict[str, str]:
    return {"zh": text, "en": f"E{text}"}


def made(title: str = "高炉煤气管道泄漏，企业迟报；夜间", problem: str = "到位慢") -> Programme:
    """A small programme of two scenarios with everything in it that can be told."""
    every = frozenset((GAS, COLD))
    rules = (
        HowOften("two", label("每两年"), 24, True, every, "某条例第八条", "memory"),
        HowOften("half", label("每半年"), 6, False, frozenset({GAS}), "某办法", "found-secondary"),
        HowOften("none", label("专门的"), 12, True, frozenset(), "某规定", "assumption"),
    )
    case = Case(
        today=TODAY, end=date(2028, 11, 25),
        days=days_to_use(TODAY + timedelta(21), date(2028, 11, 25), lambda day: day.weekday() < 5),
        gap=6, stale=36,
        duties={n: Duty(n, label(f"职责{n}"), 3) for n in "abcdefg"},
        choices={
            GAS: Choice(GAS, {"zh": title, "en": "=cmd(); a, \\b"}, frozenset("abcde")),
            COLD: Choice(COLD, label("果库"), frozenset("ef")),
        },
        rules=rules,
        promises=(
            Promise(problem, label("现场警戒"), date(2026, 12, 1), every),
            Promise("无人管", label("疏散"), None, frozenset()),
        ),
        held=(Planned(date(2025, 3, 12), COLD), Planned(date(2020, 1, 1), GAS)),
    )  # fmt: skip
    return explain(case, choose(case))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_a_rule_is_a_reason_for_shows_its_source_and_status(lang: Any) -> None:
    programme = made()
    said = [reason for drill in programme.drills for reason in reasons(drill, lang)]
    for basis, status in (("某条例第八条", "memory"), ("某办法", "found-secondary")):
        lines = [line for line in said if basis in line]
        assert lines
        assert all(STATUS[status][lang == "en"] in line for line in lines)
    assert all(reasons(drill, lang) for drill in programme.drills)


def test_the_reasons_and_troubles_name_what_they_are_about() -> None:
    programme = made()
    first = "\n".join(reasons(programme.drills[0], "zh"))
    assert "2027-03-12前" in first
    assert "到位慢" in first
    assert "已过" in first
    trouble = troubles(programme, 21, "zh")
    assert any("专门的" in line and "没有符合的情景" in line for line in trouble)
    assert any("无人管" in line and "没有情景能复验" in line for line in trouble)
    assert any("1项职责没有情景" in line and "职责g" in line for line in trouble)


def test_the_table_has_a_row_a_drill_and_no_formulas() -> None:
    programme = made(title="=HYPERLINK(1)")
    rows = list(csv.reader(io.StringIO(programme_csv(programme).removeprefix("\ufeff"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(programme.drills)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_rows_that_were_held_go_into_the_history_as_they_are(tmp_path: Path) -> None:
    programme = made()
    path = table(tmp_path, programme_csv(programme))
    later = date(2030, 1, 1)
    assert read_history(path, NAMES, later) == tuple(
        Held(drill.day, drill.choice.id) for drill in programme.drills
    )


# --- the calendar --------------------------------------------------------------------------------------


def unfolded(content: bytes) -> list[str]:
    """The lines of a calendar, put together again; every physical line is held to the rules on the way."""
    assert content.endswith(b"\r\n")
    lines: list[bytes] = []
    for line in content[:-2].split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert 0 < len(line) <= 75
        line.decode("utf-8")  # no character is split
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)


def events(content: bytes) -> Iterator[dict[str, str]]:
    lines = unfolded(content)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            yield event
        else:
            assert name not in event
            event[name] = value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_calendar_is_read_back_with_everything_in_it(lang: Any) -> None:
    programme = made(problem="a,b;c\\d\n第二行")
    content = programme_ics(programme, lang)
    found = list(events(content))
    assert len(found) == len(programme.drills) > 1
    for event, drill in zip(found, programme.drills, strict=True):
        title = drill.choice.label[lang]
        assert unescaped(event["SUMMARY"]).startswith("【演练】")
        assert unescaped(event["SUMMARY"]).endswith(title)
        assert event["DTSTART;VALUE=DATE"] == f"{drill.day:%Y%m%d}"
        assert event["DTEND;VALUE=DATE"] == f"{drill.day + timedelta(1):%Y%m%d}"
        assert event["DTSTAMP"] == "20261125T000000Z"
        assert unescaped(event["DESCRIPTION"]).endswith("\n".join(reasons(drill, lang)))
    assert len({event["UID"] for event in found}) == len(found)
    assert programme_ics(programme, lang) == content


def test_a_drill_keeps_its_uid_while_its_day_and_scenario_stay() -> None:
    first = {event["DTSTART;VALUE=DATE"]: event["UID"] for event in events(programme_ics(made()))}
    again = {event["DTSTART;VALUE=DATE"]: event["UID"] for event in events(programme_ics(made("改名"), "en"))}
    assert first == again


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_folded_and_put_together_again(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    (whole,) = unfolded(fold(line))
    assert whole == line
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char if char == "\n" or (char >= " " and char != "\x7f") else " " for char in plain)
    assert unescaped(whole.removeprefix("SUMMARY:")) == kept


def test_chinese_is_folded_between_characters() -> None:
    folded = fold("SUMMARY:" + "演" * 60)
    assert folded.startswith(
        b"SUMMARY:" + "演".encode() * 22 + b"\r\n "
    )  # 8 + 66 octets, the next would be 77
    assert unfolded(folded) == ["SUMMARY:" + "演" * 60]


# --- the picture ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_shows_held_and_proposed_drills_and_what_is_due(lang: Any) -> None:
    programme = made()
    axes = draw(programme, lang=lang)
    marks: dict[tuple[str, str], list[date]] = {}
    for line in axes.lines:
        if line.get_marker() not in ("None", None, ""):
            x = float(line.get_xdata()[0])  # type: ignore[index, arg-type]
            key = (str(line.get_marker()), str(line.get_markerfacecolor()))
            marks.setdefault(key, []).append(date.fromordinal(int(x)))
    assert marks["o", "white"] == [drill.day for drill in programme.drills]
    assert [days for (shape, face), days in marks.items() if shape == "o" and face != "white"] == [
        [date(2025, 3, 12)]  # that of 2020 is older than duties stay fresh
    ]
    (limits,) = (days for (shape, _), days in marks.items() if shape == "D")
    assert date(2027, 3, 12) in limits
    (deadlines,) = (days for (shape, _), days in marks.items() if shape == "v")
    assert deadlines == [date(2026, 12, 1)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_has_every_glyph_and_cuts_nothing_off(lang: Any) -> None:
    axes = draw(made(), lang=lang)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first = picture_of(axes, "png")
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
    assert any("演练" in text.get_text() or "EXERCISE" in text.get_text() for text in texts)
    for text in texts:
        box = text.get_window_extent()
        assert box.x0 >= 0 <= box.y0, text.get_text()
        assert box.x1 <= figure.bbox.x1, text.get_text()
        assert box.y1 <= figure.bbox.y1, text.get_text()
    assert picture_of(draw(made(), lang=lang), "png") == first


@pytest.mark.parametrize("gap", [1, 6])
def test_no_day_covers_another(gap: int) -> None:
    case = replace(made().case, gap=gap, choices={GAS: made().case.choices[GAS]})
    programme = explain(case, choose(case))
    axes = draw(programme)
    picture_of(axes, "png")
    boxes = [text.get_window_extent() for text in axes.texts if re.fullmatch(r"\d\d-\d\d", text.get_text())]
    assert len(boxes) == len(programme.drills) if gap == 6 else 1 < len(boxes) < len(programme.drills)
    assert not any(a.overlaps(b) for place, a in enumerate(boxes) for b in boxes[place + 1 :])


def test_nothing_proposed_is_a_picture_too() -> None:
    programme = made()
    assert picture_of(draw(explain(programme.case, ())), "svg")


# --- the command ---------------------------------------------------------------------------------------

HISTORY = "日期,情景\n2025年3月12日,高炉煤气管道泄漏\n2026/2/6,ammonia-cold-store\n"
REGISTER = "问题,责任单位,完成时限,状态\n警戒慢,区公安局,2027-03-01,进行中\n"


@pytest.fixture
def tables(elsewhere: Path) -> Path:
    Path("history.csv").write_text(HISTORY, encoding="utf-8")
    Path("register.csv").write_text(REGISTER, encoding="utf-8")
    return elsewhere


PLAIN = ("programme", "--since", "history.csv", "--today", "2026-11-25")


@pytest.mark.usefixtures("tables")
def test_the_command_says_when_what_why_and_how_the_rules_fare(tuiyan: Tuiyan) -> None:
    ended = tuiyan(*PLAIN, "--improvements", "register.csv")
    data = json.loads(tuiyan(*PLAIN, "--improvements", "register.csv", "--json").out)
    assert ended.code == 0
    assert ended.out.startswith("【演练】")
    assert len(data["drills"]) >= 3
    for drill in data["drills"]:
        assert drill["date"] in ended.out
        assert drill["why"]
        assert all(reason in ended.out for reason in drill["why"])
    assert data["cost"]["days_rules_broken"] == data["cost"]["days_improvements_behind"] == 0
    assert "警戒慢" in ended.out
    laws = load_roster().model.law.drills
    assert {rule["id"]: rule["status"] for rule in data["rules"]} == {n: r.status for n, r in laws.items()}
    for rule in data["rules"]:
        assert STATUS[rule["status"]][0] in ended.out
    english = tuiyan(*PLAIN, "--improvements", "register.csv", "--lang", "en")
    assert english.out.startswith("EXERCISE")
    told_so = json.loads(tuiyan(*PLAIN, "--improvements", "register.csv", "--lang", "en", "--json").out)
    assert [drill["date"] for drill in told_so["drills"]] == [drill["date"] for drill in data["drills"]]
    assert all(reason in english.out for drill in told_so["drills"] for reason in drill["why"])


@pytest.mark.usefixtures("tables")
def test_the_command_writes_its_folder_whole_or_not_at_all(tuiyan: Tuiyan) -> None:
    assert tuiyan(*PLAIN, "-o", "out").code == 0
    assert sorted(os.listdir("out")) == ["programme.csv", "programme.ics", "programme.png", "programme.svg"]
    before = {name: (Path("out") / name).read_bytes() for name in os.listdir("out")}
    assert tuiyan(*PLAIN, "-o", "out").code == 2
    assert tuiyan(*PLAIN, "-o", "out", "--overwrite").code == 0
    assert {name: (Path("out") / name).read_bytes() for name in os.listdir("out")} == before
    Path("out/mine.txt").touch()
    refused = tuiyan(*PLAIN, "-o", "out", "--overwrite")
    assert refused.code == 2
    assert "mine.txt" in refused.err
    assert sorted(os.listdir()) == ["history.csv", "out", "register.csv"]


@pytest.mark.usefixtures("tables")
def test_the_order_of_rows_means_nothing(tuiyan: Tuiyan) -> None:
    said = tuiyan(*PLAIN).out
    head, *rows = HISTORY.splitlines()
    Path("history.csv").write_text("\n".join([head, *reversed(rows), rows[0]]), encoding="utf-8")
    assert tuiyan(*PLAIN).out == said


@pytest.mark.usefixtures("tables")
def test_bad_rows_end_with_2_and_write_nothing(tuiyan: Tuiyan) -> None:
    Path("history.csv").write_text("日期,情景\n昨天,高炉\n2025-01-01,x\n", encoding="utf-8")
    ended = tuiyan(*PLAIN, "-o", "out")
    assert ended.code == 2
    assert [line.partition(": ")[0] for line in ended.err.splitlines()] == [
        "history.csv:2:1", "history.csv:2:4", "history.csv:3:12",
    ]  # fmt: skip
    assert not Path("out").exists()
    Path("history.csv").write_text(HISTORY, encoding="utf-8")
    Path("register.csv").write_text("问题,责任单位,完成时限\nx,区公安,\n", encoding="utf-8")
    ended = tuiyan(*PLAIN, "--improvements", "register.csv")
    assert (ended.code, ended.err.partition(": ")[0]) == (2, "register.csv:2:3")


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["programme"], "--since"),
        (["programme", "--since", "none.csv"], "none.csv"),
        ([*PLAIN, "--today", "someday"], "someday"),
        ([*PLAIN, "--months", "0"], "--months"),
        ([*PLAIN, "--seed", "1"], "--seed"),
    ],
)
def test_a_slip_on_its_command_line_ends_with_2(tuiyan: Tuiyan, args: list[str], word: str) -> None:
    ended = tuiyan(*args)
    assert ended.code == 2
    assert word in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.usefixtures("tables")
def test_an_office_spreads_its_drills_as_it_arranges(tuiyan: Tuiyan) -> None:
    shutil.copytree(ROOT / "roster", "office/roster")
    path = Path("office/roster/arrangements.yaml")
    text = path.read_text("utf-8")
    wide = re.sub(r"gap-months: \d+, prepare-days: \d+", "gap-months: 12, prepare-days: 90", text)
    assert wide != text
    path.write_text(wide, encoding="utf-8")
    usual, rare = (
        [drill["date"] for drill in json.loads(tuiyan(*PLAIN, "--json", *more).out)["drills"]]
        for more in ((), ("--workspace", "office"))
    )
    assert len(rare) < len(usual)
    assert rare[0] >= "2027-02-23"


@pytest.mark.usefixtures("tables")
def test_an_office_without_law_still_gets_a_programme(tuiyan: Tuiyan) -> None:
    shutil.copytree(ROOT / "tests/plans/small", "small")
    name = next(Path("small/scenarios").glob("*.yaml")).stem
    for kept in sorted((ROOT / "scenarios").glob("*.yaml")):
        shutil.copy(next(Path("small/scenarios").glob("*.yaml")), Path("small/scenarios") / kept.name)
    Path("history.csv").write_text(f"date,scenario\n2026-01-05,{name}\n", encoding="utf-8")
    ended = tuiyan(*PLAIN, "--workspace", "small", "--json")
    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["rules"] == []


@pytest.mark.parametrize(("name", "months"), [("two_years", 24), ("three_years", 36), ("half_year", 6)])
def test_no_rule_of_frequency_is_told_as_surer_than_it_is(name: str, months: int) -> None:
    """None of the three was read in the text in force: the law speaks through pages that quote it, or from memory."""
    rule = load_roster().model.law.drills[name]
    assert rule.months == months
    assert rule.status in ("found-secondary", "memory")
    assert rule.binds == ("enterprise" if name == "half_year" else "office")
