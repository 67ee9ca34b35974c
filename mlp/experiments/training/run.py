"""A run: both models of a comparison trained side by side, slice by slice, so that a page can draw and stop it."""

import math
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

import numpy as np

from mlp.datasets import Split
from mlp.experiments.config import Comparison
from mlp.experiments.training.answers import KeptAnswers, kept_answers
from mlp.experiments.training.lanes import Errand, Lane, drive
from mlp.experiments.training.learner import Learner, learner_of
from mlp.experiments.training.material import Material, by_content
from mlp.network import Network


@dataclass(eq=False)
class Run:
    """Both models of a comparison in training; nothing happens unless it is asked for.

    Attributes
    ----------
    comparison : Comparison
        The settings everything in this run belongs to.
    ours, peer : Learner
    split : Split or None
        The data, for as long as training may go on.
    material : Material or None
        The same as they are sent to an executor, by default by their content.
    most_frequent : float
        What always answering the class that is most frequent in training gets right of the examples that one chooses
        by: the validation or the test set; nan where it is unknown.
    remembered : tuple of two bool
        Whether the models were trained before, so that their seconds are of then.
    lanes : tuple of Lane
        One for each model that is still to be trained.
    """

    comparison: Comparison
    ours: Learner
    peer: Learner
    split: Split | None = None
    material: Material | None = None
    most_frequent: float = math.nan
    remembered: tuple[bool, bool] = (False, False)
    lanes: tuple[Lane, ...] = field(init=False, default=())
    _answers: tuple[KeptAnswers | None, KeptAnswers | None] = (None, None)

    def __post_init__(self) -> None:
        if self.split is None:
            return
        material = self.material or by_content(self.split)
        left = [learner for learner in self.learners if not learner.ended]
        self.lanes = tuple(Lane(deque([Errand(learner, material)])) for learner in left)
        self.let_go_if_ended()

    @property
    def learners(self) -> tuple[Learner, Learner]:
        """Ours and scikit-learn's."""
        return self.ours, self.peer

    @property
    def ended(self) -> bool:
        """Whether both models are trained to their end."""
        return all(learner.ended for learner in self.learners)

    @property
    def waiting(self) -> bool:
        """Whether a slice has been asked for, and none has begun."""
        return bool(self.lanes) and all(lane.waiting for lane in self.lanes)

    def train(self, executor: Executor, seconds: float, meanwhile: Callable[[], object] = bool) -> None:
        """Ask an executor for slices of both models, and take what comes back in these seconds.

        Parameters
        ----------
        executor : concurrent.futures.Executor
        seconds : float
            How long to wait; the slices that are under way then go on, and come with the next call.
        meanwhile : callable
            Called again and again in this thread; whatever it raises ends the call.
        """
        drive(self.lanes, executor, seconds, self.take, meanwhile)

    def take(self) -> bool:
        """Take what has come back from an executor, and return whether both models are trained to their end."""
        for lane in self.lanes:
            for learner, state in lane.harvest():
                learner.take(state)
        self.let_go_if_ended()
        return self.ended

    def stop(self) -> None:
        """Take what has come back, and ask for no more: what is under way ends within a slice."""
        for lane in self.lanes:
            lane.stop()
        self.take()

    def advance(self, seconds: float) -> None:
        """Train both models here and now, without an executor, for so many seconds each, and no epoch longer."""
        for learner in self.learners:
            if self.split is not None:
                learner.train(self.split, seconds)
        self.let_go_if_ended()

    @property
    def answers(self) -> tuple[KeptAnswers | None, KeptAnswers | None]:
        """What both models, as they are now, answer to the test set; None of one that overflowed."""
        if self.split is None:
            return self._answers
        return answers_now(self.ours, self.split), answers_now(self.peer, self.split)

    def let_go_if_ended(self) -> None:
        """Hold the data no longer than they are needed: what is left of them are both models' answers."""
        if self.ended:
            self._answers, self.split, self.material, self.lanes = self.answers, None, None, ()


def start(
    comparison: Comparison,
    split: Split,
    *,
    material: Material | None = None,
    ours: Learner | None = None,
    peer: Learner | None = None,
) -> Run:
    """Return a run at epoch 0, or where a model is known already as it is.

    Parameters
    ----------
    comparison : Comparison
    split : Split
        The data, split as the comparison says.
    material : Material, optional
        The same as they are sent to an executor.
    ours, peer : Learner, optional
        Models of these settings that were trained before.
    """
    learners = ours or learner_of(comparison.ours, split), peer or learner_of(comparison.peer, split)
    return Run(comparison, *learners, split, material, most_frequent(split), (ours is not None, peer is not None))


def most_frequent(split: Split) -> float:
    """Return the accuracy, on what one chooses by, of always answering the class most frequent in training."""
    return float(np.mean(split.judging[1] == np.bincount(split.y_train).argmax()))


def answers_now(learner: Learner, split: Split) -> KeptAnswers | None:
    """Return what a model answers to the test set, None if its numbers overflowed."""
    return None if learner.ended == "diverged" else kept_answers(learner.record.network, split)


def largest_difference(one: Network, other: Network) -> float:
    """Return the largest absolute difference of any weight or bias.

    It is inf for networks of different shapes, and nan where one is not to be told because numbers overflowed.
    """
    if one.sizes != other.sizes:
        return math.inf
    pairs = zip(one.layers, other.layers, strict=True)
    with np.errstate(invalid="ignore"):
        gaps = [np.abs(x - y).max() for a, b in pairs for x, y in ((a.W, b.W), (a.b, b.b))]
    return float(np.max(gaps))  # Python's own max would pass over a nan
