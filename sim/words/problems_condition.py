"""Problems of conditions over facts."""

from __future__ import annotations

from typing import Final

from sim.words import Table

CONDITIONS: Final[Table] = {
    "condition-syntax": (
        "条件在“{text}”处读不通。写法如：leaking and injured > treated，not (fire or explosion)。",
        "the condition cannot be read at '{text}'. Write like: leaking and injured > treated, "
        "not (fire or explosion).",
    ),
    "condition-incomplete": (
        "条件没有写完：到这里还缺一项或一个括号。",
        "the condition is unfinished: something or a bracket is missing here.",
    ),
    "condition-chain": (
        "“{sign}”前已有一次比较，比较不能连写。0 < a < 3 写成 a > 0 and a < 3。",
        "comparisons cannot be chained at '{sign}'. Write a > 0 and a < 3 for 0 < a < 3.",
    ),
    "condition-character": (
        "条件中不能有“{char}”。可用：比较、+、-、and、or、not、括号；中文类别名要加引号。",
        "'{char}' cannot stand in a condition. Use comparisons, +, -, and, or, not; quote categories.",
    ),
    "condition-full-width": (
        "条件中用了全角“{char}”，应改成半角“{better}”。",
        "full-width '{char}' in a condition; type '{better}' instead.",
    ),
    "condition-word": (
        "条件中“{word}”应写成 {better}。",
        "write {better} for '{word}' in a condition.",
    ),
    "condition-attribute": (
        "“{text}”不能用在条件里：带点的名字只能放在 done()、started()、late()、elapsed() 的括号内。",
        "'{text}' cannot be used: dotted names stand only inside done(), started(), late() and elapsed().",
    ),
    "condition-call": (
        "没有“{text}()”这个写法。可用：known、done、started、late、elapsed、graded。",
        "there is no '{text}()'. Use known, done, started, late, elapsed, graded.",
    ),
    "condition-argument": (
        "{call}() 的括号里要写一个名字，如 {call}(crew.rescue)。",
        "{call}() takes one name, such as {call}(crew.rescue).",
    ),
    "condition-elapsed": (
        "elapsed() 只能写成 elapsed(I02) >= 10 min（单位 s、min、h）。",
        "elapsed() is written only as elapsed(I02) >= 10 min (units s, min, h).",
    ),
    "condition-too-deep": (
        "条件的括号或 not 超过 {limit} 层，请拆开。",
        "brackets or not go deeper than {limit} levels; split the condition.",
    ),
    "condition-too-long": (
        "条件太长（{length} 字），至多 {limit} 字、100 项，请拆开。",
        "the condition is too long ({length} characters): at most {limit} and 100 tokens; split it.",
    ),
    "condition-unknown-name": (
        "条件中的“{name}”不是已登记的态势项。类别名要加引号。",
        "'{name}' is no registered fact. Quote it if it is a category.",
    ),
    "condition-not-flag": (
        "“{text}”不是真假值，不能单独作条件。计数和数值要比较，如 injured > 0。",
        "'{text}' is neither true nor false. Compare a count or quantity, such as injured > 0.",
    ),
    "condition-not-number": (
        "“{text}”不是数，不能加减。",
        "'{text}' is no number and cannot be added or subtracted.",
    ),
    "condition-compare": (
        "“{left}”与“{right}”不是同一类，不能用 {sign} 比较。",
        "'{left}' and '{right}' are of different kinds and cannot be compared by {sign}.",
    ),
    "condition-order": (
        "“{text}”没有大小，不能用 {sign}，只能用 == 或 !=。",
        "'{text}' has no order: use == or != instead of {sign}.",
    ),
    "condition-category": (
        "“{value}”不是 {name} 的类别。",
        "'{value}' is no category of {name}.",
    ),
}
"""Code → sentence."""
