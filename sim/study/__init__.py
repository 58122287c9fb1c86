"""The experiment: what is learnt by playing again."""
