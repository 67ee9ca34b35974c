"""The proof of a gradient: central differences against `backward`, parameter by parameter."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from mlp.network import Gradients, Layer, Network, backward, forward, loss_value

Array = np.ndarray
STEP = 1e-3
TOLERANCE = 1e-6
SMALLEST_SCALE = 1e-4


@dataclass(frozen=True, eq=False)
class ParameterCheck:
    """The comparison for one parameter array.

    Attributes
    ----------
    name : str
        "W[1]", "b[1]", ...
    analytic, numeric : arrays of the parameter's shape
        The derivative from `backward` and from central differences.
    relative_error : float
        max|analytic - numeric| over the larger of the two maxima; see `relative_error`.
    passed : bool
        Whether the relative error is at most the tolerance.
    """

    name: str
    analytic: Array
    numeric: Array
    relative_error: float
    passed: bool


def check_gradients(
    network: Network,
    X: Array,
    Y: Array,
    *,
    reduction: str = "sum",
    alpha: float = 0.0,
    tolerance: float = TOLERANCE,
    gradients: Gradients | None = None,
) -> tuple[ParameterCheck, ...]:
    """Return a comparison of `backward` with central differences for every parameter array, W[1], b[1], W[2], ...

    Parameters
    ----------
    network : Network
    X : array of shape (n, n_0)
    Y : array of shape (n, n_L)
    reduction, alpha
        As in `loss_value`.
    tolerance : float
        The largest relative error that passes.
    gradients : Gradients, optional
        The gradients to be judged; by default those of `backward`.

    Notes
    -----
    A ReLU has no derivative at exactly 0: there the two slopes differ and the check says so.
    """
    forward_pass = forward(network, X)
    analytic = gradients or backward(network, forward_pass, Y, reduction=reduction, alpha=alpha)
    scale = max(1.0, abs(loss_value(network, forward_pass, Y, reduction=reduction, alpha=alpha)))

    def loss_at(moved: Network) -> float:
        return loss_value(moved, forward(moved, X), Y, reduction=reduction, alpha=alpha)

    return tuple(
        _compare(
            f"{kind}[{l}]", getattr(analytic, kind)[l], central_differences(loss_at, network, l, kind), scale, tolerance
        )
        for l in range(1, len(network.layers) + 1)
        for kind in ("W", "b")
    )


def central_differences(loss_at, network: Network, l: int, kind: str) -> Array:
    """Return the numeric derivative of `loss_at(network)` by parameter `kind` ("W" or "b") of layer l.

    The five-point formula (8 (L(+h) - L(-h)) - (L(+2h) - L(-2h))) / 12h has an error of order h^4, so that h = 1e-3
    leaves eleven digits where a plain difference leaves seven (Abramowitz and Stegun, 25.3.6).
    """
    values = getattr(network.layers[l - 1], kind)
    numeric = np.empty_like(values)
    for index in np.ndindex(values.shape):
        far_left, left, right, far_right = (loss_at(moved) for moved in _moved(network, l, kind, index))
        numeric[index] = (8.0 * (right - left) - (far_right - far_left)) / (12.0 * STEP)
    return numeric


def relative_error(analytic: Array, numeric: Array, scale: float = 1.0) -> float:
    """Return max|a - n| / max(max|a|, max|n|, 1e-4 scale).

    The last term is there because a difference of losses of size `scale` carries rounding errors of about
    1e-13 scale: against a gradient of 0 a purely relative error would be noise divided by nothing.
    """
    difference = np.max(np.abs(analytic - numeric))
    return float(difference / max(np.max(np.abs(analytic)), np.max(np.abs(numeric)), SMALLEST_SCALE * scale))


def _compare(name: str, analytic: Array, numeric: Array, scale: float, tolerance: float) -> ParameterCheck:
    error = relative_error(analytic, numeric, scale)
    return ParameterCheck(name, analytic, numeric, error, bool(error <= tolerance))


def _moved(network: Network, l: int, kind: str, index: tuple[int, ...]) -> Iterator[Network]:
    """Yield the network with one parameter moved by -2, -1, +1 and +2 steps."""
    layer = network.layers[l - 1]
    for steps in (-2, -1, 1, 2):
        values = getattr(layer, kind).copy()
        values[index] += steps * STEP
        moved: Layer = replace(layer, **{kind: values})
        yield replace(network, layers=(*network.layers[: l - 1], moved, *network.layers[l:]))
