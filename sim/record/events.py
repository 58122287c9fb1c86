"""The closed list of events of a drill's timeline, and what each row must carry.

One schema serves drills that are played, conducted and imported. `COLUMNS` is the order in every file.
"""

from __future__ import annotations

from typing import Final, NamedTuple

COLUMNS: Final = (
    "run", "replication", "seq", "t", "clock", "phase", "event", "unit", "duty", "task", "need", "inject",
    "cause", "waits_for", "detail",
)  # fmt: skip

SCHEMA_VERSION: Final = 1


class Kind(NamedTuple):
    """One kind of event: its obligatory columns besides run … event, its Chinese and English name."""

    needs: tuple[str, ...]
    zh: str
    en: str


KINDS: Final[dict[str, Kind]] = {
    "drill_opened": Kind((), "推演开始", "Drill opened"),
    "drill_closed": Kind((), "推演结束", "Drill closed"),
    "inject_given": Kind(("inject",), "注入信息", "Inject given"),
    "inject_skipped": Kind(("inject",), "注入未触发", "Inject skipped"),
    "inject_deferred": Kind(("inject",), "注入推迟", "Inject deferred"),
    "told": Kind(("unit", "inject"), "获告", "Told"),
    "reported": Kind(("unit",), "报告", "Reported"),
    "learnt": Kind(("unit",), "获知", "Learnt"),
    "call_begun": Kind(("unit",), "开始呼叫", "Call begun"),
    "call_answered": Kind(("unit",), "接通", "Call answered"),
    "call_unanswered": Kind(("unit",), "未接通", "Call unanswered"),
    "call_unreached": Kind(("unit",), "联系不上", "Unreached"),
    "call_confirmed": Kind(("unit",), "确认已行动", "Confirmed under way"),
    "report_up": Kind(("unit",), "首报上级", "Report up"),
    "activated": Kind(("unit",), "启动响应", "Activated"),
    "level_changed": Kind(("unit",), "响应级别变化", "Level changed"),
    "substituted": Kind(("unit",), "代行职责", "Substituted"),
    "handover_requested": Kind(("unit",), "请求移交指挥权", "Hand-over requested"),
    "handed_over": Kind(("unit",), "移交指挥权", "Handed over"),
    "terminated": Kind(("unit",), "终止响应", "Terminated"),
    "need_raised": Kind(("need",), "处置需求提出", "Need raised"),
    "need_over": Kind(("need",), "处置需求解除", "Need over"),
    "triggered": Kind(("unit", "task"), "职责触发", "Triggered"),
    "informed": Kind(("unit",), "已通知", "Informed"),
    "standby": Kind(("unit", "task"), "待命", "Standby"),
    "ordered": Kind(("unit", "task"), "下达出动令", "Ordered"),
    "acknowledged": Kind(("unit", "task"), "接令确认", "Acknowledged"),
    "waiting": Kind(("unit", "waits_for"), "等待", "Waiting"),
    "departed": Kind(("unit", "task"), "出发", "Departed"),
    "arrived": Kind(("unit", "task"), "到场", "Arrived"),
    "started": Kind(("unit", "task"), "开始", "Started"),
    "cycle": Kind(("unit", "task"), "完成一轮", "Cycle"),
    "relieved": Kind(("unit", "task"), "换班交接", "Relieved"),
    "finished": Kind(("unit", "task"), "完成", "Finished"),
    "stood_down": Kind(("unit", "task"), "归队", "Stood down"),
    "blocked": Kind(("unit", "task", "waits_for"), "受阻未行动", "Blocked"),
    "open_at_close": Kind(("unit", "task"), "结束时未完", "Open at close"),
    "fact_changed": Kind((), "态势变化", "Fact changed"),
    "conflict": Kind((), "态势冲突", "Conflict"),
    "hazard_tick": Kind((), "险情发展", "Hazard tick"),
    "end_contradicted": Kind((), "终止后又有险情", "End contradicted"),
}
