"""A table of runs that another program wrote: cells as text, and what a column can be in it.

The trackers' tables (MLflow, Weights & Biases, Trackio) have a row a run, or a row a step, with metrics beside names,
times and hashes; cells of runs that failed are empty.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.datasets.own_cells import is_missing, short
from mlp.datasets.own_lines import lines_of, separator_of
from mlp.datasets.own_numbers import number
from mlp.datasets.own_table import parted, rectangle
from mlp.datasets.own_text import text_of
from mlp.limits import TABLE_ROWS

TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("1", "1.0", "true", "right", "correct", "yes"), True),
    **dict.fromkeys(("0", "0.0", "false", "wrong", "incorrect", "no"), False),
}
PERCENT = 100.0


@dataclass(frozen=True, eq=False)
class Cells:
    """A column of a foreign table: its name, short enough to be shown, and its cells without blanks around them."""

    name: str
    cells: tuple[str, ...]

    def truths(self) -> Array | None:
        """Return right and wrong, shape (n,); None if a cell says neither."""
        found = [TRUTHS.get(cell.lower()) for cell in self.cells]
        return None if None in found else np.array(found)

    def numbers(self) -> Array | None:
        """Return the numbers, shape (n,), nan where a cell is empty; None if one is no number, or none is there."""
        found = [math.nan if not cell or is_missing(cell) else number_in(cell) for cell in self.cells]
        known = np.array([math.nan if value is None else value for value in found])
        return None if None in found or not np.isfinite(known).any() else known

    def accuracies(self) -> Array | None:
        """Return accuracies from 0 to 1, shape (n,), nan where one is missing; None if the column holds none.

        Per cents are read as such where a number is above 1 and the column's name says acc or %.
        """
        found = self.numbers()
        if found is None or np.nanmin(found) < 0 or np.isinf(found).any():
            return None
        if np.nanmax(found) <= 1:
            return found
        named = "acc" in self.name.lower() or "%" in self.name
        return found / PERCENT if named and np.nanmax(found) <= PERCENT else None


def number_in(cell: str) -> float | None:
    """Return the number in a cell, with a decimal point or a comma; None if it is none."""
    cell = cell.removesuffix("%").strip()
    with_point = number(cell, "point")
    return number(cell, "comma") if with_point is None else with_point


def foreign_table(content: bytes) -> tuple[Cells, ...]:
    """Return the columns of a CSV file.

    Raises
    ------
    ValueError
        A sentence that says what is needed, the limit and what came.
    """
    text, _ = text_of(content)
    lines = lines_of(text)
    separator = separator_of(lines)
    _, rows, count = rectangle(lines, separator)
    names, columns, _, _ = parted(rows, lines, separator)
    if not columns or not columns[0]:
        raise ValueError("Rows are needed below the names of the columns; this file has none.")
    if count > TABLE_ROWS + 1:
        raise ValueError(f"A table of at most {TABLE_ROWS:,} rows is needed; this one has {count:,}.")
    return tuple(Cells(told, cells) for told, cells in zip(unlike(names), columns, strict=True))


def unlike(names: Sequence[str]) -> list[str]:
    """Return names short enough to be shown, each with its number where it is blank or comes twice."""
    told = [short(name) or f"column {j + 1}" for j, name in enumerate(names)]
    return [name if told.count(name) == 1 else f"{name} ({j + 1})" for j, name in enumerate(told)]
