"""Mistakes of the update, and of the loss after it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps

import numpy as np

from mlp.arrays import Array
from mlp.network import Layer, forward, loss_value
from mlp.practice.chain import Chain, Place, network_after, places
from mlp.practice.recipes.backward import (
    averaged_gradient,
    gradient_averaged_twice,
    one_examples_gradient,
    summed_gradient,
)
from mlp.practice.recipes.forward import is_square
from mlp.practice.recipes.loss import factors_of_other_conventions, has_mean_of_its_own, is_halved, is_squared
from mlp.practice.recipes.recipe import Recipe

OFTEN_MET = (0.1, 0.5)
Made = Callable[[Chain, Place], Iterable[Array]]


def old(chain: Chain, place: Place) -> Array:
    """Return the parameter before the step, as it looks on paper."""
    layer = chain.layer(place.index)
    return layer.W if place.kind == "W new" else layer.b[:, np.newaxis]


def gradient_place(place: Place) -> Place:
    """Return where the gradient of a new parameter stands."""
    return Place(f"d{place.kind[0]}", place.index)


def gradient(chain: Chain, place: Place) -> Array:
    """Return the gradient of a new parameter."""
    return chain[f"d{place.kind[0]}{place.index}"]


def plain_descent(make: Made) -> Made:
    """Return a recipe's rule for steps of plain descent only: with momentum the step is the velocity."""

    @wraps(make)
    def made(chain: Chain, place: Place) -> Iterable[Array]:
        return () if chain.exercise.momentum else make(chain, place)

    return made


@plain_descent
def uphill(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter plus eta times its gradient."""
    yield old(chain, place) + chain.exercise.learning_rate * gradient(chain, place)


@plain_descent
def without_rate(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter minus its gradient."""
    yield old(chain, place) - gradient(chain, place)


@plain_descent
def rate_twice(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter minus eta times eta times its gradient."""
    yield old(chain, place) - chain.exercise.learning_rate**2 * gradient(chain, place)


@plain_descent
def other_rate(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step with another learning rate that is often met, the sheet's among them."""
    for rate in other_rates(chain):
        yield old(chain, place) - rate * gradient(chain, place)


def other_rates(chain: Chain) -> list[float]:
    """Return the learning rates that are often met, without this exercise's."""
    return [rate for rate in OFTEN_MET if not np.isclose(rate, chain.exercise.learning_rate)]


@plain_descent
def gradient_itself(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the gradient in place of the new parameter."""
    yield gradient(chain, place)


@plain_descent
def step_itself(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield eta times the gradient, or minus that, in place of the new parameter."""
    step = chain.exercise.learning_rate * gradient(chain, place)
    yield step
    yield -step


@plain_descent
def unchanged(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the parameter as it was."""
    yield old(chain, place)


@plain_descent
def transposed_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step with the gradient transposed, where it is square."""
    if place.kind == "W new" and is_square(chain, place.index):
        yield old(chain, place) - chain.exercise.learning_rate * gradient(chain, place).T


@plain_descent
def one_examples_step(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step down the gradient of one example in place of the batch's."""
    for part in one_examples_gradient(chain, gradient_place(place)):
        yield old(chain, place) - chain.exercise.learning_rate * part


@plain_descent
def averaged_step(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step down the gradient divided by n, where the batch is summed."""
    for part in averaged_gradient(chain, gradient_place(place)):
        yield old(chain, place) - chain.exercise.learning_rate * part


@plain_descent
def step_averaged_twice(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step down the gradient divided by n once more, where the batch is averaged."""
    for part in gradient_averaged_twice(chain, gradient_place(place)):
        yield old(chain, place) - chain.exercise.learning_rate * part


@plain_descent
def summed_step(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the step down the gradient times n, where the batch is averaged."""
    for part in summed_gradient(chain, gradient_place(place)):
        yield old(chain, place) - chain.exercise.learning_rate * part


def loss_with(chain: Chain, layers: Iterable[Layer]) -> Array:
    """Return the loss of these examples with other parameters, as a matrix of one number."""
    network = replace(chain.network, layers=tuple(layers))
    value = loss_value(network, forward(network, chain.X.T), chain.Y.T, reduction=chain.exercise.reduction)
    return np.array([[value]])


def loss_before(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss before the step."""
    yield chain["L"]


def biases_left(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss with new weights and the old biases, where the biases move."""
    if "b1 new" in places(chain.exercise):
        pairs = zip(network_after(chain).layers, chain.network.layers, strict=True)
        yield loss_with(chain, (Layer(new.W, before.b) for new, before in pairs))


def last_layer_only(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss with only the last layer updated."""
    if chain.depth > 1:
        yield loss_with(chain, (*chain.network.layers[:-1], network_after(chain).layers[-1]))


def loss_after_uphill(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss after a step in the other direction."""
    pairs = zip(network_after(chain).layers, chain.network.layers, strict=True)
    yield loss_with(chain, (Layer(2 * before.W - new.W, 2 * before.b - new.b) for new, before in pairs))


def loss_after_times(chain: Chain, factor: float) -> Array:
    """Return the loss after the step times a factor."""
    return factor * chain.rule("L after")


def loss_after_doubled(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield twice the loss after the step, for half the sum of squares."""
    if is_halved(chain):
        yield loss_after_times(chain, 2.0)


def loss_after_of_mean_squares(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the mean of the squares after the step in place of half their sum."""
    if has_mean_of_its_own(chain):
        yield loss_after_times(chain, 2.0 / len(chain.Y))


def loss_after_of_another_convention(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss after the step with the factor of another squared error."""
    for factor in factors_of_other_conventions(chain):
        yield loss_after_times(chain, factor)


def loss_after_averaged(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the batch's loss after the step averaged where it is summed."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "sum":
        yield loss_after_times(chain, 1.0 / n)


def loss_after_summed(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the batch's loss after the step summed where it is averaged."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "mean":
        yield loss_after_times(chain, n)


def loss_after_to_base_10(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy after the step with logarithms to base 10."""
    if not is_squared(chain):
        yield loss_after_times(chain, 1.0 / np.log(10.0))


NEW = ("W new", "b new")
OTHER_RATE = "The learning rate was another, such as the sheet's 0.1: look up η of this exercise."
UPDATE_RECIPES = (
    Recipe("sign of the update", NEW, uphill,
           "The step was added: gradient descent subtracts η times the gradient."),
    Recipe("η left out", NEW, without_rate, "The learning rate was left out: subtract η times the gradient."),
    Recipe("η twice", NEW, rate_twice,
           "The learning rate was multiplied in twice: subtract η times the gradient, once.", late=True),
    Recipe("another η", NEW, other_rate, OTHER_RATE, late=True),
    Recipe("gradient in place of the new value", NEW, gradient_itself,
           "This is the gradient: the new value is the old one minus η times it."),
    Recipe("step in place of the new value", NEW, step_itself,
           "This is the step alone: subtract η times the gradient from the old value."),
    Recipe("not updated", NEW, unchanged,
           "This was not updated: weights and biases both take a step of −η times their gradient."),
    Recipe("gradient transposed in the update", NEW, transposed_gradient,
           "The gradient was subtracted transposed: entry (i, j) of the gradient belongs to entry (i, j) of W."),
    Recipe("one example's step", NEW, one_examples_step,
           "Only one example's gradient was used: the step takes the batch's."),
    Recipe("step averaged", NEW, averaged_step,
           "The gradient was divided by the number of examples: here the batch's loss is a sum, so the step takes the "
           "gradients added."),
    Recipe("step averaged twice", NEW, step_averaged_twice,
           "The gradient was divided by the number of examples twice: the 1/n of the mean is in it already."),
    Recipe("step summed", NEW, summed_step,
           "The gradients were added without the factor 1/n: here the batch's loss is a mean."),
    Recipe("loss before the step", ("L after",), loss_before,
           "This is the loss before the step: work the forward pass out with the new parameters."),
    Recipe("biases not updated in the loss", ("L after",), biases_left,
           "The old biases were used: they take a step too."),
    Recipe("only the last layer updated", ("L after",), last_layer_only,
           "Only the last layer was updated: every layer takes a step before the loss is worked out again."),
    Recipe("loss after a step uphill", ("L after",), loss_after_uphill,
           "The step was added to the parameters: gradient descent subtracts it."),
    Recipe("half left out after the step", ("L after",), loss_after_doubled,
           "The factor ½ was left out: this loss is half the sum of the squares."),
    Recipe("mean of the squares after the step", ("L after",), loss_after_of_mean_squares,
           "The mean of the squares was taken: this loss is half their sum, whatever the number of outputs.",
           late=True),
    Recipe("another squared error after the step", ("L after",), loss_after_of_another_convention,
           "The squares got another factor: look up whether this loss is their sum, half of it, or their mean.",
           late=True),
    Recipe("mean in place of sum after the step", ("L after",), loss_after_averaged,
           "The losses of the examples were averaged: here the batch's loss is their sum."),
    Recipe("sum in place of mean after the step", ("L after",), loss_after_summed,
           "The losses of the examples were added: here the batch's loss is their mean."),
    Recipe("log to base 10 after the step", ("L after",), loss_after_to_base_10,
           "The logarithm was taken to base 10: take the natural one (the key ln)."),
)  # fmt: skip
