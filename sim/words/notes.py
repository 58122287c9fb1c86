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
    "handover": ("请求移交指挥权", "request to hand over"),
    "termination": ("终止响应", "termination"),
}

ROLES: Final = {
    "acting": ("代行指挥长", "acting commander"),
    "field": ("现场总指挥", "field commander"),
}
