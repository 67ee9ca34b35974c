"""Slips of the pen in single cells: two cells swapped, a sign, a decimal point, one product of a sum."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.practice.chain import Chain, Place, places

PRODUCT_SLIPS = ((-1.0, "was left out"), (-2.0, "has the wrong sign"), (1.0, "was added twice"))
FACTORS = (10.0, 0.1, 100.0, 0.01)


@dataclass(frozen=True, eq=False)
class Slip:
    """A slip in some cells.

    Attributes
    ----------
    value : array of the quantity's shape
        What it leads to, once that is multiplied by the factor.
    cells : bool array of that shape
        Which cells it explains.
    sentence : str
        What was done.
    factor : float
        10 where the decimal point has slipped by one; the rounding has slipped with it.
    fewest : int
        How many significant digits must have been written to show it: one digit is found in too many sums.
    cause : str
        The sentence without the places in it; blank where it has none.
    """

    value: Array
    cells: Array
    sentence: str
    factor: float = 1.0
    fewest: int = 2
    cause: str = ""


def slips(chain: Chain, name: str, right: Array, answer: Array, wrong: Array) -> Iterator[Slip]:
    """Yield the slips that could have been made in the wrong cells.

    Parameters
    ----------
    chain : Chain
    name : str
        Of the quantity.
    right, answer : arrays of the quantity's shape
    wrong : bool array of that shape
        The cells to be explained.
    """
    cells = [(int(row), int(column)) for row, column in np.argwhere(wrong)]
    if len(cells) == 2:
        yield swapped(right, cells[0], cells[1])
    yield from shared_slips(chain, name, right, wrong)
    for row, column in cells:
        alone = np.zeros(right.shape, dtype=bool)
        alone[row, column] = True
        yield Slip(right, alone, "The sign is the other way round.", -1.0, 1)
        for factor in FACTORS:
            yield Slip(right, alone, "The decimal point has slipped.", factor)
        for product, words in products(chain, name, row, column):
            for times, what in PRODUCT_SLIPS:
                value, sentence = np.where(alone, right + times * product, right), f"The product {words} {what}."
                yield Slip(value, alone, sentence, cause=f"One product of a sum {what}.")


def shared_slips(chain: Chain, name: str, right: Array, wrong: Array) -> Iterator[Slip]:
    """Yield the slips in a number that several wrong cells of a column have in common, such as an input's sign."""
    place = places(chain.exercise)[name]
    for column in np.flatnonzero(wrong.sum(axis=0) > 1) if place.kind in SHARED else ():
        cells = np.zeros_like(wrong)
        cells[:, column] = wrong[:, column]
        for weights, number, words in SHARED[place.kind](chain, place, int(column)):
            for times, what in PRODUCT_SLIPS:
                value = np.where(cells, right + times * number * weights[:, np.newaxis], right)
                yield Slip(
                    value, cells, f"Each product with {words} {what}.", cause=f"Each product with one number {what}."
                )


def swapped(right: Array, one: tuple[int, int], other: tuple[int, int]) -> Slip:
    """Return the slip of two cells that have changed places."""
    value, cells = right.copy(), np.zeros(right.shape, dtype=bool)
    value[one], value[other] = right[other], right[one]
    cells[one] = cells[other] = True
    return Slip(value, cells, "Two cells are swapped.", 1.0, 1)


def products(chain: Chain, name: str, row: int, column: int) -> Iterator[tuple[float, str]]:
    """Yield the products that a cell is the sum of, each with its factors in words; none where it is no such sum."""
    place = places(chain.exercise)[name]
    if place.kind in PRODUCTS:
        for value, words in PRODUCTS[place.kind](chain, place, row, column):
            if value:
                yield float(value), words


def z_products(chain: Chain, place: Place, i: int, j: int) -> Iterator[tuple[float, str]]:
    """Yield W_ik h_k, example j."""
    h, l = chain.h(place.index - 1), place.index
    below = "x" if l == 1 else f"h[{l - 1}]"
    for k, weight in enumerate(chain.layer(l).W[i]):
        yield weight * h[k, j], f"of the weight in row {i + 1}, column {k + 1} of W[{l}] with {below}, row {k + 1},"


def dh_products(chain: Chain, place: Place, i: int, j: int) -> Iterator[tuple[float, str]]:
    """Yield W_ki dz_k of the layer above, example j."""
    l = place.index + 1
    for k, weight in enumerate(chain.layer(l).W[:, i]):
        words = f"of the weight in row {k + 1}, column {i + 1} of W[{l}] with dL/dz[{l}], row {k + 1},"
        yield weight * chain[f"dz{l}"][k, j], words


def dW_products(chain: Chain, place: Place, i: int, k: int) -> Iterator[tuple[float, str]]:
    """Yield dz_i h_k of each example of a batch."""
    delta, h = chain[f"dz{place.index}"], chain.h(place.index - 1)
    if delta.shape[1] > 1:
        for j in range(delta.shape[1]):
            yield delta[i, j] * h[k, j], f"of example {j + 1}"


def db_products(chain: Chain, place: Place, i: int, k: int) -> Iterator[tuple[float, str]]:
    """Yield dz_i of each example of a batch."""
    delta = chain[f"dz{place.index}"]
    if delta.shape[1] > 1:
        for j in range(delta.shape[1]):
            yield delta[i, j], f"of example {j + 1}"


def inputs_in_common(chain: Chain, place: Place, j: int) -> Iterator[tuple[Array, float, str]]:
    """Yield the weights of each input of a layer, the input of example j, and its name."""
    l = place.index
    below = "x" if l == 1 else f"h[{l - 1}]"
    for k, number in enumerate(chain.h(l - 1)[:, j]):
        yield chain.layer(l).W[:, k], float(number), f"{below}, row {k + 1},"


def errors_in_common(chain: Chain, place: Place, j: int) -> Iterator[tuple[Array, float, str]]:
    """Yield the weights of each unit of the layer above, its dL/dz for example j, and that one's name."""
    l = place.index + 1
    for k, number in enumerate(chain[f"dz{l}"][:, j]):
        yield chain.layer(l).W[k], float(number), f"dL/dz[{l}], row {k + 1},"


SHARED: dict[str, Callable[[Chain, Place, int], Iterator[tuple[Array, float, str]]]] = {
    "z": inputs_in_common,
    "dh": errors_in_common,
}
PRODUCTS: dict[str, Callable[[Chain, Place, int, int], Iterator[tuple[float, str]]]] = {
    "z": z_products,
    "dh": dh_products,
    "dW": dW_products,
    "db": db_products,
}
