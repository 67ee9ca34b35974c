"""The values of a swept setting as they are typed: a list, or a range with its steps even or logarithmic."""

import math
import re
from typing import Any

import numpy as np

from mlp.experiments.hyperparameters import Kind, Layers, Number, Setting, Whole
from mlp.limits import MOST_AXIS_VALUES
from mlp.untrusted.numbers import parse_number, parse_whole_number, quoted
from mlp.view.settings import as_text, options, parse

# "0.001 to 0.1 in 5 log"; what stands between is read by the parsers of numbers
RANGE = re.compile(r"(\S+) to (\S+) in (\S+)( log)?", re.IGNORECASE)
SEPARATOR, COMMA = ";", ","
LEAST_IN_A_RANGE = 2
NEEDED = "a list such as {list}, or a range such as {range}"
EXAMPLES: dict[type, str] = {Number: "0.001 to 0.1 in 5 log", Whole: "10 to 100 in 4"}


def parse_values(about: Setting, text: str) -> tuple[Any, ...]:
    """Return the values of a setting in a text, each once, in the order of the text.

    A list has semicolons between its values, or commas where a value has none of its own; a range has its ends, the
    number of its values, and "log" where the next is so many times the one before.

    Raises
    ------
    ValueError
        A sentence that says what is needed and what came.
    """
    words = " ".join(text.split())
    if (found := RANGE.fullmatch(words)) and type(about.kind) in EXAMPLES:
        return in_range(about.kind, *found.groups())
    mark = SEPARATOR if SEPARATOR in words or isinstance(about.kind, Layers) else COMMA
    parts = [part.strip() for part in words.split(mark)]
    if not words or len(parts) > MOST_AXIS_VALUES:
        raise ValueError(f"{needed(about)}, with at most {MOST_AXIS_VALUES} values; got {quoted(text)}.")
    return tuple(dict.fromkeys(parse(about.kind, part) for part in parts))


def in_range(kind: Kind, low: str, high: str, count: str, log: str | None) -> tuple[Any, ...]:
    """Return the values of a range, each as the setting takes it."""
    n = parse_whole_number(count, low=LEAST_IN_A_RANGE, high=MOST_AXIS_VALUES)
    first, last = parse_number(low), parse_number(high)
    if log and min(first, last) <= 0:
        raise ValueError(f"two ends above 0 for a logarithmic range; got {quoted(f'{low} to {high}')}.")
    between = np.geomspace(first, last, n) if log else np.linspace(first, last, n)
    # An end is what was typed, and a value in between has as many digits as it is shown with
    exact = [first, *(float(f"{value:.3g}") for value in between[1:-1].tolist()), last]
    texts = [str(round(value)) if isinstance(kind, Whole) else as_text(value) for value in exact]
    return tuple(dict.fromkeys(parse(kind, each) for each in texts))


def needed(about: Setting) -> str:
    """Return which texts are accepted for a setting."""
    example = EXAMPLES.get(type(about.kind))
    listed = first_values(about)
    return NEEDED.format(list="0.001, 0.01, 0.1", range=example) if example else f"a list such as {listed}"


def first_values(about: Setting) -> str:
    """Return the values that a sweep of a setting tries first, as they are typed."""
    return about.swept or f"{SEPARATOR} ".join(options(about.kind))


def numeric(values: tuple[Any, ...]) -> bool:
    """Return whether all values are numbers with a place on an axis."""
    return all(isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
               for value in values)  # fmt: skip


def wide(values: tuple[Any, ...]) -> bool:
    """Return whether numbers are so far apart that a logarithmic axis shows them better."""
    return numeric(values) and min(values) > 0 and max(values) >= 20 * min(values)
