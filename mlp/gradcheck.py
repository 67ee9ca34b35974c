"""The check of a gradient: central differences against `backward`, parameter by parameter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from mlp.activations import ACTIVATIONS, at_kinks
from mlp.arrays import Array
from mlp.losses import LOSSES
from mlp.network import ForwardPass, Gradients, Network, backward, batch_scale, forward, loss_value, targets_of

Units = Callable[[int, Array], Array]
STEPS = 2.0 ** -np.arange(5, 29, 2)  # from 0.03 to 7e-9, each a quarter of the one before
ROUNDING = np.finfo(float).eps
TOLERANCE = 1e-6
SMALLEST_SCALE = 1e-4
NUMBERS_AT_ONCE = 2_000_000


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
        The largest of the entries' relative errors; see `relative_error`.
    passed : bool
        Whether the relative error is at most the tolerance.
    kink : bool
        Whether it is not because a hidden unit stands at a kink of its activation, or so close that the differences
        reach across. There no derivative can be measured; with that unit's slope held as `backward` takes it, all
        agrees.

    Examples
    --------
    >>> from mlp import check_gradients
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> check, *others = check_gradients(exercise.network, exercise.X, exercise.Y)
    >>> check.name, check.analytic.shape, check.numeric.shape, check.passed
    ('W[1]', (4, 4), (4, 4), True)
    """

    name: str
    analytic: Array
    numeric: Array
    relative_error: float
    passed: bool
    kink: bool = False


def check_gradients(
    network: Network,
    X: Array,
    Y: Array,
    *,
    reduction: str = "sum",
    alpha: float = 0.0,
    tolerance: float = TOLERANCE,
    gradients: Gradients | None = None,
    forward_pass: ForwardPass | None = None,
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
    forward_pass : ForwardPass, optional
        The one that they belong to; by default that of `forward`.

    Returns
    -------
    tuple of ParameterCheck
        A comparison for each array.

    Raises
    ------
    ValueError
        If X or Y do not fit the network, or `reduction` is unknown.

    Notes
    -----
    A ReLU has no derivative at 0, where its two slopes differ: the check says so in `kink`. Numbers that overflowed do
    not pass.

    Examples
    --------
    The gradients of the sum are wrong for the mean:

    >>> from mlp import backward, check_gradients, forward
    >>> from mlp.exercises import sheet_exercise
    >>> exercise = sheet_exercise("q1")
    >>> network, X, Y = exercise.network, exercise.X, exercise.Y
    >>> all(check.passed for check in check_gradients(network, X, Y))
    True
    >>> summed = backward(network, forward(network, X), Y)
    >>> any(check.passed for check in check_gradients(network, X, Y, reduction="mean", gradients=summed))
    False
    """
    with np.errstate(all="ignore"):
        forward_pass = forward(network, X) if forward_pass is None else forward_pass
        analytic = (
            backward(network, forward_pass, Y, reduction=reduction, alpha=alpha) if gradients is None else gradients
        )
        scale = max(1.0, abs(loss_value(network, forward_pass, Y, reduction=reduction, alpha=alpha)))

        def compared(l: int, kind: str) -> ParameterCheck:
            measure = partial(
                numeric_gradient, network, forward_pass, Y, l, kind, reduction=reduction, alpha=alpha, scale=scale
            )
            judged = getattr(analytic, kind)[l]
            check = compare(f"{kind}[{l}]", judged, measure(), scale, tolerance)
            near = {} if check.passed else units_near_kinks(network, forward_pass, l, STEPS[-3])
            if not any(np.any(mask) for mask in near.values()):
                return check
            held = measure(units=partial(held_units, network.hidden, forward_pass, near))
            return replace(check, kink=compare(check.name, judged, held, scale, tolerance).passed)

        return tuple(compared(l, kind) for l in range(1, len(network.layers) + 1) for kind in ("W", "b"))


def numeric_gradient(
    network: Network,
    forward_pass: ForwardPass,
    Y: Array,
    l: int,
    kind: str,
    *,
    reduction: str,
    alpha: float,
    scale: float,
    units: Units | None = None,
) -> Array:
    """Return the derivative of the loss by parameter `kind` ("W" or "b") of layer l, from central differences only.

    Parameters
    ----------
    network, forward_pass, Y, reduction, alpha
        As in `loss_value`.
    l : int
    kind : {"W", "b"}
    scale : float
        The size of the loss.
    units : callable, optional
        What the hidden units do, as in `moved_losses`.
    """
    layer, Y = network.layers[l - 1], targets_of(Y, forward_pass)
    values = getattr(layer, kind)

    def losses(moved: Array) -> Array:
        W, b = (moved, layer.b) if kind == "W" else (layer.W, moved)
        return moved_losses(network, forward_pass.h[l - 1], Y, l, W, b, alpha, units) * batch_scale(reduction, len(Y))

    at_once = max(1, NUMBERS_AT_ONCE // (2 * len(STEPS) * values.size))
    parts = np.split(np.arange(values.size), range(at_once, values.size, at_once))
    return np.concatenate([best_difference(losses, values, part, scale) for part in parts]).reshape(values.shape)


def moved_losses(
    network: Network, h: Array, Y: Array, l: int, W: Array, b: Array, alpha: float, units: Units | None = None
) -> Array:
    """Return the batch's summed loss for each of many values of layer l's parameters.

    Parameters
    ----------
    network : Network
    h : array of shape (n, n_{l-1})
        What goes into layer l.
    Y : array of shape (n, n_L)
    l : int
    W, b : arrays of shape (m, n_l, n_{l-1}) and (n_l,), or (n_l, n_{l-1}) and (m, n_l)
        m values of the one, the other as it is.
    alpha : float
    units : callable, optional
        `units(k, z)` returns h of layer k from its z (m, n, n_k); by default the activation does.

    Returns
    -------
    array of shape (m,)
        Without the other layers' share of the penalty, which no difference contains.
    """
    z = h @ np.swapaxes(W, -1, -2) + b[..., np.newaxis, :]
    for k, layer in enumerate(network.layers[l:], start=l):
        z = (ACTIVATIONS[network.hidden].f(z) if units is None else units(k, z)) @ layer.W.T + layer.b
    m, n = z.shape[:2]
    losses = LOSSES[network.loss].value(z.reshape(m * n, -1), np.tile(Y, (m, 1))).reshape(m, n)
    return losses.sum(axis=1) + 0.5 * alpha * (W * W).sum(axis=(-1, -2))


def best_difference(losses: Callable[[Array], Array], values: Array, part: Array, scale: float) -> Array:
    """Return the derivative of `losses` by the entries `part` (flat indices) of `values`, each with its best step.

    A large step misses the curve, a small one drowns in rounding, and which is which depends on the numbers: an input
    of 1000 asks for a thousandth of the step. So all STEPS are tried. Two neighbours give one estimate with an error
    of order h^4, (16 D(h) - D(4h)) / 15, and of these the one is taken that differs least from the next, rounding
    included (after Ridders, 1982).
    """
    moves = np.concatenate([STEPS, -STEPS])
    moved = np.zeros((len(moves), len(part), values.size))
    moved[:, np.arange(len(part)), part] = moves[:, np.newaxis]
    moved += values.ravel()
    right, left = losses(moved.reshape(-1, *values.shape)).reshape(2, len(STEPS), len(part))
    differences = (right - left) / (2.0 * STEPS[:, np.newaxis])
    estimates = (16.0 * differences[1:] - differences[:-1]) / 15.0
    doubts = np.abs(np.diff(estimates, axis=0)) + ROUNDING * scale / STEPS[1:-1, np.newaxis]
    best = np.where(np.isnan(doubts), np.inf, doubts).argmin(axis=0)
    return estimates[best, np.arange(len(part))]


def relative_error(analytic: Array, numeric: Array, scale: float = 1.0) -> float:
    """Return the largest |a - n| / max(|a|, |n|, 1e-4 scale) of all entries.

    The last term is there because a difference of losses of size `scale` carries rounding errors of about
    1e-13 scale: against a gradient of 0 a purely relative error would be noise divided by nothing.
    """
    sizes = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), SMALLEST_SCALE * scale)
    return float(np.max(np.abs(analytic - numeric) / sizes))


def compare(name: str, analytic: Array, numeric: Array, scale: float, tolerance: float) -> ParameterCheck:
    """Return the comparison of two derivatives of one parameter array."""
    error = relative_error(analytic, numeric, scale)
    return ParameterCheck(
        name=name, analytic=analytic, numeric=numeric, relative_error=error, passed=bool(error <= tolerance)
    )


def units_near_kinks(network: Network, forward_pass: ForwardPass, l: int, step: float) -> dict[int, Array]:
    """Return which units of layers l to L-1 are so close to a kink that a step of a parameter of layer l may cross it.

    A step moves z[l] by its input's size, and each z above by what the weights make of that.

    Parameters
    ----------
    network : Network
    forward_pass : ForwardPass
    l : int
    step : float
        Of a parameter of layer l.

    Returns
    -------
    dict of bool arrays (n, n_k)
        By layer.
    """
    reach, near = step * max(1.0, float(np.abs(forward_pass.h[l - 1]).max())), {}
    for k in range(l, len(network.layers)):
        near[k] = at_kinks(network.hidden, forward_pass.z[k], reach)
        reach *= max(1.0, float(np.abs(network.layers[k].W).sum(axis=1).max()))
    return near


def held_units(hidden: str, forward_pass: ForwardPass, near: dict[int, Array], k: int, z: Array) -> Array:
    """Return h of layer k from its z (m, n, n_k), where units near a kink follow the slope that `backward` takes."""
    g, before, h = ACTIVATIONS[hidden], forward_pass.z[k], forward_pass.h[k]
    return np.where(near[k], h + g.derivative(before, h) * (z - before), g.f(z))
