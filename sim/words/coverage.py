"""What is said of the coverage of a register: the states of a clause, why, and which scenarios suffice."""

from __future__ import annotations

from typing import Final

STATUS: Final = {
    "dispatched": ("用上", "work"),
    "conditional": ("有时", "some"),
    "not-invited": ("未邀请", "uninvited"),
    "never": ("没用上", "never"),
    "unreachable": ("用不上", "unreachable"),
    "outside": ("不派发", "outside"),
}

REASONS: Final = {
    "dispatched": (
        "期望推演中开展了工作：{titles}。",
        "At work in the expected play of: {titles}.",
    ),
    "conditional.worked": (
        "期望推演中没有开展工作，随机推演中有时开展：{parts}。{need}",
        "Not at work in an expected play, but in some random ones: {parts}. {need}",
    ),
    "conditional.called": (
        "派到过，没等开展工作就结束了：{parts}。{need}",
        "Called for, and over before it worked: {parts}. {need}",
    ),
    "not-invited": (
        "{titles}用得着它，而{unit}在这些情景中未邀请，由导调代演。{need}",
        "Called for in {titles}, where {unit} is not invited and played by the control. {need}",
    ),
    "never.need": (
        "没有情景用到。{need}这项需求一次也没有提出。",
        "No scenario uses it. {need} That need was never raised.",
    ),
    "never.condition": (
        "没有情景用到。{need}{titles}提出过这项需求，但它自身的条件当时都不成立。",
        "No scenario uses it. {need} The need was raised in {titles}, but the duty's own condition never held then.",
    ),
    "never.inject": (
        "没有情景用到。{need}它由点名它的注入信息逐次触发，而没有情景给出这样的注入信息。",
        "No scenario uses it. {need} It answers injects that name it, and no scenario gives one.",
    ),
    "unreachable": ("{statement}原文：“{quote}”。", "{statement} Its words: “{quote}”."),
    "outside.prevention": (
        "预防工作，在事故之前，推演从接报开始，不派发。",
        "Prevention, before any accident; a play begins with the first call: not sent out as a task.",
    ),
    "outside.warning": (
        "预警工作，在事故之前，推演从接报开始，不派发。",
        "Warning, before any accident; a play begins with the first call: not sent out as a task.",
    ),
    "outside.phase": (
        "不属于事故处置，推演不派发。",
        "No part of the response to an accident: not sent out as a task.",
    ),
    "outside.standing": (
        "常态工作，平时就在做，不由事故触发，推演不派发。",
        "Standing work, done every day and not called for by an accident: not sent out as a task.",
    ),
    "outside.command": (
        "由指挥流程（指挥部、办公室、值守）自身完成，推演中照做，不作为一项行动派发。",
        "Done by the command process itself (headquarters, its office, the duty desk): it is played, not sent out as a "
        "task.",
    ),
    "outside.later": (
        "事后数日的工作，只记入善后台账，不在推演的时间之内。",
        "Work of the days after: entered in the after-care ledger, beyond the time of a play.",
    ),
}

PARTS: Final = {
    "need": ("服务于“{need}”（条件：{when}）。", "It serves “{need}” (when: {when})."),
    "need.condition": (
        "服务于“{need}”（条件：{when}），自身条件：{condition}。",
        "It serves “{need}” (when: {when}); its own condition: {condition}.",
    ),
    "worked": (
        "{title}{of}次中{count}次（如种子号{seed}）",
        "{title} {count} of {of} (such as seed {seed})",
    ),
    "called": ("{title}{of}次中{count}次（{ends}）", "{title} {count} of {of} ({ends})"),
}

ENDS: Final = {
    "stood_down": ("归队", "stood down"),
    "blocked": ("受阻", "blocked"),
    "unreached": ("联系不上", "not reached"),
    "open": ("至结束未开始", "not begun by the close"),
}

TOLD: Final = {
    "playing": ("正在推演 {title}（{done}/{of}）", "playing {title} ({done}/{of})"),
    "drawing": ("正在画图", "drawing"),
    "title": (
        "【演练】职责覆盖：{scenarios}个情景，每个推演期望1次、随机{seeds}次",
        "EXERCISE: coverage of duties. Scenarios: {scenarios}; plays of each: one expected, {seeds} at random",
    ),
    "basis": (
        "用上：某个情景的期望推演中，该单位接令、到位、开展了工作；有时：只在部分随机推演中，或没等开展就归队；\n"
        "未邀请：由导调代演。结果取决于假设参数，不评价任何单位。",
        "work: in an expected play the unit was reached, came and began; some: only in some random plays, or stood\n"
        "down before; uninvited: played by the control. Results rest on assumptions and judge no unit.",
    ),
    "head.unit": ("单位", "unit"),
    "head.all": ("共", "all"),
    "all": ("合计", "all"),
    "list": ("{status}的职责（{count}项）：", "Duties “{status}” ({count}):"),
    "item": ("{unit}·{duty}（{id}）：{reason}", "{unit}, {duty} ({id}): {reason}"),
    "none": (
        "凡可派发的职责，各情景合起来都用上了。",
        "The scenarios together put every duty to work that can be sent out.",
    ),
    "rest": (
        "逐条理由和所在情景：--json，或 -o DIR 写成文件。",
        "The reason and the scenarios of each duty: --json, or files with -o DIR.",
    ),
    "written": ("结果已写入 {folder}", "written to {folder}"),
    "twice": (
        "两个情景文件编号相同：{name}（{first}、{second}）",
        "two scenario files have one id, {name}: {first}, {second}",
    ),
    "fewest": (
        "最少的情景：{count}个，桌面约{minutes}分钟，用上全部能用上的{of}项职责",
        "The fewest scenarios: {count}, about {minutes} min at the table, for all {of} duties that can be reached",
    ),
    "shortest": (
        "桌面用时最短：{count}个，约{minutes}分钟，用上全部能用上的{of}项职责",
        "The shortest at the table: {count} scenarios, about {minutes} min, for all {of} duties that can be reached",
    ),
    "both": (
        "最少的情景，桌面用时也最短：{count}个，约{minutes}分钟，用上全部能用上的{of}项职责",
        "The fewest scenarios, and the shortest at the table: {count}, about {minutes} min, for all {of} duties that "
        "can be reached",
    ),
    "nothing": (
        "没有职责用上，选不出情景。",
        "No duty is at work in any of them: there is nothing to choose.",
    ),
    "head.scenario": ("情景", "scenario"),
    "head.id": ("编号", "id"),
    "head.minutes": ("分钟", "min"),
    "head.adds": ("新增", "adds"),
    "head.total": ("累计", "in all"),
    "head.alone": ("独有", "only here"),
    "heads": (
        "分钟：桌面用时；新增、累计：比上面各行多用上的职责和总数；独有：这一组里只有它用上的职责。",
        "min: at the table; adds, in all: duties beyond those of the lines above, and all so far;\n"
        "only here: duties that no other of the set puts to work.",
    ),
}
