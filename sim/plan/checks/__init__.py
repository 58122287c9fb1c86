"""What a file cannot know of itself: every name exists, every value fits, nothing waits for itself.

Each check is a small function that returns the problems it found; errors are refused, warnings are played.
"""

from sim.plan.checks.law import check_rules_heard
from sim.plan.checks.register import check_register
from sim.plan.checks.roster import RosterDocuments, check_roster
from sim.plan.checks.scenario import check_overrides, check_scenario, check_set

__all__ = [
    "RosterDocuments",
    "check_overrides",
    "check_register",
    "check_roster",
    "check_rules_heard",
    "check_scenario",
    "check_set",
]
