"""A visitor's own table as a data set: columns of numbers and one of classes, or a sentence that says why not."""

import hashlib
from collections import Counter

import numpy as np

from mlp.datasets.dataset import Dataset
from mlp.datasets.own_cells import MISSING, distinct, number, short
from mlp.datasets.own_table import Table, read_table

OWN = "own"
LEAST_CLASSES, CLASSES, LEAST_EXAMPLES = 2, 50, 2
LARGEST_NUMBER = 1e15


def own_dataset(content: bytes, label: int | None = None) -> Dataset:
    """Return the data set in a CSV file, named by a hash of the file and the label column.

    Parameters
    ----------
    content : bytes
        As `read_table` reads it.
    label : int, optional
        Which column holds the classes, counted from 0; the last one by default.

    Raises
    ------
    ValueError
        A sentence that says what is needed, the limit and what came.
    """
    return labelled(read_table(content), label, content)


def labelled(table: Table, label: int | None, content: bytes) -> Dataset:
    """Return a table that was read from `content` as a data set."""
    columns = len(table.columns)
    label = columns - 1 if label is None else label
    if not 0 <= label < columns:
        raise ValueError(f"The label column must be one of the {columns} columns; column {label + 1} was asked for.")
    names, y = classes_of(table, label)
    features = [j for j in range(columns) if j != label]
    X = np.column_stack([numbers_of(table, j) for j in features])
    digest = hashlib.sha256(content + f" label {label}".encode()).hexdigest()[:16]
    return Dataset(f"{OWN}:{digest}", X, y, names, "", None, tuple(table.columns[j] for j in features))


def is_own(name: str) -> bool:
    """Return whether a data set of that name is a visitor's own."""
    return name == OWN or name.startswith(f"{OWN}:")


def classes_of(table: Table, label: int) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the classes in a column, in order, and the index of each row's."""
    cells, name = [row[label] for row in table.rows], table.columns[label]
    if "" in cells:
        raise ValueError(f"Every cell needs a value; the label '{name}' has none in {line_of(table, cells.index(''))}.")
    counts = Counter(cells)
    require_classes(counts, name)
    found = sorted(counts, key=lambda cell: order_of(cell, table.decimal_comma))
    indices = {cell: k for k, cell in enumerate(found)}
    return distinct(found), np.array([indices[cell] for cell in cells], dtype=np.int64)


def order_of(cell: str, comma: bool) -> tuple[float, str]:
    """Return what classes are sorted by: numbers by size, and then texts by their letters."""
    value = number(cell, comma)
    return (np.inf if value is None or np.isnan(value) else value), cell


def require_classes(counts: Counter, name: str) -> None:
    """Raise a ValueError unless a column's values are few enough to be classes, and each has examples enough."""
    if len(counts) > CLASSES:
        raise ValueError(
            f"A label of {LEAST_CLASSES} to {CLASSES} classes is needed; '{name}' has {len(counts):,}. It is probably "
            "a number to predict: choose another column."
        )
    if len(counts) < LEAST_CLASSES:
        only = short(next(iter(counts)))
        raise ValueError(f"A label of {LEAST_CLASSES} to {CLASSES} classes is needed; '{name}' has only '{only}'.")
    rarest, times = min(counts.items(), key=lambda item: item[1])
    if times < LEAST_EXAMPLES:
        raise ValueError(
            f"Each class needs at least {LEAST_EXAMPLES} examples; '{short(rarest)}' in '{name}' has {times}."
        )


def numbers_of(table: Table, column: int) -> np.ndarray:
    """Return the numbers of a column."""
    values = [number(row[column], table.decimal_comma) for row in table.rows]
    for i, value in enumerate(values):
        if value is None or not abs(value) <= LARGEST_NUMBER:
            raise ValueError(wrong_cell(table, i, column))
    return np.array(values)


def wrong_cell(table: Table, i: int, column: int) -> str:
    """Return what is wrong with a cell that is no usable number."""
    cell, where = table.rows[i][column], f"column '{table.columns[column]}'"
    there = f"'{short(cell)}' in {line_of(table, i)}"
    if cell.lower() in MISSING:
        came = f" but '{cell}'" if cell else ""
        return f"Every cell needs a value; {where} has none{came} in {line_of(table, i)}."
    if number(cell, table.decimal_comma) is None:
        return f"Every column but the label needs numbers; {where} has {there}."
    return f"Numbers of at most {LARGEST_NUMBER:g} in size are needed; {where} has {there}."


def line_of(table: Table, i: int) -> str:
    """Return where a row stands in the file."""
    return f"line {table.lines[i]} of the file"
