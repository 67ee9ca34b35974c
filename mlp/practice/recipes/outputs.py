"""Mistakes of what the outputs are, and of the squares of their errors."""

from collections.abc import Iterator

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.network import forward
from mlp.outputs import OUTPUTS
from mlp.practice.chain import Chain, Place, network_after
from mlp.practice.recipes.error import is_last
from mlp.practice.recipes.loss import LOSSES_OF_EXAMPLES, asked_of_examples, example_losses, is_halved, is_squared
from mlp.practice.recipes.recipe import Recipe


def activated(chain: Chain) -> Array:
    """Return the hidden activation of the last layer's z, (n_L, n)."""
    return ACTIVATIONS[chain.network.hidden].f(chain[f"z{chain.depth}"])


def is_linear(chain: Chain) -> bool:
    """Return whether the outputs are z itself."""
    return not chain.loss.transforms


def loss_of_activated(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss of g(z) where the outputs are z."""
    if is_linear(chain) and asked_of_examples(chain, place):
        yield example_losses(chain, place, chain.loss.output_value(activated(chain).T, chain.Y.T))


def error_of_activated(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g(z) - y, alone and times g'(z), where the outputs are z."""
    if is_last(chain, place) and is_linear(chain):
        z, h = chain[f"z{chain.depth}"], activated(chain)
        error = chain.scale * chain.loss.output_delta(h.T, chain.Y.T).T
        yield from (error, error * ACTIVATIONS[chain.network.hidden].derivative(z, h))


def outputs_of_activated(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the outputs of g(z) in place of z."""
    yield OUTPUTS[chain.loss.outputs].f(activated(chain).T).T


def loss_after_of_activated(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss after the step of g(z) where the outputs are z."""
    if is_linear(chain):
        z = forward(network_after(chain), chain.X.T).z[chain.depth]
        losses = chain.loss.output_value(ACTIVATIONS[chain.network.hidden].f(z), chain.Y.T)
        yield np.array([[chain.scale * losses.sum()]])


def errors_of(chain: Chain) -> Array:
    """Return output minus target, (n_L, n)."""
    return chain.h(chain.depth) - chain.Y


def root_of_squares(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the root of the sum of the squares, of half of it and of their mean."""
    if is_halved(chain) and asked_of_examples(chain, place):
        squares = (errors_of(chain) ** 2).sum(axis=0)
        for factor in sorted({1.0, 0.5, 1.0 / len(chain.Y)}):
            yield example_losses(chain, place, np.sqrt(factor * squares))


def square_of_sum(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half the square of the sum of the errors."""
    if is_halved(chain) and asked_of_examples(chain, place) and len(chain.Y) > 1:
        yield example_losses(chain, place, 0.5 * errors_of(chain).sum(axis=0) ** 2)


def squares_for_errors(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the squares of the errors, and half of them, in place of dL/dz of the last layer."""
    if is_last(chain, place) and is_squared(chain):
        squares = chain.scale * errors_of(chain) ** 2
        yield from (squares, 0.5 * squares)


LINEAR = "The hidden activation was applied to the last layer as well: its outputs are linear here, z itself."
OUTPUT_RECIPES = (
    Recipe("activated outputs in the loss", LOSSES_OF_EXAMPLES, loss_of_activated, LINEAR, late=True),
    Recipe("activated outputs in the error", ("dz",), error_of_activated, LINEAR, late=True),
    Recipe("activated outputs after the step", ("L after",), loss_after_of_activated, LINEAR, late=True),
    Recipe("hidden activation before the outputs", ("output",), outputs_of_activated,
           "The hidden activation was applied to the last layer as well: the outputs are made of its z itself.",
           late=True),
    Recipe("root in the loss", LOSSES_OF_EXAMPLES, root_of_squares,
           "A root was taken: this loss is half the sum of the squares, without a root.", late=True),
    Recipe("square of the sum", LOSSES_OF_EXAMPLES, square_of_sum,
           "The errors were added before they were squared: square each of them, then add.", late=True),
    Recipe("squares for the errors", ("dz",), squares_for_errors,
           "The errors were squared: that is the loss; its derivative has the error itself, output minus target.",
           late=True),
)  # fmt: skip
