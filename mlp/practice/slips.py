"""Slips of the pen in single cells: two cells swapped, a sign, a decimal point, one product of a sum."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.practice.chain import Chain, Place, places
from mlp.practice.words import cell_words

PRODUCT_SLIPS = ((-1.0, "was left out"), (-2.0, "has the wrong sign"), (1.0, "was added twice"))
FACTORS = (10.0, 0.1, 100.0, 0.01)


@dataclass(frozen=True, eq=False)
class Slip:
    """A slip in some cells: the value it leads to, which cells it explains, and what was done."""

    value: Array
    cells: Array
    sentence: str


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
    for row, column in cells:
        where = cell_words(right.shape, row, column)
        yield one_cell(right, row, column, -right[row, column], f"The sign is the other way round{at(where)}.")
        for factor in FACTORS:
            sentence = f"The decimal point has slipped{at(where)}."
            yield one_cell(right, row, column, factor * right[row, column], sentence)
        for product, words in products(chain, name, row, column):
            for times, what in PRODUCT_SLIPS:
                sentence = f"The product {words} {what}{at(where)}."
                yield one_cell(right, row, column, right[row, column] + times * product, sentence)


def at(where: str) -> str:
    """Return where a cell is, with the word before it, or nothing."""
    return f" in {where}" if where else ""


def swapped(right: Array, one: tuple[int, int], other: tuple[int, int]) -> Slip:
    """Return the slip of two cells that have changed places."""
    value, cells = right.copy(), np.zeros(right.shape, dtype=bool)
    value[one], value[other] = right[other], right[one]
    cells[one] = cells[other] = True
    first, second = (cell_words(right.shape, *cell) for cell in (one, other))
    return Slip(value, cells, f"Two cells are swapped: {first} and {second}.")


def one_cell(right: Array, row: int, column: int, number: float, sentence: str) -> Slip:
    """Return the slip that gives a number in one cell."""
    value, cells = right.copy(), np.zeros(right.shape, dtype=bool)
    value[row, column], cells[row, column] = number, True
    return Slip(value, cells, sentence)


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


PRODUCTS: dict[str, Callable[[Chain, Place, int, int], Iterator[tuple[float, str]]]] = {
    "z": z_products,
    "dh": dh_products,
    "dW": dW_products,
    "db": db_products,
}
