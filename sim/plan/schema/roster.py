"""The files of a roster together."""

from __future__ import annotations

from sim.plan.schema.arrangements import Arrangements
from sim.plan.schema.base import Model
from sim.plan.schema.law import Law
from sim.plan.schema.needs import Needs
from sim.plan.schema.norms import Norms
from sim.plan.schema.register import Register
from sim.plan.schema.strength import Strength


class Roster(Model):
    """What the office has: the files of `roster/` together; without the last two nothing is graded, and command
    and reports are played in their plainest form."""

    register_: Register
    needs: Needs
    strength: Strength
    norms: Norms
    law: Law = Law()
    arrangements: Arrangements = Arrangements()
