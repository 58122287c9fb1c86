"""What is given: the register, needs, strength, norms and scenarios, read strictly and compiled once."""
