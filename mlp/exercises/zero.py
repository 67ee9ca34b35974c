"""Zero on paper: what is within the rounding of its own sum is 0, for everything that is said of an exercise.

0.1 + 0.2 - 0.3 is 5.6e-17 in a computer, and a ReLU takes its slope from the sign of that. So an exercise's passes
count every sum as 0 of which no digit is sure. Training doesn't: it has to end on the weights of other libraries.
"""

from dataclasses import dataclass, replace

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.losses import LOSSES
from mlp.network import ByLayer, ForwardPass, Gradients, Layer, Network, backward, forward

# Half the distance from 1 to the next number: the largest relative error of one operation
UNIT = float(np.finfo(float).eps) / 2


@dataclass(frozen=True, eq=False)
class Doubts:
    """How far the numbers of a forward pass may be off by rounding, numbered as these are."""

    z: ByLayer
    h: tuple[Array, ...]


def settled(values: Array, doubts: Array) -> Array:
    """Return the values, 0 in place of each that is within its doubt; what overflowed stays as it is."""
    return np.where(np.abs(values) <= np.where(np.isfinite(values), doubts, -1.0), 0.0, values)


def sum_on_paper(values: Array) -> Array:
    """Return the sum over the first axis, 0 where it is within its own rounding."""
    return settled(values.sum(axis=0), (len(values) + 3) * UNIT * np.abs(values).sum(axis=0))


def doubts_of_product(left: Array, right: Array, left_doubts: Array, right_doubts: Array) -> Array:
    """Return how far each entry of left @ right may be off: by rounding, and by the doubts of what goes in.

    A sum of k products rounds k times when it adds, and once for each number read from decimals and each product.
    """
    rounding = (left.shape[-1] + 3) * UNIT * (np.abs(left) @ np.abs(right))
    return rounding + left_doubts @ np.abs(right) + np.abs(left) @ right_doubts


def forward_on_paper(network: Network, X: Array) -> tuple[ForwardPass, Doubts]:
    """Return the forward pass in which a z that is within the rounding of its own sum is 0, and the doubts it leaves.

    Parameters
    ----------
    network : Network
    X : array of shape (n, n_0)
    """
    g, passed = ACTIVATIONS[network.hidden], forward(network, X)
    z, h = [], [passed.h[0]]
    z_doubts, h_doubts = [], [np.zeros_like(passed.h[0])]
    for l, layer in enumerate(network.layers, start=1):
        known = np.zeros_like(layer.W.T)
        doubts = doubts_of_product(h[-1], layer.W.T, h_doubts[-1], known) + 2 * UNIT * np.abs(layer.b)
        z.append(settled(passed.z[l], doubts))
        z_doubts.append(np.where(z[-1] == 0.0, 0.0, doubts))
        h.append(g.f(z[-1]))
        h_doubts.append(np.abs(g.derivative(z[-1], h[-1])) * z_doubts[-1] + 2 * UNIT * np.abs(h[-1]))
    h[-1] = LOSSES[network.loss].output(z[-1])
    h_doubts[-1] = z_doubts[-1] + 2 * UNIT * np.abs(h[-1])
    return ForwardPass(z=ByLayer(z), h=tuple(h)), Doubts(z=ByLayer(z_doubts), h=tuple(h_doubts))


def losses_on_paper(network: Network, passed: ForwardPass, doubts: Doubts, Y: Array) -> Array:
    """Return each example's loss (n,): 0 where the outputs are the targets, as far as any digit is sure."""
    loss = LOSSES[network.loss]
    error = np.abs(loss.delta(passed.z[-1], Y)) + doubts.h[-1]
    return settled(loss.value(passed.z[-1], Y), 2.0 * (error * doubts.h[-1]).sum(axis=1))


def backward_on_paper(
    network: Network, passed: ForwardPass, doubts: Doubts, Y: Array, *, reduction: str
) -> tuple[Gradients, tuple[Layer, ...]]:
    """Return the derivatives in which a sum that is within its own rounding is 0, and the doubts of dL/dW and dL/db.

    Parameters
    ----------
    network : Network
    passed, doubts
        Of `forward_on_paper`.
    Y : array of shape (n, n_L)
    reduction : {"sum", "mean"}
    """
    raw, loss, g = backward(network, passed, Y, reduction=reduction), LOSSES[network.loss], ACTIVATIONS[network.hidden]
    share = 1.0 if reduction == "sum" else 1.0 / len(Y)
    doubt = 2.0 * share * (doubts.h[-1] + 2 * UNIT * (np.abs(passed.output) + np.abs(Y)))
    # -y / p is no difference: nothing in it cancels
    dh = [raw.h[-1] if loss.probabilities else settled(raw.h[-1], doubt)]
    dz, dz_doubts = [settled(raw.z[-1], doubt)], [doubt]
    for l in range(len(network.layers) - 1, 0, -1):
        W = network.layers[l].W
        doubt = doubts_of_product(dz[-1], W, dz_doubts[-1], np.zeros_like(W))
        dh.append(settled(raw.h[l], doubt))
        dz.append(np.where(dh[-1] == 0.0, 0.0, raw.z[l]))
        dz_doubts.append(np.abs(g.derivative(passed.z[l], passed.h[l])) * doubt)
    dz, dh, dz_doubts = dz[::-1], dh[::-1], dz_doubts[::-1]
    ones, sure = np.ones((1, len(Y))), np.zeros((1, len(Y)))
    parameter_doubts = tuple(
        Layer(doubts_of_product(delta.T, h, off.T, h_off), doubts_of_product(ones, delta, sure, off)[0])
        for delta, off, h, h_off in zip(dz, dz_doubts, passed.h, doubts.h, strict=False)
    )
    dW = (settled(grad, off.W) for grad, off in zip(raw.W, parameter_doubts, strict=True))
    db = (settled(grad, off.b) for grad, off in zip(raw.b, parameter_doubts, strict=True))
    return Gradients(z=ByLayer(dz), h=ByLayer(dh), W=ByLayer(dW), b=ByLayer(db)), parameter_doubts


def velocity_on_paper(
    before: tuple[Layer, ...], after: tuple[Layer, ...], momentum: float, doubts: tuple[Layer, ...]
) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """Return a velocity with 0 for what is within the rounding of its own difference, and how far it may be off.

    Parameters
    ----------
    before, after : tuple of Layer
    momentum : float
    doubts : tuple of Layer
        How far eta times the derivatives may be off.
    """
    off = tuple(
        Layer(d.W + 8 * UNIT * np.abs(momentum * v.W), d.b + 8 * UNIT * np.abs(momentum * v.b))
        for v, d in zip(before, doubts, strict=True)
    )
    pairs = zip(after, off, strict=True)
    return tuple(Layer(settled(v.W, d.W), settled(v.b, d.b)) for v, d in pairs), off


def step_on_paper(before: Network, after: Network, doubts: tuple[Layer, ...]) -> Network:
    """Return the network after a step, with 0 for a parameter that is within the rounding of the step's difference.

    Parameters
    ----------
    before, after : Network
    doubts : tuple of Layer
        How far the steps of the parameters may be off.
    """
    layers = tuple(
        Layer(
            settled(new.W, off.W + 3 * UNIT * (np.abs(old.W) + np.abs(new.W - old.W))),
            settled(new.b, off.b + 3 * UNIT * (np.abs(old.b) + np.abs(new.b - old.b))),
        )
        for old, new, off in zip(before.layers, after.layers, doubts, strict=True)
    )
    return replace(after, layers=layers)
