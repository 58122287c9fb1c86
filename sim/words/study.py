"""Words of a study (仿真试算): its page, its pictures, and the pages of what-if, sensitivity and options.

It speaks of assumptions and possible bottlenecks, never of a unit's fault.
"""

from __future__ import annotations

from typing import Final

STUDY: Final = {
    "title": ("仿真试算", "Study"),
    "title.comparison": ("仿真试算：两个方案比较", "Study: two variants compared"),
    "title.sensitivity": ("仿真试算：先实测什么", "Study: what to measure first"),
    "title.options": ("仿真试算：改进措施", "Study: improvement options"),
    "badge": ("【演练】仿真试算", "EXERCISE · study"),
    "footer.chart": (
        "{scenario}　仿真试算{n}次。结果取决于假设参数，只作推演前提示，不评价任何单位。",
        "{scenario}. Simulated {n} times. Results rest on assumptions; a hint before the drill, no judgement of any "
        "unit.",
    ),
    "footer": (
        "本页由仿真试算得出，全部内容取决于所列假设参数，只作推演前提示，不评价任何单位和个人，也不是预警。",
        "This page comes from simulated drills. All of it rests on the assumptions listed; it is a hint before the "
        "drill, judges no unit and no person, and is no warning.",
    ),
    "about": (
        "{title}｜{site}｜{start}开始｜试算{n}次｜种子号{seed}",
        "{title} | {site} | starts {start} | {n} plays | seed {seed}",
    ),
    "about.short": ("{title}｜每个方案试算{n}次", "{title} | {n} plays each"),
    "purpose": (
        "同一情景按假设参数的可能范围推演{n}次，看哪些时限容易超、为什么、先做什么可能有用。"
        "“一般情况”是一半推演不晚于它，“较不利情况”是十次中约一次比它更慢。",
        "The same scenario was played {n} times within the ranges of its assumptions, to see which limits are at risk, "
        "why, and what might help. The usual case (P50) is not exceeded by half of the plays; in the less favourable "
        "case (P90) about one play in ten is slower.",
    ),
    "comma": ("、", ", "),
    "colon": ("{head}：{text}", "{head}: {text}"),
    "at": ("T+{minutes:.0f}", "T+{minutes:.0f}"),
    "never": ("至结束未完成", "not by the close"),
    "few": ("次数太少", "too few plays"),
    "range": ("{low}–{high}", "{low}–{high}"),
    "of": ("{part} / {whole}", "{part} / {whole}"),
    "from-to": ("{start}→{stop}", "{start} → {stop}"),
    "row": ("{unit}｜{what}", "{unit} | {what}"),
    "within": ("{what}（{minutes:.0f}分）", "{what} ({minutes:.0f} min)"),
    # verdicts
    "pass": ("不超过目标", "within the target"),
    "fail": ("高于目标", "above the target"),
    "cannot_tell": ("还不能断定", "cannot tell yet"),
    "shown": ("只列出，不评", "listed, not judged"),
    # headings of the page
    "assumptions": ("一、结果取决于哪些假设", "1. What the results rest on"),
    "rests": (
        "以下全部结果取决于{total}项假设参数，其中实测和标准{firm}项，经验和估计{soft}项（{share:.0%}）。"
        "换成本区实测后，结果会变。",
        "Everything below rests on {total} assumptions: {firm} measured or from a standard, {soft} ({share:.0%}) "
        "experience or guesses. With local measurements the results will change.",
    ),
    "look": ("二、最该留意的可能瓶颈", "2. Possible bottlenecks to look at first"),
    "look.intro": (
        "{limits}项可评时限中，{risky}项在试算中出现过可能超时；按出现的比例从高到低列出前{shown}项。"
        "目标（自定）：可能超时的推演不超过{target:.0f}%。",
        "Of {limits} limits that can be judged, {risky} may be missed in some play; the first {shown} by how often. "
        "Target (our own): missed in at most {target:.0f}% of the plays.",
    ),
    "look.none": (
        "试算中没有一次超过可评的时限。",
        "No limit that can be judged was missed in any play.",
    ),
    "look.what": (
        "可评的{judged}次推演中，{missed}次可能超过时限{within:.0f}分钟：{share}（95%区间{low}–{high}），"
        "{verdict}。",
        "In {missed} of the {judged} plays that can be judged the limit of {within:.0f} min may be missed: "
        "{share} (95% interval {low}–{high}), {verdict}.",
    ),
    "look.running": (
        "另有{running}次到结束时限还在走，不计入。",
        "In {running} more the clock still ran at the close; they are not counted.",
    ),
    "why": ("为什么", "why"),
    "why.waits": (
        "在细看的{looked}次可能超时的推演中，平均用时最多的是：{waits}。",
        "In {looked} of those plays, looked at closely, most time went on average to: {waits}.",
    ),
    "why.wait": ("{what}{minutes:.1f}分", "{what} {minutes:.1f} min"),
    "why.passed": (
        "在细看的{looked}次可能超时的推演中，平均用{minutes:.1f}分；{cause}",
        "In {looked} of those plays, looked at closely, it took {minutes:.1f} min on average. {cause}",
    ),
    "why.same": ("其中{count}次归到“{title}”。", "{count} of them come under: {title}."),
    "help": ("可能有用", "might help"),
    "see": ("可以看", "to look at"),
    "see.play": ("第{number}次推演", "play {number}"),
    "see.folder": ("第{number}次推演（{folder}）", "play {number} ({folder})"),
    "bands": ("三、主要时刻", "3. Turning points"),
    "bands.hint": (
        "从推演开始算起，单位是分钟；“期望推演”是各项都取中位数的一次，“比它早的”是更早的推演所占比例。到结束还没有发生的不丢掉：它们排在最后，分位数落到它们那里时写“至结束未完成”。",
        "Minutes from the start of the drill. The expected play takes the median of every draw; beside it stands the "
        "share of plays that come sooner. What had not come by the close is not dropped: it stands last, and a "
        "quantile that falls there says so.",
    ),
    "limits": ("四、时限", "4. Limits"),
    "stages": ("五、各项职责用时", "5. How long duties take"),
    "stages.hint": (
        "每项职责的第一次行动，从触发到该阶段的分钟数，含排队等通知。被叫停的不计入。",
        "The first task of each duty: minutes from its trigger to the stage, waiting to be called included. Tasks "
        "called off are not counted.",
    ),
    "plays": ("六、可以细看的几次推演", "6. Plays to look at closely"),
    "plays.hint": (
        "每次都存有完整的处置时间轴；用 tuiyan why 加文件夹可追问原因。",
        "Each is kept as a full timeline; ask it with tuiyan why and its folder.",
    ),
    "plays.worst": (
        "超时最多的一次（第{number}次）里的可能瓶颈",
        "Possible bottlenecks in the play that misses most ({number})",
    ),
    "typical": ("最有代表性的一次", "the most typical"),
    "worst": ("超时最多的一次", "most limits missed"),
    "first": ("编号最前的一次", "the first"),
    "precision": ("七、够不够精确", "7. How precise it is"),
    "precise": (
        "区间越窄，再试算一遍结果变得越少；下图看它随次数怎样收窄。",
        "The narrower the interval, the less another study would differ; the picture shows how it narrows.",
    ),
    "loose": (
        "按要求的精度，下列各项还不够，可再增加次数。",
        "At the precision asked for, these are not there yet; play more.",
    ),
    "failed": ("八、没有推演成的", "8. Plays that failed"),
    "failed.none": ("{n}次都推演成了。", "All {n} plays could be played."),
    "failed.some": (
        "{count}次因程序出错没有推演成，不计入以上结果；可用编号单独重演查明。",
        "{count} could not be played because of an error and are in no figure above; play one alone to find out why.",
    ),
    "tables": ("附：全部数据", "Annex: all data"),
    "files": (
        "同一文件夹中：{files}。",
        "In the same folder: {files}.",
    ),
    # heads
    "milestone": ("时刻", "turning point"),
    "p10": ("较有利", "favourable"),
    "p50": ("一般情况", "usual"),
    "p50-range": ("95%区间", "95% interval"),
    "p90": ("较不利情况", "less favourable"),
    "p90-range": ("95%区间", "95% interval"),
    "head.never": ("未完成（次）", "not by the close"),
    "head.plays": ("计入（次）", "plays"),
    "expected": ("期望推演", "expected play"),
    "standing": ("比它早的", "sooner than it"),
    "limit": ("时限", "limit"),
    "unit": ("单位", "unit"),
    "head.within": ("分钟", "minutes"),
    "missed": ("可能超时（次）", "may be missed (plays)"),
    "judged": ("可评（次）", "can be judged (plays)"),
    "share": ("比例", "share"),
    "interval": ("95%区间", "95% interval"),
    "running": ("结束时还在走（次）", "still running (plays)"),
    "verdict": ("与目标比", "against the target"),
    "duty": ("职责", "duty"),
    "stage": ("阶段", "stage"),
    "occurred": ("出现（次）", "occurred (plays)"),
    "kind": ("哪一次", "which"),
    "number": ("编号", "number"),
    "folder": ("文件夹", "folder"),
    "activated": ("启动响应", "response started"),
    "terminated": ("终止响应", "response ended"),
    "missed-limits": ("可能超时的时限（项）", "limits that may be missed"),
    "error": ("原因", "error"),
    "seed": ("种子号", "seed"),
    "grade": ("等级", "grade"),
    "count": ("项数", "items"),
    "proportion": ("占比", "share"),
    "meaning": ("含义", "meaning"),
    "measure": ("项目", "measure"),
    "half": ("区间半宽", "half the interval"),
    "wanted": ("要求", "wanted"),
    # charts on the page
    "chart.bands": ("主要时刻和关键用时", "Turning points and the clocks that matter"),
    "chart.missing": ("各时限可能超时的比例", "How often each limit may be missed"),
    "chart.convergence": ("随试算次数怎样收窄", "How the result settles with the number of plays"),
    "chart.tornado": ("各项假设的影响", "What each assumption does"),
    "chart.effects": ("各项假设一起变时的影响", "What assumptions do together"),
    "chart.difference": ("两个方案逐次比较", "The two variants, play by play"),
    "chart.options": ("各项措施能提前多少", "What each measure gains"),
    # small pages
    "comparison": ("主要结果", "Main results"),
    "comparison.milestones": ("主要时刻和有变化的行动", "Turning points and tasks that differ"),
    "comparison.rest": (
        "有变化的行动阶段共{count}项，列出合计相差最多的{shown}项，全部在 comparison.csv。",
        "{count} stages of tasks differ; the {shown} that differ most in all are listed, all stand in comparison.csv.",
    ),
    "comparison.limits": ("时限", "Limits"),
    "sensitivity": ("先用秒表实测什么", "What to measure with a stopwatch first"),
    "options": ("哪些措施更划算", "Which measures buy most"),
    # bands
    "bands.title": (
        "{name}一般{p50}，较不利{p90}（十次中约一次更慢）",
        "{name}: usually {p50}, less favourably {p90} (about one play in ten is slower)",
    ),
    "bands.title.never": (
        "{name}：半数以上的推演至结束未完成",
        "{name}: not by the close in more than half of the plays",
    ),
    "bands.from-start": ("自推演开始（分钟）", "minutes from the start of the drill"),
    "bands.from-begin": ("关键用时（分钟，自各自的起点）", "clocks that matter (minutes, each from its own start)"),
    "bands.column": (
        "一般　/　较不利　/　时限",
        "usual / less favourable / limit",
    ),
    "bands.figures": ("{p50} / {p90}", "{p50} / {p90}"),
    "bands.figures.limit": ("{p50} / {p90} / {limit:g}", "{p50} / {p90} / {limit:g}"),
    "bands.figures.shown": ("{p50} / {p90} / {limit:g}（不评）", "{p50} / {p90} / {limit:g} (not judged)"),
    "bands.open": ("未完成", "open"),
    "bands.middle": ("从较有利到较不利（十次中约八次）", "favourable to less favourable (about 8 plays in 10)"),
    "bands.p50": ("一般情况", "usual case"),
    "bands.p90": ("较不利情况", "less favourable case"),
    "bands.expected": ("期望推演（各项取中位）", "expected play (all medians)"),
    "bands.limit": ("时限", "limit"),
    "bands.unknown": ("至结束未完成", "not by the close"),
    # missing
    "missing.title": (
        "{judged}项可评时限中{fail}项可能超时的比例高于目标，最高{share:.0f}%：{name}",
        "{fail} of {judged} limits may be missed more often than the target, at worst in {share:.0f}%: {name}",
    ),
    "missing.title.good": (
        "{judged}项可评时限可能超时的比例没有一项确定高于目标",
        "None of {judged} limits is missed for sure more often than the target",
    ),
    "missing.none": ("试算中没有可评的时限", "No limit could be judged in this study"),
    "missing.axis": (
        "可能超时的推演占可评推演的比例（横线为95%区间）",
        "share of plays that may miss it, of those judged (line: 95% interval)",
    ),
    "missing.target": ("目标{target:.0f}%（自定）", "target {target:.0f}% (our own)"),
    "missing.figures": (
        "{missed}/{judged}次，{share}（{low}–{high}）",
        "{missed}/{judged} plays, {share} ({low}–{high})",
    ),
    "missing.figures.unknown": ("{running}次都未到判定时", "still running in all {running} plays"),
    "missing.rest": (
        "另有{count}项比例更低或相同，见附表。",
        "{count} more have a share as low or lower; see the tables.",
    ),
    # tornado
    "tornado.title": (
        "使{measure}相差{swing}、最该先核实的：{name}",
        "Measure first what moves {measure} by {swing}: {name}",
    ),
    "tornado.title.firm": (
        "使{measure}相差最大（{swing}）的：{name}",
        "What moves {measure} most, by {swing}: {name}",
    ),
    "tornado.none": ("没有一项假设影响{measure}", "No assumption moves {measure}"),
    "tornado.unit.minutes": ("（分钟）", " (minutes)"),
    "tornado.unit.share": ("（%）", " (%)"),
    "tornado.low": ("取小（各项单独改变）", "low end (each varied by itself)"),
    "tornado.high": ("取大", "high end"),
    "tornado.usual": ("现为{usual}", "as it stands: {usual}"),
    "tornado.row": ("{name}（{grade}）", "{name} ({grade})"),
    "tornado.rest": ("另有{count}项影响更小，见附表。", "{count} more matter less; see the table."),
    "tornado.swing.minutes": ("{swing:.1f}分钟", "{swing:.1f} min"),
    "tornado.swing.share": ("{swing:.0f}个百分点", "{swing:.0f} points"),
    "tornado.figure.minutes": ("{value:.1f}", "{value:.1f}"),
    "tornado.figure.share": ("{value:.0f}%", "{value:.0f}%"),
    # effects
    "effects.title": ("对{measure}影响最大的：{name}", "What matters most for {measure}: {name}"),
    "effects.axis.strength": (
        "影响 μ*（从取小到取大，结果平均变多少）",
        "strength μ* (mean change over the whole range)",
    ),
    "effects.axis.total": ("总影响 ST（占结果变化的比例）", "total ST (share of the variance)"),
    # difference
    "difference.title": (
        "乙方案使“{name}”平均{way}{minutes:.1f}分钟，{share:.0f}%的推演更早",
        "With B, {name}: {minutes:.1f} min {way} on average; sooner in {share:.0f}% of the plays",
    ),
    "difference.sooner": ("提前", "sooner"),
    "difference.later": ("推迟", "later"),
    "difference.none": ("两个方案的主要时刻没有可分辨的差别", "No turning point differs for sure between A and B"),
    "difference.axis": (
        "← 乙更早　　乙减甲（分钟，横线为95%区间）　　乙更晚 →",
        "← B sooner    B − A (minutes, line: 95% interval)    B later →",
    ),
    "difference.axis.limits": (
        "← 乙少超时　　乙减甲（百分点，横线为95%区间）　　乙多超时 →",
        "← B misses less    B − A (points, line: 95% interval)    B misses more →",
    ),
    "difference.figures": (
        "{mean:+z.1f}分；乙更早{share:.0f}%（{low:.0f}–{high:.0f}%）",
        "{mean:+z.1f} min; B sooner {share:.0f}% ({low:.0f}–{high:.0f}%)",
    ),
    "difference.figures.limits": ("甲{first:.0f}% → 乙{second:.0f}%", "A {first:.0f}% → B {second:.0f}%"),
    "difference.less": ("乙更早或少超时", "B sooner, or misses less"),
    "difference.more": ("乙更晚或多超时", "B later, or misses more"),
    "difference.same": ("区间含零，分不出", "interval holds zero: cannot tell"),
    "difference.equal": ("每次都相同", "the same in every play"),
    "difference.rest": ("另有{count}项时限变化更小，见附表。", "{count} more limits differ less; see the tables."),
    # convergence
    "convergence.title": (
        "试算{n}次后，{name}的一般情况为{p50}（±{half:.1f}分钟）",
        "After {n} plays, {name}: usually {p50} (±{half:.1f} min)",
    ),
    "convergence.title.open": (
        "试算{n}次后，{name}的一般情况为{p50}，区间还定不下来",
        "After {n} plays, {name}: usually {p50}; its interval is not settled",
    ),
    "convergence.axis": ("试算次数", "number of plays"),
    "convergence.y": ("分钟", "minutes"),
    "convergence.interval": ("95%区间", "95% interval"),
    # options
    "options.title": (
        "最划算的是“{name}”：费用{cost:g}，提前{minutes:.1f}分钟",
        "What buys most for its cost ({cost:g}), {minutes:.1f} min: {name}",
    ),
    "options.none": ("没有一项措施能提前", "No measure gains time"),
    "options.axis": (
        "提前的分钟数（{marks}之和，横线为95%区间）",
        "minutes gained ({marks} together; line: 95% interval)",
    ),
    "options.row": ("{name}（费用{cost:g}）", "{name} (cost {cost:g})"),
    "options.figures": (
        "{minutes:+z.1f}分；每单位费用{each:+z.2f}；少超{limits:+z.2f}项",
        "{minutes:+z.1f} min; {each:+z.2f} per cost; {limits:+z.2f} limits",
    ),
    "options.gain": ("能提前", "gains time"),
    "options.nil": ("区间含零，分不出", "interval holds zero: cannot tell"),
    "options.equal": ("这些时刻每次都相同", "the same times in every play"),
    "options.loss": ("反而推迟", "loses time"),
    # progress
    "step.tables": ("正在写表格", "writing the tables"),
    "step.plays": ("正在重演要保留的几次", "playing again the plays to keep"),
    "step.charts": ("正在画图", "drawing the charts"),
    "step.page": ("正在写页面", "writing the page"),
}  # fmt: skip
