"""What the rows of the network diagram's table have in common: where things stand, and how numbers are written."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlp.arrays import Array
from mlp.view.numbers import format_number

# A column each: a list with an entry for every row, or one value for all rows
Block = dict[str, Any]
# How clear a thing is: on its own, in the background, and beside a step that is marked
PLAIN, FAINT, FADED = 0.9, 0.6, 0.15
# Above so many edges from one layer to the next they are drawn thinner and fainter
MANY_EDGES = 25


def largest_layer(sizes: Sequence[int]) -> int:
    """Return the largest number of weights from one layer to the next."""
    return max(a * b for a, b in zip(sizes, sizes[1:], strict=False))


def unit_rows(sizes: Sequence[int], layer: int) -> list[float]:
    """Return where a layer's units stand, centred above the row of the bias units."""
    return [(max(sizes) - sizes[layer]) / 2 + i + 0.5 for i in range(sizes[layer])]


def written(values: Array, reference: float, covered: bool, decimals: int) -> Block:
    """Return numbers as text, with their sign and their size relative to the reference.

    What is covered is a question mark without sign or size; what overflows has none either, and says so.
    """
    if covered:
        return {"text": ["?"] * len(values)}
    numbers = values.tolist()
    clear = [value if math.isfinite(value) else 0.0 for value in numbers]
    return {
        "text": [format_number(value, decimals) for value in numbers],
        "sign": ["positive" if value > 0 else "negative" if value < 0 else "zero" for value in clear],
        "size": [min(1.0, abs(value) / reference) if reference else 0.0 for value in clear],
    }


def exact_texts(values: Array, covered: bool) -> list[str]:
    """Return numbers with all their digits; a question mark for what is covered, words for what overflows."""
    if covered:
        return ["?"] * values.size
    # Adding 0 makes a 0 of a -0
    return [repr(value) if math.isfinite(value) else format_number(value) for value in (values.ravel() + 0.0).tolist()]


def largest(values: Array) -> float:
    """Return the largest absolute value of those that are finite, 0 where none is."""
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


def short_texts(values: Array, covered: bool) -> list[str]:
    """Return numbers with two decimals, small ones with one digit and an exponent: for where there is little space."""
    if covered:
        return ["?"] * len(values)
    return [format_number(value, 0 if abs(value) < 0.005 else 2) for value in values.tolist()]
