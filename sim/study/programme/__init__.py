"""The next drills of an office: which scenario, when and why, from what was drilled, what is due and what is open.

exercised    which duties the people at the table did in one scenario's expected play
case         what a programme is chosen for: duties, scenarios, rules, promises, days that may be used
measure      how good a programme is: days out of a rule, days behind a promise, staleness
choose       the choice: a beam over the months, compared by that measure
explain      why each drill stands where it stands, and which rule cannot be kept
"""

from sim.study.programme.build import build_case, names_of_targets
from sim.study.programme.case import Case, Choice, Duty, HowOften, Planned, Promise
from sim.study.programme.choose import choose
from sim.study.programme.exercised import exercised
from sim.study.programme.explain import Programme, Proposed, Standing, explain
from sim.study.programme.measure import Cost, fits, measure

__all__ = [
    "Case",
    "Choice",
    "Cost",
    "Duty",
    "HowOften",
    "Planned",
    "Programme",
    "Promise",
    "Proposed",
    "Standing",
    "build_case",
    "choose",
    "exercised",
    "explain",
    "fits",
    "measure",
    "names_of_targets",
]
