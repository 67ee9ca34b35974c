"""Both ways through the softmax lead to p - y; without the shift large z lead nowhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlp.exercises.explained.softmax import softmax_two_ways


@settings(deadline=None)  # a busy machine is no fault
@given(arrays(float, 4, elements=st.floats(-20, 20)), arrays(float, 4, elements=st.floats(0, 1)))
def test_the_jacobian_times_dL_dp_is_the_delta(z: np.ndarray, y: np.ndarray) -> None:
    ways = softmax_two_ways(z, y)
    np.testing.assert_allclose(ways.by_jacobian, ways.directly, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ways.products.sum(axis=1), ways.by_jacobian, rtol=0, atol=1e-12)
    np.testing.assert_allclose(ways.naive, ways.p, rtol=1e-12)


def test_the_jacobian_is_the_slope_of_the_softmax() -> None:
    z, y, step = np.array([0.3, -1.0, 2.0]), np.array([0.0, 1.0, 0.0]), 1e-6
    slopes = np.column_stack(
        [(softmax_two_ways(z + d, y).p - softmax_two_ways(z - d, y).p) / (2 * step) for d in step * np.eye(3)]
    )
    np.testing.assert_allclose(softmax_two_ways(z, y).jacobian, slopes, rtol=0, atol=1e-9)


def test_the_sheets_output_gives_p_minus_y() -> None:
    ways = softmax_two_ways(np.full(3, 0.16396), np.array([0.0, 1.0, 0.0]))
    np.testing.assert_allclose(ways.output_gradient, [0, -3, 0], atol=1e-14)
    np.testing.assert_allclose(ways.by_jacobian, [1 / 3, -2 / 3, 1 / 3], atol=1e-14)


def test_large_z_overflow_without_the_shift_and_only_without() -> None:
    ways = softmax_two_ways(np.array([1000.0, 999.0, 0.0]), np.array([0.0, 1.0, 0.0]))
    assert ways.exponentials[0] == np.inf
    assert np.isnan(ways.naive[:2]).all()
    assert ways.shift == 1000.0
    np.testing.assert_allclose(ways.p, [1 / (1 + np.exp(-1)), np.exp(-1) / (1 + np.exp(-1)), 0.0])
    assert ways.shifted.max() == 1.0
    np.testing.assert_allclose(ways.by_jacobian, ways.directly, atol=1e-15)


def test_only_the_direct_way_survives_an_output_of_zero() -> None:
    ways = softmax_two_ways(np.array([1000.0, 0.0]), np.array([0.0, 1.0]))
    assert np.isnan(ways.by_jacobian).any()
    np.testing.assert_array_equal(ways.directly, [1.0, -1.0])


@pytest.mark.parametrize(("z", "y"), [([1.0, 2.0], [1.0]), ([[1.0]], [[1.0]]), ([], [])])
def test_other_shapes_are_refused(z: list, y: list) -> None:
    with pytest.raises(ValueError, match="softmax_two_ways needs z and y of one shape"):
        softmax_two_ways(z, y)
