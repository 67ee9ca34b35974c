"""Sweeps as tables, charts and words."""
