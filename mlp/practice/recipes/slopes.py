"""Mistakes of a hidden layer's dL/dz with h in the wrong formula, or with the activation in the derivative's place."""

from collections.abc import Iterator

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.error import is_last
from mlp.practice.recipes.forward import other_activations
from mlp.practice.recipes.recipe import Recipe


def own_h_in_other_formula(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dh times another activation's formula with this network's h, such as h (1 - h) where g is tanh."""
    if not is_last(chain, place):
        z, h = chain[f"z{place.index}"], chain[f"h{place.index}"]
        yield from (chain[f"dh{place.index}"] * other.derivative(z, h) for other in other_activations(chain))


def activation_of_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield g(dL/dh), as if a ReLU let through what is positive on the way back, where that is another number."""
    activation = ACTIVATIONS[chain.network.hidden]
    if activation.kinks and not is_last(chain, place) and (chain[f"dh{place.index}"] < 0.0).any():
        yield activation.f(chain[f"dh{place.index}"])


SLOPE_RECIPES = (
    Recipe("another activation's formula of h", ("dz",), own_h_in_other_formula,
           "The derivative of another activation was used: look up which one this network has.", late=True),
    Recipe("activation of the gradient", ("dz",), activation_of_gradient,
           "The activation was applied to dL/dh: multiply dL/dh by g′(z), which the sign of z decides.", late=True),
)  # fmt: skip
