"""Where a block's formula comes from, as plain data: lines to be opened below it, with what each of them gives."""

import math

from mlp.exercises.explained.origins import Origin, has_origins, origins
from mlp.exercises.solve import Solution
from mlp.view.numbers import format_number
from mlp.view.sheet.words import formula_of

TITLE = "Where it comes from"
LABEL = "Numbers for"
SAME = "Every line gives the same value: that is the check."
RIGHT = "The published sheet slips here, as said above; these lines are right, for each gives the same value."
LATER = "What each line gives stands here once you have found this quantity, or have had its value shown."
OVERFLOWS = "gives no number here: a part of it is too large"


def offered(name: str) -> dict[str, object] | None:
    """Return the derivation of a step before it is opened: its title alone; None where there is none.

    A sheet has a dozen of them, most are never opened, and all of them would be a third of what an edit sends.
    """
    return {"title": TITLE} if has_origins(name) else None


def derivation_data(
    solution: Solution, name: str, decimals: int, *, slips: bool = False, values: bool = True
) -> dict[str, object] | None:
    """Return the derivation of a step's formula, as it is once it is opened; None where it has none.

    Parameters
    ----------
    solution : Solution
    name : str
        The step's: "dz3".
    decimals : int
        As in `format_number`.
    slips : bool
        Whether the published sheet slips at this step.
    values : bool
        Whether it is told what each line gives: where the step is asked for, that would be the answer.
    """
    found = origins(solution, name)
    if not found:
        return None
    parts = [part_of(told) for told in found]
    if not values:
        return {"title": TITLE, "words": LATER, "label": LABEL, "places": [], "parts": parts, "values": []}
    return {
        "title": TITLE,
        "words": RIGHT if slips else SAME,
        "label": LABEL,
        "places": list(found[0].places),
        "parts": parts,
        "values": [[gives(value, decimals) for value in line.values] for told in found for line in told.lines],
    }


def part_of(told: Origin) -> dict[str, object]:
    """Return a derivation without its numbers: the definition, what is to be known first, and the lines."""
    signs = (told.symbol, *[""] * len(told.lines))
    return {
        "start": formula_of(told.start),
        "words": told.words,
        "lines": [
            [formula_of(f"{sign} = {line.latex}"), line.words] for sign, line in zip(signs, told.lines, strict=False)
        ],
    }


def gives(value: float, decimals: int) -> str:
    """Return what a line comes to, in words."""
    return f"gives {format_number(value, decimals)}" if math.isfinite(value) else OVERFLOWS
