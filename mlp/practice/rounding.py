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
    sizes, unit = np.abs(values), last_unit(values, digits)
    in_units = sizes / unit
    return np.where(np.abs(in_units - np.rint(in_units)) <= NOISE * in_units, 0.0, 0.5 * unit)


def last_unit(values: Array, digits: int) -> Array:
    """Return a unit of the last of so many significant digits of each value."""
    sizes = np.abs(values)
    return 10.0 ** (np.floor(np.log10(sizes, out=np.zeros_like(sizes), where=sizes > 0.0)) - digits + 1)


def rounding_of(chain: Chain, name: str, digits: int) -> Array:
    """Return how far rounding moves what the rule makes of a quantity."""
    return half_unit(chain.rule(name) if name in chain.given else chain[name], digits)


def passed_on(chain: Chain, name: str, bound: Array, digits: int) -> Array:
    """Return how far a quantity is off where one goes on with it: by its bound, or a number of hers by half a unit.

    What she has written has no more digits than she wrote, but she may have gone on with those in her calculator. It is
    exact only where it is 0 or the true number.
    """
    own = chain.given.get(name)
    if own is None or chain.true is None:
        return bound
    true = chain.true[name]
    exact = np.isnan(own) | (own == 0.0) | (np.abs(own - true) <= NOISE * np.maximum(1.0, np.abs(true)))
    return np.where(exact, bound, 0.5 * last_unit(chain[name], digits))


def rounding_bounds(chain: Chain, digits: int) -> dict[str, Array]:
    """Return for each quantity how far its value can be off when all before it were rounded, in its own shape.

    Parameters
    ----------
    chain : Chain
        Of the true numbers, or of a student's.
    digits : int
        Significant digits that are kept.
    """
    if digits not in chain.known_bounds:
        with np.errstate(all="ignore"):
            bounds = forward_bounds(chain, digits)
            bounds |= backward_bounds(chain, digits, bounds)
            bounds |= update_bounds(chain, digits, bounds)
        chain.known_bounds[digits] = bounds
    return chain.known_bounds[digits]


def forward_bounds(chain: Chain, digits: int) -> dict[str, Array]:
    """Return the bounds of z, h, the outputs and the losses."""
    bounds, below = {}, np.zeros_like(chain.X)
    for l in range(1, chain.depth + 1):
        bounds[f"z{l}"] = np.abs(chain.layer(l).W) @ below + rounding_of(chain, f"z{l}", digits)
        error = passed_on(chain, f"z{l}", bounds[f"z{l}"], digits)
        if l < chain.depth:
            bounds[f"h{l}"] = np.abs(chain.slope(l)) * error + rounding_of(chain, f"h{l}", digits)
            below = passed_on(chain, f"h{l}", bounds[f"h{l}"], digits)
    return bounds | output_bounds(chain, digits, error)


def output_bounds(chain: Chain, digits: int, error: Array) -> dict[str, Array]:
    """Return the bounds of the outputs and the losses, from that of the last z."""
    bounds, named, outputs = {}, places(chain.exercise), chain.h(chain.depth)
    own = np.zeros_like(outputs)
    if "output" in named:
        own = passed_on(chain, "output", half_unit(outputs, digits), digits)
        bounds["output"] = output_sensitivity(chain, error) + rounding_of(chain, "output", digits)
    gradient = chain.loss.output_gradient(outputs.T, chain.Y.T).T
    delta = chain.loss.output_delta(outputs.T, chain.Y.T).T
    losses = (np.abs(delta) * error + np.abs(gradient) * own).sum(axis=0)
    for name, place in named.items():
        if place.kind == "L of":
            bounds[name] = losses[[place.index - 1], np.newaxis] + rounding_of(chain, name, digits)
    each = [passed_on(chain, name, bound, digits).sum() for name, bound in bounds.items() if name.startswith("L(")]
    total = losses.sum() if len(losses) == 1 else sum(each)
    bounds["L"] = chain.scale * total + rounding_of(chain, "L", digits)
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
    found, last = {}, chain.depth
    outputs = "output" if "output" in bounds else f"z{last}"
    outputs_error = passed_on(chain, outputs, bounds[outputs], digits)
    found[f"dz{last}"] = delta_sensitivity(chain, outputs_error) + rounding_of(chain, f"dz{last}", digits)
    for l in range(last, 0, -1):
        error = passed_on(chain, f"dz{l}", found[f"dz{l}"], digits)
        delta, below = np.abs(chain[f"dz{l}"]), np.abs(chain.h(l - 1))
        below_error = passed_on(chain, f"h{l - 1}", bounds[f"h{l - 1}"], digits) if l > 1 else np.zeros_like(below)
        found[f"dW{l}"] = error @ below.T + delta @ below_error.T + rounding_of(chain, f"dW{l}", digits)
        found[f"db{l}"] = error.sum(axis=1, keepdims=True) + rounding_of(chain, f"db{l}", digits)
        if l > 1:
            found[f"dh{l - 1}"] = np.abs(chain.layer(l).W).T @ error + rounding_of(chain, f"dh{l - 1}", digits)
            dh_error = passed_on(chain, f"dh{l - 1}", found[f"dh{l - 1}"], digits)
            z_error = passed_on(chain, f"z{l - 1}", bounds[f"z{l - 1}"], digits)
            found[f"dz{l - 1}"] = hidden_delta_bound(chain, l - 1, digits, z_error, dh_error)
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
    own = rounding_of(chain, f"dz{l}", digits)
    return dh_error * np.abs(slope) + np.abs(chain[f"dh{l}"]) * slope_error + own


def update_bounds(chain: Chain, digits: int, bounds: dict[str, Array]) -> dict[str, Array]:
    """Return the bounds of the velocities, of the new parameters and of the loss after the step."""
    found, eta = {}, chain.exercise.learning_rate
    for name, place in places(chain.exercise).items():
        if place.kind in ("vW", "vb"):
            gradient = f"d{place.kind[1]}{place.index}"
            found[name] = eta * passed_on(chain, gradient, bounds[gradient], digits) + rounding_of(chain, name, digits)
        if place.kind in ("W new", "b new"):
            gradient, velocity = (f"{mark}{place.kind[0]}{place.index}" for mark in "dv")
            step = (
                passed_on(chain, velocity, found[velocity], digits)
                if chain.exercise.momentum
                else eta * passed_on(chain, gradient, bounds[gradient], digits)
            )
            found[name] = step + rounding_of(chain, name, digits)
    found["L after"] = loss_after_bound(chain, digits, found)
    return found


def loss_after_bound(chain: Chain, digits: int, found: dict[str, Array]) -> Array:
    """Return the bound of the loss after the step: its forward pass in rounded numbers, from rounded parameters."""
    after = Chain(replace(chain.exercise, network=network_after(chain)))
    passed = forward_bounds(after, digits)["L"]
    moved = sum(
        np.sum(np.abs(after[f"d{place.kind[0]}{place.index}"]) * passed_on(chain, name, found[name], digits))
        for name, place in places(chain.exercise).items()
        if place.kind in ("W new", "b new")
    )
    return passed + moved
