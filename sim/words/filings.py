"""Words of what was reported and of the casualty ledger, in both languages."""

from __future__ import annotations

from typing import Final

FILINGS: Final = {
    "filings": ("报送情况", "What was reported"),
    "filings.hint": (
        "时刻为报出之时。要素按报告的要求计，缺的列在后面；伤亡数字引用报送口径，没有审定的逐项标注。"
        "各项是累计数，救出、救治多少人不从中减去。",
        "The time is that of sending. Elements are those that the form requires, the missing ones named; casualties "
        "are the approved figures, each line marked that nobody had approved. They are totals: who was rescued or "
        "treated is not taken off.",
    ),
    "ledger": ("伤亡台账", "Casualty ledger"),
    "ledger.hint": (
        "办公室获知的每一个数字：谁说的、何时获知、何时审定为报送口径。",
        "Every figure that the office learnt: who said it, when it was learnt, when it became the approved one.",
    ),
    "report": ("报告", "report"),
    "from-to": ("谁报给谁", "from and to"),
    "way": ("{by} → {to}", "{by} → {to}"),
    "elements": ("要素", "elements"),
    "figures": ("伤亡数字", "casualties"),
    "line": ("伤亡项", "line"),
    "figure": ("数字", "figure"),
    "said": ("来源", "said by"),
    "learnt": ("获知", "learnt"),
    "approved-at": ("审定", "approved"),
    "not-approved": ("未审定", "not approved"),
    "above": ("上级", "the level above"),
    "told": ("{told}/{required}", "{told} of {required}"),
    "told.missing": ("{told}/{required}，缺：{missing}", "{told} of {required}; missing: {missing}"),
    "one": ("{line}{value}", "{line} {value}"),
    "unchecked": ("{figure}（未审定）", "{figure} (not approved)"),
    "none": ("未报数字", "no figures"),
}
