"""A multilayer perceptron whose every gradient can be read: the library behind Backprop by Hand."""

from typing import TYPE_CHECKING

from mlp.gradcheck import ParameterCheck, check_gradients
from mlp.metrics import evaluate
from mlp.network import (
    ForwardPass,
    Gradients,
    Layer,
    Network,
    backward,
    forward,
    init_network,
    loss_value,
    predict,
)
from mlp.optimizers import momentum_step, sgd_step
from mlp.train_config import TrainConfig
from mlp.training import EpochRecord, train

if TYPE_CHECKING:
    from mlp.estimator import MLP

__version__ = "1.0.0"

__all__ = [
    "MLP",
    "EpochRecord",
    "ForwardPass",
    "Gradients",
    "Layer",
    "Network",
    "ParameterCheck",
    "TrainConfig",
    "backward",
    "check_gradients",
    "evaluate",
    "forward",
    "init_network",
    "loss_value",
    "momentum_step",
    "predict",
    "sgd_step",
    "train",
]


def __getattr__(name: str) -> object:
    """Import the estimator when it is asked for: the rest of the library does not wait for scikit-learn."""
    if name != "MLP":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlp.estimator import MLP

    return MLP


def __dir__() -> list[str]:
    """Return the names of the module, the estimator's too where it is not imported yet."""
    return sorted({*globals(), *__all__})
