"""A receipt: what a student has handed in, so that whoever opens it computes the same marks anew from her answers.

It is no proof against cheating: an exercise's numbers let a determined reader compute every answer, and nothing says
who has typed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlp.exercises.presets import PRESETS
from mlp.limits import LONGEST_ANSWER, LONGEST_RECEIPT, LONGEST_STUDENT, MOST_CHECKS, RECEIPT_JSON
from mlp.practice.assignment import (
    Assignment,
    asked_of,
    assignment_from,
    assignment_values,
    exercise_of,
)
from mlp.practice.chain import quantities, true_chain
from mlp.practice.marking import BLANK, Mark, mark
from mlp.practice.typed import legible
from mlp.practice.words import quantity_words
from mlp.untrusted import checks
from mlp.untrusted.tokens import packed, unpacked

VERSION = "r1"
STAGES = ("", "formula", "numbers", "value")
NOT_ANSWERED = "not answered"
PROOF = "A receipt shows what was typed, not who typed it: it is no proof against cheating."


@dataclass(frozen=True)
class Receipt:
    """What a student has handed in.

    Attributes
    ----------
    assignment : Assignment
    student : str
        The name or number she gave, plain text.
    answers : mapping of str to tuple of tuples of str
        By quantity, the rows of what she typed, blank cells among them.
    revealed : mapping of str to int
        By quantity, how far the hints went: 1 the formula, 2 with its numbers, 3 the value.
    checked : mapping of str to int
        How often each quantity was checked.
    changed : tuple of str
        The quantities whose answers were changed after their last check: their marks have not been shown.
    """

    assignment: Assignment
    student: str = ""
    answers: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    revealed: Mapping[str, int] = field(default_factory=dict)
    checked: Mapping[str, int] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


def marks_of(receipt: Receipt) -> dict[str, Mark]:
    """Return the marks of a receipt's answers, computed from nothing but them; what is no number counts as blank."""
    answers = {name: legible(rows) for name, rows in receipt.answers.items()}
    return mark(exercise_of(receipt.assignment, receipt.student), answers)


def receipt_code(receipt: Receipt) -> str:
    """Return a receipt as a short code of letters and digits."""
    values = [
        assignment_values(receipt.assignment),
        receipt.student,
        {name: [list(row) for row in rows] for name, rows in receipt.answers.items()},
        dict(receipt.revealed),
        {name: min(times, MOST_CHECKS) for name, times in receipt.checked.items()},
        *([list(receipt.changed)] if receipt.changed else []),
    ]
    return packed(values, VERSION)


def read_receipt(code: object) -> Receipt:
    """Return the receipt that a code carries, checked against its exercise; line breaks in the code don't matter.

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came.
    """
    assignment, student, *found = parts_of(code)
    exercise = exercise_of(assignment, student)
    names = quantities(exercise)
    answers = {
        name: answer_rows(name, rows, true_chain(exercise)[name].shape)
        for name, rows in by_quantity(found[0], "The answers", names).items()
    }
    revealed, checked = by_quantity(found[1], "The hints", names), by_quantity(found[2], "The checks", names)
    return Receipt(
        assignment,
        student,
        answers,
        {name: checks.whole(stage, "A hint", 1, len(STAGES) - 1) for name, stage in revealed.items()},
        {name: checks.whole(times, "The checks", 1, MOST_CHECKS) for name, times in checked.items()},
        tuple(
            checks.choice(name, "What was changed", names)
            for part in found[3:]
            for name in checks.listed(part, "What was changed", 0, len(names))
        ),
    )


def parts_of(code: object) -> tuple[Assignment, str, *tuple[object, ...]]:
    """Return a code's assignment and student, and the rest as it came: nothing is looked up in the exercise yet."""
    values = unpacked(code, VERSION, "A receipt's code", longest=LONGEST_RECEIPT, largest=RECEIPT_JSON)
    assignment, student, *rest = checks.listed(values, "A receipt", 5, 6)
    return assignment_from(assignment), checks.text(student, "The name", LONGEST_STUDENT), *rest


def by_quantity(value: object, what: str, names: tuple[str, ...]) -> dict:
    """Return a JSON object whose keys are quantities, in the sheet's order."""
    if not isinstance(value, dict):
        raise ValueError(f"{what} need to be an object; got {checks.came(value)}.")
    for key in value:
        checks.choice(key, what, names)
    return {name: value[name] for name in names if name in value}


def answer_rows(name: str, rows: object, shape: tuple[int, int]) -> tuple[tuple[str, ...], ...]:
    """Return an answer's rows, of the quantity's shape, each cell a short text."""
    listed = [checks.listed(row, f"A row of {name}", shape[1], shape[1])
              for row in checks.listed(rows, name, shape[0], shape[0])]  # fmt: skip
    return tuple(tuple(checks.text(cell, f"A cell of {name}", LONGEST_ANSWER) for cell in row) for row in listed)


def receipt_text(receipt: Receipt) -> str:
    """Return a receipt to be read: who, which variant, the mark and the hints of each quantity, and the code."""
    exercise, marks, given = exercise_of(receipt.assignment, receipt.student), marks_of(receipt), receipt.assignment
    head = [
        given.title or "Practice",
        f"Name: {receipt.student or 'none given'}",
        f"Variant: {exercise_words(given)}{'' if given.preset else f', seed {given.seed}'}",
        "",
    ]
    lines = [
        f"{quantity_words(exercise, name)}: {verdict_of(receipt, name, marks)}" for name in asked_of(given, exercise)
    ]
    return "\n".join([*head, *lines, "", PROOF, "", "Code:", receipt_code(receipt), ""])


def exercise_words(assignment: Assignment) -> str:
    """Return which exercise it is, whatever its numbers: "question 1, layers 4-4-3-3, tanh, 2 examples (sum)"."""
    if assignment.preset:
        return PRESETS[assignment.preset].title
    many = f"{assignment.examples} examples ({assignment.reduction})" if assignment.examples > 1 else "1 example"
    moving = f", momentum {assignment.momentum:g}" if assignment.momentum else ""
    layers = "-".join(map(str, assignment.sizes))
    return f"question {assignment.question[1:]}, layers {layers}, {assignment.hidden}, {many}{moving}"


def verdict_of(receipt: Receipt, name: str, marks: Mapping[str, Mark]) -> str:
    """Return the verdict on a quantity in words, how much of it is filled in, and the hint that was taken."""
    found = marks.get(name)
    if found is None or found.verdict == BLANK:
        verdict = NOT_ANSWERED
    else:
        filled, cells = int((found.cells != BLANK).sum()), found.cells.size
        verdict = found.verdict if filled == cells else f"{found.verdict}, {filled} of {cells} cells"
    shown = STAGES[receipt.revealed.get(name, 0)]
    return f"{verdict} (hint: {shown})" if shown else verdict
