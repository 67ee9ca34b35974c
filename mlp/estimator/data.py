"""The examples of an estimator: checked, weighed, parted into what trains and what is only watched."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.sparse import issparse
from sklearn.utils.class_weight import compute_sample_weight
from sklearn.utils.validation import check_array, column_or_1d, validate_data

from mlp.arrays import Array
from mlp.estimator.targets import Labels, hold_out, require_known
from mlp.network import Rng
from mlp.train_config import TrainConfig, require


class Watched(NamedTuple):
    """Examples on which a network is measured after each epoch; without weights all count the same."""

    X: Array
    Y: Array
    weights: Array | None


@dataclass(frozen=True, eq=False)
class Data:
    """What an estimator trains on.

    Attributes
    ----------
    X, Y : arrays of shape (n, n_features), (n, n_outputs)
    weights : array of shape (n,) or None
        How often each example counts, None where all count the same.
    labels : Labels
        What the outputs stand for.
    validation, test : Watched or None
    dtype : dtype
        Of the parameters that are published.
    """

    X: Array
    Y: Array
    weights: Array | None
    labels: Labels
    validation: Watched | None
    test: Watched | None
    dtype: np.dtype


def checked(model, X, y, *, reset: bool) -> tuple[Array, Array | None]:
    """Return X dense, float64 or float32, and y after scikit-learn's checks; y may be None."""
    how = {"accept_sparse": ("csr", "csc"), "dtype": (np.float64, np.float32), "reset": reset}
    if y is None:
        return dense(validate_data(model, X, **how)), None
    X, y = validate_data(model, X, y, multi_output=True, **how)
    y = dense(y)
    return dense(X), column_or_1d(y, warn=True) if y.ndim == 2 and y.shape[1] == 1 else y


def dense(values) -> Array:
    """Return an array of a sparse matrix; an array as it is."""
    return values.toarray() if issparse(values) else values


def weights_of(sample_weight, class_weight, X: Array, y: Array) -> Array | None:
    """Return how often each example counts, by its own weight times that of its class; None if all count the same.

    Raises
    ------
    ValueError
        If a weight is negative or no number, or there is not one for each example.
    """
    if sample_weight is None and class_weight is None:
        return None
    weights = np.ones(len(X)) if class_weight is None else compute_sample_weight(class_weight, y)
    if sample_weight is not None:
        own = check_array(sample_weight, ensure_2d=False, dtype=np.float64, input_name="sample_weight")
        require(own.shape == (len(X),), "sample_weight", f"one number for each of the {len(X)} examples", own.shape)
        weights = weights * own
    require(bool((weights >= 0).all()), "sample_weight", "numbers from 0", weights.min())
    require(bool(weights.any()), "sample_weight", "a weight above zero", "none")
    return weights


def watched(model, labels: Labels, X, y, suffix: str) -> Watched | None:
    """Return a set of your own to measure networks on, None where there is none.

    Raises
    ------
    ValueError
        If one of X and y is missing, or a label is none of those that are trained.
    """
    if X is None and y is None:
        return None
    require(X is not None and y is not None, f"X{suffix} and y{suffix}", "both or neither", "one of them")
    X, y = checked(model, X, y, reset=False)
    require_known(y, labels)
    return Watched(X, labels.targets(y), None)


def data_of(
    X: Array,
    y: Array,
    weights: Array | None,
    labels: Labels,
    validation: Watched | None,
    test: Watched | None,
    config: TrainConfig,
    fraction: float,
    rng: Rng,
) -> Data:
    """Return what to train on; early stopping without a validation set of its own holds a part out."""
    parts: tuple[Array, ...] = (X, labels.targets(y), *([] if weights is None else [weights]))
    if config.early_stopping and validation is None:
        parts, held = hold_out(parts, labels, fraction, rng)
        validation = Watched(*held, *([None] if weights is None else []))
    return Data(parts[0], parts[1], parts[2] if len(parts) > 2 else None, labels, validation, test, X.dtype)
