"""Mistakes of a step with momentum: the velocity, and the new parameter that it leads to."""

from collections.abc import Iterator

import numpy as np

from mlp.arrays import Array
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.recipe import Recipe
from mlp.practice.recipes.update import NEW, OTHER_RATE, old, other_rates

MOVING = ("vW", "vb", *NEW)


def is_velocity(place: Place) -> bool:
    """Return whether the place is a velocity's, and not a new parameter's."""
    return place.kind.startswith("v")


def parameter(place: Place) -> str:
    """Return which parameter a velocity's or a new parameter's place belongs to: "W" or "b"."""
    return place.kind.strip("v")[0]


def velocity_before(chain: Chain, place: Place) -> Array:
    """Return the velocity before the step of a velocity's or a new parameter's place, as it looks on paper."""
    layer = chain.exercise.velocity_before[place.index - 1]
    return layer.W if parameter(place) == "W" else layer.b[:, np.newaxis]


def gradient(chain: Chain, place: Place) -> Array:
    """Return the gradient of a velocity's or a new parameter's place."""
    return chain[f"d{parameter(place)}{place.index}"]


def velocity(chain: Chain, place: Place) -> Array:
    """Return the velocity of a new parameter's place."""
    return chain[f"v{parameter(place)}{place.index}"]


def stepped(chain: Chain, place: Place, kept: float, step: float) -> Array:
    """Return kept times the velocity before plus step times the gradient, or the parameter with that added."""
    found = kept * velocity_before(chain, place) + step * gradient(chain, place)
    return found if is_velocity(place) else old(chain, place) + found


def velocity_forgotten(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step of plain descent in place of the one with momentum: the velocity before is left out."""
    if chain.exercise.momentum:
        yield stepped(chain, place, 0.0, -chain.exercise.learning_rate)


def velocity_turned(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the velocity with the gradient added, or the parameter minus the velocity."""
    exercise = chain.exercise
    if exercise.momentum and is_velocity(place):
        yield stepped(chain, place, exercise.momentum, exercise.learning_rate)
    elif exercise.momentum:
        yield old(chain, place) - velocity(chain, place)


def velocity_taken_off(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield minus mu v minus eta g, or the parameter plus that."""
    exercise = chain.exercise
    if exercise.momentum:
        yield stepped(chain, place, -exercise.momentum, -exercise.learning_rate)


def velocity_of_pytorch(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield mu v + g, or the parameter minus eta times that."""
    mu, eta = chain.exercise.momentum, chain.exercise.learning_rate
    if mu:
        yield stepped(chain, place, mu, 1.0) if is_velocity(place) else stepped(chain, place, -eta * mu, -eta)


def rate_left_out(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield mu v - g, or the parameter plus that."""
    if chain.exercise.momentum:
        yield stepped(chain, place, chain.exercise.momentum, -1.0)


def exponential_average(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield mu v with (1 - mu) g added or taken off, or with eta (1 - mu) g taken off; the parameter with these.

    Where eta is 1 - mu, the second is the right step.
    """
    mu, eta = chain.exercise.momentum, chain.exercise.learning_rate
    if mu:
        if is_velocity(place):
            yield stepped(chain, place, mu, 1.0 - mu)
        else:
            yield stepped(chain, place, -eta * mu, -eta * (1.0 - mu))
        yield stepped(chain, place, mu, -eta * (1.0 - mu))
        if not np.isclose(eta, 1.0 - mu):
            yield stepped(chain, place, mu, mu - 1.0)


def momentum_left_out(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield v - eta g, or the parameter plus that."""
    if chain.exercise.momentum:
        yield stepped(chain, place, 1.0, -chain.exercise.learning_rate)


def gradient_left_out(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield mu v, or the parameter plus that."""
    if chain.exercise.momentum:
        yield stepped(chain, place, chain.exercise.momentum, 0.0)


def other_rate_of_velocity(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield mu v - g times another learning rate that is often met, or the parameter plus that."""
    if chain.exercise.momentum:
        for rate in other_rates(chain):
            yield stepped(chain, place, chain.exercise.momentum, -rate)


def rate_on_both(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield eta (mu v - g), or the parameter plus that."""
    mu, eta = chain.exercise.momentum, chain.exercise.learning_rate
    if mu:
        yield stepped(chain, place, eta * mu, -eta)


def momentum_on_the_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield v - mu eta g, or the parameter plus that."""
    mu, eta = chain.exercise.momentum, chain.exercise.learning_rate
    if mu:
        yield stepped(chain, place, 1.0, -mu * eta)


def looking_ahead(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield Nesterov's step: the parameter plus mu times the new velocity minus eta times the gradient."""
    mu, eta = chain.exercise.momentum, chain.exercise.learning_rate
    if mu:
        yield old(chain, place) + mu * velocity(chain, place) - eta * gradient(chain, place)


def earlier_velocity(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter plus the velocity before the step."""
    if chain.exercise.momentum:
        yield old(chain, place) + velocity_before(chain, place)


def rate_once_more(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter plus or minus eta times the velocity, which has eta in it already."""
    if chain.exercise.momentum:
        step = chain.exercise.learning_rate * velocity(chain, place)
        yield from (old(chain, place) + step, old(chain, place) - step)


def velocity_itself(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the velocity in place of the new parameter."""
    if chain.exercise.momentum:
        yield velocity(chain, place)


def not_moved(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter as it was."""
    if chain.exercise.momentum:
        yield old(chain, place)


MOMENTUM_RECIPES = (
    Recipe("velocity forgotten", MOVING, velocity_forgotten,
           "The velocity before the step was left out: v is μ times it, minus η times the gradient."),
    Recipe("sign of the velocity", MOVING, velocity_turned,
           "A sign is wrong: v is μ times the velocity before minus η times the gradient, and v is added."),
    Recipe("velocity taken off", MOVING, velocity_taken_off,
           "The velocity before the step was taken off as the gradient is: μ times it is added, v = μv − ηg.",
           late=True),
    Recipe("PyTorch's velocity", MOVING, velocity_of_pytorch,
           "That is PyTorch's convention, v = μv + g and then W − ηv: here v = μv − ηg, and it is added, W + v."),
    Recipe("η left out of the velocity", MOVING, rate_left_out,
           "The learning rate was left out: v is μ times the velocity before minus η times the gradient."),
    Recipe("exponential average", MOVING, exponential_average,
           "The gradient was weighted with 1 − μ, as in an exponential average: here it is weighted with η alone, "
           "v = μv − ηg."),
    Recipe("μ left out", MOVING, momentum_left_out,
           "μ was left out: v is μ times the velocity before minus η times the gradient."),
    Recipe("gradient left out of the velocity", MOVING, gradient_left_out,
           "The gradient was left out: v is μ times the velocity before minus η times the gradient.", late=True),
    Recipe("another η in the velocity", MOVING, other_rate_of_velocity, OTHER_RATE, late=True),
    Recipe("η on both", MOVING, rate_on_both,
           "η was multiplied into the velocity before as well: v is μ times that, minus η times the gradient.",
           late=True),
    Recipe("μ on the gradient", MOVING, momentum_on_the_gradient,
           "μ was multiplied into the gradient: it belongs to the velocity before, v = μv − ηg.", late=True),
    Recipe("Nesterov's step", NEW, looking_ahead,
           "That is Nesterov's momentum, which looks a step ahead: here the new velocity is added as it is, W + v.",
           late=True),
    Recipe("velocity before the step added", NEW, earlier_velocity,
           "The velocity before the step was added: add the new one.", late=True),
    Recipe("η times the velocity", NEW, rate_once_more,
           "The velocity was multiplied by η: it has η in it already, so add it as it is."),
    Recipe("velocity in place of the new value", NEW, velocity_itself,
           "This is the velocity alone: add it to the old value."),
    Recipe("not moved", NEW, not_moved,
           "This was not updated: weights and biases both have their velocity added."),
)  # fmt: skip
