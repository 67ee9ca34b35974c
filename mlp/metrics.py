"""The one metric behind every learning curve, ours and scikit-learn's: mean loss and accuracy on a whole set."""

import math
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.network import Network, batch_of, forward, loss_value


@dataclass(frozen=True)
class Metrics:
    """Mean loss (without penalty) and accuracy of a network on a whole data set."""

    loss: float
    accuracy: float


def evaluate(network: Network, X: Array, Y: Array) -> Metrics:
    """Return the mean loss and the accuracy on a whole set: the one metric behind every learning curve.

    Parameters
    ----------
    network : Network
    X : array of shape (n, n_0)
    Y : array of shape (n, n_L)
        Targets; the class is the largest one's, and of a single one whether it is above 1/2.

    Returns
    -------
    Metrics
        Its accuracy is nan where the loss overflowed.

    Raises
    ------
    ValueError
        If X or Y do not fit the network.

    Examples
    --------
    >>> from mlp import evaluate
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q2")
    >>> metrics = evaluate(exercise.network, exercise.X, exercise.Y)
    >>> round(metrics.loss, 4), metrics.accuracy
    (1.0986, 0.0)
    """
    with np.errstate(all="ignore"):
        forward_pass = forward(network, X)
        loss = loss_value(network, forward_pass, Y, reduction="mean")
    hits = class_of(forward_pass.output) == class_of(Y)
    return Metrics(loss, float(hits.mean()) if math.isfinite(loss) else math.nan)


def class_of(outputs: Array) -> Array:
    """Return the class that each row of outputs or targets stands for, (n,) int: the largest one, or above 1/2."""
    return (outputs[:, 0] > 0.5).astype(np.intp) if outputs.shape[1] == 1 else outputs.argmax(axis=1)


def one_hot(y: Array, n_classes: int, *, name: str = "y") -> Array:
    """Return targets (n, n_classes): class indices (n,) as rows with a single 1; rows of targets stay as they are.

    With a single output (n_classes of 1) the indices 0 and 1 are themselves the targets.
    """
    y = np.asarray(y)
    if y.ndim == 2:
        return batch_of(name, y, n_classes)
    largest = max(n_classes - 1, 1)
    indices = y.ndim == 1 and y.size > 0 and np.issubdtype(y.dtype, np.integer)
    if not indices or y.min() < 0 or y.max() > largest:
        raise ValueError(
            f"{name} needs class indices 0 to {largest} of shape (n,), or targets (n, {n_classes}); "
            f"got {y.dtype} of shape {y.shape}" + (f" from {y.min()} to {y.max()}." if indices else ".")
        )
    return np.eye(n_classes)[y] if n_classes > 1 else y[:, np.newaxis].astype(np.float64)
