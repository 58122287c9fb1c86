"""Words of comparing two variants of a drill, of what a result is sensitive to, and of improvement measures."""

from __future__ import annotations

from typing import Final

MARKS: Final = {
    "reception": ("接报", "call received"),
    "report_up": ("首报上级", "first report up"),
    "activated": ("启动响应", "response started"),
    "informed": ("各成员单位都已通知到", "every member told"),
    "field_established": ("现场指挥部设立", "field headquarters set up"),
    "handed_over": ("移交指挥权", "command handed over"),
    "terminated": ("终止响应", "response ended"),
}

HEADS: Final = {
    "item": ("项目", "item"),
    "first": ("甲方案（分）", "variant A (min)"),
    "second": ("乙方案（分）", "variant B (min)"),
    "difference": ("乙减甲（分）", "B − A (min)"),
    "interval": ("差的95%区间", "95% interval of the difference"),
    "better": ("乙更早", "B sooner"),
    "equal": ("相同", "equal"),
    "worse": ("乙更晚", "B later"),
    "unknown": ("说不清", "cannot tell"),
    "unfinished": ("有一方未完成", "a side unfinished"),
    "limit": ("时限", "limit"),
    "judged": ("两方都能判的次数", "plays judged in both"),
    "first-missed": ("甲超时", "A missed"),
    "second-missed": ("乙超时", "B missed"),
    "share-difference": ("乙减甲", "B − A"),
    "assumption": ("假设参数", "assumption"),
    "grade": ("等级", "grade"),
    "value": ("现值", "as it stands"),
    "low-value": ("取小", "low end"),
    "high-value": ("取大", "high end"),
    "low": ("取小时的结果", "result, low end"),
    "high": ("取大时的结果", "result, high end"),
    "swing": ("相差", "apart"),
    "moved": ("有变化的次数", "plays that change"),
    "strength": ("影响 μ*", "strength μ*"),
    "bent": ("非线性或相互影响 σ", "bent or joint σ"),
    "error": ("μ* 的误差（±）", "error of μ* (±)"),
    "alone": ("单独影响 S1", "alone S1"),
    "alone-error": ("S1 的误差（±）", "error of S1 (±)"),
    "total": ("总影响 ST", "total ST"),
    "total-error": ("ST 的误差（±）", "error of ST (±)"),
    "measure": ("措施（自定）", "measure (local)"),
    "cost": ("费用，{unit}", "cost, {unit}"),
    "minutes": ("提前（分）", "minutes sooner"),
    "limits": ("少超时限（项）", "limits no longer missed"),
    "minutes-each": ("每单位费用提前（分）", "minutes per cost"),
    "limits-each": ("每单位费用少超（项）", "limits per cost"),
    "note": ("备注", "note"),
}

SAYS: Final = {
    "comma": ("、", ", "),
    "of": ("{part} / {whole}", "{part} / {whole}"),
    "range": ("{low} 至 {high}", "{low} to {high}"),
    "stage": ("{task}（第{number}次）{stage}", "{task} ({number}) {stage}"),
    "expected": ("{inject} 预期行动：{event}", "{inject} expected: {event}"),
    "changes": ("不同之处：{changes}。", "What differs: {changes}."),
    "change": ("{path}：{before} → {after}", "{path}: {before} → {after}"),
    "no-changes": ("两个方案的假设参数相同。", "The assumptions of both variants are the same."),
    "absent": ("无", "none"),
    "everything": (
        "从预案上看，任何一项行动都可能受影响（{because}牵动值守、通话、指挥或整个情景），不能断言哪一项不变。",
        "Read from the plan, every task may change ({because} bears on the desk, calls, command or the whole "
        "scenario); of none can it be said that it stays.",
    ),
    "scenario": ("情景不同", "another scenario"),
    "roster": ("名录不同", "another roster"),
    "closure": (
        "从预案上看，{inside}项职责可能受影响，其余{outside}项每次推演都不变：{names}。",
        "Read from the plan, {inside} duties may change; the other {outside} are the same in every play: {names}.",
    ),
    "closure-all": (
        "从预案上看，{inside}项职责都可能受影响。",
        "Read from the plan, all {inside} duties may change.",
    ),
    "paired": (
        "两个方案各试算{n}次，逐次用同一组随机数比较。有一方到结束仍未完成的，按两方共同推演到的时刻计，差值至少这么大；"
        "两方都未完成的记“说不清”；一方没有这项行动或已被叫停的不计入。结果取决于假设参数，不评价任何单位。",
        "Both variants were played {n} times and compared play by play on the same random numbers. A side unfinished "
        "at the close counts as coming at the earlier close of the two, so that the difference is the least it can be; "
        "where neither side came, which is sooner cannot be told; a task that only one side has, or that was called "
        "off, is not counted. Results rest on assumptions and grade no unit.",
    ),
    "failed": (
        "有推演出错：甲{first}次、乙{second}次，这些次不比较。",
        "Some plays failed: {first} of A, {second} of B; they are not compared.",
    ),
    "milestone": ("{name}的一般情况", "the usual time of: {name}"),
    "duty": ("{name}的平均时刻", "the mean time of: {name}"),
    "limit": ("{name}可能超时的比例", "the share of plays that may miss: {name}"),
    "measured": (
        "看的是{measure}（现为{usual}）。每项假设单独改变，其余不动，同一组随机数各{n}次。",
        "Looked at: {measure} (now {usual}). Each assumption is varied by itself, on the same random numbers, {n} "
        "plays each.",
    ),
    "stopwatch": (
        "最该先用秒表实测的（影响大，又只是估计或未经确认的初值）：{names}。",
        "Measure these with a stopwatch first (they matter, and are only guessed or unconfirmed): {names}.",
    ),
    "no-stopwatch": (
        "没有一项估计值影响这个结果。",
        "No estimated value moves this result.",
    ),
    "unused": (
        "{count}项假设在这个情景中用不上，没有试算。",
        "{count} assumptions have no part in this drill and were not played.",
    ),
    "idle": ("在这个情景中不起作用或本来如此", "no part in this drill, or so already"),
    "unfit": (
        "这些措施与本情景不合，没有试算：{names}。",
        "These measures do not fit this drill and were not played: {names}.",
    ),
    "counted": (
        "提前的分钟数是这些时刻之和：{marks}；每组各试算{n}次，与现状逐次比较。费用和措施都是自定。",
        "Minutes are those of {marks} together; every set was played {n} times and compared with the drill as it "
        "stands. Costs and measures are the office's own.",
    ),
    "best-minutes": (
        "费用不超过{budget}，最能提前的一组：{names}，费用{cost}，共提前{minutes}分。",
        "For a cost of at most {budget}, what gains most time: {names}, cost {cost}, {minutes} min sooner.",
    ),
    "best-limits": (
        "费用不超过{budget}，最能少超时限的一组：{names}，费用{cost}，平均少超{limits}项。",
        "For a cost of at most {budget}, what avoids most missed limits: {names}, cost {cost}, {limits} fewer.",
    ),
    "nothing": ("一项也不做", "none at all"),
    "exact": (
        "预算内各组都试算过（共{played}组），这是其中最好的。",
        "Every set within the budget was played ({played} in all); this is the best of them.",
    ),
    "stepwise": (
        "组数太多，是逐步添加选出来的（试算{played}组），不保证最好；若各项措施互不加强，至多能得{bound}。",
        "There are too many sets; this one was found step by step ({played} played) and may not be the best. If "
        "measures do not reinforce each other, no set buys more than {bound}.",
    ),
}
