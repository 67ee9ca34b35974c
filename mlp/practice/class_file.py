"""A class's receipts as a table: a row a student, a column a quantity, and the most frequent mistake of each step."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mlp.limits import CLASS_FILE, MOST_RECEIPTS
from mlp.practice.assignment import asked_of, exercise_of
from mlp.practice.marking import BLANK, WRONG, Mark
from mlp.practice.receipt import Receipt, marks_of, read_receipt, verdict_of

# A spreadsheet reads a cell that begins so as a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Marked:
    """A receipt with its marks."""

    receipt: Receipt
    marks: dict[str, Mark]


@dataclass(frozen=True)
class ClassFile:
    """What a file of receipts holds.

    Attributes
    ----------
    marked : tuple of Marked
    refused : tuple of (int, str)
        The numbers of lines that looked like a receipt and are none, from 1, and why.
    twice : tuple of (int, str)
        The numbers of lines with a receipt that came before, and a sentence where; they count once.
    """

    marked: tuple[Marked, ...]
    refused: tuple[tuple[int, str], ...]
    twice: tuple[tuple[int, str], ...] = ()


def read_class(text: str) -> ClassFile:
    """Return the receipts in a text: every line that begins as a code does is one, whatever stands around it.

    Raises
    ------
    ValueError
        If the text is too long, has too many receipts, or none.
    """
    if len(text) > CLASS_FILE:
        raise ValueError(f"A class file needs at most {CLASS_FILE:,} characters; got {len(text):,}.")
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    codes = [(number, line) for number, line in lines if line.startswith("r") and line[1:2].isdigit()]
    if not codes:
        raise ValueError("A class file needs receipts, each code on a line of its own; none was found.")
    if len(codes) > MOST_RECEIPTS:
        raise ValueError(f"A class file needs at most {MOST_RECEIPTS} receipts; got {len(codes)}.")
    first = {line: number for number, line in reversed(codes)}
    twice = tuple(
        (number, f"The same code stands in line {first[line]}.") for number, line in codes if first[line] != number
    )
    codes = [(number, line) for number, line in codes if first[line] == number]
    marked, refused = [], []
    for number, code in codes:
        try:
            receipt = read_receipt(code)
            marked.append(Marked(receipt, marks_of(receipt)))
        except ValueError as error:
            refused.append((number, str(error)))
    return ClassFile(tuple(marked), tuple(refused), twice)


def asked_in(marked: Sequence[Marked]) -> tuple[str, ...]:
    """Return the quantities that any of the receipts asks for, in the order they come."""
    given = ((one.receipt.assignment, one.receipt.student) for one in marked)
    return tuple(dict.fromkeys(name for assignment, student in given
                               for name in asked_of(assignment, exercise_of(assignment, student))))  # fmt: skip


def class_rows(marked: Sequence[Marked]) -> list[dict[str, str]]:
    """Return a row a student: her name, her seed, and each quantity's verdict with the hint she took."""
    return [
        {"student": one.receipt.student, "seed": str(one.receipt.assignment.seed)}
        | {name: verdict_of(one.receipt, name, one.marks) for name in asked_in(marked)}
        for one in marked
    ]


@dataclass(frozen=True)
class Trouble:
    """How a class did on one quantity.

    Attributes
    ----------
    name : str
    wrong, answered : int
        Students.
    mistake : str
        The most frequent one that was named; blank where none was.
    times : int
        How often it was.
    """

    name: str
    wrong: int
    answered: int
    mistake: str = ""
    times: int = 0


def troubles(marked: Sequence[Marked]) -> list[Trouble]:
    """Return for each quantity how many got it wrong, and the most frequent mistake."""
    rows = []
    for name in asked_in(marked):
        found = [one.marks[name] for one in marked if name in one.marks and one.marks[name].verdict != BLANK]
        wrong = [mark for mark in found if mark.verdict == WRONG]
        named = Counter(mark.mistake for mark in wrong if mark.mistake).most_common(1)
        rows.append(Trouble(name, len(wrong), len(found), *(named[0] if named else ())))
    return rows


def class_csv(marked: Sequence[Marked]) -> str:
    """Return the class as CSV: the rows of `class_rows`, then a row with the most frequent mistake of each step.

    A name that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows, text = class_rows(marked), io.StringIO()
    frequent = {trouble.name: trouble.mistake for trouble in troubles(marked)}
    columns = ["student", "seed", *asked_in(marked)]
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in [*rows, {"student": "most frequent mistake", "seed": "", **frequent}]:
        writer.writerow({key: harmless(value) for key, value in row.items()})
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
