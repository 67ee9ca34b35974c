"""What is said beside a batch taken apart is what the solution shows."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.exercises import random_exercise, shares, solve
from mlp.network import REDUCTIONS
from pages.exercise.sections.batch import RELATIONS


def test_each_way_of_taking_a_batch_has_its_sentence() -> None:
    assert tuple(RELATIONS) == tuple(REDUCTIONS)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_the_sentence_is_true(reduction: str) -> None:
    exercise = replace(random_exercise(3, examples=3), selected=(0, 1, 2), reduction=reduction)
    solution = solve(exercise)
    divided = 1 if reduction == "sum" else 3
    rows = {share.name: share for share in shares(solution)}
    own = np.column_stack(rows["dz3"].each)
    taken = rows["dW3"].total if reduction == "sum" else rows["dW3"].mean
    np.testing.assert_allclose(solution.gradients.z[3].T, own / divided, atol=1e-12)
    np.testing.assert_allclose(solution.gradients.W[3], taken, atol=1e-12)
