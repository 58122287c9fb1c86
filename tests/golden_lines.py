"""The golden timelines: each shipped scenario in expected mode, one readable line a row.

`python tests/golden_lines.py` writes them anew; the diff shows what a change did to the drills.
"""

from __future__ import annotations

from pathlib import Path

from sim import load_roster, load_scenario, simulate
from sim.plan.workspace import list_scenarios
from sim.record.timeline import Row, minutes

FOLDER = Path(__file__).parent / "golden"


def line(row: Row) -> str:
    """One row without run, clock and cause: what happened, to whom, and what it said."""
    what = row.task or row.need or row.inject
    told = {key: value for key, value in row.detail.items() if key not in ("title", "channel", "from")}
    return " | ".join([minutes(row.t), row.event, row.unit, what, row.waits_for, str(told) if told else ""])


def lines(scenario: str) -> list[str]:
    timeline = simulate(load_scenario(scenario), load_roster(), expected=True)
    return [line(row).rstrip(" |") for row in timeline.rows]


def shipped() -> list[str]:
    return [file.id for file in list_scenarios(None)]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in shipped():
        (FOLDER / f"{name}.txt").write_text("\n".join(lines(name)) + "\n", encoding="utf-8")
