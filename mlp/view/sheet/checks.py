"""The gradient check as plain data: a row for each parameter array."""

from collections.abc import Sequence

import numpy as np

from mlp.exercises.solve import Solution
from mlp.gradcheck import ParameterCheck
from mlp.view.exercise.check_words import AT_A_KINK, kink_words
from mlp.view.numbers import format_number
from mlp.view.sheet.words import words_html

TITLE = "Gradient check"
HEAD = ("Parameter", "largest |∂L|", "relative error", "verdict")
WORDS = (
    "Each derivative beside the slope measured by moving that parameter a little both ways, "
    r"$\frac{L(\theta + h) - L(\theta - h)}{2h}$ with a correction of higher order. Computed anew after every edit."
)


def checks_data(solution: Solution, checks: Sequence[ParameterCheck], *, covered: bool = False) -> dict[str, object]:
    """Return the table of the gradient check; its derivatives may be covered with a question mark."""
    return {
        "title": TITLE,
        "words": words_html(WORDS),
        "head": list(HEAD),
        "rows": [check_row(check, covered) for check in checks],
        "passed": [check.passed or check.kink for check in checks],
        "note": kink_words(solution) if any(check.kink for check in checks) else "",
    }


def check_row(check: ParameterCheck, covered: bool) -> list[str]:
    """Return name, largest derivative, relative error and verdict of a parameter array."""
    largest = "?" if covered else format_number(float(np.max(np.abs(check.analytic))), 6)
    verdict = AT_A_KINK if check.kink else "✓ agrees" if check.passed else "✗ differs"
    return [f"∂L/∂{check.name}", largest, f"{check.relative_error:.1e}", verdict]
