"""A number that a person typed, read strictly: the same rules everywhere in the app."""

import math
import re
from fractions import Fraction

from mlp.limits import LONGEST_FIELD
from mlp.untrusted.notation import advice, plain_number, with_one_minus

WHOLE = re.compile(r"([+-]?)\s*(\d{1,18})")
QUOTED = 24


def parse_number(text: object, *, low: float = -math.inf, high: float = math.inf, above: float | None = None) -> float:
    """Return the number that a person typed: 0.25, 0,25, 1/4, 2.5e-1, .25 or 2.5·10^-1; all that `plain_number` reads.

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
    typed = _typed(text)
    value = _read(typed)
    if value is None or not math.isfinite(value) or not low <= value <= high or (above is not None and value <= above):
        needed = f"{accepted_range(low, high, above)}, such as 0.25, 0,25 or 1/4; got {quoted(text)}."
        raise ValueError(f"{needed} {advice(typed)}".strip() if value is None else needed)
    return value


def parse_whole_number(text: object, *, low: int, high: int) -> int:
    """Return the whole number from low to high that a person typed; raise a ValueError with a sentence otherwise."""
    found = WHOLE.fullmatch(with_one_minus(_typed(text)))
    value = int("".join(found.groups())) if found else None
    if value is None or not low <= value <= high:
        raise ValueError(f"a whole number from {low} to {high}; got {quoted(text)}.")
    return value


def accepted_range(low: float, high: float, above: float | None = None) -> str:
    """Return which numbers are accepted, in words: 'a number above 0 and at most 100'."""
    least, most = bound_words(low), bound_words(high)
    if above is None and -math.inf < low and high < math.inf:
        return f"a number from {least} to {most}"
    bounds = [f"above {bound_words(above)}"] if above is not None else [f"at least {least}"] * (low > -math.inf)
    bounds += [f"at most {most}"] * (high < math.inf)
    return f"a number {' and '.join(bounds)}".rstrip()


def bound_words(bound: float) -> str:
    """Return a bound with as few digits as it has: 0.99, 1000000, 1e-6."""
    return f"{bound:.10g}".replace("e-0", "e-").replace("e+", "e")


def quoted(text: object) -> str:
    """Return what came, in quotes and shortened to what fits a sentence; 'nothing' for a blank."""
    shown = " ".join(str("" if text is None else text).strip()[:LONGEST_FIELD].split())
    if not shown:
        return "nothing"
    return f"'{shown}'" if len(shown) <= QUOTED else f"'{shown[:QUOTED]}…'"


def _typed(text: object) -> str:
    """Return what came as text; blank for None, and for more than a field holds."""
    typed = str("" if text is None else text)
    return typed.strip() if len(typed) <= LONGEST_FIELD else ""


def _read(typed: str) -> float | None:
    """Return the value of the text, None if it is not a number."""
    plain = plain_number(typed)
    if plain is None:
        return None
    above, _, below = plain.partition("/")
    if not below:
        return float(plain)
    return float(Fraction(int(above), int(below))) if int(below) else None
