"""Columns of a visitor's table that only number or name its rows: no features, however well they tell the classes."""

import re
from collections.abc import Sequence

import numpy as np

from mlp.datasets.own_column import Column
from mlp.datasets.own_header import ROW_NAMES

# Names of a column that is no feature whatever its numbers are, if each comes once
IDENTIFIERS = frozenset({"id", "ids", "index", "idx", "rowid", "row id", "uid", "row names", "rownames", "row name"})
# Names of one that is none if it counts
COUNTERS = IDENTIFIERS | {
    "", "#", "no", "nr", "num", "number", "n", "row", "rows", "row number", "rownumber", "row no", "obs", "observation",
    "case", "sample", "sample number", "record", "serial", "serial no", "serial number", "sno", "s no", "sl no", "key",
    "line", "order", "item", "instance", "example", "x",
}  # fmt: skip
# What pandas and R call a column without a name when they read one
UNNAMED = re.compile(r"(unnamed: \d{1,4}(\.\d{1,4})?|\.\.\.\d{1,4}|level 0)?")
ROWS_THAT_COUNT = 10


def numbering_columns(columns: Sequence[Column], raw: Sequence[str]) -> tuple[int, ...]:
    """Return which columns number or name the rows.

    Parameters
    ----------
    columns : sequence of Column
    raw : sequence of str
        Their names as in the file, empty for one without; all empty where the file has no names.
    """
    named = any(raw)
    return tuple(j for j, column in enumerate(columns) if numbers_rows(column, plain(raw[j]), j, named))


def plain(name: str) -> str:
    """Return a name in small letters without what parts its words."""
    return " ".join(name.lower().replace("_", " ").replace("-", " ").rstrip(".").split())


def numbers_rows(column: Column, name: str, j: int, named: bool) -> bool:
    """Return whether a column only numbers or names the rows."""
    if column.distinct < column.count or column.missing is not None:
        return False
    if not named:
        return j == 0 and column.count >= ROWS_THAT_COUNT and is_counting(column)
    if j == 0 and UNNAMED.fullmatch(name):
        return column.numbers is None or is_whole(column)
    if name in IDENTIFIERS or UNNAMED.fullmatch(name):
        return is_whole(column) or name == ROW_NAMES
    known = name in COUNTERS or name.endswith("id")
    return known and (column.count >= ROWS_THAT_COUNT or name != "x") and is_counting(column)


def doubt_words(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return what to think of if the first column counts the rows and is a feature all the same."""
    first = columns[0]
    if first.count < ROWS_THAT_COUNT or not is_counting(first):
        return ()
    return (f"'{first.name}' counts the rows: if that is all it does, take it out of the file.",)


def is_whole(column: Column) -> bool:
    """Return whether all cells of a column are whole numbers."""
    return column.numbers is not None and bool((column.numbers == np.floor(column.numbers)).all())


def is_counting(column: Column) -> bool:
    """Return whether a column is 0, 1, 2 and so on, or 1, 2, 3."""
    if column.numbers is None:
        return False
    start = column.numbers[0]
    return start in (0.0, 1.0) and bool((column.numbers == start + np.arange(column.count)).all())


def numbering_words(names: Sequence[str], kept: bool) -> str:
    """Return what was done with columns that number the rows."""
    listed = " and ".join(f"'{name}'" for name in names)
    one = len(names) == 1
    if kept:
        return f"{listed} {'numbers' if one else 'number'} the rows and {'is' if one else 'are'} used as asked."
    return f"{listed} {'was' if one else 'were'} left out: {'it only numbers' if one else 'they only number'} the rows."
