"""The normal distribution is that of the standard library, in every digit that double precision has."""

import math

import numpy as np
import pytest

from mlp.special import normal
from mlp.special.normal import erfc, normal_density, normal_share

X = np.concatenate(
    [np.linspace(-10.0, 10.0, 20_001), [0.46875, np.nextafter(0.46875, 1.0), 4.0, np.nextafter(4.0, 5.0)]]
)


def error_in_erf() -> float:
    """Return the largest error of 1 - erfc(x) as erf(x)."""
    return np.abs((1.0 - erfc(X)) - [math.erf(x) for x in X]).max()


def test_the_error_function_is_that_of_the_standard_library() -> None:
    assert error_in_erf() < 5e-16


def test_its_complement_keeps_its_digits_to_the_last_number_that_is_normal() -> None:
    x = np.concatenate([X, np.linspace(10.0, 26.5, 1001)])
    np.testing.assert_allclose(erfc(x), [math.erfc(each) for each in x], rtol=1e-15, atol=0)


def test_the_share_and_the_density_are_those_of_the_distribution() -> None:
    z = np.linspace(-8.0, 8.0, 1001)
    np.testing.assert_allclose(normal_share(z), [math.erfc(-each / math.sqrt(2)) / 2 for each in z], rtol=2e-14)
    np.testing.assert_allclose(normal_density(z), np.exp(-z * z / 2) / math.sqrt(2 * math.pi), rtol=1e-15)


def test_far_out_it_is_zero_or_one_and_nan_stays_nan() -> None:
    z = np.array([-np.inf, -1e300, 1e300, np.inf, np.nan])
    np.testing.assert_array_equal(normal_share(z), [0.0, 0.0, 1.0, 1.0, np.nan])
    np.testing.assert_array_equal(normal_density(z), [0.0, 0.0, 0.0, 0.0, np.nan])


@pytest.mark.parametrize("shape", [(), (0,), (2, 3)])
def test_the_shape_stays(shape: tuple[int, ...]) -> None:
    assert normal_share(np.zeros(shape)).shape == shape


@pytest.mark.parametrize("name", ["NEAR", "MIDDLE", "FAR"])
def test_one_coefficient_that_is_off_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    above, below = getattr(normal, name)
    monkeypatch.setattr(normal, name, ((*above[:-1], above[-1] * (1.0 + 1e-9)), below))
    x = np.linspace(0.0, 10.0, 1001)
    assert np.abs(erfc(x) / np.array([math.erfc(each) for each in x]) - 1.0).max() > 1e-12
