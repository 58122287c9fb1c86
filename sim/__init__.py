"""推演: play a tabletop exercise before the day.

What goes in:
    load_roster      the office's roster: register, needs, strength, norms (built-in, or a folder)
    load_scenario    one scenario: a built-in id, or a path

What is done with it:
    check            what is wrong or thin in a scenario, its script and the plan
    simulate         play a scenario once, giving its timeline
    replicate        play a scenario many times (仿真试算), giving its study
    load_study       open a study that was made before
    Study            many plays of one scenario: milestones, tasks and limits as tables
    evaluate         find the gaps a timeline shows, with evidence and cause
    sensitivity      which local assumption moves a result most, and what to measure first
    cover            play many scenarios, and say which duties of the register they put to work
    replay           step through a drill: a timeline, or the folder of a run
    look_at          one moment of a replay, to be shown: at a step, or when an inject was given
    what_if          play a drill once more with one change from a moment on, beside the first
    Late             such a change: a unit takes longer to muster
    MoreHands        such a change: more people at the duty desk
    Skip             such a change: an inject is not given
    Assume           such a change: a local assumption has another value
    why              say why an item became true in a timeline, or why it never did

What is told of it:
    charts           the pictures, one function each
    write_report     the simulation brief with its pictures, into a folder
    write_replay     a replay as one HTML file to share
    speak            the language of the cards that notebooks show: zh or en

Everything is imported when it is first used: `import sim` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sim.words import display

if TYPE_CHECKING:
    from sim.plan.workspace import load_roster as load_roster
    from sim.plan.workspace import load_scenario as load_scenario
    from sim.play.simulate import simulate as simulate
    from sim.report import charts as charts
    from sim.report.playback import write_replay as write_replay
    from sim.report.view import look_at as look_at
    from sim.report.write import write_report as write_report
    from sim.review.findings import evaluate as evaluate
    from sim.review.playback import replay as replay
    from sim.review.why import why as why
    from sim.study.checked import check as check
    from sim.study.coverage import cover as cover
    from sim.study.futures import Assume as Assume
    from sim.study.futures import Late as Late
    from sim.study.futures import MoreHands as MoreHands
    from sim.study.futures import Skip as Skip
    from sim.study.futures import what_if as what_if
    from sim.study.replicate import Study as Study
    from sim.study.replicate import load_study as load_study
    from sim.study.replicate import replicate as replicate
    from sim.study.sensitivity import sensitivity as sensitivity
    from sim.words.display import speak as speak

__all__ = [
    "Assume",
    "Late",
    "MoreHands",
    "Skip",
    "Study",
    "charts",
    "check",
    "cover",
    "evaluate",
    "load_roster",
    "load_scenario",
    "load_study",
    "look_at",
    "replay",
    "replicate",
    "sensitivity",
    "simulate",
    "speak",
    "what_if",
    "why",
    "write_replay",
    "write_report",
]

_HOMES: Final = {
    "Study": "sim.study.replicate",
    "Assume": "sim.study.futures",
    "Late": "sim.study.futures",
    "MoreHands": "sim.study.futures",
    "Skip": "sim.study.futures",
    "check": "sim.study.checked",
    "cover": "sim.study.coverage",
    "evaluate": "sim.review.findings",
    "load_roster": "sim.plan.workspace",
    "load_scenario": "sim.plan.workspace",
    "load_study": "sim.study.replicate",
    "look_at": "sim.report.view",
    "replicate": "sim.study.replicate",
    "replay": "sim.review.playback",
    "sensitivity": "sim.study.sensitivity",
    "simulate": "sim.play.simulate",
    "speak": "sim.words.display",
    "what_if": "sim.study.futures",
    "why": "sim.review.why",
    "write_replay": "sim.report.playback",
    "write_report": "sim.report.write",
}


# Cards are made above what they show; only the package itself, above all rooms, knows both (sim.words.display).
display.made_by(lambda thing, lang: import_module("sim.report.cards").card(thing, lang))
display.played_by(lambda thing, lang: import_module("sim.report.widget").shown(thing, lang))


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("sim.report.charts")
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
