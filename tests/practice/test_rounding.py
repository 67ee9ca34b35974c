"""The bounds hold: whoever rounds every number on the way to d digits stays within them."""

import numpy as np
import pytest

from mlp.practice import practice_exercise, quantities
from mlp.practice.chain import Chain
from mlp.practice.rounding import half_unit, rounding_bounds


def rounded(values: np.ndarray, digits: int) -> np.ndarray:
    return np.vectorize(lambda value: float(f"{value:.{digits - 1}e}"))(values)


@pytest.mark.parametrize("question", ["q1", "q2"])
@pytest.mark.parametrize("digits", [3, 4, 6])
@pytest.mark.parametrize("examples", [1, 2])
def test_a_solution_in_rounded_numbers_stays_within_the_bounds(question, digits, examples):
    for seed in range(5):
        exercise = practice_exercise(question, seed, sizes=(3, 3, 2), examples=examples)
        chain, given = Chain(exercise), {}
        bounds = rounding_bounds(chain, digits)
        for name in quantities(exercise):
            given[name] = rounded(Chain(exercise, dict(given)).rule(name), digits)
            assert np.all(np.abs(given[name] - chain[name]) <= 1.05 * bounds[name] + 1e-12), name


def test_the_bounds_are_not_so_wide_that_anything_passes():
    chain = Chain(practice_exercise("q1", 1))
    for name, bound in rounding_bounds(chain, 3).items():
        assert bound.max() < 0.05 * np.abs(chain[name]).max(), name


def test_a_number_that_has_no_more_digits_is_not_moved_by_rounding():
    assert half_unit(np.array([0.3, 0.1 + 0.2, 0.0, 12.0]), 3).tolist() == [0, 0, 0, 0]
    np.testing.assert_allclose(half_unit(np.array([0.29131, 12.345, -0.00012345]), 3), [5e-4, 5e-2, 5e-7])
