"""Fresh exercises for pen and paper, of which every one tells the right numbers from the wrong recipes."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.exercises.presets import LOSS_OF
from mlp.exercises.sheet import SIZES
from mlp.losses import LOSSES
from mlp.network import Layer, Network, require_choice
from mlp.practice.chain import Chain, places
from mlp.practice.recipes.catalogue import structure, twins, wrong_values
from mlp.practice.rounding import forward_bounds, half_unit, rounding_bounds

TENTHS = np.array([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]) / 10
INPUTS = np.array([-1.0, -0.5, 0.5, 1.0])
LEARNING_RATE = 0.4
# Where g is flat, as the logistic function is, small numbers make the lower layers' step too small to be seen in three
# digits of the loss: after that many tries the weights are twice as large, and so is eta
SMALL_TRIES, LARGER, STEEP = 150, 2.0, 0.75
DIGITS = 3
# Once the tolerance keeps two recipes apart; from the right value they stay farther, so that none passes
MARGIN, MARGIN_OF_RECIPES = 1.5, 1.0
# What is 0 on paper comes out as 1e-18, and is as near to 0 as can be though its own digits say it is apart
NOISE = 1e-9
KINK = 0.04
SMALLEST_GRADIENT = 0.002
MOST_TRIES = 2000


def practice_exercise(
    question: str,
    seed: int,
    *,
    sizes: Sequence[int] | None = None,
    hidden: str | None = None,
    examples: int = 1,
    reduction: str = "sum",
    momentum: float = 0.0,
) -> Exercise:
    """Return an exercise with numbers for pen and paper, the same ones for a seed anywhere and always.

    Weights and biases are tenths from -0.5 to 0.5 without 0, inputs -1, -0.5, 0.5 or 1, targets one-hot, eta is 0.4;
    where such small numbers don't tell enough, weights go to 1 and eta is 0.8.
    Numbers are drawn until no unit stands near a kink, every layer's gradient is worth computing, and no wrong recipe
    of the catalogue comes within rounding to three digits of the right value of any quantity, or of another recipe's.

    Parameters
    ----------
    question : {"q1", "q2"}
        Squared error with linear outputs, or softmax with cross-entropy.
    seed : int
        0 to 2**32 - 1.
    sizes : sequence of at least two positive int, optional
        Units of each layer, inputs first; the sheet's by default.
    hidden : str, optional
        The hidden activation; tanh by default.
    examples : int
        How many, all of which take part.
    reduction : {"sum", "mean"}
    momentum : float from 0 to below 1
        Above 0 the step has a velocity to go on from, in tenths as well.

    Returns
    -------
    Exercise

    Raises
    ------
    ValueError
        If a value is outside its range, or no numbers of this kind can tell right from wrong.

    Examples
    --------
    >>> from mlp.practice import practice_exercise
    >>> exercise = practice_exercise("q1", 7)
    >>> exercise.network.sizes, exercise.learning_rate
    ((4, 4, 3, 3), 0.4)
    """
    require_choice("question", question, tuple(LOSS_OF))
    sizes = SIZES if sizes is None else tuple(sizes)
    if len(sizes) < 2 or min(sizes) < 1 or examples < 1:
        raise ValueError(f"practice_exercise needs two or more sizes of at least 1 unit, and an example; got sizes "
                         f"{sizes} and {examples} examples.")  # fmt: skip
    if LOSSES[LOSS_OF[question]].distribution and sizes[-1] == 1:
        raise ValueError("Question 2 needs two outputs or more: of a single one p is always 1, whatever is wrong "
                         "before it. Take other layers.")  # fmt: skip
    found = first_good(LOSS_OF[question], seed, sizes, hidden or "tanh", examples, reduction, momentum)
    if found is None:
        raise ValueError(
            f"Practice needs numbers that tell right from wrong; for layers {'-'.join(map(str, sizes))}, "
            f"{hidden or 'tanh'} and {counted(examples)} none were found: take other layers, another activation or "
            f"fewer examples."
        )
    return found


def counted(examples: int) -> str:
    """Return how many examples, in words."""
    return "1 example" if examples == 1 else f"{examples} examples"


@lru_cache(maxsize=256)
def first_good(
    loss: str, seed: int, sizes: tuple[int, ...], hidden: str, examples: int, reduction: str, momentum: float
) -> Exercise | None:
    """Return the first exercise of a seed that tells right from wrong, None where none does.

    What can't be made takes longest to find out, so that it is remembered too.
    """
    small = SMALL_TRIES if is_flat(hidden) else MOST_TRIES
    for attempt in range(MOST_TRIES):
        # Not default_rng: a RandomState's stream is frozen across NumPy's releases
        rng = np.random.RandomState([seed, attempt])
        size = 1.0 if attempt < small else LARGER
        exercise = drawn(loss, sizes, hidden, examples, reduction, rng, size)
        if momentum:
            exercise = replace(exercise, momentum=momentum, velocity=drawn_layers(sizes, rng))
        if tells_right_from_wrong(exercise):
            return exercise
    return None


def is_flat(hidden: str) -> bool:
    """Return whether an activation is flat everywhere near 0, so that little gets through to the layers below."""
    z, activation = np.linspace(-1.0, 1.0, 21), ACTIVATIONS[hidden]
    return bool(np.abs(activation.derivative(z, activation.f(z))).max() < STEEP)


def drawn(
    loss: str,
    sizes: Sequence[int],
    hidden: str,
    examples: int,
    reduction: str,
    rng: np.random.RandomState,
    size: float = 1.0,
) -> Exercise:
    """Return an exercise with random numbers, its weights and eta so many times the usual ones."""
    layers = drawn_layers(sizes, rng, size)
    X = rng.choice(INPUTS, (examples, sizes[0]))
    order = rng.permutation(sizes[-1])
    Y = np.eye(sizes[-1])[order[np.arange(examples) % sizes[-1]]]
    rate = round(size * LEARNING_RATE, 1)
    return Exercise(Network(layers, hidden, loss), X, Y, rate, tuple(range(examples)), reduction)


def drawn_layers(sizes: Sequence[int], rng: np.random.RandomState, size: float = 1.0) -> tuple[Layer, ...]:
    """Return layers of tenths, so many times the usual ones."""
    tenths, pairs = np.round(size * TENTHS, 1), zip(sizes, sizes[1:], strict=False)
    return tuple(Layer(rng.choice(tenths, (n_out, n_in)), rng.choice(tenths, n_out)) for n_in, n_out in pairs)


def tells_right_from_wrong(exercise: Exercise) -> bool:
    """Return whether no wrong recipe can be taken for the right one, or for another, at three digits."""
    chain = Chain(exercise)
    if near_a_kink(chain) or vanishes(chain):
        return False
    # The losses first: they are one number each, so that most numbers fail there, and cost a forward pass alone
    passed = forward_bounds(chain, DIGITS)
    if not all(is_discriminating(chain, name, passed[name]) for name in reversed(passed)):
        return False
    bounds = rounding_bounds(chain, DIGITS)
    rest = [name for name in reversed(places(exercise)) if name not in passed]
    return all(is_discriminating(chain, name, bounds[name]) for name in rest)


def near_a_kink(chain: Chain) -> bool:
    """Return whether a hidden unit stands where its activation has no derivative, or hardly beside it."""
    kinks = ACTIVATIONS[chain.network.hidden].kinks
    return any(np.abs(chain[f"z{l}"] - kink).min() < KINK for l in range(1, chain.depth) for kink in kinks)


def vanishes(chain: Chain) -> bool:
    """Return whether some layer gets hardly any gradient."""
    return any(np.abs(chain[f"dW{l}"]).max() < SMALLEST_GRADIENT for l in range(1, chain.depth + 1))


def is_discriminating(chain: Chain, name: str, bound: Array) -> bool:
    """Return whether the right value of a quantity and those of all wrong recipes are apart, each from each.

    What one recipe leads to in two ways may lie together: the sentence is the same.
    """
    wrongs = [wrong for wrong in wrong_values(chain, name) if not wrong.recipe.late]
    if not wrongs:
        return True
    values = np.array([chain[name], *(wrong.value for wrong in wrongs)]).reshape(len(wrongs) + 1, -1)
    growth = np.maximum(1.0, np.abs(values) / np.maximum(np.abs(values[0]), 1e-12))
    room = bound.ravel() * np.minimum(growth, 10.0) + half_unit(values, DIGITS) + NOISE
    if not are_apart(values[:1], values[1:], MARGIN * (room[:1, np.newaxis] + room[1:])).all():
        return False
    together = ~are_apart(values[1:], values[1:], MARGIN_OF_RECIPES * (room[1:, np.newaxis] + room[1:]))
    same = twins(structure(chain.exercise), name)
    return all(
        wrongs[i].recipe is wrongs[k].recipe or (wrongs[i].key, wrongs[k].key) in same
        for i, k in np.argwhere(np.triu(together, 1))
    )


def are_apart(values: Array, others: Array, room: Array) -> Array:
    """Return which values (a, m) are more than the room (a, b, m) from which others (b, m) in some cell, (a, b)."""
    return (np.abs(values[:, np.newaxis] - others) > room).any(axis=2)
