"""Any two kept runs on the same test set: the whole verdict, with who is right where."""

from collections.abc import Mapping
from typing import Any

from mlp.datasets import Split, noun_of
from mlp.experiments.config import DataConfig
from mlp.experiments.evidence.verdict import verdict
from mlp.experiments.outcome.judgement import Answers, Judgement, most_frequent, parted
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.stored_run import STOPPED, StoredRun
from mlp.experiments.training.answers import labels_hash


def comparable(one: KeptRun, other: KeptRun) -> bool:
    """Return whether two runs answered to the same test examples."""
    return not why_not(one, other)


def why_not(one: KeptRun, other: KeptRun) -> str:
    """Return in a sentence why two runs can't be compared example by example; blank if they can."""
    for run in (one, other):
        if run.ended == "diverged":
            return f"{run.name} overflowed: it has no answers to be compared."
        if run.labels is None:
            return f"{run.name} was kept without its answers to the test set: train it again to compare them."
    if one.labels == other.labels and examples_of(one.data) == examples_of(other.data):
        return ""
    return (
        f"{one.name} and {other.name} were tested on other examples: only runs on the same test set can be compared "
        "example by example."
    )


def examples_of(data: Mapping[str, object]) -> dict[str, object]:
    """Return what makes a test set: the same whatever its scaling, and what of the training part is held out."""
    return {name: value for name, value in data.items() if name not in ("scaling", "validation_size")}


def data_of(run: KeptRun) -> DataConfig:
    """Return the settings of a run's data."""
    values: dict[str, Any] = dict(run.data)
    return DataConfig(**values)


def judged(one: StoredRun, other: StoredRun, split: Split) -> Judgement:
    """Return the verdict on two kept runs and who of them is right where.

    Parameters
    ----------
    one, other : StoredRun
        On the same test set.
    split : Split
        The one that both were trained and tested on, whatever its scaling.

    Raises
    ------
    ValueError
        In a sentence, if they can't be compared, or not on this split.
    """
    if problem := why_not(one, other):
        raise ValueError(problem)
    sides = answers_of(one, split), answers_of(other, split)
    found = verdict(
        *(side.said == split.y_test for side in sides),
        right_common=split.y_test == most_frequent(split.y_train),
        names=(one.name, other.name),
        noun=noun_of(str(one.data["dataset"])),
        stopped=(one.ended == STOPPED, other.ended == STOPPED),
    )
    return Judgement(*sides, found, parted(split.y_test, *sides), (one.name, other.name))


def answers_of(run: StoredRun, split: Split) -> Answers:
    """Return the answers of a kept run, whose outputs are not kept; a ValueError if they are to other examples."""
    if run.answers is None or run.answers.labels != labels_hash(split.y_test):
        raise ValueError(f"{run.name} was tested on other examples than those that are here now.")
    return Answers(run.answers.said.astype(int), None, False)
