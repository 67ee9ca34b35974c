"""What a quantity, and a cell of it, is called in a sentence."""

from mlp.exercises import Exercise
from mlp.losses import LOSSES
from mlp.practice.chain import places

PATTERNS = {
    "z": "z[{l}]",
    "h": "h[{l}]",
    "L of": "the loss of example {l}",
    "L": "the loss L",
    "dz": "dL/dz[{l}]",
    "dh": "dL/dh[{l}]",
    "dW": "dL/dW[{l}]",
    "db": "dL/db[{l}]",
    "vW": "v of W[{l}]",
    "vb": "v of b[{l}]",
    "W new": "the new W[{l}]",
    "b new": "the new b[{l}]",
    "L after": "the loss after the step",
}


def quantity_words(exercise: Exercise, name: str) -> str:
    """Return what a quantity is called in a sentence: "dL/dW[2]", "the new b[1]"."""
    place = places(exercise)[name]
    if place.kind == "output":
        return f"the output {LOSSES[exercise.network.loss].letter}"
    return PATTERNS[place.kind].format(l=place.index)


def cell_words(shape: tuple[int, int], row: int, column: int) -> str:
    """Return where a cell stands, counted from 1, saying no more than is needed: "row 2", "row 2, column 1"."""
    parts = [f"row {row + 1}"] * (shape[0] > 1) + [f"column {column + 1}"] * (shape[1] > 1)
    return ", ".join(parts)
