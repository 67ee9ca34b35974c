"""Mistakes of the keys of a calculator and of the exponent, in the activations and at the outputs."""

from collections.abc import Iterator

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.outputs import OUTPUTS
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.forward import SIGNS
from mlp.practice.recipes.recipe import Recipe


def has_one_exponential(chain: Chain) -> bool:
    """Return whether the hidden activation is 1/(1 + e^-z), in which g(z) and g(-z) are 1 together."""
    f = ACTIVATIONS[chain.network.hidden].f
    return bool(np.allclose(f(SIGNS) + f(-SIGNS), 1.0))


def is_tanh(chain: Chain) -> bool:
    """Return whether the hidden activation is tanh, whose key on a calculator is near that of tan."""
    return bool(np.array_equal(ACTIVATIONS[chain.network.hidden].f(SIGNS), np.tanh(SIGNS)))


def outputs_are_exponential(chain: Chain) -> bool:
    """Return whether the outputs are made of e^z, as the logistic function and softmax are: not 0 where z is."""
    return bool(OUTPUTS[chain.loss.outputs].f(np.zeros((1, 2))).all())


def exponent_turned(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g(-z), in a hidden layer."""
    if has_one_exponential(chain):
        yield ACTIVATIONS[chain.network.hidden].f(-chain[f"z{place.index}"])


def exponents_turned_at_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the outputs of -z."""
    if outputs_are_exponential(chain):
        yield OUTPUTS[chain.loss.outputs].f(-chain[f"z{chain.depth}"].T).T


def power_of_ten(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield 1/(1 + 10^-z), in a hidden layer."""
    if has_one_exponential(chain):
        yield ACTIVATIONS[chain.network.hidden].f(np.log(10.0) * chain[f"z{place.index}"])


def powers_of_ten_at_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the outputs with 10^z in place of e^z."""
    if outputs_are_exponential(chain):
        yield OUTPUTS[chain.loss.outputs].f(np.log(10.0) * chain[f"z{chain.depth}"].T).T


def other_key(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield tan z and artanh z, where g is tanh."""
    if is_tanh(chain):
        z = chain[f"z{place.index}"]
        yield from (np.tan(z), np.arctanh(z))


KEY_RECIPES = (
    Recipe("exponent turned", ("h",), exponent_turned,
           "The exponent has the other sign: the logistic function is 1/(1 + exp(−z)).", late=True),
    Recipe("exponents turned at the outputs", ("output",), exponents_turned_at_outputs,
           "The exponent has the other sign: softmax takes exp(z), the logistic function 1/(1 + exp(−z)).", late=True),
    Recipe("power of ten", ("h",), power_of_ten,
           "A power of 10 was taken: take e to the power (the key eˣ, not 10ˣ).", late=True),
    Recipe("powers of ten at the outputs", ("output",), powers_of_ten_at_outputs,
           "Powers of 10 were taken: take e to the power of each z (the key eˣ, not 10ˣ).", late=True),
    Recipe("another key", ("h",), other_key,
           "Another key was pressed, tan or the inverse of tanh: take the hyperbolic tangent, often hyp and then tan.",
           late=True),
)  # fmt: skip
