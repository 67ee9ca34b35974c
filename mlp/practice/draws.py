"""Numbers for pen and paper, drawn at random: which kind of exercise, and from what its numbers are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.exercises.presets import LOSS_OF
from mlp.network import Layer, Network

TENTHS = np.array([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]) / 10
LEARNING_RATE = 0.4
SMALL_DRAWS, USUAL_DRAWS, WIDER_DRAWS = 150, 2000, 800
STEEP = 0.75


@dataclass(frozen=True)
class Kind:
    """A kind of exercise: everything but its numbers.

    Attributes
    ----------
    question : {"q1", "q2"}
    sizes : tuple of int
    hidden : str
    examples : int
    reduction : {"sum", "mean"}
    momentum : float
    """

    question: str
    sizes: tuple[int, ...]
    hidden: str
    examples: int
    reduction: str
    momentum: float


@dataclass(frozen=True)
class Numbers:
    """What the numbers of an exercise are drawn from.

    Attributes
    ----------
    size : float
        How many times the usual tenths the weights are, and the usual eta.
    inputs : tuple of float
    velocity : float
        How many times the usual tenths the velocities are.
    zeros : bool
        Whether the targets are 1 and 0 in turn, of a single output: one-hot ones are always 1.
    """

    size: float = 1.0
    inputs: tuple[float, ...] = (-1.0, -0.5, 0.5, 1.0)
    velocity: float = 1.0
    zeros: bool = False


SMALL = Numbers()
# Where g is flat, as the logistic function is, small numbers make the lower layers' step too small to be seen in three
# digits of the loss
LARGER = Numbers(size=2.0)
WIDE = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)
# Of a single output whose targets are all 1, three examples have errors so much alike that one is nearly their mean
WIDER_OF_ONE_OUTPUT = Numbers(inputs=WIDE, velocity=2.0, zeros=True)
# Three examples of three classes, one each, have errors of softmax that nearly add to nothing: there is hardly a step
WIDER, WIDER_WHERE_FLAT = Numbers(2.0, WIDE, 2.0), Numbers(4.0, WIDE, 2.0)


def numbers_of(kind: Kind, attempt: int) -> Numbers:
    """Return what an attempt draws from, from 0: larger numbers come soon where g is flat, wider ones at the end."""
    flat = is_flat(kind.hidden)
    if attempt < USUAL_DRAWS:
        return LARGER if flat and attempt >= SMALL_DRAWS else SMALL
    if kind.sizes[-1] == 1:
        return WIDER_OF_ONE_OUTPUT
    return WIDER_WHERE_FLAT if flat else WIDER


@lru_cache(maxsize=len(ACTIVATIONS))
def is_flat(hidden: str) -> bool:
    """Return whether an activation is flat everywhere near 0, so that little gets through to the layers below."""
    z, activation = np.linspace(-1.0, 1.0, 21), ACTIVATIONS[hidden]
    return bool(np.abs(activation.derivative(z, activation.f(z))).max() < STEEP)


def drawn(kind: Kind, seed: int, attempt: int) -> Exercise:
    """Return the exercise of a seed's attempt, from 0: the same numbers anywhere and always."""
    # Not default_rng: a RandomState's stream is frozen across NumPy's releases
    rng, numbers = np.random.RandomState([seed, attempt]), numbers_of(kind, attempt)
    layers = drawn_layers(kind.sizes, rng, numbers.size)
    X = rng.choice(numbers.inputs, (kind.examples, kind.sizes[0]))
    order = rng.permutation(kind.sizes[-1])
    Y: Array = np.eye(kind.sizes[-1])[order[np.arange(kind.examples) % kind.sizes[-1]]]
    if numbers.zeros:
        Y = (rng.randint(2) + np.arange(kind.examples)[:, np.newaxis]) % 2.0
    network, rate = Network(layers, kind.hidden, LOSS_OF[kind.question]), round(numbers.size * LEARNING_RATE, 1)
    exercise = Exercise(network, X, Y, rate, tuple(range(kind.examples)), kind.reduction)
    if not kind.momentum:
        return exercise
    return replace(exercise, momentum=kind.momentum, velocity=drawn_layers(kind.sizes, rng, numbers.velocity))


def drawn_layers(sizes: Sequence[int], rng: np.random.RandomState, size: float) -> tuple[Layer, ...]:
    """Return layers of tenths, so many times the usual ones."""
    tenths, pairs = np.round(size * TENTHS, 1), zip(sizes, sizes[1:], strict=False)
    return tuple(Layer(rng.choice(tenths, (n_out, n_in)), rng.choice(tenths, n_out)) for n_in, n_out in pairs)
