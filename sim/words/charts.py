"""Words on the charts: titles that say the point, axes, legends, marks."""

from __future__ import annotations

from typing import Final

CHARTS: Final = {
    "badge.result": ("【演练】仿真结果", "EXERCISE · simulated"),
    "badge.script": ("【演练】脚本", "EXERCISE · script"),
    "watermark": ("演练", "EXERCISE"),
    "footer.result": (
        "{scenario}　结果取决于假设参数，只作推演前提示，不评价任何单位。",
        "{scenario}. Results rest on assumptions; a hint before the drill, no judgement of any unit.",
    ),
    "footer.script": (
        "{scenario}　照情景文件画出，尚未推演；条件注入何时给出、给不给，要看推演。",
        "{scenario}. Drawn from the scenario file, before any play; whether and when contingency injects are given, a "
        "play will tell.",
    ),
    "minutes": ("自推演开始（分钟）与时钟", "minutes from the start, and the clock"),
    "uninvited": ("{unit}（未邀请）", "{unit} (not invited)"),
    "comma": ("，", ", "),
    # swim-lane
    "lane.title": (
        "{units}个单位{tasks}项行动：{activated}，{terminated}",
        "{tasks} tasks of {units} units: {activated}, {terminated}",
    ),
    "lane.activated": ("T+{t:.0f}启动响应", "activated at T+{t:.0f}"),
    "lane.not-activated": ("未启动响应", "never activated"),
    "lane.terminated": ("T+{t:.0f}终止响应", "terminated at T+{t:.0f}"),
    "lane.not-terminated": ("至结束未终止", "not terminated by the close"),
    "lane.line.activated": ("启动响应", "activated"),
    "lane.line.terminated": ("终止响应", "terminated"),
    "lane.injects": ("注入信息", "Injects"),
    "lane.call": ("通知与接令", "call and acknowledge"),
    "lane.wait": ("等待", "waiting"),
    "lane.move": ("集结与路上", "muster and road"),
    "lane.work": ("展开与作业", "set up and work"),
    "lane.finished": ("完成", "finished"),
    "lane.open": ("归队、受阻或未完", "stopped or open"),
    "lane.limit": ("时限（到此为止）", "limit"),
    "lane.missed": ("时限已过", "missed"),
    # responses
    "response.title": (
        "{judged}项可评时限中{missed}项可能超时",
        "{missed} of {judged} limits that can be judged may be missed",
    ),
    "response.none": ("本次仿真推演没有可评的时限", "No limit could be judged in this play"),
    "response.axis": ("用时占时限的比例", "time used, as a share of the limit"),
    "response.met": ("在时限内", "within the limit"),
    "response.missed": ("可能超时", "may be missed"),
    "response.shown": ("只列出，不评", "listed, not judged"),
    "response.row": ("{unit}｜{what}", "{unit} | {what}"),
    "response.step": ("{duty}：{start}→{stop}", "{duty}: {start} → {stop}"),
    "response.number": (
        "{actual:.1f} / {limit:.1f} 分钟，{status}",
        "{actual:.1f} / {limit:.1f} min, {status}",
    ),
    "response.never": (
        "{actual:.1f}+ / {limit:.1f} 分钟，{status}",
        "{actual:.1f}+ / {limit:.1f} min, {status}",
    ),
    "response.rest": (
        "另有{count}项用时更短，见报告附表。",
        "{count} more took a smaller share; see the annex.",
    ),
    "response.inject": ("注入{inject}", "inject {inject}"),
    # heat map
    "heat.title": ("可能的差距最多的是{unit}：{count}处", "Most possible gaps: {unit} ({count})"),
    "heat.none": ("本次仿真推演未见差距", "No gap was seen in this play"),
    "heat.axis": ("差距出现的阶段", "phase in which the gap shows"),
    "heat.plan": ("预案本身", "the plan itself"),
    "heat.bar": ("差距（处）", "gaps"),
    # occupancy
    "pool.title": (
        "{unit}的{team}可能不够用：有行动在等，合计{minutes:.0f}分钟",
        "{unit} may have too few of {team}: tasks waited {minutes:.0f} min in all",
    ),
    "pool.enough": (
        "没有行动等队伍；{kinds}种队伍中{full}种曾全部占用",
        "No task waited for a team; {full} of {kinds} kinds were all in use at some time",
    ),
    "pool.none": ("本次仿真推演没有用到按队伍计的力量", "No teams were used in this play"),
    "pool.lane": ("{unit}\n{team}", "{unit}\n{team}"),
    "pool.used": ("使用中的队伍", "teams in use"),
    "pool.size": ("队伍总数", "teams there are"),
    "pool.short": ("有行动在等队伍", "a task waits for a team"),
    "pool.peak": ("最多{peak}/{size}", "at most {peak}/{size}"),
    # information ladder
    "ladder.title": (
        "“{fact}”成真{minutes:.0f}分钟后指挥部才掌握",
        "{fact}: headquarters knew {minutes:.0f} min after it was so",
    ),
    "ladder.none": ("要紧的态势指挥部都及时掌握", "Headquarters knew at once what mattered"),
    "ladder.above": ("上级（市、省）", "Those above (city, province)"),
    "ladder.callers": ("来电人（企业、群众等）", "Callers (enterprise, public)"),
    "ladder.others": ("其他单位", "Other units"),
    "ladder.turn.up": ("首报 T+{t:.0f}", "first report up T+{t:.0f}"),
    "ladder.turn.start": ("启动响应 T+{t:.0f}", "response started T+{t:.0f}"),
    "ladder.kind.told": ("告知（注入信息）", "told (an inject)"),
    "ladder.kind.ring": ("来电→值守记录", "call → recorded by the desk"),
    "ladder.kind.up": ("上报", "report up"),
    "ladder.kind.leader": ("电话报带班领导", "duty leader phoned"),
    "ladder.kind.start": ("提请→启动响应", "proposed → response started"),
    "ladder.kind.scene": ("现场报告", "report from the scene"),
    "ladder.kind.filed": ("上报", "report up"),
    "ladder.kind.published": ("对外发布", "published"),
    "ladder.kind.informed": ("通知成员单位", "members informed"),
    "ladder.kind.delay": ("已成真、指挥部未掌握", "true, not known to headquarters"),
    "ladder.delays": ("从成真到指挥部掌握", "From being true to being known to headquarters"),
    "ladder.minutes": ("{minutes:.0f}分钟", "{minutes:.0f} min"),
    "ladder.never": ("至终止未掌握", "never known"),
    "ladder.and": ("、", ", "),
    "ladder.more": ("{facts}等{count}项", "{facts} and others ({count})"),
    "ladder.rest": (
        "画出最要紧的{shown}条，另有{count}条未画。",
        "The {shown} most telling messages are drawn; {count} more are not.",
    ),
    # coverage of duties
    "cover.title": (
        "{scenarios}个情景用上{of}项可派发职责中的{done}项，还有{left}项没有用上",
        "Duties put to work: {done} of {of}, {left} left (scenarios: {scenarios})",
    ),
    "cover.title.all": (
        "{scenarios}个情景用上了全部{of}项可派发的职责",
        "Duties put to work: all {of} (scenarios: {scenarios})",
    ),
    "cover.foot": (
        "格中为用上的职责数：期望推演中接令、到位、开展了工作；未邀请的由导调代演，不算。结果取决于假设参数，不评价任何单位。",
        "Figures: duties at work, that is reached, there and begun in the expected play; for the uninvited the control "
        "plays.\nResults rest on assumptions and judge no unit.",
    ),
    "cover.all": ("全部用上", "all its duties"),
    "cover.some": ("用上一部分", "some of them"),
    "cover.none": ("没有用上", "none"),
    "cover.left": ("有职责哪个情景也没有用上", "some duties that none puts to work"),
    "cover.uninvited": ("未邀请", "not invited"),
    "cover.together": ("各情景合计", "all together"),
    "cover.sum": ("{done}/{of}", "{done}/{of}"),
    "cover.no-duty": ("不派发", "never sent out"),
    "cover.unreachable": ("，另{count}项用不上", ", {count} unreachable"),
}
