r"""Where each loss' dL/dz comes from: line by line from the loss, for output i, an entry for each of `LOSSES`."""

from functools import partial

import numpy as np

from mlp.arrays import Array
from mlp.exercises.explained.derivations import Derivation, Line
from mlp.exercises.explained.losses import SLOPES, WEIGHTS
from mlp.outputs import OUTPUTS
from mlp.squared_errors import CONVENTIONS, squared_error_name
from mlp.tables import entry_for

FACTORS = {"half": "", "sum": "2", "mean": r"\tfrac{2}{n}"}
SLOPE_STEP = 1e-6


def output_slope(z: Array, i: int, *, outputs: str) -> float:
    """Return the derivative of output i by z_i, by a central difference: it knows no formula of it."""
    moved = np.zeros_like(z)
    moved[i] = SLOPE_STEP
    f = OUTPUTS[outputs].f
    right, left = f((z + moved)[np.newaxis])[0, i], f((z - moved)[np.newaxis])[0, i]
    return float((right - left) / (2.0 * SLOPE_STEP))


def error_times_slope(z: Array, y: Array, i: int, *, outputs: str, convention: str) -> float:
    """Return twice the weight times the error, times the slope measured."""
    y_hat = OUTPUTS[outputs].f(z[np.newaxis])[0]
    weight = CONVENTIONS[convention].weight(len(z))
    return float(2.0 * weight * (y_hat[i] - y[i])) * output_slope(z, i, outputs=outputs)


def error_with_slope(z: Array, y: Array, i: int, *, outputs: str, convention: str) -> float:
    """Return the same with the slope as a formula of the output."""
    y_hat = OUTPUTS[outputs].f(z[np.newaxis])
    weight = CONVENTIONS[convention].weight(len(z))
    return float(OUTPUTS[outputs].back(y_hat, 2.0 * weight * (y_hat - y))[0, i])


def squares_derivation(outputs: str, convention: str) -> Derivation:
    """Return where dL/dz_i of a squared error comes from."""
    weight, factor = WEIGHTS[convention].latex.format(n="n"), FACTORS[convention]
    times = rf"{factor}\," if factor else ""
    slope = SLOPES[outputs].unit_latex.format(y=r"\hat y_i")
    return Derivation(
        start=rf"L = {weight}\sum_k (\hat y_k - y_k)^2,\; \hat y_k = f(z_k)",
        lines=(
            Line(
                rf"{times}(\hat y_i - y_i)\,f'(z_i)",
                partial(error_times_slope, outputs=outputs, convention=convention),
                "The chain rule: only term i of the sum depends on zᵢ, and its square brings a 2.",
            ),
            Line(
                rf"{times}(\hat y_i - y_i){slope}",
                partial(error_with_slope, outputs=outputs, convention=convention),
                "The slope of the output activation, from the output itself.",
            ),
        ),
    )


def softmax_of(z: Array) -> Array:
    """Return the softmax of one example, (n_L,)."""
    return OUTPUTS["softmax"].f(z[np.newaxis])[0]


def log_sum_differentiated(z: Array, y: Array, i: int) -> float:
    """Return the derivative of (sum y) log sum e^z - y.z."""
    return float(y.sum() * np.exp(z[i]) / np.exp(z).sum() - y[i])


def cross_entropy_error(z: Array, y: Array, i: int) -> float:
    """Return (sum y) p_i - y_i."""
    return float(y.sum() * softmax_of(z)[i] - y[i])


def by_the_jacobian(z: Array, y: Array, i: int) -> float:
    """Return the sum over all outputs of -y_k / p_k times dp_k/dz_i."""
    p, same = softmax_of(z), np.eye(len(z))[i]
    return float(np.sum(-y / p * p * (same - p[i])))


def logarithms_differentiated(z: Array, y: Array, i: int) -> float:
    """Return the derivative of log(1 + e^z) - y z."""
    return float(np.exp(z[i]) / (1.0 + np.exp(z[i])) - y[i])


def binary_by_chain(z: Array, y: Array, i: int) -> float:
    """Return the derivative by p times p (1 - p)."""
    p = 1.0 / (1.0 + np.exp(-z[i]))
    return float((-y[i] / p + (1.0 - y[i]) / (1.0 - p)) * p * (1.0 - p))


def probability_minus_target(z: Array, y: Array, i: int) -> float:
    """Return p_i - y_i."""
    return float(1.0 / (1.0 + np.exp(-z[i])) - y[i])


DELTAS: dict[str, Derivation] = {
    squared_error_name(outputs, convention): squares_derivation(outputs, convention)
    for outputs in SLOPES
    for convention in CONVENTIONS
} | {
    "cross_entropy": Derivation(
        start=r"L = -\sum_k y_k \log p_k = \left(\sum_k y_k\right) \log \sum_j e^{z_j} - \sum_k y_k z_k",
        lines=(
            Line(
                r"\sum_k -\frac{y_k}{p_k}\,p_k\,(\mathbb{1}[k = i] - p_i)",
                by_the_jacobian,
                "The long way: every output depends on zᵢ, so its derivatives by p are added over all of them.",
            ),
            Line(
                r"\left(\sum_k y_k\right) \frac{e^{z_i}}{\sum_j e^{z_j}} - y_i",
                log_sum_differentiated,
                "The short way: the logarithm undoes the exponential before anything is differentiated.",
            ),
            Line(
                r"\left(\sum_k y_k\right) p_i - y_i",
                cross_entropy_error,
                "The fraction is pᵢ; with targets that sum to one this is pᵢ − yᵢ: the derivative by z, not by p.",
            ),
        ),
    ),
    "binary_cross_entropy": Derivation(
        start=r"L = -\sum_k \left(y_k \log p_k + (1 - y_k) \log(1 - p_k)\right)",
        lines=(
            Line(
                r"\left(-\frac{y_i}{p_i} + \frac{1 - y_i}{1 - p_i}\right) p_i\,(1 - p_i)",
                binary_by_chain,
                "The chain rule through pᵢ, which alone depends on zᵢ.",
            ),
            Line(
                r"\frac{e^{z_i}}{1 + e^{z_i}} - y_i",
                logarithms_differentiated,
                "The same loss by z is log(1 + eᶻ) − y z.",
            ),
            Line("p_i - y_i", probability_minus_target, "The fraction is pᵢ."),
        ),
    ),
}


def delta_derivation(loss: str) -> Derivation:
    """Return where dL/dz of the loss of that name comes from; raise a ValueError where nobody has said."""
    return entry_for(loss, DELTAS, "derivations (mlp.exercises.explained.loss_derivations)")
