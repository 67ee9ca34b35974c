"""What outputs and loss an exercise may have on each question's page, by two choices in words."""

from mlp.exercises.sheet import LOSS_OF, QUESTION_OF
from mlp.losses import LOSSES
from mlp.squared_errors import convention_of

CONVENTION_WORDS = {"half": "½ sum", "sum": "sum", "mean": "mean of outputs", "": ""}


def loss_choices(question: str) -> dict[tuple[str, str], str]:
    """Return the losses of a question by their outputs and, for squared errors, their convention in words.

    Parameters
    ----------
    question : {"q1", "q2"}

    Returns
    -------
    dict of (str, str) to str
        The sheet's own loss first.
    """
    sheets = LOSS_OF[question]
    names = sorted((name for name, home in QUESTION_OF.items() if home == question), key=lambda name: name != sheets)
    return {choice_of(name): name for name in names}


def choice_of(loss: str) -> tuple[str, str]:
    """Return a loss' outputs and its convention in words, empty where it has none."""
    return LOSSES[loss].outputs, CONVENTION_WORDS[convention_of(loss)]
