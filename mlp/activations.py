"""Activation functions of the hidden units: g and g' travel together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.special.normal import BEYOND, normal_density, normal_share

LEAK = 0.01


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
    symbol : str
        The same as plain text.
    words : str
        What units with it are called: "ReLU" hidden units.
    derivative_latex : str
        g'(z^[l]) with `{l}` for the layer, as the sheet writes it.
    bounds : tuple of two float, or None
        The values between which h lies; None where it has no bound on one side.
    kinks : tuple of float
        The z at which g has no derivative.
    scikit_learn : bool
        Whether `MLPClassifier` and `MLPRegressor` have it.
    init_factor : float
        Weights start uniform in +-sqrt(init_factor / (n_in + n_out)), scikit-learn's rule (Glorot and Bengio, 2010).
    """

    name: str
    f: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    latex: str
    symbol: str
    words: str
    derivative_latex: str
    bounds: tuple[float, float] | None
    kinks: tuple[float, ...]
    scikit_learn: bool
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


def leaky_relu(z: Array) -> Array:
    """Return z where z > 0, else a hundredth of it (Maas et al., 2013)."""
    return np.where(z > 0.0, z, LEAK * z)


def leaky_relu_derivative(z: Array, h: Array) -> Array:
    """Return 1 where z > 0, else 0.01: at the kink the slope from the left."""
    return np.where(z > 0.0, 1.0, LEAK)


def elu(z: Array) -> Array:
    """Return z where z > 0, else e^z - 1 (Clevert et al., 2015)."""
    return np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))


def elu_derivative(z: Array, h: Array) -> Array:
    """Return 1 where z > 0, else e^z = h + 1: the two meet at 0."""
    return np.where(z > 0.0, 1.0, h + 1.0)


def softplus(z: Array) -> Array:
    """Return log(1 + e^z), without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def softplus_derivative(z: Array, h: Array) -> Array:
    """Return sigma(z) = 1 - e^-h."""
    return logistic(z)


def gelu(z: Array) -> Array:
    """Return z Phi(z), with the share Phi of the standard normal distribution (Hendrycks and Gimpel, 2016)."""
    # Below, Phi is 0, and -inf times that would be no number
    return np.maximum(z, -BEYOND) * normal_share(z)


def gelu_derivative(z: Array, h: Array) -> Array:
    """Return Phi(z) + z phi(z), with the density phi: two z have the same h, so h can't tell the slope."""
    return normal_share(z) + np.clip(z, -BEYOND, BEYOND) * normal_density(z)


def identity(z: Array) -> Array:
    """Return z."""
    return z


def identity_derivative(z: Array, h: Array) -> Array:
    """Return ones."""
    return np.ones_like(z)


ACTIVATIONS: dict[str, Activation] = {
    a.name: a
    for a in (
        Activation(
            name="tanh",
            f=np.tanh,
            derivative=tanh_derivative,
            latex=r"\tanh",
            symbol="tanh",
            words="tanh",
            derivative_latex=r"\left(1 - (\mathbf{{h}}^{{[{l}]}})^2\right)",
            bounds=(-1.0, 1.0),
            kinks=(),
            scikit_learn=True,
        ),
        Activation(
            name="logistic",
            f=logistic,
            derivative=logistic_derivative,
            latex=r"\sigma",
            symbol="σ",
            words="logistic",
            derivative_latex=r"\mathbf{{h}}^{{[{l}]}} \odot \left(1 - \mathbf{{h}}^{{[{l}]}}\right)",
            bounds=(0.0, 1.0),
            kinks=(),
            scikit_learn=True,
            init_factor=2.0,
        ),
        Activation(
            name="relu",
            f=relu,
            derivative=relu_derivative,
            latex=r"\operatorname{relu}",
            symbol="relu",
            words="ReLU",
            derivative_latex=r"\mathbb{{1}}[\mathbf{{z}}^{{[{l}]}} > 0]",
            bounds=None,
            kinks=(0.0,),
            scikit_learn=True,
        ),
        Activation(
            name="identity",
            f=identity,
            derivative=identity_derivative,
            latex=r"\operatorname{id}",
            symbol="id",
            words="linear",
            derivative_latex=r"\mathbf{{1}}",
            bounds=None,
            kinks=(),
            scikit_learn=True,
        ),
        Activation(
            name="leaky_relu",
            f=leaky_relu,
            derivative=leaky_relu_derivative,
            latex=r"\operatorname{leaky}",
            symbol="leaky",
            words="leaky ReLU",
            derivative_latex=r"\left(0.01 + 0.99 \cdot \mathbb{{1}}[\mathbf{{z}}^{{[{l}]}} > 0]\right)",
            bounds=None,
            kinks=(0.0,),
            scikit_learn=False,
        ),
        Activation(
            name="elu",
            f=elu,
            derivative=elu_derivative,
            latex=r"\operatorname{elu}",
            symbol="elu",
            words="ELU",
            derivative_latex=r"\left(1 + \min(0, \mathbf{{h}}^{{[{l}]}})\right)",
            bounds=None,
            kinks=(),
            scikit_learn=False,
        ),
        Activation(
            name="softplus",
            f=softplus,
            derivative=softplus_derivative,
            latex=r"\operatorname{softplus}",
            symbol="softplus",
            words="softplus",
            derivative_latex=r"\sigma(\mathbf{{z}}^{{[{l}]}})",
            bounds=None,
            kinks=(),
            scikit_learn=False,
        ),
        Activation(
            name="gelu",
            f=gelu,
            derivative=gelu_derivative,
            latex=r"\operatorname{gelu}",
            symbol="gelu",
            words="GELU",
            derivative_latex=(
                r"\left(\Phi(\mathbf{{z}}^{{[{l}]}})"
                r" + \mathbf{{z}}^{{[{l}]}} \odot \varphi(\mathbf{{z}}^{{[{l}]}})\right)"
            ),
            bounds=None,
            kinks=(),
            scikit_learn=False,
        ),
    )
}


def scikit_learn_activations() -> tuple[str, ...]:
    """Return the names of the activations that scikit-learn has too, under the same names."""
    return tuple(name for name, activation in ACTIVATIONS.items() if activation.scikit_learn)


def at_kinks(hidden: str, z: Array, reach: float = 0.0) -> Array:
    """Return where z is at a kink of an activation, or within reach of one: an array of bool of z's shape."""
    found = np.zeros(z.shape, dtype=bool)
    for kink in ACTIVATIONS[hidden].kinks:
        found |= np.abs(z - kink) <= reach
    return found
