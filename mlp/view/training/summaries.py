"""Means over seeds, their spread and their intervals as text."""

from mlp.experiments.evidence.seed_statistics import Summary, possible
from mlp.view.shares import ALL_EQUAL, MISSING, span


def mean(summary: Summary | None) -> str:
    """Return a mean, a dash if there is none."""
    return f"{summary.mean:.4f}" if summary else MISSING


def spread(summary: Summary | None) -> str:
    """Return a standard deviation, a dash if one value has none."""
    return f"{summary.sd:.4f}" if summary and summary.n > 1 else MISSING


def interval(summary: Summary | None) -> str:
    """Return the interval of a mean accuracy; a dash if one value has none, and a word if equal ones have none."""
    if summary is None or summary.n == 1:
        return MISSING
    return span(*possible(summary.interval)) if summary.sd else ALL_EQUAL
