"""Intervals and test against cases worked out by hand; each must be able to say a difference and none."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from scipy.stats import binomtest

from mlp.experiments.evidence.statistics import (
    Interval,
    Pairs,
    mcnemar,
    pair_counts,
    paired_difference_interval,
    wilson_interval,
)

Z2 = 1.959963984540054**2


def test_wilsons_interval_is_the_one_worked_out_by_hand():
    # 8 of 10: (0.8 + z²/20 ± z √(0.016 + z²/400)) / (1 + z²/10)
    assert wilson_interval(8, 10) == pytest.approx((0.490162471536642, 0.943317848545625), abs=1e-14)


@pytest.mark.parametrize("n", [1, 10, 360])
def test_wilsons_interval_stays_inside_where_none_or_all_are_right(n):
    assert wilson_interval(0, n) == (0.0, pytest.approx(Z2 / (n + Z2), rel=1e-12))
    assert wilson_interval(n, n) == (pytest.approx(n / (n + Z2), rel=1e-12), 1.0)


@pytest.mark.parametrize(("right", "n", "confidence"), [(3, 7, 0.9), (350, 360, 0.95), (1, 1797, 0.99)])
def test_at_its_ends_wilsons_score_is_the_quantile(right, n, confidence):
    for share in wilson_interval(right, n, confidence=confidence):
        score = (right / n - share) / math.sqrt(share * (1 - share) / n)
        assert abs(score) == pytest.approx(NormalDist().inv_cdf((1 + confidence) / 2), rel=1e-9)


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


# The published ones: Fagerland, Lydersen and Laake, Statistics in Medicine 33 (2014), their two examples; and what R's
# PropCIs prints for 28 against 25 of 618
@pytest.mark.parametrize(
    ("counts", "confidence", "ends", "decimals"),
    [
        ((3, 2, 360), 0.95, (-0.013, 0.019), 3),
        ((0, 0, 360), 0.95, (-0.011, 0.011), 3),
        ((0, 0, 30), 0.95, (-0.114, 0.114), 3),
        ((1, 0, 30), 0.95, (-0.084, 0.167), 3),
        ((1, 7, 21), 0.95, (-0.517, -0.026), 3),
        ((6, 16, 161), 0.95, (-0.1240, -0.0054), 4),
        ((28, 25, 618), 0.9, (-0.0148, 0.0247), 4),
    ],
)
def test_tangos_interval_is_the_published_one(counts, confidence, ends, decimals):
    found = paired_difference_interval(*counts, confidence=confidence)
    assert found == pytest.approx(ends, abs=0.5001 * 10.0**-decimals)


def likely(difference: float, first: int, second: int, n: int) -> float:
    """Return the likeliest probability that only the second is right, by halving where the likelihood's slope is 0."""
    low, high = max(0.0, -difference), (1 - difference) / 2
    for _ in range(200):
        q = (low + high) / 2
        rest = 1 - 2 * q - difference
        slope = sum(
            count / p for count, p in ((first, q + difference), (second, q), (2 * (first + second - n), rest)) if count
        )
        low, high = (q, high) if slope > 0 else (low, q)
    return q


@pytest.mark.parametrize(
    "counts", [(3, 2, 360), (1, 0, 30), (5, 0, 360), (0, 40, 360), (20, 20, 360), (7, 1, 9), (9000, 8700, 100_000)]
)
def test_at_its_ends_the_score_is_the_quantile(counts):
    # The long way: the constrained probability from its own likelihood, in place of Tango's quadratic formula
    first, second, n = counts
    for difference in paired_difference_interval(*counts):
        q = likely(difference, first, second, n)
        spread = n * (2 * q + difference * (1 - difference))
        assert (first - second - n * difference) ** 2 / spread == pytest.approx(Z2, rel=1e-9)


@pytest.mark.parametrize("n", [1, 2, 3, 10, 25])
def test_tangos_interval_turns_with_the_models_and_holds_what_was_seen(n):
    for first, second in ((a, b) for a in range(n + 1) for b in range(n + 1 - a)):
        low, high = paired_difference_interval(first, second, n)
        assert -1 <= low <= (first - second) / n <= high <= 1
        assert low < high
        assert paired_difference_interval(second, first, n) == (-high, -low)


def test_where_all_fall_to_one_side_the_root_is_known():
    assert paired_difference_interval(360, 0, 360) == (pytest.approx((360 - Z2) / (360 + Z2), rel=1e-14), 1.0)
    assert paired_difference_interval(0, 0, 1) == (pytest.approx(-Z2 / (1 + Z2)), pytest.approx(Z2 / (1 + Z2)))
    low, high = paired_difference_interval(0, 2, 10**9)
    assert -1e-7 < low < high < 1e-7


def test_tangos_interval_can_say_a_difference_and_none():
    assert paired_difference_interval(40, 10, 360).low > 0
    assert paired_difference_interval(10, 40, 360).high < 0
    low, high = paired_difference_interval(12, 8, 360)
    assert low < 0 < high


def test_a_higher_confidence_asks_for_more_room():
    narrow, wide = (paired_difference_interval(3, 2, 360, confidence=each) for each in (0.9, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_tangos_interval_covers_the_truth_about_as_often_as_it_says():
    rng, shares = np.random.default_rng(0), (0.8, 0.08, 0.04, 0.08)
    ends = [paired_difference_interval(a, b, 360) for _, a, b, _ in rng.multinomial(360, shares, 1000).tolist()]
    covered = np.mean([low <= 0.04 <= high for low, high in ends])
    assert 0.93 <= covered <= 0.97


def test_a_test_that_finds_a_difference_has_an_interval_without_0():
    # The exact test is the more careful of the two: never the other way round
    for apart in range(1, 120):
        for first in range(apart + 1):
            if mcnemar(first, apart - first) < 0.05:
                low, high = paired_difference_interval(first, apart - first, 360)
                assert not low <= 0 <= high


def test_the_experiments_offer_the_interval_by_name():
    import mlp.experiments

    assert mlp.experiments.paired_difference_interval is paired_difference_interval
    assert mlp.experiments.Interval is Interval
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        mlp.experiments.nonsense  # noqa: B018 - the look is the test


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
        (lambda: paired_difference_interval(0, 0, 0), "n needs a whole number from 1; got 0"),
        (lambda: paired_difference_interval(1, 0, 2.0), "n needs a whole number from 1; got 2.0"),
        (lambda: paired_difference_interval(-1, 0, 5), "only_first needs a whole number from 0; got -1"),
        (lambda: paired_difference_interval(0, 1.5, 5), "only_second needs a whole number from 0; got 1.5"),
        (lambda: paired_difference_interval(True, 0, 5), "only_first needs a whole number from 0; got True"),
        (lambda: paired_difference_interval("1", 0, 5), "only_first needs a whole number from 0; got '1'"),
        (
            lambda: paired_difference_interval(3, 3, 5),
            "only_first + only_second needs at most the 5 examples there are",
        ),
        (lambda: paired_difference_interval(1, 0, 5, confidence=1.0), "confidence needs a number above 0 and below 1"),
        (lambda: paired_difference_interval(1, 0, 5, confidence="0.9"), "confidence needs a number above 0 and below"),
        (lambda: pair_counts(np.ones(3, bool), np.ones(4, bool)), "got bool (3,) and bool (4,)"),
        (lambda: pair_counts(np.ones(0, bool), np.ones(0, bool)), "at least one; got bool (0,)"),
        (lambda: pair_counts(np.ones(3), np.ones(3)), "arrays (n,) of truth values"),
    ],
)
def test_bad_input_is_refused_with_what_is_needed(call, said):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the sentence is compared below
        call()
    assert said in str(refusal.value)


@pytest.mark.parametrize(("right", "n"), [(0, 5), (5, 5), (1, 2), (350, 360), (19_000, 20_000)])
def test_the_interval_of_a_share_is_scipys(right: int, n: int) -> None:
    found = binomtest(right, n).proportion_ci(0.9, method="wilson")
    np.testing.assert_allclose(wilson_interval(right, n, confidence=0.9), (found.low, found.high), rtol=1e-12)


@pytest.mark.parametrize(("ours", "peer"), [(0, 0), (1, 0), (3, 3), (2, 9), (40, 12), (2000, 2100)])
def test_mcnemars_p_is_that_of_fair_coins(ours: int, peer: int) -> None:
    expected = binomtest(ours, ours + peer, 0.5).pvalue if ours + peer else 1.0
    assert mcnemar(ours, peer) == pytest.approx(expected, rel=1e-10)
