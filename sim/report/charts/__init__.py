"""The pictures of a drill: one function each, data first, `ax=None` last; each returns its axes.

    script      the script of a plan before any play: what comes when, to whom, and who should act
    swimlane    who did what when, between injects and limits
    responses   what share of each limit was used
    heatmap     possible gaps by unit and phase
    occupancy   teams in use against teams there are
    information_ladder   who told whom when, and how late headquarters knew
    coverage_matrix      which duties of each unit a set of scenarios puts to work

and of a study, of many plays:

    bands       when turning points come and clocks run, usually and less favourably, against limits
    missing     how often each limit may be missed
    convergence how a turning point settles as plays are added
    difference  two variants, play by play
    tornado     how far each assumption moves a result
    effects     what assumptions do when all are varied together
    options     the minutes that each measure gains

Every picture bears 演练 (EXERCISE). ``axes.figure.savefig(path)`` writes one as PNG, SVG or PDF.
"""

from sim.report.charts.bands import bands
from sim.report.charts.convergence import convergence
from sim.report.charts.coverage import coverage_matrix
from sim.report.charts.difference import difference
from sim.report.charts.effects import effects
from sim.report.charts.heatmap import heatmap
from sim.report.charts.ladder import information_ladder
from sim.report.charts.missing import missing
from sim.report.charts.occupancy import occupancy
from sim.report.charts.options import options
from sim.report.charts.responses import responses
from sim.report.charts.script import script
from sim.report.charts.swimlane import swimlane
from sim.report.charts.tornado import tornado

__all__ = [
    "bands", "convergence", "coverage_matrix", "difference", "effects", "heatmap", "information_ladder", "missing",
    "occupancy", "options", "responses", "script", "swimlane", "tornado",
]  # fmt: skip
