"""What each value of a run in a file has to be: a check for every setting and for every column of a curve."""

import math
import sys
from collections.abc import Callable
from functools import partial

from mlp.activations import ACTIVATIONS
from mlp.datasets import SCALINGS
from mlp.initialisation import INITS
from mlp.limits import (
    KEPT_LAYERS,
    LARGEST_COUNT,
    LARGEST_SECONDS,
    LARGEST_SEED,
    LARGEST_SETTING,
    LONGEST_RUN_NAME,
    LONGEST_WORD,
)
from mlp.losses import LOSSES
from mlp.untrusted import checks

Check = Callable[[object, str], object]

count = partial(checks.whole, low=1, high=LARGEST_COUNT)
seed = partial(checks.whole, low=0, high=LARGEST_SEED)
amount = partial(checks.number, low=0.0, high=LARGEST_SETTING)
share = partial(checks.number, low=0.0, high=1.0)


def layers(value: object, name: str) -> tuple[int, ...]:
    """Return the units of each hidden layer."""
    return tuple(count(units, name) for units in checks.listed(value, name, 0, KEPT_LAYERS))


def count_or_auto(value: object, name: str) -> int | str:
    """Return a number of examples, or auto."""
    return value if value == "auto" else count(value, name)


def count_or_never(value: object, name: str) -> float:
    """Return a number of epochs, inf for null."""
    return math.inf if value is None else count(value, name)


def name_of(value: object) -> str:
    """Return a name: plain text on one line, of at least one character."""
    name = " ".join(checks.text(value, "name", LONGEST_RUN_NAME).split())
    if not name:
        raise ValueError("name needs at least one character; got none.")
    return name


def word(value: object, name: str) -> str:
    """Return a short text, such as a data set's name."""
    return checks.text(value, name, LONGEST_WORD)


def overflowed_or(value: object, name: str, *, high: float) -> float:
    """Return a number from 0, nan for null."""
    return math.nan if value is None else checks.number(value, name, 0.0, high)


loss = partial(overflowed_or, high=sys.float_info.max)
accuracy = partial(overflowed_or, high=1.0)

SETTING_CHECKS: dict[str, Check] = {
    "hidden_layer_sizes": layers,
    "activation": partial(checks.choice, choices=tuple(ACTIVATIONS)),
    "loss": partial(checks.choice, choices=tuple(LOSSES)),
    "init": partial(checks.choice, choices=tuple(INITS)),
    "learning_rate_init": partial(checks.positive, high=LARGEST_SETTING),
    "batch_size": count_or_auto,
    "max_iter": count,
    "momentum": share,
    "nesterovs_momentum": checks.truth,
    "alpha": amount,
    "shuffle": checks.truth,
    "tol": amount,
    "n_iter_no_change": count_or_never,
    "random_state": seed,
}
DATA_CHECKS: dict[str, Check] = {
    "dataset": word,
    "scaling": partial(checks.choice, choices=tuple(SCALINGS)),
    "test_size": share,
    "random_state": seed,
    "swapped": checks.truth,
}
POINT_CHECKS: dict[str, Check] = {
    "epoch": partial(checks.whole, low=0, high=LARGEST_COUNT),
    "train_loss": loss,
    "train_accuracy": accuracy,
    "test_loss": loss,
    "test_accuracy": accuracy,
    "updates": partial(checks.whole, low=0, high=LARGEST_COUNT),
    "seconds": partial(checks.number, low=0.0, high=LARGEST_SECONDS),
}
