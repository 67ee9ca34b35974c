"""Trainings for tests: what is trained slice by slice on an executor, brought to its end."""

from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mlp.experiments.training.campaign import Campaign
from mlp.experiments.training.run import Run

Training = TypeVar("Training", Run, Campaign)


def finished(made: Training, seconds: float = 10.0) -> Training:
    """Return a run or a campaign once everything in it is trained, two slices at a time."""
    with ThreadPoolExecutor(2) as executor:
        while not made.ended:
            made.train(executor, seconds)
    return made
