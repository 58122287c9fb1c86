"""The judgement: what a timeline suggests, with evidence, cause and clause."""

from sim.review.causes import Causes
from sim.review.findings import Body, Findings, evaluate
from sim.review.gap import Gap
from sim.review.limits import Limit
from sim.review.table import gaps_csv

__all__ = ["Body", "Causes", "Findings", "Gap", "Limit", "evaluate", "gaps_csv"]
