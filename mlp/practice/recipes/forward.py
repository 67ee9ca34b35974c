"""Mistakes of the forward pass, up to the outputs."""

from collections.abc import Iterator

import numpy as np

from mlp.activations import ACTIVATIONS, Activation
from mlp.arrays import Array
from mlp.outputs import OUTPUTS
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.recipe import Recipe

SIGNS = np.array([-1.0, 1.0])


def is_square(chain: Chain, l: int) -> bool:
    """Return whether W[l] can be transposed without anybody noticing, and is not symmetric."""
    W = chain.layer(l).W
    return W.shape[0] == W.shape[1]


def without_bias(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W h without b."""
    yield chain.layer(place.index).W @ chain.h(place.index - 1)


def bias_subtracted(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W h - b."""
    layer = chain.layer(place.index)
    yield layer.W @ chain.h(place.index - 1) - layer.b[:, np.newaxis]


def bias_twice(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield W h + 2 b."""
    layer = chain.layer(place.index)
    yield layer.W @ chain.h(place.index - 1) + 2.0 * layer.b[:, np.newaxis]


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


def other_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield what the other output activations make of z; leaving z as it is has a recipe of its own."""
    for name, output in OUTPUTS.items():
        if output.latex and name != chain.loss.outputs:
            yield output.f(chain[f"z{chain.depth}"].T).T


def normalised_over_examples(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield exp(z) divided by its sum over the examples of a batch in place of that over the outputs."""
    if chain.loss.distribution and chain.X.shape[1] > 1:
        yield OUTPUTS[chain.loss.outputs].f(chain[f"z{chain.depth}"])


FORWARD_RECIPES = (
    Recipe("bias left out of z", ("z",), without_bias, "The bias was left out: add b to W h."),
    Recipe("bias subtracted in z", ("z",), bias_subtracted, "The bias was subtracted: add b to W h."),
    Recipe("bias twice in z", ("z",), bias_twice, "The bias was added twice: add b to W h once.", late=True),
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
    Recipe("another output activation", ("output",), other_outputs,
           "Another output activation was used, such as the logistic function of each z in place of softmax: look up "
           "which one this network has."),
    Recipe("softmax over the examples", ("output",), normalised_over_examples,
           "The exponentials were divided by their sum over the examples: divide by the sum over the outputs of each "
           "example."),
)  # fmt: skip
