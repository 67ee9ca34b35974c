"""The verdict on two fitted models: whether they differ on the test images they share, or chance explains it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlp.datasets.dataset import IMAGES
from mlp.experiments.config import MODELS
from mlp.experiments.evidence.sentences import verdict_sentence
from mlp.experiments.evidence.statistics import (
    Interval,
    Pairs,
    mcnemar,
    pair_counts,
    paired_difference_interval,
    wilson_interval,
)

LEVEL = 0.05


@dataclass(frozen=True)
class Verdict:
    """Two fitted models compared on the same test images; nothing here is about other seeds or other splits.

    Attributes
    ----------
    pairs : Pairs
    ours, peer : Interval
        Wilson's, of each accuracy.
    difference : Interval
        Tango's, of our accuracy minus the other's.
    p_value : float
        McNemar's exact test.
    names : tuple of two str
        The models' names in the sentence.
    noun : str
        What the test set is made of, "images" or "examples".
    common : int or None
        How many images the class is right on that is the most frequent one in training; None where it is not known.
    idle : tuple of two bool
        Whether each model is not shown to be better than that.
    stopped : tuple of two bool
        Whether each training was stopped before its end.
    """

    pairs: Pairs
    ours: Interval
    peer: Interval
    difference: Interval
    p_value: float
    names: tuple[str, str]
    noun: str = IMAGES
    common: int | None = None
    idle: tuple[bool, bool] = (False, False)
    stopped: tuple[bool, bool] = (False, False)

    @property
    def images(self) -> int:
        """The number of test images, or examples."""
        return sum(self.pairs)

    @property
    def right(self) -> tuple[int, int]:
        """How many images ours gets right, and the other."""
        return self.pairs.both + self.pairs.only_ours, self.pairs.both + self.pairs.only_peer

    @property
    def only(self) -> tuple[int, int]:
        """How many images ours alone gets right, and the other alone."""
        return self.pairs.only_ours, self.pairs.only_peer

    @property
    def apart(self) -> int:
        """How many images tell the two apart: those that only one gets right."""
        return sum(self.only)

    @property
    def gap(self) -> float:
        """Our accuracy minus the other's."""
        return (self.pairs.only_ours - self.pairs.only_peer) / self.images

    @property
    def differs(self) -> bool:
        """Whether chance is a poor explanation: McNemar's p is below `LEVEL`."""
        return self.p_value < LEVEL

    @property
    def sentence(self) -> str:
        """What these images say about these two models."""
        return verdict_sentence(self)


def verdict(
    right_ours: Sequence[bool],
    right_peer: Sequence[bool],
    *,
    right_common: Sequence[bool] | None = None,
    names: tuple[str, str] = MODELS,
    noun: str = IMAGES,
    stopped: tuple[bool, bool] = (False, False),
) -> Verdict:
    """Return how two models compare on the same images.

    Parameters
    ----------
    right_ours, right_peer : bool arrays of shape (n,)
        Whether each is right on each test image, in the same order.
    right_common : bool array of shape (n,), optional
        Whether the class is right that is the most frequent one in training.
    names : tuple of two str
        The models' names in the sentence.
    noun : str
        What the test set is made of.
    stopped : tuple of two bool
        Whether each training was stopped before its end.

    Raises
    ------
    ValueError
        If they are not truth values of the same images, at least one.
    """
    pairs = pair_counts(right_ours, right_peer)
    images = sum(pairs)
    common, idle = None, (False, False)
    if right_common is not None:
        common = int(np.count_nonzero(right_common))
        idle = (not surpasses(right_ours, right_common), not surpasses(right_peer, right_common))
    return Verdict(
        pairs,
        wilson_interval(pairs.both + pairs.only_ours, images),
        wilson_interval(pairs.both + pairs.only_peer, images),
        paired_difference_interval(pairs.only_ours, pairs.only_peer, images),
        mcnemar(pairs.only_ours, pairs.only_peer),
        names,
        noun,
        common,
        idle,
        stopped,
    )


def surpasses(right: Sequence[bool], right_common: Sequence[bool]) -> bool:
    """Return whether a model is right more often than the most frequent class, by more than chance explains."""
    _, only_model, only_common, _ = pair_counts(right, right_common)
    return only_model > only_common and mcnemar(only_model, only_common) < LEVEL
