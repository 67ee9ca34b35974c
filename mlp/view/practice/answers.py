"""Answers as they are typed, a text a cell: put together, refused where they are no numbers, and marked."""

from collections.abc import Mapping, Sequence

from mlp.exercises import Exercise
from mlp.practice import Mark
from mlp.practice.chain import places, true_chain
from mlp.practice.marking import mark_of, marker_of
from mlp.practice.typed import Rows, legible, read_cell
from mlp.view.sheet.cells import cell_key
from mlp.view.sheet.names import spoken


def blank_rows(exercise: Exercise, name: str) -> Rows:
    """Return empty cells in the shape of a quantity."""
    rows, columns = true_chain(exercise)[name].shape
    return (("",) * columns,) * rows


def rows_with(
    exercise: Exercise, answers: Mapping[str, Rows], cells: Mapping[tuple[str, int, int], str]
) -> dict[str, Rows]:
    """Return answers with what was typed since into some cells.

    Answers that do not fit the exercise any more, and cells that it has not, are left out.

    Parameters
    ----------
    exercise : Exercise
    answers : mapping of str to rows of text
    cells : mapping of (str, int, int) to str
        By quantity, row and column.
    """
    named = places(exercise)
    blanks = {name: blank_rows(exercise, name) for name in {*answers, *(name for name, _, _ in cells)} if name in named}
    found = {name: [list(row) for row in fitting(answers.get(name), blank)] for name, blank in blanks.items()}
    for (name, i, j), text in cells.items():
        if name in found and i < len(found[name]) and j < len(found[name][i]):
            found[name][i][j] = text.strip()
    return {name: tuple(map(tuple, found[name])) for name in named if name in found}


def fitting(rows: Rows | None, blank: Rows) -> Rows:
    """Return rows of the right shape: what is there, or blank ones."""
    return rows if rows and [len(row) for row in rows] == [len(row) for row in blank] else blank


def is_blank(rows: Rows) -> bool:
    """Return whether nothing is written."""
    return not any(map(any, rows))


def refusal(name: str, text: str) -> str:
    """Return what is said of a cell's text that is no number; nothing of a number or a blank."""
    try:
        read_cell(spoken(name), text)
    except ValueError as error:
        return str(error)
    return ""


def refusals(answers: Mapping[str, Rows]) -> dict[str, str]:
    """Return what is said of the cells that are no numbers, by their key."""
    return {
        cell_key(name, i, j): sentence
        for name, rows in answers.items()
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        if (sentence := refusal(name, text))
    }


def marks_of(exercise: Exercise, answers: Mapping[str, Rows], shown: Sequence[str]) -> dict[str, Mark]:
    """Return the marks of some quantities, computed from all that is written; what is no number counts as blank."""
    read = {name: legible(rows) for name, rows in answers.items()}
    marker = marker_of(exercise, read)
    return {name: mark_of(marker, name) for name in shown if name in read and not is_blank(answers[name])}
