"""The files of a roster together."""

from __future__ import annotations

from sim.plan.schema.base import Model
from sim.plan.schema.needs import Needs
from sim.plan.schema.norms import Norms
from sim.plan.schema.register import Register
from sim.plan.schema.strength import Strength


class Roster(Model):
    """What the office has: the four files of `roster/` together."""

    register_: Register
    needs: Needs
    strength: Strength
    norms: Norms
