"""Why an item of a drill became true, or why it never did."""

from sim.review.why.ask import Why, items, why

__all__ = ["Why", "items", "why"]
