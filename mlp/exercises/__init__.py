"""The worked exercises: the sheet's as data, their solution, and the solution step by step."""

from mlp.exercises.batch import Share, shares
from mlp.exercises.exercise import Exercise, resized, with_examples
from mlp.exercises.sheet import SLIPS, sheet_exercise
from mlp.exercises.solve import Solution, only_last_layer_moves, solve, stands_on_kink
from mlp.exercises.steps import Step, solution_steps

__all__ = [
    "SLIPS",
    "Exercise",
    "Share",
    "Solution",
    "Step",
    "only_last_layer_moves",
    "resized",
    "shares",
    "sheet_exercise",
    "solution_steps",
    "solve",
    "stands_on_kink",
    "with_examples",
]
