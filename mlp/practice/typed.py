"""What a student has written down: a number, and how exactly she has said it."""

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np

from mlp.arrays import Array
from mlp.limits import LONGEST_ANSWER
from mlp.practice.rounding import half_unit
from mlp.untrusted.notation import plain_number
from mlp.untrusted.numbers import parse_number

EXACT, FEWEST_DIGITS = 15, 3
SLACK, ROUNDING = 1e-12, 1e-6
# 0.00 may be a small number that was rounded, 0.0 and 0 say that it is none
ROUNDED_ZERO = 0.005
BLANKS = ("", "nan")
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Written:
    """An answer, cell by cell, as it looks on paper.

    Attributes
    ----------
    values : array of shape (rows, columns)
        nan where nothing was written.
    units : array of the same shape
        Half a unit of the last digit of each: how far a rounded number can be from what was meant; 0 for a fraction.
    digits : int array of the same shape
        How many significant digits were written.
    text : bool
        Whether it came as text, in which trailing zeros count: 0.10 says more than 0.1.
    """

    values: Array
    units: Array
    digits: Array
    text: bool


def read_answer(name: str, answer: object, shape: tuple[int, int]) -> Written:
    """Return an answer as it stands on paper.

    Parameters
    ----------
    name : str
        Of the quantity, for the errors.
    answer : number, text, or a sequence or array of them
        A cell may be a number, text such as "0.291", "0,5", "1/3", "½", "1e-3" or "1.5·10^-3", and None, nan or blank
        where nothing is written yet.
    shape : (int, int)
        Of the quantity on paper; a column may come as a plain sequence.

    Raises
    ------
    ValueError
        If the shape is another one, or a cell is not a number.
    """
    cells = np.array(answer, dtype=object)
    column = shape[1] == 1 and cells.shape == shape[:1]
    if cells.shape != shape and not column and not (shape == (1, 1) and cells.size == 1):
        raise ValueError(f"{name} needs {shape[0]} rows of {shape[1]}, as on paper; got the shape {cells.shape}.")
    read = [read_cell(name, cell) for cell in cells.ravel()]
    return Written(
        values=np.array([value for value, _, _ in read]).reshape(shape),
        units=np.array([unit for _, unit, _ in read]).reshape(shape),
        digits=np.array([digits for _, _, digits in read]).reshape(shape),
        text=any(isinstance(cell, str) for cell in cells.ravel()),
    )


def legible(rows: Rows) -> Rows:
    """Return an answer's texts with blanks for those that are no numbers: they are as good as not written."""
    return tuple(tuple(text if is_legible(text) else "" for text in row) for row in rows)


def is_legible(text: str) -> bool:
    """Return whether a cell is a number, or blank."""
    try:
        read_cell("A cell", text)
    except ValueError:
        return False
    return True


def read_cell(name: str, cell: object) -> tuple[float, float, int]:
    """Return the value of one cell, half a unit of its last digit, and how many significant digits it has."""
    text = cell if isinstance(cell, str) else number_text(name, cell)
    if text.strip() in BLANKS:
        return math.nan, 0.0, 0
    if len(text) > LONGEST_ANSWER:
        raise ValueError(f"{name} needs a number of at most {LONGEST_ANSWER} characters.")
    try:
        return read_number(text)
    except ValueError as error:
        raise ValueError(f"{name} needs {error}") from None


@lru_cache(maxsize=2048)
def read_number(text: str) -> tuple[float, float, int]:
    """Return a number's value, half a unit of its last digit, and its digits; every edit reads all cells anew."""
    return (parse_number(text), *precision(text))


def number_text(name: str, cell: object) -> str:
    """Return a number that is no text as one, "nan" for None."""
    try:
        return repr(math.nan if cell is None else float(str(cell)))
    except ValueError:
        raise ValueError(f"{name} needs numbers, or text that is one; got {type(cell).__name__}.") from None


def precision(text: str) -> tuple[float, int]:
    """Return half a unit of the last digit written, and the number of significant digits; a fraction is exact."""
    plain = plain_number(text)
    if plain is None or "/" in plain:
        return 0.0, EXACT
    _, digits, exponent = Decimal(plain).as_tuple()
    # As a float, since 0e999 is a number and 10.0 ** 999 is none
    return 0.5 * float(f"1e{exponent}"), len(digits) if any(digits) else 1


def is_so_far(written: Written, value: Array) -> Array:
    """Return which cells are a value in the digits they have: 0.100 for 0.0997, which a z of 0.1 would be too."""
    return (np.abs(written.values - value) <= written.units * (1.0 + ROUNDING)) & ~says_zero(written)


def says_zero(written: Written) -> Array:
    """Return which cells are 0, and not a small number that was rounded."""
    return (written.values == 0.0) & (written.units > ROUNDED_ZERO)


def rounded_too_far(written: Written, *values: Array) -> Array:
    """Return which cells have too few digits: a number that is exact, and 0, needs no more than it has."""
    exact = says_zero(written)
    for value in values:
        exact |= exactly(written.values, value)
    return (written.digits < FEWEST_DIGITS) & ~exact


def exactly(values: Array, others: Array) -> Array:
    """Return where two arrays agree to rounding noise."""
    return np.abs(values - others) <= SLACK + 1e-9 * np.abs(others)


def agrees(written: Written, right: Array, rough: Array) -> Array:
    """Return where a number without text agrees to three digits: 0.300 has come as 0.3."""
    room = np.maximum(rough, half_unit(right, FEWEST_DIGITS))
    return (np.abs(written.values - right) <= room) & (not written.text)
