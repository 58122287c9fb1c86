"""The hub: the timeline of a drill, played or conducted, its tasks, its manifest and its files."""
