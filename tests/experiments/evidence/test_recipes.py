"""Two recipes over seeds and splits: the numbers are those of their trainings, and both verdicts can be said."""

import math
from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.evidence.recipes import (
    band,
    contrast_of_recipes,
    halves,
    recipe_result,
    seed_jobs,
    split_jobs,
    split_result,
)
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.points import Point
from mlp.experiments.training.results import Job, Trained
from mlp.network import Layer, Network
from tests.trained import finished

NETWORK = Network((Layer(np.zeros((2, 1)), np.zeros(2)),), "tanh", "cross_entropy")
COMPARISON = Comparison(OurConfig(batch_size=50, max_iter=3), PeerConfig(max_iter=4))


def ended(job: Job, *accuracies: float) -> Trained:
    """Return a training that went through these test accuracies, epoch by epoch."""
    curve = np.array(
        [Point(epoch, 1.0, 0.5, 1.0, accuracy, 10 * epoch, 0.1 * epoch) for epoch, accuracy in enumerate(accuracies)]
    )
    return Trained(job, curve, NETWORK, "max_iter")


def job(seed: int, config=COMPARISON.ours) -> Job:
    return Job(replace(config, random_state=seed), DataConfig())


def recipe(config, *accuracies: float):
    made = {job(seed, config): ended(job(seed, config), 0.1, value) for seed, value in enumerate(accuracies)}
    return recipe_result(made, made)


def test_a_band_is_the_mean_with_students_interval():
    found = band([ended(job(seed), 0.1, value) for seed, value in enumerate((0.96, 0.97, 0.98))], "test_accuracy")
    assert found.epochs.tolist() == [0, 1]
    assert found.mean == pytest.approx([0.1, 0.97])
    # Student's quantile with two degrees of freedom is 0.95 √(2 / (4 · 0.975 · 0.025))
    half = 0.95 * math.sqrt(2 / 0.0975) * 0.01 / math.sqrt(3)
    # At epoch 0 all are equal, and nothing is known of their spread
    assert found.high - found.mean == pytest.approx([math.nan, half], abs=1e-15, nan_ok=True)
    assert found.mean - found.low == pytest.approx([math.nan, half], abs=1e-15, nan_ok=True)


def test_a_seed_that_has_ended_keeps_its_last_value_in_the_mean():
    found = band([ended(job(1), 0.0, 0.2), ended(job(2), 0.0, 0.4, 0.6)], "test_accuracy")
    assert found.mean == pytest.approx([0.0, 0.3, 0.4])
    assert np.isnan(found.each[0, 2])
    assert found.each[1].tolist() == [0.0, 0.4, 0.6]


def test_a_band_of_one_seed_has_no_ends_and_a_long_one_few_points():
    alone = band([ended(job(1), *np.linspace(0, 1, 1001))], "test_accuracy", points=50)
    assert np.isnan(alone.low).all()
    assert len(alone.epochs) == 50
    assert (alone.epochs[0], alone.epochs[-1], alone.mean[-1]) == (0, 1000, 1.0)


def test_recipes_that_differ_are_told_apart_and_equal_ones_are_not():
    sure = contrast_of_recipes(recipe(COMPARISON.ours, 0.97, 0.98, 0.97), recipe(COMPARISON.peer, 0.64, 0.66, 0.65))
    assert sure.p_value < 1e-4
    assert sure.interval.low > 0.3
    close = contrast_of_recipes(recipe(COMPARISON.ours, 0.97, 0.98, 0.96), recipe(COMPARISON.peer, 0.97, 0.98, 0.97))
    assert close.p_value > 0.5


def test_too_few_seeds_tell_nothing():
    assert contrast_of_recipes(recipe(COMPARISON.ours, 0.97), recipe(COMPARISON.peer, 0.9, 0.8)) is None
    assert contrast_of_recipes(recipe(COMPARISON.ours, 0.97, math.nan), recipe(COMPARISON.peer, 0.9, 0.8)) is None
    nothing = recipe_result([job(1)], {})
    assert (nothing.judged, nothing.made) == (None, ())
    assert math.isnan(nothing.epochs)


def test_seeds_train_as_the_settings_say_but_for_the_seed():
    jobs = seed_jobs(COMPARISON, (4, 5))
    assert [each.config.random_state for each in jobs] == [4, 4, 5, 5]
    assert [type(each.config) for each in jobs] == [OurConfig, PeerConfig] * 2
    assert {replace(each.config, random_state=1) for each in jobs} == {COMPARISON.ours, COMPARISON.peer}


def test_5x2cv_trains_both_recipes_on_every_half():
    data = digits()
    pairs = halves(DataConfig())
    first, second = (
        split(data, test_size=half.test_size, random_state=half.random_state, swapped=half.swapped) for half in pairs[0]
    )
    np.testing.assert_array_equal(first.X_train, second.X_test)
    assert len({half for pair in pairs for half in pair}) == 10
    jobs = split_jobs(COMPARISON)
    assert len(set(jobs)) == 20


def test_5x2cv_is_made_of_the_trainings_accuracies():
    quick = Comparison(OurConfig(batch_size=50, max_iter=1), PeerConfig(max_iter=1))
    data = digits()

    def split_of(wanted: DataConfig):
        return split(data, test_size=wanted.test_size, random_state=wanted.random_state, swapped=wanted.swapped)

    made = finished(campaign(split_jobs(quick), split_of, Memory(10**8)))
    found = split_result(quick, made.results)
    pairs = halves(quick.data)
    assert found.ours[3][1] == made.results[Job(quick.ours, pairs[3][1])].last.test_accuracy
    assert found.contrast.gap == pytest.approx(np.mean(np.subtract(found.ours, found.peer)))
    broken = dict(made.results)
    broken[Job(quick.ours, pairs[0][0])] = ended(Job(quick.ours, pairs[0][0]), math.nan)
    assert split_result(quick, broken).contrast is None
