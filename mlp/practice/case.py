"""A wrong answer to be explained, and how what may explain it compares with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlp.arrays import Array
from mlp.practice.chain import Chain
from mlp.practice.recipes.catalogue import Wrong, wrong_values
from mlp.practice.recipes.slips import slips

# Digits in which an answer must agree with what explains it, in a cell or added over several
NO_ACCIDENT = 1.5


@dataclass(frozen=True, eq=False)
class Case:
    """A wrong answer to be explained.

    Attributes
    ----------
    name : str
        Of the quantity.
    answer : array of the quantity's shape
        nan where nothing was written.
    wrong : bool array of that shape
        The cells to be explained.
    near : callable
        `near(values)` returns which cells of the answer are as good as each of several values in a stack.
    agreement : callable
        `agreement(values, factor, fewest)` returns in how many digits each cell of the answer, divided by the factor,
        agrees with each of the values; 0 where it is not near it, or fewer digits were written than that.
    chains : tuple of Chain
        The true numbers, and the student's own earlier ones where she has any.
    answered : frozenset of str
        The quantities she has answered.
    ways_from : callable
        `ways_from(above)` returns the wrong recipes of a quantity further up, each with the numbers it leads to.
    """

    name: str
    answer: Array
    wrong: Array
    near: Callable[[Array], Array]
    agreement: Callable[[Array, Array | float, Array | int], Array]
    chains: tuple[Chain, ...]
    answered: frozenset[str]
    ways_from: Callable[[str], tuple[tuple[Wrong, Chain], ...]]

    @cached_property
    def slips(self) -> tuple["Reason", ...]:
        """The slips with which all their own cells agree, in digits enough that it is no accident."""
        return tuple(matching_slips(self))

    @cached_property
    def recipes(self) -> tuple[Wrong, ...]:
        """What the wrong recipes make of this quantity, from the true numbers and then from hers."""
        return tuple(wrong for chain in self.chains for wrong in wrong_values(chain, self.name))

    @cached_property
    def stack(self) -> "Stack":
        """How the values of the recipes compare with the answer."""
        return self.compared([wrong.value for wrong in self.recipes])

    def compared(self, values: Sequence[Array]) -> "Stack":
        """Return how several values compare with the answer."""
        stacked = np.reshape(values, (len(values), *self.answer.shape))
        return Stack(self.near(stacked), self.agreement(stacked, 1.0, 1))


@dataclass(frozen=True, eq=False)
class Stack:
    """How several values compare with an answer: which cells are near each, and in how many digits they agree."""

    near: Array
    agreement: Array

    def explaining(self, cells: Array, least: float = NO_ACCIDENT) -> Array:
        """Return which values explain some cells: all are near it, and agree in so many digits together."""
        return self.near[:, cells].all(axis=1) & (self.agreement[:, cells].sum(axis=1) >= least)


@dataclass(frozen=True, eq=False)
class Reason:
    """An explanation of some cells: what was done, and which cells it explains (bool, of the answer's shape).

    The cause is what was done without its places.
    """

    sentence: str
    cells: Array
    cause: str


def matching_slips(case: Case) -> Iterator[Reason]:
    """Yield the slips with which all their own cells agree, in digits enough that it is no accident."""
    found = [slip for chain in case.chains
             for slip in slips(chain, case.name, chain.rule(case.name), case.answer, case.wrong)]  # fmt: skip
    factors, fewest = (
        np.reshape(each, (-1, 1, 1)) for each in ([slip.factor for slip in found], [slip.fewest for slip in found])
    )
    agreement = case.agreement(np.array([slip.value for slip in found]), factors, fewest)
    for slip, digits in zip(found, agreement, strict=True):
        if (digits[slip.cells] >= NO_ACCIDENT).all():
            yield Reason(slip.sentence, slip.cells, slip.cause or slip.sentence)
