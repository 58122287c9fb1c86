"""What is thin in a plan or a script, found from its data before anybody plays."""

from sim.review.flaws.flaw import Flaw
from sim.review.flaws.plan import bare_plan, plan_flaws
from sim.review.flaws.script import script_flaws, table_minutes

__all__ = ["Flaw", "bare_plan", "plan_flaws", "script_flaws", "table_minutes"]
