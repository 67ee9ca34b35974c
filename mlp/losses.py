"""Losses: each owns its output activation, its value and its delta, all in stable form from z."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from mlp.activations import logistic
from mlp.arrays import Array
from mlp.outputs import OUTPUTS, log_sum_exp, softmax
from mlp.squared_errors import (
    CONVENTIONS,
    OUTPUT_PREFIX,
    squared_error,
    squared_error_delta,
    squared_error_name,
    squares,
    squares_output_delta,
    squares_output_gradient,
)

# scikit-learn clips p to [eps, 1 - eps] before it takes the logarithm
MOST = -float(np.log(np.finfo(np.float64).eps))


@dataclass(frozen=True)
class Loss:
    """A loss together with the output activation it belongs to.

    Attributes
    ----------
    name : str
        "squared_error", "cross_entropy", ...
    outputs : str
        The output activation's name, one of `mlp.outputs.OUTPUTS`.
    value : callable
        `value(z, Y)` returns one loss an example, (n,).
    delta : callable
        `delta(z, Y)` returns dL/dz for the last layer, (n, n_L).
    output_value, output_delta : callable
        The same two from the outputs in place of z: exact on paper, and without an end where an output is rounded to
        one at which the loss has none.
    output_gradient : callable
        `output_gradient(outputs, Y)` returns dL/dh for the last layer (dL/dy-hat, dL/dp), (n, n_L).
    capped : callable
        `capped(z, Y)` returns `value` with every -log p at `MOST` at the most: what the stopping rule sees.
    output_latex, entry_latex : str
        The output's symbol, y-hat or p, as a vector and as one entry of it.
    letter : str
        The same as plain text.
    distribution : bool
        Whether the outputs of an example are the probabilities of its classes and sum to one.
    probabilities : bool
        Whether each output is the probability of what it stands for, alone or together with the others.
    words : str
        The loss in words, as it stands on an exercise sheet.
    """

    name: str
    outputs: str
    value: Callable[[Array, Array], Array]
    delta: Callable[[Array, Array], Array]
    output_value: Callable[[Array, Array], Array]
    output_delta: Callable[[Array, Array], Array]
    output_gradient: Callable[[Array, Array], Array]
    capped: Callable[[Array, Array], Array]
    output_latex: str
    entry_latex: str
    letter: str
    distribution: bool
    probabilities: bool
    words: str

    @property
    def output(self) -> Callable[[Array], Array]:
        """`output(z)` returns the network's output, (n, n_L) from z of the last layer (n, n_L)."""
        return OUTPUTS[self.outputs].f

    @property
    def transforms(self) -> bool:
        """Whether the output is more than z itself, and so a step of its own."""
        return bool(OUTPUTS[self.outputs].latex)


def cross_entropy(z: Array, Y: Array) -> Array:
    """Return -sum_k y_k log p_k = (sum_k y_k) log sum_j exp(z_j) - y.z, one an example (n,)."""
    return (Y * (log_sum_exp(z) - z)).sum(axis=1)


def capped_cross_entropy(z: Array, Y: Array) -> Array:
    """Return -sum_k y_k log p_k with every -log p_k at `MOST` at the most, one an example (n,)."""
    return (Y * np.minimum(log_sum_exp(z) - z, MOST)).sum(axis=1)


def cross_entropy_delta(z: Array, Y: Array) -> Array:
    """Return `cross_entropy_output_delta` of the softmax (n, n_L)."""
    return cross_entropy_output_delta(softmax(z), Y)


def cross_entropy_of_outputs(p: Array, Y: Array) -> Array:
    """Return -sum_k y_k log p_k, one an example (n,); infinite where a p_k that is asked for is 0."""
    with np.errstate(divide="ignore"):
        return -(Y * np.log(p, out=np.zeros_like(p), where=Y != 0.0)).sum(axis=1)


def cross_entropy_output_delta(p: Array, Y: Array) -> Array:
    """Return (sum_k y_k) p - y (n, n_L): p - y where the targets sum to one, and right where they do not."""
    return Y.sum(axis=1, keepdims=True) * p - Y


def cross_entropy_output_gradient(p: Array, Y: Array) -> Array:
    """Return dL/dp_k = -y_k / p_k (n, n_L); 0 where y_k is 0, infinite where p_k is too small for a float."""
    with np.errstate(divide="ignore", over="ignore"):
        return np.divide(-Y, p, out=np.zeros_like(p), where=Y != 0.0)


def softplus(z: Array) -> Array:
    """Return log(1 + e^z), of z's shape, without overflow."""
    return np.logaddexp(0.0, z)


def binary_cross_entropy(z: Array, Y: Array) -> Array:
    """Return sum_k softplus(z_k) - y_k z_k, one an example (n,): y_k softplus(-z_k) + (1 - y_k) softplus(z_k)."""
    return (Y * softplus(-z) + (1.0 - Y) * softplus(z)).sum(axis=1)


def capped_binary_cross_entropy(z: Array, Y: Array) -> Array:
    """Return `binary_cross_entropy` with every -log p_k and -log(1 - p_k) at `MOST` at the most, (n,)."""
    return (Y * np.minimum(softplus(-z), MOST) + (1.0 - Y) * np.minimum(softplus(z), MOST)).sum(axis=1)


def binary_cross_entropy_delta(z: Array, Y: Array) -> Array:
    """Return sigma(z) - y (n, n_L)."""
    return logistic(z) - Y


def binary_cross_entropy_of_outputs(p: Array, Y: Array) -> Array:
    """Return -sum_k y_k log p_k + (1 - y_k) log(1 - p_k), one an example (n,); infinite where one asked for is 0."""
    with np.errstate(divide="ignore"):
        yes = np.log(p, out=np.zeros_like(p), where=Y != 0.0)
        no = np.log1p(-p, out=np.zeros_like(p), where=Y != 1.0)
    return -(Y * yes + (1.0 - Y) * no).sum(axis=1)


def binary_cross_entropy_output_gradient(p: Array, Y: Array) -> Array:
    """Return dL/dp_k = -y_k / p_k + (1 - y_k) / (1 - p_k) (n, n_L); infinite where one asked for is 0."""
    with np.errstate(divide="ignore", over="ignore"):
        yes = np.divide(-Y, p, out=np.zeros_like(p), where=Y != 0.0)
        return yes + np.divide(1.0 - Y, 1.0 - p, out=np.zeros_like(p), where=Y != 1.0)


def squared_loss(outputs: str, convention: str) -> Loss:
    """Return the squared error of outputs of that name, in that convention."""
    value = partial(squared_error, outputs=outputs, convention=convention)
    return Loss(
        name=squared_error_name(outputs, convention),
        outputs=outputs,
        value=value,
        delta=partial(squared_error_delta, outputs=outputs, convention=convention),
        output_value=partial(squares, convention=convention),
        output_delta=partial(squares_output_delta, outputs=outputs, convention=convention),
        output_gradient=partial(squares_output_gradient, convention=convention),
        capped=value,
        output_latex=r"\hat{\mathbf{y}}",
        entry_latex=r"\hat y",
        letter="ŷ",
        distribution=False,
        probabilities=False,
        words=CONVENTIONS[convention].words,
    )


def probability_error(p: Array, Y: Array) -> Array:
    """Return p - y (n, n_L)."""
    return p - Y


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        squared_loss("linear", "half"),
        Loss(
            name="cross_entropy",
            outputs="softmax",
            value=cross_entropy,
            delta=cross_entropy_delta,
            output_value=cross_entropy_of_outputs,
            output_delta=cross_entropy_output_delta,
            output_gradient=cross_entropy_output_gradient,
            capped=capped_cross_entropy,
            output_latex=r"\mathbf{p}",
            entry_latex="p",
            letter="p",
            distribution=True,
            probabilities=True,
            words="the cross-entropy",
        ),
        squared_loss("logistic", "half"),
        Loss(
            name="binary_cross_entropy",
            outputs="logistic",
            value=binary_cross_entropy,
            delta=binary_cross_entropy_delta,
            output_value=binary_cross_entropy_of_outputs,
            output_delta=probability_error,
            output_gradient=binary_cross_entropy_output_gradient,
            capped=capped_binary_cross_entropy,
            output_latex=r"\mathbf{p}",
            entry_latex="p",
            letter="p",
            distribution=False,
            probabilities=True,
            words="the binary cross-entropy",
        ),
        squared_loss("tanh", "half"),
        *(squared_loss(outputs, convention) for convention in ("sum", "mean") for outputs in OUTPUT_PREFIX),
    )
}
