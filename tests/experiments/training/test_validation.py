"""The validation share: the test set stays shut, the rest is as before, and what chooses goes by what is held out."""

import math

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from mlp.datasets import DATASETS, digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.runs.openings import Openings, from_text, look_of, of_run, opened, recipes_tried, set_name, to_text
from mlp.experiments.training.run import start
from tests.runs import made_up
from tests.trained import finished

DATA = DataConfig(validation_size=0.25)
BRIEF = Comparison(OurConfig(batch_size=100, max_iter=3), PeerConfig(max_iter=3), DATA)


def test_the_test_set_is_the_same_and_validation_is_part_of_training() -> None:
    whole, shut = split(digits()), split(digits(), validation_size=0.25)
    np.testing.assert_array_equal(shut.X_test, whole.X_test)
    np.testing.assert_array_equal(shut.y_test, whole.y_test)
    X, X_val, y, y_val = train_test_split(whole.X_train, whole.y_train, test_size=0.25, random_state=42)
    for found, expected in (
        (shut.X_train, X),
        (shut.X_validation, X_val),
        (shut.y_train, y),
        (shut.y_validation, y_val),
    ):
        np.testing.assert_array_equal(found, expected)
    assert not whole.shut
    assert whole.judging[1] is whole.y_test


def test_scaling_learns_from_what_trains_alone() -> None:
    shut = split(DATASETS["wine"](), scaling="standardised", validation_size=0.3)
    np.testing.assert_allclose(shut.X_train.mean(axis=0), 0, atol=1e-12)
    assert np.abs(shut.X_validation.mean(axis=0)).max() > 0.01
    assert sorted(set(shut.y_validation.tolist())) == [0, 1, 2]


def test_a_share_that_leaves_a_class_out_gets_a_sentence() -> None:
    with pytest.raises(ValueError, match="A validation share needs an example of each of the 3 classes"):
        split(DATASETS["iris"](), validation_size=0.99)


@pytest.mark.parametrize("early_stopping", [False, True])
def test_nothing_is_measured_on_the_test_set_while_it_is_shut(early_stopping: bool) -> None:
    ours = OurConfig(batch_size=100, max_iter=3, early_stopping=early_stopping)
    run = start(
        Comparison(ours, PeerConfig(max_iter=3, early_stopping=early_stopping), DATA),
        split(digits(), validation_size=0.25),
    )
    finished(run)
    for learner in run.learners:
        points = learner.history
        assert all(math.isnan(point.test_accuracy) and math.isnan(point.test_loss) for point in points)
        assert all(0 <= point.val_accuracy <= 1 for point in points)
        # Early stopping keeps the network that was best on these very examples
        best = max(point.val_accuracy for point in points[1:])
        assert learner.record.val_accuracy == (best if early_stopping else points[-1].val_accuracy)
    # All that is not held out trains, with early stopping too
    assert run.ours.record.updates == 3 * math.ceil(len(split(digits(), validation_size=0.25).y_train) / 100)


def test_a_look_counts_once_and_survives_being_kept() -> None:
    one, other, later = (of_run(made_up(accuracies=(0.1,) * epochs, data=DATA)) for epochs in (2, 3, 4))
    first, second = look_of(one, other), look_of(one, later)
    assert look_of(other, one) == first != second
    found = opened(opened(opened(Openings(), first), second), first)
    assert (found.count, found.latest) == (2, (first, second))
    assert from_text(to_text(found)) == found
    assert from_text('{"count": -1, "latest": []}') == from_text("[") == from_text(None) == Openings()


def test_a_test_set_is_told_by_its_split_and_not_by_what_is_held_out() -> None:
    same = DataConfig(scaling="by 16", validation_size=0.5)
    assert set_name(same) == set_name(DataConfig()) != set_name(DataConfig(random_state=1))


def test_recipes_count_as_tried_where_they_saw_the_test_set() -> None:
    rates = (0.1, 0.1, 0.2)
    runs = [made_up(config=OurConfig(learning_rate_init=rate, random_state=i)) for i, rate in enumerate(rates)]
    elsewhere = [made_up(data=DataConfig(random_state=1)), made_up(config=OurConfig(alpha=1.0), data=DATA)]
    assert recipes_tried([*runs, *elsewhere], DataConfig()) == 2
