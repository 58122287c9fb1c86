"""Problems that show when files are seen together: names, values of facts, duties, strength, scenarios."""

from __future__ import annotations

from typing import Final

from sim.words import Table

DRILL: Final[Table] = {
    # names that nothing defines
    "unknown-unit": (
        "没有叫“{name}”的机构、成员单位或外部单位。",
        "there is no body, member unit or guest unit called '{name}'.",
    ),
    "unknown-post": ("登记册中没有职务“{name}”。", "the register has no post '{name}'."),
    "unknown-duty": ("没有职责“{name}”。", "there is no duty '{name}'."),
    "unknown-need": ("needs.yaml 中没有处置需求“{name}”。", "needs.yaml has no need '{name}'."),
    "unknown-fact": ("needs.yaml 中没有态势项“{name}”。", "needs.yaml has no fact '{name}'."),
    "unknown-norm": ("norms.yaml 中没有时限“{name}”。", "norms.yaml has no time limit '{name}'."),
    "unknown-grade": (
        "law.yaml 中没有事故等级“{name}”。",
        "law.yaml has no grade of accidents '{name}'.",
    ),
    "unknown-source": (
        "sources 中没有来源“{name}”。每项假设参数都要注明来源。",
        "sources has no '{name}'. Every assumption names its source.",
    ),
    "unknown-channel": ("channels 中没有通信方式“{name}”。", "channels has no '{name}'."),
    "unknown-team": (
        "该单位的 teams 中没有队伍“{name}”。",
        "the unit has no team '{name}' among its teams.",
    ),
    "unknown-objective": ("objectives 中没有演练目标“{name}”。", "objectives has no '{name}'."),
    "unknown-step": ("值守专班没有步骤“{name}”。", "the duty desk has no step '{name}'."),
    "unknown-event": (
        "没有事件“{name}”。可写注入信息编号、activated、terminated 等指挥步骤、职责编号.步骤、report.报告编号.步骤，"
        "或 need.、level.、graded.、broken. 加编号。",
        "there is no event '{name}'. Name an inject, a step of command such as activated, a stage of a duty or of a "
        "report, or need., level., graded. or broken. with an id.",
    ),
    "duty-outside": (
        "职责“{name}”已登记但不在推演中派发（没有 reads），不能引用。",
        "duty '{name}' is registered but never dispatched (it has no reads) and cannot be named here.",
    ),
    # facts and values
    "fact-kind": (
        "态势项 {name} 要写{kind}，现在是“{value}”。",
        "fact {name} takes {kind}, not '{value}'.",
    ),
    "fact-category": (
        "“{value}”不是 {name} 的类别，可选：{allowed}。",
        "'{value}' is no category of {name}; choose from: {allowed}.",
    ),
    "fact-out-of-range": (
        "{name} 的值 {value} 超出范围 {low} 到 {high}。",
        "{value} is out of the range of {name}: {low} to {high}.",
    ),
    "count-negative": ("计数 {name} 不能为负：{value}。", "count {name} cannot be negative: {value}."),
    "count-set": (
        "{name} 是累计数，只增不减，请用 add，不用 set。",
        "{name} is a cumulative count: use add, not set.",
    ),
    "add-not-count": (
        "{name} 不是计数，不能用 add，请用 set。",
        "{name} is no count: use set, not add.",
    ),
    "fact-key-unfit": (
        "键“{key}”不适用于这一类态势项：{kind}。",
        "'{key}' does not fit a fact of this kind: {kind}.",
    ),
    "fact-reserved": (
        "“{name}”是条件中的用词，不能作态势项编号。",
        "'{name}' is a word of conditions and cannot be a fact.",
    ),
    "category-empty": (
        "类别态势项 {name} 没有列出 values。",
        "category {name} lists no values.",
    ),
    # register and duties
    "actor-twice": (
        "“{name}”既列为机构又列为成员单位，请删去一处。",
        "'{name}' is both a body and a unit; drop one.",
    ),
    "number-twice": (
        "序号 {number} 重复。请给其中一个换一个没有用过的序号。",
        "number {number} is used twice. Give one of them a number of its own.",
    ),
    "duty-twice": (
        "职责编号“{name}”重复，{other}已经用过。",
        "duty id '{name}' is used twice; {other} has it already.",
    ),
    "duty-unread": (
        "职责“{name}”既没有 reads（如何推演）也没有 outside（为何不推演），请写其中一个。",
        "duty '{name}' has neither reads (how it is played) nor outside (why not); give one.",
    ),
    "duty-read-and-outside": (
        "职责“{name}”同时有 reads 和 outside，只能留一个。",
        "duty '{name}' has both reads and outside; keep one.",
    ),
    "duty-phase-played": (
        "阶段为{phase}的职责一般不在推演中派发，请确认 reads 是否该有。",
        "duties of this phase ({phase}) are not usually played; check whether reads belongs here.",
    ),
    "quote-missing": (
        "职责“{name}”没有 quote。机构和成员单位的职责必须引用原文。",
        "duty '{name}' has no quote. Duties of bodies and units must quote the official text.",
    ),
    "quote-not-exact": (
        "引文与 official 原文不一致：前 {same} 字相同，从“{rest}”起不同。请照原文抄录。",
        "the quote is not in official: {same} characters agree, then '{rest}' differs. Copy it exactly.",
    ),
    "batch-missing": (
        "form 为 batch（分批）的职责要写 batch。",
        "a duty of form batch needs batch.",
    ),
    "batch-unfit": (
        "只有 form 为 batch（分批）的职责才写 batch。",
        "only a duty of form batch has batch.",
    ),
    "batch-not-count": (
        "分批处理的 {name} 应是计数，现在是{kind}。",
        "{name} is served in batches and must be a count, not {kind}.",
    ),
    "batch-same": (
        "takes 与 gives 不能是同一项 {name}。gives 请写做完以后累计的那一项。",
        "takes and gives cannot both be {name}. Let gives be the count of what is done.",
    ),
    "after-endless": (
        "前置职责 {name} 的形式是“{form}”，需求解除才结束，等它 finished 可能一直等下去。",
        "prerequisite {name} ({form}) ends only with its need; waiting for finished may never end.",
    ),
    "prerequisite-cycle": (
        "前置条件互相等待：{circle}。请去掉其中一环。",
        "prerequisites wait for each other: {circle}. Remove one of them.",
    ),
    "several-setters": (
        "{name} 由 {setters} 设为不同的值；若在同一时刻，按次序取先者并记为态势冲突。",
        "{name} is set to different values by {setters}; at one instant rank decides and it is recorded.",
    ),
    # needs
    "need-overlap": (
        "when 与 until 可能同时成立，例如 {example}。此时按已解除处理，请确认。",
        "when and until may both hold, for example {example}. It then counts as over; check that.",
    ),
    "need-unserved": (
        "处置需求 {name} 没有任何登记职责承担。这是预案的缺口，或由情景的外部单位承担。",
        "no registered duty serves need {name}: a hole in the plan, or left to a scenario's guest units.",
    ),
    "need-no-lead": (
        "处置需求 {name} 需要牵头单位，登记的职责都是配合。",
        "need {name} requires a lead unit, but every duty only supports.",
    ),
    "fact-unseen": (
        "本情景改变 {name}，{readers} 要用它，却没有职责看得见、也没有注入信息告知，指挥部无从得知。",
        "this scenario changes {name}, which {readers} read, but no duty sees it and no inject tells it: "
        "headquarters cannot learn it.",
    ),
    # strength and norms
    "work-missing": (
        "职责 {name} 没有 work（时长），按 0 分钟、不占队伍计算。",
        "duty {name} has no work: it takes no time and no team.",
    ),
    "work-of-other": (
        "职责 {name} 属于{owner}，不能写在这里。",
        "duty {name} belongs to {owner} and cannot stand here.",
    ),
    "work-too-long": (
        "职责 {name} 最短也要 {time}，超过推演时长 {horizon}，推演中不会完成。",
        "duty {name} takes {time}, longer than the horizon {horizon}: it will not be finished.",
    ),
    "teams-too-few": (
        "要用 {wanted} 支 {team}，该单位只有 {count} 支，永远等不到。请减少 uses，或在 teams 中补足。",
        "{wanted} of team {team} are needed but the unit has {count}: it would wait for ever. "
        "Use fewer, or give more teams.",
    ),
    "every-missing": (
        "定时重复的职责 {name} 要写 every（间隔）。",
        "repeated duty {name} needs every (its interval).",
    ),
    "every-unused": (
        "职责 {name} 不是定时重复，every 不起作用。",
        "duty {name} is not repeated; every has no effect.",
    ),
    "hours-order": (
        "上班时间 {begin} 不早于下班时间 {end}。请检查 begin 和 end 是否写反。",
        "office hours begin at {begin}, not before they end at {end}. Swap them if they were confused.",
    ),
    "broadcast-missing": (
        "inform 为 broadcast（群发）时要写 broadcast。",
        "inform: broadcast needs broadcast.",
    ),
    "norm-no-limit": (
        "时限 {name} 没有写全 of、from、to、within，不能用 late()。",
        "time limit {name} lacks of, from, to or within; late() cannot be asked of it.",
    ),
    "norm-stages-missing": (
        "有 of 和 within 的时限还要写 from 和 to（从哪一步到哪一步）。",
        "a limit with of and within also needs from and to.",
    ),
    "norm-stages-order": (
        "时限从 {begin} 到 {end}，后者并不在前者之后。",
        "the limit runs from {begin} to {end}, which does not come later.",
    ),
    "assume-path": (
        "没有假设参数“{path}”：strength.yaml 和 arrangements.yaml 中都找不到“{part}”。",
        "there is no assumption '{path}': '{part}' is neither in strength.yaml nor in arrangements.yaml.",
    ),
    "assume-value": (
        "假设参数“{path}”不能取“{value}”。",
        "assumption '{path}' cannot be '{value}'.",
    ),
    # scenarios
    "guest-taken": (
        "外部单位“{name}”与登记册中的机构、成员单位或职务重名。",
        "guest unit '{name}' has the name of a body, unit or post of the register.",
    ),
    "absence-order": (
        "缺席的结束不晚于开始。请把 to 写在 from 之后，或删去 to。",
        "the absence ends before it begins. Let to be later than from, or leave it out.",
    ),
    "absence-unplayed": (
        "“{name}”不是指挥长，arrangements.yaml 的 people 也没有写，其缺席不影响过程。",
        "'{name}' is not the commander and not among people of arrangements.yaml: the absence has no effect.",
    ),
    "inject-no-trigger": (
        "注入信息 {name} 没有写何时发出。请写 at、after、when 之一。",
        "inject {name} does not say when: give one of at, after, when.",
    ),
    "inject-triggers": (
        "注入信息 {name} 同时写了 {keys}，只能留一个。",
        "inject {name} has {keys}; keep one.",
    ),
    "inject-key-unfit": (
        "“{key}”只用于条件注入，与 at 不能同用。",
        "'{key}' belongs to contingency injects and does not go with at.",
    ),
    "inject-after-horizon": (
        "发出时刻在开始后 {minutes} 分钟，晚于推演时长 {horizon}。钟点按开始后最近的一次计算。请提前，或延长 horizon。",
        "it comes {minutes} min after the start, later than the horizon {horizon}. A clock time is the "
        "next such time after the start. Make it earlier, or the horizon longer.",
    ),
    "inject-cycle": (
        "注入信息互相等待：{circle}。",
        "injects wait for each other: {circle}.",
    ),
    "window-after-horizon": (
        "窗口在开始后 {minutes} 分钟才打开，晚于推演时长 {horizon}。请提前，或延长 horizon。",
        "the window opens {minutes} min after the start, later than the horizon {horizon}. "
        "Make it earlier, or the horizon longer.",
    ),
    "window-order": (
        "窗口的结束不晚于开始。请把 to 写在 from 之后，或删去 to。",
        "the window closes before it opens. Let to be later than from, or leave it out.",
    ),
    "arrivals-without-at": (
        "arrivals（反复到达）要与 at 同用。",
        "arrivals goes with at only.",
    ),
    "arrivals-order": (
        "arrivals 的 until 早于 at。请把 until 写在 at 之后。",
        "until of arrivals is earlier than at. Make it later.",
    ),
    "receiver-post": (
        "“{name}”是职务，注入信息要发给机构或单位；发给指挥长请写指挥部。",
        "'{name}' is a post; injects go to bodies and units. Use the headquarters for its commander.",
    ),
    "tells-nobody": (
        "写了 tells（告知）却没有接收单位 to。请在 to 中写明告知谁，或删去 tells。",
        "tells is given but to names no receiver. Name one, or remove tells.",
    ),
    "starts-not-each": (
        "职责 {name} 没有写 each: inject，不能由注入信息启动。请在其 reads 中写上，或从 starts 中删去。",
        "duty {name} lacks each: inject and cannot be started by an inject. "
        "Give it to its reads, or remove it from starts.",
    ),
    "each-unstarted": (
        "职责 {name} 写了 each: inject，却没有注入信息启动它。",
        "duty {name} has each: inject but no inject starts it.",
    ),
    "expected-no-stage": (
        "预期行动“{text}”应写到步骤，如 crew.rescue.departed"
        "（acknowledged、departed、arrived、started、finished）；由导调判断的行动请用中文写。",
        "expected action '{text}' should name a stage, such as crew.rescue.departed (acknowledged, departed, "
        "arrived, started, finished); write words for the control to judge.",
    ),
    "expected-of-other": (
        "职责 {name} 属于{owner}，不是{who}的预期行动。请把 who 改成{owner}，或改写 does。",
        "duty {name} belongs to {owner}; it cannot be expected of {who}. Change who or does.",
    ),
    "hazard-no-limit": (
        "用 add 的险情发展要写 at-most（最多几次）。",
        "a hazard with add needs at-most.",
    ),
    "hazard-empty": (
        "险情发展 {name} 没有写 set 或 add，什么也不改变。请写一项，或删去这条。",
        "hazard {name} has neither set nor add and changes nothing. Give one, or remove it.",
    ),
}
"""Code → sentence."""
