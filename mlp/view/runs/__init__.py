"""Kept runs side by side: their names, their looks, a table and an overlay."""
