"""Every path from a weight or a bias to the loss, with its factors: their products add up to the derivative."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from mlp.activations import ACTIVATIONS
from mlp.exercises.explained.parts import Part
from mlp.exercises.explained.symbols import d_by, entry
from mlp.exercises.solve import Solution

LETTERS = "kmpqrs"


@dataclass(frozen=True)
class Path:
    """One way from a parameter to the loss.

    Attributes
    ----------
    example : int
        Which of the n examples that take part, from 0.
    units : tuple of int
        The units it goes through, from the parameter's own layer to the outputs, numbered from 1.
    factors : tuple of float
        What stands below the weight, then a slope and a weight for each layer on the way, then dL/dz of the output.
    """

    example: int
    units: tuple[int, ...]
    factors: tuple[float, ...]

    @property
    def value(self) -> float:
        """The product of its factors: the path's share in the derivative."""
        return prod(self.factors)


def path_count(solution: Solution, part: Part) -> int:
    """Return how many paths there are, over all examples that take part."""
    return len(solution.X) * prod(solution.exercise.network.sizes[part.layer + 1 :])


def paths_to_loss(solution: Solution, part: Part) -> Iterator[Path]:
    """Yield every path from a weight ("edge") or a bias to the loss, example by example.

    The sum of their values is the parameter's entry of dL/dW or dL/db, with 1/n where the batch is averaged.

    Raises
    ------
    ValueError
        If the part is neither a weight nor a bias.
    """
    if part.kind not in ("edge", "bias"):
        raise ValueError(f"paths_to_loss needs a weight or a bias; got the part {part.kind!r}.")
    sizes = solution.exercise.network.sizes
    above = [range(1, size + 1) for size in sizes[part.layer + 1 :]]
    for example in range(len(solution.X)):
        for units in product((part.row,), *above):
            yield Path(example, units, path_factors(solution, part, example, units))


def path_factors(solution: Solution, part: Part, example: int, units: tuple[int, ...]) -> tuple[float, ...]:
    """Return the factors of one path."""
    network, passed = solution.exercise.network, solution.forward_pass
    g = ACTIVATIONS[network.hidden]
    factors = [float(passed.h[part.layer - 1][example, part.column - 1])] if part.kind == "edge" else []
    for l, (unit, following) in enumerate(zip(units, units[1:], strict=False), start=part.layer):
        slope = g.derivative(passed.z[l][example, unit - 1], passed.h[l][example, unit - 1])
        factors += [float(slope), float(network.layers[l].W[following - 1, unit - 1])]
    return (*factors, float(solution.gradients.z[-1][example, units[-1] - 1]))


def factor_symbols(solution: Solution, part: Part) -> tuple[str, ...]:
    """Return the factors in LaTeX: the units on the way are k, m, ..., the parameter's own unit is its number."""
    depth = len(solution.exercise.network.layers)
    units = (str(part.row), *LETTERS[: depth - part.layer])
    symbols = [entry("h", part.layer - 1, part.column)] if part.kind == "edge" else []
    for l, (unit, following) in enumerate(zip(units, units[1:], strict=False), start=part.layer):
        symbols += [rf"g'({entry('z', l, unit)})", entry("w", l + 1, following, unit)]
    return (*symbols, d_by(entry("z", depth, units[-1])))
