"""The line that stays in view: the loss before and after the step, and how many gradients are checked."""

import math
from collections.abc import Sequence

from mlp.exercises.solve import Solution
from mlp.gradcheck import ParameterCheck
from mlp.view.exercise.check_words import checked_words
from mlp.view.numbers import format_number
from mlp.view.sheet.cells import exact_text


def summary_data(
    solution: Solution, checks: Sequence[ParameterCheck], decimals: int, *, covered: bool
) -> dict[str, str]:
    """Return the numbers of the line as text, and the sentence that a screen reader says after an edit."""
    before, after = (format_number(value, decimals) for value in (solution.loss, solution.loss_after))
    change = solution.change
    checked = checked_words(checks)
    if covered:
        return {"before": "?", "after": "?", "change": "", "checked": checked, "said": ""}
    finite = math.isfinite(change)
    return {
        "before": before,
        "after": after,
        "change": ("+" if change > 0 else "") + format_number(change, decimals) if finite else "",
        "falls": "yes" if change < 0 else "",
        "exactBefore": exact_text(solution.loss),
        "exactAfter": exact_text(solution.loss_after),
        "checked": checked,
        "said": f"Loss {before}, after the step {after}.",
    }
