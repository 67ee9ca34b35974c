"""Mistakes of the forward pass and of the loss."""

from collections.abc import Iterator

import numpy as np

from mlp.activations import ACTIVATIONS, Activation
from mlp.arrays import Array
from mlp.practice.chain import Chain, Place
from mlp.practice.recipe import Recipe
from mlp.squared_errors import convention_of

SIGNS = np.array([-1.0, 1.0])


def is_square(chain: Chain, l: int) -> bool:
    """Return whether W[l] can be transposed without anybody noticing, and is not symmetric."""
    W = chain.layer(l).W
    return W.shape[0] == W.shape[1]


def is_squared(chain: Chain) -> bool:
    """Return whether the loss is a squared error: twice the error is four times the loss."""
    Y, error = chain.Y.T, np.full(chain.Y.T.shape, 0.25)
    once, twice = chain.loss.output_value(Y + error, Y), chain.loss.output_value(Y + 2.0 * error, Y)
    return bool(np.allclose(4.0 * once, twice))


def is_halved(chain: Chain) -> bool:
    """Return whether the loss is half the sum of squares, about which most mistakes with a factor 1/2 or 2 are."""
    return convention_of(chain.loss.name) == "half"


def is_mean_of_outputs(chain: Chain) -> bool:
    """Return whether the loss is divided by the number of outputs already."""
    return convention_of(chain.loss.name) == "mean"


def without_bias(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W h without b."""
    yield chain.layer(place.index).W @ chain.h(place.index - 1)


def bias_subtracted(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W h - b."""
    layer = chain.layer(place.index)
    yield layer.W @ chain.h(place.index - 1) - layer.b[:, np.newaxis]


def transposed_weights(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W transposed h + b, where W is square."""
    layer = chain.layer(place.index)
    if is_square(chain, place.index):
        yield layer.W.T @ chain.h(place.index - 1) + layer.b[:, np.newaxis]


def from_z_below(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W z + b with the z of the layer below in place of its h."""
    layer, l = chain.layer(place.index), place.index
    if l > 1:
        yield layer.W @ chain[f"z{l - 1}"] + layer.b[:, np.newaxis]


def from_inputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W x + b in a layer that takes h, where the sizes allow it."""
    layer = chain.layer(place.index)
    if place.index > 1 and layer.W.shape[1] == len(chain.X):
        yield layer.W @ chain.X + layer.b[:, np.newaxis]


def from_targets(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W y + b in the first layer, where there are as many targets as inputs."""
    layer = chain.layer(place.index)
    if place.index == 1 and len(chain.X) == len(chain.Y):
        yield layer.W @ chain.Y + layer.b[:, np.newaxis]


def activation_left_out(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield z in place of g(z)."""
    yield chain[f"z{place.index}"]


def activation_of(chain: Chain, place: Place, factor: float) -> Iterator[Array]:
    """Yield g(factor z), for the activations that saturate."""
    activation = ACTIVATIONS[chain.network.hidden]
    yield activation.f(factor * chain[f"z{place.index}"])


def activation_of_half(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g(z / 2)."""
    return activation_of(chain, place, 0.5)


def activation_of_double(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g(2 z)."""
    return activation_of(chain, place, 2.0)


def activation_in_degrees(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g of z times pi / 180."""
    return activation_of(chain, place, np.pi / 180.0)


def other_activations(chain: Chain) -> Iterator[Activation]:
    """Yield the activations that students know, without this network's and the one that changes nothing."""
    for name, activation in ACTIVATIONS.items():
        if activation.scikit_learn and name != chain.network.hidden and not np.array_equal(activation.f(SIGNS), SIGNS):
            yield activation


def other_activation(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield what other activations make of z; leaving z as it is has a recipe of its own."""
    yield from (activation.f(chain[f"z{place.index}"]) for activation in other_activations(chain))


def derivative_for_activation(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g'(z) in place of g(z)."""
    z = chain[f"z{place.index}"]
    activation = ACTIVATIONS[chain.network.hidden]
    yield activation.derivative(z, activation.f(z))


def not_normalised(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield exp(z) without the division."""
    if chain.loss.distribution:
        yield np.exp(chain[f"z{chain.depth}"])


def normalised_logits(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield z divided by the sum of z, without the exponentials."""
    z = chain[f"z{chain.depth}"]
    if chain.loss.distribution:
        yield z / z.sum(axis=0, keepdims=True)


def output_left_out(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield z in place of the outputs."""
    yield chain[f"z{chain.depth}"]


def example_losses(chain: Chain, place: Place, losses: Array) -> Array:
    """Return the loss of one example, or of the batch where the place is its, from those of all examples (n,)."""
    if place.kind == "L of":
        return losses[[place.index - 1], np.newaxis]
    return np.array([[losses.sum() * chain.scale]])


def losses_of(chain: Chain) -> Array:
    """Return each example's loss from the outputs, (n,)."""
    return chain.loss.output_value(chain.h(chain.depth).T, chain.Y.T)


def asked_of_examples(chain: Chain, place: Place) -> bool:
    """Return whether this loss is worked out from the outputs: an example's, or the batch's where it is alone."""
    return place.kind == "L of" or chain.X.shape[1] == 1


def loss_times(chain: Chain, place: Place, factor: float) -> Iterator[Array]:
    """Yield the loss times a factor, where it is worked out from the outputs."""
    if asked_of_examples(chain, place):
        yield example_losses(chain, place, factor * losses_of(chain))


def loss_doubled(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield twice the loss, for the squared errors."""
    if is_halved(chain):
        yield from loss_times(chain, place, 2.0)


def loss_halved(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half the loss."""
    yield from loss_times(chain, place, 0.5)


def loss_over_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss divided by the number of outputs, unless it is their mean."""
    if not is_mean_of_outputs(chain):
        yield from loss_times(chain, place, 1.0 / len(chain.Y))


def loss_to_base_10(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy with logarithms to base 10."""
    if not is_squared(chain):
        yield from loss_times(chain, place, 1.0 / np.log(10.0))


def loss_negative(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss with the other sign."""
    yield from loss_times(chain, place, -1.0)


def loss_not_squared(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half the sum of absolute errors, for the squared errors."""
    if is_halved(chain) and asked_of_examples(chain, place):
        yield example_losses(chain, place, 0.5 * np.abs(chain.h(chain.depth) - chain.Y).sum(axis=0))


def loss_of_z(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss of z in place of the outputs, where they differ and z can be put in."""
    if is_squared(chain) and asked_of_examples(chain, place):
        yield example_losses(chain, place, chain.loss.output_value(chain[f"z{chain.depth}"].T, chain.Y.T))


def both_terms(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy of every output against one minus it, where softmax has only the first term."""
    if chain.loss.distribution and asked_of_examples(chain, place):
        p, Y = chain.h(chain.depth), chain.Y
        yield example_losses(chain, place, losses_of(chain) - ((1.0 - Y) * np.log1p(-p)).sum(axis=0))


def mean_for_sum(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the batch's loss averaged where it is summed."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "sum":
        yield chain.rule("L") / n


def sum_for_mean(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the batch's loss summed where it is averaged."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "mean":
        yield chain.rule("L") * n


def one_examples_loss(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield one example's loss in place of the batch's."""
    n = chain.X.shape[1]
    if n > 1:
        yield from (chain[f"L({j})"] for j in range(1, n + 1))


def other_examples_loss(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss of another example."""
    yield from (losses_of(chain)[[j], np.newaxis] for j in range(chain.X.shape[1]) if j != place.index - 1)


LOSSES_OF_EXAMPLES = ("L of", "L")
FORWARD_RECIPES = (
    Recipe("bias left out of z", ("z",), without_bias, "The bias was left out: add b to W h."),
    Recipe("bias subtracted in z", ("z",), bias_subtracted, "The bias was subtracted: add b to W h."),
    Recipe("W transposed in z", ("z",), transposed_weights,
           "W was used transposed: unit i takes row i of W, times h from below."),
    Recipe("z below in place of h", ("z",), from_z_below,
           "The z of the layer below was put in: put in its h, after the activation."),
    Recipe("x in place of h", ("z",), from_inputs,
           "The inputs x were put in: this layer takes h from the layer below."),
    Recipe("y in place of x", ("z",), from_targets, "The targets y were put in: the first layer takes the inputs x."),
    Recipe("activation left out", ("h",), activation_left_out, "The activation was left out: this is z; take g(z)."),
    Recipe("half the argument", ("h",), activation_of_half,
           "The activation was taken of half of z, as with exp(−z) in the place of exp(−2z): take it of z itself."),
    Recipe("twice the argument", ("h",), activation_of_double,
           "The activation was taken of 2z: take it of z itself."),
    Recipe("degrees", ("h",), activation_in_degrees,
           "The argument was turned from degrees into radians: set the calculator to radians and take g of z itself."),
    Recipe("another activation", ("h",), other_activation,
           "Another activation function was used: look up which one this network has."),
    Recipe("derivative in place of g", ("h",), derivative_for_activation,
           "The derivative g′(z) was taken: in the forward pass h is g(z)."),
    Recipe("softmax not normalised", ("output",), not_normalised,
           "The exponentials were not divided by their sum: softmax does, so that the outputs sum to 1."),
    Recipe("softmax without exp", ("output",), normalised_logits,
           "The z were divided by their sum without the exponential: take exp(z) first."),
    Recipe("output activation left out", ("output",), output_left_out,
           "The output activation was left out: this is z of the last layer."),
    Recipe("half left out", LOSSES_OF_EXAMPLES, loss_doubled,
           "The factor ½ was left out: this loss is half the sum of the squares."),
    Recipe("half too many", LOSSES_OF_EXAMPLES, loss_halved, "This is half of the loss: a factor ½ too many."),
    Recipe("loss averaged over outputs", LOSSES_OF_EXAMPLES, loss_over_outputs,
           "The loss was divided by the number of outputs: here it is a sum over them."),
    Recipe("log to base 10", LOSSES_OF_EXAMPLES, loss_to_base_10,
           "The logarithm was taken to base 10: take the natural one (the key ln)."),
    Recipe("loss with the other sign", LOSSES_OF_EXAMPLES, loss_negative,
           "The sign is the other way round: a loss is not negative here."),
    Recipe("errors not squared", LOSSES_OF_EXAMPLES, loss_not_squared,
           "The errors were not squared: square each ŷ − y before adding."),
    Recipe("loss of z", LOSSES_OF_EXAMPLES, loss_of_z,
           "The z of the last layer was put into the loss: put in the outputs, after their activation."),
    Recipe("both terms of the logarithm", LOSSES_OF_EXAMPLES, both_terms,
           "(1 − y) log(1 − p) was added: with softmax the loss is −Σ y log p alone."),
    Recipe("mean in place of sum", ("L",), mean_for_sum,
           "The losses of the examples were averaged: here the batch's loss is their sum."),
    Recipe("sum in place of mean", ("L",), sum_for_mean,
           "The losses of the examples were added: here the batch's loss is their mean."),
    Recipe("one example's loss", ("L",), one_examples_loss,
           "This is the loss of one example: the batch has the losses of all of them."),
    Recipe("another example's loss", ("L of",), other_examples_loss,
           "This is the loss of another example of the batch: take its own outputs and targets."),
)  # fmt: skip
