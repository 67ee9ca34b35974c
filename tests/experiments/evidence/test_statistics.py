"""Intervals and test against cases worked out by hand; each must be able to say a difference and none."""

import numpy as np
import pytest
from scipy.stats import binomtest

from mlp.experiments.evidence.statistics import Pairs, bootstrap_difference, mcnemar, pair_counts, wilson_interval

Z2 = 1.959963984540054**2


def test_wilsons_interval_is_the_one_worked_out_by_hand():
    # 8 of 10: (0.8 + z²/20 ± z √(0.016 + z²/400)) / (1 + z²/10)
    assert wilson_interval(8, 10) == pytest.approx((0.490162471536642, 0.943317848545625), abs=1e-14)


@pytest.mark.parametrize("n", [1, 10, 360])
def test_wilsons_interval_stays_inside_where_none_or_all_are_right(n):
    assert wilson_interval(0, n) == (0.0, pytest.approx(Z2 / (n + Z2), rel=1e-12))
    assert wilson_interval(n, n) == (pytest.approx(n / (n + Z2), rel=1e-12), 1.0)


@pytest.mark.parametrize(("right", "n", "confidence"), [(3, 7, 0.9), (350, 360, 0.95), (1, 1797, 0.99)])
def test_wilsons_interval_equals_scipys(right, n, confidence):
    expected = binomtest(right, n).proportion_ci(confidence, method="wilson")
    assert wilson_interval(right, n, confidence=confidence) == pytest.approx((expected.low, expected.high), rel=1e-12)


@pytest.mark.parametrize(
    ("only_ours", "only_peer", "p_value"),
    [
        (1, 8, 2 * (1 + 9) / 2**9),
        (8, 1, 2 * (1 + 9) / 2**9),
        (0, 5, 2 / 2**5),
        (0, 6, 2 / 2**6),
        (4, 4, 1.0),
        (0, 0, 1.0),
        (1, 0, 1.0),
    ],
)
def test_mcnemars_p_is_the_coins(only_ours, only_peer, p_value):
    assert mcnemar(only_ours, only_peer) == pytest.approx(p_value, rel=1e-12)


def test_images_are_counted_by_who_is_right():
    ours, peer = np.array([1, 1, 1, 0, 0, 1], bool), np.array([1, 0, 0, 1, 0, 1], bool)
    assert pair_counts(ours, peer) == Pairs(both=2, only_ours=2, only_peer=1, neither=1)


def test_the_bootstrap_is_reproducible_and_turns_with_the_models():
    pairs = Pairs(330, 12, 8, 10)
    low, high = bootstrap_difference(pairs)
    assert bootstrap_difference(pairs) == (low, high)
    assert bootstrap_difference(pairs, random_state=1) == pytest.approx((low, high), abs=0.004)
    assert bootstrap_difference(Pairs(330, 8, 12, 10)) == pytest.approx((-high, -low), abs=0.004)
    assert low < (12 - 8) / 360 < high


def test_the_bootstrap_is_that_of_drawing_images():
    # The long way: every resample draws the images one by one, and with each the answers of both models
    pairs, rng = Pairs(50, 14, 6, 10), np.random.default_rng(3)
    gains = np.repeat([0, 1, -1, 0], pairs)
    means = gains[rng.integers(80, size=(4000, 80))].mean(axis=1)
    assert bootstrap_difference(pairs) == pytest.approx(tuple(np.quantile(means, [0.025, 0.975])), abs=0.013)


def test_the_bootstrap_can_say_a_difference_and_none():
    assert bootstrap_difference(Pairs(300, 40, 10, 10)).low > 0
    assert bootstrap_difference(Pairs(300, 10, 40, 10)).high < 0
    low, high = bootstrap_difference(Pairs(330, 12, 8, 10))
    assert low < 0 < high
    assert bootstrap_difference(Pairs(350, 0, 0, 10)) == (0.0, 0.0)


def test_the_bootstrap_covers_the_truth_about_as_often_as_it_says():
    rng, shares = np.random.default_rng(0), (0.8, 0.08, 0.04, 0.08)
    intervals = [
        bootstrap_difference(Pairs(*row.tolist()), resamples=1000) for row in rng.multinomial(360, shares, 300)
    ]
    covered = np.mean([low <= 0.04 <= high for low, high in intervals])
    assert 0.91 <= covered <= 0.98


def test_mcnemar_seldom_sees_a_difference_where_none_is():
    rng = np.random.default_rng(1)
    found = np.mean([mcnemar(k, 20 - k) < 0.05 for k in rng.binomial(20, 0.5, 400).tolist()])
    assert found <= 0.05


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: wilson_interval(1, 0), "images needs a whole number from 1; got 0"),
        (lambda: wilson_interval(4, 3), "right needs a whole number from 0 to 3; got 4"),
        (lambda: wilson_interval(-1, 3), "right needs a whole number from 0 to 3; got -1"),
        (lambda: wilson_interval(0.5, 3), "right needs a whole number from 0 to 3; got 0.5"),
        (lambda: wilson_interval(1, 3, confidence=95), "confidence needs a number above 0 and below 1; got 95"),
        (lambda: mcnemar(-1, 2), "only_ours needs a whole number from 0; got -1"),
        (lambda: mcnemar(1, 2.5), "only_peer needs a whole number from 0; got 2.5"),
        (lambda: bootstrap_difference(Pairs(0, 0, 0, 0)), "pairs needs counts from 0, at least one image"),
        (lambda: bootstrap_difference(Pairs(5, -1, 0, 0)), "pairs needs counts from 0, at least one image"),
        (lambda: bootstrap_difference(Pairs(5, 1, 0, 0), resamples=0), "resamples needs a whole number from 1"),
        (lambda: bootstrap_difference(Pairs(5, 1, 0, 0), confidence=1), "confidence needs a number above 0 and below"),
        (lambda: pair_counts(np.ones(3, bool), np.ones(4, bool)), "got bool (3,) and bool (4,)"),
        (lambda: pair_counts(np.ones(0, bool), np.ones(0, bool)), "at least one; got bool (0,)"),
        (lambda: pair_counts(np.ones(3), np.ones(3)), "arrays (n,) of truth values"),
    ],
)
def test_bad_input_is_refused_with_what_is_needed(call, said):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the sentence is compared below
        call()
    assert said in str(refusal.value)
