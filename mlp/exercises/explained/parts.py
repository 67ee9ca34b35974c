"""The sums of one unit, weight or bias: what a click into the network asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from mlp.exercises.explained.sums import Sum, Terms, products, unit_sums
from mlp.exercises.explained.symbols import d_by, entry
from mlp.exercises.solve import Solution

FORMS = {"unit": 2, "edge": 3, "bias": 2, "one": 1}


@dataclass(frozen=True)
class Part:
    """A unit, a weight ("edge"), a bias, or the unit that is always 1 ("one"), numbered from 1 as on the sheet.

    Attributes
    ----------
    kind : {"unit", "edge", "bias", "one"}
    layer : int
        The unit's layer, 0 for inputs; of a weight or bias the layer it belongs to.
    row, column : int
        Where it is in its vector or matrix; 0 for what it does not have.
    """

    kind: str
    layer: int
    row: int = 0
    column: int = 0

    @property
    def words(self) -> str:
        """What it is, in words."""
        return {
            "unit": f"Unit {self.row} of layer {self.layer}" if self.layer else f"Input {self.row}",
            "edge": f"Weight in row {self.row}, column {self.column} of layer {self.layer}",
            "bias": f"Bias {self.row} of layer {self.layer}",
            "one": f"The bias unit of layer {self.layer}: always 1",
        }[self.kind]


def parse_part(text: str, sizes: tuple[int, ...]) -> Part:
    """Return the part of a network that a text such as "unit 2 1", "edge 2 1 3", "bias 2 1" or "one 2" names.

    Raises
    ------
    ValueError
        If the text is of another form or the network has no such part.
    """
    kind, *numbers = text.split(" ") if len(text) < 40 else [""]
    digits = all(number.isascii() and number.isdecimal() and len(number) < 6 for number in numbers)
    if FORMS.get(kind) == len(numbers) and digits and exists(part := Part(kind, *map(int, numbers)), sizes):
        return part
    raise ValueError(
        f"A part needs the form 'unit 2 1', 'edge 2 1 3', 'bias 2 1' or 'one 2' and a place in a network of {sizes}; "
        f"got {text[:40]!r}."
    )


def exists(part: Part, sizes: tuple[int, ...]) -> bool:
    """Return whether a network of these sizes has the part."""
    if not (0 if part.kind == "unit" else 1) <= part.layer < len(sizes):
        return False
    in_row = part.kind == "one" or 1 <= part.row <= sizes[part.layer]
    return in_row and (part.kind != "edge" or 1 <= part.column <= sizes[part.layer - 1])


def part_sums(solution: Solution, part: str, example: int = 0) -> tuple[Sum, ...]:
    """Return the sums of a part: symbol, formula, numbers put in, and value.

    A unit has its z, its h, dL/dh and dL/dz, for one example; a weight or a bias its derivative, summed over the
    examples, with momentum its velocity, and its new value. An input is only given, and the bias unit has no sums.

    Parameters
    ----------
    solution : Solution
    part : str
        As in `parse_part`.
    example : int
        Which of the n examples that take part, from 0.

    Raises
    ------
    ValueError
        If there is no such part or no such example.
    """
    found = parse_part(part, solution.exercise.network.sizes)
    if not 0 <= example < len(solution.X):
        raise ValueError(f"part_sums needs an example from 0 to {len(solution.X) - 1}; got {example}.")
    if found.kind == "unit":
        return tuple(unit_sums(solution, found.layer, found.row - 1, example))
    return () if found.kind == "one" else tuple(parameter_sums(solution, found))


def parameter_sums(solution: Solution, part: Part) -> Iterator[Sum]:
    """Yield the derivative of a weight or a bias, and its new value."""
    l, exercise = part.layer, solution.exercise
    letter, place = ("W", (part.row - 1, part.column - 1)) if part.kind == "edge" else ("b", part.row - 1)
    symbol = entry("w", l, part.row, part.column) if letter == "W" else entry("b", l, part.row)
    gradient = float((solution.gradients.W if letter == "W" else solution.gradients.b)[l][place])
    before, after = (
        float((layer.W if letter == "W" else layer.b)[place])
        for layer in (exercise.network.layers[l - 1], solution.network.layers[l - 1])
    )
    yield Sum(f"d{letter}{l}", d_by(symbol), *derivative_terms(solution, part), gradient)
    formula = rf"{symbol} - \eta\,{d_by(symbol)}"
    terms: Terms = (before, "−", exercise.learning_rate, "·", gradient)
    if exercise.momentum and not (letter == "b" and exercise.biases_fixed):
        old, new = (
            float((layer.W if letter == "W" else layer.b)[place])
            for layer in (exercise.velocity_before[l - 1], solution.velocity[l - 1])
        )
        moving: Terms = (exercise.momentum, "·", old, "−", exercise.learning_rate, "·", gradient)
        velocity = rf"v_{{{symbol}}}"
        yield Sum(f"v{letter}{l}", velocity, rf"\mu\,{velocity} - \eta\,{d_by(symbol)}", moving, new)
        formula, terms = f"{symbol} + {velocity}", (before, "+", new)
    if letter == "b" and exercise.biases_fixed:
        formula, terms = rf"{symbol}\ \text{{(held fixed)}}", (before,)
    yield Sum(f"{letter}{l} new", rf"\text{{new }}{symbol}", formula, terms, after)


def derivative_terms(solution: Solution, part: Part) -> tuple[str, Terms]:
    """Return the formula and the numbers of delta times h, or of delta alone, summed over the examples e."""
    l, example = part.layer, "e" if len(solution.X) > 1 else ""
    deltas, formula = solution.gradients.z[l][:, part.row - 1], d_by(entry("z", l, part.row, example=example))
    if part.kind == "edge":
        formula = rf"{formula}\,{entry('h', l - 1, part.column, example=example)}"
        terms = products(deltas, solution.forward_pass.h[l - 1][:, part.column - 1])
    else:
        terms = tuple(term for delta in deltas for term in ("+", float(delta)))[1:]
    return rf"\sum_e {formula}" if example else formula, terms
