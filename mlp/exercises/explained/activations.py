"""What a hidden unit's activation and its slope look like in numbers: an entry for each of `ACTIVATIONS`."""

from collections.abc import Callable
from dataclasses import dataclass

from mlp.activations import LEAK
from mlp.tables import entry_for

Terms = tuple[float | str, ...]


@dataclass(frozen=True)
class ActivationTold:
    """How one unit's activation is told.

    Attributes
    ----------
    value : callable
        `value(z)` returns the numbers of g(z), in reading order with the operators of `Sum.terms`.
    slope_latex : str
        g'(z) in LaTeX, with {z} and {h} for the unit's symbols.
    slope : callable
        `slope(z, h)` returns the numbers of g'(z).
    """

    value: Callable[[float], Terms]
    slope_latex: str
    slope: Callable[[float, float], Terms]


def tanh_value(z: float) -> Terms:
    """Return the numbers of tanh(z)."""
    return ("tanh(", z, ")")


def tanh_slope(z: float, h: float) -> Terms:
    """Return the numbers of 1 - h^2."""
    return ("(", 1.0, "−", h, "²", ")")


def logistic_value(z: float) -> Terms:
    """Return the numbers of sigma(z)."""
    return ("σ(", z, ")")


def logistic_slope(z: float, h: float) -> Terms:
    """Return the numbers of h (1 - h)."""
    return (h, "·", "(", 1.0, "−", h, ")")


def relu_value(z: float) -> Terms:
    """Return the numbers of max(0, z)."""
    return ("max(0,", z, ")")


def relu_slope(z: float, h: float) -> Terms:
    """Return 1 where z > 0, else 0."""
    return (float(z > 0.0),)


def identity_value(z: float) -> Terms:
    """Return z."""
    return (z,)


def identity_slope(z: float, h: float) -> Terms:
    """Return 1."""
    return (1.0,)


def leaky_relu_value(z: float) -> Terms:
    """Return z, or 0.01 z."""
    return (z,) if z > 0.0 else (LEAK, "·", z)


def leaky_relu_slope(z: float, h: float) -> Terms:
    """Return 1 where z > 0, else 0.01."""
    return (1.0,) if z > 0.0 else (LEAK,)


def elu_value(z: float) -> Terms:
    """Return z, or the numbers of e^z - 1."""
    return (z,) if z > 0.0 else ("exp(", z, ")", "−", 1.0)


def elu_slope(z: float, h: float) -> Terms:
    """Return 1 where z > 0, else the numbers of h + 1."""
    return (1.0,) if z > 0.0 else ("(", 1.0, "+", h, ")")


def softplus_value(z: float) -> Terms:
    """Return the numbers of log(1 + e^z), of a large z those of z + log(1 + e^-z)."""
    return (z, "+", "log(", 1.0, "+", "exp(", -z, ")", ")") if z > 0.0 else ("log(", 1.0, "+", "exp(", z, ")", ")")


def softplus_slope(z: float, h: float) -> Terms:
    """Return the numbers of sigma(z)."""
    return ("σ(", z, ")")


def gelu_value(z: float) -> Terms:
    """Return the numbers of z Phi(z)."""
    return (z, "·", "Φ(", z, ")")


def gelu_slope(z: float, h: float) -> Terms:
    """Return the numbers of Phi(z) + z phi(z)."""
    return ("(", "Φ(", z, ")", "+", z, "·", "φ(", z, ")", ")")


TOLD: dict[str, ActivationTold] = {
    "tanh": ActivationTold(value=tanh_value, slope_latex="(1 - ({h})^2)", slope=tanh_slope),
    "logistic": ActivationTold(value=logistic_value, slope_latex=r"{h}\,(1 - {h})", slope=logistic_slope),
    "relu": ActivationTold(value=relu_value, slope_latex=r"\mathbb{{1}}[{z} > 0]", slope=relu_slope),
    "identity": ActivationTold(value=identity_value, slope_latex=r"\cdot 1", slope=identity_slope),
    "leaky_relu": ActivationTold(
        value=leaky_relu_value, slope_latex=r"(0.01 + 0.99 \cdot \mathbb{{1}}[{z} > 0])", slope=leaky_relu_slope
    ),
    "elu": ActivationTold(value=elu_value, slope_latex=r"(1 + \min(0, {h}))", slope=elu_slope),
    "softplus": ActivationTold(value=softplus_value, slope_latex=r"\sigma({z})", slope=softplus_slope),
    "gelu": ActivationTold(
        value=gelu_value, slope_latex=r"\left(\Phi({z}) + {z}\,\varphi({z})\right)", slope=gelu_slope
    ),
}


def activation_told(hidden: str) -> ActivationTold:
    """Return how the activation of that name is told; raise a ValueError where nobody has said."""
    return entry_for(hidden, TOLD, "activations told in numbers (mlp.exercises.explained.activations)")
