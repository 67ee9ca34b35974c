"""Every quantity of a solution as CSV, one number a line."""

import csv
import io
from collections.abc import Iterator

import numpy as np

from mlp.arrays import Array
from mlp.exercises.solve import Solution
from mlp.optimizers import Velocity

Line = tuple[str, int | str, int | str, int | str, int | str, str]
COLUMNS = ("quantity", "layer", "example", "row", "column", "value")


def quantities_csv(solution: Solution) -> str:
    """Return all quantities as CSV, counted from 1, every value as `repr` writes it.

    The columns are quantity, layer, example (as numbered in the exercise; blank for what belongs to the batch), row
    (the unit), column (the unit below, for weights) and value.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*given_lines(solution), *forward_lines(solution), *backward_lines(solution)))
    writer.writerows(update_lines(solution))
    return text.getvalue()


def given_lines(solution: Solution) -> Iterator[Line]:
    """Yield eta, the parameters, the inputs and the targets."""
    yield ("learning rate", "", "", "", "", repr(float(solution.exercise.learning_rate)))
    for l, layer in enumerate(solution.exercise.network.layers, start=1):
        yield from matrix_lines("W", l, layer.W)
        yield from vector_lines("b", l, layer.b)
    if solution.exercise.momentum:
        yield ("momentum", "", "", "", "", repr(float(solution.exercise.momentum)))
        yield from velocity_lines("v of ", solution.exercise.velocity_before)
    yield from batch_lines("x", 0, solution.X, solution)
    yield from batch_lines("y", len(solution.exercise.network.layers), solution.Y, solution)


def forward_lines(solution: Solution) -> Iterator[Line]:
    """Yield z and h of each layer, and the losses."""
    passed = solution.forward_pass
    for l, z in enumerate(passed.z, start=1):
        yield from batch_lines("z", l, z, solution)
        yield from batch_lines("h" if l < len(passed.z) else "output", l, passed.h[l], solution)
    for j, value in zip(solution.exercise.selected, solution.losses, strict=True):
        yield ("loss", "", j + 1, "", "", repr(float(value)))
    yield ("loss", "", "", "", "", repr(float(solution.loss)))


def backward_lines(solution: Solution) -> Iterator[Line]:
    """Yield every derivative, from the last layer to the first; the batch's dL/dh, dL/dz one example a line."""
    gradients = solution.gradients
    for l in range(len(gradients.W), 0, -1):
        yield from batch_lines("dL/dh", l, gradients.h[l], solution)
        yield from batch_lines("dL/dz", l, gradients.z[l], solution)
        yield from matrix_lines("dL/dW", l, gradients.W[l])
        yield from vector_lines("dL/db", l, gradients.b[l])


def update_lines(solution: Solution) -> Iterator[Line]:
    """Yield the new parameters, and the loss with them."""
    if solution.exercise.momentum:
        yield from velocity_lines("new v of ", solution.velocity)
    for l, layer in enumerate(solution.network.layers, start=1):
        yield from matrix_lines("new W", l, layer.W)
        yield from vector_lines("new b", l, layer.b)
    yield ("loss after", "", "", "", "", repr(float(solution.loss_after)))


def velocity_lines(words: str, velocity: Velocity) -> Iterator[Line]:
    """Yield the velocity of every parameter."""
    for l, layer in enumerate(velocity, start=1):
        yield from matrix_lines(f"{words}W", l, layer.W)
        yield from vector_lines(f"{words}b", l, layer.b)


def matrix_lines(quantity: str, layer: int, values: Array) -> Iterator[Line]:
    """Yield a matrix, row by row."""
    for (row, column), value in np.ndenumerate(values):
        yield (quantity, layer, "", row + 1, column + 1, repr(float(value)))


def vector_lines(quantity: str, layer: int, values: Array) -> Iterator[Line]:
    """Yield a vector."""
    for row, value in enumerate(values, start=1):
        yield (quantity, layer, "", row, "", repr(float(value)))


def batch_lines(quantity: str, layer: int, values: Array, solution: Solution) -> Iterator[Line]:
    """Yield a batch's values, example by example."""
    for (row, unit), value in np.ndenumerate(values):
        yield (quantity, layer, solution.exercise.selected[row] + 1, unit + 1, "", repr(float(value)))
