"""The cells of both models' confusion matrices: which have examples, which ones, and in words."""

from typing import NamedTuple

import numpy as np

from mlp.experiments.outcome.judgement import Judgement
from mlp.view.outcome.gallery import both


class Cell(NamedTuple):
    """A cell of one model's confusion matrix: the true class and the class it said, as indices."""

    model: str
    shown: int
    said: int


def occurring_cells(counts: dict[str, np.ndarray]) -> dict[Cell, int]:
    """Return how many examples are in each cell that has any: the most frequent mistakes first, then the rest.

    Parameters
    ----------
    counts : dict of int arrays (n_classes, n_classes)
        By the model's name.
    """
    cells = {Cell(model, *at): int(n) for model, table in counts.items() for at, n in np.ndenumerate(table) if n}
    order = sorted(cells, key=lambda cell: (cell.shown == cell.said, -cells[cell]))
    return {cell: cells[cell] for cell in order}


def examples_in(cell: Cell, judgement: Judgement, y: np.ndarray) -> np.ndarray:
    """Return the test examples in a cell, the surest mistake or the least sure right answer first.

    Parameters
    ----------
    cell : Cell
    judgement : Judgement
        With the answers of the cell's model.
    y : int array of shape (n,)
        The true classes.
    """
    answers = dict(both(judgement))[cell.model]
    inside = np.flatnonzero((y == cell.shown) & (answers.said == cell.said))
    sign = 1 if cell.shown == cell.said else -1
    return inside[np.argsort(sign * answers.sure[inside], kind="stable")]


def cell_words(cell: Cell, count: int, classes: tuple[str, ...], noun: str) -> str:
    """Return a cell in words, such as 'Ours takes 5 for 9: 2 images'."""
    shown, said = classes[cell.shown], classes[cell.said]
    did = f"recognises {shown}" if cell.shown == cell.said else f"takes {shown} for {said}"
    return f"{cell.model} {did}: {count_words(count, noun)}"


def count_words(n: int, noun: str) -> str:
    """Return how many images or examples, in words."""
    return f"{n} {noun.removesuffix('s') if n == 1 else noun}"
