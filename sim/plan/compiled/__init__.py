"""The compiled plan: all that the engine, the review and the report know of a drill before it is played.

Frozen and free of files, YAML and pydantic. Everything is sorted by id and referred to by its place in its
tuple, so the order of keys in a file has nowhere left to matter. Times are ticks of 1/1000 minute.
"""

from sim.plan.compiled.cast import (
    Absence,
    Actor,
    Channel,
    Person,
    Pool,
    Post,
    Stock,
)
from sim.plan.compiled.command import (
    AfterCare,
    Arrangements,
    Command,
    Desk,
    Field,
    Group,
    HandOver,
    Ledger,
    Level,
    Report,
    Termination,
)
from sim.plan.compiled.duties import (
    Duty,
    Norm,
    Outside,
    Prerequisite,
)
from sim.plan.compiled.law import (
    DrillRule,
    Element,
    Form,
    Grade,
    GradeRule,
    Law,
    NearMiss,
    SafetyRule,
)
from sim.plan.compiled.plan import (
    Assumption,
    Plan,
)
from sim.plan.compiled.script import (
    Aftermath,
    Broken,
    Busy,
    Expected,
    Hazard,
    Inject,
    Road,
    Weather,
)
from sim.plan.compiled.situation import (
    Fact,
    Label,
    Need,
    Timer,
    Writes,
)

__all__ = [
    "Absence",
    "Actor",
    "AfterCare",
    "Aftermath",
    "Arrangements",
    "Assumption",
    "Broken",
    "Busy",
    "Channel",
    "Command",
    "Desk",
    "DrillRule",
    "Duty",
    "Element",
    "Expected",
    "Fact",
    "Field",
    "Form",
    "Grade",
    "GradeRule",
    "Group",
    "HandOver",
    "Hazard",
    "Inject",
    "Label",
    "Law",
    "Ledger",
    "Level",
    "NearMiss",
    "Need",
    "Norm",
    "Outside",
    "Person",
    "Plan",
    "Pool",
    "Post",
    "Prerequisite",
    "Report",
    "Road",
    "SafetyRule",
    "Stock",
    "Termination",
    "Timer",
    "Weather",
    "Writes",
]
