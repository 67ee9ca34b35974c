"""What scikit-learn has for each loss: which model, how its targets and outputs are written, and what it can't do."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mlp.exercises.solve import Solution
from mlp.losses import LOSSES
from mlp.squared_errors import CONVENTIONS, squared_error_name
from mlp.tables import entry_for

FEW_CLASSES = "For fewer than three classes MLPClassifier has a single logistic output in place of softmax outputs."
NOT_ONE_HOT = "MLPClassifier learns classes, so each target would have to be one-hot: a single 1 and else 0."
NOT_YES_OR_NO = "MLPClassifier learns classes, so each target would have to be 0 or 1."


@dataclass(frozen=True)
class Peer:
    """What scikit-learn has for a loss.

    Attributes
    ----------
    model : str
        The estimator's name, empty where scikit-learn has none.
    obstacle : callable
        `obstacle(solution)` returns why it can't have these targets, in one sentence; an empty text where it can.
    targets, first, output : str
        Python source: its targets `y` from `Y`, the first call of `partial_fit`, and its outputs for `X`.
    rate, loss : str
        Python source of what the learning rate is multiplied with, because its gradient is another multiple of ours,
        and of what its `loss_` is multiplied with to be the mean of the examples' losses.
    words : str
        A comment on its `loss_`.
    clips : bool
        Whether its loss clips probabilities, so that a large one can't be compared.
    """

    model: str
    obstacle: Callable[[Solution], str]
    targets: str = ""
    first: str = ""
    output: str = ""
    rate: str = ""
    loss: str = ""
    words: str = ""
    clips: bool = False


def none(solution: Solution) -> str:
    """Return no reason: scikit-learn has this loss for any targets."""
    return ""


def linear_only(solution: Solution) -> str:
    """Return that scikit-learn has the squared error of linear outputs only."""
    outputs = LOSSES[solution.exercise.network.loss].outputs
    return f"scikit-learn has no network with {outputs} outputs and the squared error: MLPRegressor's are linear."


def classes_obstacle(solution: Solution) -> str:
    """Return why `MLPClassifier` can't have these targets as classes, empty where it can."""
    if solution.Y.shape[1] < 3:
        return FEW_CLASSES
    one_hot = np.all(np.sort(solution.Y, axis=1) == np.eye(solution.Y.shape[1])[-1])
    return "" if one_hot else NOT_ONE_HOT


def yes_or_no_obstacle(solution: Solution) -> str:
    """Return why `MLPClassifier` can't have these targets as labels that hold or don't, empty where it can."""
    return "" if np.isin(solution.Y, (0.0, 1.0)).all() else NOT_YES_OR_NO


REGRESSOR = Peer(
    model="MLPRegressor",
    obstacle=none,
    targets="Y.ravel() if Y.shape[1] == 1 else Y",
    first="model.partial_fit(np.zeros_like(X), np.zeros_like(y))",
    output="model.predict(X).reshape(Y.shape)",
    loss=" * Y.shape[1]",
    words="# loss_ is a mean over examples and outputs, although the gradient is divided by the examples",
)
CLASSIFIER = Peer(
    model="MLPClassifier",
    obstacle=classes_obstacle,
    targets="Y.argmax(axis=1)",
    first="model.partial_fit(np.zeros_like(X), y, classes=np.arange(Y.shape[1]))",
    output="model.predict_proba(X)",
    words="# loss_ is the mean over the examples",
    clips=True,
)
# One column is a class that holds or doesn't, several are labels of which each holds or doesn't
YES_OR_NO = Peer(
    model="MLPClassifier",
    obstacle=yes_or_no_obstacle,
    targets="(Y.ravel() if Y.shape[1] == 1 else Y).astype(int)",
    first="model.partial_fit(np.zeros_like(X), y, classes=np.arange(max(2, Y.shape[1])))",
    output="model.predict_proba(X)[:, -Y.shape[1] :]",
    words="# loss_ is the mean over the examples",
    clips=True,
)
# Its gradient is that of half the sum of squares, and its loss_ that divided by the number of outputs
PEERS: dict[str, Peer] = {
    "squared_error": REGRESSOR,
    "summed_squared_error": replace(REGRESSOR, rate=" * 2.0", loss=" * 2.0 * Y.shape[1]"),
    "mean_squared_error": replace(REGRESSOR, rate=" * 2.0 / Y.shape[1]", loss=" * 2.0"),
    "cross_entropy": CLASSIFIER,
    "binary_cross_entropy": YES_OR_NO,
} | {
    squared_error_name(outputs, convention): Peer(model="", obstacle=linear_only)
    for outputs in ("logistic", "tanh")
    for convention in CONVENTIONS
}


def peer_of(solution: Solution) -> Peer:
    """Return what scikit-learn has for the exercise's loss; raise a ValueError where nobody has said."""
    where = "scikit-learn's script (mlp.exercises.export.scikit_learn_peers)"
    return entry_for(solution.exercise.network.loss, PEERS, where)
