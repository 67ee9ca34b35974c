"""How far rounding on the way can carry a result: first-order bounds when every number is rounded to d digits.

A student rounds what she writes down. If every intermediate value is rounded to d significant digits, each is off by at
most half a unit of its last digit, and by what the rules make of the errors before it (running error analysis; Higham,
Accuracy and Stability of Numerical Algorithms, 2002, chapter 3).
"""

from dataclasses import replace

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.practice.chain import Chain, network_after, places

STEP = 1e-6
NOISE = 1e-12


def half_unit(values: Array, digits: int) -> Array:
    """Return how far rounding to so many significant digits can move each value: half a unit of the last, or 0.

    A number that has no more digits than that, such as 0.3, is not moved.
    """
    sizes = np.abs(values)
    exponents = np.floor(np.log10(sizes, out=np.zeros_like(sizes), where=sizes > 0.0)) - digits + 1
    unit = 10.0**exponents
    in_units = sizes / unit
    return np.where(np.abs(in_units - np.rint(in_units)) <= NOISE * sizes / unit, 0.0, 0.5 * unit)


def rounding_bounds(chain: Chain, digits: int) -> dict[str, Array]:
    """Return for each quantity how far its value can be off when all before it were rounded, in its own shape.

    Parameters
    ----------
    chain : Chain
        Of the true numbers, or of a student's.
    digits : int
        Significant digits that are kept.
    """
    with np.errstate(all="ignore"):
        bounds = forward_bounds(chain, digits)
        bounds |= backward_bounds(chain, digits, bounds)
        bounds |= update_bounds(chain, digits, bounds)
    return bounds


def forward_bounds(chain: Chain, digits: int) -> dict[str, Array]:
    """Return the bounds of z, h, the outputs and the losses."""
    bounds, below = {}, np.zeros_like(chain.X)
    for l in range(1, chain.depth + 1):
        z = chain[f"z{l}"]
        bounds[f"z{l}"] = np.abs(chain.layer(l).W) @ below + half_unit(z, digits)
        if l < chain.depth:
            below = np.abs(chain.slope(l)) * bounds[f"z{l}"] + half_unit(chain[f"h{l}"], digits)
            bounds[f"h{l}"] = below
    return bounds | output_bounds(chain, digits, bounds[f"z{chain.depth}"])


def output_bounds(chain: Chain, digits: int, error: Array) -> dict[str, Array]:
    """Return the bounds of the outputs and the losses, from that of the last z."""
    bounds, named, outputs = {}, places(chain.exercise), chain.h(chain.depth)
    own = np.zeros_like(outputs)
    if "output" in named:
        own = half_unit(outputs, digits)
        bounds["output"] = output_sensitivity(chain, error) + own
    gradient = chain.loss.output_gradient(outputs.T, chain.Y.T).T
    delta = chain.loss.output_delta(outputs.T, chain.Y.T).T
    losses = (np.abs(delta) * error + np.abs(gradient) * own).sum(axis=0)
    for name, place in named.items():
        if place.kind == "L of":
            bounds[name] = losses[[place.index - 1], np.newaxis] + half_unit(chain[name], digits)
    total = losses.sum() if len(losses) == 1 else sum(bounds[f"L({j + 1})"].sum() for j in range(len(losses)))
    bounds["L"] = chain.scale * total + half_unit(chain["L"], digits)
    return bounds


def output_sensitivity(chain: Chain, error: Array) -> Array:
    """Return how far the outputs move when every last z moves by its error, each with the worst sign."""
    z, total = chain[f"z{chain.depth}"], np.zeros_like(error)
    for k in range(len(z)):
        moved = z.copy()
        moved[k] += STEP
        slopes = (chain.loss.output(moved.T).T - chain.loss.output(z.T).T) / STEP
        total += np.abs(slopes) * error[k]
    return total


def backward_bounds(chain: Chain, digits: int, bounds: dict[str, Array]) -> dict[str, Array]:
    """Return the bounds of every derivative, from those of the forward pass."""
    found, depth = {}, chain.depth
    outputs_error = bounds.get("output", bounds[f"z{depth}"])
    error = delta_sensitivity(chain, outputs_error) + half_unit(chain[f"dz{depth}"], digits)
    for l in range(depth, 0, -1):
        delta, below = np.abs(chain[f"dz{l}"]), np.abs(chain.h(l - 1))
        below_error = bounds[f"h{l - 1}"] if l > 1 else np.zeros_like(below)
        found[f"dz{l}"] = error
        found[f"dW{l}"] = error @ below.T + delta @ below_error.T + half_unit(chain[f"dW{l}"], digits)
        found[f"db{l}"] = error.sum(axis=1, keepdims=True) + half_unit(chain[f"db{l}"], digits)
        if l > 1:
            dh_error = np.abs(chain.layer(l).W).T @ error + half_unit(chain[f"dh{l - 1}"], digits)
            found[f"dh{l - 1}"] = dh_error
            error = hidden_delta_bound(chain, l - 1, digits, bounds[f"z{l - 1}"], dh_error)
    return found


def delta_sensitivity(chain: Chain, error: Array) -> Array:
    """Return how far dL/dz[L] moves when every output moves by its error."""
    outputs, Y = chain.h(chain.depth).T, chain.Y.T
    at = chain.loss.output_delta(outputs, Y)
    moved = [chain.loss.output_delta(outputs + sign * error.T, Y) for sign in (1.0, -1.0)]
    return chain.scale * np.maximum(*(np.abs(other - at) for other in moved)).T


def hidden_delta_bound(chain: Chain, l: int, digits: int, z_error: Array, dh_error: Array) -> Array:
    """Return the bound of dL/dz[l] = dL/dh[l] g'(z[l]) from those of its factors."""
    activation, z, slope = ACTIVATIONS[chain.network.hidden], chain[f"z{l}"], chain.slope(l)
    moved = [activation.derivative(z + sign * z_error, activation.f(z + sign * z_error)) for sign in (1.0, -1.0)]
    # At z alone: an h of the student's may not be g(z)
    at = activation.derivative(z, activation.f(z))
    slope_error = np.maximum(*(np.abs(other - at) for other in moved)) + half_unit(slope, digits)
    own = half_unit(chain[f"dz{l}"], digits)
    return dh_error * np.abs(slope) + np.abs(chain[f"dh{l}"]) * slope_error + own


def update_bounds(chain: Chain, digits: int, bounds: dict[str, Array]) -> dict[str, Array]:
    """Return the bounds of the velocities, of the new parameters and of the loss after the step."""
    found, eta = {}, chain.exercise.learning_rate
    for name, place in places(chain.exercise).items():
        if place.kind in ("vW", "vb"):
            found[name] = eta * bounds[f"d{place.kind[1]}{place.index}"] + half_unit(chain[name], digits)
        if place.kind in ("W new", "b new"):
            gradient, velocity = (f"{mark}{place.kind[0]}{place.index}" for mark in "dv")
            step = found[velocity] if chain.exercise.momentum else eta * bounds[gradient]
            found[name] = step + half_unit(chain[name], digits)
    found["L after"] = loss_after_bound(chain, digits, found)
    return found


def loss_after_bound(chain: Chain, digits: int, found: dict[str, Array]) -> Array:
    """Return the bound of the loss after the step: its forward pass in rounded numbers, from rounded parameters."""
    after = Chain(replace(chain.exercise, network=network_after(chain)))
    passed = forward_bounds(after, digits)["L"]
    moved = sum(
        np.sum(np.abs(after[f"d{place.kind[0]}{place.index}"]) * found[name])
        for name, place in places(chain.exercise).items()
        if place.kind in ("W new", "b new")
    )
    return passed + moved
