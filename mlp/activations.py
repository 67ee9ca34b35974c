"""Activation functions of the hidden units: g and g' travel together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Activation:
    """An activation h = g(z), applied to every unit on its own.

    Attributes
    ----------
    name : str
        The value of scikit-learn's `activation` parameter.
    f : callable
        `f(z)` returns h = g(z), of z's shape.
    derivative : callable
        `derivative(z, h)` returns g'(z), of z's shape. It is given both z and h = g(z), so that a formula
        may use whichever is shorter: the sheet writes tanh' as 1 - h^2.
    latex : str
        The function's name in formulas.
    derivative_latex : str
        g'(z^[l]) with `{l}` for the layer, as the sheet writes it.
    init_factor : float
        Weights start uniform in +-sqrt(init_factor / (n_in + n_out)), scikit-learn's rule (Glorot and Bengio, 2010).
    """

    name: str
    f: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    latex: str
    derivative_latex: str
    init_factor: float = 6.0


def tanh_derivative(z: Array, h: Array) -> Array:
    """Return 1 - h^2."""
    return 1.0 - h * h


def logistic(z: Array) -> Array:
    """Return 1 / (1 + exp(-z)), with the exponential of -|z| so that nothing overflows."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1.0 + e)


def logistic_derivative(z: Array, h: Array) -> Array:
    """Return h (1 - h)."""
    return h * (1.0 - h)


def relu(z: Array) -> Array:
    """Return max(z, 0)."""
    return np.maximum(z, 0.0)


def relu_derivative(z: Array, h: Array) -> Array:
    """Return 1 where z > 0, else 0: at the kink the slope from the left, as scikit-learn takes it."""
    return (z > 0.0).astype(float)


def identity(z: Array) -> Array:
    """Return z."""
    return z


def identity_derivative(z: Array, h: Array) -> Array:
    """Return ones."""
    return np.ones_like(z)


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation("tanh", np.tanh, tanh_derivative, r"\tanh", r"\left(1 - (\mathbf{{h}}^{{[{l}]}})^2\right)"),
        Activation(
            "logistic",
            logistic,
            logistic_derivative,
            r"\sigma",
            r"\mathbf{{h}}^{{[{l}]}} \odot \left(1 - \mathbf{{h}}^{{[{l}]}}\right)",
            init_factor=2.0,
        ),
        Activation("relu", relu, relu_derivative, r"\operatorname{relu}", r"\mathbb{{1}}[\mathbf{{z}}^{{[{l}]}} > 0]"),
        Activation("identity", identity, identity_derivative, r"\operatorname{id}", r"\mathbf{{1}}"),
    )
}
