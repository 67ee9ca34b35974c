"""The catalogue of wrong recipes, and what each of them leads to in an exercise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import numpy as np

from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.network import Layer, Network
from mlp.practice.chain import RULES, Chain, Place, places
from mlp.practice.recipes.backward import BACKWARD_RECIPES
from mlp.practice.recipes.error import ERROR_RECIPES
from mlp.practice.recipes.forward import FORWARD_RECIPES
from mlp.practice.recipes.keys import KEY_RECIPES
from mlp.practice.recipes.loss import LOSS_RECIPES
from mlp.practice.recipes.momentum import MOMENTUM_RECIPES
from mlp.practice.recipes.outputs import OUTPUT_RECIPES
from mlp.practice.recipes.recipe import Recipe
from mlp.practice.recipes.slopes import SLOPE_RECIPES
from mlp.practice.recipes.update import UPDATE_RECIPES
from mlp.practice.rounding import rounding_bounds

RECIPES = (
    *FORWARD_RECIPES,
    *KEY_RECIPES,
    *LOSS_RECIPES,
    *ERROR_RECIPES,
    *OUTPUT_RECIPES,
    *BACKWARD_RECIPES,
    *SLOPE_RECIPES,
    *UPDATE_RECIPES,
    *MOMENTUM_RECIPES,
)
CATALOGUE: dict[str, Recipe] = {recipe.key: recipe for recipe in RECIPES}
OF_KIND = {kind: tuple(each for each in RECIPES if kind in each.kinds) for kind in RULES}
DRAWS = 4
SAME = 1e-9
# How many times the bound of rounding to three digits a late recipe must be from the right value
FAR, DIGITS = 3.0, 3
Key = tuple[str, int]
RIGHT: Key = ("", 0)


@dataclass(frozen=True, eq=False)
class Wrong:
    """What one wrong recipe makes of a quantity.

    Attributes
    ----------
    recipe : Recipe
    variant : int
        Which of the values it can lead to, from 0.
    value : array
        As the quantity looks on paper.
    """

    recipe: Recipe
    variant: int
    value: Array

    @property
    def key(self) -> Key:
        """The recipe's name and the variant."""
        return self.recipe.key, self.variant


def wrong_values(chain: Chain, name: str, *, late: bool = True) -> Iterator[Wrong]:
    """Yield what every wrong recipe of the catalogue makes of a quantity, from the numbers of a chain.

    A recipe that is right by the structure of the exercise (with units that are linear g' can be left out) is no
    mistake and is left out; on demand so are the late ones. Of these, which the generator does not keep apart from the
    right value, what is hardly another number is no mistake that could be told.
    """
    place, harmless = chain.places[name], harmless_recipes(structure(chain.exercise), name)
    with np.errstate(all="ignore"):
        for wrong in all_values(chain, place, late=late):
            if wrong.key in harmless or not np.isfinite(wrong.value).all():
                continue
            if not wrong.recipe.late or is_far(chain, name, wrong.value):
                yield wrong


def is_far(chain: Chain, name: str, value: Array) -> bool:
    """Return whether a value is another number than the right one, whatever was rounded on the way to three digits."""
    bound = rounding_bounds(chain, DIGITS)[name]
    return bool((np.abs(value - chain.rule(name)) > FAR * bound + SAME).any())


def all_values(chain: Chain, place: Place, *, late: bool = True) -> Iterator[Wrong]:
    """Yield what every recipe of this place's kind leads to, without the late ones on demand."""
    for recipe in OF_KIND[place.kind]:
        for variant, value in enumerate(recipe.make(chain, place) if late or not recipe.late else ()):
            yield Wrong(recipe, variant, value)


def structure(exercise: Exercise) -> tuple:
    """Return everything of an exercise but its numbers."""
    network = exercise.network
    return (network.sizes, network.hidden, network.loss, len(exercise.selected), exercise.reduction,
            exercise.biases_fixed, exercise.momentum > 0, exercise.velocity is not None)  # fmt: skip


@lru_cache(maxsize=1024)
def harmless_recipes(shape: tuple, name: str) -> frozenset[Key]:
    """Return the recipes that give the right value of a quantity in every exercise of a structure."""
    return frozenset(key for key, other in always_equal(shape, name) if other == RIGHT)


@lru_cache(maxsize=1024)
def twins(shape: tuple, name: str) -> frozenset[tuple[Key, Key]]:
    """Return the pairs of recipes that lead to the same value of a quantity in every exercise of a structure."""
    return frozenset((key, other) for key, other in always_equal(shape, name) if RIGHT not in (key, other))


@lru_cache(maxsize=1024)
def same_from_further_up(shape: tuple, name: str) -> tuple[tuple[str, frozenset[Key]], ...]:
    """Return which recipes in quantities further up come out as a recipe of this one does: the nearest quantity first.

    With y - p for p - y every new weight looks as if the step had been added.
    """
    exercise = arbitrary_exercise(shape, 0)
    chain, before = Chain(exercise), list(places(exercise))
    own = [wrong.value for wrong in wrong_values(chain, name)]
    found = []
    for above in reversed(before[: before.index(name)]):
        keys = {wrong.key for wrong in wrong_values(chain, above)
                if is_one_of(carried(chain, above, wrong.value, name), own)}  # fmt: skip
        found += [(above, frozenset(keys))] if keys else []
    return tuple(found)


def carried(chain: Chain, above: str, value: Array, name: str) -> Array:
    """Return what the right rules make of a quantity when one further up has another value."""
    return following(chain, above, value).rule(name)


def following(chain: Chain, above: str, value: Array) -> Chain:
    """Return the numbers of a chain when a quantity has another value, from which the rest follows."""
    found = Chain(chain.exercise, {**chain.given, above: value}, chain.true)
    # Nothing before it depends on it
    found.known.update({before: chain[before] for before in takewhile(above.__ne__, chain.places)})
    return found


def is_one_of(value: Array, others: Iterable[Array]) -> bool:
    """Return whether a value is equal to another to rounding noise."""
    stacked = np.reshape(list(others), (-1, value.size))
    return bool(are_close(value.ravel(), stacked).all(axis=-1).any())


def are_close(values: Array, others: Array) -> Array:
    """Return which numbers are equal to rounding noise, as np.isclose does, in a tenth of its time."""
    with np.errstate(all="ignore"):
        close = (np.abs(values - others) <= SAME + SAME * np.abs(others)) & np.isfinite(others)
        return close | (values == others)


@lru_cache(maxsize=1024)
def always_equal(shape: tuple, name: str) -> frozenset[tuple[Key, Key]]:
    """Return the pairs of recipes, the right one among them, with the same value whatever the numbers are."""
    kept: frozenset | None = None
    for seed in range(DRAWS):
        chain = Chain(arbitrary_exercise(shape, seed))
        with np.errstate(all="ignore"):
            wrongs = list(all_values(chain, places(chain.exercise)[name]))
        keys = [*(wrong.key for wrong in wrongs), RIGHT]
        values = np.reshape([*(wrong.value for wrong in wrongs), chain.rule(name)], (len(keys), -1))
        one, other = values[:, np.newaxis], values
        equal = (are_close(one, other) | (np.isnan(one) & np.isnan(other))).all(axis=-1)
        same = {(keys[i], keys[k]) for i, k in np.argwhere(equal) if i != k}
        kept = frozenset(same) if kept is None else kept & same
    return kept or frozenset()


def arbitrary_exercise(shape: tuple, seed: int) -> Exercise:
    """Return an exercise of a structure with numbers that have nothing in common."""
    sizes, hidden, loss, n, reduction, biases_fixed, moving, has_velocity = shape
    rng = np.random.RandomState(seed)
    layers = tuple(Layer(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out))
                   for n_in, n_out in zip(sizes, sizes[1:], strict=False))  # fmt: skip
    X, Y = rng.normal(size=(n, sizes[0])), np.eye(sizes[-1])[np.arange(n) % sizes[-1]]
    velocity = tuple(Layer(rng.normal(size=layer.W.shape), rng.normal(size=layer.b.shape)) for layer in layers)
    return Exercise(Network(layers, hidden, loss), X, Y, 0.3, tuple(range(n)), reduction, biases_fixed,
                    0.6 if moving else 0.0, velocity if has_velocity else None)  # fmt: skip
