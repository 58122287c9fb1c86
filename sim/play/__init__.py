"""The engine: plays a compiled plan on SimPy. It takes nothing but the plan, and gives rows."""
