"""Problems of the world around the drill: days off, carriers, roads, stocks, and what is not as usual on the day."""

from __future__ import annotations

from typing import Final

from sim.words import Table

WORLD: Final[Table] = {
    "date-impossible": (
        "没有“{value}”这一天。",
        "there is no such day as '{value}'.",
    ),
    "day-off-and-on": (
        "{value} 既是放假日（holidays）又是上班日（workdays），只能写一处。",
        "{value} is both a holiday and a workday; keep one.",
    ),
    "unknown-carrier": ("carriers 中没有运营商“{name}”。", "carriers has no '{name}'."),
    "unknown-road": ("roads 中没有写“{name}”这类道路。", "roads says nothing of '{name}'."),
    "unknown-stock": ("该单位的 stocks 中没有物资“{name}”。", "the unit has no '{name}' among its stocks."),
    "stock-too-few": (
        "一次要用 {wanted} 份 {stock}，该单位只有 {count} 份，也没有单位补给，永远等不到。"
        "请减少用量、补足数量，或写明由谁补给（supplies）。",
        "{wanted} of {stock} are taken at once, the unit has {count}, and no unit supplies more: it would wait for "
        "ever. Take less, give more, or say who supplies it.",
    ),
    "network-order": (
        "通信恢复不晚于中断。请把 to 写在 from 之后，或删去 to。",
        "the network is up before it is down. Let to be later than from, or leave it out.",
    ),
    "busy-too-many": (
        "{team} 一共 {count} 支，不会有 {busy} 支在外。请至多写 {count}。",
        "there are {count} of team {team}; {busy} cannot be elsewhere. Give {count} at most.",
    ),
    "busy-over": (
        "开始时就已回来，这一项不起作用。请写更晚的时刻，或删去这一项。",
        "they are back at the start, so this has no effect. Give a later time, or remove it.",
    ),
    "breaks-unspoken": (
        "安全规则 {rule} 不管职责 {name}，谈不上违反。它管的是：{allowed}。",
        "safety rule {rule} does not speak to duty {name}, which cannot break it. It speaks to: {allowed}.",
    ),
    "reporter-no-desk": (
        "写了 reporter（谁报警），接收单位中却没有值守电话（{desk}），不起作用。",
        "reporter is given, but none of the receivers answers the desk's telephone ({desk}): it has no effect.",
    ),
    "growth-unfit": (
        "growth（逐次递增）只用于 add。请删去 growth，或改用 add。",
        "growth goes with add only. Remove it, or use add.",
    ),
    "growth-too-large": (
        "照此递增，第 {changes} 次要加的数超过 {limit}。请减小 growth 或 at-most。",
        "growing like this, change {changes} adds more than {limit}. Make growth or at-most smaller.",
    ),
}
"""Code → sentence."""
