"""The parameters of `MLP`: what each of them needs, and the settings of a training that they are."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.engines import ENGINES
from mlp.initialisation import INITS
from mlp.losses import LOSSES
from mlp.train_config import FIELDS, TrainConfig, is_below_1, is_count, is_flag, is_number, require

SOLVERS = ("sgd", "adam", "lbfgs")
PREPARED = ("random_state", "class_weight")  # scikit-learn's own functions check them


def one_of(choices: tuple[str, ...]) -> tuple[str, Callable[[object], bool]]:
    """Return what a name needs and the test of it."""

    def is_choice(value: object) -> bool:
        return isinstance(value, str) and value in choices

    return f"one of {', '.join(choices)}", is_choice


def is_layers(value: object) -> bool:
    """Return whether value is a number of units, or a sequence of them."""
    if is_count(value):
        return True
    return isinstance(value, list | tuple | np.ndarray) and np.ndim(value) == 1 and all(map(is_count, value))


def is_fraction(value: object) -> bool:
    """Return whether value is a number between 0 and 1."""
    return is_below_1(value) and value != 0


def is_verbosity(value: object) -> bool:
    """Return whether value is True, False or a whole number from 0."""
    return is_flag(value) or is_count(value) or (is_number(value) and value == 0)


# For each parameter what it needs, in words, and the test of it
PARAMETERS: dict[str, tuple[str, Callable[[object], bool]]] = {
    **{name: rule for name, rule in FIELDS.items() if name not in PREPARED},
    "hidden_layer_sizes": ("whole numbers from 1, such as (50,), or one of them", is_layers),
    "activation": one_of(tuple(ACTIVATIONS)),
    "solver": one_of(SOLVERS),
    "loss": one_of(("auto", *LOSSES)),
    "init": one_of(tuple(INITS)),
    "engine": one_of(("auto", *ENGINES)),
    "validation_fraction": ("a number between 0 and 1", is_fraction),
    "verbose": ("True, False or a whole number from 0", is_verbosity),
    "warm_start": ("True or False", is_flag),
    "max_fun": ("a whole number from 1", is_count),
}


def require_parameters(parameters: Mapping[str, object]) -> None:
    """Raise a ValueError that names the first parameter of the wrong type or outside its range."""
    for name, (needed, is_right) in PARAMETERS.items():
        require(is_right(parameters[name]), name, needed, parameters[name])


def config_of(parameters: Mapping[str, Any], max_iter: int) -> TrainConfig:
    """Return the parameters that belong to training; `random_state` goes its own way as an rng.

    L-BFGS isn't stochastic: nothing of it is a setting of `TrainConfig`.
    """
    names = [name for name in FIELDS if name in parameters and name not in (*PREPARED, "max_iter")]
    chosen = {name: parameters[name] for name in names}
    if chosen["solver"] == "lbfgs":
        chosen |= {"solver": "sgd", "early_stopping": False}
    return TrainConfig(**{**chosen, "max_iter": max_iter})


def hidden_layers(value: object) -> tuple[int, ...]:
    """Return the units of each hidden layer."""
    return tuple(int(size) for size in np.atleast_1d(np.asarray(value, dtype=int)))
