"""Losses: delta and the output gradient are derivatives of the value, for any targets, without overflow."""

import numpy as np
import pytest

from mlp.losses import LOSSES
from tests import oracle

NAMES = sorted(LOSSES)
Z = np.array([[0.3, -1.2, 0.7], [2.0, 0.0, -0.4]])
TARGETS = {
    "one-hot": np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    "a distribution": np.array([[0.2, 0.5, 0.3], [0.9, 0.0, 0.1]]),
    "a sum of three": np.array([[1.0, 1.0, 1.0], [3.0, 0.0, 0.0]]),
    "all zero": np.zeros((2, 3)),
    "negative": np.array([[-0.5, 0.25, 2.0], [-1.0, -1.0, -1.0]]),
}


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_delta_is_the_gradient_of_the_loss(name: str, targets: str) -> None:
    loss, Y = LOSSES[name], TARGETS[targets]
    numeric = oracle.numeric_derivative(lambda z: loss.value(z, Y).sum(), Z)
    np.testing.assert_allclose(loss.delta(Z, Y), numeric, rtol=0, atol=5e-12)


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_the_output_gradient_is_the_derivative_by_the_outputs(name: str, targets: str) -> None:
    loss, Y = LOSSES[name], TARGETS[targets]
    outputs = loss.output(Z)
    numeric = oracle.numeric_derivative(lambda h: oracle.output_loss(name, h, Y), outputs, step=1e-4)
    np.testing.assert_allclose(loss.output_gradient(outputs, Y), numeric, rtol=1e-8, atol=1e-10)
    assert loss.value(Z, Y).sum() == pytest.approx(oracle.output_loss(name, outputs, Y), rel=1e-14)


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_delta_is_the_output_gradient_through_the_output_activation(name: str, targets: str) -> None:
    loss, Y = LOSSES[name], TARGETS[targets]
    outputs = loss.output(Z)
    jacobian = oracle.output_jacobian(name, Z, outputs)
    expected = np.einsum("ni,nik->nk", loss.output_gradient(outputs, Y), jacobian)
    np.testing.assert_allclose(loss.delta(Z, Y), expected, rtol=0, atol=4e-15)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [1e3, 1e8, 1e100])
def test_large_z_gives_finite_numbers_and_no_warning(name: str, size: float) -> None:
    loss = LOSSES[name]
    z, Y = np.array([[size, -size, 0.0]]), np.array([[0.0, 1.0, 0.0]])
    for quantity in (loss.output(z), loss.value(z, Y), loss.delta(z, Y)):
        assert np.isfinite(quantity).all()


def test_the_cross_entropy_of_a_hopeless_output_is_the_distance_of_the_zs() -> None:
    loss, z, Y = LOSSES["cross_entropy"], np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]])
    assert loss.value(z, Y)[0] == 2000.0
    np.testing.assert_array_equal(loss.delta(z, Y), [[1.0, -1.0]])


def test_a_probability_too_small_for_a_float_gives_an_infinite_output_gradient_and_no_warning() -> None:
    loss, z, Y = LOSSES["cross_entropy"], np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]])
    np.testing.assert_array_equal(loss.output_gradient(loss.output(z), Y), [[0.0, -np.inf]])


def test_a_constant_added_to_every_z_changes_nothing_in_the_softmax() -> None:
    loss, Y = LOSSES["cross_entropy"], TARGETS["one-hot"]
    for shift in (-300.0, 1e6):
        np.testing.assert_allclose(loss.output(Z + shift), loss.output(Z), rtol=1e-9)
        np.testing.assert_allclose(loss.value(Z + shift, Y), loss.value(Z, Y), rtol=1e-9)


def test_softmax_outputs_are_probabilities() -> None:
    z = np.random.default_rng(0).normal(0, 50, (100, 7))
    p = LOSSES["cross_entropy"].output(z)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-14)
    np.testing.assert_array_equal(p.argmax(axis=1), z.argmax(axis=1))


@pytest.mark.parametrize("name", NAMES)
def test_each_example_has_a_loss_of_its_own(name: str) -> None:
    loss, Y = LOSSES[name], TARGETS["one-hot"]
    both = loss.value(Z, Y)
    assert both.shape == (2,)
    np.testing.assert_array_equal(both, [loss.value(Z[i : i + 1], Y[i : i + 1])[0] for i in range(2)])


@pytest.mark.parametrize("name", NAMES)
def test_the_arguments_are_left_as_they_were(name: str) -> None:
    z, Y = Z.copy(), TARGETS["one-hot"].copy()
    loss = LOSSES[name]
    outputs = loss.output(z)
    loss.value(z, Y), loss.delta(z, Y), loss.output_gradient(outputs, Y)
    np.testing.assert_array_equal(z, Z)
    np.testing.assert_array_equal(Y, TARGETS["one-hot"])


def test_the_names_are_those_of_the_agreement() -> None:
    assert {"squared_error", "cross_entropy", "logistic_squared_error", "binary_cross_entropy"} <= set(LOSSES)
    assert all(name == loss.name for name, loss in LOSSES.items())


@pytest.mark.parametrize("targets", TARGETS)
@pytest.mark.parametrize("name", NAMES)
def test_value_and_delta_can_be_had_from_the_outputs_alone(name: str, targets: str) -> None:
    loss, Y = LOSSES[name], TARGETS[targets]
    outputs = loss.output(Z)
    np.testing.assert_allclose(loss.output_value(outputs, Y), loss.value(Z, Y), rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(loss.output_delta(outputs, Y), loss.delta(Z, Y), rtol=0, atol=1e-15)


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_the_stopping_rule_sees_the_loss_itself_but_for_surprises_above_36(name) -> None:
    loss, rng = LOSSES[name], np.random.default_rng(0)
    z, Y = rng.normal(size=(6, 3)), np.eye(3)[rng.integers(3, size=6)]
    np.testing.assert_array_equal(loss.capped(z, Y), loss.value(z, Y))
    far, y = np.array([[0.0, 1000.0, 0.0]]), np.eye(3)[:1]
    if "cross_entropy" in name:
        assert loss.value(far, y)[0] >= 1000.0
        assert loss.capped(far, y)[0] < 40.0
    else:
        assert loss.capped(far, y) == loss.value(far, y)
