"""What the sheet gives: inputs and targets, then every layer's weights and biases, each below its own slope."""

from collections.abc import Sequence

import numpy as np

from mlp.exercises.explained.symbols import at, bold, velocity_at
from mlp.exercises.solve import Solution
from mlp.network import Layer
from mlp.view.numbers import editable_number
from mlp.view.sheet.blocks import Block
from mlp.view.sheet.cells import Cell, Entries, Given, Shown, cell_key, exact_text, shown
from mlp.view.sheet.matrix import Matrix, matrix
from mlp.view.sheet.names import numbered
from mlp.view.sheet.words import formula_of

Array = np.ndarray


def given_blocks(
    solution: Solution, decimals: int, entries: Entries, *, editable: bool = True, slopes: bool = True
) -> tuple[Block, ...]:
    """Return the blocks of all that is given, inputs and targets first.

    Parameters
    ----------
    solution : Solution
    decimals : int
        As in `format_number`.
    entries : mapping of str to Entry
        What was typed, by the cell's key, and what is said of it.
    editable : bool
        Whether the numbers can be changed.
    slopes : bool
        Whether the loss's derivative stands below each weight and bias.
    """
    exercise = solution.exercise
    writer = Writer(decimals, entries, editable)
    blocks = [writer.examples("inputs", "x", exercise.X), writer.examples("targets", "y", exercise.Y)]
    for l in range(1, len(exercise.network.layers) + 1):
        blocks.append(writer.layer(solution, l, slopes=slopes))
        if exercise.velocity:
            blocks.append(writer.velocity(exercise.velocity[l - 1], l))
    return tuple(blocks)


class Writer:
    """Writes what is given, as inputs or as numbers to be read."""

    def __init__(self, decimals: int, entries: Entries, editable: bool) -> None:
        self.decimals, self.entries, self.editable = decimals, entries, editable

    def examples(self, table: str, letter: str, values: Array) -> Block:
        """Return the inputs or the targets: an example is a row to be edited, else a column as in the solution."""
        name, columns = {"inputs": "Inputs x", "targets": "Targets y"}[table], numbered(letter, values.shape[1])
        rows = tuple(f"example {j}" for j in range(1, len(values) + 1))
        if not self.editable:
            read = matrix(name, values.T, self.decimals, columns, rows if len(rows) > 1 else ())
            # As the formulas call it: where the solution is not there to be read, nothing else says so
            symbol = f"{bold(letter)} = {at('h', 0)}" if table == "inputs" else bold(letter)
            return Block(f"given {table}", name, formula_of(symbol), ((read,),))
        cells = tuple(
            tuple(self.cell(table, j, k, value, f"{letter}, {rows[j]}, {columns[k]}") for k, value in enumerate(row))
            for j, row in enumerate(values.tolist())
        )
        return Block(f"given {table}", name, formula_of(bold(letter)), ((Matrix(name, cells, rows, columns),),))

    def layer(self, solution: Solution, l: int, *, slopes: bool) -> Block:
        """Return a layer's weights beside its biases."""
        layer, gradients = solution.exercise.network.layers[l - 1], solution.gradients
        below = numbered("x" if l == 1 else "h", layer.W.shape[1])
        rows = tuple(f"unit {k}" for k in range(1, len(layer.b) + 1))
        places = [f"from {name}" for name in below]
        weights = self.grid(f"layer {l}", f"W[{l}]", layer.W, rows, places, gradients.W[l] if slopes else None, 0)
        slope = gradients.b[l][:, np.newaxis] if slopes else None
        biases = self.grid(f"layer {l}", f"b[{l}]", layer.b[:, np.newaxis], rows, [""], slope, len(below))
        parts = (Matrix(f"W[{l}]", weights, rows, below), Matrix(f"b[{l}]", biases, rows, ("b",)))
        return Block(f"given {l}", f"W[{l}] and b[{l}]", formula_of(rf"{at('W', l)},\;{at('b', l)}"), (parts,))

    def velocity(self, layer: Layer, l: int) -> Block:
        """Return the velocity of a layer's weights and biases before the step, to be read."""
        parts = (
            matrix(f"v of W[{l}] before", layer.W, self.decimals),
            matrix(f"v of b[{l}] before", layer.b[:, np.newaxis], self.decimals),
        )
        formula = formula_of(rf"{velocity_at('W', l)},\;{velocity_at('b', l)}")
        return Block(f"given v{l}", f"v of W[{l}] and b[{l}] before the step", formula, (parts,))

    def grid(
        self, table: str, name: str, values: Array, rows: Sequence[str], places: Sequence[str],
        slopes: Array | None, first: int,
    ) -> tuple[tuple[Cell, ...], ...]:  # fmt: skip
        """Return the cells of weights or biases, each with the loss's derivative by it."""
        return tuple(
            tuple(
                self.cell(
                    table, i, first + j, value, ", ".join(filter(None, (name, rows[i], places[j]))),
                    None if slopes is None else shown(float(slopes[i, j]), self.decimals),
                )
                for j, value in enumerate(row)
            )
            for i, row in enumerate(values.tolist())
        )  # fmt: skip

    def cell(self, table: str, row: int, column: int, value: float, label: str, slope: Shown | None = None) -> Cell:
        """Return a number that is given."""
        if not self.editable:
            return shown(value, self.decimals)
        key = cell_key(table, row, column)
        entry = self.entries.get(key)
        text = entry.text if entry else editable_number(value, self.decimals)
        sentence = entry.sentence if entry else ""
        return Given(key, text, exact_text(value), label, sentence, slope, f"∂L/∂{label}" if slope else "")
