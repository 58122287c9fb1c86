"""From checked input files to the frozen plan that the engine plays.

Everything keyed is sorted here, once; every name becomes a place; every condition a closure over places.
"""

from sim.plan.compile.whole import compile_plan

__all__ = ["compile_plan"]
