"""Mistakes of the backward pass below the outputs, and of the gradients."""

from collections.abc import Iterator

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.error import is_last
from mlp.practice.recipes.forward import SIGNS, is_square, other_activations
from mlp.practice.recipes.recipe import Recipe

NEARLY = 1e-3


def slope_left_out(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh in place of dL/dz, in a hidden layer."""
    if not is_last(chain, place):
        yield chain[f"dh{place.index}"]


def slope_twice(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh g' g', in a hidden layer, unless that is as good as another activation's g'.

    The leaky ReLU's 0.01 twice can't be told from the ReLU's 0, which is the likelier mistake.
    """
    if not is_last(chain, place) and not squared_slope_is_anothers(chain):
        yield chain[f"dh{place.index}"] * chain.slope(place.index) ** 2


def squared_slope_is_anothers(chain: Chain) -> bool:
    """Return whether this network's g' squared is nearly the g' of another activation of the table."""
    own = ACTIVATIONS[chain.network.hidden]
    squared = own.derivative(SIGNS, own.f(SIGNS)) ** 2
    slopes = (other.derivative(SIGNS, other.f(SIGNS)) for other in other_activations(chain))
    return any(np.allclose(squared, slope, atol=NEARLY) for slope in slopes)


def slope_from_z(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh times the formula of g' with z where h belongs, such as 1 - z^2, in a hidden layer."""
    if not is_last(chain, place):
        z = chain[f"z{place.index}"]
        yield chain[f"dh{place.index}"] * ACTIVATIONS[chain.network.hidden].derivative(z, z)


def slope_at_h(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh times g' taken at h in place of z, in a hidden layer."""
    if not is_last(chain, place):
        h, activation = chain[f"h{place.index}"], ACTIVATIONS[chain.network.hidden]
        yield chain[f"dh{place.index}"] * activation.derivative(h, activation.f(h))


def value_for_slope(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh times h in place of g', in a hidden layer."""
    if not is_last(chain, place):
        yield chain[f"dh{place.index}"] * chain[f"h{place.index}"]


def square_forgotten(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh times 1 - h, the derivative of tanh without its square, in a hidden layer."""
    if not is_last(chain, place):
        yield chain[f"dh{place.index}"] * (1.0 - chain[f"h{place.index}"])


def other_slope(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh times the derivative of another activation of the table, in a hidden layer."""
    if not is_last(chain, place):
        z = chain[f"z{place.index}"]
        slopes = (activation.derivative(z, activation.f(z)) for activation in other_activations(chain))
        yield from (chain[f"dh{place.index}"] * slope for slope in slopes)


def transposed_back(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W dL/dz in place of W transposed dL/dz, where W is square."""
    if is_square(chain, place.index + 1):
        yield chain.layer(place.index + 1).W @ chain[f"dz{place.index + 1}"]


def updated_weights_back(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W transposed dL/dz with the weights after the step."""
    yield chain[f"W{place.index + 1} new"].T @ chain[f"dz{place.index + 1}"]


def slope_missing_above(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W transposed times dL/dh of the layer above, where its dL/dz belongs."""
    l = place.index + 1
    if l < chain.depth:
        yield chain.layer(l).W.T @ chain[f"dh{l}"]


def wrong_sign(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the value with the other sign; the last layer's error has a recipe of its own."""
    if not (place.kind == "dz" and is_last(chain, place)):
        yield -chain.rule(f"{place.kind}{place.index}")


def outer_transposed(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield h dL/dz transposed, the outer product the other way round, where it is square."""
    if is_square(chain, place.index):
        yield chain.rule(f"dW{place.index}").T


def own_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dz times the layer's own h, where the one from below belongs, if the sizes allow it."""
    if is_square(chain, place.index):
        yield chain[f"dz{place.index}"] @ chain.h(place.index).T


def inputs_before_activation(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dz times the z of the layer below in place of its h."""
    if place.index > 1:
        yield chain[f"dz{place.index}"] @ chain[f"z{place.index - 1}"].T


def from_dh(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the gradient from dL/dh where dL/dz belongs, in a hidden layer."""
    if not is_last(chain, place):
        dh = chain[f"dh{place.index}"]
        yield dh @ chain.h(place.index - 1).T if place.kind == "dW" else dh.sum(axis=1, keepdims=True)


def one_examples_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield one example's gradient in place of the batch's."""
    n, delta, below = chain.X.shape[1], chain[f"dz{place.index}"], chain.h(place.index - 1)
    if n > 1:
        for j in range(n):
            yield delta[:, [j]] @ below[:, [j]].T if place.kind == "dW" else delta[:, [j]]


def sums_multiplied(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the sum of dL/dz times the sum of h over a batch, where the products are to be added, or with means."""
    n, delta, below = chain.X.shape[1], chain[f"dz{place.index}"], chain.h(place.index - 1)
    if n > 1:
        product = delta.sum(axis=1, keepdims=True) @ below.sum(axis=1, keepdims=True).T
        yield from (product, product / n, product / n**2)


def averaged_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the gradient divided by n, where the batch is summed."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "sum":
        yield chain.rule(f"{place.kind}{place.index}") / n


def gradient_averaged_twice(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the gradient divided by n once more, where the batch is averaged."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "mean":
        yield chain.rule(f"{place.kind}{place.index}") / n


def summed_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the gradient times n, where the batch is averaged."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "mean":
        yield chain.rule(f"{place.kind}{place.index}") * n


def with_rate(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the gradient times eta."""
    yield chain.exercise.learning_rate * chain.rule(f"{place.kind}{place.index}")


def bias_times_input(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/db as dL/dz times the bias."""
    yield chain.rule(f"db{place.index}") * chain.layer(place.index).b[:, np.newaxis]


def no_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield zeros, as if biases had no gradient."""
    yield np.zeros_like(chain.rule(f"db{place.index}"))


def over_the_units(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dz added, or averaged, over the units in place of the examples: one number in every row.

    A batch of as many examples as units can have a number an example, too.
    """
    delta = chain[f"dz{place.index}"]
    n_units, n = delta.shape
    if n_units > 1:
        for divisor in (1, n_units):
            yield np.full((n_units, 1), delta.sum() / divisor)
            if n == n_units:
                yield delta.sum(axis=0)[:, np.newaxis] / divisor


GRADIENTS = ("dW", "db")
BACKWARD_RECIPES = (
    Recipe("g′ left out", ("dz",), slope_left_out,
           "g′ was left out: this is dL/dh; multiply it by the derivative of the activation."),
    Recipe("g′ twice", ("dz",), slope_twice, "g′ was multiplied in twice: once is enough."),
    Recipe("g′ of z in place of h", ("dz",), slope_from_z,
           "The formula of g′ got z where h belongs, such as 1 − z² for 1 − h²: put in h."),
    Recipe("g′ at h", ("dz",), slope_at_h,
           "g′ was taken at h, as if the activation had been applied twice: take it at z."),
    Recipe("h in place of g′", ("dz",), value_for_slope,
           "dL/dh was multiplied by h: multiply it by the derivative of the activation."),
    Recipe("square forgotten in g′", ("dz",), square_forgotten,
           "dL/dh was multiplied by 1 − h: the square is missing in 1 − h²."),
    Recipe("another activation's g′", ("dz",), other_slope,
           "The derivative of another activation was used: look up which one this network has."),
    Recipe("W not transposed", ("dh",), transposed_back,
           "W was not transposed: on the way back unit j of the layer below takes column j of W."),
    Recipe("W after the update", ("dh",), updated_weights_back,
           "The weights after the update were used: the whole backward pass takes the old ones."),
    Recipe("g′ left out above", ("dh",), slope_missing_above,
           "The layer above came in with its dL/dh: take its dL/dz, with g′ multiplied in."),
    Recipe("sign of the gradient", ("dz", "dh", "dW", "db"), wrong_sign, "The sign is the other way round."),
    Recipe("outer product the wrong way round", ("dW",), outer_transposed,
           "The outer product is the wrong way round: row i belongs to unit i of this layer, column j to input j."),
    Recipe("own h in the outer product", ("dW",), own_outputs,
           "The layer's own h was used: multiply by what came in, the h of the layer below."),
    Recipe("z below in the outer product", ("dW",), inputs_before_activation,
           "The z of the layer below was used: multiply by its h, after the activation."),
    Recipe("dL/dh in the gradient", GRADIENTS, from_dh,
           "dL/dh was used, without g′: the gradient takes dL/dz."),
    Recipe("one example's gradient", GRADIENTS, one_examples_gradient,
           "This is the gradient of one example: add those of all examples of the batch."),
    Recipe("sums multiplied", ("dW",), sums_multiplied,
           "The examples were added, or averaged, before they were multiplied: multiply dL/dz and h of each example, "
           "then add the products.", late=True),
    Recipe("gradient averaged", GRADIENTS, averaged_gradient,
           "The gradient was divided by the number of examples: here the batch's loss is a sum, so its gradients are "
           "added and that is all."),
    Recipe("gradient averaged twice", GRADIENTS, gradient_averaged_twice,
           "The gradient was divided by the number of examples twice: the 1/n of the mean is in dL/dz already."),
    Recipe("gradient summed", GRADIENTS, summed_gradient,
           "The gradients were added without the factor 1/n: here the batch's loss is a mean."),
    Recipe("η in the gradient", GRADIENTS, with_rate,
           "The learning rate is in it already: the gradient has no η; that comes in the update."),
    Recipe("bias in its own gradient", ("db",), bias_times_input,
           "dL/dz was multiplied by the bias: a bias's input is 1, so dL/db is dL/dz."),
    Recipe("no gradient for the bias", ("db",), no_gradient,
           "The bias has a gradient too: dL/db is dL/dz, added over the examples."),
    Recipe("bias's gradient over the units", ("db",), over_the_units,
           "dL/dz was added or averaged over the units: every unit has a bias of its own, so add over the examples."),
)  # fmt: skip
