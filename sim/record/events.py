"""The closed list of events of a drill's timeline, and what each row must carry.

One schema serves drills that are played, conducted and imported. `COLUMNS` is the order in every file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sim.record.timeline import Row

COLUMNS: Final = (
    "run", "replication", "seq", "t", "clock", "phase", "event", "unit", "duty", "task", "need", "inject",
    "cause", "waits_for", "detail",
)  # fmt: skip

SCHEMA_VERSION: Final = 1


STEP_STAGES: Final = ("triggered", "started", "finished")
"""Stages of a step of the desk or of a report."""


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
    "signed": Kind(("unit",), "签发", "Signed"),
    "needed_twice": Kind(("unit",), "一人两用", "Needed twice"),
    "graded": Kind((), "判定事故等级", "Graded"),
    "report_filed": Kind(("unit", "task"), "报送", "Report filed"),
    "figure_approved": Kind(("unit",), "审定报送口径", "Figures approved"),
    "interim_command": Kind(("unit",), "临时指挥", "Interim command"),
    "field_commander": Kind(("unit",), "现场总指挥到场", "Field commander there"),
    "field_established": Kind(("unit",), "设立现场指挥部", "Field headquarters set up"),
    "field_dissolved": Kind(("unit",), "撤销现场指挥部", "Field headquarters dissolved"),
    "conference": Kind(("unit",), "会商", "Conference"),
    "decided": Kind(("unit",), "决策", "Decided"),
    "relayed": Kind(("unit",), "牵头单位转达", "Relayed by the lead unit"),
    "city_departed": Kind(("unit",), "市级工作组出发", "City group departs"),
    "city_arrived": Kind(("unit",), "市级工作组到达", "City group there"),
    "handover_requested": Kind(("unit",), "请求移交指挥权", "Hand-over requested"),
    "handed_over": Kind(("unit",), "移交指挥权", "Handed over"),
    "termination_proposed": Kind(("unit",), "提出终止响应", "Termination proposed"),
    "termination_withdrawn": Kind(("unit",), "撤回终止建议", "Termination withdrawn"),
    "expert_opinion": Kind(("unit",), "专家论证", "Expert opinion"),
    "terminated": Kind(("unit",), "终止响应", "Terminated"),
    "published": Kind(("unit",), "对外发布", "Published"),
    "aftercare": Kind(("unit",), "记入善后台账", "Entered in the after-care ledger"),
    "aftermath": Kind((), "事后情况", "Aftermath"),
    "regraded": Kind((), "事故等级变更", "Grade changed"),
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
    "unrelieved": Kind(("unit", "task"), "到时无人换班", "No relief"),
    "safety_broken": Kind(("unit", "task"), "违反安全规则", "Safety rule broken"),
    "withdrawn": Kind(("unit", "task"), "撤离", "Withdrawn"),
    "head_counted": Kind(("unit", "task"), "撤离清点", "Head count"),
    "finished": Kind(("unit", "task"), "完成", "Finished"),
    "stood_down": Kind(("unit", "task"), "归队", "Stood down"),
    "blocked": Kind(("unit", "task", "waits_for"), "受阻未行动", "Blocked"),
    "open_at_close": Kind(("unit", "task"), "结束时未完", "Open at close"),
    "fact_changed": Kind((), "态势变化", "Fact changed"),
    "conflict": Kind((), "态势冲突", "Conflict"),
    "network_down": Kind((), "通信中断", "Network down"),
    "network_up": Kind((), "通信恢复", "Network up"),
    "supplied": Kind(("unit",), "物资送达", "Supplied"),
    "hazard_tick": Kind((), "险情发展", "Hazard tick"),
    "end_contradicted": Kind((), "终止后又有险情", "End contradicted"),
}

_BY_THEMSELVES: Final = frozenset(
    ("activated", "terminated", "termination_proposed", "handover_requested", "handed_over", "interim_command",
     "field_commander", "field_established", "conference", "figure_approved", "published", "withdrawn")
)  # fmt: skip


def names_of(row: Row) -> Iterator[str]:
    """Yield the names by which conditions, norms and clocks know what a row tells: ``crew.recon.arrived``, ``I03``,
    ``activated``, ``desk.report_up.finished``, ``report.notice.started``, ``need.rescue``, ``level.two``,
    ``graded.larger``, ``broken.entry.tested``. ``published`` is what the office publishes, not what others do past it.
    The engine starts its timers by the same names.
    """
    event = row.event
    if event in _BY_THEMSELVES and not (event == "published" and row.inject):
        yield event
    if event == "inject_given":
        yield row.inject
    elif event == "need_raised":
        yield f"need.{row.need}"
    elif event == "safety_broken":
        yield f"broken.{row.detail['rule']}"
    elif event == "graded":
        yield from (f"graded.{grade}" for grade in row.detail["grades"])
    elif event in ("activated", "level_changed") and row.detail.get("level"):
        yield f"level.{row.detail['level']}"
    step = row.task.rpartition("#")[0]
    if row.duty and row.task:
        yield f"{row.duty}.{event}"
    elif step.startswith(("desk.", "report.")) and event in STEP_STAGES:
        yield f"{step}.{event}"


def events_of(name: str) -> frozenset[str]:
    """Return the events whose rows can bear `name` in `names_of`: what a reader has to look at to find it."""
    first, last = name.partition(".")[0], name.rpartition(".")[2]
    return frozenset(("inject_given", last, *_NAMED.get(first, ()))) & KINDS.keys()


_NAMED: Final[dict[str, tuple[str, ...]]] = {
    "need": ("need_raised",),
    "broken": ("safety_broken",),
    "graded": ("graded",),
    "level": ("activated", "level_changed"),
}
