"""The blocks of a sheet: a quantity with its formula, the numbers put in, and what comes out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from mlp.exercises.explained.steps import Step
from mlp.exercises.solve import Solution
from mlp.view.sheet.derivation import derivation_data, offered
from mlp.view.sheet.matrix import Matrix, Side, matrix, side_data, single, term
from mlp.view.sheet.names import put_in, result_names, spoken
from mlp.view.sheet.words import formula_of

LARGEST_PARTS = 4


@dataclass(frozen=True)
class Block:
    """A quantity.

    Attributes
    ----------
    name : str
        Its step's: "dW2".
    spoken : str
        The same in plain text.
    formula : str
        MathML of symbol = formula.
    sides : tuple of sides
        What stands behind each = below the formula; none where it is covered.
    current, covered : bool
        Whether it is the step a reader is at, and whether its numbers are hidden.
    slip : str
        What the published sheet prints wrongly here, as HTML of text and MathML.
    said : str
        What is said of an answer, plain text.
    verdict : str
        The verdict on it, as in `Asked`.
    actions : tuple of (str, str)
        What can be done with it: a name that comes back, and a label.
    derivation : dict, optional
        Where its formula comes from, as `derivation_data` has it.
    """

    name: str
    spoken: str
    formula: str
    sides: tuple[Side, ...] = ()
    current: bool = False
    covered: bool = False
    slip: str = ""
    said: str = ""
    verdict: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    derivation: dict[str, object] | None = None

    @property
    def as_data(self) -> dict[str, object]:
        """The block as plain data; of an answer only where one is asked for."""
        answer = {"said": self.said, "verdict": self.verdict, "actions": [list(action) for action in self.actions]}
        return {
            "name": self.name,
            "spoken": self.spoken,
            "formula": self.formula,
            "sides": [side_data(side) for side in self.sides],
            "current": self.current,
            "covered": self.covered,
            "slip": self.slip,
            **(answer if self.said or self.actions else {}),
            **({"derivation": self.derivation} if self.derivation else {}),
        }


def equation_of(step: Step) -> str:
    """Return symbol = formula of a step as MathML."""
    return formula_of(f"{step.symbol} = {step.formula}" if step.formula else step.symbol)


def block_of(
    solution: Solution,
    step: Step,
    decimals: int,
    *,
    current: bool = False,
    covered: bool = False,
    slip: str = "",
    opened: bool = False,
) -> Block:
    """Return a step's block: '= numbers put in = each example's share = value', the shares where they are few.

    A rule of the backward pass has its derivation, whole once it is opened.
    """
    sides = () if covered else (*sides_of(step, decimals), (value_of(solution, step, decimals),))
    derivation = derivation_data(solution, step.name, decimals, slips=bool(slip)) if opened else offered(step.name)
    derivation = None if covered else derivation
    return Block(step.name, spoken(step.name), equation_of(step), sides, current, covered, slip, derivation=derivation)


def sides_of(step: Step, decimals: int) -> tuple[Side, ...]:
    """Return the numbers put in, and each example's own share where there are a few."""
    names = put_in(step)
    terms = tuple(term("" if isinstance(t, str) else next(names), t, decimals) for t in step.terms)
    parts = step.parts if len(step.parts) <= LARGEST_PARTS else ()
    name = spoken(step.name)
    added = [
        part
        for j, values in enumerate(parts, start=1)
        for part in ("+", matrix(f"{name}, share {j}", values, decimals))
    ]
    return tuple(side for side in (terms, tuple(added[1:])) if side)


def value_of(solution: Solution, step: Step, decimals: int) -> Matrix:
    """Return what comes out of a step, as a matrix or a number with its name."""
    name = spoken(step.name)
    if not isinstance(step.value, np.ndarray):
        return single(name, float(step.value), decimals, result=True)
    rows, columns = result_names(step, step.value.shape, solution.exercise.selected)
    return matrix(name, step.value, decimals, rows, columns, result=True)


def blocks_of(
    solution: Solution,
    steps: Collection[Step],
    decimals: int,
    *,
    at: int | None = None,
    covered: bool = False,
    slips: Mapping[str, str] | None = None,
    opened: Collection[str] = (),
) -> tuple[Block, ...]:
    """Return a block for each step.

    Parameters
    ----------
    solution : Solution
    steps : sequence of Step
        All of the solution's.
    decimals : int
        As in `format_number`.
    at : int, optional
        Which step the reader is at.
    covered : bool
        Whether what comes after it is covered.
    slips : mapping of str to str, optional
        The published sheet's slips, by the name of the step.
    opened : collection of str
        The steps whose derivations are open.
    """
    slips = slips or {}
    return tuple(
        block_of(
            solution, step, decimals,
            current=index == at, covered=covered and at is not None and index > at, slip=slips.get(step.name, ""),
            opened=step.name in opened,
        )
        for index, step in enumerate(steps)
    )  # fmt: skip
