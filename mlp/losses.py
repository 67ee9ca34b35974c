"""Losses: each owns its output activation, its value and its delta, all in stable form from z."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.activations import identity, logistic

Array = np.ndarray


@dataclass(frozen=True)
class Loss:
    """A loss together with the output activation it belongs to.

    Attributes
    ----------
    name : str
        "squared_error", "cross_entropy" or "logistic_squared_error".
    output : callable
        `output(z)` returns the network's output, (n, n_L) from z of the last layer (n, n_L).
    value : callable
        `value(z, Y)` returns one loss an example, (n,).
    delta : callable
        `delta(z, Y)` returns dL/dz for the last layer, (n, n_L).
    output_gradient : callable
        `output_gradient(outputs, Y)` returns dL/dh for the last layer (dL/dy-hat, dL/dp), (n, n_L).
    output_latex : str
        The output's symbol: y-hat or p.
    activation_latex : str
        The output activation's name in formulas, empty for linear outputs.
    """

    name: str
    output: Callable[[Array], Array]
    value: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array], Array]
    output_gradient: Callable[[Array, Array], Array]
    output_latex: str
    activation_latex: str


def half_squared_error(outputs: Array, Y: Array) -> Array:
    """Return half the sum of squares, 1/2 ||y-hat - y||^2, one an example (n,)."""
    return 0.5 * ((outputs - Y) ** 2).sum(axis=1)


def output_error(outputs: Array, Y: Array) -> Array:
    """Return y-hat - y (n, n_L): the derivative of half the sum of squares by the outputs."""
    return outputs - Y


def log_sum_exp(z: Array) -> Array:
    """Return log sum_j exp(z_j) of each row as a column (n, 1), shifted by the maximum so that nothing overflows."""
    shift = z.max(axis=1, keepdims=True)
    return shift + np.log(np.exp(z - shift).sum(axis=1, keepdims=True))


def softmax(z: Array) -> Array:
    """Return exp(z_i) / sum_j exp(z_j) of each row (n, n_L), shifted by the maximum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(z: Array, Y: Array) -> Array:
    """Return -sum_k y_k log p_k = (sum_k y_k) log sum_j exp(z_j) - y.z, one an example (n,)."""
    return (Y * (log_sum_exp(z) - z)).sum(axis=1)


def cross_entropy_delta(z: Array, Y: Array) -> Array:
    """Return (sum_k y_k) p - y (n, n_L): p - y where the targets sum to one, and right where they do not."""
    return Y.sum(axis=1, keepdims=True) * softmax(z) - Y


def cross_entropy_output_gradient(p: Array, Y: Array) -> Array:
    """Return dL/dp_k = -y_k / p_k (n, n_L); 0 where y_k is 0, infinite where p_k is too small for a float."""
    with np.errstate(divide="ignore", over="ignore"):
        return np.divide(-Y, p, out=np.zeros_like(p), where=Y != 0.0)


def squared_error(z: Array, Y: Array) -> Array:
    """Return 1/2 ||z - y||^2, one an example (n,)."""
    return half_squared_error(z, Y)


def logistic_squared_error(z: Array, Y: Array) -> Array:
    """Return 1/2 ||sigma(z) - y||^2, one an example (n,)."""
    return half_squared_error(logistic(z), Y)


def logistic_squared_error_delta(z: Array, Y: Array) -> Array:
    """Return (sigma(z) - y) sigma(z) (1 - sigma(z)) (n, n_L)."""
    p = logistic(z)
    return (p - Y) * p * (1.0 - p)


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("squared_error", identity, squared_error, output_error, output_error, r"\hat{\mathbf{y}}", ""),
        Loss(
            "cross_entropy",
            softmax,
            cross_entropy,
            cross_entropy_delta,
            cross_entropy_output_gradient,
            r"\mathbf{p}",
            r"\operatorname{softmax}",
        ),
        Loss(
            "logistic_squared_error",
            logistic,
            logistic_squared_error,
            logistic_squared_error_delta,
            output_error,
            r"\hat{\mathbf{y}}",
            r"\sigma",
        ),
    )
}
