"""What is wrong with a run folder, or with a run that should be like its manifest."""

from __future__ import annotations

from typing import Final

from sim.words import Table

RUNS: Final[Table] = {
    "run-missing": (
        "不是一次推演的结果文件夹：缺少 {file}。",
        "this is no folder of a run: {file} is missing.",
    ),
    "run-unreadable": (
        "读不出这份推演清单，文件可能已损坏或被改动。",
        "this manifest cannot be read; it may be damaged or edited.",
    ),
    "why-unknown-item": (
        "这次推演中没有“{item}”这一项。",
        "this drill has no item '{item}'.",
    ),
    "measure-unknown": (
        "没有“{name}”这样的指标。可写：里程碑（{known}）、职责编号.步骤（如 crew.rescue.arrived）、missed:时限编号。",
        "there is no measure '{name}'. Write a milestone ({known}), a duty's stage (crew.rescue.arrived), or "
        "missed: and the id of a limit.",
    ),
    "future-moment": (
        "T+{at} 不在这次推演之内（0 到 {end} 分钟）。",
        "T+{at} lies outside this drill (0 to {end} min).",
    ),
    "future-unit": (
        "这次推演中没有单位“{name}”。",
        "this drill has no unit '{name}'.",
    ),
    "future-sooner": (
        "单位只能推迟，不能提前（{minutes} 分钟）；要改用时请改假设参数。",
        "a unit can be later, not sooner ({minutes} min); to shorten a time, change the assumption.",
    ),
    "future-hands": (
        "值守人数不能改 {count} 人（现有最少 {hands} 人；网络型算例没有值守）。",
        "the duty desk cannot change by {count} (its fewest hands are {hands}; a network has no desk).",
    ),
    "future-inject": (
        "这次推演中没有注入“{name}”。",
        "this drill has no inject '{name}'.",
    ),
    "future-given": (
        "注入 {name} 在 T+{t} 已经给出，从 T+{at} 起不能再取消。",
        "inject {name} was given at T+{t} and cannot be skipped from T+{at} on.",
    ),
    "future-assumption": (
        "假设参数 {path} 不能从中途改起；中途只能改单位的接警、集结、行程、队伍数、作业用时和值守。",
        "the assumption {path} cannot change half-way: only calls, muster, travel, team counts and times of work of a "
        "unit, and the duty desk, can.",
    ),
    "future-replay": (
        "按清单重新推演，与这份处置时间轴不同，无法与另一种走向比较。",
        "played again by its manifest the drill differs from this timeline, so no other future can be set beside it.",
    ),
    "verify-missing": (
        "清单中列有此文件，现已不在。",
        "the manifest lists this file, and it is gone.",
    ),
    "verify-changed": (
        "文件在推演之后被改动过，与清单不符。",
        "the file was changed after the run; it differs from the manifest.",
    ),
    "verify-input-damaged": (
        "清单里保存的输入“{input}”被改动过。",
        "the input '{input}' kept in the manifest was changed.",
    ),
    "verify-input-changed": (
        "输入“{input}”在推演之后有改动；要用新的输入，请重新推演。",
        "the input '{input}' has changed since the run; to use the new one, run again.",
    ),
    "verify-scheme": (
        "抽样方法不同（清单：{theirs}，本程序：{ours}），不能逐字比对。",
        "the scheme of draws differs (manifest: {theirs}, here: {ours}), so bytes cannot be compared.",
    ),
    "verify-run-id": (
        "清单中的推演编号与其输入、种子号不符，清单被改动过。",
        "the run's number does not follow from its inputs and seed; the manifest was edited.",
    ),
    "study-missing": (
        "这里没有仿真试算的结果。",
        "there is no study here.",
    ),
    "study-no-study": (
        "不是仿真试算的文件，或者已经损坏。请换一个输出文件夹。",
        "this is no file of a study, or it is damaged. Choose another output folder.",
    ),
    "study-other-inputs": (
        "文件夹里的仿真试算用的是别的输入（不同之处：{what}），不能接着算。请换一个输出文件夹，或恢复原来的输入。",
        "the study in this folder is of other inputs (what differs: {what}) and cannot be gone on with. Choose another "
        "output folder, or restore the inputs.",
    ),
    "study-locked": (
        "另一个程序正占用这份仿真试算。",
        "another program holds this study.",
    ),
    "cluster-extra": (
        "要用集群，请先安装：pip install 'tuiyan[cluster]'。",
        "for a cluster install the extra first: pip install 'tuiyan[cluster]'.",
    ),
    "cluster-address": (
        "集群地址写法不对。应为 tcp://主机:端口，例如 tcp://192.168.1.10:8786；加密连接用 tls://。",
        "this is no address of a cluster. Write tcp://HOST:PORT, such as tcp://192.168.1.10:8786, or tls://… where "
        "it is encrypted.",
    ),
    "cluster-host": (
        "找不到名为“{host}”的主机。请核对名称，或改用 IP 地址。",
        "no host is known by the name '{host}'. Check the name, or give its IP address.",
    ),
    "cluster-unreachable": (
        "{seconds}秒内连不上集群的调度进程。请核对地址和防火墙，确认已在那台机器上启动 dask scheduler，"
        "并核对该用 tcp:// 还是 tls://。",
        "the scheduler of the cluster cannot be reached within {seconds} s. Check the address and the firewall, that "
        "dask scheduler runs there, and whether it is tcp:// or tls://.",
    ),
    "cluster-refused": (
        "连不上集群：{why}。用 tls:// 时，请核对 Dask 的证书设置。",
        "no connection to the cluster: {why}. With tls://, check Dask's settings of certificates.",
    ),
    "cluster-empty": (
        "{seconds}秒内没有工作进程连上集群。请启动 dask worker。",
        "no worker has joined the cluster in {seconds} s. Start dask worker.",
    ),
    "cluster-lacks": (
        "{kind} {place} 没有安装 {name}（本机为 {ours}）。请在那里安装同一版本。",
        "{kind} {place} lacks {name} (here: {ours}). Install the same version there.",
    ),
    "cluster-version": (
        "{kind} {place} 的 {name} 是 {theirs}，本机是 {ours}，版本须一致。",
        "{kind} {place} has {name} {theirs}, here it is {ours}; they must be the same.",
    ),
    "cluster-lost": (
        "与集群调度进程的连接断了。已算完的都保留着；重新启动集群后，用同一条命令接着算。",
        "the connection to the scheduler is lost. What was played is kept; start the cluster again, and the same "
        "command goes on.",
    ),
    "cluster-deserted": (
        "集群里已{seconds}秒没有工作进程。已算完的都保留着；启动 dask worker 后，用同一条命令接着算。",
        "the cluster has had no worker for {seconds} s. What was played is kept; start dask worker, and the same "
        "command goes on.",
    ),
    "cluster-killed": (
        "同一批推演先后在几个工作进程上中断，这些进程都意外退出了（常见原因是内存不足）。已算完的都保留着；"
        "请查看它们的日志，再用同一条命令接着算。",
        "several workers died one after another while playing the same chunk (often for want of memory). What was "
        "played is kept; look at their logs, then the same command goes on.",
    ),
    "verify-replay": (
        "按清单重新推演，结果不一致。推演时的版本：{versions}。",
        "played again by its manifest, the result differs. Versions then: {versions}.",
    ),
}
"""Code → sentence."""
