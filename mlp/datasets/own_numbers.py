"""The numbers of a visitor's table: their format belongs to the file, and decides what 1.250 is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mlp.limits import LONGEST_NUMBER

POINT, COMMA = "point", "comma"
SIGNS = {POINT: ".", COMMA: ","}
OTHER = {".": ",", ",": "."}
# Separators of tables in which a decimal comma, and with it the point of thousands, is usual
EUROPEAN = frozenset(";\t")
GROUPED = {sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}(\{sign}\d{{3}})+") for sign in OTHER}
UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
PLAIN = re.compile(r"[+-]?[\d.,]*(e[+-]?\d{1,3})?", re.IGNORECASE)
# Blanks, thin or not, and the Swiss apostrophe stand between thousands and nowhere else in a number
SPACED = re.compile("[+-]?[1-9]\\d{0,2}([ '’\u00a0\u2009\u202f]\\d{3})+([.,]\\d*)?")
SPACES = str.maketrans("", "", " '’\u00a0\u2009\u202f")


class Undecided(ValueError):
    """A table that can be read in two ways: a sentence, and which question of `Answers` decides."""

    def __init__(self, question: str, sentence: str) -> None:
        super().__init__(sentence)
        self.question = question


@dataclass(frozen=True)
class Format:
    """How the numbers of a file are written: the decimal sign, and a cell that shows it, if one needs it.

    `thousands` is a cell whose sign parts thousands.
    """

    decimal: str = POINT
    thousands: str = ""


@dataclass(frozen=True)
class Found:
    """What the cells with one sign say: one that only fits a decimal sign, and one that fits both; with their rows."""

    decimal: str = ""
    cell: str = ""
    row: int = -1
    unclear: str = ""
    unclear_row: int = -1


def number(cell: str, decimal: str) -> float | None:
    """Return the number in a cell, None if it is none; inf and nan are numbers here."""
    if len(cell) > LONGEST_NUMBER or "_" in cell:
        return None
    cell = cell.strip().replace("−", "-")
    if SPACED.fullmatch(cell):
        cell = cell.translate(SPACES)
    sign = SIGNS[decimal]
    thousands = OTHER[sign]
    if thousands in cell:
        whole, *rest = cell.split(sign)
        if len(rest) > 1 or not GROUPED[thousands].fullmatch(whole):
            return None
        cell = sign.join([whole.replace(thousands, ""), *rest])
    try:
        return float(cell.replace(sign, "."))
    except ValueError:
        return None


def looks_like_number(cell: str) -> bool:
    """Return whether a cell is a number in one format or the other."""
    try:
        float(cell)
    except ValueError:
        return number(cell, POINT) is not None or number(cell, COMMA) is not None
    return "_" not in cell


def meaning(cell: str) -> str | None:
    """Return the decimal sign that a cell with a point or a comma needs, "" if both fit; None if it is no number."""
    if UNCLEAR.fullmatch(cell):
        return ""
    if len(cell) > LONGEST_NUMBER or not PLAIN.fullmatch(cell):
        return None
    fitting = [decimal for decimal in SIGNS if number(cell, decimal) is not None]
    return fitting[0] if len(fitting) == 1 else "" if fitting else None


def found(columns: Sequence[Sequence[str]], sign: str) -> Found:
    """Return what the cells with a sign say of the file; it ends at the first that leaves no choice."""
    unclear, unclear_row = "", -1
    for cells in columns:
        if sign not in "".join(cells):
            continue
        for row, cell in enumerate(cells):
            if sign not in cell or (said := meaning(cell)) is None:
                continue
            if said:
                return Found(said, cell, row, unclear, unclear_row)
            if not unclear:
                unclear, unclear_row = cell, row
    return Found(unclear=unclear, unclear_row=unclear_row)


def format_of(columns: Sequence[Sequence[str]], separator: str, lines: Sequence[int], answer: str | None) -> Format:
    """Return how the numbers of a table are written.

    Parameters
    ----------
    columns : sequence of sequences of str
        The cells of each column.
    separator : str
        What stands between the cells.
    lines : sequence of int
        The line of the file in which each row ends.
    answer : {"point", "comma"}, optional
        What the visitor says.

    Raises
    ------
    Undecided
        If the numbers fit both signs, or some only the one and some only the other.
    """
    point, comma = found(columns, "."), found(columns, ",")
    if answer is None and point.decimal and comma.decimal and point.decimal != comma.decimal:
        raise Undecided("decimal", (
            f"One decimal sign is needed in a file; this one has '{point.cell}' in line {lines[point.row]} and "
            f"'{comma.cell}' in line {lines[comma.row]}. Write all numbers with the same one, or say which it is."
        ))  # fmt: skip
    decimal = answer or point.decimal or comma.decimal or undisputed(columns, separator, point, comma, lines)
    thousands = point if decimal == COMMA else comma
    grouped = thousands.unclear or (thousands.cell if thousands.decimal == decimal else "")
    return Format(decimal, grouped)


def undisputed(
    columns: Sequence[Sequence[str]], separator: str, point: Found, comma: Found, lines: Sequence[int]
) -> str:
    """Return the decimal sign of a table in which no number needs one; raise Undecided if some can have it."""
    if not point.unclear and not comma.unclear:
        return POINT
    if not comma.unclear and separator not in EUROPEAN and three_decimals(columns):
        return POINT
    first = comma if comma.unclear else point
    cell, line = first.unclear, lines[first.unclear_row]
    as_decimal, as_thousands = (number(cell, sign) for sign in ((COMMA, POINT) if first is comma else (POINT, COMMA)))
    raise Undecided("decimal", (
        f"It must be clear which sign is the decimal one; '{cell}' in line {line} of the file can be {as_decimal:g} or "
        f"{as_thousands:,.0f}. Say whether numbers have a decimal point or a decimal comma, or write them without "
        "signs for thousands."
    ))  # fmt: skip


def three_decimals(columns: Sequence[Sequence[str]]) -> bool:
    """Return whether a column with points has one in every cell: numbers that are written with three decimals."""
    pointed = (cells for cells in columns if any(map(UNCLEAR.fullmatch, cells)))
    return all(all(map(UNCLEAR.fullmatch, cells)) for cells in pointed)
