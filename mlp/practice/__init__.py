"""Exercises to be worked: variants for pen and paper, and marking that tells which step went wrong."""

from mlp.practice.chain import quantities
from mlp.practice.marking import Mark, mark
from mlp.practice.variants import practice_exercise

__all__ = ["Mark", "mark", "practice_exercise", "quantities"]
