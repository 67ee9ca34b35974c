"""Shares, their intervals and p-values as they are written everywhere."""

MISSING, ALL_EQUAL = "–", "– (all equal)"


def share(value: float) -> str:
    """Return an accuracy, or a difference of two."""
    return f"{round(value, 3) + 0.0:.3f}".replace("-", "−")


def span(low: float, high: float) -> str:
    """Return an interval in words."""
    return f"{share(low)} to {share(high)}"


def p_words(p_value: float) -> str:
    """Return a p-value, never as the 0 it can't be."""
    return f"p = {p_value:.4f}" if p_value >= 0.0001 else "p < 0.0001"
