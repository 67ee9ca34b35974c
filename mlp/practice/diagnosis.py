"""Which mistake explains a wrong answer: a recipe of the catalogue, a slip of the pen, or a mistake further up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.practice.catalogue import wrong_values
from mlp.practice.chain import Chain, places
from mlp.practice.slips import slips
from mlp.practice.words import cell_words, quantity_words

MOST_NAMED = 3
EQUALLY_WELL = " Or, as good an explanation: "


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
        `near(value)` returns which cells of the answer are as good as a value, of that shape.
    chains : tuple of Chain
        The true numbers, and the student's own earlier ones where she has any.
    answered : frozenset of str
        The quantities she has answered.
    """

    name: str
    answer: Array
    wrong: Array
    near: Callable[[Array], Array]
    chains: tuple[Chain, ...]
    answered: frozenset[str]


def diagnosis(case: Case) -> str | None:
    """Return the mistake that explains all wrong cells in a sentence, all of them where several do; None if none does.

    A recipe that explains every cell written goes before one that explains the wrong cells only, and both go before a
    mistake in a quantity further up that was not answered.
    """
    for source in (everywhere, in_the_wrong_cells, further_up, cell_by_cell):
        if found := list(dict.fromkeys(source(case))):
            return EQUALLY_WELL.join(found[:MOST_NAMED])
    return None


def everywhere(case: Case) -> Iterator[str]:
    """Yield the recipes that explain every cell written."""
    written = ~np.isnan(case.answer)
    for chain in case.chains:
        for wrong in wrong_values(chain, case.name):
            if case.near(wrong.value)[written].all():
                yield wrong.recipe.sentence


def in_the_wrong_cells(case: Case) -> Iterator[str]:
    """Yield the recipes and slips that explain the wrong cells, while the others are right."""
    for chain in case.chains:
        for wrong in wrong_values(chain, case.name):
            if case.near(wrong.value)[case.wrong].all():
                yield wrong.recipe.sentence + only_in(case)
    yield from (slip for cells, slip in matching_slips(case) if cells[case.wrong].all())


def only_in(case: Case) -> str:
    """Return where the wrong cells are if they are few and others are right."""
    cells = np.argwhere(case.wrong)
    if len(cells) == np.count_nonzero(~np.isnan(case.answer)) or len(cells) > MOST_NAMED:
        return ""
    return f" ({'; '.join(cell_words(case.answer.shape, *map(int, cell)) for cell in cells)})"


def matching_slips(case: Case) -> Iterator[tuple[Array, str]]:
    """Yield the slips whose own cells the answer agrees with, and those cells."""
    for chain in case.chains:
        for slip in slips(chain, case.name, chain.rule(case.name), case.answer, case.wrong):
            if case.near(slip.value)[slip.cells].all():
                yield slip.cells, slip.sentence


def further_up(case: Case) -> Iterator[str]:
    """Yield the recipes that were followed in an unanswered quantity before this one, and explain it from there."""
    chain = case.chains[-1]
    before = list(places(chain.exercise))
    for name in reversed(before[: before.index(case.name)]):
        if name in case.answered:
            continue
        for wrong in wrong_values(chain, name):
            carried = Chain(chain.exercise, {**chain.given, name: wrong.value}, chain.true)
            if case.near(carried.rule(case.name))[~np.isnan(case.answer)].all():
                yield f"As if in {quantity_words(chain.exercise, name)}: {wrong.recipe.sentence}"


def cell_by_cell(case: Case) -> Iterator[str]:
    """Yield one sentence of the explanations of single cells, where no mistake explains all of them."""
    explained = []
    for row, column in (map(int, cell) for cell in np.argwhere(case.wrong)):
        alone = np.zeros_like(case.wrong)
        alone[row, column] = True
        single = Case(case.name, case.answer, alone, case.near, case.chains, case.answered)
        if found := next(in_the_wrong_cells(single), None):
            explained.append(found)
    if explained:
        yield " ".join(dict.fromkeys(explained[:MOST_NAMED]))
