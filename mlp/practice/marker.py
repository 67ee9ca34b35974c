"""What answers are compared with: the true numbers, her own carried forward, and how near is near enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mlp.arrays import Array
from mlp.exercises import Exercise
from mlp.practice.chain import Chain, is_trivial, places, true_chain
from mlp.practice.recipes.catalogue import Wrong, following, wrong_values
from mlp.practice.rounding import half_unit, rounding_bounds
from mlp.practice.typed import EXACT, FEWEST_DIGITS, ROUNDING, SLACK, Written, exactly, read_answer

Ways = tuple[tuple[Wrong, Chain], ...]


@dataclass(eq=False)
class Marker:
    """All answers to an exercise, read, with what they are compared with."""

    exercise: Exercise
    written: Mapping[str, Written]
    true: Chain
    own: Chain
    literal: Chain
    known_rooms: dict[tuple[str, int, bool], Array] = field(default_factory=dict)
    known_digits: dict[str, int] = field(default_factory=dict)
    known_cells: dict[str, Array] = field(default_factory=dict)
    known_ways: dict[tuple[str, bool], Ways] = field(default_factory=dict)

    def digits(self, name: str) -> int:
        """Return the digits the student works with: the fewest in this answer and those before it, at least three."""
        if name not in self.known_digits:
            fewest = EXACT
            for other in self.written:
                fewest = min(fewest, fewest_digits(self, other))
                self.known_digits[other] = max(fewest, FEWEST_DIGITS)
        return self.known_digits[name]

    def bounds(self, name: str, digits: int, *, own: bool) -> Array:
        """Return how far rounding to so many digits on the way can carry a quantity, of the true numbers or of hers."""
        return rounding_bounds(self.own if own else self.true, digits)[name]


def ways_from(marker: Marker, above: str, *, own: bool) -> Ways:
    """Return the wrong recipes of a quantity, each with the numbers that follow from it.

    They are worked out once for all the wrong answers that come after it.
    """
    if (above, own) not in marker.known_ways:
        chain = marker.own if own else marker.true
        found = ((wrong, following(chain, above, wrong.value)) for wrong in wrong_values(chain, above))
        marker.known_ways[above, own] = tuple(found)
    return marker.known_ways[above, own]


def marker_of(exercise: Exercise, answers: Mapping[str, object]) -> Marker:
    """Return all answers read, ready to be marked one by one; raise a ValueError as `mark` does."""
    true, named = true_chain(exercise), places(exercise)
    unknown = [name for name in answers if name not in named]
    if unknown:
        raise ValueError(f"mark needs names of quantities, {', '.join(named)}; got {unknown[0]!r}.")
    written = {name: read_answer(name, answers[name], true[name].shape) for name in named if name in answers}
    all_given = {name: one.values for name, one in written.items()}
    given = {name: values for name, values in all_given.items() if not is_trivial(known(values), true[name])}
    return Marker(exercise, written, true, Chain(exercise, given, true), Chain(exercise, all_given))


def known(values: Array) -> Array:
    """Return an answer with 0 where nothing was written."""
    return np.where(np.isnan(values), 0.0, values)


def is_within(marker: Marker, name: str, value: Array, *, own: bool) -> Array:
    """Return which cells are as good as a value, once rounding on the way to it is allowed for."""
    digits = marker.digits(name)
    room = tolerance(marker, name, digits, own=own)
    if own:
        room = np.fmax(room, half_unit(value, digits) * (1.0 + ROUNDING))
    return np.abs(marker.written[name].values - value) <= room


def tolerance(marker: Marker, name: str, digits: int, *, own: bool = False) -> Array:
    """Return how far an answer can be from the true value, or from what follows from her own, by rounding."""
    if (name, digits, own) not in marker.known_rooms:
        value, bound = (marker.own if own else marker.true)[name], marker.bounds(name, digits, own=own)
        marker.known_rooms[name, digits, own] = bound * (1.0 + ROUNDING) + SLACK * np.maximum(1.0, np.abs(value))
    return marker.known_rooms[name, digits, own]


def fewest_digits(marker: Marker, name: str) -> int:
    """Return the fewest digits in an answer, of those cells that are not exactly right."""
    written = marker.written[name]
    rounded = ~np.isnan(written.values) & ~exactly(written.values, marker.true[name])
    return int(written.digits[rounded].min()) if rounded.any() else EXACT


def near_enough(marker: Marker, name: str, value: Array) -> Array:
    """Return which cells of an answer are as good as a value, to the digits she works with.

    Where she has written fewer than are asked for, to those. Of several values in a stack, each is compared.
    """
    room = room_of(marker, name, value, half_unit(value, marker.digits(name)))
    return np.abs(marker.written[name].values - value) <= widened(marker.written[name], room)


def widened(written: Written, room: Array, factor: Array | float = 1.0) -> Array:
    """Return the room of an answer, divided by a factor, with that of its last digit where few were written."""
    own = np.where(written.digits < FEWEST_DIGITS, written.units * (1.0 + ROUNDING) / np.abs(factor), 0.0)
    return np.maximum(room, own) if written.text else room


def room_of(marker: Marker, name: str, value: Array, half: Array) -> Array:
    """Return how far an answer can be from a value that her way may have led to, of whose last digit half is given."""
    allowed = tolerance(marker, name, marker.digits(name))
    room = np.minimum(allowed * growth(value, marker.true[name]), allowed + 0.02 * np.abs(value))
    return np.maximum(room, half * (1.0 + ROUNDING))


def growth(follows: Array, right: Array) -> Array:
    """Return how much larger than the true value the one that follows is, at least 1: its rounding is larger too."""
    return np.maximum(1.0, np.abs(follows) / np.maximum(np.abs(right), SLACK))


def agreeing_digits(
    marker: Marker, name: str, value: Array, factor: Array | float = 1.0, fewest: Array | int = 1
) -> Array:
    """Return in how many digits an answer, divided by a factor, agrees with a value, no more than it was written in.

    None where it is not near, or fewer significant digits than `fewest` were written; a single one counts only where it
    is exactly the value. What is near only because few digits were written counts half: two such cells show something.
    Of several values in a stack, with a factor and `fewest` each, all are compared.
    """
    written = marker.written[name]
    answer, half = written.values / factor, half_unit(value, marker.digits(name))
    off, near = np.abs(answer - value), room_of(marker, name, value, half)
    room = np.maximum(off, half)
    if written.text:
        room = np.maximum(room, written.units / np.abs(factor))
    exact = exactly(answer, value)
    enough = (written.digits >= np.maximum(fewest, 2)) | (exact & np.less(fewest, 2)) | (not written.text)
    with np.errstate(divide="ignore"):
        digits = np.where(exact, EXACT, np.maximum(np.log10(np.abs(value) / np.maximum(room, SLACK)), 0.0))
    digits = np.where(off <= near, digits, 0.5 * digits)
    return np.where((off <= widened(written, near, factor)) & enough, digits, 0.0)
