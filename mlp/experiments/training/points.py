"""The numbers of one epoch: a record without its network, of which a learning curve is made."""

import math
from typing import NamedTuple

from mlp.training import EpochRecord


class Point(NamedTuple):
    """One epoch of a learning curve: a record without its network.

    While the test set stays shut its loss and accuracy are nan; those of validation are nan where nothing is held out.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    updates: int
    seconds: float
    val_loss: float = math.nan
    val_accuracy: float = math.nan


def point_of(record: EpochRecord) -> Point:
    """Return the numbers of a record."""
    return Point(*(getattr(record, name) for name in Point._fields))
