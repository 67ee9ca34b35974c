"""Where the formula of a step comes from, with the numbers of a solution put into every line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mlp.exercises.explained.chain_rules import CHAIN_RULES, Place
from mlp.exercises.explained.derivations import Derivation, Line, slope_derivation
from mlp.exercises.explained.loss_derivations import delta_derivation
from mlp.exercises.explained.symbols import d_by, entry
from mlp.exercises.solve import Solution
from mlp.limits import EXERCISE_UNITS


@dataclass(frozen=True)
class Evaluated:
    """A line of a derivation, and what it comes to for each of the units; nan where its parts overflow."""

    latex: str
    words: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Origin:
    """A derivation with numbers.

    Attributes
    ----------
    symbol : str
        LaTeX of what is derived.
    start : str
        LaTeX of the definition that it starts from.
    words : str
        What is to be known first; mostly empty.
    places : tuple of str
        Whose numbers they are: "i = 1", a place for each unit.
    lines : tuple of Evaluated
    """

    symbol: str
    start: str
    words: str
    places: tuple[str, ...]
    lines: tuple[Evaluated, ...]


def origins(solution: Solution, name: str) -> tuple[Origin, ...]:
    """Return where the formula of a step comes from; none for a step of the forward pass or the update.

    Parameters
    ----------
    solution : Solution
    name : str
        The step's: "dz3".
    """
    if not has_origins(name):
        return ()
    form, l = name[:2], int(name[2:])
    last = len(solution.exercise.network.layers)
    return ERROR(solution, l) if (form, l) == ("dz", last) else RULES[form](solution, l)


def has_origins(name: str) -> bool:
    """Return whether the formula of a step is a rule of the backward pass, and so comes from somewhere."""
    return name[:2] in RULES and name[2:].isdecimal()


def units_of(solution: Solution, l: int) -> range:
    """Return the first units of a layer, from 0."""
    return range(min(solution.exercise.network.sizes[l], EXERCISE_UNITS))


def example_words(solution: Solution) -> str:
    """Return which example's numbers they are, where there are several."""
    return f"The numbers are those of example {solution.exercise.selected[0] + 1}." if len(solution.X) > 1 else ""


def delta_origin(solution: Solution, l: int) -> Origin:
    """Return where dL/dz of the last layer comes from."""
    derivation, z, y = delta_derivation(solution.exercise.network.loss), solution.forward_pass.z[l][0], solution.Y[0]
    units, n = units_of(solution, l), len(solution.X)
    divided = f"Of one example's own loss: the mean divides it by {n}." if averaged(solution) else ""
    words = " ".join(filter(None, (divided, example_words(solution))))
    return origin(
        r"\frac{\partial L}{\partial z_i}", derivation, words, index_places(units), [(z, y, i) for i in units]
    )


def averaged(solution: Solution) -> bool:
    """Return whether the batch's loss is a mean of several."""
    return solution.exercise.reduction == "mean" and len(solution.X) > 1


def rule_origin(solution: Solution, form: str, l: int, by: str) -> Origin:
    """Return where a rule of the backward pass comes from."""
    units = units_of(solution, l)
    places = index_places(units, ", k = 1" if form == "dW" else "")
    words = example_words(solution) if form in ("dh", "dz") else ""
    at = [(Place(solution, l, i),) for i in units]
    return origin(d_by(by), CHAIN_RULES[form](solution, l), words, places, at)


def slope_origin(solution: Solution, l: int) -> Origin:
    """Return where the slope of the activation comes from."""
    units, derivation = units_of(solution, l), slope_derivation(solution.exercise.network.hidden)
    at = [(float(solution.forward_pass.z[l][0, i]),) for i in units]
    return origin("g'(z)", derivation, example_words(solution), index_places(units), at)


def index_places(units: Sequence[int], more: str = "") -> tuple[str, ...]:
    """Return i = 1, i = 2, ..."""
    return tuple(f"i = {unit + 1}{more}" for unit in units)


def origin(
    symbol: str, derivation: Derivation, words: str, places: tuple[str, ...], at: Sequence[tuple[object, ...]]
) -> Origin:
    """Return a derivation with the numbers of each place put in."""
    lines = tuple(Evaluated(line.latex, line.words, tuple(values_of(line, at))) for line in derivation.lines)
    return Origin(symbol, derivation.start, words, places, lines)


def values_of(line: Line, at: Sequence[tuple[object, ...]]) -> Iterator[float]:
    """Yield what a line comes to at each place: what overflows on the way is nan."""
    for place in at:
        try:
            with np.errstate(all="ignore"):
                value = float(line.value(*place))
        except (OverflowError, ZeroDivisionError):
            value = float("nan")
        yield value if np.isfinite(value) else float("nan")


def delta_origins(solution: Solution, l: int) -> tuple[Origin, ...]:
    """Return where dL/dz of the last layer comes from."""
    return (delta_origin(solution, l),)


def weight_origins(solution: Solution, l: int) -> tuple[Origin, ...]:
    """Return where dL/dW comes from."""
    return (rule_origin(solution, "dW", l, entry("w", l, "i", "k")),)


def bias_origins(solution: Solution, l: int) -> tuple[Origin, ...]:
    """Return where dL/db comes from."""
    return (rule_origin(solution, "db", l, entry("b", l, "i")),)


def output_origins(solution: Solution, l: int) -> tuple[Origin, ...]:
    """Return where dL/dh comes from."""
    return (rule_origin(solution, "dh", l, entry("h", l, "i")),)


def sum_origins(solution: Solution, l: int) -> tuple[Origin, ...]:
    """Return where dL/dz of a hidden layer comes from, and the slope in it."""
    return (rule_origin(solution, "dz", l, entry("z", l, "i")), slope_origin(solution, l))


Origins = Callable[[Solution, int], tuple[Origin, ...]]
# Of the last layer's dz, which comes from the loss; all others have their rule at every layer
ERROR: Origins = delta_origins
RULES: dict[str, Origins] = {"dz": sum_origins, "dW": weight_origins, "db": bias_origins, "dh": output_origins}
