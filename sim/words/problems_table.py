"""Problems of tables that people keep: the history of drills and the improvement register."""

from __future__ import annotations

from typing import Final

from sim.words import Table

TABLES: Final[Table] = {
    "table-is-folder": (
        "这是文件夹，需要一个 CSV 文件。请写到文件名为止。",
        "this is a folder where a CSV file is needed. Give the path down to the file.",
    ),
    "table-too-large": (
        "文件超过 {limit}，不予读取。请检查是否放错了文件。",
        "the file is larger than {limit} and is not read. Check that it is the right file.",
    ),
    "table-not-text": (
        "不是 CSV 文本，可能是 Excel 工作簿。请在 Excel 中“另存为”CSV（UTF-8）。",
        "this is no CSV text, perhaps an Excel workbook. Save it as CSV (UTF-8) from Excel.",
    ),
    "table-quote": (
        "从这里开始的引号没有配对。",
        "the quote opened here is not closed.",
    ),
    "table-column": (
        "缺少一列，表头应写成下列之一：{names}。现有表头：{found}。",
        "a column is missing; it may be headed: {names}. The heads are: {found}.",
    ),
    "table-column-twice": (
        "有两列都叫“{name}”，不知道用哪一列。请删去一列或改表头。",
        "two columns are headed '{name}'. Drop one of the two or rename it.",
    ),
    "table-empty-cell": (
        "这一格是空的，需要填写（{names}）。",
        "this cell is empty and must be filled in ({names}).",
    ),
    "table-date": (
        "“{text}”不是日期，或者可以有两种读法。请写成 2025-03-12、2025/3/12 或 2025年3月12日。",
        "'{text}' is no date, or may be read in two ways. Write 2025-03-12, 2025/3/12 or 2025年3月12日.",
    ),
    "history-future": (
        "{text} 在今天（{today}）之后，还没有演练。请删去这一行，或用 --today 写明今天是哪天。",
        "{text} lies after today ({today}), so it has not been held. Drop the row, or give the day with --today.",
    ),
    "history-scenario": (
        "没有叫“{text}”的情景。请写情景编号或标题（tuiyan list scenarios 列出全部）。",
        "there is no scenario called '{text}'. Give its id or its title (see tuiyan list scenarios).",
    ),
    "improvement-columns": (
        "至少要有一列说明整改针对什么，表头可写：{names}。",
        "at least one column must say what an improvement is about, headed: {names}.",
    ),
    "improvement-about": (
        "这一行没有写整改针对的职责、处置需求或单位。",
        "this row names no duty, need or unit that the improvement is about.",
    ),
    "improvement-duty": (
        "没有编号为“{text}”的职责（tuiyan list duties 列出全部）。",
        "there is no duty with the id '{text}' (see tuiyan list duties).",
    ),
    "improvement-need": (
        "没有叫“{text}”的处置需求（tuiyan list needs 列出全部）。",
        "there is no need called '{text}' (see tuiyan list needs).",
    ),
    "improvement-unit": (
        "没有叫“{text}”的单位（tuiyan list units 列出全部）。",
        "there is no unit called '{text}' (see tuiyan list units).",
    ),
    "improvement-state": (
        "不认识状态“{text}”。待复验的写：{open}；不再复验的写：{closed}。",
        "the state '{text}' is unknown. Still to be retested: {open}; not any more: {closed}.",
    ),
    "today-form": (
        "“{text}”不是日期。请写成 2026-11-25。",
        "'{text}' is no date. Write it as 2026-11-25.",
    ),
    "no-scenarios": (
        "没有情景，排不出演练计划。",
        "there are no scenarios to make a programme of.",
    ),
}
"""Code → sentence."""
