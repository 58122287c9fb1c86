"""Problems of a single key or value: unknown, missing, of the wrong kind, not in the right form."""

from __future__ import annotations

from typing import Final

from sim.words import Table

VALUES: Final[Table] = {
    "unknown-key": ("不认识的键“{key}”。", "unknown key '{key}'."),
    "missing-key": ("缺少必填的“{key}”。", "'{key}' is missing and must be given."),
    "value-missing": (
        "这里没有写值。请补上，或删去这一行。",
        "no value is given here. Add one or remove the line.",
    ),
    "wrong-type": (
        "这里要写{wanted}，现在是{found}“{value}”。",
        "this should be {wanted}, not {found} '{value}'.",
    ),
    "wrong-type-text": (
        "这里要写文字，现在是{found}“{value}”。当文字用时请加引号。",
        "this should be text, not {found} '{value}'. Quote it if it is meant as text.",
    ),
    "wrong-type-list": (
        "这里要写列表，现在是{found}“{value}”。只有一项时也写成 [{value}]。",
        "this should be a list, not {found} '{value}'. Write [{value}] even for a single item.",
    ),
    "wrong-shape": (
        "这里要写{wanted}，现在是{found}。请检查缩进和括号。",
        "this should be {wanted}, not {found}. Check indentation and brackets.",
    ),
    "value-not-plain": (
        "这里只能写一个值：true 或 false、数字，或文字。",
        "only a single value may stand here: true or false, a number, or text.",
    ),
    "value-refused": ("这里不能写“{value}”。", "'{value}' cannot stand here."),
    "not-one-of": ("“{value}”不在可选范围：{allowed}。", "'{value}' is none of: {allowed}."),
    "number-too-small": ("{value} 太小，至少为 {limit}。", "{value} is too small; at least {limit}."),
    "number-too-large": ("{value} 太大，至多为 {limit}。", "{value} is too large; at most {limit}."),
    "text-empty": ("这里的文字不能为空。", "the text must not be empty."),
    "text-too-long": ("文字太长，至多 {limit} 字。", "the text is too long; at most {limit} characters."),
    "fact-id-syntax": (
        "“{value}”不能作编号。用小写英文字母开头，只含小写字母、数字和下划线，如 gas_type。",
        "'{value}' is no id here. Begin with a small letter; small letters, digits and underscores only, "
        "such as gas_type.",
    ),
    "duty-id-syntax": (
        "“{value}”不能作职责编号。写成用点连接的小写名，如 crew.rescue。",
        "'{value}' is no duty id. Write small names joined by dots, such as crew.rescue.",
    ),
    "inject-id-syntax": (
        "“{value}”不能作编号。用大写字母加数字，如 I03、H1。",
        "'{value}' is no id here. A capital letter and digits, such as I03 or H1.",
    ),
    "objective-id-syntax": (
        "“{value}”不能作演练目标编号。写成 O1、O2。",
        "'{value}' is no id of an objective. Write O1, O2.",
    ),
    "slug-syntax": (
        "“{value}”不能作编号。用小写字母、数字和连字符，如 blast-furnace-gas。",
        "'{value}' is no id here. Small letters, digits and hyphens, such as blast-furnace-gas.",
    ),
    "actor-name-syntax": (
        "“{value}”不能作单位名。不超过 30 字，不含空格和半角标点。",
        "'{value}' cannot be the name of a unit: at most 30 characters, no blanks, no ASCII punctuation.",
    ),
    "stage-reference-syntax": (
        "“{value}”不是职责的一步。写成 职责编号.步骤，如 crew.rescue.started"
        "（步骤：acknowledged、departed、arrived、started、finished）。",
        "'{value}' is no stage of a duty. Write id.stage, such as crew.rescue.started "
        "(acknowledged, departed, arrived, started, finished).",
    ),
    "rule-id-syntax": (
        "“{value}”不能作编号。写成用点连接的小写名，如 entry.tested。",
        "'{value}' is no id here. Write small names joined by dots, such as entry.tested.",
    ),
    "date-syntax": (
        "“{value}”不是日期。写成 2026-10-01。",
        "'{value}' is no date. Write 2026-10-01.",
    ),
    "name-syntax": ("“{value}”的写法不对。", "'{value}' is not written as a name should be."),
    "clock-syntax": (
        "“{value}”不是钟点。写成 时:分，00:00 到 23:59。",
        "'{value}' is no clock time. Write hours:minutes, 00:00 to 23:59.",
    ),
    "moment-syntax": (
        "“{value}”不是时刻。写成 T+35（开始后 35 分钟）或钟点 10:30。",
        "'{value}' is no moment. Write T+35 (35 minutes after the start) or a clock time such as 10:30.",
    ),
    "moment-number": (
        "时刻只写了数字 {value}。写成 T+{value}（开始后 {value} 分钟）。",
        "the moment is only the number {value}. Write T+{value} ({value} minutes after the start).",
    ),
    "start-syntax": (
        "“{value}”不是开始时间。写成 2025-06-12T09:30+08:00，日期要真实存在，并带时区。",
        "'{value}' is no start. Write 2025-06-12T09:30+08:00: a real date, with its zone.",
    ),
    "duration-syntax": (
        "“{value}”不是时长。写成 5 min、3..5..9 min（最短..最可能..最长）等，单位用 s、min、h、d。",
        "'{value}' is no duration. Write 5 min or 3..5..9 min (min..mode..max); units s, min, h, d.",
    ),
    "duration-clock": (
        "“{value}”是钟点，这里要写时长，如 90 min。",
        "'{value}' is a clock time; a duration such as 90 min is needed here.",
    ),
    "duration-no-unit": (
        "时长 {value} 没有单位。写成 {value} min 或 {value} s。",
        "the duration {value} has no unit. Write {value} min or {value} s.",
    ),
    "duration-negative": ("时长不能为负：“{value}”。", "a duration cannot be negative: '{value}'."),
    "duration-order": (
        "“{value}”次序不对，应是 最短..最可能..最长，由小到大。",
        "'{value}' is out of order: min..mode..max, from small to large.",
    ),
    "duration-too-long": (
        "“{value}”超过 60 天，请检查单位。",
        "'{value}' is more than 60 days; check the unit.",
    ),
    "period-zero": (
        "时长“{value}”不足一秒，会无休止地重复。请写一秒以上的时长。",
        "'{value}' is shorter than a second and would recur without end. Give a second or more.",
    ),
    "range-order": (
        "min {low} 大于 max {high}。若是写反，请对调。",
        "min {low} is above max {high}. Swap them if they were confused.",
    ),
}
"""Code → sentence."""
