"""The gradient check in words: how much agrees, and why nothing can be compared at a kink."""

from collections.abc import Sequence

import numpy as np

from mlp.activations import ACTIVATIONS, at_kinks
from mlp.exercises.solve import Solution
from mlp.gradcheck import ParameterCheck

AT_A_KINK = "at the kink there is no derivative"
MOST_NAMED = 3


def checked_words(checks: Sequence[ParameterCheck]) -> str:
    """Return how many arrays of derivatives agree, "4 of 4", and how many can't be compared: "2 of 4, 2 at a kink"."""
    kinks = sum(check.kink for check in checks)
    return f"{sum(check.passed for check in checks)} of {len(checks)}{f', {kinks} at a kink' if kinks else ''}"


def kink_words(solution: Solution) -> str:
    """Return where a hidden unit stands at a kink of its activation, or close to one, and what that means."""
    words = ACTIVATIONS[solution.exercise.network.hidden].words
    units = units_at_kinks(solution)
    if not units:
        where = f"A {words} unit stands so close to its kink that the differences reach across it"
    else:
        more = f", and {len(units) - MOST_NAMED} more" if len(units) > MOST_NAMED else ""
        where = f"A {words} unit stands at its kink ({'; '.join(units[:MOST_NAMED])}{more})"
    return (
        f"{where}, where the slope from the left and the slope from the right differ: there is no derivative that "
        "differences could measure. The pass takes one of the two slopes, at 0 the left one, and with that slope held "
        "all the rest agrees."
    )


def units_at_kinks(solution: Solution) -> list[str]:
    """Return which hidden units stand exactly at a kink, in words: "layer 1, unit 2, example 1"."""
    found, hidden = [], solution.exercise.network.hidden
    for l, z in enumerate(tuple(solution.forward_pass.z)[:-1], start=1):
        for row, unit in np.argwhere(at_kinks(hidden, z)):
            found.append(f"layer {l}, unit {unit + 1}, example {solution.exercise.selected[row] + 1}")
    return found
