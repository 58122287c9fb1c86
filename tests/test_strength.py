"""Local capability says where every figure comes from and how sure it is; limits keep the status of their source."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from sim.plan.assume import assume
from sim.plan.conditions import compile_condition
from sim.plan.reading import read_yaml
from sim.plan.schema import Roster
from sim.plan.workspace import LoadedRoster, load_roster

HERE = Path(__file__).parent
ROSTER = HERE.parent / "roster"
RANK: Final = {"guess": 0, "expert": 1, "standard": 2, "measured": 3}

# --- the table of first values, row by row ------------------------------------------------------------

# Rows `unit,*,stage` are the same for every unit that has them, and stand once, in `defaults`.
GENERAL = {
    "接到指令到确认": "defaults.acknowledge.time",
    "集结(工作时间)": "defaults.muster.duty",
    "集结(夜间节假日)": "defaults.muster.off-duty",
    "行程(城区≤8km)": "defaults.travel.urban",
    "行程(乡镇15—30km)": "defaults.travel.township",
}

# The table has no general rows for these; what they do not give themselves they borrow from `defaults`.
BORROWED = {
    ("区应急局", "acknowledge"),
    ("区应急救援大队", "acknowledge"),
    ("应急值守专班", "travel"),
    ("移动朔城区分公司", "travel"),
    ("联通朔城区分公司", "travel"),
    ("电信朔城区分公司", "travel"),
}

# unit|duty|stage of the table → where that very value stands in strength.yaml
MAPPED: dict[str, tuple[str, ...]] = {
    "区公安局|警戒交管核查|警力换班": ("区公安局.shift.time",),
    "区应急救援大队|救援|换瓶休整": (
        "区应急救援大队.stocks.breathing.refill",
        "区消防救援大队.stocks.breathing.refill",
    ),
    "应急值守专班|工作组赴现场|集结(工作时间)": ("应急值守专班.muster.duty",),
    "应急值守专班|工作组赴现场|集结(夜间)": ("应急值守专班.muster.off-duty",),
    "应急值守专班|接报|接听并记录(单件)": ("desk.receive.time",),
    "应急值守专班|核实|回拨企业/乡镇/110/119/120核对": ("desk.verify.time",),
    "应急值守专班|研判|初判等级、提出启动建议": ("desk.assess.time",),
    "应急值守专班|电话报带班领导|报告": ("desk.phone-leader.time",),
    "应急值守专班|电话快报市应急局|报告": ("desk.report-up.time",),
    "应急值守专班|逐家电话通知|每家(接通)": ("calls.answered.time",),
    "应急值守专班|逐家电话通知|无人接听一次的损失": ("calls.unanswered.time",),
    "应急值守专班|逐家电话通知|改拨备用号间隔": ("calls.redial.time",),
    "应急值守专班|群呼/短信/微信群通知|发出": ("command.broadcast.send.time",),
    "应急值守专班|群呼/短信/微信群通知|全部回执": ("command.broadcast.receipt.time",),
    "指挥长|审批启动|从接到报告到批准": ("command.approve.time",),
    "指挥长|联系失败转下一人|等待": ("command.next.time",),
    "区新闻办|口径起草|拟稿": ("区新闻办.work.press.draft.time",),
    "区新闻办|口径起草|发布": ("区新闻办.work.press.release.time", "区新闻办.work.press.refute.time"),
    "区总工会|职工权益、调查|派员到医院、企业慰问": ("区总工会.work.union.rights.time",),
    "区财政局|应急资金|申请至批准拨付": ("区财政局.work.finance.fund.time",),
    "区自然资源局|地质灾害风险预警|与气象会商至发布": ("区自然资源局.work.nature.warn.time",),
    "区自然资源局|地质灾害风险预警|技术人员到场调查": ("区自然资源局.work.nature.support.time",),
    "区能源局|电力保障|协调至电力企业接令": ("区能源局.work.energy.power.setup",),
    "区民政局|家属临时救助、火化|专人对接家属": ("区民政局.work.civil.families.time",),
    "区交通局|车辆与县乡道|车辆调集(10台大巴)": ("区交通局.work.transport.vehicles.setup",),
    "区交通局|车辆与县乡道|抢通小型障碍": ("区交通局.work.transport.roads.time",),
    "区人社局|工伤保险|建立伤亡名册、告知企业申报": ("区人社局.work.labour.insurance.time",),
    "区商务局|商贸救援|到场后核对商户、人员名单": ("区商务局.work.commerce.rescue.time",),
    "区农业农村局|涉氨果库、屠宰|提供企业台账与氨量": ("区农业农村局.work.agri.rescue.time",),
    "区生态环境局|*|集结(夜间节假日)": ("区生态环境局.muster.off-duty",),
    "区生态环境局|环境应急监测|集结(带便携仪器，工作时间)": ("区生态环境局.muster.duty",),
    "区生态环境局|环境应急监测|到场后布点至首报数据": ("区生态环境局.work.env.monitor.setup",),
    "区生态环境局|环境应急监测|监测间隔": ("区生态环境局.work.env.monitor.every",),
    "区气象局|现场气象|电话首报风向风速": (
        "区气象局.work.met.forecast.setup",
        "区气象局.work.met.disaster.setup",
    ),
    "区气象局|现场气象|预报更新间隔": (
        "区气象局.work.met.observe.every",
        "区气象局.work.met.forecast.every",
        "区气象局.work.met.disaster.every",
    ),
    "区公安局|警戒交管核查|先期警力接令至出动": ("区公安局.muster.duty", "区公安局.muster.off-duty"),
    "区公安局|警戒交管核查|行程(城区)": ("区公安局.travel.urban",),
    "区公安局|警戒交管核查|行程(乡镇)": ("区公安局.travel.township",),
    "区公安局|警戒交管核查|封控第一道警戒线": ("区公安局.work.police.cordon.setup",),
    "区公安局|警戒交管核查|交通管制生效": ("区公安局.work.police.traffic.setup",),
    "区公安局|警戒交管核查|人员核查（应到/实到）首报": ("区公安局.work.police.headcount.time",),
    "区公安局|警戒交管核查|遇难者身份识别": ("区公安局.work.police.identify.time",),
    "区卫健委|医疗|接令至120出车": ("区卫健委.muster.duty", "区卫健委.muster.off-duty"),
    "区卫健委|医疗|首辆到场(城区)": ("区卫健委.travel.urban",),
    "区卫健委|医疗|首辆到场(乡镇)": ("区卫健委.travel.township",),
    "区卫健委|医疗|检伤分类每人": ("区卫健委.work.health.treat.setup", "区卫健委.work.health.surge.setup"),
    "区卫健委|医疗|现场急救每名危重": ("区卫健委.work.health.treat.time", "区卫健委.work.health.surge.time"),
    "区应急救援大队|救援|集结(在岗)": ("区应急救援大队.muster.duty",),
    "区应急救援大队|救援|集结(夜间备勤)": ("区应急救援大队.muster.off-duty",),
    "区应急救援大队|救援|行程(城区)": ("区应急救援大队.travel.urban",),
    "区应急救援大队|救援|行程(乡镇)": ("区应急救援大队.travel.township",),
    "区应急救援大队|救援|到场侦察、询情": ("区应急救援大队.work.brigade.recon.time",),
    "区应急救援大队|救援|佩戴空呼、检测、编组": (
        "区应急救援大队.work.brigade.rescue.setup",
        "区应急救援大队.work.brigade.search.setup",
        "区应急救援大队.work.brigade.leak.setup",
    ),
    "区应急救援大队|救援|进入搜救一组一轮": (
        "区应急救援大队.work.brigade.rescue.time",
        "区应急救援大队.work.brigade.search.time",
    ),
    "区应急救援大队|救援|关阀/堵漏(液氨)": ("区应急救援大队.work.brigade.leak.time",),
    "区应急救援大队|救援|收尾稀释": (
        "区消防救援大队.work.fire.dilute.time",
    ),  # the register gives it to fire
    "区消防救援大队|救援灭火|出动(接令至出库)": (
        "区消防救援大队.muster.duty",
        "区消防救援大队.muster.off-duty",
    ),
    "区消防救援大队|救援灭火|行程(城区≤7km2)": ("区消防救援大队.travel.urban",),
    "区消防救援大队|救援灭火|行程(乡镇)": ("区消防救援大队.travel.township",),
    "区消防救援大队|救援灭火|到场展开": (
        "区消防救援大队.work.fire.recon.setup",
        "区消防救援大队.work.fire.cover.setup",
        "区消防救援大队.work.fire.control.setup",
    ),
    "区消防救援大队|救援灭火|着防化服+空呼": ("区消防救援大队.work.fire.rescue.setup",),
    "区消防救援大队|救援灭火|彻底扑灭": ("区消防救援大队.work.fire.control.time",),
    "移动朔城区分公司|通信保障|接令确认": ("移动朔城区分公司.acknowledge.time",),
    "移动朔城区分公司|通信保障|应急通信车出动": (
        "移动朔城区分公司.muster.duty",
        "移动朔城区分公司.muster.off-duty",
    ),
    "移动朔城区分公司|通信保障|到场开通": ("移动朔城区分公司.work.mobile.comms.time",),
    "联通朔城区分公司|通信保障|接令确认": ("联通朔城区分公司.acknowledge.time",),
    "联通朔城区分公司|通信保障|应急通信车出动": (
        "联通朔城区分公司.muster.duty",
        "联通朔城区分公司.muster.off-duty",
    ),
    "电信朔城区分公司|通信保障|接令确认": ("电信朔城区分公司.acknowledge.time",),
    "电信朔城区分公司|通信保障|应急通信车出动": (
        "电信朔城区分公司.muster.duty",
        "电信朔城区分公司.muster.off-duty",
    ),
    "区应急局|协调与信息|局长赶赴现场(工作时间)": ("区应急局.travel.urban", "区应急局.travel.township"),
}

# Where one figure stands for several rows: (rows added, rows taken away).
DERIVED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "区委宣传部.work.publicity.media.time": (
        ("区委宣传部|组织协调新闻媒体|通知媒体及到位", "区委宣传部|组织协调新闻媒体|首条稿件至刊发"),
        (),
    ),
    "区发改委.work.reserve.release.time": (("区发改委|物资动用|指令至出库", "区发改委|物资动用|装车"), ()),
    "朔城区公路分局.work.highway.roads.time": (
        ("朔城区公路分局|国省道|巡查报路况", "朔城区公路分局|国省道|抢通小型障碍"),
        (),
    ),
    "区市场监管局.work.market.equipment.time": (
        ("区市场监管局|特种设备|到场核对使用登记、检验记录", "区市场监管局|特种设备|责令停用、现场监护"),
        (),
    ),
    "区卫健委.work.health.transfer.time": (
        ("区卫健委|医疗|装车交接", "区卫健委|医疗|送医行程", "区卫健委|医疗|医院交接返车"),
        (),
    ),
    "区卫健委.work.health.experts.time": (  # the row runs from the call; muster and road are played apart
        ("区卫健委|医疗|专家组到位(区内)",),
        ("区卫健委|医疗|接令至120出车", "区卫健委|医疗|首辆到场(乡镇)"),
    ),
    "区气象局.work.met.observe.setup": (  # likewise
        ("区气象局|现场气象|现场观测首报",),
        ("区气象局|*|集结(工作时间)", "区气象局|*|行程(乡镇15—30km)"),
    ),
    "区应急局.muster.off-duty": (  # the day's row is the way; the night's is muster and way
        ("区应急局|协调与信息|局长赶赴现场(夜间)",),
        ("区应急局|协调与信息|局长赶赴现场(工作时间)",),
    ),
}

# Rows of which arrangements.yaml is made, and where they stand there.
ARRANGED: dict[str, tuple[str, ...]] = {
    "应急值守专班|书面首报|起草": ("department_written.draft", "government_written.draft"),
    "应急值守专班|书面首报|审核签发": ("department_written.sign", "government_written.sign"),
    "应急值守专班|书面首报|发送并确认收到": ("department_written.send", "government_written.send"),
    "应急值守专班|续报|起草至发出": ("follow_up.draft",),
    "应急值守专班|续报|响应期内间隔": ("follow_up.every",),
    "区新闻办|口径起草|报审至批准": ("news.approve",),
}

# Rows that nothing plays yet, and why.
UNUSED: dict[str, tuple[str, ...]] = {
    "people going to the scene, field headquarters, conferences and hand-over come later": (
        "指挥长|赶到指挥场所|(工作时间)", "指挥长|赶到指挥场所|(夜间)",
        "区指挥部|现场指挥部|首位总指挥到场后设立", "区指挥部|会商(首次)|时长", "区指挥部|会商(后续)|间隔",
        "区指挥部|移交指挥权|提出请求到完成交接", "区指挥部|响应终止|专家论证+报批",
        "区应急局|协调与信息|会商组织通知到开会", "市级指挥部|接管|知悉到工作组出发",
        "市级指挥部|接管|行程(市区到区内)", "市级指挥部|接管|正式接管",
    ),
    "days later: the after-care ledger": (
        "区总工会|职工权益、调查|参与调查", "区财政局|应急资金|支付费用",
        "区民政局|家属临时救助、火化|火化（联系市民政局至完成）", "区农业农村局|涉氨果库、屠宰|受污染畜产品处置方案",
    ),
    "the whole from discovery on, whose parts (drafting, release) are played one by one": (
        "区新闻办|口径起草|辟谣:发现至首条澄清",
    ),
    "no duty is dispatched: excluded by its own words": (
        "区工信局|行业技术支撑|联系到专家", "区工信局|行业技术支撑|专家意见",
    ),
    "guests bring their strength in the scenario": (
        "区能源局|电力保障|电力企业到场", "区能源局|电力保障|应急发电车送电",
        "事发企业|先期处置|现场人员报单位负责人", "事发企业|先期处置|单位负责人报区应急局",
        "事发企业|先期处置|切断/停风", "事发企业|先期处置|清点人数",
        "乡镇（街道）|疏散安置|值班到出动", "乡镇（街道）|疏散安置|入户通知每百人",
        "乡镇（街道）|疏散安置|安置点开放", "乡镇（街道）|疏散安置|清点应到实到",
    ),
    "no duty and no fact tells this step apart from the one that is played": (
        "区交通局|车辆与县乡道|抢通塌方", "区公安局|警戒交管核查|扩至全警戒圈", "区公安局|警戒交管核查|更正伤亡名单",
        "区卫健委|医疗|专家组到位(市级)", "区卫健委|医疗|高压氧首治",
        "区生态环境局|环境应急监测|达标判定(连续合格)",
        "区应急救援大队|救援|有限空间救出1人", "区消防救援大队|救援灭火|喷雾稀释至可进入(氨)",
        "区消防救援大队|救援灭火|控制火势(厂房)", "区消防救援大队|救援灭火|增援到场",
        "移动朔城区分公司|通信保障|基站抢通(断电)", "移动朔城区分公司|通信保障|基站抢通(光缆断)",
        "移动朔城区分公司|通信保障|群发预警短信", "联通朔城区分公司|通信保障|基站抢通(断电)",
        "电信朔城区分公司|通信保障|基站抢通(断电)",
    ),
}  # fmt: skip

# --- first values of this project: what the table lacks, every one of them ----------------------------

OWN: dict[str, Any] = {
    "hours.days": ["mon", "tue", "wed", "thu", "fri"],
    "hours.begin": "8:00",
    "hours.end": "18:00",
    "desk.operators.duty": 2,
    "desk.operators.off-duty": 1,
    "calls.report.time": "1..2..5 min",
    "command.activate-when": "leaking or gas_over_limit or fire or explosion or molten_metal or trapped > rescued"
    " or missing > located or injured > 0 or poisoned > 0 or dead > 0 or endangered >= 10",
    "command.tries": 3,
    "command.inform": "calls",
    "channels.backup.chance": 0.8,
    "channels.backup.tries": 2,
    "channels.backup.time": "1..1.5..3 min",
    "channels.radio.chance": 0.95,
    "channels.radio.tries": 2,
    "channels.radio.time": "0.5..1..2 min",
    "channels.runner.operator": False,
    "channels.runner.time": "15..25..45 min",
    "defaults.staffed": "office",
    "defaults.answer.chance": 0.85,
    "defaults.answer.tries": 3,
    "区公安局.staffed": "always",
    "区公安局.answer.chance": 0.98,
    "区公安局.answer.tries": 3,
    "区公安局.acknowledge.time": "0 min",
    "区卫健委.staffed": "always",
    "区卫健委.answer.chance": 0.98,
    "区卫健委.answer.tries": 3,
    "区卫健委.acknowledge.time": "0 min",
    "区应急局.muster.duty": "0 min",
    "移动朔城区分公司.staffed": "always",
    "联通朔城区分公司.staffed": "always",
    "电信朔城区分公司.staffed": "always",
    "区应急救援大队.staffed": "office",
    "区应急救援大队.answer.chance": 0.98,
    "区应急救援大队.answer.tries": 3,
    "区消防救援大队.staffed": "always",
    "区消防救援大队.answer.chance": 0.98,
    "区消防救援大队.answer.tries": 3,
    "区消防救援大队.acknowledge.time": "0 min",
    # teams
    "区委宣传部.teams.staff.count": 2,
    "区总工会.teams.staff.count": 1,
    "区公安局.teams.patrol.count": 4,
    "区公安局.teams.traffic.count": 2,
    "区公安局.teams.forensic.count": 1,
    "区财政局.teams.staff.count": 1,
    "区自然资源局.teams.staff.count": 2,
    "区发改委.teams.staff.count": 1,
    "区卫健委.teams.ambulance.count": 4,
    "区卫健委.teams.reserve.count": 2,
    "区卫健委.teams.expert.count": 1,
    "区卫健委.teams.medic.count": 1,
    "应急值守专班.teams.group.count": 1,
    "应急值守专班.acknowledge.time": "0 min",
    "应急值守专班.work.watch.field_group.setup": "5..10..20 min",
    "应急值守专班.work.watch.field_group.every": "10..20..30 min",
    "区应急局.teams.staff.count": 3,
    "区民政局.teams.staff.count": 2,
    "区交通局.teams.staff.count": 2,
    "区交通局.teams.crew.count": 1,
    "朔城区公路分局.teams.crew.count": 1,
    "区人社局.teams.staff.count": 1,
    "区商务局.teams.staff.count": 1,
    "区市场监管局.teams.staff.count": 3,
    "区生态环境局.teams.monitor.count": 1,
    "区生态环境局.teams.expert.count": 1,
    "区气象局.teams.monitor.count": 1,
    "移动朔城区分公司.teams.vehicle.count": 1,
    "联通朔城区分公司.teams.vehicle.count": 1,
    "电信朔城区分公司.teams.vehicle.count": 1,
    "区应急救援大队.teams.rescue.count": 3,
    "区消防救援大队.teams.rescue.count": 2,
    "区消防救援大队.teams.engine.count": 3,
    # work
    "区委宣传部.work.publicity.guide.setup": "10..20..40 min",
    "区公安局.work.police.order.setup": "2..5..10 min",
    "区公安局.work.police.order.time": "10..20..60 min",
    "区公安局.work.police.evacuees.setup": "2..5..10 min",
    "区公安局.work.police.evacuees.time": "5..10..20 min",
    "区公安局.work.police.evidence.setup": "5..10..20 min",
    "区公安局.work.police.evidence.time": "20..40..90 min",
    "区卫健委.work.health.direct.time": "5..15..30 min",
    "区卫健委.work.health.support.setup": "5..10..20 min",
    "区应急局.work.em.coordinate.setup": "3..5..10 min",
    "区应急局.work.em.info.setup": "5..10..20 min",
    "区应急局.work.em.info.every": "10..20..30 min",
    "区能源局.work.energy.power.every": "20..30..60 min",
    "区市场监管局.work.market.catering.time": "15..30..60 min",
    "区市场监管局.work.market.rescue.setup": "5..10..20 min",
    "区生态环境局.work.env.warn.time": "20..40..90 min",
    "区生态环境局.work.env.geology.time": "30..60..120 min",
    "区生态环境局.work.env.advise.time": "20..40..90 min",
    "联通朔城区分公司.work.unicom.comms.time": "20..40..90 min",
    "电信朔城区分公司.work.telecom.comms.time": "20..40..90 min",
    "区消防救援大队.work.fire.recon.time": "5..10..20 min",
    "区消防救援大队.work.fire.rescue.time": "12..20..30 min",
    "hours.holidays": [
        "2026-01-01",
        "2026-01-02",
        "2026-02-16",
        "2026-02-17",
        "2026-02-18",
        "2026-02-19",
        "2026-02-20",
        "2026-02-23",
        "2026-04-06",
        "2026-05-01",
        "2026-05-04",
        "2026-05-05",
        "2026-06-19",
        "2026-09-25",
        "2026-10-01",
        "2026-10-02",
        "2026-10-05",
        "2026-10-06",
        "2026-10-07",
    ],
    "hours.workdays": ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
    "command.broadcast.rate": 0.9,
    "command.broadcast.rate-off-duty": 0.4,
    "roads.county.detour.time": "25..35..60 min",
    "roads.national.detour.time": "15..25..50 min",
    "weather.road": 1.4,
    "together.muster": 0.3,
    "defaults.answer.off-duty": 0.7,
    "区应急救援大队.stocks.breathing.count": 8,
    "区应急救援大队.stocks.breathing.endurance": "30..35..40 min",
    "区消防救援大队.stocks.breathing.count": 8,
    "区消防救援大队.stocks.breathing.endurance": "30..35..40 min",
    "区消防救援大队.stocks.foam.count": 4,
}

# Tasks that take more than one team, or none because whoever is on call does them from there; all others take one.
MANY = {
    "brigade.recon": 2,
    "fire.recon": 2,
    "health.treat": 2,
    "health.surge": 2,
    "health.transfer": 2,
    "fire.control": 2,
}
BY_PHONE = {
    "publicity.media",
    "press.draft",
    "press.release",
    "press.refute",
    "health.direct",
    "energy.power",
    "agri.rescue",
    "env.warn",
    "met.forecast",
    "met.disaster",
}

# Not figures: names of actors, of sources, of teams and of channels.
NAMES = {
    "src", "label", "body", "acting", "commander", "uses", "takes", "supplies", "then", "carrier", "carriers",
    "blocked", "when", "halted-by",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded() -> LoadedRoster:
    return load_roster(ROSTER)


@pytest.fixture(scope="module")
def roster(loaded: LoadedRoster) -> Roster:
    return loaded.model


@pytest.fixture(scope="module")
def data() -> Any:
    return read_yaml(ROSTER / "strength.yaml").data


@pytest.fixture(scope="module")
def table() -> dict[str, tuple[list[float], str]]:
    """unit|duty|stage → (min, mode, max) and grade."""
    with (HERE / "data" / "strength_defaults.csv").open(encoding="utf-8", newline="") as file:
        return {
            "|".join((row["unit"], row["duty"], row["stage"])): (
                [float(row[key]) for key in ("min", "mode", "max")],
                row["grade"],
            )
            for row in csv.DictReader(file)
        }


def figures(data: Any) -> dict[str, tuple[Any, str]]:
    """Every figure of strength.yaml by its path (units without ``units.``), with the source that speaks for it."""
    return dict(_walk({key: value for key, value in data.items() if key not in ("sources", "units")}, "", ""))


def _walk(value: Any, path: str, source: str) -> Iterator[tuple[str, tuple[Any, str]]]:
    if not isinstance(value, dict):
        yield path, (value, source)
        return
    source = value.get("src", source)
    for key, item in value.items():
        if key not in NAMES and not (key == "road" and isinstance(item, str)):  # by which road is no figure
            yield from _walk(item, f"{path}.{key}" if path else key, source)


def all_figures(data: Any) -> dict[str, tuple[Any, str]]:
    return {**figures(data), **dict(_walk(data["units"], "", ""))}


def minutes(text: str) -> list[float]:
    """The min, mode and max that a planner wrote."""
    found = re.fullmatch(r"([\d.]+)\.\.([\d.]+)\.\.([\d.]+) min", text)
    assert found, text
    return [float(number) for number in found.groups()]


def grade_of(data: Any, source: str) -> str:
    grade: str = data["sources"][source]["grade"]
    return grade


def rows_of_path(table: dict[str, tuple[list[float], str]]) -> dict[str, list[str]]:
    """Path in strength.yaml → the rows of the table that it was made from."""
    found = {path: [row] for row, paths in MAPPED.items() for path in paths}
    found |= {path: [*plus, *minus] for path, (plus, minus) in DERIVED.items()}
    for stage, path in GENERAL.items():
        found[path] = [row for row in table if row.endswith(f"|*|{stage}")]
    return found


# --- strength -----------------------------------------------------------------------------------------


def test_both_files_are_sound_beside_the_register(loaded: LoadedRoster) -> None:
    theirs = [
        p for p in loaded.warnings if "strength" in p.file or "norms" in p.file or p.code == "work-missing"
    ]
    assert theirs == []


def test_every_unit_is_there_and_every_playable_duty_has_its_work(roster: Roster) -> None:
    sent = {name: body for name, body in roster.register_.bodies.items() if name in roster.strength.units}
    assert set(sent) == {"应急值守专班"}
    assert set(roster.strength.units) == set(roster.register_.units) | set(sent)
    for name, unit in {**roster.register_.units, **sent}.items():
        playable = {key for key, duty in unit.duties.items() if duty.reads}
        assert set(roster.strength.units[name].work) == playable, name


def test_work_has_the_times_that_its_form_asks_for(roster: Roster) -> None:
    for name, unit in roster.register_.units.items():
        for key, work in roster.strength.units[name].work.items():
            reads = unit.duties[key].reads
            assert reads is not None
            assert (work.every is not None) is (reads.form == "repeated"), key
            lasting = reads.form in ("once", "batch")
            assert (work.time != "0 min") is lasting, f"{key}: time is the work of once and batch"
            assert lasting or work.setup != "0 min", f"{key}: nothing comes before its start"


def test_a_task_takes_one_team_unless_it_is_named_here(roster: Roster) -> None:
    for unit in roster.strength.units.values():
        for key, work in unit.work.items():
            assert sum(work.uses.values()) == (0 if key in BY_PHONE else MANY.get(key, 1)), key


def test_a_crew_that_has_scouted_can_go_in(roster: Roster) -> None:
    for name, pools in {
        "区应急救援大队": {"brigade.recon", "brigade.rescue", "brigade.search", "brigade.leak"},
        "区消防救援大队": {"fire.recon", "fire.rescue"},
    }.items():
        work = roster.strength.units[name].work
        assert {tuple(work[key].uses) for key in pools} == {("rescue",)}
        assert all(
            work[key].uses["rescue"] <= work[f"{min(pools).split('.')[0]}.recon"].uses["rescue"]
            for key in pools
        )


def test_every_row_of_the_table_is_used_or_says_why_not(table: dict[str, tuple[list[float], str]]) -> None:
    general = {row for row in table if row.split("|")[1] == "*" and row.split("|")[2] in GENERAL}
    derived = {row for plus, minus in DERIVED.values() for row in (*plus, *minus)}
    unused = {row for rows in UNUSED.values() for row in rows}
    assert set(MAPPED) | general | derived | unused | set(ARRANGED) == set(table)
    assert not unused & (set(MAPPED) | derived | set(ARRANGED))


@pytest.mark.parametrize("row", sorted(ARRANGED))
def test_an_arranged_length_is_that_of_its_row(
    row: str, roster: Roster, table: dict[str, tuple[list[float], str]]
) -> None:
    news = roster.arrangements.news
    assert news is not None
    assert news.approve is not None
    for path in ARRANGED[row]:
        name, part = path.split(".")
        text = news.approve.time if name == "news" else getattr(roster.arrangements.reports[name], part)
        assert minutes(text) == table[row][0], path


def test_rows_for_any_duty_are_the_same_for_all_units(table: dict[str, tuple[list[float], str]]) -> None:
    for stage in GENERAL:
        rows = [value for row, value in table.items() if row.endswith(f"|*|{stage}")]
        assert len(rows) == 17
        assert all(value == rows[0] for value in rows)


@pytest.mark.parametrize("row", sorted(MAPPED))
def test_a_value_is_that_of_its_row(row: str, data: Any, table: dict[str, tuple[list[float], str]]) -> None:
    for path in MAPPED[row]:
        assert minutes(all_figures(data)[path][0]) == table[row][0], path


def test_general_values_are_the_defaults(data: Any, table: dict[str, tuple[list[float], str]]) -> None:
    for stage, path in GENERAL.items():
        assert minutes(all_figures(data)[path][0]) == table[f"区财政局|*|{stage}"][0], path


def test_a_unit_without_general_rows_gives_its_own_or_is_known_to_borrow(
    roster: Roster, table: dict[str, tuple[list[float], str]]
) -> None:
    general = {row.split("|")[0] for row in table if "|*|" in row}
    assert len(general) == 17
    bare = {
        (name, part)
        for name, unit in roster.strength.units.items()
        for part in ("acknowledge", "muster", "travel")
        if name not in general and getattr(unit, part) is None
    }
    assert bare == BORROWED


@pytest.mark.parametrize("path", sorted(DERIVED))
def test_a_derived_value_is_computed_from_its_rows(
    path: str, data: Any, table: dict[str, tuple[list[float], str]]
) -> None:
    plus, minus = DERIVED[path]
    computed = [
        sum(table[row][0][n] for row in plus) - sum(table[row][0][n] for row in minus) for n in range(3)
    ]
    assert minutes(all_figures(data)[path][0]) == computed


def source_for(paths: list[str], table: dict[str, tuple[list[float], str]]) -> str:
    """The source that must speak for figures given together: the weakest of what they were made from."""
    rows = rows_of_path(table)
    if any(DERIVED.get(path, ((), ()))[1] for path in paths):
        return "d1"
    if any(path not in rows for path in paths):
        return "own"
    grades = {table[row][1] for path in paths for row in rows[path]}
    return "m1" if len(grades) > 1 else {"expert": "e1", "guess": "g1"}[grades.pop()]


def test_no_conversion_raises_or_lowers_a_grade(data: Any, table: dict[str, tuple[list[float], str]]) -> None:
    """What speaks for several figures has the lowest grade among them, and a first value of ours is a guess."""
    rows = rows_of_path(table)
    blocks: dict[tuple[str, str], list[str]] = {}
    for path, (_, source) in all_figures(data).items():
        if source:
            blocks.setdefault((path.rpartition(".")[0], source), []).append(path)
    for (block, source), paths in blocks.items():
        grades = [table[row][1] for path in paths for row in rows.get(path, ())]
        grades += ["guess" for path in paths if path not in rows]
        assert grade_of(data, source) == min(grades, key=RANK.__getitem__), block
        assert source == source_for(paths, table), block


def test_first_values_of_this_project_are_listed_every_one(
    data: Any, table: dict[str, tuple[list[float], str]]
) -> None:
    given = {path: value for path, (value, _) in all_figures(data).items() if path not in rows_of_path(table)}
    assert given == OWN


def test_first_values_say_that_they_are_guesses(data: Any) -> None:
    assert grade_of(data, "own") == "guess"
    assert "首次取值，本项目" in data["sources"]["own"]["text"]


def test_every_source_is_used_and_none_claims_more_than_a_planners_first_value(data: Any) -> None:
    used = {source for _, source in all_figures(data).values() if source}
    assert used == set(data["sources"])
    assert {source["grade"] for source in data["sources"].values()} == {"expert", "guess"}


def test_a_rumour_alone_starts_no_response(roster: Roster) -> None:
    facts = sorted(roster.needs.facts)
    test = compile_condition(
        roster.strength.command.activate_when, {name: n for n, name in enumerate(facts)}
    ).test
    nothing: list[Any] = [
        {"flag": False, "count": 0, "quantity": 0.0, "category": ""}[roster.needs.facts[name].kind]
        for name in facts
    ]
    starts = set()
    for place, name in enumerate(facts):
        values = list(nothing)
        values[place] = {"flag": True, "count": 1, "quantity": 9.0, "category": "co"}[
            roster.needs.facts[name].kind
        ]
        if test(values, [True] * len(facts)):
            starts.add(name)
    assert not test(nothing, [True] * len(facts))
    assert starts == {
        "leaking", "gas_over_limit", "fire", "explosion", "molten_metal",
        "trapped", "missing", "injured", "poisoned", "dead",
    }  # fmt: skip


def test_members_can_be_told_by_broadcast(roster: Roster) -> None:
    told = assume(roster, {"command.inform": "broadcast"}).strength.command
    assert told.inform == "broadcast"
    assert told.broadcast is not None


# --- norms --------------------------------------------------------------------------------------------

# unit|metric(|which) of the facts → id in norms.yaml
UNIT_NORMS: dict[str, str] = {
    "区消防救援大队|接到出动指令→到达辖区边缘": "fire.arrive",
    "区消防救援大队|着防化服+空呼": "fire.suit",
    "区公安局|110到场|城区": "police.urban",
    "区公安局|110到场|城郊": "police.suburb",
    "区公安局|110到场|农村": "police.rural",
    "区公安局|110出动(西安)|城区": "police.xian_urban",
    "区公安局|110出动(西安)|农村": "police.xian_rural",
    "供电公司（外部单位）|到达故障现场(供电监管办法)|城区": "power.rule_urban",
    "供电公司（外部单位）|到达故障现场(供电监管办法)|农村": "power.rule_rural",
    "供电公司（外部单位）|到达故障现场(供电监管办法)|边远": "power.rule_remote",
    "供电公司（外部单位）|到达故障现场(国网承诺)|城区": "power.pledge_urban",
    "供电公司（外部单位）|到达故障现场(国网承诺)|农村": "power.pledge_rural",
    "供电公司（外部单位）|到达故障现场(国网承诺)|特殊边远": "power.pledge_remote",
    "移动朔城区分公司、联通朔城区分公司、电信朔城区分公司|突发事件通信影响信息上报": "comms.report",
    "移动朔城区分公司、联通朔城区分公司、电信朔城区分公司|应急通信车到场/基站抢通": "comms.vehicle",
    "区生态环境局|应急监测到场/首报": "env.first",
    "区气象局|现场风向风力首报": "met.first",
}
# Facts whose number is a part or a rate: id → (unit|metric, minutes in it, how it is written there)
PARTS: dict[str, tuple[str, float, str]] = {
    "fire.fifteen": ("区消防救援大队|15分钟消防时间 分解", 15, "sum"),
    "fire.turnout": ("区消防救援大队|15分钟消防时间 分解", 1, "接警出动"),
    "health.answer": ("区卫健委|120电话10秒接听率 / 3分钟出车率", 10 / 60, "10s接听"),
    "health.depart": ("区卫健委|120电话10秒接听率 / 3分钟出车率", 3, "3min出车"),
}
NO_LIMIT = {  # no limits of time: an area, a radius, equipment, and a leak's length
    "区消防救援大队|普通站辖区面积 km2",
    "区卫健委|急救半径 km",
    "企业|泄漏持续时间(探测×隔断×孔径)",
    "区应急救援大队|救援队个体防护",
}
# What a play can measure: of, from, to, and whether it is judged.
BOUND = {
    "R03": ("desk.report_up", "triggered", "finished", True),
    "R07": ("report.province_phone", "triggered", "finished", True),
    "R08": ("report.province_phone", "triggered", "finished", True),
    "R11": ("report.correction", "triggered", "finished", True),
    "R12": ("report.government_phone", "triggered", "finished", False),
    "R13": ("report.government_written", "triggered", "finished", False),
    "E01": ("report.environment", "triggered", "finished", True),
    "E02": ("report.environment", "triggered", "finished", False),
    "N04.advice": ("press.release", "triggered", "finished", False),
    "fire.arrive": ("fire.recon", "acknowledged", "arrived", False),
    "fire.turnout": ("fire.recon", "acknowledged", "departed", False),
    "fire.suit": ("fire.rescue", "arrived", "started", False),
    "police.urban": ("police.cordon", "acknowledged", "arrived", False),
    "police.suburb": ("police.cordon", "acknowledged", "arrived", False),
    "health.depart": ("health.treat", "acknowledged", "departed", True),
    "env.first": ("env.monitor", "acknowledged", "started", True),
    "met.first": ("met.forecast", "acknowledged", "started", True),
}


# What is measured between two events: since, by, and whether it is judged.
BETWEEN = {
    "R09": ("report.department_written.finished", "report.follow_up.finished", True),
    "R10": ("report.department_written.finished", "report.follow_up.finished", True),
    "N01": ("graded.major", "published", False),
    "N02": ("graded.major", "published", False),
    "N03": ("need.rumour_control", "press.refute.finished", True),
    "N04": ("activated", "published", True),
    "S02": ("desk.receive.started", "field_commander", True),
    "S03": ("graded.larger", "handover_requested", True),
}
# What only a scenario can time, with events of its own (`clocks`).
BY_SCENARIO = {"R01", "R02", "R04", "R05", "R06", "R14", "S01"}


def facts(name: str) -> Any:
    return json.loads((HERE / "data" / name).read_text(encoding="utf-8"))


CLOCKS = {clock["id"]: clock for clock in facts("reporting_clocks.json")["clocks"]}
ITEMS = {f"{item['unit']}|{item['metric']}": item for item in facts("unit_norms.json")["items"]}
SAME = {"区卫健委|120电话10秒接听率 / 3分钟出车率": "区卫健委|急救半径 km"}  # its basis is printed as 同上


def limit(text: str | None) -> float | None:
    """Minutes of a fixed limit, None where there is no number."""
    if text is None:
        return None
    number, unit = text.split()
    return float(number) / {"min": 1, "s": 60}[unit]


@pytest.mark.parametrize("clock", sorted(CLOCKS))
def test_a_reporting_clock_keeps_its_number_source_and_status(clock: str, roster: Roster) -> None:
    given, norm = CLOCKS[clock], roster.norms.norms[clock]
    assert limit(norm.within) == given["deadline_min"]
    assert (norm.basis, norm.status) == (given["basis"], given["status"])
    assert norm.text == given.get("text", given.get("repeat"))


@pytest.mark.parametrize("key", sorted(UNIT_NORMS))
def test_a_unit_norm_keeps_its_number_source_and_status(key: str, roster: Roster) -> None:
    unit, metric, *which = key.split("|")
    item, norm = ITEMS[f"{unit}|{metric}"], roster.norms.norms[UNIT_NORMS[key]]
    value = item["value"][which[0]] if which else item["value"]
    assert limit(norm.within) == (value if isinstance(value, int) else None)
    assert norm.within or (norm.text and (norm.text == value or norm.text in item["basis"]))
    assert (norm.basis, norm.status) == (item["basis"], item["status"])


@pytest.mark.parametrize("norm_id", sorted(PARTS))
def test_a_norm_made_from_a_part_keeps_source_and_status(norm_id: str, roster: Roster) -> None:
    key, number, part = PARTS[norm_id]
    item, norm = ITEMS[key], roster.norms.norms[norm_id]
    assert limit(norm.within) == pytest.approx(number)
    assert (norm.basis, norm.status) == (ITEMS[SAME.get(key, key)]["basis"], item["status"])
    if part == "sum":
        assert sum(item["value"].values()) == number
        assert norm.text == "、".join(f"{name}{value}" for name, value in item["value"].items())
    else:
        assert item["value"][part] in (number, 0.95)
        assert norm.text is None or norm.text.endswith(f"率{item['value'][part]}")


def test_every_fact_that_is_a_limit_is_registered_and_nothing_is_invented(roster: Roster) -> None:
    taken = {"|".join(key.split("|")[:2]) for key in UNIT_NORMS} | {key for key, _, _ in PARTS.values()}
    assert taken | NO_LIMIT == set(ITEMS)
    assert not taken & NO_LIMIT
    assert set(roster.norms.norms) == {*CLOCKS, *UNIT_NORMS.values(), *PARTS, "N04.advice"}


def test_the_suggested_limit_is_the_upper_end_of_what_the_facts_suggest(roster: Roster) -> None:
    advice = roster.norms.norms["N04.advice"]
    found = re.search(r"(\d+)–(\d+)分钟", CLOCKS["N04"]["text"])
    assert found
    assert limit(advice.within) == float(found[2])
    assert (advice.basis, advice.status) == (CLOCKS["N04"]["basis"], "assumption")


def test_what_a_play_measures_is_measured_from_where_it_runs(roster: Roster) -> None:
    bound = {key: norm for key, norm in roster.norms.norms.items() if norm.of}
    assert {key: (norm.of, norm.from_, norm.to, norm.judged) for key, norm in bound.items()} == BOUND
    between = {key: norm for key, norm in roster.norms.norms.items() if norm.since}
    assert {key: (norm.since, norm.by, norm.judged) for key, norm in between.items()} == BETWEEN
    assert {*BOUND, *BETWEEN} & set(CLOCKS) == set(CLOCKS) - BY_SCENARIO
    assert all(norm.note for norm in roster.norms.norms.values() if not norm.judged), (
        "say why it is not judged"
    )


def test_what_rests_on_memory_is_never_judged(roster: Roster) -> None:
    assert [
        key
        for key, norm in roster.norms.norms.items()
        if norm.status == "memory" and (norm.of or norm.since) and norm.judged
    ] == []
