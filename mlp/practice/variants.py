"""Fresh exercises for pen and paper, of which every one tells the right numbers from the wrong recipes."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.exercises.presets import LOSS_OF
from mlp.exercises.sheet import SIZES
from mlp.losses import LOSSES
from mlp.network import require_choice
from mlp.practice.chain import Chain, places
from mlp.practice.draws import USUAL_DRAWS, WIDER_DRAWS, Kind, drawn
from mlp.practice.recipes.catalogue import structure, twins, wrong_values
from mlp.practice.rounding import forward_bounds, half_unit, rounding_bounds

DIGITS = 3
# Once the tolerance keeps two recipes apart; from the right value they stay farther, so that none passes
MARGIN, MARGIN_OF_RECIPES = 1.5, 1.0
# What is 0 on paper comes out as 1e-18, and is as near to 0 as can be though its own digits say it is apart
NOISE = 1e-9
KINK = 0.04
SMALLEST_GRADIENT = 0.002
# Nearly all that can be practised is found in so many draws. Who searches longer takes the processor for seconds: many
# at a time would leave nothing of it to the others
SHORT_DRAWS = 300
_long_search = threading.Lock()


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
    where such small numbers don't tell enough, weights go to 1 or 2, eta is 0.8 or 1.6, inputs go to 2, velocities to
    1, and the targets of a single output are 1 and 0 in turn.
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
    sizes = SIZES if sizes is None else tuple(sizes)
    return variant(Kind(question, sizes, hidden or "tanh", examples, reduction, momentum), seed)


def variant(kind: Kind, seed: int) -> Exercise:
    """Return the exercise of a kind that a seed has; raise a ValueError as `practice_exercise` does."""
    require_possible(kind)
    found = search(kind, seed).exercise
    if found is None:
        raise ValueError(
            f"Practice needs numbers that tell right from wrong; for layers {'-'.join(map(str, kind.sizes))}, "
            f"{kind.hidden} and {counted(kind.examples)} none were found: take other layers, another activation or "
            f"fewer examples."
        )
    return found


def draws_for(kind: Kind, seed: int) -> int:
    """Return how many are drawn to find a seed's numbers, or that it has none; a ValueError for what is no kind."""
    require_possible(kind)
    return search(kind, seed).draws


def require_possible(kind: Kind) -> None:
    """Raise a ValueError where there is no exercise of a kind, or where all its answers are right."""
    require_choice("question", kind.question, tuple(LOSS_OF))
    if len(kind.sizes) < 2 or min(kind.sizes) < 1 or kind.examples < 1:
        raise ValueError(f"practice_exercise needs two or more sizes of at least 1 unit, and an example; got sizes "
                         f"{kind.sizes} and {kind.examples} examples.")  # fmt: skip
    if LOSSES[LOSS_OF[kind.question]].distribution and kind.sizes[-1] == 1:
        raise ValueError("Question 2 needs two outputs or more: of a single one p is always 1, whatever is wrong "
                         "before it. Take other layers.")  # fmt: skip


def counted(examples: int) -> str:
    """Return how many examples, in words."""
    return "1 example" if examples == 1 else f"{examples} examples"


@dataclass(frozen=True)
class Search:
    """What the search for a seed's numbers came to: the exercise, None if there is none, and how many were drawn."""

    exercise: Exercise | None
    draws: int


@lru_cache(maxsize=256)
def search(kind: Kind, seed: int) -> Search:
    """Return the first exercise of a seed that tells right from wrong, and how many were drawn to find it.

    What can't be made takes longest to find out, so that it is remembered too, and such searches wait for each other.
    """
    most = USUAL_DRAWS + WIDER_DRAWS
    found = first_good(kind, seed, 0, min(SHORT_DRAWS, most))
    if found is None:
        with _long_search:
            found = first_good(kind, seed, SHORT_DRAWS, most)
    return Search(None, most) if found is None else Search(drawn(kind, seed, found), found + 1)


def first_good(kind: Kind, seed: int, first: int, last: int) -> int | None:
    """Return the first attempt from `first` to before `last` that tells right from wrong, None where none does."""
    return next((k for k in range(first, last) if tells_right_from_wrong(drawn(kind, seed, k))), None)


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
    wrongs = list(wrong_values(chain, name, late=False))
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
