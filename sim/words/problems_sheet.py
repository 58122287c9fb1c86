"""What is wrong with a sheet of units, staffing, muster and travel, cell by cell."""

from __future__ import annotations

from typing import Final

from sim.words import Table

SHEETS: Final[Table] = {
    "sheet-no-workspace": (
        "这里不是工作文件夹，表格没有地方可写。请先 tuiyan new my-office，再 cd my-office 导入。",
        "this is no workspace, so there is no roster to write to. Make one with tuiyan new my-office, go there and "
        "import again.",
    ),
    "sheet-built-in": (
        "这是内置名录，不改。请先 tuiyan new my-office，在那里导入。",
        "this is the built-in roster, which is never changed. Make a workspace with tuiyan new my-office and "
        "import there.",
    ),
    "sheet-unreadable": (
        "打不开这个表格。需要没有加密的 .xlsx 文件；.xls、.et、.csv 请另存为 .xlsx。",
        "this cannot be opened as a workbook. It must be an .xlsx file without a password; save others as .xlsx.",
    ),
    "sheet-too-large": (
        "表格超过 {limit}，不予读取。请检查是否放错了文件。",
        "the workbook is larger than {limit} and is not read. Check that it is the right file.",
    ),
    "sheet-foreign": (
        "这里没有任何一张能导入的表（{titles}）。请用 tuiyan sheet export 导出一份来改。",
        "none of the sheets that can be imported is here ({titles}). Export one with tuiyan sheet export and "
        "edit that.",
    ),
    "sheet-suffix": (
        "表格文件名要以 .xlsx 结尾。",
        "the name of the workbook must end with .xlsx.",
    ),
    "sheet-taken": (
        "已有这个文件，可能有人正在改。请换一个名字，或加 --overwrite 替换。",
        "this file is there already, and somebody may be editing it. Choose another name, or give --overwrite.",
    ),
    "sheet-text": (
        "“{path}”中有表格装不下的控制字符，请先在 strength.yaml 中改掉。",
        "'{path}' holds a control character that no cell can hold; mend strength.yaml first.",
    ),
    "sheet-name-column": (
        "没有“{head}”列，不知道每行是谁。请恢复第 1 行的表头。",
        "column '{head}' is missing, so nobody knows whose rows these are. Restore the heads in row 1.",
    ),
    "sheet-column-twice": (
        "“{head}”列出现两次，请删去一列。",
        "column '{head}' stands here twice; delete one of them.",
    ),
    "sheet-row-twice": (
        "“{name}”重复，{first} 已有一行。请删去一行。",
        "'{name}' is given twice; {first} has it already. Delete one of the rows.",
    ),
    "sheet-row-nameless": (
        "这一行填了数，却没有写是谁。请补上“{head}”。",
        "this row holds figures but no name. Fill in '{head}'.",
    ),
    "sheet-unit": ("没有叫“{name}”的单位。", "there is no unit called '{name}'."),
    "sheet-defaults": (
        "“缺省”一行没有这一项，只能逐个单位写。请清空这一格。",
        "the row of defaults has no such thing; it belongs to single units. Clear this cell.",
    ),
    "sheet-blank": ("这一格不能空。", "this cell must not be blank."),
    "sheet-blank-block": (
        "同一组数要么都写，要么连同来源一起清空（即用缺省）。请补上这一格。",
        "figures of one group stand together: fill this cell, or clear them all with their source to use the "
        "defaults.",
    ),
    "sheet-blank-figures": (
        "写了来源却没有数。请补上数，或清空来源。",
        "a source is named but no figure. Give the figure or clear the source.",
    ),
    "sheet-formula": (
        "这里是公式“{value}”。请改成算好的数（复制后“选择性粘贴”为数值）。",
        "this is the formula '{value}'. Put the value itself here (paste as values).",
    ),
    "sheet-error": (
        "表格在这里算出了错误“{value}”。请改成数。",
        "the cell holds the spreadsheet's error '{value}'. Put a value here.",
    ),
    "sheet-clock": (
        "表格软件把这里变成了钟点或日期“{value}”。请把单元格设为文本，写成时长，如 5 min、3..5..9 min。",
        "the spreadsheet turned this into a clock time or a date: '{value}'. Make the cell text and write a "
        "length of "
        "time such as 5 min or 3..5..9 min.",
    ),
    "sheet-duration": (
        "“{value}”不是时长。写成 5 min，或 3..5..9 min（最短..最可能..最长），单位用 s、min、h、d。",
        "'{value}' is no length of time. Write 5 min, or 3..5..9 min (min..mode..max); units s, min, h, d.",
    ),
    "sheet-duration-two": (
        "“{value}”只有两个数。要写三个：最短..最可能..最长，如 3..5..9 min。",
        "'{value}' gives two numbers; give three, min..mode..max, such as 3..5..9 min.",
    ),
    "sheet-chance": (
        "“{value}”不是概率。写 0 到 1 之间的数，如 0.85，或写 85%。",
        "'{value}' is no chance. Write a number from 0 to 1, such as 0.85, or 85%.",
    ),
    "sheet-count": (
        "“{value}”不是整数。写成 2 这样的数。",
        "'{value}' is no whole number. Write a number such as 2.",
    ),
    "sheet-choice": ("“{value}”不在可选范围：{allowed}。", "'{value}' is none of: {allowed}."),
    "sheet-text-wanted": ("这里要写文字，现在是“{value}”。", "text belongs here, not '{value}'."),
    "sheet-source": (
        "没有编号为“{value}”的来源。请先在“来源”表添一行。",
        "there is no source '{value}'. Add a row to the sheet of sources first.",
    ),
    "sheet-source-old": (
        "数改了（{old} → {new}），来源还是“{source}”（{grade}），那是原来那个数的来源。"
        "请改成新数的来源（先在“来源”表添一行），或清空来源，按估计记入。",
        "the figure changed ({old} → {new}) but its source is still '{source}' ({grade}), which spoke of the "
        "old figure. "
        "Name the source of the new one (add it to the sheet of sources first), or clear the source: it is "
        "then a guess.",
    ),
    "sheet-source-fixed": (
        "来源“{name}”已有数在用，不能在表格里改。请另添一行新来源，再改用它的编号。",
        "source '{name}' is used by figures already and cannot be changed here. Add a new source in a row of "
        "its own.",
    ),
    "sheet-grade-fixed": (
        "等级随来源而定：“{source}”是{grade}，不是“{value}”。请改来源，不要改等级。",
        "the grade follows from the source: '{source}' is {grade}, not '{value}'. Change the source, not the grade.",
    ),
    "sheet-conflict": (
        "导出以后有人把它从 {base} 改成了 {now}，这里又改成 {new}。请重新导出一份再改。",
        "since the export somebody changed it from {base} to {now}, and here it becomes {new}. Export anew "
        "and edit that.",
    ),
    "sheet-yaml": (
        "这个文件的写法特殊，表格改不进去。请直接改 strength.yaml。",
        "this file is written in a way that the sheet cannot edit. Edit strength.yaml itself.",
    ),
}  # fmt: skip
"""Code → sentence."""
