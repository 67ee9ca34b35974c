"""The tables in which an exercise's numbers are edited: weights and biases, inputs, targets.

They show text, so that 0,5 and 1/3 are read and a wrong entry stays where it was typed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlp import Layer
from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.limits import LARGEST_TYPED
from mlp.untrusted.numbers import parse_number
from mlp.view.numbers import format_number

Cell = tuple[str, int, int]
EXAMPLES = {"inputs": "X", "targets": "Y"}
DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, eq=False)
class Table:
    """A table that can be edited: a layer's weights and biases, the inputs, or the targets."""

    name: str
    title: str
    values: Array
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def tables_of(exercise: Exercise) -> Iterator[Table]:
    """Yield the tables of an exercise: each layer's [W | b], the inputs, the targets."""
    sizes = exercise.network.sizes
    for l, layer in enumerate(exercise.network.layers, start=1):
        below = numbered("x" if l == 1 else "h", sizes[l - 1])
        values = np.column_stack([layer.W, layer.b])
        title = rf"$\mathbf W^{{[{l}]}}$ and $\mathbf b^{{[{l}]}}$"
        yield Table(f"layer {l}", title, values, tuple(f"unit {k}" for k in range(1, sizes[l] + 1)), (*below, "b"))
    rows = tuple(f"ex. {j}" for j in range(1, len(exercise.X) + 1))
    yield Table("inputs", r"Inputs $\mathbf x$", exercise.X, rows, numbered("x", sizes[0]))
    yield Table("targets", r"Targets $\mathbf y$", exercise.Y, rows, numbered("y", sizes[-1]))


def numbered(letter: str, count: int) -> tuple[str, ...]:
    """Return x₁, x₂, ..."""
    return tuple(letter + str(k).translate(DIGITS) for k in range(1, count + 1))


def with_tables(exercise: Exercise, values: dict[str, Array]) -> Exercise:
    """Return the exercise with the values of its tables, by table name."""
    depth = len(exercise.network.layers)
    layers = tuple(Layer(values[f"layer {l}"][:, :-1], values[f"layer {l}"][:, -1]) for l in range(1, depth + 1))
    network = replace(exercise.network, layers=layers)
    return replace(exercise, network=network, X=values["inputs"], Y=values["targets"])


def with_entries(
    exercise: Exercise, tables: Iterable[Table], entries: dict[Cell, str], last: Exercise
) -> tuple[Exercise, dict[Cell, str]]:
    """Return the exercise with what was typed into its tables, and the entries that are not numbers.

    In the place of those the last valid number counts: what the cell had in the exercise `last`, of the same sizes.
    """
    values, refused = {table.name: table.values.copy() for table in tables}, {}
    for (name, row, column), text in entries.items():
        try:
            values[name][row, column] = parse_number(text, low=-LARGEST_TYPED, high=LARGEST_TYPED)
        except ValueError:
            refused[name, row, column] = text
            values[name][row, column] = value_at(last, (name, row, column))
    return with_tables(exercise, values), refused


def value_at(exercise: Exercise, cell: Cell) -> float:
    """Return the number in a cell of an exercise's tables."""
    name, row, column = cell
    if name in EXAMPLES:
        return float(getattr(exercise, EXAMPLES[name])[row, column])
    layer = exercise.network.layers[int(name.removeprefix("layer ")) - 1]
    return float(np.append(layer.W[row], layer.b[row])[column])


def still_fitting(refused: dict[Cell, str], exercise: Exercise, resized: Exercise) -> dict[Cell, str]:
    """Return the refused entries whose cell has the same place in a resized exercise."""
    if not refused:
        return {}
    before = {table.name: table for table in tables_of(exercise)}
    after = {table.name: table for table in tables_of(resized)}
    return {
        (name, row, column): text
        for (name, row, column), text in refused.items()
        if name in after and row < len(after[name].rows) and before[name].columns == after[name].columns
    }


def sentence_of(exercise: Exercise, cell: Cell, text: str) -> str:
    """Return what is said of an entry that is not a number: what is needed, and with what the exercise goes on."""
    name, row, column = cell
    table = next(table for table in tables_of(exercise) if table.name == name)
    place = f"{name.capitalize()}, {table.rows[row]}, {table.columns[column]}"
    return f"{place}: needed is {refusal(text)} Going on with {format_number(value_at(exercise, cell))}."


def refusal(text: str) -> str:
    """Return the sentence that says what an entry needs to be."""
    try:
        parse_number(text, low=-LARGEST_TYPED, high=LARGEST_TYPED)
    except ValueError as error:
        return str(error)
    return ""
