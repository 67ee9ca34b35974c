"""Which mistake explains a wrong answer: a recipe of the catalogue, a slip of the pen, or a mistake further up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from mlp.arrays import Array
from mlp.practice.case import NO_ACCIDENT, Case, Reason
from mlp.practice.chain import Chain, places
from mlp.practice.recipes.catalogue import Wrong, carried, is_one_of, same_from_further_up, structure, wrong_values
from mlp.practice.words import cell_words, quantity_words

MOST_NAMED = 3
EQUALLY_WELL = " Or, as good an explanation: "
TOO_MANY = (
    "More than three mistakes in earlier steps would lead to about this number: fill in the steps before it, and the "
    "first that is wrong shows which."
)
NO_ACCIDENT_FURTHER_UP = 2.0
FEWEST_CELLS, FEWEST_SHARE = 2, 1 / 3


@dataclass(frozen=True)
class Diagnosis:
    """A mistake as it is told, and what explains it equally well, without places: what two answers have in common."""

    sentence: str
    causes: tuple[str, ...]


def diagnosis(case: Case) -> Diagnosis | None:
    """Return the mistake that explains all wrong cells, all of them where several do; None if none does.

    A recipe that explains every cell written goes before one that explains the wrong cells only, and both go before a
    mistake in a quantity further up that was not answered.
    """
    for source in (everywhere, in_the_wrong_cells, further_up, cell_by_cell):
        if found := list(dict.fromkeys(source(case)))[:MOST_NAMED]:
            causes = dict.fromkeys(cause for one in found for cause in one.causes)
            return Diagnosis(EQUALLY_WELL.join(one.sentence for one in found), tuple(causes))
    return None


def everywhere(case: Case) -> Iterator[Diagnosis]:
    """Yield the recipes that explain every cell written."""
    found = list(compress(case.recipes, case.stack.explaining(~np.isnan(case.answer))))
    yield from (Diagnosis(wrong.recipe.sentence, (wrong.recipe.sentence,)) for wrong in found)
    yield from as_well_further_up(case, found)


def as_well_further_up(case: Case, found: Sequence[Wrong]) -> Iterator[Diagnosis]:
    """Yield the recipes in unanswered quantities further up that come out as one of these does, a sentence once."""
    chain, told = case.chains[-1], {wrong.recipe.sentence for wrong in found}
    values = [wrong.value for wrong in found]
    for above, keys in same_from_further_up(structure(chain.exercise), case.name) if found else ():
        unanswered = above not in case.answered
        for wrong in (each for each in wrong_values(chain, above) if unanswered and each.key in keys):
            sentence, value = wrong.recipe.sentence, carried(chain, above, wrong.value, case.name)
            if sentence not in told and is_one_of(value, values):
                told.add(sentence)
                yield as_if(chain, above, wrong)


def as_if(chain: Chain, above: str, wrong: Wrong) -> Diagnosis:
    """Return the diagnosis of a mistake in a quantity further up."""
    sentence = f"As if in {quantity_words(chain.exercise, above)}: {wrong.recipe.sentence}"
    return Diagnosis(sentence, (sentence,))


def in_the_wrong_cells(case: Case) -> Iterator[Diagnosis]:
    """Yield the recipes and slips that explain the wrong cells, while the others are right."""
    for wrong in compress(case.recipes, case.stack.explaining(case.wrong)):
        sentence = wrong.recipe.sentence
        yield Diagnosis(told(case, Reason(sentence, case.wrong, sentence)), (sentence,))
    for slip in case.slips:
        if slip.cells[case.wrong].all():
            yield Diagnosis(told(case, slip), (slip.cause,))


def told(case: Case, reason: Reason) -> str:
    """Return an explanation behind its places, three at most; without them where it is about every cell written."""
    cells = np.argwhere(reason.cells)
    if len(cells) == np.count_nonzero(~np.isnan(case.answer)):
        return reason.sentence
    named = [cell_words(case.answer.shape, *map(int, cell)) for cell in cells[:MOST_NAMED]]
    return f"In {'; '.join(named)}{' and more' * (len(cells) > MOST_NAMED)}: {reason.sentence}"


def further_up(case: Case) -> Iterator[Diagnosis]:
    """Yield the recipes that were followed in an unanswered quantity before this one, and explain it from there.

    A sentence comes once, with the nearest quantity. Where there are too many, none of them is likely to be what was
    done, and that is what is said.
    """
    chain, written = case.chains[-1], ~np.isnan(case.answer)
    found: dict[str, Diagnosis] = {}
    before = list(places(chain.exercise))
    for above in reversed(before[: before.index(case.name)]):
        ways = () if above in case.answered else case.ways_from(above)
        compared = case.compared([numbers.rule(case.name) for _, numbers in ways])
        for wrong, _ in compress(ways, compared.explaining(written, NO_ACCIDENT_FURTHER_UP)):
            found.setdefault(wrong.recipe.sentence, as_if(chain, above, wrong))
    yield from found.values() if len(found) <= MOST_NAMED else [Diagnosis(TOO_MANY, ())]


def cell_by_cell(case: Case) -> Iterator[Diagnosis]:
    """Yield one diagnosis of what explains some of the wrong cells each, where no mistake explains all of them.

    What explains the most cells is said first. A mistake that a third of the wrong cells show, and at least two, is
    said alone; those of fewer cells only where with them no wrong cell is left, since one may agree by accident.
    """
    reasons, left = list(reasons_of_cells(case)), case.wrong.copy()
    chosen: list[Reason] = []
    while left.any() and reasons and len(chosen) < MOST_NAMED:
        best = max(reasons, key=lambda reason: np.count_nonzero(reason.cells & left))
        if not (best.cells & left).any():
            break
        chosen.append(Reason(best.sentence, best.cells & left, best.cause))
        left &= ~best.cells
    enough = max(FEWEST_CELLS, FEWEST_SHARE * np.count_nonzero(case.wrong))
    said = [reason for reason in chosen if not left.any() or np.count_nonzero(reason.cells) >= enough]
    if said:
        causes = dict.fromkeys(reason.cause for reason in said)
        yield Diagnosis(" ".join(told(case, reason) for reason in said), (" ".join(causes),))


def reasons_of_cells(case: Case) -> Iterator[Reason]:
    """Yield the recipes and slips with the wrong cells that each explains beyond accident; a sentence comes once."""
    found: dict[str, Array] = {}
    causes: dict[str, str] = {}
    for wrong, digits in zip(case.recipes, case.stack.agreement, strict=True):
        cells = (digits >= NO_ACCIDENT) & case.wrong
        if cells.sum() > found.get(wrong.recipe.sentence, np.zeros(1)).sum():
            found[wrong.recipe.sentence] = cells
    for slip in case.slips:
        found[slip.sentence] = found.get(slip.sentence, np.zeros_like(case.wrong)) | slip.cells
        causes[slip.sentence] = slip.cause
    yield from (Reason(sentence, cells, causes.get(sentence, sentence)) for sentence, cells in found.items())
