"""Inside a network: how many hidden units are saturated, and how large each layer's gradient is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.metrics import one_hot
from mlp.network import ForwardPass, Network, backward, forward
from mlp.tables import entry_for

# A bound on the work, not on what is seen: the split is random, so the first examples are as good as any
EXAMPLES = 2000


@dataclass(frozen=True)
class Rule:
    """When a hidden unit counts as saturated.

    Attributes
    ----------
    holds : callable
        From z and the answers h to whether each is saturated.
    share : float
        The unit is, if at least this share of its answers is.
    """

    holds: Callable[[Array, Array], Array]
    share: float


def near_one(z: Array, h: Array) -> Array:
    """Return whether tanh is beyond 0.95 on either side, where its slope is below a tenth of the steepest."""
    return np.abs(h) > 0.95


def near_its_ends(z: Array, h: Array) -> Array:
    """Return whether the logistic function is within 0.025 of 0 or 1: the same z, doubled, as for tanh."""
    return np.abs(h - 0.5) > 0.475


def silent(z: Array, h: Array) -> Array:
    """Return whether relu answers 0, where its slope is 0."""
    return h == 0.0


def near_its_floor(z: Array, h: Array) -> Array:
    """Return whether elu is below -0.95, where its slope h + 1 is below a twentieth."""
    return h < -0.95


def nearly_silent(z: Array, h: Array) -> Array:
    """Return whether softplus is below 0.05, where its slope 1 - e^-h is too."""
    return h < 0.05


def far_left(z: Array, h: Array) -> Array:
    """Return whether gelu's z is below -2.5, where its slope is within a twentieth of 0; h alone can't tell it."""
    return z < -2.5


def never(z: Array, h: Array) -> Array:
    """Return False everywhere: the identity's slope is 1 for every z."""
    return np.zeros(h.shape, dtype=bool)


RULES: dict[str, Rule] = {
    "tanh": Rule(near_one, 0.5),
    "logistic": Rule(near_its_ends, 0.5),
    "relu": Rule(silent, 1.0),
    "identity": Rule(never, 1.0),
    "leaky_relu": Rule(never, 1.0),
    "elu": Rule(near_its_floor, 0.5),
    "softplus": Rule(nearly_silent, 0.5),
    "gelu": Rule(far_left, 0.5),
}


@dataclass(frozen=True)
class LayerInsight:
    """A layer of a network, seen on a set of examples.

    Attributes
    ----------
    layer : int
        From 1, as on the sheet.
    units : int
    saturated : int or None
        Units that are saturated by their activation's rule; None for the output layer, which has no hidden units.
    share : float or None
        Share of all answers, units times examples, that are saturated.
    gradient_norm : float
        Square root of the sum of the squares of ∂L/∂W[l], L the mean loss without penalty.
    """

    layer: int
    units: int
    saturated: int | None
    share: float | None
    gradient_norm: float


def saturation(hidden: str, z: Array, h: Array) -> tuple[int, float]:
    """Return how many units are saturated, and the share of saturated answers.

    Parameters
    ----------
    hidden : str
        The activation's name.
    z, h : arrays of shape (n, units)
        The units' z and their answers to n examples.
    """
    rule = entry_for(hidden, RULES, "saturation (mlp.experiments.outcome.insight)")
    shares = rule.holds(z, h).mean(axis=0)
    return int((shares >= rule.share).sum()), float(shares.mean())


def insight(network: Network, X: Array, y: Array) -> tuple[LayerInsight, ...]:
    """Return every layer of a network, seen on examples; numbers that overflow come out as inf or nan.

    Parameters
    ----------
    network : Network
    X : array of shape (n, n_0)
    y : int array of shape (n,)
        Class indices.
    """
    with np.errstate(all="ignore"):
        forward_pass = forward(network, X)
        gradients = backward(network, forward_pass, one_hot(y, network.sizes[-1]), reduction="mean")
        norms = [float(np.linalg.norm(dW)) for dW in gradients.W]
    return tuple(
        LayerInsight(l, network.sizes[l], *layer_saturation(network, forward_pass, l), norm)
        for l, norm in enumerate(norms, start=1)
    )


def layer_saturation(network: Network, forward_pass: ForwardPass, l: int) -> tuple[int | None, float | None]:
    """Return the saturation of layer l, None twice for the output layer."""
    if l == len(network.layers):
        return None, None
    return saturation(network.hidden, forward_pass.z[l], forward_pass.h[l])


def insights(networks: dict[int, Network], X: Array, y: Array) -> dict[int, tuple[LayerInsight, ...]]:
    """Return `insight` into each network, by epoch, on the first 2000 of the examples at most."""
    return {epoch: insight(network, X[:EXAMPLES], y[:EXAMPLES]) for epoch, network in networks.items()}


def first_weights(networks: dict[int, Network], *, since_start: bool = False) -> dict[int, Array]:
    """Return W[1] by epoch, or how it differs from that of the first epoch."""
    matrices = {epoch: network.layers[0].W for epoch, network in networks.items()}
    start = matrices[min(matrices)]
    return {epoch: W - start for epoch, W in matrices.items()} if since_start else matrices


def activations(network: Network, x: Array) -> tuple[Array, ...]:
    """Return what every layer answers to one example, h[1] to h[L], each of shape (n_l,)."""
    with np.errstate(all="ignore"):
        return tuple(h[0] for h in forward(network, x).h[1:])
