"""Names of stages, waits and states of tasks, of grades and of a norm's status, in both languages."""

from __future__ import annotations

from typing import Final

STAGES: Final = {
    "triggered": ("触发", "triggered"),
    "ordered": ("下达出动令", "ordered"),
    "acknowledged": ("接令", "acknowledged"),
    "departed": ("出发", "departed"),
    "arrived": ("到场", "arrived"),
    "started": ("开始", "started"),
    "finished": ("完成", "finished"),
}

STATES: Final = {
    "finished": ("已完成", "finished"),
    "stood_down": ("已归队", "stood down"),
    "blocked": ("受阻未行动", "blocked"),
    "open": ("结束时未完", "open at close"),
    "unreached": ("联系不上", "unreached"),
}

DESK: Final = {
    "desk.receive": ("接报", "receive the call"),
    "desk.report_up": ("首报上级", "first report up"),
    "desk.phone_leader": ("电话报带班领导", "phone the duty leader"),
    "desk.verify": ("核实", "verify"),
    "desk.assess": ("研判", "assess"),
    "desk.activate": ("报批启动响应", "approval to activate"),
    "command.level": ("报批提高响应级别", "approval to raise the level"),
    "command.field": ("现场总指挥赴现场、设立现场指挥部", "commander to the scene, setting up"),
    "command.conference": ("会商", "conference"),
    "command.handover": ("报批移交指挥权", "approval to hand over"),
    "command.termination": ("报批终止响应", "approval to terminate"),
    "ledger.check": ("核对伤亡数字", "check the casualty figures"),
    "sign": ("报批：{x}", "approval: {x}"),
}

# What a task does or waits for between two of its rows; `x` is the team or the stage waited for.
WAITS: Final = {
    "operator": ("等通话席位", "waiting for an operator"),
    "call": ("通话", "on the phone"),
    "redial": ("未接通、重拨", "unanswered, redialling"),
    "acknowledge": ("接令确认", "acknowledging"),
    "team": ("等队伍（{x}）", "waiting for a team ({x})"),
    "prerequisite": ("等前置行动（{x}）", "waiting for {x}"),
    "safety": ("等安全条件（{x}）", "waiting for a safety rule ({x})"),
    "muster": ("集结", "mustering"),
    "travel": ("路上", "on the road"),
    "setup": ("展开", "setting up"),
    "unreached": ("联系不上", "out of reach"),
    "stock": ("等物资（{x}）", "waiting for stock ({x})"),
    "halted": ("等{x}解除", "halted: {x}"),
    "work": ("作业", "working"),
    "approval": ("等领导批准", "waiting for approval"),
    "relay": ("等牵头单位转达", "relayed by the lead unit"),
    "verification": ("等核实", "waiting for verification"),
    "activation": ("等启动响应", "waiting for activation"),
    "send": ("发送", "sending"),
    "person": ("等{x}", "waiting for {x}"),
    "network": ("等通信恢复（{x}）", "waiting for network {x}"),
    "other": ("等待（{x}）", "waiting ({x})"),
}

TEAMS: Final = {
    "ambulance": ("救护车组", "ambulances"),
    "cordon": ("警戒组", "cordon teams"),
    "crew": ("抢修队", "repair crews"),
    "group": ("现场工作组", "group at the scene"),
    "engine": ("灭火救援车组", "engine crews"),
    "expert": ("专家组", "expert groups"),
    "forensic": ("勘查组", "forensic teams"),
    "medic": ("医疗保障组", "medical support"),
    "medical": ("医疗队", "medical teams"),
    "monitor": ("监测组", "monitoring teams"),
    "patrol": ("巡逻警组", "patrols"),
    "recon": ("侦察组", "recon teams"),
    "repair": ("抢修队", "repair crews"),
    "rescue": ("救援队", "rescue teams"),
    "reserve": ("备勤救护组", "reserve ambulances"),
    "staff": ("工作组", "staff teams"),
    "team": ("工作组", "teams"),
    "traffic": ("交通组", "traffic teams"),
    "vehicle": ("保障车组", "support vehicles"),
}

GRADES: Final = {
    "measured": ("实测", "measured"),
    "standard": ("标准", "standard"),
    "expert": ("经验", "expert"),
    "guess": ("估计", "guess"),
}

STATUS: Final = {
    "found": ("已核原文", "text read"),
    "found-secondary": ("转引", "quoted elsewhere"),
    "memory": ("待核", "to be confirmed"),
    "computed": ("推算", "computed"),
    "assumption": ("假定", "assumption"),
    "mixed": ("部分已核", "partly confirmed"),
    "not-found": ("未查到", "not found"),
    "local": ("自定", "our own"),
}

PHASES: Final = {
    "first": ("先期处置", "before activation"),
    "response": ("响应", "response"),
    "recovery": ("恢复", "recovery"),
}
