"""Activations and losses to be tried together: each of either, without every one of both.

What hidden units do and what outputs do meet nowhere in a formula, so every activation is tried with the cross-entropy
and every loss with tanh.
"""

import pytest

from mlp.activations import ACTIVATIONS
from mlp.losses import LOSSES

PAIRS = [(hidden, "cross_entropy") for hidden in ACTIVATIONS if hidden != "tanh"] + [("tanh", loss) for loss in LOSSES]
each_pair = pytest.mark.parametrize(("hidden", "loss"), PAIRS)
