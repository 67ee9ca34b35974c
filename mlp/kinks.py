"""Kinks of activations: where hidden units stand at one, and how to go on beside it with the slope that is taken."""

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.network import ForwardPass, Network


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


def at_kinks(hidden: str, z: Array, reach: float = 0.0) -> Array:
    """Return where z is at a kink of an activation, or within reach of one: an array of bool of z's shape."""
    found = np.zeros(z.shape, dtype=bool)
    for kink in ACTIVATIONS[hidden].kinks:
        found |= np.abs(z - kink) <= reach
    return found


def held_units(hidden: str, forward_pass: ForwardPass, near: dict[int, Array], k: int, z: Array) -> Array:
    """Return h of layer k from its z (m, n, n_k), where units near a kink follow the slope that `backward` takes."""
    g, before, h = ACTIVATIONS[hidden], forward_pass.z[k], forward_pass.h[k]
    return np.where(near[k], h + g.derivative(before, h) * (z - before), g.f(z))
