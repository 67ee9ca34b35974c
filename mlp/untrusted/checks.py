"""Checks of what came from outside, as JSON holds it: each returns the value, or a ValueError says what is needed."""

import unicodedata
from collections.abc import Collection, Sequence

QUOTED, UNSEEN = 24, 10
BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
# Marks that turn the direction of the text after them, and could make it read as something else
TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def came(value: object) -> str:
    """Return what came, in a few words that fit a sentence."""
    if isinstance(value, str):
        shown = plain_text(value[: 4 * QUOTED]).replace("\n", " ")
        return f"'{shown}'" if len(shown) <= QUOTED else f"'{shown[:QUOTED]}…'"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, int):
        return str(value) if value.bit_length() < 64 else "a number of too many digits"
    return "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "something else"


def fields(value: object, name: str, keys: Sequence[str]) -> dict:
    """Return a JSON object that has just these keys."""
    if not isinstance(value, dict):
        raise ValueError(f"{name} needs to be an object with {', '.join(keys)}; got {came(value)}.")
    for key in keys:
        if key not in value:
            raise ValueError(f"{name} needs {key!r}; it is missing.")
    for key in value:
        if key not in keys:
            raise ValueError(f"{name} needs {', '.join(keys)} and nothing else; got {came(key)}.")
    return value


def whole(value: object, name: str, low: int, high: int) -> int:
    """Return a whole number from low to high."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{name} needs a whole number from {low} to {high}; got {came(value)}.")
    return value


def number(value: object, name: str, low: float, high: float) -> float:
    """Return a number from low to high; nan is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{name} needs a number from {low:,.10g} to {high:,.10g}; got {came(value)}.")
    return float(value)


def positive(value: object, name: str, high: float) -> float:
    """Return a number above 0 and at most high."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= high:
        raise ValueError(f"{name} needs a number above 0 and at most {high:,.10g}; got {came(value)}.")
    return float(value)


def truth(value: object, name: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} needs true or false; got {came(value)}.")
    return value


def choice(value: object, name: str, choices: Collection[str]) -> str:
    """Return one of the choices."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} needs one of {', '.join(choices)}; got {came(value)}.")
    return value


def listed(value: object, name: str, low: int, high: int) -> list:
    """Return a list of low to high entries."""
    if not isinstance(value, list):
        raise ValueError(f"{name} needs a list; got {came(value)}.")
    if not low <= len(value) <= high:
        many = f"{low}" if low == high else f"{low} to {high}"
        raise ValueError(f"{name} needs {many} entries; got {len(value)}.")
    return value


def text(value: object, name: str, longest: int) -> str:
    """Return a plain text of at most so many characters, without what cannot be seen."""
    if not isinstance(value, str):
        raise ValueError(f"{name} needs a text; got {came(value)}.")
    # Beyond this even what cannot be seen is too much; a text is not read to find that out
    shown = plain_text(value) if len(value) <= UNSEEN * longest else value
    if len(shown) > longest:
        raise ValueError(f"{name} needs at most {longest} characters; got {len(shown)}.")
    return shown


def plain_text(value: str) -> str:
    """Return a text without control characters, lone surrogates and marks that turn its direction; line ends stay."""
    for old, new in BREAKS.items():
        value = value.replace(old, new)
    kept = (c for c in value if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in TURNING))
    return "".join(kept).strip()
