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
        "没有“{name}”这样的指标。可写：里程碑（{known}）、职责编号.步骤（如 fire.rescue.arrived）、missed:时限编号。",
        "there is no measure '{name}'. Write a milestone ({known}), a duty's stage (fire.rescue.arrived), or "
        "missed: and the id of a limit.",
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
    "verify-replay": (
        "按清单重新推演，结果不一致。推演时的版本：{versions}。",
        "played again by its manifest, the result differs. Versions then: {versions}.",
    ),
}
"""Code → sentence."""
