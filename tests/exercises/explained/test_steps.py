"""The numbers printed in a step come to the value printed beside them, for every activation and loss."""

from dataclasses import replace

import numpy as np
import pytest

from mlp import Layer, Network
from mlp.exercises import Exercise, Solution, solve
from mlp.losses import LOSSES
from tests.exercises.explained.evaluated import check_steps
from tests.pairs import each_pair

SIZES = (3, 4, 2, 3)


def solution_of(hidden: str, loss: str, *, seed: int = 0, n: int = 3, scale: float = 1.0, **changes) -> Solution:
    rng = np.random.default_rng(seed)
    layers = [
        Layer(scale * rng.normal(size=(m, k)), rng.normal(size=m)) for k, m in zip(SIZES, SIZES[1:], strict=False)
    ]
    X, Y = rng.normal(size=(n, 3)), np.eye(3)[rng.integers(0, 3, n)]
    if seed % 2:
        Y = rng.normal(size=(n, 3))
    return solve(Exercise(Network(layers, hidden, loss), X, Y, 0.3, tuple(range(n)), **changes))


@each_pair
def test_the_numbers_put_in_come_to_the_value(hidden: str, loss: str) -> None:
    for seed, reduction, n in ((0, "sum", 1), (1, "sum", 3), (2, "mean", 3), (3, "mean", 2)):
        check_steps(solution_of(hidden, loss, seed=seed, reduction=reduction, n=n))


@pytest.mark.parametrize("loss", LOSSES)
def test_large_numbers_are_told_in_a_form_that_can_be_computed(loss: str) -> None:
    for seed in (0, 2):
        check_steps(solution_of("identity", loss, seed=seed, scale=30.0))


def test_a_formula_of_another_loss_is_noticed() -> None:
    solution = solution_of("tanh", "squared_error")
    wrong = replace(solution, losses=2.0 * solution.losses)
    with pytest.raises(AssertionError, match="L"):
        check_steps(wrong)
