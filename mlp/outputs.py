"""Output activations: what a network's last layer makes of z, and how a derivative goes back through it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.activations import identity, logistic
from mlp.arrays import Array


@dataclass(frozen=True)
class Output:
    """An output activation.

    Attributes
    ----------
    name : str
        "linear", "logistic", "tanh", "softmax".
    f : callable
        `f(z)` returns the outputs, (n, n_L) from z of the last layer (n, n_L).
    back : callable
        `back(outputs, gradient)` returns dL/dz from dL/d outputs, (n, n_L): the Jacobian, transposed, times it.
    latex : str
        The function's name in formulas, empty where the outputs are z itself.
    symbol : str
        The same as plain text.
    """

    name: str
    f: Callable[[Array], Array]
    back: Callable[[Array, Array], Array]
    latex: str
    symbol: str


def identity_back(outputs: Array, gradient: Array) -> Array:
    """Return the gradient as it is."""
    return gradient


def logistic_back(outputs: Array, gradient: Array) -> Array:
    """Return the gradient times y-hat (1 - y-hat)."""
    return gradient * outputs * (1.0 - outputs)


def tanh_back(outputs: Array, gradient: Array) -> Array:
    """Return the gradient times 1 - y-hat^2."""
    return gradient * (1.0 - outputs * outputs)


def log_sum_exp(z: Array) -> Array:
    """Return log sum_j exp(z_j) of each row as a column (n, 1), shifted by the maximum so that nothing overflows."""
    shift = z.max(axis=1, keepdims=True)
    return shift + np.log(np.exp(z - shift).sum(axis=1, keepdims=True))


def softmax(z: Array) -> Array:
    """Return exp(z_i) / sum_j exp(z_j) of each row (n, n_L), shifted by the maximum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def softmax_back(p: Array, gradient: Array) -> Array:
    """Return p_i (g_i - sum_k p_k g_k): each row's Jacobian diag(p) - p p^T times its gradient g."""
    return p * (gradient - (p * gradient).sum(axis=1, keepdims=True))


OUTPUTS: dict[str, Output] = {
    output.name: output
    for output in (
        Output(name="linear", f=identity, back=identity_back, latex="", symbol=""),
        Output(name="logistic", f=logistic, back=logistic_back, latex=r"\sigma", symbol="σ"),
        Output(name="tanh", f=np.tanh, back=tanh_back, latex=r"\tanh", symbol="tanh"),
        Output(name="softmax", f=softmax, back=softmax_back, latex=r"\operatorname{softmax}", symbol="softmax"),
    )
}
