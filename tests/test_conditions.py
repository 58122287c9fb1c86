"""Conditions: what they mean, what they refuse, and that they mean what Python would mean by the same words."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.plan.conditions import (
    Condition,
    ConditionError,
    Pseudo,
    compile_condition,
    facts_named,
    pseudo_facts,
)

KINDS = {"a": "flag", "b": "flag", "n": "count", "m": "count", "q": "quantity", "w": "category"}
NAMES = (*KINDS, "done(fire.rescue)", "started(fire.rescue)", "late(fire.arrive)", "elapsed(I02)>=10000")
PLACES = {name: place for place, name in enumerate(NAMES)}
VALUES = (True, False, 3, 5, 2.5, "calm", True, False, False, True)
KNOWN = (True, True, False, True, True, True, True, True, True, True)


def _holds(text: str) -> bool:
    answer = compile_condition(text, PLACES, KINDS).test(VALUES, KNOWN)
    assert isinstance(answer, bool)
    return answer


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "not b",
        "true",
        "not false",
        "n < m",
        "n <= 3",
        "3 <= n",
        "m > n",
        "m >= 5",
        "5 > n",
        "n != m",
        "n == 3",
        "q > 2.4",
        "w == 'calm'",
        'w != "strong"',
        "'calm' == w",
        "n + 2 == m",
        "m - n - 1 == 1",
        "-n < 0",
        "n - -2 == m",
        "a == true",
        "a != b",
        "b or a and not b",
        "(b or a) and not b",
        "a and n > 0 and m > n and not b",
        "b or b or b or b or a",
        "a and a and a",
        "b or n > 5 or m == 5",
        "not (a and b)",
        "not n > m",
        "known(m) and not known(n)",
        "done(fire.rescue) and not started(fire.rescue)",
        "elapsed(I02) >= 10 min and not late(fire.arrive)",
        "elapsed(I02) >= 600 s",
        "  a\n and\ta ",
    ],
)
def test_true_conditions(text: str) -> None:
    assert _holds(text)
    assert not _holds(f"not ({text})")


@pytest.mark.parametrize(
    ("sign", "mirrored"), [("==", "=="), ("!=", "!="), ("<", ">"), ("<=", ">="), (">", "<"), (">=", "<=")]
)
def test_comparisons_at_their_border(sign: str, mirrored: str) -> None:
    right = {value: eval(f"{value} {sign} 3") for value in (2, 3, 4)}
    for text in (f"n {sign} 3", f"3 {mirrored} n", f"n {sign} m", f"n + 0 {sign} m"):
        condition = compile_condition(text, {"n": 0, "m": 1})
        assert {value: condition.test((value, 3), (True, True)) for value in (2, 3, 4)} == right


def test_not_binds_weaker_than_comparison_and_stronger_than_and() -> None:
    assert _holds("not n > m and a")
    assert not _holds("not a and b")


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("", "condition-incomplete", 0),
        ("a and", "condition-incomplete", 5),
        ("(a", "condition-incomplete", 2),
        ("a)", "condition-syntax", 1),
        ("a b", "condition-syntax", 2),
        ("and a", "condition-syntax", 0),
        ("> 3", "condition-syntax", 0),
        ("n > > m", "condition-syntax", 4),
        ("10 min", "condition-syntax", 3),
        ("0 < n < 3", "condition-chain", 6),
        ("a.b", "condition-attribute", 0),
        ("().__class__", "condition-attribute", 2),
        ("(a).__class__", "condition-attribute", 3),
        ("'x'.upper()", "condition-attribute", 3),
        ("known(a.b)", "condition-attribute", 6),
        ("os.system(a)", "condition-attribute", 0),
        ("open('x')", "condition-call", 0),
        ("__import__(a)", "condition-call", 0),
        ("dome(fire.rescue)", "condition-call", 0),
        ("done()", "condition-argument", 5),
        ("done('x')", "condition-argument", 5),
        ("done(fire.rescue, a)", "condition-character", 16),
        ("elapsed(I02) > 10 min", "condition-elapsed", 0),
        ("elapsed(I02)", "condition-elapsed", 0),
        ("elapsed(I02) >= 10 d", "condition-elapsed", 0),
        ("n * 2 > 3", "condition-character", 2),
        ("n ** 9 > 3", "condition-character", 2),
        ("[a]", "condition-character", 0),
        ("a; b", "condition-character", 1),
        ("a = b", "condition-word", 2),
        ("a && b", "condition-word", 2),
        ("a AND b", "condition-word", 2),
        ("a 且 b", "condition-word", 2),
        ("!a", "condition-word", 0),
        ("a ＞ b", "condition-full-width", 2),
        ("w == “calm”", "condition-full-width", 5),
        ("w == calm", "condition-unknown-name", 5),
        ("leeking", "condition-unknown-name", 0),
        ("done(fire.resque)", "condition-unknown-name", 0),
        ("elapsed(I02) >= 11 min", "condition-unknown-name", 0),
        ("n", "condition-not-flag", 0),
        ("3", "condition-not-flag", 0),
        ("w", "condition-not-flag", 0),
        ("a and n", "condition-not-flag", 6),
        ("not n", "condition-not-flag", 4),
        ("n + a > 3", "condition-not-number", 4),
        ("-w < 3", "condition-not-number", 1),
        ("a > 3", "condition-compare", 2),
        ("n == 'calm'", "condition-compare", 2),
        ("n == true", "condition-compare", 2),
        ("w < 'calm'", "condition-order", 2),
        ("a < b", "condition-order", 2),
        ("a or " * 80 + "a", "condition-too-long", 400),
        ("n>m or " * 40 + "a", "condition-too-long", 175),
        ("(" * 21 + "a" + ")" * 21, "condition-too-deep", 20),
        ("not " * 21 + "a", "condition-too-deep", 80),
        ("-" * 21 + "1 < 2", "condition-too-deep", 20),
    ],
)
def test_refused_conditions(text: str, code: str, offset: int) -> None:
    with pytest.raises(ConditionError) as refused:
        compile_condition(text, PLACES, KINDS)
    assert (refused.value.code, refused.value.offset) == (code, offset)


def test_as_deep_and_as_long_as_is_allowed() -> None:
    assert _holds("(" * 20 + "a" + ")" * 20)
    assert _holds(" or ".join(["a"] * 50))


def test_near_names_are_suggested() -> None:
    for text, near in (
        ("leakng", "leaking"),
        ("done(fire.resque)", "done(fire.rescue)"),
        ("knwon(a)", "known"),
    ):
        with pytest.raises(ConditionError) as refused:
            compile_condition(text, {"leaking": 0, "done(fire.rescue)": 1, "a": 2})
        assert refused.value.values["near"] == near


def test_places_it_depends_on() -> None:
    condition = compile_condition("known(n) and (m > 1 or done(fire.rescue)) and m < 9", PLACES, KINDS)
    assert condition.facts == (PLACES["n"], PLACES["m"], PLACES["done(fire.rescue)"])
    assert compile_condition("true", PLACES).facts == ()


def test_names_are_collected_before_compiling() -> None:
    text = "known(n) and elapsed(fire.rescue.started) >= 1.5 h and done(fire.rescue) and m > n and done(fire.rescue)"
    assert facts_named(text) == ("m", "n")
    assert pseudo_facts(text) == (
        Pseudo("done", "fire.rescue", 0, "done(fire.rescue)", 55),
        Pseudo("elapsed", "fire.rescue.started", 90_000, "elapsed(fire.rescue.started)>=90000", 13),
    )


def test_without_kinds_nothing_is_assumed() -> None:
    assert compile_condition("a and n > m", {"a": 0, "n": 1, "m": 2}).test((True, 2, 1), (1, 1, 1)) is True


def test_it_travels_to_another_process() -> None:
    condition = compile_condition(
        "known(n) and elapsed(I02) >= 10 min or w == 'calm' and n > m", PLACES, KINDS
    )
    again = pickle.loads(pickle.dumps(condition))
    assert again == condition
    assert again.facts == condition.facts
    assert again.test(VALUES, KNOWN) == condition.test(VALUES, KNOWN)
    assert len(pickle.dumps(condition)) < 300  # the places it needs, not the whole vocabulary


# --- against Python itself

_NUMBERS = st.one_of(
    st.sampled_from(["n", "m", "q"]), st.integers(0, 6).map(str), st.sampled_from(["0.5", "2.5"])
)
_SUMS = st.recursive(
    _NUMBERS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, st.sampled_from("+-"), inner).map(" ".join),
        inner.map(lambda text: f"-{text}"),
    ),
    max_leaves=4,
)
_COMPARED = st.tuples(_SUMS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), _SUMS).map(" ".join)
_CATEGORY = st.tuples(
    st.sampled_from(["w", "'calm'"]),
    st.sampled_from(["==", "!="]),
    st.sampled_from(["w", "'strong'", "'calm'"]),
).map(" ".join)
_ATOMS = st.one_of(
    st.sampled_from(["a", "b", "true", "false", "known(n)", "known(a)", "a == b", "b != true"]),
    _COMPARED,
    _CATEGORY,
)
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=5).map(" and ".join),
        st.lists(inner, min_size=2, max_size=5).map(" or ".join),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        inner.map(lambda text: f"not ({text})"),
        inner.map(lambda text: f"not {text}"),
    ),
    max_leaves=8,
)
_VECTORS = st.tuples(
    st.booleans(),
    st.booleans(),
    st.integers(0, 6),
    st.integers(0, 6),
    st.sampled_from([0.0, 0.5, 2.5, 4.0]),
    st.sampled_from(["calm", "strong"]),
)


def _python(text: str, values: tuple[Any, ...], known: tuple[bool, ...]) -> bool:
    facts = dict(zip(KINDS, values, strict=True))
    words = text.replace("true", "True").replace("false", "False")
    for place, name in enumerate(KINDS):
        words = words.replace(f"known({name})", str(known[place]))
    return bool(eval(words, {"__builtins__": {}}, facts))


def _compiled(text: str) -> Condition | None:
    try:
        return compile_condition(text, PLACES, KINDS)
    except ConditionError as fault:
        if fault.code not in ("condition-too-long", "condition-too-deep"):
            raise
        return None


@settings(max_examples=400, deadline=None)
@given(_CONDITIONS, _VECTORS, st.tuples(*[st.booleans()] * 6))
def test_it_means_what_python_means(text: str, values: tuple[Any, ...], known: tuple[bool, ...]) -> None:
    condition = _compiled(text)
    if condition is not None:
        assert condition.test(values, known) == _python(text, values, known)


@settings(max_examples=300, deadline=None)
@given(_CONDITIONS, _VECTORS, _VECTORS, st.tuples(*[st.booleans()] * 6))
def test_only_the_named_places_matter(
    text: str, values: tuple[Any, ...], other: tuple[Any, ...], known: Any
) -> None:
    condition = _compiled(text)
    if condition is not None:
        mixed = [values[i] if i in condition.facts else other[i] for i in range(6)]
        assert condition.test(values, known) == condition.test(mixed, known)


_WORDS = st.sampled_from(
    ["a", "n", "w", "and", "or", "not", "(", ")", "==", "=", "<", ">=", "+", "-", "1", "2.5", "'x'", '"', "known",
     "done", "elapsed", "fire.rescue", "10 min", ".", "__class__", "（", "且", "True", "!", ",", "lambda", ":", "\n"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.lists(_WORDS, max_size=14).map(" ".join), st.lists(_WORDS).map("".join)
    )
)
def test_any_text_is_a_condition_or_a_condition_error(text: str) -> None:
    try:
        condition = compile_condition(text, PLACES, KINDS)
    except ConditionError as refused:
        fault = refused
    else:
        assert condition.test(VALUES, KNOWN) in (True, False)
        return
    assert 0 <= fault.offset <= len(text)


def test_a_grade_is_what_the_law_says_and_without_a_law_nothing_is_graded() -> None:
    """``graded(larger)`` stands for any of the law's conditions; a condition travels with what its grades mean."""
    places = {"dead": 0, "hurt": 1}
    law = {"larger": ("dead >= 3", "hurt >= 10"), "general": ()}
    larger = compile_condition("graded(larger) and dead < 9", places, None, law)
    known = (True, True)
    assert [larger.test(values, known) for values in ((2, 9), (3, 0), (0, 10), (9, 0))] == [
        False,
        True,
        True,
        False,
    ]
    assert pickle.loads(pickle.dumps(larger)).test((3, 0), known)
    assert compile_condition("graded(general)", places, None, law).test((0, 0), known)
    assert not compile_condition("graded(larger)", places).test((99, 99), known)
    assert larger.facts == (0, 1)
