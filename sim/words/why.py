"""What `tuiyan why` says: when something became true, or why it never did."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "activated": ("启动响应", "start of the response"),
    "handover": ("移交指挥权", "hand-over"),
    "terminated": ("终止响应", "end of the response"),
    "field": ("现场指挥部", "field headquarters"),
    "conference": ("会商", "conferences"),
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
    "field": ("指挥", "command"),
    "conference": ("指挥", "command"),
    "safety": ("救援人员安全规则", "safety rule"),
    "aftermath": ("事后情况", "aftermath"),
    "step": ("办理步骤", "step"),
    "gap": ("差距", "gap"),
}

# The first line, then the sentences of the answer.
SAYS: Final = {
    "head": ("【演练】{kind}·{name}（{item}）：{outcome}", "EXERCISE: {kind}, {name} ({item}): {outcome}"),
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
    "field.fired": ("{at}设立", "set up at {at}"),
    "field.never": ("没有设立", "never set up"),
    "conference.fired": ("{at}首次结束，共{count}次", "the first ended at {at}, {count} in all"),
    "conference.never": ("没有召开完", "none was held to its end"),
    "step.fired": ("{at}开始办理，共{count}次", "begun at {at}, {count} times in all"),
    "step.never": ("没有办理", "never begun"),
    "safety.fired": ("{at}首次被违反，共{count}次", "first broken at {at}, {count} times in all"),
    "safety.never": ("没有被违反", "never broken"),
    "aftermath.fired": ("第{day}天出现", "came to light on day {day}"),
    "aftermath.never": ("没有出现", "never came to light"),
    "gap.fired": ("可能有{count}处", "{count} possible"),
    "gap.never": ("没有发现", "none found"),
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
    "parts.not-then": (
        "判断期间没有成立、只在其他时候成立过的部分：{parts}",
        "parts that held at other times, but never while it was judged: {parts}",
    ),
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
        "真实态势在{begin}至{end}符合条件（{lasted:.1f}分钟），但{holder}不掌握；与真实不符的：{facts}",
        "it was truly so from {begin} to {end} ({lasted:.1f} min), but {holder} did not know; wrong were: {facts}",
    ),
    "true-outside": (
        "真实态势只在{holder}判断之前或之后符合过条件（{begin}至{end}，{lasted:.1f}分钟）",
        "it was truly so only while {holder} was not judging ({begin} to {end}, {lasted:.1f} min)",
    ),
    "never-true": ("真实态势也从未符合条件", "nor was it ever truly so"),
    "called-for": (
        "{holder}所掌握的态势在{begin}至{end}符合条件，处置时间轴中没有相应记录",
        "what {holder} knew met the condition from {begin} to {end}, yet the timeline has no row of it",
    ),
    "level.proposed": (
        "{at}按当时所掌握的态势提请（第{row}行）",
        "proposed at {at} on what was known then (row {row})",
    ),
    "level.lowest": (
        "当时没有级别的条件成立，按最低一级启动",
        "no level was called for then: the response began at the lowest",
    ),
    "level.above": (
        "{at}已经进入更高的{level}（第{row}行）",
        "the higher {level} was reached at {at} (row {row})",
    ),
    "no-rows": (
        "{holder}所掌握的态势自{begin}起符合条件；本次推演的处置时间轴没有这一类记录",
        "what {holder} knew met the condition from {begin}; this timeline has no rows of that kind",
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
    "outside.entered": (
        "已记入善后台账，{date}（第{row}行）",
        "entered in the after-care ledger for {date} (row {row})",
    ),
    "outside.not-entered": (
        "没有记入善后台账：至记入时不符合条件“{when}”",
        "not entered in the after-care ledger: “{when}” did not hold when it was written",
    ),
    "outside.not-activated": (
        "没有启动响应，善后台账没有记录",
        "the response was never started, so nothing was entered in the after-care ledger",
    ),
    "task.open": (
        "“{what}”至推演结束未完：{wait}，自{since}起（第{row}行）",
        "{what} was not done at the close: {wait} since {since} (row {row})",
    ),
    "safety.waits.requires": (
        "按“{rule}”，“{when}”成立时，要等到“{requires}”成立才能进入",
        "by “{rule}”, while “{when}” holds, nobody goes in before “{requires}” holds",
    ),
    "safety.waits.standby": (
        "按“{rule}”，“{when}”成立时，要等到另有一组待命才能进入",
        "by “{rule}”, while “{when}” holds, nobody goes in before a second team stands ready",
    ),
    "safety.waits.over": (
        "按“{rule}”，要等到“{when}”不再成立才能进入",
        "by “{rule}”, nobody goes in before “{when}” no longer holds",
    ),
    "duty.breaks": (
        "情景设定它违反安全规则“{rule}”",
        "the scenario plays it as breaking the safety rule “{rule}”",
    ),
    "breaks.done": (
        "情景设定“{duty}”违反“{rule}”：{at}起违反{count}次（第{row}行）",
        "played as breaking “{rule}”: {duty} did, {count} times from {at} (row {row})",
    ),
    "breaks.unbarred": (
        "情景设定“{duty}”违反“{rule}”，但没有起作用：{at}开始时（第{row}行）规则并不阻止它",
        "played as breaking “{rule}”, to no effect: as {duty} began at {at} (row {row}) the rule did not bar it",
    ),
    "breaks.not-begun": (
        "情景设定“{duty}”违反“{rule}”，但没有起作用：它至推演结束没有开始",
        "played as breaking “{rule}”, to no effect: {duty} never began by the close",
    ),
    "breaks.not-sent": (
        "情景设定“{duty}”违反“{rule}”，但没有起作用：它没有行动",
        "played as breaking “{rule}”, to no effect: {duty} was never carried out",
    ),
    "safety.source": ("依据：{basis}", "basis: {basis}"),
    "safety.applied": (
        "规则适用：{begin}至{end}，{lasted:.1f}分钟",
        "the rule applied from {begin} to {end}, {lasted:.1f} min",
    ),
    "safety.never-applied": (
        "规则的适用条件没有成立，所以不起作用",
        "what it applies to was never so: it had no effect",
    ),
    "safety.held": (
        "“{what}”自{at}起等它，共{minutes:.1f}分钟（第{row}行）",
        "{what} waited for it from {at}, {minutes:.1f} min (row {row})",
    ),
    "safety.held-to-close": (
        "“{what}”自{at}起等它，至推演结束没有等到，共{minutes:.1f}分钟（第{row}行）",
        "{what} waited for it from {at} until the close, {minutes:.1f} min (row {row})",
    ),
    "safety.withdrawn": ("“{what}”{at}撤离（第{row}行）", "{what} withdrew at {at} (row {row})"),
    "safety.head_counted": (
        "“{what}”{at}清点人数（第{row}行）",
        "heads of {what} were counted at {at} (row {row})",
    ),
    "safety.unrelieved": (
        "“{what}”{at}到时无人换班（第{row}行）",
        "{what} was due for relief at {at}, and had none (row {row})",
    ),
    "aftermath.message": ("{message}", "{message}"),
    "aftermath.counted": (
        "在{limit}天以内，计入事故统计",
        "within the {limit} days in which it counts towards the grade",
    ),
    "aftermath.late": (
        "超过{limit}天，不计入事故统计",
        "after the {limit} days in which it counts towards the grade",
    ),
    "aftermath.regraded": (
        "事故等级由{was}变为{grade}（第{row}行）",
        "the grade of the accident changes from {was} to {grade} (row {row})",
    ),
    "aftermath.same-grade": ("事故等级不变", "the grade of the accident does not change"),
    "gap.statement": ("{at} {statement}", "{at} {statement}"),
    "gap.cause": ("原因：{cause}", "why: {cause}"),
    "gap.merged": ("报告中并入“{head}”", "the report merges it into “{head}”"),
    "gap.none": ("本次推演没有发现这类差距", "the review of this drill found none of this kind"),
    "field.none": ("本办公室没有安排现场指挥部", "this office has arranged no field headquarters"),
    "field.not-activated": (
        "没有启动响应，没有派人设立",
        "the response was never started, so nobody was sent to set it up",
    ),
    "field.interim": (
        "{at}由{who}临时指挥（第{row}行）",
        "{who} commanded at the scene from {at} (row {row})",
    ),
    "field.person": ("{who}：{state}", "{who}: {state}"),
    "field.sent": ("{at}派{who}赴现场（第{row}行）", "{who} was sent at {at} (row {row})"),
    "field.nobody": ("{at}无人可派（第{row}行）", "nobody could go at {at} (row {row})"),
    "field.there": ("{at}{who}到场（第{row}行）", "{who} was there at {at} (row {row})"),
    "field.stands": ("{at}设立（第{row}行）", "it stood at {at} (row {row})"),
    "field.upwind": (
        "{at}设在{side}侧，上风向（第{row}行）",
        "it stood at {at} on the {side} side, upwind (row {row})",
    ),
    "field.no-wind": (
        "{at}设立，当时不掌握风向（第{row}行）",
        "it stood at {at}; the wind was not known (row {row})",
    ),
    "field.dissolved.terminated": (
        "{at}因响应终止撤销（第{row}行）",
        "dissolved at {at}: the response ended (row {row})",
    ),
    "field.dissolved.handed_over": (
        "{at}因市级接管撤销（第{row}行）",
        "dissolved at {at}: the city took over (row {row})",
    ),
    "conference.none": ("本办公室没有安排会商", "this office has arranged no conferences"),
    "conference.no-field": (
        "现场指挥部没有设立，所以没有会商",
        "the field headquarters was never set up, so nobody conferred",
    ),
    "conference.held": (
        "第{number}次{at}结束（第{row}行），在场：{units}",
        "no. {number} ended at {at} (row {row}), there were: {units}",
    ),
    "conference.alone": (
        "第{number}次{at}结束（第{row}行），没有在场作业的单位",
        "no. {number} ended at {at} (row {row}), no unit was at work there",
    ),
    "conference.decided": ("{question}：{choice}（第{row}行）", "{question} {choice} (row {row})"),
    "step.none": (
        "处置时间轴中没有这一步：本次推演没有需要办理它的情况",
        "the timeline has no row of it: nothing in this drill called for it",
    ),
    "desk.verify.none": (
        "核实在接报之后，没有轮到",
        "it verifies after a call is received; it did not come to that",
    ),
    "desk.assess.none": ("研判在核实之后，没有轮到", "it assesses after verifying; it did not come to that"),
    "desk.activate.none": (
        "研判以后，值守专班所掌握的态势不符合启动条件，或研判没有完成（见“启动响应”）",
        "what the desk knew after its assessment did not meet the condition of the start, or it was never assessed "
        "(see the start of the response)",
    ),
    "step.other": ("“{what}”：{state}，{at}", "{what}: {state}, {at}"),
    "step.called-off": ("“{what}”{at}中止（第{row}行）", "{what} was called off at {at} (row {row})"),
    "report.reception": ("自值守接报起算", "its clock starts as the desk picks up"),
    "report.knowledge": (
        "自掌握符合条件的情况起算",
        "its clock starts when what is known meets the condition",
    ),
    "report.correction": ("自伤亡口径更正起算", "its clock starts when the approved figures change"),
    "report.terminated": ("自终止响应起算", "its clock starts at the end of the response"),
    "report.no-reception": (
        "值守专班没有接到来电，所以没有开始",
        "the desk never picked up, so it never began",
    ),
    "report.no-correction": (
        "报出的伤亡数字没有需要更正的",
        "no figure that was reported had to be corrected",
    ),
    "report.no-terminated": (
        "至推演结束没有终止响应，所以没有开始",
        "the response was not over by the close, so it never began",
    ),
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
    "norm.between": ("{since}→{by}", "{since} → {by}"),
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
    "role.safety": ("规则的适用条件", "the rule applies when"),
    "role.requires": ("进入前须成立", "required before the entry"),
    "role.binds": ("适用条件", "binds when"),
    "on.truth": ("按真实态势", "on what was true"),
    "on.holder": ("按{holder}已掌握态势", "on what was known to {holder}"),
    "moment.row": ("当时，{at}", "then, at {at}"),
    "moment.row.activate": ("提请启动时，{at}", "as the start was proposed, at {at}"),
    "moment.proposed": ("提请时，{at}", "as it was proposed, at {at}"),
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
    "conference": (
        "{what}：{seen}会商时由现场力量说明，{holder}掌握{true}",
        "{what}: told by the crews in the conference at {seen}; then {holder} knew{true}",
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
    "link": (
        "{text}（自{since}起{what}，{minutes:.1f}分钟，等到第{until}行；自身始于第{begun}行）",
        "{text} ({what} since {since}, {minutes:.1f} min, until row {until}; it began with row {begun})",
    ),
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
    "about": ("{text}：{what}", "{text}: {what}"),
    "aftermath": ("第{day}天：{title}", "day {day}: {title}"),
    "date": ("{day} {clock}（T+{t:.1f}）", "{day} {clock} (T+{t:.1f})"),
    "opening": ("推演开始", "the drill opened"),
    "comma": ("，", ", "),
    "semicolon": ("；", "; "),
}
