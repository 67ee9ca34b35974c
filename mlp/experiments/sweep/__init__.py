"""Sweeps: one setting or more over lists of values, each combination trained over several seeds."""
