"""Squared errors of any outputs: half the sum of squares, their sum, or their mean over the outputs."""

from collections.abc import Callable
from dataclasses import dataclass

from mlp.arrays import Array
from mlp.outputs import OUTPUTS


@dataclass(frozen=True)
class Convention:
    """What the squares of an example's errors are multiplied with.

    Attributes
    ----------
    prefix : str
        What stands before "squared_error" in a loss' name.
    weight : callable
        `weight(n)` returns the factor for n outputs.
    words : str
        The loss in words.
    """

    prefix: str
    weight: Callable[[int], float]
    words: str


def one_half(n: int) -> float:
    """Return 1/2: the square's derivative brings a 2, which takes it away."""
    return 0.5


def one(n: int) -> float:
    """Return 1."""
    return 1.0


def one_nth(n: int) -> float:
    """Return 1/n."""
    return 1.0 / n


CONVENTIONS: dict[str, Convention] = {
    "half": Convention(prefix="", weight=one_half, words="half the sum of squared errors"),
    "sum": Convention(prefix="summed_", weight=one, words="the sum of squared errors"),
    "mean": Convention(prefix="mean_", weight=one_nth, words="the mean of the squared errors over the outputs"),
}
OUTPUT_PREFIX = {"linear": "", "logistic": "logistic_", "tanh": "tanh_"}


def squared_error_name(outputs: str, convention: str) -> str:
    """Return the name of a squared error: "squared_error" for half the sum of linear outputs, "tanh_mean_..."."""
    return f"{OUTPUT_PREFIX[outputs]}{CONVENTIONS[convention].prefix}squared_error"


CONVENTION_OF = {squared_error_name(each, name): name for name in CONVENTIONS for each in OUTPUT_PREFIX}


def convention_of(loss: str) -> str:
    """Return the convention of a squared error by its loss' name, empty for any other loss."""
    return CONVENTION_OF.get(loss, "")


def squares(y_hat: Array, Y: Array, *, convention: str) -> Array:
    """Return the squares of an example's errors, added and weighted, one an example (n,)."""
    return CONVENTIONS[convention].weight(Y.shape[1]) * ((y_hat - Y) ** 2).sum(axis=1)


def squares_output_gradient(y_hat: Array, Y: Array, *, convention: str) -> Array:
    """Return the derivative by the outputs (n, n_L): y-hat - y for half the sum, else twice the weight times that."""
    return 2.0 * CONVENTIONS[convention].weight(Y.shape[1]) * (y_hat - Y)


def squares_output_delta(y_hat: Array, Y: Array, *, outputs: str, convention: str) -> Array:
    """Return dL/dz (n, n_L): the derivative by the outputs, taken back through them."""
    return OUTPUTS[outputs].back(y_hat, squares_output_gradient(y_hat, Y, convention=convention))


def squared_error(z: Array, Y: Array, *, outputs: str, convention: str) -> Array:
    """Return `squares` of the outputs of that name, one an example (n,)."""
    return squares(OUTPUTS[outputs].f(z), Y, convention=convention)


def squared_error_delta(z: Array, Y: Array, *, outputs: str, convention: str) -> Array:
    """Return `squares_output_delta` of the outputs of that name (n, n_L)."""
    return squares_output_delta(OUTPUTS[outputs].f(z), Y, outputs=outputs, convention=convention)
