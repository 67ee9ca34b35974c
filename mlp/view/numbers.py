"""Numbers as text: shown as the sheet prints them, and as they stand in a field."""

import math


def format_number(value: float, decimals: int = 5) -> str:
    """Return a number as the sheet prints it, rounded to so many decimals for display only.

    A value that is exact within the decimals loses its trailing zeros (0.1, 1), a rounded one keeps them all (0.29130);
    and what would round to 0.000 or needs more than seven digits before the point is shown with an exponent.
    """
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else ("too large" if value > 0 else "too small")
    if value == 0.0:
        return "0"
    text = f"{value:.{decimals}f}"
    if float(text) == 0.0 or abs(value) >= 1e7:
        mantissa, exponent = f"{value:.{min(decimals, 3)}e}".split("e")
        return f"{_trimmed(mantissa)}e{int(exponent)}".replace("-", "−")
    exact = math.isclose(float(text), value, rel_tol=1e-13)
    return (_trimmed(text) if exact else text).replace("-", "−")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def editable_number(value: float, decimals: int = 5) -> str:
    """Return a number as it stands in a field that can be typed into: like `format_number`, with a plain minus sign."""
    return format_number(value, decimals).replace("−", "-")


def times(n: int) -> str:
    """Return how often, in words: "once", "twice", "1,437 times"."""
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")
