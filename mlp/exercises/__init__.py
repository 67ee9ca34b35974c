"""The worked exercises: the sheet's as data, their solution, and the solution step by step."""

from mlp.exercises.exercise import Exercise, resized, with_examples
from mlp.exercises.explained.batch import Share, shares
from mlp.exercises.explained.steps import Step, solution_steps
from mlp.exercises.handout import Handout, from_dict, to_dict
from mlp.exercises.links import decode, encode, from_json, to_json
from mlp.exercises.presets import PRESETS, Preset, presets_of, random_exercise
from mlp.exercises.sheet import SLIPS, sheet_exercise
from mlp.exercises.solve import Solution, check_solution, only_last_layer_moves, solve, stands_on_kink

__all__ = [
    "PRESETS",
    "SLIPS",
    "Exercise",
    "Handout",
    "Preset",
    "Share",
    "Solution",
    "Step",
    "check_solution",
    "decode",
    "encode",
    "from_dict",
    "from_json",
    "only_last_layer_moves",
    "presets_of",
    "random_exercise",
    "resized",
    "shares",
    "sheet_exercise",
    "solution_steps",
    "solve",
    "stands_on_kink",
    "to_dict",
    "to_json",
    "with_examples",
]
