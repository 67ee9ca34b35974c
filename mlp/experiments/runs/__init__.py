"""Runs that are kept: in plain values, in a store, as files."""
