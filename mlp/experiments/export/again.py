"""A kept run's network: no run keeps its weights, so it is trained again, and held to the numbers that were kept."""

import math
from typing import Any

from mlp.datasets import Split
from mlp.experiments.config import CONFIGS, Config, own_fields
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import STOPPED
from mlp.experiments.training.learner import learner_of
from mlp.experiments.training.limits import epoch_seconds
from mlp.limits import LONGEST_REPEAT
from mlp.network import Network

DIVERGED = "diverged"
OTHER_NUMBERS = (
    "Training it again came to other numbers than those that were kept: the app or its libraries have changed since. "
    "Train it anew on Question 3."
)


def settings_of_run(run: KeptRun) -> Config:
    """Return the settings that a run was trained with."""
    kind = CONFIGS[run.model]
    chosen: dict[str, Any] = {name: run.settings[name] for name in own_fields(kind) if name in run.settings}
    return kind(**chosen)


def why_not_again(run: KeptRun, split: Split) -> str:
    """Return in a sentence why a run's network can't be had by training it again here; blank if it can."""
    if run.ended == DIVERGED:
        return "Its numbers overflowed: there is no network to take away."
    seconds = epoch_seconds(settings_of_run(run), split) * run.final.epoch
    if seconds > LONGEST_REPEAT:
        return (
            f"Training it again would take about {seconds:.0f} s, and {LONGEST_REPEAT} s are the most here: run its "
            "script on your own machine."
        )
    return ""


def network_again(run: KeptRun, split: Split) -> Network:
    """Return the network that a run ended with, from training it again; with an output a class.

    Parameters
    ----------
    run : KeptRun
    split : Split
        Of its data, scaled as they were.

    Raises
    ------
    ValueError
        In a sentence, if it can't be had, or if the training comes to other numbers than those that were kept.
    """
    if problem := why_not_again(run, split):
        raise ValueError(problem)
    learner, seconds = learner_of(settings_of_run(run), split), 0.0 if run.ended == STOPPED else float(LONGEST_REPEAT)
    while not learner.ended and learner.record.epoch < run.final.epoch:
        learner.train(split, seconds)
    found = learner.history[-1]
    for name in ("train_accuracy", run.judged):
        if not math.isclose(getattr(found, name), getattr(run.final, name), abs_tol=1e-9):
            raise ValueError(OTHER_NUMBERS)
    return learner.record.network
