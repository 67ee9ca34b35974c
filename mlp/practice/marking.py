"""Marking: each cell by itself, right to the digits given, with errors carried forward and the mistake named."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.practice.case import Case
from mlp.practice.chain import is_trivial
from mlp.practice.diagnosis import diagnosis
from mlp.practice.marker import Marker, agreeing_digits, is_within, marker_of, near_enough, tolerance, ways_from
from mlp.practice.recipes.catalogue import wrong_values
from mlp.practice.typed import FEWEST_DIGITS, agrees, exactly, is_so_far, rounded_too_far

RIGHT, FOLLOWS, IMPRECISE, WRONG, BLANK = VERDICTS = ("right", "follows", "imprecise", "wrong", "")
SHOWS_NOTHING = (
    "This follows from your earlier numbers, but they make it so simple that it shows nothing: put those right first."
)


@dataclass(frozen=True, eq=False)
class Mark:
    """The verdict on one quantity.

    Attributes
    ----------
    verdict : {"right", "follows", "imprecise", "wrong"}
        The worst of its cells: "follows" is what follows from the student's own earlier numbers by the right rule,
        "imprecise" is right as far as it goes, with fewer than three digits or spoiled by rounding on the way. Blank
        where no cell was filled in.
    cells : array of str, of the quantity's shape on paper
        The same for each cell.
    mistake : str or None
        What was done and what to do, where a known mistake explains the wrong cells.
    causes : tuple of str
        What explains it equally well, without places: what two students' answers may have in common.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise
    >>> from mlp.practice import mark
    >>> found = mark(sheet_exercise("q1"), {"h1": ["0.2913", "0.29", "", "0.3"]})["h1"]
    >>> found.verdict, found.cells[:, 0].tolist()
    ('imprecise', ['right', 'imprecise', '', 'imprecise'])
    """

    verdict: str
    cells: Array
    mistake: str | None = None
    causes: tuple[str, ...] = ()


def mark(exercise: Exercise, answers: Mapping[str, object]) -> dict[str, Mark]:
    """Return a mark for each answer given, in the sheet's order.

    An answer is right if it agrees with the true value to the digits that were given, at least three significant ones,
    when rounding on the way is allowed for to the digits she works with: the bounds of `rounding_bounds`.

    Parameters
    ----------
    exercise : Exercise
    answers : mapping of str to array
        Numbers or text by the quantity's name (one of `quantities`), as they look on paper: a matrix has a column an
        example, or the shape of W. A cell may be None, nan or blank.

    Returns
    -------
    dict of str to Mark

    Raises
    ------
    ValueError
        If a name is unknown, a shape does not fit, or a cell is not a number.

    Examples
    --------
    >>> from mlp.exercises import sheet_exercise
    >>> from mlp.practice import mark
    >>> marks = mark(sheet_exercise("q1"), {"z1": ["0.200"] * 4, "h1": ["0.1974"] * 4})
    >>> marks["z1"].verdict, marks["h1"].verdict
    ('wrong', 'follows')
    >>> marks["z1"].mistake
    'The bias was left out: add b to W h.'
    """
    marker = marker_of(exercise, answers)
    return {name: mark_of(marker, name) for name in marker.written}


def mark_of(marker: Marker, name: str) -> Mark:
    """Return the mark for one quantity."""
    cells = cells_of(marker, name)
    wrong = cells == WRONG
    verdict = next((word for word in (WRONG, IMPRECISE, FOLLOWS, RIGHT) if (cells == word).any()), BLANK)
    if wrong.any() and follows_but_shows_nothing(marker, name)[wrong].all():
        return Mark(verdict, cells, SHOWS_NOTHING, (SHOWS_NOTHING,))
    found = diagnosis(case_of(marker, name, wrong)) if wrong.any() else None
    return Mark(verdict, cells, found.sentence, found.causes) if found else Mark(verdict, cells)


def cells_of(marker: Marker, name: str) -> Array:
    """Return the verdict on each cell, where what nothing is left of by rounding alone is imprecise and not wrong.

    A saturated unit's h of 0.99999 is 1.000, right in its digits, and leaves 0 for its slope.
    """
    if name not in marker.known_cells:
        cells = verdicts(marker, name)
        wrong = cells == WRONG
        if wrong.any() and follows_but_shows_nothing(marker, name)[wrong].all() and is_right_before(marker, name):
            cells = np.where(wrong, IMPRECISE, cells)
        marker.known_cells[name] = cells
    return marker.known_cells[name]


def is_right_before(marker: Marker, name: str) -> bool:
    """Return whether nothing that was answered before a quantity is wrong."""
    names = list(marker.written)
    return not any((cells_of(marker, before) == WRONG).any() for before in names[: names.index(name)])


def verdicts(marker: Marker, name: str) -> Array:
    """Return the verdict on each cell of a quantity, an array of str in its shape."""
    written, right = marker.written[name], marker.true[name]
    ways = [way for way in marker.own.ways(name) if not is_trivial(way, right)]
    few = rounded_too_far(written, right, *ways)
    cells = np.full(right.shape, WRONG, dtype=object)
    cells[np.abs(written.values - right) <= tolerance(marker, name, FEWEST_DIGITS)] = IMPRECISE
    for value in (right, *ways):
        cells[is_so_far(written, value)] = IMPRECISE
    for follows in ways:
        set_near(cells, marker, name, follows, few, FOLLOWS)
    set_near(cells, marker, name, right, few, RIGHT)
    cells[np.isnan(written.values)] = BLANK
    return named_after_all(marker, name, cells)


def set_near(cells: Array, marker: Marker, name: str, value: Array, few: Array, verdict: str) -> None:
    """Give the verdict to the cells that are as good as a value, or call them imprecise where digits are missing."""
    near = is_within(marker, name, value, own=verdict != RIGHT)
    rough = tolerance(marker, name, FEWEST_DIGITS, own=verdict != RIGHT)
    cells[near] = np.where(few & ~agrees(marker.written[name], value, rough), IMPRECISE, verdict)[near]


def follows_but_shows_nothing(marker: Marker, name: str) -> Array:
    """Return which cells follow from her own earlier numbers only where these are taken that make the rest trivial."""
    written = marker.written[name]
    found = np.zeros(written.values.shape, dtype=bool)
    for follows, carried in zip(marker.literal.ways(name), marker.own.ways(name), strict=True):
        near = is_within(marker, name, follows, own=True) | is_so_far(written, follows)
        found |= near & (~exactly(follows, carried) | is_trivial(follows, marker.true[name]))
    return found


def named_after_all(marker: Marker, name: str, cells: Array) -> Array:
    """Return the verdicts with "wrong" for numbers of few digits that are exactly what a wrong recipe gives.

    In text a short number is a rounded one; a number without text may just have no more digits.
    """
    written = marker.written[name]
    rough = cells == IMPRECISE
    if written.text or not rough.any():
        return cells
    for wrong in wrong_values(marker.true, name):
        if exactly(written.values, wrong.value)[~np.isnan(written.values)].all():
            return np.where(rough, WRONG, cells)
    return cells


def case_of(marker: Marker, name: str, wrong: Array) -> Case:
    """Return a wrong answer with what may explain it."""
    own = bool(set(marker.written) - {name})
    chains = (marker.true, marker.own) if own else (marker.true,)
    answer = marker.written[name].values
    near, agreement = partial(near_enough, marker, name), partial(agreeing_digits, marker, name)
    ways = partial(ways_from, marker, own=own)
    return Case(name, answer, wrong, near, agreement, chains, frozenset(marker.written), ways)
