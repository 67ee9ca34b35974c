"""Training both models: a run, many of them in parallel, in turns, within limits."""
