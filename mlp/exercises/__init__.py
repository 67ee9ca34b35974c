"""The worked exercises: the sheet's as data, their solution, and the solution step by step."""

from mlp.exercises.exercise import Exercise, resized
from mlp.exercises.sheet import SLIPS, sheet_exercise
from mlp.exercises.solve import Solution, solve
from mlp.exercises.steps import Step, solution_steps

__all__ = ["SLIPS", "Exercise", "Solution", "Step", "resized", "sheet_exercise", "solution_steps", "solve"]
