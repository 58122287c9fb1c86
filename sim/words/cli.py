"""What the command line says: help, table heads and notices, and click's own words in Chinese."""

from __future__ import annotations

from typing import Final

HELP: Final = {
    "door": (
        "推演：区县应急管理部门的桌面推演仿真工具。\n"
        "选一个情景，先推演一遍，看各成员单位何时到场、哪里可能卡住。\n"
        "所有结果均为【演练】，不是预警，也不评价任何真实单位。",
        "推演 (tuiyan): a tabletop-exercise simulator for district emergency offices.\n"
        "Pick a scenario, play it before the day, see who arrives when and what may hold things up.\n"
        "Every result is an EXERCISE, never a live warning, and grades no real unit.",
    ),
    "door.end": (
        "第一次使用：  tuiyan run blast-furnace-gas\n"
        "每个选项写在命令前或命令后都可以；两处都写，以后面的为准。",
        "First time:  tuiyan run blast-furnace-gas\n"
        "Every option works before or after the command's name; where both are given the later one wins.",
    ),
    "list": (
        "列出成员单位、职务、机构、职责、处置需求和情景",
        "List units, posts, bodies, duties, needs and scenarios",
    ),
    "list.text": (
        "列出登记册的内容和可用的情景。\n"
        "WHAT 可为 units（成员单位）、posts（职务）、bodies（机构）、duties（职责）、\n"
        "needs（处置需求）、scenarios（情景）；不写则给出总览。",
        "List what the register holds and which scenarios there are.\n"
        "WHAT is units, posts, bodies, duties, needs or scenarios; without it, an overview.",
    ),
    "check": (
        "检查名录、情景和预案本身，一次指出全部问题",
        "Check roster, scenarios and the plan itself; name every problem at once",
    ),
    "check.text": (
        "检查名录和情景文件，逐条给出 文件:行:列: 问题。\n"
        "没有错误的情景再看脚本：给不出的注入、没有预期行动的注入、达不到的时限、没人检验的目标等。\n"
        "--plan 看预案本身：没人管的处置需求、说不通的范围、只靠一处的职责、缺少的单位等，每条附原文和建议。\n"
        "--timeline DIR 把每个情景的脚本画成时间轴：何时、给谁哪个注入，谁应在何时前行动；有错误时不画。\n"
        "SCENARIO 为情景编号或文件；不写则检查全部。有错误时退出码为 2。",
        "Check the roster and scenario files; each problem is one line, file:line:col: what is wrong.\n"
        "Of a scenario without errors the script is looked at too: injects that can never be given or that\n"
        "nobody acts on, limits that nobody can meet, objectives that nothing tests.\n"
        "--plan looks at the plan itself: needs without owner, scopes at odds, single\n"
        "points, missing actors, each with its words and what may help.\n"
        "--timeline DIR draws each script on a time axis: what comes when and to whom, and who should act by\n"
        "when; with errors nothing is drawn.\n"
        "SCENARIO is an id or a file; without it everything is checked. Errors exit with 2.",
    ),
    "run": (
        "推演一个情景，写出处置时间轴、图表和推演前仿真提示",
        "Play a scenario; write timeline, charts and simulation brief",
    ),
    "run.text": (
        "把一个情景推演一遍，结果写入一个文件夹：timeline.csv（处置时间轴）、tasks.csv（行动）、\n"
        "gaps.csv（差距）、manifest.json（清单）、report.html（推演前仿真提示）和 charts/（图表）。\n"
        "要么全部写好，要么什么也不写。SCENARIO 为情景编号或文件。",
        "Play one scenario and write a folder: timeline.csv, tasks.csv, gaps.csv, manifest.json,\n"
        "report.html (the simulation brief) and charts/. It is written whole or not at all.\n"
        "SCENARIO is an id or a file.",
    ),
    "why": (
        "说明一项为何成立、何时成立，或者为何没有",
        "Say when and why an item became true, or why not",
    ),
    "why.text": (
        "说明 RUN 文件夹那次推演中，ITEM 何时成立、为何成立，或者为何没有：条件的每一部分当时的值、何时首次成立，\n"
        "按真实态势还是按指挥部已掌握的态势判断，最后一部分由谁、过了多久告知。\n"
        "ITEM 为条件注入（I05）、险情（H1）、处置需求（rescue）、职责（crew.rescue）、响应级别（two）、\n"
        "事故等级（graded.larger、near_miss）、报告、时限、安全规则（entry.tested）、事后情况（A1）、\n"
        "值守和指挥的步骤（desk.verify）、差距编号（G402），或 activated、handover、terminated、field、conference。",
        "Say when ITEM became true in the run in folder RUN and why, or why it never did: each part of its\n"
        "condition with its value then and when it first held, on what was true or on what headquarters\n"
        "knew, and who told the last part, how late.\n"
        "ITEM is a contingency inject (I05), a hazard (H1), a need (rescue), a duty (crew.rescue), a level of\n"
        "response (two), a grade (graded.larger, near_miss), a report, a norm, a rule of safety (entry.tested),\n"
        "an aftermath (A1), a step of the desk or of command (desk.verify), the code of a gap (G402), or\n"
        "activated, handover, terminated, field, conference.",
    ),
    "replay": (
        "在终端里逐步回放一次推演，或写成一个可分享的网页",
        "Step through a run in the terminal, or as one page to share",
    ),
    "replay.text": (
        "逐步回放 RUN 文件夹中的那次推演：真实态势与指挥部所知并列，谁在做什么、谁在等什么、哪些时限在走，\n"
        "注入的内容和讨论问题，按 p 看参考要点和随后发生了什么，按 h 进入复盘计时。只读结果，不重新推演；\n"
        "有文件与清单不符就拒绝，并指出是哪个文件。不在终端里时，按时间逐步输出为文字。\n"
        "--html FILE 写成一个网页，离线可用；已有同名文件时须加 --overwrite。",
        "Step through the run in folder RUN: what was true beside what headquarters knew, who does what, who waits\n"
        "for what, which clocks run; each inject with its question, p for reference points and what came next,\n"
        "h for a timed hotwash. It only reads; a file that differs from the manifest is refused and named.\n"
        "Without a terminal it prints the steps as text. --html FILE writes one page that works offline; a file\n"
        "that is there is replaced only with --overwrite.",
    ),
    "coverage": (
        "各情景合起来用上哪些职责，哪些始终没有用上",
        "Which duties the scenarios put to work, and which stay on paper",
    ),
    "coverage.text": (
        "把每个情景推演几次，逐条说明附件3的每项职责：用上、有时、未邀请、没用上、用不上、不派发，以及为什么。\n"
        "SCENARIO 为情景编号或文件；不写则取全部可用的情景。-o DIR 写出 coverage.csv、coverage.json 和图，\n"
        "要么全部写好，要么什么也不写。--smallest 另给出用上同样多职责的最少情景，和桌面用时最短的情景。",
        "Play each scenario several times and say of every duty of Annex 3 whether it is put to work, sometimes, not\n"
        "for want of an invitation, never, unreachable or not played at all, and why. SCENARIO is an id or a file;\n"
        "without it all are taken. -o DIR writes coverage.csv, coverage.json and the picture (PNG, SVG), whole or not\n"
        "at all. --smallest also gives the fewest scenarios that reach as much, and the shortest at the table.",
    ),
    "study": (
        "仿真试算：演练前把一个情景推演上千次，看哪些时限常常来不及",
        "Play a drill a thousand times: which limits are at risk, how often",
    ),
    "study.text": (
        "把 SCENARIO 推演 N 次，每次各自抽取时间，写出各环节的一般情况、较不利情况和每项时限来不及的比例。\n"
        "结果放在 -o 文件夹（默认 reports/编号-study）。中断后再运行同一命令，从停下的地方接着算；结果与进程数、\n"
        "机器数、是否中断无关。--replication K 单独推演其中一次。只说明假设之下可能的瓶颈，不评价任何单位。",
        "Play SCENARIO N times, each with times of its own, and say when each step comes usually and in an\n"
        "unfavourable case, and how often each limit is missed. The result lies in the folder -o (default\n"
        "reports/ID-study). Stopped, the same command goes on where it was; the result does not depend on\n"
        "processes, machines or interruptions.\n"
        "--replication K plays one of them by itself. It shows bottlenecks under assumptions and judges no unit.",
    ),
    "compare": (
        "两种做法逐次对比：改一处假设会怎样",
        "What if? Compare a drill with a variant of it, play by play",
    ),
    "compare.text": (
        "把 SCENARIO 与它的一种变化（--set、--with 文件、--roster 另一份名录，或另一个情景 OTHER）各推演 N 次，\n"
        "同一次推演用同样的随机数，逐次相减：差多少分钟、区间多宽、几成的推演里变好，哪些职责根本不会受影响。",
        "Play SCENARIO and a variant of it (--set, --with FILE, --roster another roster, or another scenario OTHER) N\n"
        "times on the same chance and subtract play by play: how many minutes, how sure, in what share it is better,\n"
        "and which duties the change cannot touch at all.",
    ),
    "sensitivity": (
        "哪一项假设最影响结果，先拿秒表量哪一项",
        "Which assumption moves a result most",
    ),
    "sensitivity.text": (
        "逐项放大、缩小本地假设，看 MEASURE（默认 terminated 终止响应）动多少；\n"
        "--method morris 或 sobol 再细看前几项。\n"
        "MEASURE 可写环节（activated、terminated）、某项职责的一步（职责编号.arrived）或某项时限（missed:R03）。",
        "Make each local assumption longer and shorter and see how far MEASURE (default terminated) goes;\n"
        "--method morris or sobol looks closer at the first ones. MEASURE is a milestone (activated), a stage\n"
        "of a duty (ID.arrived) or a limit (missed:R03).",
    ),
    "improve": (
        "各项改进措施值不值：每份投入换来多少分钟",
        "What improvements buy: minutes and limits per cost",
    ),
    "improve.text": (
        "逐项试算 roster/measures.yaml 里的改进措施（增一支队伍、群呼代替逐家电话、夜间加一名值班员等），\n"
        "给出单项排序；写了 --budget 时给出预算之内最好的一组。费用由本办公室自定。",
        "Try each measure of roster/measures.yaml (a team more, broadcast instead of calls, a second operator …)\n"
        "and rank them; with --budget name the best set within it. Costs are the office's own.",
    ),
    "verify": ("按清单重新推演，核对结果是否一致", "Play again by the manifest and compare"),
    "verify.text": (
        "按 RUN 文件夹中的 manifest.json 重新推演并逐项比对。\n"
        "一致退出码为 0；不一致为 1，并指出是哪个文件变了。",
        "Play again what the manifest.json in the folder RUN promises, and compare.\n"
        "Exit 0 if all is equal; 1 if not, naming each file that differs.",
    ),
    "programme": (
        "按演练记录、演练频次和待复验的整改，排出今后的演练",
        "Propose the next drills from history, rules and open improvements",
    ),
    "programme.text": (
        "按 --since 表中演练过什么、规定多久须演练一次、还有哪些整改待复验，排出今后若干个月的演练：\n"
        "何时、哪个情景、为什么，以及哪条规定做不到。情景演练到哪些职责，由其仿真推演得出。\n"
        "--since 为 CSV，要有“日期”“情景”两列（编号或标题），一行一次演练；其他列不用。\n"
        "--improvements 为整改台账 CSV：问题、完成时限、状态，以及职责、处置需求、责任单位之一（取最具体的）。\n"
        "-o DIR 写出 programme.csv（表）、programme.png 和 .svg（图）、programme.ics（日历），要么全部写好，要么不写。",
        "Propose the drills of the months to come: when, which scenario, why, and which rule cannot be kept; from\n"
        "what the table --since says was drilled, how often the law wants drills, and open improvements. Which\n"
        "duties a scenario exercises is seen by playing it.\n"
        "--since is a CSV with the columns date and scenario (id or title), one row a drill; others are left alone.\n"
        "--improvements is a CSV register: problem, deadline, state, and duty, need or unit (the narrowest counts).\n"
        "-o DIR writes programme.csv, programme.png and .svg, and programme.ics, whole or not at all.",
    ),
    "new": ("新建一个本单位的工作文件夹", "Lay down a workspace for your office"),
    "new.text": (
        "在 DIR 建立 roster/ scenarios/ reports/ notebooks/，放入内置名录、一个起步情景和四个笔记本供修改。\n"
        "文件夹已有内容时不动它。本文件夹中的同名文件优先于内置文件。\n"
        "别的单位（港口、学校等）用 --empty：放入最小的名录骨架和一个小情景，注释说明各处填什么。",
        "Lay down roster/ scenarios/ reports/ notebooks/ in DIR with copies of the built-in roster, one\n"
        "scenario to start from and four notebooks. A folder with anything in it is left alone. A workspace's\n"
        "own file wins over a built-in one of the same id. Another kind of office takes --empty: the smallest\n"
        "roster and a tiny scenario, with comments on what to fill in.",
    ),
    "sheet": (
        "把单位、值班、集结、行程导出为一个表格，改完再导入",
        "Export units, staffing, muster and travel as a workbook; take it back",
    ),
    "sheet.text": (
        "export：把各单位的值守、队伍、集结、行程写成一个 xlsx（用 -o 写文件名），可在 Excel、WPS 中修改。\n"
        "import：把改过的 xlsx 写回工作文件夹的 roster/strength.yaml，只动改过的数，注释和次序不变，并列出改了什么；\n"
        "--dry-run 只列出，不写入。有一格不对就全部不写，并指出是哪一格，退出码为 2。",
        "export: write staffing, teams, muster and travel of every unit as one xlsx (-o FILE.xlsx).\n"
        "import: write a changed xlsx back into the workspace's roster/strength.yaml; only what changed is touched,\n"
        "comments and order stay, and each change is listed. --dry-run only lists. One bad cell and nothing is\n"
        "written: every bad cell is named, exit code 2.",
    ),
    "schema": (
        "输出各类输入文件的 JSON Schema，供编辑器补全和检查",
        "Give the JSON Schemas, so that editors complete and check",
    ),
    "schema.text": (
        "输出全部输入文件的 JSON Schema；用 -o DIR 时每类文件写成一个 .schema.json。",
        "Print the JSON Schema of every kind of input file; with -o DIR, write one .schema.json a kind.",
    ),
    "option.seed": ("种子号（专业选项，默认 1）", "seed of the draws (default 1)"),
    "option.changes": ("临时改一项假设参数，可多次使用", "override one local assumption; may be repeated"),
    "option.output": ("输出文件夹（sheet export 为文件）", "output folder (sheet export: a file)"),
    "option.lang": ("界面语言（默认中文 zh）", "language (default zh)"),
    "option.as_json": ("输出 JSON，供程序读取", "machine-readable JSON"),
    "option.workspace": ("工作文件夹，默认为当前文件夹", "workspace folder (default: the current one)"),
    "option.overwrite": ("用新结果替换原有结果文件夹", "replace a folder that holds an earlier result"),
    "option.html": ("写成一个可分享的网页文件", "write one page to share"),
    "option.seeds": ("每个情景随机推演几次（默认 20）", "random plays of each scenario (default 20)"),
    "option.smallest": (
        "找出用上同样多职责的最少情景",
        "find the fewest scenarios that reach as much",
    ),
    "option.expected": ("各项时间均取中位数推演", "play the median of every draw"),
    "option.dry_run": ("只列出改动，不写入", "only list the changes; write nothing"),
    "option.empty": (
        "不用内置名录，从空白名录开始（另一类单位）",
        "begin with a blank roster (another kind of office)",
    ),
    "option.plan": (
        "检查预案本身：没人管、说不通、只靠一处的地方",
        "look at the plan itself: holes, contradictions, single points",
    ),
    "option.timeline": ("把情景脚本画成时间轴，写入文件夹", "draw the scripts on a time axis into a folder"),
    "option.since": ("演练记录（CSV）", "table of the drills held (CSV)"),
    "option.improvements": ("整改台账（CSV）", "improvement register (CSV)"),
    "option.months": ("排今后几个月（默认 24）", "months to plan for (default 24)"),
    "option.today": ("按哪一天排（默认今天）", "the day to plan from (default today)"),
    "option.n": ("推演次数", "number of plays"),
    "option.jobs": ("用几个进程（默认全部核心）", "processes (default: every core)"),
    "option.cluster": (
        "在 Dask 集群上算（需要附加件 cluster）",
        "play on a Dask cluster (needs the extra cluster)",
    ),
    "option.until_precise": ("算到结果够准为止，最多 N 次", "until the figures are precise, at most N plays"),
    "option.parquet": (
        "另写 study.parquet（需要附加件 parquet）",
        "write study.parquet too (needs the extra parquet)",
    ),
    "option.replication": (
        "只推演其中第 K 次，写成一次推演的结果",
        "play replication K by itself and write it as a run",
    ),
    "option.with_file": ("假设改动写在文件里（路径: 值）", "overrides in a file (path: value)"),
    "option.other_roster": ("变化用另一份名录", "the variant uses another roster"),
    "option.method": ("方法：tornado 逐项、morris、sobol", "tornado (one by one), morris or sobol"),
    "option.only": ("只看以此开头的假设，可多次使用", "only assumptions that begin so; may be repeated"),
    "option.top": (
        "列出前几项，细看前几项（默认 12）",
        "how many to list and to look at closer (default 12)",
    ),
    "option.budget": ("预算（与 measures.yaml 的费用同单位）", "budget, in the unit of the costs"),
    "option.strict": ("有提醒时也以退出码 1 结束", "exit with 1 on warnings too"),
    "option.everything": ("检查全部情景（不写情景时即如此）", "check everything (the default)"),
    "option.help": ("显示本说明", "show this message"),
    "option.version": ("显示版本", "show the version"),
    "commands": ("命令", "Commands"),
    "options": ("选项", "Options"),
    "usage.options": ("[选项]", "[OPTIONS]"),
    "usage.command": ("命令 …", "COMMAND [ARGS]..."),
}

SAYS: Final = {
    "error": ("提示：{message}", "error: {message}"),
    "more": ("详细用法：{command} --help", "see: {command} --help"),
    "no-command": ("没有“{name}”这个命令。{near}", "there is no command {name!r}. {near}"),
    "near": ("是不是 {names}？", "Did you mean {names}?"),
    "not-taken": ("{command} 不使用选项 {options}", "{command} does not take {options}"),
    "interrupted": ("已中断，没有写出任何结果。", "Interrupted; nothing was written."),
    "play-error": ("推演无法继续：{message}", "the play cannot go on: {message}"),
    "own-wins": (
        "使用工作文件夹中的 {files}，不用内置的同名文件。",
        "using {files} of the workspace, not the built-in ones.",
    ),
    "set-form": ("--set 应写成 路径=值，现为“{text}”", "--set takes PATH=VALUE, not {text!r}"),
    "overview.units": ("成员单位", "member units"),
    "overview.posts": ("职务", "posts"),
    "overview.bodies": ("机构", "bodies"),
    "overview.duties": ("职责", "duties"),
    "overview.needs": ("处置需求", "needs"),
    "overview.scenarios": ("情景", "scenarios"),
    "overview.more": ("逐项查看：tuiyan list {kinds}", "for each: tuiyan list {kinds}"),
    "head.kind": ("类别", "kind"),
    "head.count": ("数量", "count"),
    "head.number": ("序号", "no."),
    "head.unit": ("单位", "unit"),
    "head.body": ("机构", "body"),
    "head.title": ("职务", "post"),
    "head.holder": ("担任者", "held by"),
    "head.english": ("英文名", "English"),
    "head.duties": ("职责数", "duties"),
    "head.duty": ("职责", "duty"),
    "head.id": ("编号", "id"),
    "head.phase": ("阶段", "phase"),
    "head.serves": ("处置需求", "need"),
    "head.priority": ("优先级", "priority"),
    "head.when": ("成立条件", "raised when"),
    "head.scenario": ("情景", "scenario"),
    "head.purpose": ("演练目的", "purpose"),
    "head.from": ("来源", "from"),
    "phase.prevention": ("预防", "prevention"),
    "phase.warning": ("预警", "warning"),
    "phase.response": ("响应", "response"),
    "phase.recovery": ("恢复", "recovery"),
    "phase.standing": ("常态", "standing"),
    "purpose.示范性": ("示范性", "demonstration"),
    "purpose.检验性": ("检验性", "test"),
    "purpose.研究性": ("研究性", "research"),
    "from.built-in": ("内置", "built-in"),
    "from.workspace": ("工作文件夹", "workspace"),
    "outside.phase": ("不在处置阶段", "outside the play: phase"),
    "outside.command": ("由指挥流程执行", "done by command itself"),
    "outside.words": ("原文不适用于一般事故", "excluded by its own words"),
    "outside.later": ("事后数日，记入善后台账", "days later, after-care ledger"),
    "check.passed": (
        "检查通过：名录与 {scenarios} 个情景，{warnings} 条提醒。",
        "Passed: the roster and {scenarios} scenarios, {warnings} warnings.",
    ),
    "study.playing": ("仿真试算", "playing"),
    "study.stopped": (
        "已停下，{count}次推演已经保存；再运行同一命令即可接着算。",
        "Stopped; {count} plays are kept. The same command goes on from there.",
    ),
    "study.failed": (
        "{count}次推演没有完成（例如第{first}次：{error}），已记下，未计入结果。",
        "{count} plays failed (number {first}: {error}); they are kept and not counted.",
    ),
    "study.loose": (
        "“{measure}”还不够准：区间的一半为 {half}。",
        "{measure} is not precise enough: half its interval is {half}.",
    ),
    "compare.nothing": (
        "请写明与什么对比：--set 路径=值、--with 文件、--roster 文件夹，或另一个情景。",
        "say what to compare with: --set PATH=VALUE, --with FILE, --roster DIR, or another scenario",
    ),
    "sensitivity.none": ("没有符合 --only 的假设。", "no assumption begins as --only says"),
    "check.looking": ("正在检查情景 {name}……", "looking at {name} …"),
    "check.drawing": ("正在画情景 {name} 的脚本", "drawing the script of {name}"),
    "check.drawn": ("脚本时间轴已写入 {file}", "script drawn: {file}"),
    "check.failed": ("共 {errors} 条错误、{warnings} 条提醒。", "{errors} errors, {warnings} warnings."),
    "run.reading": ("正在读取名录和情景", "reading the roster and the scenario"),
    "run.playing": ("正在推演", "playing"),
    "run.telling": ("正在写处置时间轴、图表和提示", "writing timeline, charts and brief"),
    "run.title": ("【演练】{title}", "EXERCISE: {title}"),
    "run.basis": (
        "以下时间是仿真推演结果，取决于假设参数，不是对任何单位的评价。",
        "These times come from a simulation and rest on assumptions; they judge no unit.",
    ),
    "run.length": ("推演用时", "drill lasted"),
    "run.reception": ("值守接报", "duty desk picked up"),
    "run.activated": ("启动响应", "response activated"),
    "run.report_up": ("首报上级", "first report up"),
    "run.terminated": ("终止响应", "response terminated"),
    "run.not-reached": ("至推演结束未发生", "not by the end of the play"),
    "run.gaps": ("可能的差距", "possible gaps"),
    "run.gaps-count": ("{count} 处（见 report.html）", "{count} (see report.html)"),
    "run.unit": ("单位", "unit"),
    "run.acknowledged": ("接令", "acknowledged"),
    "run.arrived": ("到场", "arrived"),
    "run.finished": ("完成", "finished"),
    "run.actions": ("行动", "tasks"),
    "run.points": ("差距", "gaps"),
    "run.legend": (
        "接令、到场为该单位最早一次，完成为最后一次，“—”为没有发生；行动为已结束/共计；差距为可能的差距。",
        "Acknowledged and arrived: the first; finished: the last; — did not happen.\n"
        "Tasks: ended/all. Gaps: possible ones, under the assumptions.",
    ),
    "run.gap-list": ("可能的差距：{gaps}。", "Possible gaps: {gaps}."),
    "run.gap": ("{title}（{unit}）{count} 处", "{title} ({unit}) {count}"),
    "run.gap-of-none": ("{title} {count} 处", "{title} {count}"),
    "run.idle": ("未出动的单位：{units}", "not dispatched: {units}"),
    "run.written": ("结果已写入 {folder}", "written to {folder}"),
    "run.open": ("请打开 {file}", "open {file}"),
    "verify.playing": ("正在重新推演并核对", "playing again and comparing"),
    "verify.same": (
        "一致：重新推演与清单完全相同（{rows} 行）。",
        "Equal: the play again gives the same {rows} rows.",
    ),
    "new.made": ("已建立工作文件夹 {folder}", "workspace made in {folder}"),
    "new.next": (
        "下一步：修改 {scenario}，然后 cd {folder} && tuiyan check && tuiyan run {id}",
        "next: edit {scenario}, then cd {folder} && tuiyan check && tuiyan run {id}",
    ),
    "new.fill": (
        "下一步：按 {folder}/roster 各文件的注释换成本单位的内容，然后 cd {folder} && tuiyan check && tuiyan run {id}",
        "next: fill in {folder}/roster as its comments say, then cd {folder} && tuiyan check && tuiyan run {id}",
    ),
    "schema.written": ("已写入 {file}", "written: {file}"),
    "moment": ("{clock}（T+{minute}）", "{clock} (T+{minute})"),
    "point": ("{name}：{text}", "{name}: {text}"),
    "minutes": ("{value} 分钟", "{value} min"),
    "list.semicolon": ("；", "; "),
    "list.comma": ("、", ", "),
}

# Click asks gettext for its own words; scripts/click_words.py writes this table into sim/cli/locale.
# A key is click's English; singular and plural are joined by "\0", as gettext keeps them.
CLICK: Final = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明",
    "Show the version and exit.": "显示版本",
    "Error: {message}": "提示：{message}",
    "Try '{command} {option}' for help.": "详细用法：{command} {option}",
    "Missing command.": "缺少命令。",
    "Missing argument": "缺少",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有 {name} 这个选项。",
    "No such option: {name}": "没有 {name} 这个选项。",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "Did you mean {possibility}?\0(Did you mean one of: {possibilities}?)": "是不是 {possibilities}？",
    "Did you mean {possibility}?\0(Possible options: {possibilities})": "是不是 {possibilities}？",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Option {name!r} does not take a value.": "选项 {name} 后面不带值。",
    "Option {name!r} requires an argument.\0Option {name!r} requires {nargs} arguments.": (
        "选项 {name} 后面要带 {nargs} 个值。"
    ),
    "Argument {name!r} takes {nargs} values.": "{name} 要带 {nargs} 个值。",
    "Got unexpected extra argument ({args})\0Got unexpected extra arguments ({args})": "多出了参数（{args}）",
    "{value!r} is not {choice}.\0{value!r} is not one of {choices}.": "“{value}”不在 {choices} 之中。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是有效的数。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "default: {default}": "默认：{default}",
    "Aborted!": "已中断。",
}
