"""Short phrases for rows of command: who approved, who signed what, what grade, to whom."""

from __future__ import annotations

from typing import Final

NOTES: Final = {
    "approved": ("由{who}批准", "approved by {who}"),
    "acting": ("代行{who}职责", "acting for {who}"),
    "by": ("由{who}签发", "signed for by {who}"),
    "signed": ("{who}签发“{what}”", "{who} signed “{what}”"),
    "needed_twice": ("{who}同时要担任{roles}", "{who} is needed as {roles} at once"),
    "near_miss": ("较大涉险事故", "larger near miss"),
    "regraded": ("第{day}天，由{was}变为{now}", "day {day}: from {was} to {now}"),
    "due": ("{what}，记{date}", "{what}, due {date}"),
    "day": ("第{day}天：{title}", "day {day}: {title}"),
    "to": ("向{who}", "to {who}"),
    "and": ("、", " and "),
    "comma": ("，", ", "),
    "desk.activate": ("启动响应", "start of the response"),
    "network": ("{network}中断：{channels}；涉及{units}", "{network} is down: {channels}; for {units}"),
    "all_channels": ("全部通话方式", "every voice channel"),
    "all_units": ("各单位", "all units"),
    "carrier": ("{carrier}用户", "customers of {carrier}"),
    "back": ("{network}恢复", "{network} is back"),
    "restored": ("{network}由“{what}”恢复", "{network} was restored by “{what}”"),
    "relieved": ("作业{after:.0f}分钟后换班", "relieved after {after:.0f} min"),
    "unrelieved": ("已作业{after:.0f}分钟，无空闲队伍", "at work for {after:.0f} min, no team free"),
    "supplied": ("{who}送来{stock}{count}件", "{count} of {stock} from {who}"),
    "used_up": ("用满{minutes:.0f}分钟撤出，本轮未完", "used up after {minutes:.0f} min, the cycle was cut"),
    "detour": (
        "道路中断，绕行多用{minutes:.0f}分钟",
        "road blocked, the way round takes {minutes:.0f} min more",
    ),
    "weather": ("天气不好，路上用时为平时{times:g}倍", "bad weather, the road takes {times:g} times as long"),
    "handover": ("请求移交指挥权", "request to hand over"),
    "termination": ("终止响应", "termination"),
}

ROLES: Final = {
    "acting": ("代行指挥长", "acting commander"),
    "field": ("现场总指挥", "field commander"),
}
