"""The sheet of an exercise to be worked: what is given is shown, and what is to be found is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mlp.exercises import Solution, Step, solution_steps
from mlp.practice import Mark
from mlp.practice.receipt import STAGES
from mlp.view.practice.answers import Rows
from mlp.view.practice.words import HINTS, NO_NUMBER, empty_cells, verdict_words
from mlp.view.sheet.blocks import Block, equation_of, sides_of, value_of
from mlp.view.sheet.cells import Asked, cell_key
from mlp.view.sheet.derivation import derivation_data, offered
from mlp.view.sheet.document import Sheet
from mlp.view.sheet.given import given_blocks
from mlp.view.sheet.matrix import Matrix
from mlp.view.sheet.names import result_names, spoken
from mlp.view.sheet.words import formula_of

FORMULA, NUMBERS, VALUE = range(1, len(STAGES))
CHECK, HINT = "check", "hint"
CELL_WORDS = {
    "": "",
    "right": "right",
    "follows": "follows from yours",
    "imprecise": "one more digit, please",
    "wrong": "not right",
}


@dataclass(frozen=True)
class Progress:
    """How far a reader is.

    Attributes
    ----------
    asked : tuple of str
        The quantities that are asked for.
    answers : mapping of str to rows of text
        What she has typed.
    marks : mapping of str to Mark
        Of the quantities that were checked as they stand there.
    revealed : mapping of str to int
        How far the hints of each quantity went.
    refused : mapping of str to str
        What is said of cells that are no numbers, by their key.
    checks, hints, diagnosis : bool
        Whether a quantity is marked when asked for, whether there are hints, and whether a mistake may be named.
    left : mapping of str to int
        How often each quantity may still be checked, where that is counted.
    stale : frozenset of str
        Those that followed from earlier numbers which have changed since.
    opened : frozenset of str
        Those whose derivations are open; each counts as a hint, the formula.
    vain : frozenset of str
        Those that were to be checked and have no number yet.
    """

    asked: tuple[str, ...]
    answers: Mapping[str, Rows] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    revealed: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    checks: bool = True
    hints: bool = True
    diagnosis: bool = True
    left: Mapping[str, int] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    vain: frozenset[str] = frozenset()


def worksheet(solution: Solution, progress: Progress, decimals: int) -> Sheet:
    """Return the sheet: what is given, and a block with empty cells for each quantity that is asked for."""
    steps = tuple(step for step in solution_steps(solution) if step.name in progress.asked)
    return Sheet(
        given=given_blocks(solution, decimals, {}, editable=False, slopes=False),
        steps=steps,
        blocks=tuple(asked_block(solution, step, progress, decimals) for step in steps),
    )


def asked_block(solution: Solution, step: Step, progress: Progress, decimals: int) -> Block:
    """Return the block of a quantity that is asked for: its symbol, the hints she took, and her cells."""
    stage, mark = progress.revealed.get(step.name, 0), progress.marks.get(step.name)
    sides = [*sides_of(step, decimals)] if stage >= NUMBERS else []
    sides.append((asked_matrix(solution, step, progress),))
    if stage >= VALUE:
        sides.append((value_of(solution, step, decimals),))
    return Block(
        name=step.name,
        spoken=spoken(step.name),
        formula=equation_of(step) if stage >= FORMULA else formula_of(step.asked_symbol),
        sides=tuple(sides),
        verdict="" if mark is None or step.name in progress.stale or is_unfinished(mark) else mark.verdict,
        said=said_of(step, progress, mark),
        actions=tuple(actions(step, progress)),
        derivation=derivation_of(solution, step, progress, decimals),
    )


def derivation_of(solution: Solution, step: Step, progress: Progress, decimals: int) -> dict[str, object] | None:
    """Return where the formula comes from, while there are hints; what its lines give only once the value is known."""
    if not progress.hints:
        return None
    if step.name not in progress.opened:
        return offered(step.name)
    mark = progress.marks.get(step.name)
    found = mark is not None and bool((mark.cells == "right").all())
    known = found or progress.revealed.get(step.name, 0) >= VALUE
    return derivation_data(solution, step.name, decimals, values=known)


def is_unfinished(mark: Mark) -> bool:
    """Return whether nothing is wrong so far, and cells are left."""
    return mark.verdict in ("right", "follows") and empty_cells(mark) > 0


def said_of(step: Step, progress: Progress, mark: Mark | None) -> str:
    """Return what is said below a quantity's cells."""
    if step.name in progress.vain:
        return NO_NUMBER
    words = verdict_words(mark, diagnosis=progress.diagnosis, stale=step.name in progress.stale) if mark else ""
    if progress.left.get(step.name) == 0 and (mark is None or mark.verdict not in ("right", "follows")):
        return f"{words} No tries are left for this quantity.".strip()
    return words


def actions(step: Step, progress: Progress) -> list[tuple[str, str]]:
    """Return what can be done with a quantity: its name for the page, and its label."""
    stage, left = progress.revealed.get(step.name, 0), progress.left.get(step.name)
    label = "Check" if left is None else f"Check ({left} left)"
    found = [(CHECK, label)] if progress.checks and left != 0 else []
    return [*found, (HINT, HINTS[stage])] if progress.hints and stage < len(HINTS) else found


def asked_matrix(solution: Solution, step: Step, progress: Progress) -> Matrix:
    """Return the cells in which a quantity is to be written, each with the verdict on it."""
    value, mark = np.atleast_2d(step.value), progress.marks.get(step.name)
    rows, columns = names_of(solution, step)
    typed = progress.answers.get(step.name)
    cells = tuple(
        tuple(
            Asked(
                cell_key(step.name, i, j),
                typed[i][j] if typed else "",
                label_of(step, rows, columns, i, j, mark.cells[i, j] if mark else ""),
                mark.cells[i, j] if mark else "",
                progress.refused.get(cell_key(step.name, i, j), ""),
            )
            for j in range(value.shape[1])
        )
        for i in range(value.shape[0])
    )
    single = not isinstance(step.value, np.ndarray)
    return Matrix(spoken(step.name), cells, tuple(rows), tuple(columns), single=single)


def names_of(solution: Solution, step: Step) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the rows and columns of a quantity; none for a number."""
    if not isinstance(step.value, np.ndarray):
        return (), ()
    return result_names(step, step.value.shape, solution.exercise.selected)


def label_of(step: Step, rows: tuple[str, ...], columns: tuple[str, ...], i: int, j: int, verdict: str) -> str:
    """Return a cell's name, and the verdict on it: "∂L/∂W[2], unit 1, from h3: right"."""
    names = (spoken(step.name), rows[i] if rows else "", columns[j] if len(columns) > 1 else "")
    said = f": {CELL_WORDS[verdict]}" if verdict else ""
    return ", ".join(filter(None, names)) + said
