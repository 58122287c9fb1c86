"""Problems of what binds the office and of how it commands and reports: law.yaml, arrangements.yaml, norms.yaml."""

from __future__ import annotations

from typing import Final

from sim.words import Table

OFFICE: Final[Table] = {
    "law-absent": (
        "没有 law.yaml：不判定事故等级，不评报告要素，不演救援安全规则。不需要时可放一个只写 {{}} 的文件。",
        "there is no law.yaml: nothing is graded, no report form is scored and no safety rule is played. A file "
        "that holds only {{}} says that this is meant.",
    ),
    "arrangements-absent": (
        "没有 arrangements.yaml：指挥与报告只演最简单的形式。不需要时可放一个只写 {{}} 的文件。",
        "there is no arrangements.yaml: command and reports are played in their plainest form. A file that holds "
        "only {{}} says that this is meant.",
    ),
    "unknown-form": ("law.yaml 的 forms 中没有报告表“{name}”。", "forms of law.yaml has no '{name}'."),
    "unknown-report": (
        "arrangements.yaml 的 reports 中没有“{name}”。",
        "reports of arrangements.yaml has no '{name}'.",
    ),
    "unknown-safety": (
        "law.yaml 的 safety 中没有安全规则“{name}”。",
        "safety of law.yaml has no rule '{name}'.",
    ),
    "fact-of-kind": (
        "这里要用{wanted}类的态势项，而 {name} 是{kind}。",
        "a fact of another kind is needed here: {wanted}; {name} is {kind}.",
    ),
    "rank-twice": (
        "次序 {rank} 重复，{other} 已经用过。请换一个没有用过的次序。",
        "rank {rank} is used twice; {other} has it already. Take one that is free.",
    ),
    # law
    "law-condition": (
        "事故等级和较大涉险事故的条件只看态势项，不能用 {call}()。",
        "conditions of grades and of the near miss read facts only; {call}() cannot be used.",
    ),
    "grade-reserved": (
        "near_miss 专指较大涉险事故，不能作事故等级的编号。",
        "near_miss stands for the near miss and cannot be the id of a grade.",
    ),
    "grade-no-rule": (
        "没有一条规则能判到事故等级 {name}。请补一条规则，或删去这一级。",
        "no rule leads to grade {name}. Add one or remove the grade.",
    ),
    "near-miss-empty": (
        "较大涉险事故没有写任何条件。请补上，或删去 near-miss。",
        "the near miss has no condition. Add one or remove near-miss.",
    ),
    "form-empty": (
        "报告表没有写任何要素，无从评完整程度。",
        "the form has no element, so nothing can be scored.",
    ),
    "safety-missing": (
        "{rule} 类的安全规则要写 {key}。",
        "a safety rule of kind {rule} needs {key}.",
    ),
    "safety-unfit": (
        "{rule} 类的安全规则不用 {key}，请删去。",
        "a safety rule of kind {rule} has no use for {key}; remove it.",
    ),
    "bands-order": (
        "浓度越高，允许时间应越短：{name} 与 {other} 不符。请检查 above 和 within。",
        "the higher the concentration, the shorter the work: {name} and {other} do not fit. Check above and within.",
    ),
    "safety-nobody": (
        "登记册和各情景的外部单位都没有职责“{name}”，这条安全规则管不到任何行动。",
        "neither the register nor any scenario's guest units have duty '{name}': the rule speaks to nobody.",
    ),
    "safety-stock-nowhere": (
        "各单位和各情景的外部单位都没有物资“{name}”，这条安全规则没有人做得到。",
        "no unit and no scenario's guest unit has '{name}' among its stocks: nobody can keep this safety rule.",
    ),
    "safety-no-stock": (
        "{unit}没有 {stock}，职责 {name} 做不到这条安全规则。请在其 stocks 中写明数量。",
        "{unit} has no {stock}, so duty {name} cannot keep this safety rule. Give its stocks.",
    ),
    # reports
    "report-when-missing": (
        "自知悉起算（starts: knowledge）的报告要写 when（知悉什么）。",
        "a report that starts from knowledge needs when: knowledge of what.",
    ),
    "report-when-unfit": (
        "只有自知悉起算（starts: knowledge）的报告才写 when，现在是 {starts}。",
        "only a report that starts from knowledge has when; this one starts from {starts}.",
    ),
    "report-every-unfit": (
        "从 {starts} 起算的报告只报一次，不写 every。",
        "a report that starts from {starts} is made once and has no every.",
    ),
    "report-draft-phone": (
        "电话报告不用拟稿。请删去 draft，或改为 mode: written。",
        "a report by phone has no draft. Remove it, or use mode: written.",
    ),
    "report-to-nobody": ("报告没有写报给谁。", "the report names nobody to report to."),
    "report-hands": (
        "由{name}报送，却占用{desk}的人手；若不占用，请写 hands: false。",
        "{name} makes this report but it holds a hand of {desk}; write hands: false if it does not.",
    ),
    # command
    "ledger-empty": (
        "law.yaml 没有写 casualties（台账各项），伤亡台账没有内容。",
        "law.yaml names no casualties, so the ledger has no lines.",
    ),
    "group-twice": (
        "{name}已在工作组 {other} 中，一个单位只能在一个组。请从其中一组删去。",
        "{name} is in group {other} already; a unit is in one group only. Remove it from one of them.",
    ),
    "group-lead-listed": (
        "{name}是本组牵头单位，不必再列入 units。",
        "{name} leads this group and is not listed among its units.",
    ),
    "publishes-unapproved": (
        "arrangements.yaml 没有写 news（谁批准发布），这项职责的发布无人批准。",
        "arrangements.yaml has no news (who approves), so nobody approves what this duty publishes.",
    ),
    # norms
    "norm-step-stage": (
        "值守专班的步骤和报告没有“{stage}”，只有 triggered、started、finished。",
        "a step of the desk or a report has no '{stage}', only triggered, started and finished.",
    ),
    "norm-events-missing": (
        "since（从哪个事件）和 by（到哪个事件）要同时写。",
        "since and by go together: from which event to which.",
    ),
    "norm-events-same": (
        "时限从一个事件到同一个事件，量不出时间。请改写 since 或 by。",
        "the limit runs from an event to the same event. Change since or by.",
    ),
    "norm-two-clocks": (
        "时限写了 since 和 by，又写了 of、from 或 to，只能用一种。",
        "the limit has since and by as well as of, from or to; use one way.",
    ),
}
"""Code → sentence."""
