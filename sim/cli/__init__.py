"""The door: the command `tuiyan`. The only home of click."""
