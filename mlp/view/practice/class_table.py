"""A class's marks as they are looked at: who has how much, by quantity, and what was wrong most often."""

from collections.abc import Sequence

from mlp.practice.class_file import EXERCISE, Marked, asked_in, exercises_in, troubles
from mlp.practice.receipt import NOT_ANSWERED, verdict_of
from mlp.view.practice.words import empty_cells
from mlp.view.sheet.names import spoken


def marks_table(marked: Sequence[Marked]) -> list[dict[str, str]]:
    """Return a row a student: how many quantities are right or follow from hers, and the verdict on each.

    A quantity without an answer is blank; the exercise is told where there are several.
    """
    exercises = exercises_in(marked)
    names = asked_in(marked)
    return [
        {"student": one.receipt.student or "no name"}
        | ({EXERCISE: exercise} if len(exercises) > 1 else {})
        | {"right": f"{count_of(one, 'right')} of {len(one.asked)}", "follow": str(count_of(one, "follows") or "")}
        | {spoken(name): shown(one, name) for name in names}
        for exercise, ones in exercises.items()
        for one in ones
    ]


def count_of(one: Marked, verdict: str) -> int:
    """Return how many quantities have the verdict and are whole."""
    found = (one.marks[name] for name in one.asked if name in one.marks)
    return sum(mark.verdict == verdict and not empty_cells(mark) for mark in found)


def shown(one: Marked, name: str) -> str:
    """Return what a cell of the table says: the verdict, how much is filled in, and the hint."""
    words = verdict_of(one.receipt, name, one.marks) if name in one.asked else ""
    return words.removeprefix(NOT_ANSWERED).strip()


def mistakes_table(marked: Sequence[Marked]) -> list[dict[str, str]]:
    """Return a row for each quantity that somebody has wrong: how many have, and the most frequent mistake."""
    several = len(exercises_in(marked)) > 1
    return [
        ({EXERCISE: each.exercise} if several else {})
        | {"step": spoken(each.name), "wrong": f"{each.wrong} of {each.answered}",
           "most frequent mistake": each.mistake, "how often": str(each.times or "")}
        for each in troubles(marked) if each.wrong
    ]  # fmt: skip
