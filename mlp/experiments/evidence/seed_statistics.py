"""Means over seeds, whether two recipes differ in theirs, and the 5x2cv test over other splits."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from mlp.arrays import Array
from mlp.experiments.evidence.statistics import CONFIDENCE, Interval
from mlp.train_config import require


def stats() -> Any:
    """Return SciPy's statistics: imported when they are asked for, which takes a second."""
    from scipy import stats

    return stats


UNKNOWN = Interval(-math.inf, math.inf)
# Five times two halves: the F statistic's degrees of freedom (Alpaydin, 1999)
REPEATS, FREEDOM = 5, (10, 5)
# A standard deviation below this share of its mean is rounding: accuracies are whole numbers of examples
ROUNDING = 1e-12


class Summary(NamedTuple):
    """A sample: how many values, their mean, their standard deviation and the interval of the mean.

    With one value nothing is known of the spread: `sd` is nan and the interval endless. The interval of values that are
    all equal is endless too: that they agree to the last digit does not say that others would.
    """

    n: int
    mean: float
    sd: float
    interval: Interval


class Contrast(NamedTuple):
    """Whether two recipes differ: the mean difference, its interval and the p-value.

    `interval` is None where the test has none, and endless where nothing is known of the spread.
    """

    gap: float
    interval: Interval | None
    p_value: float


def summary(values: Sequence[float] | Array, *, confidence: float = CONFIDENCE) -> Summary:
    """Return the mean of values, their standard deviation, and Student's interval of the mean.

    Equal values have no spread to be judged by, as a single one has none: their interval is endless too.

    Raises
    ------
    ValueError
        If there is no value, or one is not finite.
    """
    sample = finite("values", values)
    n, mean = len(sample), float(sample.mean())
    if n == 1:
        return Summary(1, mean, math.nan, UNKNOWN)
    sd = float(sample.std(ddof=1))
    if not varies(sd, mean):
        return Summary(n, mean, 0.0, UNKNOWN)
    return Summary(n, mean, sd, student(mean, sd / math.sqrt(n), n - 1, confidence))


def possible(interval: Interval) -> Interval:
    """Return the part of an interval of a mean accuracy that lies between 0 and 1, where every accuracy is."""
    return Interval(max(interval.low, 0.0), min(interval.high, 1.0))


def paired_test(one: Sequence[float], other: Sequence[float], *, confidence: float = CONFIDENCE) -> Contrast:
    """Return Student's test of the differences of pairs: what one change did, seed by seed.

    Where all differences are equal, as those of few seeds on a small test set often are, they have no spread to be
    judged by. Then p is that of the sign test: how often n coins all fall to the same side.

    Raises
    ------
    ValueError
        If they are not pairs, at least one, of finite values.
    """
    a, b = finite("one", one), finite("other", other)
    require(len(a) == len(b), "paired_test", "as many values on either side", (len(a), len(b)))
    n, mean, sd, interval = summary(a - b, confidence=confidence)
    if not sd > 0:
        return Contrast(mean, UNKNOWN, without_spread(mean, 0.5 ** (n - 1)))
    return Contrast(mean, interval, float(stats().ttest_rel(a, b).pvalue))


def paired_p_values(one: Sequence[float], others: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the p-value of `paired_test` of a sample against each of many, all at once.

    Parameters
    ----------
    one : sequence of n floats
    others : sequence of m sequences of n floats
    """
    gaps = np.asarray(one, dtype=float) - np.asarray(others, dtype=float)
    n, mean = gaps.shape[1], gaps.mean(axis=1)
    if n == 1:
        return (1.0,) * len(gaps)
    sd = gaps.std(axis=1, ddof=1)
    spread = varies(sd, mean)
    t = np.abs(mean) / np.where(spread, sd, 1.0) * math.sqrt(n)
    p = 2 * stats().t.sf(t, n - 1)
    even = [without_spread(gap, 0.5 ** (n - 1)) for gap in mean.tolist()]
    return tuple(np.where(spread, p, even).tolist())


def welch_test(one: Sequence[float], other: Sequence[float], *, confidence: float = CONFIDENCE) -> Contrast:
    """Return Welch's test of two means whose spreads may differ: two recipes, each over its own seeds.

    Where neither side varies, p is that of the permutation test: in how many ways of dealing out the values anew the
    sides would be as far apart.

    Raises
    ------
    ValueError
        If a side has no value, or one is not finite. With a single value on a side nothing can be told: p is 1.
    """
    a, b = summary(one), summary(other)
    gap = a.mean - b.mean
    if min(a.n, b.n) == 1:
        return Contrast(gap, UNKNOWN, 1.0)
    if a.sd == b.sd == 0:
        return Contrast(gap, UNKNOWN, without_spread(gap, (2 if a.n == b.n else 1) / math.comb(a.n + b.n, a.n)))
    found = stats().ttest_ind_from_stats(a.mean, a.sd, a.n, b.mean, b.sd, b.n, equal_var=False)
    squares = a.sd**2 / a.n, b.sd**2 / b.n
    freedom = sum(squares) ** 2 / (squares[0] ** 2 / (a.n - 1) + squares[1] ** 2 / (b.n - 1))
    return Contrast(gap, student(gap, math.sqrt(sum(squares)), freedom, confidence), float(found.pvalue))


def five_by_two_test(differences: Sequence[Sequence[float]] | Array) -> Contrast:
    """Return the combined 5x2cv F test of differences in accuracy, a row for each split and a column for each half.

    The ten differences share training sets, so that an ordinary t test would find too much. F is the sum of their
    squares over twice the sum of the rows' variances, with 10 and 5 degrees of freedom (Alpaydin, Neural Computation
    11, 1999, after Dietterich's 5x2cv test). Where no split has a variance to divide by, p is that of five coins, and
    the interval is endless as it is of any values without spread.

    Raises
    ------
    ValueError
        If they are not five rows of two finite numbers.
    """
    table = np.asarray(differences, dtype=float)
    require(table.shape == (REPEATS, 2), "five_by_two_test", "five rows of two differences", table.shape)
    finite("differences", table.ravel())
    variances = ((table - table.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    squares, spread, gap = float((table**2).sum()), 2 * float(variances.sum()), float(table.mean())
    if spread <= ROUNDING**2:
        return Contrast(gap, UNKNOWN, without_spread(gap, 2 * 0.5**REPEATS))
    return Contrast(gap, None, float(stats().f.sf(squares / spread, *FREEDOM)))


def one_more(value: float, others: Sequence[float]) -> tuple[float, float]:
    """Return how far a value is from others of its kind, and how often one more of them would be as far.

    The first is in standard deviations of the others. The second is Student's two-sided p-value of a new value, whose
    own spread comes on top of that of the mean: with t = z / sqrt(1 + 1/n) and n - 1 degrees of freedom. Both are nan
    where the others have no spread.
    """
    n, mean, sd, _ = summary(others)
    if not sd > 0:
        return math.nan, math.nan
    z = (value - mean) / sd
    return z, float(2 * stats().t.sf(abs(z) / math.sqrt(1 + 1 / n), n - 1))


def finite(name: str, values: Sequence[float] | Array) -> Array:
    """Return values as an array; a ValueError if there is none or one is not finite."""
    sample = np.asarray(values, dtype=float)
    require(sample.ndim == 1 and sample.size > 0 and bool(np.isfinite(sample).all()), name,
            "finite numbers, at least one", values)  # fmt: skip
    return sample


def student(centre: float, error: float, freedom: float, confidence: float) -> Interval:
    """Return Student's interval around a mean with this standard error."""
    return Interval(*map(float, stats().t.interval(confidence, freedom, centre, error)))


def student_half_width(sd: Array, mean: Array, n: int, *, confidence: float = CONFIDENCE) -> Array:
    """Return half the width of Student's intervals of means of n values each; nan where the values are all equal."""
    spread = np.where(varies(sd, mean), sd, math.nan)
    return stats().t.ppf((1 + confidence) / 2, n - 1) * spread / math.sqrt(n)


def varies(sd: Array | float, mean: Array | float) -> Array:
    """Return whether a standard deviation is more than the rounding of values around this mean."""
    return sd > ROUNDING * np.maximum(1.0, np.abs(mean))


def without_spread(gap: float, p_value: float) -> float:
    """Return the p-value of a gap between values that do not vary: 1 for none, and that of counting for any other."""
    return p_value if abs(gap) > ROUNDING else 1.0


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values corrected for their number, so that all tests together are wrong no more often than one may be.

    The smallest is multiplied by how many there are, the next by one less, and none may fall below the one before it
    (Holm, Scandinavian Journal of Statistics 6, 1979).

    Raises
    ------
    ValueError
        If one is not a number from 0 to 1.
    """
    p = np.asarray(p_values, dtype=float)
    require(bool(((p >= 0) & (p <= 1)).all()), "p_values", "numbers from 0 to 1", p_values)
    order = np.argsort(p, kind="stable")
    corrected = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
    return tuple(corrected[np.argsort(order, kind="stable")].tolist())
