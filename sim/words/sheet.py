"""The sheet of units, staffing, muster and travel: its titles, heads, choices, and what it says of itself."""

from __future__ import annotations

from typing import Final

from sim.words import Table

TITLES: Final[Table] = {
    "about": ("说明", "About"),
    "units": ("单位", "Units"),
    "duty": ("值班", "On call"),
    "desk": ("席位", "Desk"),
    "teams": ("队伍", "Teams"),
    "muster": ("集结", "Muster"),
    "travel": ("行程", "Travel"),
    "sources": ("来源", "Sources"),
}
"""Part of the sheet → its title."""

HEADS: Final[Table] = {
    "unit": ("单位", "Unit"),
    "team": ("队伍", "Team"),
    "units.staffed": ("值守", "Staffed"),
    "units.carrier": ("电话网络", "Telephone network"),
    "units.road": ("去现场的道路", "Road to the site"),
    "units.at": ("驻地", "Base"),
    "duty.acknowledge.time": ("接令时长", "Time to acknowledge"),
    "duty.acknowledge.src": ("接令来源", "Source: acknowledge"),
    "duty.acknowledge.grade": ("接令等级", "Grade: acknowledge"),
    "duty.answer.chance": ("应答概率", "Chance of an answer"),
    "duty.answer.off-duty": ("非工作时间应答概率", "Chance of an answer off duty"),
    "duty.answer.tries": ("拨打次数", "Tries"),
    "duty.answer.then": ("打不通改用", "Then by"),
    "duty.answer.src": ("应答来源", "Source: answer"),
    "duty.answer.grade": ("应答等级", "Grade: answer"),
    "duty.shift.time": ("一班多久换人", "Shift"),
    "duty.shift.src": ("换班来源", "Source: shift"),
    "duty.shift.grade": ("换班等级", "Grade: shift"),
    "desk.operators.duty": ("工作时间席位", "Operators on duty"),
    "desk.operators.off-duty": ("非工作时间席位", "Operators off duty"),
    "desk.operators.src": ("来源", "Source"),
    "desk.operators.grade": ("等级", "Grade"),
    "teams.count": ("数量", "Count"),
    "teams.src": ("来源", "Source"),
    "teams.grade": ("等级", "Grade"),
    "muster.muster.duty": ("工作时间", "On duty"),
    "muster.muster.off-duty": ("夜间节假日", "Off duty"),
    "muster.muster.src": ("来源", "Source"),
    "muster.muster.grade": ("等级", "Grade"),
    "travel.travel.urban": ("到城区", "To the town"),
    "travel.travel.township": ("到乡镇", "To a township"),
    "travel.travel.src": ("来源", "Source"),
    "travel.travel.grade": ("等级", "Grade"),
    "sources.id": ("编号", "Id"),
    "sources.grade": ("等级", "Grade"),
    "sources.text": ("出处", "Where it comes from"),
}
"""Column → its head."""

CHOICES: Final[Table] = {
    "staffed.always": ("全天", "always"),
    "staffed.office": ("工作时间", "office hours"),
    "road.county": ("县乡道", "county road"),
    "road.national": ("国省道", "national road"),
    "grade.measured": ("实测", "measured"),
    "grade.standard": ("标准", "standard"),
    "grade.expert": ("经验", "expert"),
    "grade.guess": ("估计", "guess"),
}

ROW: Final[Table] = {
    "defaults": ("缺省", "default"),
    "join": ("、", ", "),
    "print": ("【演练】本地假设，不是实测", "EXERCISE: local assumptions, not measurements"),
    "unsourced": ("本单位在表格中填报，没有写依据", "given by the office in the sheet, without a source"),
}

ABOUT: Final[tuple[tuple[str, str], ...]] = (
    (
        "【演练】各单位的值守、队伍、集结和行程。都是推演用的本地假设，不是官方数字，不评价任何单位。",
        "EXERCISE. Staffing, teams, muster and travel of every unit: local assumptions for exercises; none "
        "is official.",
    ),
    (
        "改完保存，先执行 tuiyan sheet import 文件名.xlsx --dry-run 看会改什么，再去掉 --dry-run 写入本单位名录。",
        "When done, see what would change with `tuiyan sheet import FILE.xlsx --dry-run`; without --dry-run "
        "it is written.",
    ),
    (
        "可以改：白色的格。灰色的格不要改：单位名、队伍名、等级，以及“来源”表里已有的行。",
        "White cells may be changed. Grey ones stay: names of units and teams, grades, and the sources that "
        "are there.",
    ),
    (
        "时长写成 3..5..9 min，即 最短..最可能..最长；只有一个数写 5 min。单位：s 秒、min 分、h 小时、d 天。"
        "只写数字 5 按 5 分钟；3-5-9分钟 也看得懂。不要写成钟点 0:05。",
        "A length of time is written 3..5..9 min, that is min..mode..max, or 5 min alone; units s, min, h, d. "
        "A bare 5 means 5 minutes. Do not write clock times such as 0:05.",
    ),
    (
        "概率写 0.85 或 85%。数量、次数、席位写整数。“打不通改用”按先后写，用顿号隔开。",
        "A chance is written 0.85 or 85%; counts are whole numbers. 'Then by' lists channels in order, with commas.",
    ),
    (
        "空白的格：该单位用“缺省”一行的数（非工作时间应答概率空白，与工作时间相同）。要取消某单位自己的数，"
        "把这几格连同来源一起清空。"
        "删掉整行、整列或整张表，只是不改那部分。",
        "Blank cells: the unit has what the row 'default' says (a blank chance off duty is that on duty). "
        "Clear a unit's own "
        "figures together with their source to take them away. A row, column or sheet that is deleted "
        "changes nothing.",
    ),
    (
        "来源：改了数就要改来源，因为原来的来源说的是原来的数，等级不能照搬。"
        "先在“来源”表添一行（编号、等级、出处），再在该行写新编号；"
        "说不出依据就把来源清空，按“估计”记入。只改来源不改数，表示这个数现在另有依据。",
        "Sources: a changed figure needs another source, for the old one spoke of the old figure and its "
        "grade does not carry "
        "over. Add a row to 'Sources' (id, grade, where it comes from) and write its id beside the figure; "
        "or clear the source, "
        "and the figure is entered as a guess. Another source beside an unchanged figure says that the "
        "figure has it now.",
    ),
    (
        "添队伍：在“队伍”表末尾添一行，队伍名用小写英文字母。取消队伍：把该行的数量和来源清空。",
        "A new team is a new row in 'Teams', its name in small letters. To drop a team, clear its count and source.",
    ),
    (
        "几个人可以各拿一份同时改，依次导入：导入只带入您改过的格。若有人已把同一格改成别的数，会指出来，不会覆盖。",
        "Several people may each edit a copy and import one after another: only the cells that were changed "
        "are taken. "
        "Where somebody has changed the same cell meanwhile you are told, and nothing is overwritten.",
    ),
    (
        "格里不要写公式，写数。自己添的列不会导入。",
        "Write values, not formulas. Columns of your own are not imported.",
    ),
)  # fmt: skip
"""The lines of the sheet that explains."""

SAYS: Final[Table] = {
    "written": (
        "已写出 {file}。改完后：tuiyan sheet import {file}",
        "{file} is written. Then: tuiyan sheet import {file}",
    ),
    "head.cell": ("单元格", "cell"),
    "head.what": ("改的是", "what"),
    "head.old": ("原来", "old"),
    "head.new": ("现在", "new"),
    "nothing": ("没有改动，{file} 不动。", "Nothing is changed; {file} is left as it is."),
    "would": ("将改 {count} 处（未写入 {file}）。", "{count} changes would be made; {file} is not written."),
    "done": (
        "已改 {count} 处，写入 {file}。请再执行 tuiyan check。",
        "{count} changes are written to {file}. Now run tuiyan check.",
    ),
    "none": ("（无）", "(none)"),
    "graded": ("{source}（{grade}）", "{source} ({grade})"),
    "note.sheet": ("表“{title}”不在，该部分不改。", "sheet '{title}' is not there; its part is unchanged."),
    "note.foreign": ("不认识的表“{title}”，不导入。", "sheet '{title}' is not known and is not imported."),
    "note.column": (
        "{title}：不认识的列“{head}”，不导入。",
        "{title}: column '{head}' is not known and is not imported.",
    ),
    "note.missing": (
        "{title}：没有“{head}”列，该列不改。",
        "{title}: column '{head}' is not there; it is unchanged.",
    ),
    "note.rows": (
        "{title}：有 {count} 行不在，不改：{rows}。",
        "{title}: {count} rows are not there, unchanged: {rows}.",
    ),
    "note.base": (
        "表中没有导出时的原值，改动按现在的名录比较。",
        "the sheet does not hold the values at its export; changes are told from the roster as it is now.",
    ),
    "option.file": (
        "import 要写出表格文件，如 tuiyan sheet import 单位.xlsx。",
        "import takes a file: tuiyan sheet import FILE.xlsx.",
    ),
    "option.output": ("export 要用 -o 写出表格文件名，如 -o 单位.xlsx。", "export takes -o FILE.xlsx."),
    "option.only": ("{action} 不使用 {option}。", "{action} does not take {option}."),
}  # fmt: skip
