"""Problems of places to write to, of records read back, and of runs that do not equal their record."""

from __future__ import annotations

from typing import Final

from sim.words import Table

OUTPUTS: Final[Table] = {
    "output-not-empty": (
        "输出文件夹里已有内容。请换一个文件夹，或加 --overwrite 覆盖上次的结果。",
        "the output folder is not empty. Choose another, or give --overwrite to replace an earlier result.",
    ),
    "output-not-ours": (
        "输出文件夹里有不是推演结果的“{file}”，不予覆盖。请换一个文件夹。",
        "the output folder holds '{file}', which is no result of a drill, and is left alone. Choose another.",
    ),
    "output-is-file": (
        "输出位置是一个文件，需要文件夹。",
        "the output is a file where a folder is needed.",
    ),
    "output-taken": (
        "已有这个文件。请换一个名字，或加 --overwrite 替换。",
        "this file is there already. Choose another name, or give --overwrite to replace it.",
    ),
    "output-denied": (
        "输出文件夹不能写入（{reason}）。请检查权限，或换一个文件夹。",
        "the output folder cannot be written ({reason}). Check permissions or choose another.",
    ),
    "output-full": (
        "磁盘空间不足（{reason}），没有留下不完整的结果。",
        "the disk is full ({reason}); nothing half-written is left.",
    ),
    "output-failed": (
        "输出没有写成（{reason}），没有留下不完整的结果。",
        "the output could not be written ({reason}); nothing half-written is left.",
    ),
    "no-chinese-font": (
        "找不到中文字体（{families}），图中的中文显示不出来。请安装 pylopdf-fonts-zh-cn 或系统中文字体。",
        "no Chinese font is found ({families}). Install pylopdf-fonts-zh-cn or a system font.",
    ),
    "timeline-header": (
        "不是处置时间轴：第一行应为 {expected}。",
        "this is no timeline: the first line should be {expected}.",
    ),
    "timeline-row": (
        "处置时间轴的这一行读不出来（{fault}）。",
        "this row of the timeline cannot be read ({fault}).",
    ),
}
"""Code → sentence."""
