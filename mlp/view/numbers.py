"""Numbers as text and text as numbers: the same rules everywhere in the app."""

import math
import re
from fractions import Fraction

from mlp.limits import LONGEST_FIELD

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
FRACTION = re.compile(r"([+-]?\d{1,15})\s*/\s*(\d{1,15})")
QUOTED = 24


def parse_number(text: object, *, low: float = -math.inf, high: float = math.inf, above: float | None = None) -> float:
    """Return the number that a person typed: 0.25, 0,25, 1/4, 2.5e-1 or .25.

    Parameters
    ----------
    text : str, or a number as it is
        Blank text, None and nan are refused.
    low, high : float
        The smallest and largest value allowed.
    above : float, optional
        A bound the value must exceed, in place of `low`.

    Raises
    ------
    ValueError
        A sentence that says what is accepted and what came.
    """
    value = _read(_typed(text))
    if value is None or not math.isfinite(value) or not low <= value <= high or (above is not None and value <= above):
        raise ValueError(f"{accepted_range(low, high, above)}, such as 0.25, 0,25 or 1/4; got {quoted(text)}.")
    return value


def parse_whole_number(text: object, *, low: int, high: int) -> int:
    """Return the whole number from low to high that a person typed; raise a ValueError with a sentence otherwise."""
    digits = _typed(text)
    if not re.fullmatch(r"[+-]?\d{1,18}", digits) or not low <= int(digits) <= high:
        raise ValueError(f"a whole number from {low} to {high}; got {quoted(text)}.")
    return int(digits)


def accepted_range(low: float, high: float, above: float | None = None) -> str:
    """Return which numbers are accepted, in words: 'a number above 0 and at most 100'."""
    least, most = editable_number(low), editable_number(high)
    if above is None and -math.inf < low and high < math.inf:
        return f"a number from {least} to {most}"
    bounds = [f"above {editable_number(above)}"] if above is not None else [f"at least {least}"] * (low > -math.inf)
    bounds += [f"at most {most}"] * (high < math.inf)
    return f"a number {' and '.join(bounds)}".rstrip()


def quoted(text: object) -> str:
    """Return what came, in quotes and shortened to what fits a sentence; 'nothing' for a blank."""
    shown = " ".join(str("" if text is None else text).strip()[:LONGEST_FIELD].split())
    if not shown:
        return "nothing"
    return f"'{shown}'" if len(shown) <= QUOTED else f"'{shown[:QUOTED]}…'"


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


def _typed(text: object) -> str:
    """Return what came as text with one kind of minus sign; blank for None, and for more than a field holds."""
    typed = str("" if text is None else text)
    return typed.strip().replace("−", "-").replace("–", "-") if len(typed) <= LONGEST_FIELD else ""


def _read(plain: str) -> float | None:
    """Return the value of the text, None if it is not a number."""
    if fraction := FRACTION.fullmatch(plain):
        return float(Fraction(int(fraction[1]), int(fraction[2]))) if int(fraction[2]) else None
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    return float(plain) if NUMBER.fullmatch(plain) else None


def times(n: int) -> str:
    """Return how often, in words: "once", "twice", "1,437 times"."""
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")
