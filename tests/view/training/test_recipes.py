"""What is said of two recipes: a difference, none, and that too little is known; with the numbers it rests on."""

import math

import numpy as np
import pytest

from mlp.experiments.config import DataConfig, OurConfig
from mlp.experiments.evidence.recipes import SplitResult, recipe_result
from mlp.experiments.evidence.seed_statistics import five_by_two_test
from mlp.experiments.training.points import Point
from mlp.experiments.training.results import Job, Trained
from mlp.view.training.recipes import recipe_rows, seeds_verdict, split_table, splits_verdict


def recipe(*accuracies: float):
    """Return what seeds came to that ended on these test accuracies."""
    jobs = [Job(OurConfig(random_state=seed), DataConfig()) for seed in range(len(accuracies))]
    made = {job: Trained(job, np.array([Point(3, 0.1, 1.0, 0.2, value, 30, 0.5)]), None,
                         "max_iter" if math.isfinite(value) else "diverged")
            for job, value in zip(jobs, accuracies, strict=True)}  # fmt: skip
    return recipe_result(jobs, made)


@pytest.mark.parametrize(
    ("ours", "peer", "words"),
    [
        ((0.97, 0.98, 0.97), (0.64, 0.66, 0.65), "Ours is the better recipe on this split, over 3 seeds: "),
        ((0.64, 0.66, 0.65), (0.97, 0.98, 0.97), "scikit-learn is the better recipe"),
        (
            (0.97, 0.98, 0.96),
            (0.97, 0.98, 0.97),
            "With 3 seeds these recipes can't be told apart, which does not say that they are alike: ",
        ),
        ((0.97, 0.98), (0.97, 0.98, 0.97), "With 2 and 3 seeds these recipes can't be told apart"),
        ((0.97,), (0.5, 0.6), "Two seeds of each recipe are the least"),
    ],
)
def test_seeds_tell_recipes_apart_or_not(ours, peer, words):
    assert seeds_verdict(recipe(*ours), recipe(*peer)).startswith(words)


def test_seeds_that_agree_to_the_last_digit_have_no_interval():
    told = seeds_verdict(recipe(0.6, 0.6), recipe(0.5, 0.5))
    assert "0.100 (no interval: all values are equal, so nothing is known of their spread) on average" in told
    assert told.startswith("With 2 seeds these recipes can't be told apart")
    rows = {name: both for name, *both in recipe_rows(recipe(0.6, 0.6), recipe(0.5))}
    assert rows["95% interval of the mean"] == ["– (all equal)", "–"]


def test_splits_that_all_differ_by_the_same_prove_nothing():
    ours, peer = ((0.8, 0.8),) * 5, ((0.7, 0.7),) * 5
    told = splits_verdict(SplitResult(ours, peer, five_by_two_test(np.subtract(ours, peer))))
    assert told.startswith("Over other splits these recipes can't be told apart")
    assert "all values are equal" in told


def test_a_seed_that_overflowed_is_counted_and_left_out():
    rows = {name: (ours, peer) for name, ours, peer in recipe_rows(recipe(0.9, math.nan), recipe(0.8, 0.9))}
    assert rows["Seeds"] == ("2, 1 of them overflowed", "2")
    assert rows["Test accuracy, mean"] == ("0.9000", "0.8500")
    assert rows["its standard deviation"][0] != "nan"


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        ((0.10, 0.11), "Ours is the better recipe on other splits"),
        ((0.02, 0.0), "Over other splits these recipes can't"),
    ],
)
def test_splits_tell_recipes_apart_or_not(difference, words):
    peer = ((0.8, 0.8),) * 5
    ours = tuple((0.8 + difference[0], 0.8 + difference[1]) for _ in range(5))
    result = SplitResult(ours, peer, five_by_two_test(np.subtract(ours, peer)))
    assert splits_verdict(result).startswith(words)
    assert len(split_table(result)["Split"]) == 10
    assert splits_verdict(SplitResult(ours, peer, None)).startswith("A training overflowed")
