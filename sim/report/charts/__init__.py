"""The pictures of a drill: one function each, data first, `ax=None` last; each returns its axes.

    script      the script of a plan before any play: what comes when, to whom, and who should act
    swimlane    who did what when, between injects and limits
    responses   what share of each limit was used
    heatmap     possible gaps by unit and phase
    occupancy   teams in use against teams there are
    information_ladder   who told whom when, and how late headquarters knew
    coverage_matrix      which duties of each unit a set of scenarios puts to work

Every picture bears 演练 (EXERCISE). ``axes.figure.savefig(path)`` writes one as PNG, SVG or PDF.
"""

from sim.report.charts.coverage import coverage_matrix
from sim.report.charts.heatmap import heatmap
from sim.report.charts.ladder import information_ladder
from sim.report.charts.occupancy import occupancy
from sim.report.charts.responses import responses
from sim.report.charts.script import script
from sim.report.charts.swimlane import swimlane

__all__ = [
    "coverage_matrix", "heatmap", "information_ladder", "occupancy", "responses", "script", "swimlane",
]  # fmt: skip
