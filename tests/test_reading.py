"""The strict reader: what plain text means, where everything stands, and that nothing makes it fall over."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import SCENARIO, SMALL

from sim.plan.reading import Document, read_text, read_yaml
from sim.plan.schema import Arrangements, Law, Needs, Norms, Scenario, Strength
from sim.plan.validation import MOST_PROBLEMS, validate
from sim.plan.workspace import ROSTER_FILES
from sim.words.problems import PROBLEMS, render

GOOD = (SMALL / SCENARIO).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10:30", "10:30"),
        ("007", "007"),
        ("12e4", "12e4"),
        ("+1", "+1"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        ("2025-06-12", "2025-06-12"),
        ("3..5..9 min", "3..5..9 min"),
        ("1234567890123456", "1234567890123456"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("42", 42),
        ("0.5", 0.5),
        ("-2.25", -2.25),
        ("'42'", "42"),
        ('"true"', "true"),
        ("''", ""),
    ],
)
def test_plain_text_is_resolved_by_our_own_rule(text: str, value: Any) -> None:
    read = read_text(f"key: {text}\n", "file").data["key"]
    assert (read, type(read)) == (value, type(value))


def test_block_text_keeps_its_lines_and_comments_are_nothing() -> None:
    document = read_text("# first\na: |  # why\n  one：二\n  two\nb: [x, # why\n  y]\n", "file")
    assert document.data == {"a": "one：二\ntwo\n", "b": ["x", "y"]}


def test_every_key_and_value_knows_its_place() -> None:
    document = read_text("甲: 1\nb:\n  - 'x'\n  - {c: yy, d: [z]}\n", "file")
    places = {path: (mark.line, mark.column) for path, mark in document.keys.items()}
    assert places == {("甲",): (1, 1), ("b",): (2, 1), ("b", 1, "c"): (4, 6), ("b", 1, "d"): (4, 13)}
    values = {path: (mark.line, mark.column) for path, mark in document.values.items()}
    assert values[("b", 0)] == (3, 5)
    assert values[("b", 1, "d", 0)] == (4, 17)
    assert document.problem("x", ("b", 0), offset=0).column == 5
    assert document.problem("x", ("b", 1, "none", "deeper")).line == 4


@pytest.mark.parametrize("name", [*ROSTER_FILES, SCENARIO])
def test_marks_point_at_the_words_of_the_file(name: str) -> None:
    document = read_yaml(SMALL / name)
    lines = (SMALL / name).read_text(encoding="utf-8").splitlines()
    for path, mark in document.keys.items():
        assert lines[mark.line - 1][mark.column - 1 :].startswith(str(path[-1]))
    for path, mark in document.values.items():
        value = document.data
        for part in path:
            value = value[part]
        if isinstance(value, str) and mark.inset >= 0:
            assert lines[mark.line - 1][mark.column - 1 + mark.inset :].startswith(value)


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_yaml(path).data == read_text(GOOD, "file").data


def _codes(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.line, p.column) for p in read_text(text, "file").problems]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: 1\na: 2\nb: {c: 1, c: 2}\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 11)]),
        ("1: x\nnull: y\n", [("key-not-text", 1, 1), ("key-not-text", 2, 1)]),
        ("? [a]\n: b\n", [("key-not-text", 1, 3)]),
        ("a: &x 1\n", [("yaml-anchor", 1, 4)]),
        ("&x a: 1\n", [("yaml-anchor", 1, 1)]),
        ("a: *x\n", [("yaml-anchor", 1, 4)]),
        ("a: !t 1\nb: !!str 2\n", [("yaml-tag", 1, 4), ("yaml-tag", 2, 4)]),
        ("b: 2\na：1\nc: 3\n", [("full-width", 2, 2)]),
        ("b: 2\na：1", [("full-width", 2, 2)]),
        ("a：1", [("full-width", 1, 2)]),
        ("a: 【1, 2】\nb： 2\n", [("full-width", 2, 2)]),
        ("a: [1, 2\nb: 1\n", [("yaml-bracket", 1, 4)]),
        ("a: @x\n", [("yaml-character", 1, 4)]),
        ("a: b: c\n", [("yaml-colon", 1, 5)]),
        ("a: 1\nbc\nd: 2\n", [("yaml-no-colon", 2, 1)]),
        ('a: "\\q"\n', [("yaml-escape", 1, 6)]),
        ('a: "\\ud800"\n', [("yaml-escape", 1, 4)]),
        ("a: 1\x00", [("yaml-control", 1, 5)]),
        ('a: "\\U99999999"\n', [("yaml-syntax", 0, 0)]),
        ("%YAML 9\n---\na: 1\n", [("yaml-syntax", 1, 8)]),
        ("--- text\n", [("root-not-mapping", 1, 5)]),
        ("", [("file-empty", 0, 0)]),
        ("---\n", [("file-empty", 0, 0)]),
    ],
)
def test_what_yaml_is_refused(text: str, places: list[tuple[str, int, int]]) -> None:
    assert _codes(text) == places


def test_first_of_two_equal_keys_counts_and_the_rest_is_still_checked() -> None:
    document = read_text(GOOD.replace("  I02:", "  I01:").replace("  O1: 首报及时", "  O1: 5"), "file")
    model, problems = validate(document, Scenario)
    assert model is None
    assert [p.code for p in problems] == ["wrong-type-text", "duplicate-key"]


def test_whatever_is_repeated_without_end_is_told_a_hundred_times() -> None:
    document = read_text("a: 1\n" * 500, "file")
    _, problems = validate(document, Norms)
    assert [p.code for p in problems[-2:]] == ["duplicate-key", "too-many-problems"]
    assert len(problems) == MOST_PROBLEMS + 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("horizon: 120 min", "horizon: 120", "duration-no-unit"),
        ("horizon: 120 min", "horizon: 1..2 min", "duration-syntax"),
        ("horizon: 120 min", "horizon: 120 d", "duration-too-long"),
        ("horizon: 120 min", "horizon: １２０ min", "full-width"),
        ("horizon: 120 min", "horizon:", "value-missing"),
        ("horizon: 120 min", "horizon: [5 min]", "wrong-shape"),
        ("at: T+0", "at: 35", "moment-number"),
        ("at: T+0", "at: soon", "moment-syntax"),
        ("at: T+0", "at: 10:61", "clock-syntax"),
        ("to: [公安局]", "to: 公安局", "wrong-type-list"),
        ("id: small-leak", "id: Small_Leak", "slug-syntax"),
        ("  I02:", "  i02:", "inject-id-syntax"),
        ("  O1: 首报", "  Q1: 首报", "objective-id-syntax"),
        ("plant.shut:\n        name", "plant:\n        name", "duty-id-syntax"),
        ("facts: {trapped", "facts: {Trapped", "fact-id-syntax"),
        ("  某厂:\n", "  某 厂:\n", "actor-name-syntax"),
        ("event: activated,", "event: 启动,", "name-syntax"),
        ("starts: alarm}", "starts: alarm, after: [fire.rescue]}", "stage-reference-syntax"),
        ("facts: {trapped: 1}", "facts: {trapped: [1]}", "value-not-plain"),
        ("at-most: 3", "at-most: 0", "number-too-small"),
        ("at-most: 3", "at_most: 3", "unknown-key"),
        ("zone: urban", "zone: Urban", "not-one-of"),
        ("title: 围观", "title: ''", "text-empty"),
        ("title: 围观", f"title: {'长' * 2001}", "text-too-long"),
        ("assume: {units", "participants: {units", "duplicate-key"),
        ("site: {name: 某厂, ", "site: {name： 某厂, ", "full-width"),
        ("  H1: {label", "  H1: {标签：a, label", "full-width"),
    ],
)
def test_wrong_values_are_named(old: str, new: str, code: str) -> None:
    assert GOOD.count(old) == 1
    _, problems = validate(read_text(GOOD.replace(old, new), "file"), Scenario)
    assert code in {problem.code for problem in problems}


def test_number_above_its_limit() -> None:
    text = (SMALL / "strength.yaml").read_text(encoding="utf-8").replace("chance: 1.0", "chance: 1.5")
    _, problems = validate(read_text(text, "file"), Strength)
    assert [p.code for p in problems] == ["number-too-large"]
    assert [render(p, "en") for p in problems] == ["file:37:20: 1.5 is too large; at most 1."]


def test_a_message_is_one_short_line_whatever_the_value() -> None:
    text = GOOD.replace("id: small-leak", f'id: "first\\nsecond\\e[31m\\u202e{"x" * 500}"')
    _, (problem,) = validate(read_text(text, "file"), Scenario)
    shown = "first second [31m " + "x" * 41 + "…"
    assert render(problem, "zh").startswith(f"file:1:5: “{shown}”不能作编号。")


# --- whatever is given

_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=("Cc", "Cs", "Cn")), st.sampled_from('\n\t\\":#')), max_size=9
)
_PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    _TEXT,
)
_DATA = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_TEXT, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(_TEXT, _DATA, min_size=1, max_size=4))
def test_json_is_read_as_what_it_is(data: dict[str, Any]) -> None:
    document = read_text(json.dumps(data, ensure_ascii=False), "file")
    assert document.problems == ()
    assert document.data == data


_SIGNS = "a|b：|: |:|\n|\n  |- |[|]|{|}|,|，|'|\"|>|&x|*x|!t|#|%|---|...|\t|?|@|\\|10:30|0x1|～|\u3000|\x07|<<|\x85"
_YAML = st.lists(st.sampled_from([*_SIGNS.split("|"), "|"])).map("".join)


def _sound(document: Document, text: str) -> None:
    _, problems = validate(document, Scenario)
    assert problems
    for problem in problems:
        assert problem.code in PROBLEMS
        assert 0 <= problem.line <= len(text.splitlines()) + 1
        for lang in ("zh", "en"):
            line = render(problem, lang)
            assert line.startswith("file:")
            assert "\n" not in line
            assert len(line) < 600


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), _YAML))
def test_any_text_is_read_or_refused(text: str) -> None:
    _sound(read_text(text, "file"), text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bytes.yaml"
    path.write_bytes(content)
    _sound(read_yaml(path, "file"), content.decode("utf-8", "replace"))


_PYDANTIC = (
    "Input should",
    "Field required",
    "Extra inputs",
    "String should",
    "valid ",
    "Value error",
    "validation",
)


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from([SCENARIO, *ROSTER_FILES[1:]]), data=st.data())
def test_any_wrong_value_anywhere_is_told_in_our_words(name: str, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(_paths(name), key=str)))
    whole = json.loads(_as_json(name))
    owner = whole
    for part in path[:-1]:
        owner = owner[part]
    owner[path[-1]] = data.draw(_DATA)
    _, problems = validate(read_text(json.dumps(whole, ensure_ascii=False), "file"), _FILES[name])
    for problem in problems:
        assert problem.code in PROBLEMS
        assert problem.code != "value-refused"
        assert not any(words in render(problem, "en") for words in _PYDANTIC)


@cache
def _paths(name: str) -> tuple[tuple[str | int, ...], ...]:
    return tuple(read_yaml(SMALL / name).keys)


@cache
def _as_json(name: str) -> str:
    return json.dumps(read_yaml(SMALL / name).data)


_FILES = {
    SCENARIO: Scenario,
    "needs.yaml": Needs,
    "strength.yaml": Strength,
    "norms.yaml": Norms,
    "law.yaml": Law,
    "arrangements.yaml": Arrangements,
}


def test_folded_lines_of_chinese_leave_no_space() -> None:
    """YAML folds a line break into a space, which Chinese does not write; a space between words stays."""
    document = read_text("a: >-\n  指挥长在市里；\n  电话可通\n  by phone\n  only\n", "x.yaml")
    assert document.data == {"a": "指挥长在市里；电话可通 by phone only"}
