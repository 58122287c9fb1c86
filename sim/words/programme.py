"""What a programme of drills says: reasons, how the rules fare, what stays open; heads of its table and its picture."""

from __future__ import annotations

from typing import Final

PROGRAMME: Final = {
    "title": ("【演练】演练计划建议：{begin}至{end}", "EXERCISE: proposed drills, {begin} to {end}"),
    "none": ("这段时间没有可安排的演练。", "No drill fits into this time."),
    "quarter": ("{year}年第{quarter}季度", "{year} Q{quarter}"),
    "colon": ("{name}：", "{name}: "),
    "item": ("{day}　{title}", "{day}  {title}"),
    # why this drill, then
    "why.due": (
        "须在{day}前演练一次：{rule}（{basis}，{status}）",
        "a drill is due by {day}: {rule} ({basis}; {status})",
    ),
    "why.never": ("{count}项职责从未演练：{duties}", "duties never exercised: {count}, namely {duties}"),
    "why.stale": (
        "{count}项职责{months}个月以上未演练：{duties}",
        "duties not exercised for {months} months or more: {count}, namely {duties}",
    ),
    "why.age": ("{duty}（{months}个月）", "{duty} ({months} months)"),
    "why.fresh": (
        "保持熟练：涉及的{count}项职责都在{months}个月内演练过",
        "keeps in practice: its duties ({count}) were all exercised within {months} months",
    ),
    "why.test": (
        "复验整改“{problem}”（{about}），时限{deadline}",
        "retests the improvement “{problem}” ({about}), due {deadline}",
    ),
    "why.test-late": (
        "复验整改“{problem}”（{about}），时限{deadline}，已过",
        "retests the improvement “{problem}” ({about}), due {deadline}: late",
    ),
    "why.join": (
        "可与事发企业每{months}个月一次的演练合办（{basis}，{status}；只约束企业）",
        "may join the drill that its enterprise owes every {months} months ({basis}; {status}; binds only them)",
    ),
    "no-deadline": ("未定", "not set"),
    "more": ("{names}等", "{names} and others"),
    "comma": ("、", ", "),
    # how the rules fare
    "rules": ("演练频次", "how often"),
    "rule.kept": ("能做到", "kept"),
    "rule.enterprise": ("约束企业，只提示", "binds enterprises; shown only"),
    "rule.broken": ("做不到", "cannot be kept"),
    "broken.scenario": (
        "“{rule}”做不到：没有符合的情景。请编写一个，或确认它是否适用。",
        "“{rule}” cannot be kept: no scenario counts for it. Write one, or confirm that it applies.",
    ),
    "broken.never": (
        "“{rule}”做不到：没有演练记录，今天即应演练；{mended}。",
        "“{rule}” cannot be kept: there is no drill on record, so one is due today; {mended}.",
    ),
    "broken.overdue": (
        "“{rule}”做不到：{limit}已到期；{mended}。",
        "“{rule}” cannot be kept: it was due by {limit}; {mended}.",
    ),
    "broken.spacing": (
        "“{rule}”做不到：{limit}到期，按准备{prepare}天、相隔{gap}个月（均为自定）及其他期限排不进去；{mended}。",
        "“{rule}” cannot be kept: due by {limit}, no day is left beside {prepare} days of preparation, {gap} months "
        "between drills (both our own) and the other limits; {mended}.",
    ),
    "broken.mended": ("{day}补上", "made good on {day}"),
    "broken.open": ("到期末仍未补上", "still open at the end"),
    # what stays open
    "open.nobody": (
        "整改“{problem}”（{about}）没有情景能复验。",
        "The improvement “{problem}” ({about}) is retested by no scenario.",
    ),
    "open.late": (
        "整改“{problem}”（{about}）时限{deadline}，最早{day}复验。",
        "The improvement “{problem}” ({about}), due {deadline}, is retested only on {day}.",
    ),
    "open.never": (
        "整改“{problem}”（{about}）时限{deadline}，这段时间排不进复验。",
        "The improvement “{problem}” ({about}), due {deadline}, is not retested within this time.",
    ),
    "unreached": (
        "{count}项职责没有情景演练到：{duties}。",
        "Duties that no scenario exercises: {count}, namely {duties}.",
    ),
    "basis": (
        "先少违演练频次，再按时复验整改，再让各项职责久未演练的时间最短（越要紧的处置需求权重越大）。"
        "相隔{gap}个月、准备{prepare}天、{stale}个月不练即按从未演练计，均为自定。只有参演单位的职责算演练过。日期供参考，由人确定。",
        "Rules come first, then retests in time, then the least time since each duty was exercised, weighted by the "
        "priority of its need. {gap} months between drills, {prepare} days to prepare, and {stale} months after which "
        "a duty counts as never exercised are our own. Only duties of those who take part count. People set the day.",
    ),
    "written": ("已写入 {folder}", "written to {folder}"),
    "head.date": ("日期", "date"),
    "head.quarter": ("季度", "quarter"),
    "head.scenario": ("情景", "scenario"),
    "head.duties": ("涉及职责", "duties"),
    "head.never": ("从未演练", "never"),
    "head.stale": ("久未演练", "long ago"),
    "head.tests": ("复验整改", "retests"),
    "head.rule": ("规定", "rule"),
    "head.last": ("上次演练", "last drill"),
    "head.limit": ("最迟", "due by"),
    "head.fares": ("本计划", "this programme"),
    "head.basis": ("出处", "basis"),
    "head.status": ("核实情况", "status"),
    "reading": ("正在读取名录、情景和演练记录", "reading roster, scenarios and history"),
    "playing": ("正在看各情景演练到哪些职责", "seeing which duties each scenario exercises"),
    "choosing": ("正在安排演练", "choosing the drills"),
    # the picture
    "chart.title": (
        "{count}次演练建议，下一次{day}：{title}",
        "Proposed drills: {count}, the next on {day}: {title}",
    ),
    "chart.none": ("这段时间没有可安排的演练", "No drill fits into this time"),
    "chart.badge": ("【演练】计划建议", "EXERCISE · proposal"),
    "chart.footer": (
        "职责是否演练到，按各情景的仿真推演；日期供参考，由人确定。",
        "Which duties a drill exercises comes from simulation; the days are proposals that people decide on.",
    ),
    "chart.held": ("已演练", "held"),
    "chart.proposed": ("建议演练", "proposed"),
    "chart.limit": ("演练频次到期", "a rule is due"),
    "chart.deadline": ("整改时限", "deadline of an improvement"),
    "chart.today": ("今天", "today"),
    "chart.rule": ("每{months}个月至少一次（{status}）", "at least every {months} months ({status})"),
    "chart.promises": ("整改时限", "improvements"),
    # the calendar
    "event": ("【演练】{title}", "【演练】EXERCISE: {title}"),
    "event.note": (
        "演练计划建议，不是预警；日期由人确定。",
        "A proposed exercise, no warning; people decide on the day.",
    ),
}
