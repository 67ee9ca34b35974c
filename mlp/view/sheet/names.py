"""The quantities of a solution in plain text, for index, screen readers and the line that tells all digits."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from mlp.exercises.explained.steps import Step

STEP = re.compile(r"(?P<mark>[dv]?)(?P<letter>[zhWb])(?P<layer>\d+)(?P<new> new)?")
MARKS = {"d": "∂L/∂", "v": "v of "}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
PLAIN = {"h0": "x", "output": "output", "L": "L", "L after": "L after the step"}


@lru_cache(maxsize=256)
def spoken(name: str) -> str:
    """Return a step's quantity: "dW2" is ∂L/∂W[2], "vW1" is v of W[1], "b3 new" is new b[3], "h0" is x."""
    found = STEP.fullmatch(name)
    if name in PLAIN or not found:
        return PLAIN.get(name, name)
    symbol = f"{found['letter']}[{found['layer']}]"
    return MARKS[found["mark"]] + symbol if found["mark"] else f"new {symbol}" if found["new"] else symbol


def put_in(step: Step) -> Iterator[str]:
    """Yield a name for each of the matrices and numbers put in, in reading order; "put in" where it has none."""
    found = STEP.fullmatch(step.name)
    # With momentum the new values are made of two matrices: the old values and the velocity
    moved = "new" in step.name and any(isinstance(term, str) and term == "+" for term in step.terms)
    names = iter(TERMS.get(form_of(step.name) + " by v" * moved, ()))
    layer = int(found["layer"]) if found else 0
    for value in step.terms:
        if not isinstance(value, str):
            yield next(names, "put in").format(l=layer, below=layer - 1, above=layer + 1).replace("h[0]", "x")


@lru_cache(maxsize=256)
def form_of(name: str) -> str:
    """Return a step's name without its layer: "dW", "b new"."""
    return re.sub(r"\d+", "", name)


TERMS = {
    "z": ("W[{l}]", "h[{below}]", "b[{l}]"),
    "h": ("z[{l}]",),
    "dW": ("∂L/∂z[{l}]", "h[{below}] as a row for each example"),
    "dh": ("W[{above}] transposed", "∂L/∂z[{above}]"),
    "W new": ("W[{l}]", "η", "∂L/∂W[{l}]"),
    "b new": ("b[{l}]", "η", "∂L/∂b[{l}]"),
    "vW": ("μ", "v of W[{l}] before", "η", "∂L/∂W[{l}]"),
    "vb": ("μ", "v of b[{l}] before", "η", "∂L/∂b[{l}]"),
    "W new by v": ("W[{l}]", "v of W[{l}]"),
    "b new by v": ("b[{l}]", "v of b[{l}]"),
}


def units(layer: int, count: int) -> tuple[str, ...]:
    """Return the names of a layer's units: x₁, x₂ of the inputs, else unit 1, unit 2."""
    return numbered("x", count) if layer == 0 else tuple(f"unit {k}" for k in range(1, count + 1))


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """Return x₁, x₂, ..."""
    return tuple(letter + subscript(k) for k in range(1, count + 1))


def subscript(k: int) -> str:
    """Return a number as a subscript."""
    return str(k).translate(SUBSCRIPTS)


def result_names(
    step: Step, shape: tuple[int, ...], selected: Sequence[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the rows and columns of the matrix that comes out of a step."""
    rows, columns = shape
    found = STEP.fullmatch(step.name)
    letter = found["letter"] if found else "h"
    if letter == "W":
        below = numbered("x" if step.layer == 1 else "h", columns)
        return units(step.layer, rows), tuple(f"from {name}" for name in below)
    if letter == "b":
        return units(step.layer, rows), ("bias",)
    return units(step.layer, rows), tuple(f"example {j + 1}" for j in selected)
