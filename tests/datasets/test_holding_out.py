"""The validation share: the examples scikit-learn holds out, or a sentence where that can't be done."""

import numpy as np
import pytest

from mlp.datasets.holding_out import hold_out


def test_every_example_is_on_one_side() -> None:
    y = np.arange(90) % 3
    trained, held = hold_out(y, 0.2, np.random.RandomState(1))
    assert sorted([*trained, *held]) == list(range(90))
    assert len(held) == 18


def test_two_classes_keep_their_proportions() -> None:
    y = np.array([0] * 80 + [1] * 20)
    _, held = hold_out(y, 0.1, 3)
    assert np.bincount(y[held]).tolist() == [8, 2]


@pytest.mark.parametrize(
    ("y", "share"),
    [([0, 1, 2, 0, 1, 2], 0.1), ([0] * 30 + [1], 0.1), ([0] * 30 + [1] * 30 + [2], 0.95)],
)
def test_a_share_that_leaves_too_little_is_refused_with_a_sentence(y: list[int], share: float) -> None:
    with pytest.raises(ValueError, match="Early stopping needs at least two examples to hold out and every class"):
        hold_out(np.array(y), share, 1)
