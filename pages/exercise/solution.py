"""The solution of an exercise for its sheet: every step with the published sheet's slips, and what is to be said."""

from collections.abc import Iterator

from mlp import ParameterCheck
from mlp.exercises import SLIPS, Solution, Step, check_solution, only_last_layer_moves
from mlp.losses import LOSSES
from mlp.view.sheet.blocks import blocks_of
from mlp.view.sheet.cells import Entries
from mlp.view.sheet.document import Note, Sheet
from mlp.view.sheet.given import given_blocks
from mlp.view.sheet.words import words_html
from pages.exercise.desk import Desk
from pages.exercise.stepper import Position

SLIP = "**Slip in the sheet.** "
LEGEND = "Small, below each weight and bias: ∂L by it, how fast the loss rises with it."
OPEN_BATCH = "The sheet leaves the batch open: here it is worked out in full."


def given_sheet(solution: Solution, entries: Entries, decimals: int, *, fixed: bool) -> Sheet:
    """Return the sheet of an exercise whose solution is hidden."""
    return Sheet(given_blocks(solution, decimals, entries, editable=not fixed, slopes=False))


def worked_sheet(
    desk: Desk,
    solution: Solution,
    steps: tuple[Step, ...],
    entries: Entries,
    position: Position,
    decimals: int,
    *,
    fixed: bool,
) -> Sheet:
    """Return the sheet with the whole solution."""
    network, sheet = solution.exercise.network, desk.sheet.network
    sheets = (network.hidden, network.loss, len(network.sizes)) == (sheet.hidden, sheet.loss, len(sheet.sizes))
    slips = {name: words_html(SLIP + words) for name, words in SLIPS[desk.question].items()} if sheets else {}
    slopes = not fixed and not position.covered
    open_batch = len(solution.X) == 2 and network.sizes == sheet.sizes
    return Sheet(
        given=given_blocks(solution, decimals, entries, editable=not fixed, slopes=slopes),
        steps=steps,
        blocks=blocks_of(
            solution, steps, decimals, at=position.at, covered=position.covered, slips=slips, opened=desk.opened
        ),
        notes=tuple(notes(solution, steps, position)),
        remarks={"forward": (OPEN_BATCH,)} if open_batch else None,
        legend=LEGEND if slopes else "",
    )


def notes(solution: Solution, steps: tuple[Step, ...], position: Position) -> Iterator[Note]:
    """Yield what is to be said between the steps: why nothing flows below the last layer, where that is so."""
    depth = len(solution.exercise.network.layers)
    last = f"dh{depth - 1}"
    if not LOSSES[solution.exercise.network.loss].distribution or not only_last_layer_moves(solution):
        return
    if not any(step.name == last and position.covers(index) for index, step in enumerate(steps)):
        yield Note(last, words_html(only_last_layer(depth)))


def only_last_layer(depth: int) -> str:
    """Return why only the last layer moves."""
    return (
        r"**Only the last layer moves.** A hidden unit's weights to the outputs are equal, and the entries of "
        rf"$\mathbf{{p}} - \mathbf{{y}}$ sum to zero, so $\mathbf{{W}}^{{[{depth}]\top}}"
        r"(\mathbf{p} - \mathbf{y}) = \mathbf{0}$: "
        "nothing flows further down. Change one weight of the last layer and see the layers below come alive."
    )


def gradient_checks(desk: Desk, solution: Solution) -> tuple[ParameterCheck, ...]:
    """Return the comparison of every derivative with central differences, for the examples that take part.

    Kept until the exercise changes: for the largest network it takes most of a rerun.
    """
    key, checks = desk.find("checks", (None, ()))
    if key != solution.exercise.key:
        checks = check_solution(solution)
        desk.put("checks", (solution.exercise.key, checks))
    return checks
