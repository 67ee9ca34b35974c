"""What both models of a run answer to the test images, who is right where, and the verdict on the two."""

from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Split, noun_of
from mlp.experiments.config import MODELS, names_of
from mlp.experiments.evidence.verdict import Verdict, verdict
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.losses import LOSSES
from mlp.network import Network, forward

ONLY_OURS, ONLY_PEER, BOTH_WRONG = GROUPS = ("only ours", "only scikit-learn", "both wrong")


@dataclass(frozen=True, eq=False)
class Answers:
    """One model's answers to n images.

    Attributes
    ----------
    said : int array of shape (n,)
        The class of the largest output.
    output : array of shape (n,), or None
        That output, where it is known.
    probable : bool
        Whether outputs are probabilities, as softmax's are.
    """

    said: Array
    output: Array | None
    probable: bool

    @property
    def sure(self) -> Array:
        """How sure each answer is; all the same where outputs are not known."""
        return np.zeros(len(self.said)) if self.output is None else self.output


@dataclass(frozen=True, eq=False)
class Judgement:
    """Both models' answers to the same images; what needs the answers of a model that overflowed is None.

    Attributes
    ----------
    ours, peer : Answers or None
    verdict : Verdict or None
    groups : dict of int arrays, or None
        For each of `GROUPS` the images that belong to it, the surest mistake first, or where outputs are not known in
        the order of the test set.
    names : tuple of two str
        What the models are called.
    """

    ours: Answers | None
    peer: Answers | None
    verdict: Verdict | None = None
    groups: dict[str, Array] | None = None
    names: tuple[str, str] = MODELS


def judge(run: Run, split: Split) -> Judgement:
    """Return what the models of a run, as they are now, answer to the test images."""
    ours, peer = (learner_answers(learner, split.X_test) for learner in run.learners)
    names = names_of(run.comparison)
    if ours is None or peer is None:
        return Judgement(ours, peer, names=names)
    found = verdict(
        ours.said == split.y_test,
        peer.said == split.y_test,
        right_common=split.y_test == most_frequent(split.y_train),
        names=names,
        noun=noun_of(run.comparison.data.dataset),
        stopped=(run.ours.ended is None, run.peer.ended is None),
    )
    return Judgement(ours, peer, found, parted(split.y_test, ours, peer), names)


def most_frequent(y: Array) -> int:
    """Return the class that labels (n,) have most often, the first of several."""
    return int(np.bincount(y).argmax())


def learner_answers(learner: Learner, X: Array) -> Answers | None:
    """Return the answers of a model in training, None if its numbers overflowed."""
    return None if learner.ended == "diverged" else answers(learner.record.network, X)


def answers(network: Network, X: Array) -> Answers:
    """Return a network's answers to images (n, n_0)."""
    with np.errstate(all="ignore"):  # a model can be just short of overflowing
        output = forward(network, X).output
    return Answers(output.argmax(axis=1), output.max(axis=1), LOSSES[network.loss].probabilities)


def parted(y: Array, ours: Answers, peer: Answers) -> dict[str, Array]:
    """Return the images which only one model gets right, and those which neither does, the surest mistake first."""
    right_ours, right_peer = ours.said == y, peer.said == y
    kinds = (right_ours & ~right_peer, right_peer & ~right_ours, ~right_ours & ~right_peer)
    wrong = (np.where(right, -np.inf, each.sure) for each, right in ((ours, right_ours), (peer, right_peer)))
    sure = np.maximum(*wrong)
    order = np.argsort(-sure, kind="stable")
    return {name: order[kind[order]] for name, kind in zip(GROUPS, kinds, strict=True)}
