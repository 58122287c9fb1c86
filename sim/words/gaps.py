"""What the review says of a gap: its kind, the sentence with its figures, why, and what may help.

Codes are permanent. Everything speaks of what a play suggests under its assumptions, never of a real unit.
"""

from __future__ import annotations

from typing import Final

TITLES: Final = {
    "G101": ("可能未出动", "May not be dispatched"),
    "G102": ("可能联系不上", "May not be reached"),
    "G103": ("可能未接令", "May not acknowledge"),
    "G104": ("至结束可能未行动", "May not begin by the close"),
    "G111": ("可能响应过度（出动）", "May be sent for nothing"),
    "G112": ("响应级别可能偏高", "Level of response may be too high"),
    "G113": ("响应级别可能偏低", "Level of response may be too low"),
    "G201": ("接令可能偏晚", "May acknowledge late"),
    "G202": ("出发可能偏晚", "May depart late"),
    "G203": ("到场可能偏晚", "May arrive late"),
    "G204": ("开始可能偏晚", "May start late"),
    "G205": ("完成可能偏晚", "May finish late"),
    "G206": ("预期行动可能偏晚", "Expected action may be late"),
    "G207": ("下令可能偏晚", "May be ordered late"),
    "G301": ("首报可能偏晚", "First report up may be late"),
    "G302": ("首报可能要等人", "First report up may wait for a person"),
    "G303": ("指挥长可能缺位", "Commander may be absent"),
    "G304": ("值守步骤可能偏晚", "Step of the duty desk may be late"),
    "G305": ("可能一人两用", "One person may be needed twice"),
    "G306": ("请求移交指挥权可能偏晚", "Request to hand over may be late"),
    "G331": ("现场指挥部选址时可能不掌握风向", "Field headquarters may be set up without knowing the wind"),
    "G332": ("现场指挥部可能设立偏晚", "Field headquarters may be set up late"),
    "G333": ("会商间隔可能过长", "Conferences may be too far apart"),
    "G311": ("报送可能超时", "Report may be late"),
    "G312": ("法定报告可能缺报", "Statutory report may be missing"),
    "G313": ("首报可能等核实或等启动", "First report up may wait for verification or activation"),
    "G314": ("报告要素可能不全", "Report may be incomplete"),
    "G315": ("企业可能迟报", "Enterprise may report late"),
    "G316": ("规定时限可能超过", "A clock may run out"),
    "G321": ("伤亡数字可能不一致", "Casualty figures may disagree"),
    "G322": ("可能未经批准发布", "May be released without approval"),
    "G323": ("发布的数字可能不在报送口径", "Published figures may be outside the ledger"),
    "G401": ("队伍可能不足", "Teams may be too few"),
    "G402": ("通话席位可能不足", "Operators may be too few"),
    "G403": ("物资可能不足", "Stocks may be too few"),
    "G404": ("可能无人换班", "May not be relieved"),
    "G501": ("处置需求可能无责任单位", "Need may have no owner"),
    "G601": ("信息可能到得晚", "News may come late"),
    "G602": ("信息可能到不了", "News may never come"),
    "G701": ("前置行动可能受阻", "Prerequisite may block"),
    "G801": ("终止后可能又有险情", "Danger may return after termination"),
    "G901": ("可能违反救援人员安全规则", "A rule for the safety of rescuers may be broken"),
    "G902": ("可能久等安全条件", "A safe entry may be waited for long"),
    "G903": ("可能超过作业时间未换班", "Work in bad air may last too long"),
}

_STAGED: Final = ("G201", "G202", "G203", "G204", "G205", "G207", "G301", "G304")
_LATE: Final = (
    "{unit}“{duty}”从{start}到{stop}可能用{actual:.1f}分钟，时限{limit:.1f}分钟（{source}）。",
    "{unit}, {duty}: {start} to {stop} may take {actual:.1f} min; the limit is {limit:.1f} min ({source}).",
)
_NEVER: Final = (
    "{unit}“{duty}”{start}后{actual:.1f}分钟可能仍未{stop}，时限{limit:.1f}分钟（{source}）。",
    "{unit}, {duty}: {actual:.1f} min after {start} it may still not have {stop}; "
    "the limit is {limit:.1f} min ({source}).",
)
_EXPECTED: Final = (
    "注入{inject}后，预期{unit}“{duty}”{limit:.1f}分钟内{stop}，可能用{actual:.1f}分钟（{source}）。",
    "After inject {inject}, “{duty}” of {unit} was expected to be {stop} within {limit:.1f} min; "
    "it may take {actual:.1f} min ({source}).",
)
_EXPECTED_NEVER: Final = (
    "注入{inject}后，预期{unit}“{duty}”{limit:.1f}分钟内{stop}，至推演结束可能仍未实现（{source}）。",
    "After inject {inject}, “{duty}” of {unit} was expected to be {stop} within {limit:.1f} min; "
    "this may not happen by the close ({source}).",
)

STATEMENTS: Final = {
    "G101": (
        "{unit}的职责“{duty}”可能不会出动：处置需求“{need}”自T+{t:.0f}起真实存在{lasted:.0f}分钟，"
        "其间没有行动。",
        "{unit} may not be sent for “{duty}”: the need “{need}” truly held for {lasted:.0f} min from "
        "T+{t:.0f} and no task was begun.",
    ),
    "G102": (
        "{unit}可能联系不上：呼叫{tries}次未接通，T+{t:.0f}时各种通信方式均已用尽。",
        "{unit} may not be reached: {tries} calls unanswered, every channel exhausted at T+{t:.0f}.",
    ),
    "G103": (
        "{unit}“{duty}”下达出动令后，至推演结束可能仍未接令。",
        "{unit} may not acknowledge the order for “{duty}” by the close.",
    ),
    "G104": (
        "{unit}“{duty}”T+{t:.0f}{stage}后，至推演结束可能仍未开始。",
        "{unit}, “{duty}”: {stage} at T+{t:.0f}, it may still not have started by the close.",
    ),
    "G111": (
        "{unit}“{duty}”T+{t:.0f}出动，其间处置需求“{need}”可能并不真实存在。",
        "{unit} may be sent out at T+{t:.0f} for “{duty}” while the need “{need}” never truly held.",
    ),
    "G112": (
        "T+{t:.0f}起按“{level}”响应{lasted:.0f}分钟，真实态势可能一直没有达到该级别的条件（级别为本区自定）。",
        "From T+{t:.0f} the response may run at “{level}” for {lasted:.0f} min, which the truth never called for "
        "(levels are local).",
    ),
    "G113": (
        "T+{t:.0f}起真实态势已达到“{level}”的条件，{lasted:.0f}分钟内响应可能低于该级别"
        "（参考值{limit:.0f}分钟，自定；级别为本区自定）。",
        "From T+{t:.0f} the truth called for “{level}”; the response may stay below it for {lasted:.0f} min "
        "(our own mark: {limit:.0f} min; levels are local).",
    ),
    **dict.fromkeys(_STAGED, _LATE),
    **{f"{code}.never": _NEVER for code in _STAGED},
    "G206": _EXPECTED,
    "G206.never": _EXPECTED_NEVER,
    "G302": (
        "{unit}的首报上级可能要等{waited:.1f}分钟才有人办理。",
        "The first report up of {unit} may wait {waited:.1f} min for a person.",
    ),
    "G303": (
        "{post}可能无法履职：呼叫{tries}次未接通，用去{lost:.1f}分钟，T+{t:.0f}由{acting}代行职责。",
        "{post} may be out of reach: {tries} calls unanswered took {lost:.1f} min; "
        "{acting} acts from T+{t:.0f}.",
    ),
    "G305": (
        "{person}可能一人两用：T+{t:.0f}既要担任{kept}，又要担任{other}，只能顾一头。",
        "{person} may be needed twice: at T+{t:.0f} as {kept} and as {other}, in two places.",
    ),
    "G305.waits": (
        "要{person}一人签批的事可能撞在一起：{count}件等了{limit:.0f}分钟以上（自定），"
        "最久的是“{what}”，自T+{t:.0f}等了{waited:.1f}分钟。",
        "Papers for {person} alone may pile up: {count} waited over {limit:.0f} min (our own mark), “{what}” longest, "
        "{waited:.1f} min from T+{t:.0f}.",
    ),
    "G306": (
        "T+{t:.0f}已掌握应移交{to}的情况，{actual:.0f}分钟后才可能提出请求（参考值{limit:.0f}分钟，自定）。",
        "What calls for a hand-over to {to} is known at T+{t:.0f}; the request may come {actual:.0f} min later "
        "(our own mark: {limit:.0f} min).",
    ),
    "G306.never": (
        "T+{t:.0f}已掌握应移交{to}的情况，其后{actual:.0f}分钟可能一直没有提出请求（参考值{limit:.0f}分钟，自定）。",
        "What calls for a hand-over to {to} is known at T+{t:.0f}; for {actual:.0f} min there may be no request "
        "(our own mark: {limit:.0f} min).",
    ),
    "G331": (
        "T+{t:.0f}设立现场指挥部时可能不掌握风向，不能保证设在上风向。",
        "The wind may be unknown when the field headquarters is set up at T+{t:.0f}; it may not stand upwind.",
    ),
    "G332": (
        "首支力量（{unit}）T+{t:.0f}到场，{actual:.0f}分钟后现场指挥部才可能设立（参考值{limit:.0f}分钟，自定）。",
        "The first unit ({unit}) is there at T+{t:.0f}; the field headquarters may stand {actual:.0f} min later "
        "(our own mark: {limit:.0f} min).",
    ),
    "G332.never": (
        "首支力量（{unit}）T+{t:.0f}到场，其后{actual:.0f}分钟可能一直没有设立现场指挥部（参考值{limit:.0f}分钟，自定）。",
        "The first unit ({unit}) is there at T+{t:.0f}; for {actual:.0f} min there may be no field headquarters "
        "(our own mark: {limit:.0f} min).",
    ),
    "G333": (
        "T+{t:.0f}以后可能有{actual:.0f}分钟没有会商（参考值{limit:.0f}分钟，自定）。",
        "After T+{t:.0f} there may be no conference for {actual:.0f} min (our own mark: {limit:.0f} min).",
    ),
    "G401": (
        "{unit}的{team}共{size}支，可能不够用：{count}项行动合计等了{total:.1f}分钟，"
        "最久的是“{duty}”，等{waited:.1f}分钟。",
        "{unit} has {size} of {team}, which may be too few: {count} tasks waited {total:.1f} min in all, "
        "“{duty}” longest, {waited:.1f} min.",
    ),
    "G402": (
        "通话席位可能不够用：{count}个出动令合计等了{total:.1f}分钟才拨出，最久的是“{duty}”，等{waited:.1f}分钟。",
        "Operators may be too few: {count} orders waited {total:.1f} min in all before the call, “{duty}” "
        "longest, {waited:.1f} min.",
    ),
    "G403": (
        "{unit}的{stock}可能不够用：{count}项行动合计等了{total:.1f}分钟，最久的是“{duty}”，等{waited:.1f}分钟。",
        "{unit} may have too little of {stock}: {count} tasks waited {total:.1f} min in all, “{duty}” longest, "
        "{waited:.1f} min.",
    ),
    "G404": (
        "{unit}“{duty}”可能无人换班：T+{t:.0f}起{count}次到时无空闲队伍，最久的一队连续作业{held:.0f}分钟。",
        "{unit} may have nobody to relieve “{duty}”: {count} times from T+{t:.0f} on no team was free; one was at work "
        "for {held:.0f} min.",
    ),
    "G311": (
        "{unit}“{duty}”可能用{actual:.1f}分钟，时限{limit:.1f}分钟，超过{over:.1f}分钟（{source}）。",
        "{unit}, {duty}: may take {actual:.1f} min; the limit is {limit:.1f} min, {over:.1f} min over ({source}).",
    ),
    "G312.never": (
        "{unit}“{label}”可能缺报：应报之时起{actual:.1f}分钟，至推演结束仍未报，时限{limit:.1f}分钟（{source}）。",
        "{unit}, {label}: may be missing; {actual:.1f} min after it fell due it is still not made at the close; the "
        "limit is {limit:.1f} min ({source}).",
    ),
    "G313": (
        "{unit}的首报可能{what}{waited:.1f}分钟才报出；首报应先报概况，不等核实、不等启动。",
        "The first report of {unit} may lose {waited:.1f} min {what}; it should tell the outline first and wait for "
        "neither verification nor activation.",
    ),
    "G314": (
        "{unit}T+{t:.1f}的“{duty}”可能只说到“{form}”{required}项要素中的{told}项，缺：{missing}（{basis}）。",
        "“{duty}” of {unit} at T+{t:.1f} may tell {told} of the {required} elements of the {form}; missing: {missing} "
        "({basis}).",
    ),
    "G315": (
        "{unit}可能迟报：“{label}”用{actual:.1f}分钟，时限{limit:.1f}分钟，迟{over:.1f}分钟（{source}）。",
        "{unit} may report late: “{label}” takes {actual:.1f} min; the limit is {limit:.1f} min, {over:.1f} min late "
        "({source}).",
    ),
    "G315.never": (
        "{unit}可能漏报：“{label}”{actual:.1f}分钟仍未报，时限{limit:.1f}分钟，至结束已迟{over:.1f}分钟（{source}）。",
        "{unit} may not report at all: “{label}” is not made after {actual:.1f} min; the limit is {limit:.1f} min, "
        "{over:.1f} min late at the close ({source}).",
    ),
    "G316": (
        "“{label}”从{start}到{stop}可能用{actual:.1f}分钟，时限{limit:.1f}分钟，超过{over:.1f}分钟（{source}）。",
        "“{label}”: from {start} to {stop} may take {actual:.1f} min; the limit is {limit:.1f} min, {over:.1f} min "
        "over ({source}).",
    ),
    "G316.never": (
        "“{label}”自{start}起{actual:.1f}分钟，至推演结束可能仍无{stop}，时限{limit:.1f}分钟（{source}）。",
        "“{label}”: {actual:.1f} min after {start} there may still be no {stop} at the close; the limit is "
        "{limit:.1f} min ({source}).",
    ),
    "G321.wrong": (
        "推演结束时，{unit}审定的伤亡数字可能与真实情况不符：{parts}。",
        "At the close the figures approved by {unit} may not be the truth: {parts}.",
    ),
    "G321.none": (
        "至推演结束，{unit}可能没有审定过任何伤亡数字：{parts}。",
        "{unit} may approve no casualty figures by the close: {parts}.",
    ),
    "G321.unreported": (
        "T+{t:.0f}审定的伤亡数字可能没有补报上级，最后报出的是：{parts}。",
        "The figures approved at T+{t:.0f} may not be reported up; what was reported last: {parts}.",
    ),
    "G321.unchecked": (
        "关于“{line}”，{one}说{high}，{other}T+{t:.0f}说{low}，其后可能无人核对。",
        "Of “{line}” {one} says {high} and {other}, at T+{t:.0f}, {low}; nobody may check it afterwards.",
    ),
    "G322": (
        "T+{t:.0f}{unit}对外发布，可能未经批准。",
        "What {unit} publishes at T+{t:.0f} may have nobody's approval.",
    ),
    "G323": (
        "T+{t:.0f}{unit}发布的伤亡数字可能不是审定的报送口径：{parts}。",
        "The casualties that {unit} publishes at T+{t:.0f} may not be the approved figures: {parts}.",
    ),
    "G501.no_owner": (
        "处置需求“{need}”T+{t:.0f}提出，按目前读法预案中可能没有单位负责。",
        "The need “{need}” is raised at T+{t:.0f}; as we read the plan, it may have no owner.",
    ),
    "G501.guests_only": (
        "处置需求“{need}”T+{t:.0f}提出，按目前读法预案中可能没有单位负责，本情景由外部单位（{units}）承担。",
        "The need “{need}” is raised at T+{t:.0f}; it may have no owner in the plan; "
        "guest units ({units}) see to it here.",
    ),
    "G501.support_only": (
        "处置需求“{need}”T+{t:.0f}提出，按目前读法预案中可能只有配合单位（{units}），没有牵头单位。",
        "The need “{need}” is raised at T+{t:.0f}; the plan may name supporting units ({units}) and no lead.",
    ),
    "G601": (
        "{unit}可能较晚获知{facts}：T+{t:.0f}发生，T+{learnt:.0f}获知，相隔{delay:.0f}分钟（参考值{limit:.0f}分钟，自定）。",
        "{unit} may learn late of {facts}: true at T+{t:.0f}, known at T+{learnt:.0f}, {delay:.0f} min later "
        "(our own mark: {limit:.0f} min).",
    ),
    "G602": (
        "{unit}可能一直不掌握{facts}：T+{t:.0f}起有变化，{delay:.0f}分钟内无人告知（参考值{limit:.0f}分钟，自定）。",
        "{unit} may never know of {facts}: changed at T+{t:.0f}, told by nobody for {delay:.0f} min "
        "(our own mark: {limit:.0f} min).",
    ),
    "G701": (
        "{unit}“{duty}”可能一直等不到前置行动，至推演结束未行动：{waits}。",
        "{unit} may never begin “{duty}”: {waits} until the close.",
    ),
    "G801": (
        "终止响应后，T+{t:.0f}的情况可能与终止条件不符。",
        "After termination, what is known at T+{t:.0f} may contradict the conditions of the end.",
    ),
    "G901": (
        "{unit}“{duty}”T+{t:.0f}起可能{count}次违反安全规则“{rule}”（{source}）。",
        "{unit}, “{duty}”: from T+{t:.0f} the rule “{rule}” may be broken {count} times ({source}).",
    ),
    "G902": (
        "{unit}“{duty}”可能为安全规则“{rule}”等{waited:.1f}分钟，T+{t:.0f}起（{source}）。",
        "{unit}, “{duty}” may wait {waited:.1f} min from T+{t:.0f} for the rule “{rule}” ({source}).",
    ),
    "G902.never": (
        "{unit}“{duty}”可能为安全规则“{rule}”等到推演结束：T+{t:.0f}起共{waited:.1f}分钟（{source}）。",
        "{unit}, “{duty}” may wait until the close for the rule “{rule}”: {waited:.1f} min from T+{t:.0f} ({source}).",
    ),
    "G903": (
        "{unit}“{duty}”一组作业{limit:.1f}分钟到时，T+{t:.0f}起可能又超{over:.1f}分钟无人换班（{rule}：{source}）。",
        "{unit}, “{duty}”: a team due to leave after {limit:.1f} min may stay {over:.1f} min longer from T+{t:.0f} "
        "without relief ({rule}: {source}).",
    ),
}

WHY: Final = {
    "part": ("{what}{minutes:.1f}分钟", "{what} {minutes:.1f} min"),
    "parts": ("用时构成：{parts}。", "Where the time went: {parts}."),
    "not_activated": ("推演结束前没有启动响应。", "The response was never activated."),
    "activated_late": (
        "启动响应时该处置需求已经解除。",
        "The need was over when the response was activated.",
    ),
    "unaware": ("指挥部一直没有获知：{facts}。", "Headquarters never learnt of: {facts}."),
    "unit_unaware": ("{unit}一直没有获知：{facts}。", "{unit} never learnt of: {facts}."),
    "condition": (
        "该职责自身的条件在指挥部已掌握态势中没有成立。",
        "The duty's own condition did not hold on what headquarters knew.",
    ),
    "not_raised": (
        "指挥部获知各项情况的时间错开，处置需求没有提出。",
        "Headquarters learnt the facts at different times and did not raise the need.",
    ),
    "believed": (
        "指挥部当时掌握的情况与真实态势不同：{facts}。",
        "What headquarters believed was not true: {facts}.",
    ),
    "no_need": ("出动时该处置需求并不存在。", "There was no such need when it was sent."),
    "level_believed": (
        "级别依据的是指挥部已掌握的情况，其中可能有误报。",
        "The level rests on what headquarters believed, some of which may be wrong.",
    ),
    "level_unknown": (
        "指挥部其间没有获知达到该级别的情况。",
        "Headquarters did not know meanwhile what called for it.",
    ),
    "level_slow": (
        "情况已经获知，提请和批准用了这么长时间。",
        "It was known; proposal and approval took that long.",
    ),
    "no_answer": (
        "各次呼叫均未接通，备用方式也未奏效。",
        "No call was answered and no other channel worked.",
    ),
    "network_down": (
        "其中{failed}次呼叫时通信中断（{networks}），备用方式也未奏效。",
        "{failed} of the calls were made while a network was down ({networks}), and no other channel worked.",
    ),
    "blocked": ("前置行动没有发生：{waits}。", "The prerequisite never happened: {waits}."),
    "not_done": ("该职责至推演结束没有行动。", "No task of this duty was begun by the close."),
    "done_late": ("行动开始得晚。", "The task began late."),
    "desk_busy": ("当时值守人员正在办理：{busy}。", "At that time the desk was busy with: {busy}."),
    "vacant": (
        "{post}不在岗或联系不上；由谁代行见预案原文，递补次序按本区安排（自定）。",
        "{post} was away or out of reach; who acts stands in the plan, the order of substitution in the "
        "local arrangements.",
    ),
    "two_places": (
        "本区安排（自定）让同一个人担任两处的职务。",
        "The local arrangements give one person posts in two places.",
    ),
    "two_papers": (
        "几件事同时要同一个人签批，一人一时只能办一件。",
        "Several things need one person's signature at one time.",
    ),
    "request_slow": ("提请和批准用了这么长时间。", "Proposal and approval took that long."),
    "conference_only": (
        "本区安排（自定）由会商决定请求移交，要等到会商。",
        "The local arrangements leave the request to a conference, and it waits for one.",
    ),
    "no_wind": (
        "设立时没有单位或报告把风向告知指挥部。",
        "Nobody had told headquarters of the wind by then.",
    ),
    "nobody_sent": (
        "启动响应时可任现场总指挥的人都去不了（外出、失联或已有他职）。",
        "Nobody who may command at the scene could go: away, out of reach or needed elsewhere.",
    ),
    "field_slow": (
        "启动响应以后现场总指挥才动身，集结、路程和设立用时相加。",
        "The field commander sets out once the response is activated; muster, road and setting up add up.",
    ),
    "no_conference": (
        "会商间隔的假设较长，或会商没有接着开。",
        "The assumed interval is long, or no further conference was held.",
    ),
    "few_teams": (
        "同一时段多项行动需要同一种队伍。",
        "Several tasks needed the same kind of team at one time.",
    ),
    "few_operators": (
        "同一时段要拨出的电话多于可用席位。",
        "More calls were due at one time than there were operators.",
    ),
    "few_stocks": (
        "同一时段用量大于存量，用过的还没有补充或送达。",
        "More was used at one time than there was, and it was not refilled or supplied yet.",
    ),
    "unrelieved": (
        "到换班时限时，同类队伍（连同所需物资）没有空闲。",
        "When relief was due no team of the kind, with what it takes along, was free.",
    ),
    "no_owner": ("预案没有把这项需求交给任何单位。", "The plan gives this need to no unit."),
    "guests_only": (
        "预案没有把这项需求交给任何单位，外部单位不受本预案约束。",
        "The plan gives this need to no unit, and guest units are not bound by this plan.",
    ),
    "support_only": (
        "预案对这项需求只写了配合，没有写牵头。",
        "The plan names support for this need and no lead.",
    ),
    "told_late": ("影响{count}项处置需求，如{needs}。", "{count} needs depend on it, such as {needs}."),
    "called_late": (
        "值守专班T+{reception:.0f}才接到第一个电话；影响{count}项处置需求，如{needs}。",
        "The duty desk's phone first rang at T+{reception:.0f}; {count} needs depend on it, such as {needs}.",
    ),
    "never_told": (
        "没有注入信息或现场报告把它告知指挥部；影响{count}项处置需求，如{needs}。",
        "No inject and no report from the scene told headquarters; {count} needs depend on it, such as {needs}.",
    ),
    "played_so": (
        "本情景设定该职责不守这条规则，用来演练后果。",
        "The scenario has this duty break the rule, to show what follows.",
    ),
    "unequipped": (
        "本地假设里该职责没有配备这条规则要求的装备。",
        "By the local assumptions this duty takes none of the equipment that the rule demands.",
    ),
    "safety_before_entry": (
        "按“{rule}”，进入前要先做到：{facts}。",
        "Under “{rule}”, before the entry there must be: {facts}.",
    ),
    "safety_standby": (
        "按“{rule}”，一组进入时要有另一组待命，当时没有空闲的第二组。",
        "Under “{rule}”, a second team stands ready while one is in; none was free.",
    ),
    "safety_prohibition": (
        "按“{rule}”，能否作业取决于：{facts}。",
        "Under “{rule}”, whether the work may be done depends on: {facts}.",
    ),
    "no_relief": ("到时没有同类队伍可以换班。", "No other team of the kind was free to take over in time."),
    "not_arranged": (
        "本地安排里没有这一项报告。",
        "The office's arrangements have no such report.",
    ),
    "clock_late": ("后一事项来得晚。", "The second event came late."),
    "clock_ran_out": ("后一事项至推演结束没有发生。", "The second event had not come by the close."),
    "held.verification": ("本办公室的做法是核实以后才报。", "This office reports only what it has verified."),
    "held.activation": (
        "本办公室的做法是批准启动以后才报。",
        "This office reports only once the response is approved.",
    ),
    "untold": (
        "报出时这些要素还没有掌握，或者还没有发生。",
        "When it was made these were not known yet, or had not happened.",
    ),
    "figures.wrong": (
        "真实数字变化以后，没有消息让办公室更正。",
        "Nobody told the office after the true figures had changed.",
    ),
    "figures.none": (
        "没有消息报到办公室，或核对没有做完。",
        "No word reached the office, or no check was done.",
    ),
    "figures.unreported": (
        "审定以后没有补报，或补报还在等人手。",
        "No correction was made, or it still waited for a hand.",
    ),
    "figures.unchecked": ("两个来源说法不一，没有核对。", "Two sources differ, and no check followed."),
    "past_the_office": (
        "该单位自行对外发布，没有经过指挥部。",
        "The unit published by itself, past headquarters.",
    ),
    "unsigned": ("发布时没有经签发的口径。", "There was no signed draft when it was released."),
    "outside_ledger": (
        "发布的数字从未经台账审定。",
        "The ledger never approved the figures that were published.",
    ),
    "before_ledger": ("发布时台账还没有审定任何数字。", "The ledger had approved nothing yet."),
    "contradicted": ("终止依据的情况后来又有变化。", "What the end rested on changed afterwards."),
}

ADVICE: Final = {
    "G101": (
        "可核对触发条件和信息来源，或在推演中追问由谁提出。",
        "Check its condition and sources, or ask at the table who would raise it.",
    ),
    "G102": ("可补充备用联系人和第二种通信方式。", "Add a second contact and a second channel."),
    "network_down": (
        "可补充不依赖该网络的通信方式（电台、卫星电话、派人），并尽早安排抢通。",
        "Add a channel that does not hang on that network (radio, satellite, runner), and send for its repair early.",
    ),
    "G103": ("可明确接令回复要求和追呼时限。", "State how an order is acknowledged and when to call again."),
    "G104": (
        "可核对队伍、集结和路程的假设，或预置力量。",
        "Check the assumed teams, muster and road, or place forces ahead.",
    ),
    "G111": (
        "可先核实再出动，或先下待命令。",
        "Verify before sending, or order a standby first.",
    ),
    "G112": ("可核对误报来源，由会商决定降级。", "Check the wrong report; let a conference lower the level."),
    "G113": (
        "可明确由谁盯级别条件、何时提请升级。",
        "Name who watches the conditions of each level and proposes the next.",
    ),
    "G201": ("可明确接令回复要求，安排备岗。", "State how an order is acknowledged; name a stand-in."),
    "G202": ("可核对集结时间假设，研究预先待命。", "Check the assumed muster; consider an early standby."),
    "G203": (
        "可核对路程假设，研究提前下令或就近力量。",
        "Check the assumed road time; consider earlier orders or nearer forces.",
    ),
    "G204": (
        "可核对展开时间和前置行动，研究并行准备。",
        "Check set-up and prerequisites; prepare in parallel.",
    ),
    "G205": ("可核对作业时间假设，研究增派。", "Check the assumed time of work; consider more teams."),
    "G206": ("可在推演中就此提问，或调整预期。", "Ask about it at the table, or adjust the expectation."),
    "G207": ("可简化下令环节，研究群呼。", "Shorten the way of the order; consider a broadcast."),
    "G301": (
        "可明确先报后核、边报边核，指定专人首报。",
        "Report first and verify alongside; name who reports.",
    ),
    "G302": (
        "可明确首报优先于其他值守事务，夜间增加一名值守人员。",
        "Let the first report go before other work of the desk; add a person at night.",
    ),
    "G303": (
        "可在预案中写明递补次序和授权方式。",
        "Write the order of substitution and its authority into the plan.",
    ),
    "G305": (
        "可在本区安排中把两个职务分给两人，或写明分身不开时谁顶。",
        "Give the two posts to two people, or name who stands in.",
    ),
    "G306": (
        "可明确一经掌握即提请，不等会商；指定谁盯事故等级。",
        "Propose it as soon as it is known, without waiting for a conference; name who watches the grade.",
    ),
    "G331": (
        "可让气象或先到力量先报风向，设立前核对。",
        "Have the weather bureau or the first crew report the wind before it is set up.",
    ),
    "G332": (
        "可研究接报即派人赴现场、就近指定，或延长先期指挥的授权。",
        "Consider sending somebody at reception, naming one nearer, or a longer mandate for interim command.",
    ),
    "G333": ("可明确会商时间表和由谁召集。", "Set a timetable of conferences and who calls them."),
    "G304": (
        "可核对该步骤用时假设，研究并行办理。",
        "Check the assumed time of the step; consider doing it alongside.",
    ),
    "G311": (
        "可指定专人报送，先电话报概况、随后书面补全。",
        "Name who reports; tell the outline by phone first and complete it in writing.",
    ),
    "G312": (
        "可把这一项报告写进本地安排，明确由谁报、向谁报。",
        "Write this report into the arrangements: who makes it, and to whom.",
    ),
    "G313": (
        "可明确接报即报：先报概况，边报边核，随后补报。",
        "Report on reception: the outline first, verify alongside, complete it afterwards.",
    ),
    "G314": (
        "可用要素清单接报，缺的要素追问后续报。",
        "Take calls by a list of the elements; ask for what is missing and follow up.",
    ),
    "G315": (
        "可在企业预案衔接和检查中强调报告时限，现场人员也可直接报。",
        "Press the limit in the enterprise's own plan; staff at the scene may report directly.",
    ),
    "G316": (
        "可核对该时限由谁负责、从何时起算。",
        "Check who is in charge of this clock and when it starts.",
    ),
    "G321": (
        "可明确由谁核对、多久核对一次，口径变化即补报。",
        "State who checks the figures and how often; correct the report as soon as they change.",
    ),
    "G322": (
        "可明确对外发布一律经批准，并向企业重申不得擅自发布事故信息。",
        "Let nothing be released without approval, and remind the enterprise that nobody may publish by itself.",
    ),
    "G323": (
        "可规定对外数字只用审定的报送口径。",
        "Let only the approved figures be told to the public.",
    ),
    "G401": (
        "可核对队伍数量，研究增援、互助或错开使用。",
        "Check the number of teams; consider mutual aid or another order of use.",
    ),
    "G402": (
        "可研究群呼、由牵头单位转达，或增加席位。",
        "Consider a broadcast, relaying through lead units, or more operators.",
    ),
    "G403": (
        "可核对存量和补充用时，研究提前下令调拨储备物资。",
        "Check what there is and how fast it is refilled; consider ordering the reserve earlier.",
    ),
    "G404": (
        "可核对队伍数量和班次时长，研究提前申请增援或互助。",
        "Check teams and length of shifts; consider asking for reinforcement or mutual aid earlier.",
    ),
    "G501": (
        "可在预案修订或本地协议中明确牵头单位。",
        "Name a lead in the plan's revision or in a local agreement.",
    ),
    "G601": (
        "可明确由谁、用什么方式、多久内报指挥部。",
        "State who tells headquarters, how and within what time.",
    ),
    "G602": ("可增加现场报告内容或相应注入信息。", "Add it to the reports from the scene, or add an inject."),
    "G701": (
        "可核对前置关系是否必要、由谁完成。",
        "Check whether the prerequisite is needed and who fulfils it.",
    ),
    "G901": (
        "可在推演中追问由谁在入口把关，核对装备配备。",
        "Ask at the table who guards the entry; check the equipment.",
    ),
    "G902": (
        "可让检测、工艺确认和备份组提前到位，现场明确由谁确认可以进入。",
        "Bring testing, the confirmation of the process and the second team forward; name who clears the entry.",
    ),
    "G903": (
        "可提前安排换班队伍，按浓度排出轮换表。",
        "Order relief ahead; make a rota by concentration.",
    ),
    "G801": (
        "可延长终止前的观察时间，明确恢复警戒的办法。",
        "Watch longer before the end; state how to resume.",
    ),
}

MARKS: Final = {
    "figure.truth": ("{line}{told}（真实{right}）", "{line} {told} (in truth {right})"),
    "figure.unlisted": ("{line}{told}（不在报送口径之内）", "{line} {told} (no line of the ledger)"),
    "figure.ledger": ("{line}{told}（报送口径{right}）", "{line} {told} (approved: {right})"),
    "comma": ("、", ", "),
    "others": ("（同一原因另有{count}处）", " ({count} more of the same cause)"),
    "uninvited": (
        "（该单位未邀请，由导调扮演，仅作标注）",
        " (not invited, played by the control; marked only)",
    ),
}

FROM: Final = {"inject": ("注入信息", "the inject")}

SEVERITY: Final = {"major": ("主要", "major"), "minor": ("一般", "minor")}
