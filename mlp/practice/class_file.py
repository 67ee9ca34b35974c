"""A class's receipts as a table: a row a student, a column a quantity, and the most frequent mistake of each step."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from mlp.limits import MOST_CLASS_DRAWS, MOST_RECEIPTS
from mlp.practice.assignment import asked_of, exercise_of, kind_and_seed
from mlp.practice.class_codes import codes_of, told_apart
from mlp.practice.diagnosis import EQUALLY_WELL
from mlp.practice.draws import Kind
from mlp.practice.marking import BLANK, WRONG, Mark
from mlp.practice.receipt import Receipt, exercise_words, marks_of, parts_of, read_receipt, verdict_of
from mlp.practice.variants import draws_for
from mlp.untrusted.numbers import quoted

NO_FILES: Mapping[str, str] = MappingProxyType({})
EXERCISE = "exercise"
SPENT = (
    "Its numbers were not looked for: those of the receipts before it took as long as one class file may take. Read it "
    "in another one, without those."
)
# A spreadsheet reads a cell that begins so as a formula
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Marked:
    """A receipt with its marks, and the quantities that it asks for.

    Nothing here draws a student's numbers again: that takes a moment each, and only so many are remembered.
    """

    receipt: Receipt
    marks: dict[str, Mark]
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a code was read as: a receipt with its marks, or else a sentence, and which numbers were looked for.

    Attributes
    ----------
    marked : Marked, optional
    sentence : str
    draws : tuple of ((Kind, int), int)
        How many were drawn to find the numbers of a kind and seed, or that there are none.
    """

    marked: Marked | None = None
    sentence: str = ""
    draws: tuple[tuple[tuple[Kind, int], int], ...] = ()


@lru_cache(maxsize=MOST_RECEIPTS)
def read_first(readings: tuple[str, ...]) -> Reading:
    """Return the first reading of a code that is a receipt, with its marks; else what the first one lacks.

    Remembered for a class's worth: a page reads its class anew with every click, and each receipt takes 50 ms.
    """
    found = []
    for code in readings:
        found.append(read_code(code))
        if found[-1].marked:
            break
    last = found[-1] if found[-1].marked else found[0]
    return replace(last, draws=tuple(each for one in found for each in one.draws))


def read_code(code: str) -> Reading:
    """Return the receipt of a code with its marks, or the sentence of what it lacks."""
    draws: tuple[tuple[tuple[Kind, int], int], ...] = ()
    try:
        assignment, student, *_ = parts_of(code)
        if not assignment.preset:
            numbers = kind_and_seed(assignment, student)
            draws = ((numbers, draws_for(*numbers)),)
        receipt = read_receipt(code)
        asked = asked_of(assignment, exercise_of(assignment, student))
        return Reading(Marked(receipt, marks_of(receipt), asked), draws=draws)
    except ValueError as error:
        return Reading(sentence=str(error), draws=draws)


@dataclass(frozen=True)
class ClassFile:
    """What a file of receipts holds.

    Attributes
    ----------
    marked : tuple of Marked
    refused : tuple of (str, str)
        The places of what looked like a receipt and is none, "line 3" or "line 3 of 'ada.txt'", and why.
    twice : tuple of (str, str)
        The places of receipts that came before, and a sentence where; they count once.
    """

    marked: tuple[Marked, ...]
    refused: tuple[tuple[str, str], ...]
    twice: tuple[tuple[str, str], ...] = ()


def read_class(text: str, files: Mapping[str, str] = NO_FILES) -> ClassFile:
    """Return the receipts in a text and in files: every line that begins as a code does is one, whatever is around it.

    Parameters
    ----------
    text : str
    files : mapping of str to str
        The text of each by its name.

    Raises
    ------
    ValueError
        If it is too long, has too many receipts, or none.
    """
    found, without = codes_of(text, files)
    codes, twice = told_apart(found)
    marked, refused = [], [(f"the file {quoted(name)}", "No line of it begins as a code does.") for name in without]
    drawn: dict[tuple[Kind, int], int] = {}
    for code in codes:
        reading = read_first(code.readings) if sum(drawn.values()) < MOST_CLASS_DRAWS else Reading(sentence=SPENT)
        drawn |= reading.draws
        if reading.marked:
            marked.append(reading.marked)
        else:
            refused.append((code.place, reading.sentence))
    return ClassFile(tuple(marked), tuple(refused), tuple(twice))


def exercises_in(marked: Sequence[Marked]) -> dict[str, list[Marked]]:
    """Return the receipts by the exercise they are of, whatever its numbers: their steps are no common ones."""
    found: dict[str, list[Marked]] = {}
    for one in marked:
        found.setdefault(exercise_words(one.receipt.assignment), []).append(one)
    return found


def asked_in(marked: Sequence[Marked]) -> tuple[str, ...]:
    """Return the quantities that any of the receipts asks for, in the order they come."""
    return tuple(dict.fromkeys(name for one in marked for name in one.asked))


def class_rows(marked: Sequence[Marked]) -> list[dict[str, str]]:
    """Return a row a student: her name, exercise and seed, and each quantity's verdict with the hint she took.

    What her exercise has not, or does not ask for, is blank.
    """
    names = asked_in(marked)
    return [
        {"student": one.receipt.student, EXERCISE: exercise, "seed": str(one.receipt.assignment.seed)}
        | {name: verdict_of(one.receipt, name, one.marks) if name in one.asked else "" for name in names}
        for exercise, ones in exercises_in(marked).items()
        for one in ones
    ]


@dataclass(frozen=True)
class Trouble:
    """How a class did on one quantity.

    Attributes
    ----------
    exercise : str
    name : str
    wrong, answered : int
        Students.
    mistake : str
        The most frequent one that was named, whatever its places; several where they explain the same answers
        equally well, blank where none was named.
    times : int
        How often it was.
    """

    exercise: str
    name: str
    wrong: int
    answered: int
    mistake: str = ""
    times: int = 0


def troubles(marked: Sequence[Marked]) -> list[Trouble]:
    """Return for each exercise and quantity how many got it wrong, and the most frequent mistake.

    Mistakes that differ in nothing but their places are one.
    """
    return [
        trouble(exercise, name, [one.marks[name] for one in ones if name in one.marks])
        for exercise, ones in exercises_in(marked).items()
        for name in asked_in(ones)
    ]


def trouble(exercise: str, name: str, marks: Sequence[Mark]) -> Trouble:
    """Return how a class did on a quantity, from the marks it has got."""
    found = [mark for mark in marks if mark.verdict != BLANK]
    wrong = [mark for mark in found if mark.verdict == WRONG]
    students: dict[str, list[int]] = {}
    for k, mark in enumerate(wrong):
        for cause in mark.causes:
            students.setdefault(cause, []).append(k)
    most = max(students.values(), key=len, default=[])
    mistake = EQUALLY_WELL.join(cause for cause, those in students.items() if those == most)
    return Trouble(exercise, name, len(wrong), len(found), mistake, len(most))


def class_csv(marked: Sequence[Marked]) -> str:
    """Return the class as CSV: the rows of `class_rows`, then for each exercise the most frequent mistake of each step.

    A name that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows, text = class_rows(marked), io.StringIO()
    frequent: dict[str, dict[str, str]] = {}
    for each in troubles(marked):
        frequent.setdefault(each.exercise, {})[each.name] = each.mistake
    last = [{"student": "most frequent mistake", EXERCISE: exercise, **named} for exercise, named in frequent.items()]
    columns = ["student", EXERCISE, "seed", *asked_in(marked)]
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in [*rows, *last]:
        writer.writerow({key: harmless(value) for key, value in row.items()})
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
