"""A column of a visitor's table, read once: as numbers, and as classes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp.datasets.own_cells import is_missing, short
from mlp.datasets.own_numbers import COMMA, number
from mlp.limits import LARGEST_FEATURE, MOST_CLASSES


@dataclass(frozen=True, eq=False)
class Column:
    """A column by what it can be.

    Attributes
    ----------
    name : str
        Short enough to be shown.
    count, distinct : int
        How many cells it has, and how many different ones.
    numbers : float array, or None
        None where a cell is no usable number.
    wrong : str
        The sentence about the first such cell; else empty.
    texts : tuple of str
        The different cells, in the order in which they come; none where there are more than `MOST_CLASSES`.
    codes : int array
        Which of the texts stands in each row.
    missing : int, or None
        The first row whose cell says that there is no value.
    missing_text : str
        What it says.
    padded : bool
        Whether some of the texts differed in blanks around them.
    """

    name: str
    count: int
    distinct: int
    numbers: np.ndarray | None
    wrong: str
    texts: tuple[str, ...]
    codes: np.ndarray
    missing: int | None
    missing_text: str = ""
    padded: bool = False


def column_of(name: str, cells: Sequence[str], unstripped: Sequence[str], decimal: str, lines: Sequence[int]) -> Column:
    """Return a column of cells.

    Parameters
    ----------
    name : str
    cells, unstripped : sequence of str
        Without and with the blanks around them.
    decimal : {"point", "comma"}
        The decimal sign of the file.
    lines : sequence of int
        The line of the file in which each row ends.
    """
    numbers, wrong = numbers_of(cells, decimal)
    different = dict.fromkeys(cells)
    few = len(different) <= MOST_CLASSES
    indices = {text: k for k, text in enumerate(different)} if few else {}
    codes = np.array(list(map(indices.__getitem__, cells)) if few else [], dtype=np.int64)
    no_value = set() if numbers is not None and not few else set(filter(is_missing, different))
    missing = next((row for row, cell in enumerate(cells) if cell in no_value), None) if no_value else None
    sentence = "" if wrong is None else wrong_cell(name, cells[wrong], decimal, f"line {lines[wrong]} of the file")
    return Column(name, len(cells), len(different), numbers, sentence, tuple(indices), codes, missing,
                  "" if missing is None else cells[missing], few and len(set(unstripped)) > len(different))  # fmt: skip


def numbers_of(cells: Sequence[str], decimal: str) -> tuple[np.ndarray | None, int | None]:
    """Return the numbers in some cells, or None and which cell is the first without one that can be used."""
    values = quick_numbers(cells, decimal)
    if values is None:
        values = []
        for row, cell in enumerate(cells):
            if (value := number(cell, decimal)) is None:
                return None, row
            values.append(value)
    array = np.array(values)
    unusable = ~(np.abs(array) <= LARGEST_FEATURE)
    return (None, int(unusable.argmax())) if unusable.any() else (array, None)


def quick_numbers(cells: Sequence[str], decimal: str) -> list[float] | None:
    """Return the numbers in cells that Python reads as they are, decimal commas aside; None if there are others."""
    everything = "".join(cells)
    if "_" in everything or len(everything) > 1000 * len(cells) or (decimal == COMMA and "." in everything):
        return None
    try:
        return [float(cell.replace(",", ".")) for cell in cells] if decimal == COMMA else list(map(float, cells))
    except ValueError:
        return None


def wrong_cell(name: str, cell: str, decimal: str, line: str) -> str:
    """Return what is wrong with a cell that is no usable number."""
    where, there = f"column '{name}'", f"'{short(cell)}' in {line}"
    if is_missing(cell):
        came = f" but '{cell}'" if cell else ""
        return f"Every cell needs a value; {where} has none{came} in {line}. Fill it in, or take the row out."
    if number(cell, decimal) is None:
        return f"Every column but the label needs numbers; {where} has {there}."
    return f"Numbers of at most {LARGEST_FEATURE:g} in size are needed; {where} has {there}."
