"""How conditions and values of facts read in words."""

from __future__ import annotations

from typing import Final

GRAMMAR: Final = {
    "and": ("且", "and"),
    "or": ("或", "or"),
    "not": ("未", "not"),
    "true": ("是", "true"),
    "false": ("否", "false"),
    "min": ("分钟", "min"),
}

CALLS: Final = {
    "done": ("“{x}”已完成", "“{x}” is done"),
    "started": ("“{x}”已开始", "“{x}” has started"),
    "late": ("时限{x}已过", "limit {x} has run out"),
    "known": ("已获知{x}", "{x} is known"),
    "elapsed": ("{x}之后", "time since {x}"),
    "graded": ("已达{x}", "it amounts to: {x}"),
}

# Events that conditions, norms and clocks name beside the stages of a duty.
EVENTS: Final = {
    "stage": ("{x}·{stage}", "{x} {stage}"),
    "need": ("处置需求“{x}”提出", "need “{x}” raised"),
    "level": ("进入{x}", "level {x} reached"),
    "graded": ("判定为{x}", "graded {x}"),
    "broken": ("违反“{x}”", "“{x}” broken"),
    "report": ("{x}", "{x}"),
}

SHOWN: Final = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "fact.value": ("{fact}：{value}", "{fact}: {value}"),
    "comma": ("，", ", "),
    "list": ("、", ", "),
}

# Units with a word of their own in English; what is counted stands with its singular under “…1”.
UNITS: Final = {
    "人": ("人", "people"),
    "人1": ("人", "person"),
    "次": ("次", "times"),
    "次1": ("次", "time"),
    "户": ("户", "households"),
    "户1": ("户", "household"),
    "级": ("级", "Bft"),
    "万元": ("万元", "×10,000 yuan"),
}
