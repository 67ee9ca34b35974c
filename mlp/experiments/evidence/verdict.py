"""The verdict on two fitted models: whether they differ on the test images they share, or chance explains it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlp.datasets.dataset import IMAGES
from mlp.experiments.evidence.statistics import (
    Interval,
    Pairs,
    bootstrap_difference,
    mcnemar,
    pair_counts,
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
        Of our accuracy minus the other's, from the paired bootstrap.
    p_value : float
        McNemar's exact test.
    names : tuple of two str
        The models' names in the sentence.
    noun : str
        What the test set is made of, "images" or "examples".
    """

    pairs: Pairs
    ours: Interval
    peer: Interval
    difference: Interval
    p_value: float
    names: tuple[str, str]
    noun: str = IMAGES

    @property
    def images(self) -> int:
        """The number of test images, or examples."""
        return sum(self.pairs)

    @property
    def right(self) -> tuple[int, int]:
        """How many images ours gets right, and the other."""
        return self.pairs.both + self.pairs.only_ours, self.pairs.both + self.pairs.only_peer

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
        if self.pairs.only_ours == self.pairs.only_peer:
            return f"Both are right equally often: the {self.images} test {self.noun} show no difference."
        if self.differs:
            return f"{self.names[self.gap < 0]} is better on these {self.noun}: if neither were, {self.chance}."
        return (
            f"With {self.images} test {self.noun} this difference can't be told from chance: if neither were better, "
            f"{self.chance}."
        )

    @property
    def chance(self) -> str:
        """How often chance alone does what was seen, in words."""
        apart = self.pairs.only_ours + self.pairs.only_peer
        told = f"one {self.noun[:-1]}" if apart == 1 else f"{apart} {self.noun}"
        return (
            f"a split at least as uneven of the {told} on which only one is right would come about by chance in "
            f"{cases(self.p_value)}"
        )


def cases(p_value: float) -> str:
    """Return a probability as a count: "3 of 1,000 cases"."""
    count = round(1000 * p_value)
    return {0: "fewer than 1 of 1,000 cases", 1000: "every case"}.get(count, f"{count} of 1,000 cases")


def verdict(
    right_ours: Sequence[bool],
    right_peer: Sequence[bool],
    *,
    names: tuple[str, str] = ("Ours", "scikit-learn"),
    noun: str = IMAGES,
) -> Verdict:
    """Return how two models compare on the same images.

    Parameters
    ----------
    right_ours, right_peer : bool arrays of shape (n,)
        Whether each is right on each test image, in the same order.
    names : tuple of two str
        The models' names in the sentence.
    noun : str
        What the test set is made of.

    Raises
    ------
    ValueError
        If they are not truth values of the same images, at least one.
    """
    pairs = pair_counts(right_ours, right_peer)
    images = sum(pairs)
    return Verdict(
        pairs,
        wilson_interval(pairs.both + pairs.only_ours, images),
        wilson_interval(pairs.both + pairs.only_peer, images),
        bootstrap_difference(pairs),
        mcnemar(pairs.only_ours, pairs.only_peer),
        names,
        noun,
    )
