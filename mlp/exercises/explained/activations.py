"""What a hidden unit's activation and its slope look like in numbers: an entry for each of `ACTIVATIONS`."""

from collections.abc import Callable
from dataclasses import dataclass

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


TOLD: dict[str, ActivationTold] = {
    "tanh": ActivationTold(value=tanh_value, slope_latex="(1 - ({h})^2)", slope=tanh_slope),
    "logistic": ActivationTold(value=logistic_value, slope_latex=r"{h}\,(1 - {h})", slope=logistic_slope),
    "relu": ActivationTold(value=relu_value, slope_latex=r"\mathbb{{1}}[{z} > 0]", slope=relu_slope),
    "identity": ActivationTold(value=identity_value, slope_latex=r"\cdot 1", slope=identity_slope),
}


def activation_told(hidden: str) -> ActivationTold:
    """Return how the activation of that name is told; raise a ValueError where nobody has said."""
    return entry_for(hidden, TOLD, "activations told in numbers (mlp.exercises.explained.activations)")
