"""The work every engine gets: the sheet's digits, a network, and how to train it."""

from dataclasses import dataclass

import numpy as np

from mlp import Network, TrainConfig, init_network
from mlp.arrays import Array
from mlp.datasets import digits, split


@dataclass(frozen=True)
class Workload:
    """A network of tanh units and softmax outputs, and the update; SGD without momentum unless said otherwise."""

    name: str
    sizes: tuple[int, ...]
    config: TrainConfig

    @property
    def network(self) -> Network:
        """The same initial network for everybody."""
        return init_network(self.sizes, rng=np.random.RandomState(1))


SHEET = (64, 50, 10)
DEFAULTS = {"momentum": 0.9, "nesterovs_momentum": True, "alpha": 1e-4}  # MLPClassifier's
WORKLOADS = (
    Workload("the sheet's, batch 1", SHEET, TrainConfig()),
    Workload("the sheet's, batch 32", SHEET, TrainConfig(batch_size=32, **DEFAULTS)),
    Workload("the sheet's, batch 200", SHEET, TrainConfig(batch_size=200, **DEFAULTS)),
    Workload("the sheet's, Adam, batch 200", SHEET, TrainConfig(batch_size=200, alpha=1e-4, solver="adam")),
    Workload("deep, batch 1", (64, 128, 64, 10), TrainConfig()),
)


def data() -> tuple[Array, Array, Array, Array]:
    """Return X and Y (one-hot) of the 1437 examples to train on, and of the 360 to test on."""
    parts = split(digits())
    return parts.X_train, np.eye(10)[parts.y_train], parts.X_test, np.eye(10)[parts.y_test]


def batches(n: int, batch_size: int) -> int:
    """Return the number of updates an epoch of n examples makes."""
    return -(-n // batch_size)
