"""What a trained network answers to the test set, small enough to be kept with its run."""

import hashlib
from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.datasets import Split
from mlp.limits import MOST_KEPT_ANSWERS
from mlp.network import Network, predict


@dataclass(frozen=True, eq=False)
class KeptAnswers:
    """A network's answers to n test examples.

    Attributes
    ----------
    labels : str
        `labels_hash` of the test labels: two runs can be compared example by example where it is the same.
    said : uint16 array of shape (n,)
        The class it says of each example, in the test set's order; read-only.
    """

    labels: str
    said: Array


def kept_answers(network: Network, split: Split) -> KeptAnswers | None:
    """Return a network's answers to a test set, None where it is too large for them to be kept."""
    if len(split.y_test) > MOST_KEPT_ANSWERS:
        return None
    with np.errstate(all="ignore"):  # a model can be just short of overflowing
        said = predict(network, split.X_test)
    return KeptAnswers(labels_hash(split.y_test), frozen_classes(said))


def frozen_classes(said: Array) -> Array:
    """Return classes (n,) in two bytes each, read-only."""
    small = np.array(said, dtype=np.uint16)
    small.flags.writeable = False
    return small


def labels_hash(y: Array) -> str:
    """Return 32 hexadecimal digits that are the same for the same labels in the same order."""
    return hashlib.sha256(np.ascontiguousarray(y, dtype="<i8").tobytes()).hexdigest()[:32]
