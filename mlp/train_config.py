"""How to train: the settings, in plain values with scikit-learn's names, checked at the door."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class TrainConfig:
    """How to train, in plain values with scikit-learn's names; the defaults are the sheet's question 3, part 2.

    Parameters
    ----------
    learning_rate_init : float
        eta, above 0.
    batch_size : int or "auto"
        Examples an update; "auto" is min(200, n).
    max_iter : int
        Epochs at the most.
    momentum : float in [0, 1)
    nesterovs_momentum : bool
    alpha : float
        The loss of a batch of n gets alpha / 2n * ||W||^2.
    shuffle : bool
        Whether each epoch takes the examples in a new order.
    tol, n_iter_no_change : float, int or inf
        Training ends when the running loss has not fallen by tol for more than n_iter_no_change epochs in a row;
        inf, the default, never ends it early.
    random_state : int or None
        Seed of the shuffling; None takes a new one.

    Raises
    ------
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> from mlp import TrainConfig
    >>> TrainConfig(learning_rate_init=0.01, momentum=0.9).momentum
    0.9
    >>> TrainConfig(momentum=1.0)
    Traceback (most recent call last):
        ...
    ValueError: momentum needs a number from 0 to below 1; got 1.0.
    """

    learning_rate_init: float = 0.001
    batch_size: int | str = 1
    max_iter: int = 100
    momentum: float = 0.0
    nesterovs_momentum: bool = False
    alpha: float = 0.0
    shuffle: bool = True
    tol: float = 1e-4
    n_iter_no_change: float = math.inf
    random_state: int | None = 1

    def __post_init__(self) -> None:
        require(
            0 < self.learning_rate_init < math.inf, "learning_rate_init", "a number above 0", self.learning_rate_init
        )
        auto = self.batch_size == "auto"
        require(auto or is_count(self.batch_size), "batch_size", 'a whole number from 1 or "auto"', self.batch_size)
        require(is_count(self.max_iter), "max_iter", "a whole number from 1", self.max_iter)
        require(0 <= self.momentum < 1, "momentum", "a number from 0 to below 1", self.momentum)
        require(0 <= self.alpha < math.inf, "alpha", "a number from 0", self.alpha)
        require(0 <= self.tol < math.inf, "tol", "a number from 0", self.tol)
        patient = self.n_iter_no_change == math.inf or is_count(self.n_iter_no_change)
        require(patient, "n_iter_no_change", "a whole number from 1, or inf", self.n_iter_no_change)
        seeded = self.random_state is None or self.random_state == 0 or is_count(self.random_state)
        require(seeded, "random_state", "a whole number from 0, or None", self.random_state)


def require(holds: bool, name: str, needed: str, got: object) -> None:
    """Raise a ValueError that says what was needed and what came, unless it holds."""
    if not holds:
        raise ValueError(f"{name} needs {needed}; got {got!r}.")


def is_count(value: object) -> bool:
    """Return whether value is a whole number from 1."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and value >= 1
