"""Questions 1 and 2 of the sheet as data, and where the published solution slips (Markdown, by step and question)."""

import numpy as np

from mlp.exercises.exercise import START, Exercise
from mlp.network import Layer, Network, require_choice
from mlp.squared_errors import CONVENTIONS, OUTPUT_PREFIX, squared_error_name
from mlp.tables import entry_for

SIZES = (4, 4, 3, 3)
INPUTS = ((1.0, 0.0, 1.0, 0.0), (0.0, 0.0, 10.0, 0.0))
TARGETS = ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
LOSS_OF = {"q1": "squared_error", "q2": "cross_entropy"}
# The page a loss belongs to: question 1 is about squared errors, question 2 about cross-entropies
QUESTION_OF = {
    "cross_entropy": "q2",
    "binary_cross_entropy": "q2",
} | {squared_error_name(outputs, convention): "q1" for outputs in OUTPUT_PREFIX for convention in CONVENTIONS}

BIAS_SLIP = (
    "The sheet misprints $\\mathbf b^{[2]}$ here: two of the three entries of its gradient stand on one line. "
    "Its result is right."
)
SLIPS: dict[str, dict[str, str]] = {
    "q1": {
        "dz2": "Where the sheet derives $\\tanh'$, the differentials of its chain-rule line are misplaced. The result, "
        "$1 - \\tanh^2$, is right.",
        "b2 new": BIAS_SLIP,
    },
    "q2": {
        "dz3": "The sheet prints $\\partial L/\\partial\\mathbf p = \\mathbf p - \\mathbf y$; it should read "
        "$\\partial L/\\partial\\mathbf z^{[3]} = \\mathbf p - \\mathbf y$. "
        "By components, $\\partial L/\\partial p_k = -y_k / p_k$.",
        "dW3": "The sheet prints $(\\mathbf p - \\mathbf y)$ times a 3 × 3 matrix; it should read "
        "$(\\mathbf p - \\mathbf y)$ times the row $\\mathbf h^{[2]\\top}$. Its result is right.",
        "dh2": "The sheet prints $\\mathbf W^{[l+1]\\top}\\,\\partial L/\\partial\\mathbf p$; it should read "
        "$\\mathbf W^{[l+1]\\top}\\,\\partial L/\\partial\\mathbf z^{[l+1]}$.",
        "b2 new": BIAS_SLIP,
    },
}


def question_of(exercise: Exercise) -> str:
    """Return the question an exercise belongs to by its loss, "q1" or "q2"."""
    return entry_for(exercise.network.loss, QUESTION_OF, "the questions (mlp.exercises.sheet)")


def sheet_exercise(question: str) -> Exercise:
    """Return the sheet's exercise: all parameters 0.1, eta 0.1, both examples at hand, the first one taking part.

    With `dataclasses.replace(exercise, selected=(0, 1))` it is the question's second part, the batch of two.

    Parameters
    ----------
    question : {"q1", "q2"}
        Question 1 (linear outputs, squared error) or question 2 (softmax, cross-entropy).

    Returns
    -------
    Exercise

    Raises
    ------
    ValueError
        If the question is neither.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q2")
    >>> exercise.network.loss, exercise.learning_rate
    ('cross_entropy', 0.1)
    >>> exercise.X
    array([[ 1.,  0.,  1.,  0.],
           [ 0.,  0., 10.,  0.]])
    """
    require_choice("question", question, tuple(LOSS_OF))
    layers = tuple(
        Layer(np.full((n_out, n_in), START), np.full(n_out, START))
        for n_in, n_out in zip(SIZES, SIZES[1:], strict=False)
    )
    return Exercise(Network(layers, "tanh", LOSS_OF[question]), np.array(INPUTS), np.array(TARGETS))
