"""What `tuiyan why` says: when something became true, or why it never did."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "activated": ("启动响应", "start of the response"),
    "handover": ("移交指挥权", "hand-over"),
    "terminated": ("终止响应", "end of the response"),
}

ITEMS: Final = {
    "inject": ("条件注入", "contingency inject"),
    "timed": ("定时注入", "timed inject"),
    "hazard": ("险情", "hazard"),
    "need": ("处置需求", "need"),
    "duty": ("职责", "duty"),
    "level": ("响应级别", "level of response"),
    "graded": ("事故等级", "grade of accidents"),
    "report": ("报告", "report"),
    "norm": ("时限", "norm"),
    "activated": ("指挥", "command"),
    "handover": ("指挥", "command"),
    "terminated": ("指挥", "command"),
}

# The first line, then the sentences of the answer.
SAYS: Final = {
    "head": ("【演练】{kind}{item}（{name}）：{outcome}", "EXERCISE: {kind} {item} ({name}): {outcome}"),
    "head.command": ("【演练】{name}：{outcome}", "EXERCISE: {name}: {outcome}"),
    "basis": (
        "以上由处置时间轴重新判断得出，结果取决于假设参数，不是对任何单位的评价。",
        "Judged again from the timeline; results rest on assumptions and judge no unit.",
    ),
    "at": ("{clock}（T+{t:.1f}）", "{clock} (T+{t:.1f})"),
    "mark": ("{text}，第{row}行", "{text}, row {row}"),
    # outcomes
    "inject.fired": ("{at}给出", "given at {at}"),
    "inject.never": ("没有给出", "never given"),
    "timed.fired": ("{at}给出", "given at {at}"),
    "timed.never": ("没有给出", "never given"),
    "hazard.fired": ("{at}首次发展，共{count}次", "first grew at {at}, {count} times in all"),
    "hazard.never": ("没有发展", "never grew"),
    "need.fired": ("{at}提出", "raised at {at}"),
    "need.never": ("没有提出", "never raised"),
    "duty.fired": ("{at}触发", "triggered at {at}"),
    "duty.never": ("没有行动", "never carried out"),
    "level.fired": ("{at}进入", "reached at {at}"),
    "level.never": ("没有进入", "never reached"),
    "graded.fired": ("{at}判定", "graded so at {at}"),
    "graded.never": ("没有判定", "never graded so"),
    "report.fired": ("{at}报出", "filed at {at}"),
    "report.never": ("没有报出", "never filed"),
    "norm.fired": ("可能超时", "may be missed"),
    "norm.never": ("未见超时", "not seen to be missed"),
    "activated.fired": ("{at}", "{at}"),
    "activated.never": ("没有启动", "never started"),
    "handover.fired": ("{at}完成移交", "handed over at {at}"),
    "handover.never": ("没有移交", "never handed over"),
    "terminated.fired": ("{at}", "{at}"),
    "terminated.never": ("没有终止", "never ended"),
    # reasons
    "window": ("只在{begin}至{end}之间判断", "judged only from {begin} to {end}"),
    "window.opened": (
        "条件在窗口开始前已经成立，窗口一开始（{at}）即给出",
        "the condition held before the window; it was given as the window opened ({at})",
    ),
    "inject.timed": (
        "按情景设定的时刻给出，没有条件",
        "given at the time that the scenario sets; it has no condition",
    ),
    "inject.after": ("在“{event}”之后一段时间给出", "given some time after “{event}”"),
    "inject.held-back": (
        "条件在{begin}至{end}成立过，但“除非”也一直成立，所以不给出",
        "the condition held from {begin} to {end}, but so did “unless” all that time",
    ),
    "inject.outside": (
        "条件只在窗口之外成立过（{begin}至{end}，{lasted:.1f}分钟）",
        "the condition held only outside its window ({begin} to {end}, {lasted:.1f} min)",
    ),
    "parts.never": ("从未成立的部分：{parts}", "parts that never held: {parts}"),
    "parts.apart": ("各部分都曾成立，但从未同时成立", "each part held at some time, never all together"),
    "hazard.every": (
        "条件持续成立时每{every:g}分钟发展一次，头一次在成立后{every:g}分钟",
        "while the condition holds it grows every {every:g} min, first {every:g} min after it began to hold",
    ),
    "hazard.armed": (
        "条件成立：{begin}至{end}，{lasted:.1f}分钟",
        "the condition held from {begin} to {end}, {lasted:.1f} min",
    ),
    "hazard.most": ("已到上限{count}次", "it reached its limit of {count} times"),
    "hazard.short": (
        "每次成立都不满{every:g}分钟，所以没有发展",
        "it never held for {every:g} min on end, so nothing happened",
    ),
    "not-activated": (
        "没有启动响应，指挥部不作判断；下面是它若判断时所掌握的",
        "the response was never started, so headquarters judged nothing; below is what it had heard",
    ),
    "by-activation": (
        "启动响应（{at}）时所掌握的态势已经符合条件，启动即成立",
        "what was known when the response was started ({at}) already met the condition",
    ),
    "since-activation": (
        "自启动响应（{at}）起按指挥部已掌握的态势判断",
        "judged from the start of the response ({at}) on what headquarters knew",
    ),
    "knew-late": (
        "真实态势自{since}起已符合条件，相差{delay:.1f}分钟",
        "it was truly so from {since}, {delay:.1f} min before",
    ),
    "only-believed": (
        "真实态势从未符合条件，所掌握的与真实不符",
        "it was never truly so: what was known was not what was true",
    ),
    "did-not-know": (
        "真实态势在{begin}至{end}符合条件（{lasted:.1f}分钟），但指挥部不掌握；与真实不符的：{facts}",
        "it was truly so from {begin} to {end} ({lasted:.1f} min), but headquarters did not know; wrong were: {facts}",
    ),
    "true-outside": (
        "真实态势只在指挥部判断之前或之后符合过条件（{begin}至{end}，{lasted:.1f}分钟）",
        "it was truly so only while headquarters was not judging ({begin} to {end}, {lasted:.1f} min)",
    ),
    "never-true": ("真实态势也从未符合条件", "nor was it ever truly so"),
    "called-for": (
        "指挥部所掌握的态势在{begin}至{end}符合条件，处置时间轴中没有相应记录",
        "what headquarters knew met the condition from {begin} to {end}, yet the timeline has no row of it",
    ),
    "level.above": (
        "{at}已经进入更高的{level}（第{row}行）",
        "the higher {level} was reached at {at} (row {row})",
    ),
    "no-rows": (
        "指挥部所掌握的态势自{begin}起符合条件；本次推演的处置时间轴没有这一类记录",
        "what headquarters knew met the condition from {begin}; this timeline has no rows of that kind",
    ),
    "need.until": (
        "条件自{begin}起成立，但解除条件同时成立，所以不提出",
        "the condition held from {begin}, but so did what ends the need",
    ),
    "need.over": ("{at}解除（第{row}行）", "over at {at} (row {row})"),
    "duty.alarm": (
        "接警即动：按本单位自己掌握的态势判断",
        "starts on the alarm: judged on what its own unit knew",
    ),
    "duty.on-order": ("凭命令行动", "starts on an order"),
    "duty.by-alarm": ("接警即动，没有等命令", "it started on the alarm and waited for no order"),
    "duty.by-order": ("凭指挥部命令行动", "it was ordered by headquarters"),
    "duty.no-inject": ("没有注入信息启动它", "no inject started it"),
    "duty.no-need": ("它的处置需求“{need}”没有提出", "its need “{need}” was never raised"),
    "duty.own-never": (
        "处置需求提出过，但指挥部所掌握的态势不符合职责自身的条件",
        "its need was raised, but what headquarters knew never met the duty's own condition",
    ),
    "duty.not-due": (
        "处置需求“{need}”提出过，没有记录说明为何没有行动",
        "its need “{need}” was raised; no row says why it was not carried out",
    ),
    "prerequisite.reached": (
        "前置行动“{what}”{stage}：{at}（第{row}行）",
        "prerequisite “{what}” {stage}: {at} (row {row})",
    ),
    "prerequisite.open": (
        "前置行动“{what}”{stage}：至结束未达到",
        "prerequisite “{what}” {stage}: not by the close",
    ),
    "prerequisite.never-sent": (
        "前置行动“{what}”{stage}：这项行动没有派出",
        "prerequisite “{what}” {stage}: it was never sent",
    ),
    "outside.phase": (
        "只登记，不在处置阶段，推演中不派",
        "registered only: outside the phase of response, never sent",
    ),
    "outside.command": ("由指挥流程执行，不单独派", "done by command itself, never sent on its own"),
    "outside.words": ("原文不适用于本次事故等级", "excluded by its own words"),
    "outside.later": ("事后数日的工作，记入善后台账", "work of later days, kept in the after-care ledger"),
    "report.reception": ("自值守接报起算", "its clock starts as the desk picks up"),
    "report.knowledge": (
        "自掌握符合条件的情况起算",
        "its clock starts when what is known meets the condition",
    ),
    "report.correction": ("自伤亡口径更正起算", "its clock starts when the approved figures change"),
    "report.terminated": ("自终止响应起算", "its clock starts at the end of the response"),
    "report.begun": ("{at}开始办理（第{row}行）", "begun at {at} (row {row})"),
    "desk.never-rung": ("值守专班没有接到任何来电", "nobody ever called the duty desk"),
    "desk.not-assessed": (
        "值守专班没有完成研判，不能提请启动",
        "the duty desk never finished its assessment",
    ),
    "signed": ("由{approver}批准", "approved by {approver}"),
    "signed.acting": (
        "由{approver}代行{acting_for}职责批准",
        "approved by {approver}, acting for {acting_for}",
    ),
    "handover.none": ("本办公室没有安排移交", "this office has arranged no hand-over"),
    "handover.asked": ("{at}提出移交请求（第{row}行）", "requested at {at} (row {row})"),
    "end.none": ("情景没有规定终止条件", "the scenario sets no condition for the end"),
    "end.hold": ("终止条件须持续成立{hold:g}分钟", "the condition must hold for {hold:g} min"),
    "end.held": (
        "终止条件成立：{begin}至{end}，{lasted:.1f}分钟",
        "it held from {begin} to {end}, {lasted:.1f} min",
    ),
    "step": ("{what}：{at}（第{row}行）", "{what}: {at} (row {row})"),
    "norm.source": ("来源：{basis}。{text}", "source: {basis}. {text}"),
    "norm.met": (
        "{unit}“{task}”：{begin}起算，用时{used:.1f}分钟，时限{within:.1f}分钟，在时限内",
        "{unit}, {task}: from {begin}, {used:.1f} min used of {within:.1f}: within the limit",
    ),
    "norm.missed": (
        "{unit}“{task}”：{begin}起算，用时{used:.1f}分钟，时限{within:.1f}分钟，可能超时",
        "{unit}, {task}: from {begin}, {used:.1f} min used of {within:.1f}: may be missed",
    ),
    "norm.shown": (
        "{unit}“{task}”：{begin}起算，用时{used:.1f}分钟，只列出，不评",
        "{unit}, {task}: from {begin}, {used:.1f} min used; shown, not judged",
    ),
    "norm.not_evaluated": (
        "{unit}“{task}”：{begin}起算，用时{used:.1f}分钟，未评",
        "{unit}, {task}: from {begin}, {used:.1f} min used; not evaluated",
    ),
    "norm.open": ("{unit}“{task}”：未评", "{unit}, {task}: not evaluated"),
    "norm.none": ("本次推演中没有它要计时的行动", "this drill had nothing that it measures"),
}

# A condition, part by part.
PARTS: Final = {
    "heading": ("{role}（{picture}；{moment}）", "{role} ({picture}; {moment})"),
    "role.when": ("条件", "condition"),
    "role.unless": ("除非（成立则不给出）", "unless"),
    "role.until": ("解除条件（成立则不提出）", "over when"),
    "role.while": ("持续条件", "while"),
    "role.own": ("职责自身的条件", "the duty's own condition"),
    "role.alarm": ("接警条件（处置需求）", "its alarm (the need)"),
    "role.alarm.own": ("接警条件（职责自身）", "its alarm (its own condition)"),
    "role.activate": ("启动条件", "condition of the start"),
    "role.end": ("终止条件", "condition of the end"),
    "role.binds": ("适用条件", "binds when"),
    "on.truth": ("按真实态势", "on what was true"),
    "on.holder": ("按{holder}已掌握态势", "on what was known to {holder}"),
    "moment.row": ("当时，{at}", "then, at {at}"),
    "moment.row.activate": ("提请启动时，{at}", "as the start was proposed, at {at}"),
    "moment.same": ("同一时刻，{at}", "the same moment, {at}"),
    "moment.held": ("首次成立，{at}", "first held, at {at}"),
    "moment.held.end": ("开始持续成立时，{at}", "as it began to hold on, at {at}"),
    "moment.closest": ("最接近成立的时刻，{at}", "came closest at {at}"),
    "holds": ("成立", "yes"),
    "fails": ("不成立", "no"),
    "line": ("[{mark}] {text}", "[{mark}] {text}"),
    "word.and": ("以下全部成立", "all of these"),
    "word.or": ("以下任一成立", "any of these"),
    "word.not": ("以下不成立", "not this"),
    "word.graded": ("{text}：以下任一成立", "{text}: any of these"),
    "value": ("{fact}：{value}", "{fact}: {value}"),
    "value.unheard": ("{fact}：未获知，按{value}判断", "{fact}: not heard of, taken as {value}"),
    "value.truth": ("{text}（真实为{truth}）", "{text} (truly {truth})"),
    "first": ("首次成立T+{first:.1f}", "first held T+{first:.1f}"),
    "since": ("自T+{t:.1f}起", "from T+{t:.1f}"),
    "since.first": ("自T+{t:.1f}起（首次T+{first:.1f}）", "from T+{t:.1f} (first T+{first:.1f})"),
    "first.never": ("从未成立", "never held"),
    "truly": ("真实态势T+{t:.1f}起", "truly T+{t:.1f}"),
    "truly.never": ("真实态势从未如此", "never truly so"),
    "between": ("｜", " | "),
}

# How the last part became true.
NEWS: Final = {
    "title": ("最后成立的部分是怎么来的", "What made the last part true"),
    "title.before": ("所依据的信息从哪里来", "Where what it rests on came from"),
    "made": ("{what}：{at}，因为{origin}（第{row}行）", "{what}: at {at}, by {origin} (row {row})"),
    "made.opening": ("{what}：推演开始时即如此", "{what}: it was so from the start"),
    "timer": ("{what}：{at}到时，自{origin}起算", "{what}: the time was up at {at}, counted from {origin}"),
    "report": (
        "{what}：{who}“{task}”{seen}看到并报告，{at}{holder}收到，路上{took:.1f}分钟{true}",
        "{what}: {who} ({task}) saw and reported it at {seen}; {holder} had it at {at}, {took:.1f} min later{true}",
    ),
    "told": (
        "{what}：{source}{seen}告知（注入{inject}），{at}{holder}掌握，隔{took:.1f}分钟{true}",
        "{what}: {source} told it at {seen} (inject {inject}); {holder} had it at {at}, {took:.1f} min later{true}",
    ),
    "told.direct": (
        "{what}：{source}{seen}告知{holder}（注入{inject}）{true}",
        "{what}: {source} told {holder} at {seen} (inject {inject}){true}",
    ),
    "verified": (
        "{what}：值守专班核实，{at}{holder}掌握{true}",
        "{what}: verified by the duty desk; {holder} had it at {at}{true}",
    ),
    "passed": (
        "{what}：{origin}时一并转达，{at}{holder}掌握{true}",
        "{what}: passed on with {origin}; {holder} had it at {at}{true}",
    ),
    "unclear": (
        "{what}：{at}{holder}掌握（第{row}行）{true}",
        "{what}: {holder} had it at {at} (row {row}){true}",
    ),
    "true": (
        "；真实态势自{since}起如此，{delay:.1f}分钟后才掌握",
        "; it was truly so from {since}, {delay:.1f} min before",
    ),
    "untrue": ("；当时真实态势并非如此", "; it was not truly so then"),
}

# The executions of a duty, and the chain of causes.
STORY: Final = {
    "rows": ("记录", "Rows"),
    "row": ("{at} 第{row}行 {text}", "{at} row {row} {text}"),
    "more": ("（其余{count}条略）", "({count} more)"),
    "tasks": ("行动经过", "What became of it"),
    "task": ("{task}（{state}）：{stages}", "{task} ({state}): {stages}"),
    "stage": ("{stage}T+{t:.1f}", "{stage} T+{t:.1f}"),
    "waits": ("等待：{waits}", "waits: {waits}"),
    "wait": ("{what}{minutes:.1f}分钟", "{what} {minutes:.1f} min"),
    "path": ("原因链", "Chain of causes"),
    "step": ("{at} +{took:.1f}分钟 第{row}行 {text}", "{at} +{took:.1f} min row {row} {text}"),
    "omitted": ("（前面{count}步略）", "({count} earlier steps)"),
    "nested": ("它的处置需求", "Its need"),
    "event": ("{unit}{what}{event}", "{unit} {what} {event}"),
    "what": ("“{what}”", "“{what}”"),
    "inject": ("注入{inject}“{title}”", "inject {inject} “{title}”"),
    "grades": ("{text}：{grades}", "{text}: {grades}"),
    "hazard": ("险情{hazard}“{label}”第{tick}次发展", "hazard {hazard} “{label}”, tick {tick}"),
    "fact": ("{fact}变为{value}", "{fact} became {value}"),
    "by-inject": ("{event}（注入{inject}）", "{event} (inject {inject})"),
    "waiting": ("{text}：{what}", "{text}: {what}"),
    "opening": ("推演开始", "the drill opened"),
    "comma": ("，", ", "),
    "semicolon": ("；", "; "),
}
