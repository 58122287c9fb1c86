"""What is said of a plan and of a script before anybody plays: the kind, the sentence, why it matters, what may help.

Codes are permanent: P of the plan, S of a scenario's script. Nothing here blames a unit: it is the paper that is
looked at.
"""

from __future__ import annotations

from typing import Final

TITLES: Final = {
    "P101": ("处置需求没有责任单位", "Need without an owner"),
    "P102": ("处置需求只有配合、没有牵头", "Need with support only"),
    "P103": ("处置需求有多个牵头", "Need with several leads"),
    "P104": ("职责按其字句用不上", "Duty ruled out by its own words"),
    "P105": ("职责在任何情况下都用不上", "Duty that no situation calls for"),
    "P106": ("只靠一处", "Single point"),
    "P107": ("适用范围不一致", "Scope at odds"),
    "P108": ("写入了范围以外的事项", "Subject outside the scope"),
    "P109": ("缺少必需的单位", "Missing actor"),
    "P110": ("一人身兼数职", "One person, several posts"),
    "P111": ("没有递补次序", "No order of deputies"),
    "P112": ("职责没有时限", "Duties without a limit"),
    "P113": ("时限比最快还短", "Limit shorter than the fastest way"),
    "S201": ("注入信息永远给不出", "Inject that can never be given"),
    "S202": ("注入信息没有预期行动", "Inject without an expected action"),
    "S203": ("讨论题没有参考要点", "Question without reference points"),
    "S204": ("参演单位无事可做", "Participant without a part"),
    "S205": ("短时间内注入过密", "Burst of injects on one unit"),
    "S206": ("预期行动的时限最快也达不到", "Expected action that nobody can meet"),
    "S207": ("推演目标没有注入信息检验", "Objective that no inject tests"),
    "S208": ("设了而没有用到的态势", "Fact that is set and never used"),
    "S209": ("注入信息太多", "More injects than a table can hold"),
    "S210": ("盲演脚本泄露答案", "Blind script that gives its answers away"),
}

STATEMENTS: Final = {
    "P101": (
        "“{need}”没有任何单位承担：成员单位职责里没有一条写到它。",
        "Nobody carries “{need}”: no clause of any member speaks of it.",
    ),
    "P102": (
        "“{need}”只有{units}参与，没有一家牵头。",
        "“{need}” has {units} in support and nobody in the lead.",
    ),
    "P103": ("“{need}”有{count}家牵头：{units}。", "“{need}” has {count} leads: {units}."),
    "P104": (
        "{unit}的“{duty}”按原文字句在本预案范围内派不出去。",
        "{unit}, “{duty}”: by its own words it can never be dispatched under this plan.",
    ),
    "P105.need": (
        "{unit}的“{duty}”服务于“{need}”，而它的条件永远不会成立。",
        "{unit}, “{duty}”: the need “{need}” that it serves can never arise.",
    ),
    "P105.condition": (
        "{unit}的“{duty}”自身条件与“{need}”的条件不可能同时成立。",
        "{unit}, “{duty}”: its own condition and that of the need “{need}” can never hold together.",
    ),
    "P105.after": (
        "{unit}的“{duty}”要等“{other}”，而那项职责用不上。",
        "{unit}, “{duty}” waits for “{other}”, which can never come.",
    ),
    "P106": (
        "{unit}独自承担“{needs}”，每项能派的队伍只有1支。",
        "{unit} carries “{needs}” alone, with one team for each.",
    ),
    "P106.desk": (
        "工作时间以外值守只有1人：接报、首报、核实、请示、通知都排在他一个人手上。",
        "Out of hours one person sits at the desk: reception, first report, verification, approval and calls all wait "
        "for that person.",
    ),
    "P107": (
        "{unit}的“{duty}”只写“{word}”事故，而指挥部指挥的是“{grade}”事故，两者对不上。",
        "{unit}, “{duty}” speaks of “{word}” accidents only, while headquarters commands “{grade}” ones.",
    ),
    "P107.limited": (
        "{unit}的“{duty}”限于“{word}”事故，事故一升级就没有了依据；其他单位没有这样的限制。",
        "{unit}, “{duty}” is limited to “{word}” accidents: it lapses once the accident is graver. Others have no such "
        "limit.",
    ),
    "P108": (
        "{unit}的职责写到“{subject}”，不在本预案的范围内。{why}。",
        "{unit}: its clause speaks of “{subject}”, which lies outside this plan. {why}.",
    ),
    "P109": ("成员单位里没有{actor}。{why}。", "No member is the {actor}. {why}."),
    "P109.needs": (
        "成员单位里没有{actor}，而“{needs}”离不开它。{why}。",
        "No member is the {actor}, without whom “{needs}” cannot be done. {why}.",
    ),
    "P110": (
        "{person}同时是{roles}，事故中要在两处。",
        "{person} is {roles} at once, and is wanted in two places in an accident.",
    ),
    "P111": (
        "{title}有{count}人，预案没有写递补的先后，本区也没有自定。",
        "There are {count} holders of “{title}”; the plan gives no order among them and neither does the office.",
    ),
    "P111.local": (
        "{title}有{count}人，预案没有写递补的先后；本区自定的次序还没有依据。",
        "There are {count} holders of “{title}”; the plan gives no order among them. The office has one of its own, "
        "which rests on nothing yet.",
    ),
    "P112": (
        "{total}项可派发的职责中，{count}项没有任何时限：{units}。",
        "{count} of {total} dispatchable duties have no limit at all: {units}.",
    ),
    "P113": (
        "“{norm}”限{limit:.1f}分钟，而按本地假设最快也要{fastest:.1f}分钟。",
        "“{norm}” allows {limit:.1f} min; on the local assumptions the fastest way takes {fastest:.1f}.",
    ),
    "P113.far": (
        "“{norm}”限{limit:.1f}分钟，场所在乡镇时，按本地假设最快也要{fastest:.1f}分钟。",
        "“{norm}” allows {limit:.1f} min; to a site in a township the fastest way takes {fastest:.1f} on the local "
        "assumptions.",
    ),
    "S201.condition": (
        "“{title}”的条件不可能成立：没有注入信息、险情或职责能使它为真。",
        "The condition of “{title}” can never hold: no inject, hazard or duty can make it true.",
    ),
    "S201.after": (
        "“{title}”排在{event}之后，而{event}永远给不出。",
        "“{title}” follows {event}, which can never be given.",
    ),
    "S202": ("“{title}”没有写预期行动。", "“{title}” has no expected action."),
    "S203": ("“{title}”的讨论题没有参考要点。", "The question of “{title}” has no reference points."),
    "S204": (
        "{unit}列为参演，却没有一条注入信息给它，也没有职责派到它。",
        "{unit} takes part, yet no inject is for it and none of its duties is called for.",
    ),
    "S205": (
        "{unit}在{minutes}分钟内收到{count}条注入信息：{injects}。",
        "{unit} gets {count} injects within {minutes} min: {injects}.",
    ),
    "S206": (
        "{inject}要求{unit}“{duty}”{stage}不超过{limit:.1f}分钟，各项都取最短也要{fastest:.1f}分钟。",
        "{inject} expects {unit}, {duty}, {stage} within {limit:.1f} min; with everything at its shortest it takes "
        "{fastest:.1f}.",
    ),
    "S206.never": (
        "{inject}要求{unit}“{duty}”{stage}不超过{limit:.1f}分钟，各项都取最短的那次推演里一直没有做到。",
        "{inject} expects {unit}, {duty}, {stage} within {limit:.1f} min; in the fastest play it never comes.",
    ),
    "S207": ("{objective}（{text}）没有一条注入信息检验。", "No inject tests {objective} ({text})."),
    "S208": (
        "“{fact}”由{where}设定，而需求、职责、条件、报告都不看它。",
        "“{fact}” is set by {where}; no need, duty, condition or report reads it.",
    ),
    "S209": (
        "{count}条注入信息，按每条{each}分钟要{minutes}分钟，桌面上坐不住这么久（自定上限{limit}分钟）。",
        "{count} injects at {each} min each take {minutes} min; a table holds {limit} (our own limit).",
    ),
    "S210": (
        "“{title}”的内容里写着答案：“{words}”。",
        "The message of “{title}” says what should be found: “{words}”.",
    ),
}

WHY: Final = {
    "P101": (
        "现场才发现没有人管，要当场指定，既慢又没有依据。",
        "It is found at the scene, and somebody must be named there and then.",
    ),
    "P102": (
        "几家都在等别人先动，出了事也说不清由谁负责。",
        "Each waits for another, and nobody answers for it.",
    ),
    "P103": ("两家都下令，或者都以为对方在办。", "Both give orders, or each believes the other does."),
    "P104": ("演练和实战都用不上，等于没有这条。", "It is of no use in a drill nor on the day."),
    "P105": (
        "写了等于没写，却让人以为有人管。",
        "It is as good as not written, and yet seems to be provided for.",
    ),
    "P106": ("这一处一忙、一缺，整件事就停下来。", "Once it is busy or missing, everything waits."),
    "P107": (
        "同一起事故，有的单位有职责、有的没有，指挥时无从调动。",
        "In one and the same accident some have the duty and some have not.",
    ),
    "P108": (
        "占去了本该写的职责，读的人也不知道何时用。",
        "It stands where a duty should stand, and nobody knows when it applies.",
    ),
    "P109": (
        "推演时只能由导调扮演，实战时要临时去找。",
        "In a drill the control plays them; on the day they have to be found.",
    ),
    "P110": (
        "一个人不能同时在指挥部签批、又在现场指挥。",
        "Nobody signs at headquarters and commands at the scene at once.",
    ),
    "P111": (
        "指挥长失联时，谁来批准要现商量，启动因此拖延。",
        "With the commander out of reach, who approves has to be settled first.",
    ),
    "P112": ("没有时限就无法评估快慢，只能看有没有做。", "Without a limit nobody can say what is late."),
    "P113": ("无论怎样努力都达不到，评估时必然是超时。", "It is missed however hard anybody tries."),
    "S201": (
        "主持人等不到它，目标也检验不了。",
        "The control waits in vain, and what it tests goes untested.",
    ),
    "S202": ("没有预期行动就无从评估。", "Without one nothing can be judged."),
    "S203": ("主持人无从点评，各场推演口径不一。", "The control has nothing to go by."),
    "S204": ("请来的人坐着看，效果适得其反。", "People who were asked to come sit and watch."),
    "S205": (
        "桌面上来不及讨论，看到的是忙乱而不是处置。",
        "There is no time to think: what is seen is haste.",
    ),
    "S206": ("无论谁来演都会判为超时，不公平。", "Whoever plays is found late, which is unfair."),
    "S207": ("写了目标而不检验，评估报告里就是空的。", "It stands empty in the report."),
    "S208": ("费了笔墨却不影响任何人，也可能是写错了名字。", "It moves nobody; perhaps a name is wrong."),
    "S209": ("后面的注入会被跳过，目标检验不完。", "The later ones are skipped."),
    "S210": (
        "检验性推演要看参演人员自己能否想到。",
        "A drill that tests wants to see whether people think of it.",
    ),
}

ADVICE: Final = {
    "P101": (
        "修订时指定牵头和配合单位；修订前在本区安排里先明确。",
        "Name a lead and support when the plan is revised; until then settle it in the office's own arrangements.",
    ),
    "P102": ("明确一家牵头，其余写为配合。", "Name one lead, the others in support."),
    "P103": (
        "保留一家牵头，其余改为配合；几家同等承担的，写明分工。",
        "Keep one lead; where several share it, write who does what.",
    ),
    "P104": (
        "删去限定词，或写明在本级事故中做什么。",
        "Drop the limiting words, or say what is done in accidents of this level.",
    ),
    "P105": ("核对条件和前置，改成能够成立的。", "Look at its condition and what it waits for."),
    "P106": (
        "增加一支备用队伍，或指定第二家单位；签互助协议也可以。",
        "Add a second team or name a second unit, or agree on mutual aid.",
    ),
    "P106.desk": (
        "夜间增加一名备勤，或者群呼代替逐家电话；可先用仿真看能快多少。",
        "Have a second person on call at night, or broadcast instead of calling; simulate first what it buys.",
    ),
    "P107": ("统一为“参与…生产安全事故”，不再限定等级。", "Say “accidents” for everybody, without a grade."),
    "P108": (
        "删去，或改写为本预案所说事故中的对应工作。",
        "Drop it, or write what is meant in accidents of this plan.",
    ),
    "P109": (
        "修订时列入成员单位或作为协作单位写明职责；演练时列为外部单位。",
        "Make them a member or a partner with duties; in drills put them on stage as an outside body.",
    ),
    "P110": (
        "指定两人分任，或写明谁先到哪里、另一处由谁代。",
        "Name two people, or write who stands in at the other place.",
    ),
    "P111": ("在预案或本区办法中写明第一、第二递补人。", "Write down who is first and second in line."),
    "P112": (
        "先给牵头职责和救人、控险的职责定时限，注明“自定”或出处。",
        "Set limits first for leads and for what saves lives, each marked as local or with its source.",
    ),
    "P113": (
        "先核实时限的适用范围；如确实适用，调整驻地、备勤，或改定时限。",
        "See whether the limit applies here; if it does, move the base, the standby, or the limit.",
    ),
    "S201": (
        "改时间、时间窗或条件；tuiyan why 可以看它缺什么。",
        "Change its time, window or condition; tuiyan why shows what is missing.",
    ),
    "S202": (
        "至少写一条：谁、做什么、多久内、依据。",
        "Write one at least: who does what, within what, on what basis.",
    ),
    "S203": ("写3—6条参考要点和依据条文。", "Write three to six with their clause."),
    "S204": ("给它一条注入信息，或改为旁听。", "Give it an inject, or let it observe."),
    "S205": ("错开几分钟，或合并成一条。", "Spread them, or make one of them."),
    "S206": ("放宽时限，或把注入提前。", "Allow more time, or give the inject earlier."),
    "S207": (
        "在相应的注入信息里写上 objective，或删去这个目标。",
        "Name it as the objective of an inject, or drop it.",
    ),
    "S208": ("核对名称；确实用不到就删去。", "Check its name; drop it if nothing needs it."),
    "S209": ("合并或删去次要的，留8—12条。", "Merge or drop some; keep eight to twelve."),
    "S210": (
        "只写看到、听到的，把办法留给讨论。",
        "Write what is seen and heard, and leave the remedy to the table.",
    ),
}

MARKS: Final = {
    "comma": ("、", ", "),
    "colon": ("：", ": "),
    "stop": ("；", "; "),
    "unit-count": ("{unit}{count}项", "{unit} {count}"),
    "heads": ("{body}负责人", "head of {body}"),
    "substitutes": ("第{rank}递补人", "number {rank} in the order of substitution"),
    "field": ("现场总指挥第{rank}人选", "number {rank} for the field command"),
    "quote": ("原文", "text"),
    "basis": ("依据", "basis"),
    "why": ("影响", "why it matters"),
    "advice": ("建议", "what may help"),
    "start": ("开始时的态势", "the situation at the start"),
    "major": ("主要", "major"),
    "minor": ("一般", "minor"),
    "plan.sum": (
        "预案问题{count}项：主要{major}，一般{minor}。看的是纸面，不评任何单位。",
        "{count} plan findings: {major} major, {minor} minor. The paper is looked at, no unit is judged.",
    ),
    "plan.clean": ("没有发现预案问题。", "Nothing was found in the plan."),
    "script.sum": (
        "情景问题{count}项：主要{major}，一般{minor}。",
        "{count} script findings: {major} major, {minor} minor.",
    ),
    "none": ("（预案没有写）", "(the plan does not say)"),
}
