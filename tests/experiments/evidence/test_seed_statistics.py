"""Means over seeds and the tests of two recipes, against cases worked out by hand and against SciPy."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind, ttest_rel

from mlp.experiments.evidence.seed_statistics import (
    UNKNOWN,
    five_by_two_test,
    holm,
    paired_p_values,
    paired_test,
    possible,
    summary,
    welch_test,
)

# Student's quantile for 95% with two degrees of freedom
T2 = 0.95 * math.sqrt(2 / (4 * 0.975 * 0.025))


def test_a_mean_has_students_interval():
    n, mean, sd, (low, high) = summary([0.96, 0.97, 0.98])
    assert (n, mean, sd) == (3, pytest.approx(0.97), pytest.approx(0.01))
    assert (low, high) == pytest.approx((0.97 - T2 * 0.01 / math.sqrt(3), 0.97 + T2 * 0.01 / math.sqrt(3)), rel=1e-12)


def test_of_one_value_no_spread_is_known():
    n, mean, sd, interval = summary([0.97])
    assert (n, mean, interval) == (1, 0.97, (-math.inf, math.inf))
    assert math.isnan(sd)
    assert paired_test([0.9], [0.5]).p_value == 1.0
    assert welch_test([0.9], [0.5, 0.6]).p_value == 1.0


def test_pairs_say_a_difference_that_the_seeds_hide():
    # Seeds differ by a tenth, the change by a hundredth each time
    before = np.array([0.7, 0.8, 0.9])
    after = before + np.array([0.010, 0.011, 0.012])
    paired, apart = paired_test(after, before), welch_test(after, before)
    assert paired.gap == pytest.approx(0.011)
    # t is 0.011 / (0.001 / √3), t² = 363, and with two degrees of freedom p = 1 - t / √(t² + 2)
    assert paired.p_value == pytest.approx(1 - math.sqrt(363 / 365), rel=1e-9)
    assert paired.interval.low > 0
    assert apart.p_value > 0.8
    assert paired.p_value == pytest.approx(ttest_rel(after, before).pvalue, rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_welchs_test_is_scipys(seed):
    rng = np.random.default_rng(seed)
    one, other = rng.normal(0.97, 0.01, 5), rng.normal(0.96, 0.03, 8)
    expected = ttest_ind(one, other, equal_var=False)
    found = welch_test(one, other)
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-9)
    assert found.interval == pytest.approx(tuple(expected.confidence_interval(0.95)), rel=1e-9)


def test_equal_differences_are_no_certainty():
    # Two seeds, one image of 360 more on each: half of all pairs of coins fall to the same side
    assert paired_test([351 / 360, 348 / 360], [350 / 360, 347 / 360]).p_value == 0.5
    assert paired_test(np.full(6, 0.6), np.full(6, 0.5)).p_value == 2 / 2**6
    assert paired_test([0.5, 0.6], [0.5, 0.6]).p_value == 1.0


def test_recipes_that_never_vary_are_judged_by_how_many_seeds_they_have():
    assert welch_test([0.5, 0.5], [0.5, 0.5]).p_value == 1.0
    # Two values here and two there can be dealt out in 6 ways, 2 of which are as uneven
    assert welch_test([0.6, 0.6], [0.5, 0.5]).p_value == pytest.approx(2 / 6)
    assert welch_test([0.1] * 3, [0.3] * 3).p_value == pytest.approx(2 / 20)
    assert welch_test([0.6] * 5, [0.5] * 5).p_value < 0.01
    assert welch_test([0.6] * 4, [0.5] * 3).p_value == pytest.approx(1 / 35)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_a_change_that_does_nothing_seldom_gets_a_star_on_a_small_test_set(n):
    # Accuracies on 36 examples: with two seeds the same gap comes up in one case of ten
    rng = np.random.default_rng(0)
    one, other = np.round(rng.normal(0.9, 0.02, (2, 500, n)) * 36) / 36
    found = [paired_test(*pair).p_value < 0.05 for pair in zip(one, other, strict=True)]
    assert np.mean(found) < 0.09


def test_the_5x2cv_test_is_the_one_worked_out_by_hand():
    # Rows 0.02 and 0: squares 5 * 0.0004, variances 5 * 0.0002, so F is 1
    even = five_by_two_test([[0.02, 0.0]] * 5)
    assert even.gap == pytest.approx(0.01)
    assert even.p_value == pytest.approx(0.535, abs=1e-3)
    # Rows 0.10 and 0.11: squares 5 * 0.0221, variances 5 * 0.00005, so F is 221
    sure = five_by_two_test([[0.10, 0.11]] * 5)
    assert sure.p_value == pytest.approx(5.4e-6, rel=0.2)
    assert five_by_two_test([[-0.10, -0.11]] * 5).p_value == pytest.approx(sure.p_value)


def test_5x2cv_without_any_spread_is_never_certain():
    assert five_by_two_test(np.zeros((5, 2))) == (0.0, UNKNOWN, 1.0)
    # Five coins that all fall to the same side
    assert five_by_two_test(np.full((5, 2), 0.125)) == (0.125, UNKNOWN, 2 / 2**5)


@pytest.mark.parametrize("values", [[0.9, 0.9], [0.1 + 0.2, 0.3, 0.3], [0.0, 0.0, 0.0], [1e6, 1e6]])
def test_equal_values_have_no_interval(values):
    found = summary(values)
    assert (found.sd, found.interval) == (0.0, UNKNOWN)
    assert paired_test(values, [value - 0.1 for value in values]).interval == UNKNOWN
    assert welch_test(values, values).interval == UNKNOWN


def test_one_side_that_does_not_vary_leaves_welch_the_others_spread():
    found = welch_test([0.9, 0.9, 0.9], [0.5, 0.6, 0.55])
    # All of the variance is the other's, and so are its two degrees of freedom
    half = T2 * 0.05 / math.sqrt(3)
    assert found.interval == pytest.approx((0.35 - half, 0.35 + half))
    assert found.p_value < 0.01


def test_holms_correction_is_the_one_worked_out_by_hand():
    # 4 * 0.01, then 3 * 0.02, then 2 * 0.03 = 0.06, and 0.04 may not fall below that
    assert holm([0.02, 0.01, 0.04, 0.03]) == pytest.approx((0.06, 0.04, 0.06, 0.06))
    assert holm([0.5, 0.6]) == (1.0, 1.0)
    assert holm([0.03]) == (0.03,)
    assert holm([]) == ()


def test_holm_is_wrong_about_any_of_many_as_seldom_as_one_test_may_be():
    rng = np.random.default_rng(0)
    wrong = [min(holm(rng.uniform(size=9))) < 0.05 for _ in range(1000)]
    assert 0.03 < np.mean(wrong) < 0.07


def test_5x2cv_rarely_finds_a_difference_where_there_is_none():
    # Two recipes of one accuracy: at the 5% level the test is allowed to be wrong in about 5% of cases
    rng = np.random.default_rng(0)
    found = [five_by_two_test(rng.normal(0.0, 0.01, (5, 2))).p_value < 0.05 for _ in range(400)]
    assert np.mean(found) < 0.09


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: summary([]), "values needs finite numbers, at least one"),
        (lambda: summary([0.9, math.nan]), "values needs finite numbers"),
        (lambda: paired_test([0.9], [0.8, 0.7]), r"as many values on either side; got \(1, 2\)"),
        (lambda: five_by_two_test([[0.1, 0.2]]), r"five rows of two differences; got \(1, 2\)"),
        (lambda: holm([0.5, 1.5]), r"p_values needs numbers from 0 to 1; got \[0.5, 1.5\]"),
        (lambda: holm([math.nan]), "p_values needs numbers from 0 to 1"),
        (lambda: five_by_two_test([[math.inf, 0.2]] * 5), "differences needs finite numbers"),
    ],
)
def test_bad_samples_are_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_the_interval_of_a_mean_accuracy_ends_where_accuracies_do():
    wide = summary([0.4, 0.9]).interval
    assert wide.low < 0 < 1 < wide.high
    assert possible(wide) == (0.0, 1.0)
    narrow = summary([0.4, 0.41, 0.42]).interval
    assert possible(narrow) == narrow


def test_many_paired_tests_at_once_are_the_single_ones():
    one, rng = (0.95, 0.96, 0.94), np.random.default_rng(0)
    others = [*rng.normal(0.95, 0.01, (6, 3)).tolist(), list(one), [0.94, 0.95, 0.93], [0.5, 0.51, 0.49]]
    assert paired_p_values(one, others) == pytest.approx([paired_test(one, each).p_value for each in others], rel=1e-9)
    assert paired_p_values((0.9,), [(0.1,), (0.9,)]) == (1.0, 1.0)
