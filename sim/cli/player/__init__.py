"""The replay in a terminal: keys, the state that they move, and the screen that shows it."""
