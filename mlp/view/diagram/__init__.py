"""The network diagram: its table, its specification and its words."""
