"""Keeping runs: what is taken from a training, how much of its curve, and a store that never drops one in silence."""

import math

import numpy as np
import pytest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.runs.json_file import to_dict
from mlp.experiments.runs.store import SessionStore, StoreFull
from mlp.experiments.runs.stored_run import free_name, stored_run, thinned
from mlp.experiments.training.points import Point
from mlp.experiments.training.run import start
from mlp.limits import MOST_CURVE_POINTS, MOST_RUNS
from tests.runs import made_up, one_a_minute


def curve(accuracies: np.ndarray) -> np.ndarray:
    """Return a history with these test accuracies and an epoch a row."""
    k = np.arange(len(accuracies), dtype=float)
    return np.stack([k, 1 + 0 * k, accuracies, 1 + 0 * k, accuracies, 10 * k, k / 2], axis=1)


def test_a_kept_run_has_the_trainings_settings_and_numbers() -> None:
    comparison = Comparison(OurConfig(batch_size=100, max_iter=3), PeerConfig(max_iter=5, momentum=0.5))
    run = start(comparison, split(digits()))
    while not run.ended:
        run.advance(10.0)
    ours, peer = (stored_run(learner, comparison.data, name="x") for learner in run.learners)
    assert (ours.model, peer.model) == ("Ours", "scikit-learn")
    assert (ours.settings["batch_size"], peer.settings["momentum"], peer.settings["loss"]) == (
        100,
        0.5,
        "cross_entropy",
    )
    assert ours.data == {
        "dataset": "digits", "scaling": "none", "test_size": 0.2, "random_state": 42, "swapped": False,
        "validation_size": 0.0,
    }  # fmt: skip
    np.testing.assert_array_equal(ours.final, run.ours.history[-1])
    best = max(run.peer.history, key=lambda point: point.test_accuracy)
    np.testing.assert_array_equal(peer.best, best)
    assert [ours.ended, peer.ended] == ["max_iter", "max_iter"]
    assert ours.id != peer.id
    np.testing.assert_array_equal(ours.values("test_loss"), [point.test_loss for point in run.ours.history])


def test_what_was_stopped_says_so_and_what_overflowed_is_nan() -> None:
    wild = OurConfig(batch_size=200, activation="identity", loss="squared_error", learning_rate_init=100.0)
    data = split(digits())
    run = start(Comparison(wild, PeerConfig()), data)
    run.advance(0.0)
    assert stored_run(run.peer, DataConfig(), name="x").ended == "stopped"
    while not run.ours.ended:
        run.ours.train(data, 10.0)
    kept = stored_run(run.ours, DataConfig(), name="x")
    assert kept.ended == "diverged"
    assert math.isnan(kept.final.test_accuracy)
    assert not np.isinf(kept.curve).any()


def test_the_same_training_kept_again_keeps_its_id_and_time() -> None:
    run = start(Comparison(), split(digits()))
    first = stored_run(run.peer, DataConfig(), name="x")
    again = stored_run(run.peer, DataConfig(), name="x", id=first.id, made=first.made)
    assert to_dict(again) == to_dict(first)


@pytest.mark.parametrize("epochs", [1, 2, 499, 500, 501, 997, 2001, 12_345])
def test_a_curve_keeps_at_most_500_points_and_among_them_first_last_and_best(epochs: int) -> None:
    accuracies = np.random.default_rng(epochs).random(epochs)
    kept = thinned(curve(accuracies))
    assert len(kept) <= MOST_CURVE_POINTS
    assert len(kept) >= min(epochs, MOST_CURVE_POINTS // 2)
    assert {0, epochs - 1, accuracies.argmax()} <= set(kept[:, 0].astype(int))
    assert (np.diff(kept[:, 0]) > 0).all()
    assert not kept.flags.writeable


def test_the_best_epoch_is_the_first_with_the_highest_test_accuracy() -> None:
    best = made_up(accuracies=(0.1, math.nan, 0.7, 0.7, 0.2)).best
    assert (best.epoch, best.test_accuracy) == (2, 0.7)
    assert made_up(accuracies=(math.nan, math.nan)).best.epoch == 0
    assert isinstance(best, Point)
    assert isinstance(best.epoch, int)


def test_a_store_gives_runs_back_the_oldest_first() -> None:
    store, runs = SessionStore(), one_a_minute(5)
    store.put(*reversed(runs))
    assert store.all() == tuple(runs)
    store.delete([runs[1].id, "unknown"])
    store.put(runs[1])
    assert store.all() == tuple(runs)


def test_ours_comes_before_the_other_model_of_the_same_training() -> None:
    store = SessionStore()
    store.put(made_up("b", config=PeerConfig()), made_up("a"))
    assert [run.model for run in store.all()] == ["Ours", "scikit-learn"]


def test_a_run_with_a_known_id_takes_the_place_of_the_one_before() -> None:
    store, run = SessionStore(), made_up()
    store.put(run)
    other = made_up("longer", id=run.id)
    store.put(other)
    assert store.all() == (other,)


def test_a_full_store_says_what_to_do_and_drops_nothing() -> None:
    store, runs = SessionStore(), one_a_minute(MOST_RUNS - 1)
    store.put(*runs)
    with pytest.raises(StoreFull, match="At most 50 runs are kept, and 49 are here: there is no room for 2 more"):
        store.put(made_up(), made_up())
    assert store.all() == tuple(runs)
    store.put(made_up(made="2026-11-24T10:00:00.000Z"))
    store.put(made_up("anew", id=runs[0].id))
    assert len(store.all()) == MOST_RUNS


def test_a_taken_name_gets_a_number_and_stays_within_its_length() -> None:
    assert free_name("Ours", []) == "Ours"
    assert free_name("Ours", ["Ours"]) == "Ours (2)"
    assert free_name("Ours", ["Ours", "Ours (2)"]) == "Ours (3)"
    long = "x" * 100
    assert free_name(long, ["x" * 80]) == "x" * 76 + " (2)"
