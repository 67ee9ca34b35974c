"""Activations: g and g' belong together, and nothing overflows."""

import numpy as np
import pytest

from mlp.activations import ACTIVATIONS, scikit_learn_activations
from tests import oracle

NAMES = sorted(ACTIVATIONS)
AWAY_FROM_THE_KINK = np.array([-7.3, -2.0, -0.31, -0.02, 0.02, 0.31, 2.0, 7.3])


@pytest.mark.parametrize("name", NAMES)
def test_the_derivative_is_the_numeric_derivative_of_the_function(name: str) -> None:
    g = ACTIVATIONS[name]
    z = AWAY_FROM_THE_KINK
    numeric = np.diag(oracle.numeric_derivative(g.f, z))
    np.testing.assert_allclose(g.derivative(z, g.f(z)), numeric, rtol=0, atol=2e-11)


@pytest.mark.parametrize("name", NAMES)
def test_function_and_derivative_agree_with_formulas_of_another_form(name: str) -> None:
    z = np.linspace(-9.0, 9.0, 1001)
    f, derivative = oracle.ACTIVATIONS[name]
    g = ACTIVATIONS[name]
    np.testing.assert_allclose(g.f(z), f(z), rtol=0, atol=2e-15)
    np.testing.assert_allclose(g.derivative(z, g.f(z)), derivative(z), rtol=0, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [1e3, 1e8, 1e300])
def test_large_arguments_give_finite_numbers_and_no_warning(name: str, size: float) -> None:
    z = np.array([[-size, size]])
    h = ACTIVATIONS[name].f(z)
    assert np.isfinite(h).all()
    assert np.isfinite(ACTIVATIONS[name].derivative(z, h)).all()


def test_the_logistic_is_exact_at_both_ends() -> None:
    f = ACTIVATIONS["logistic"].f
    np.testing.assert_array_equal(f(np.array([-1e3, 0.0, 1e3])), [0.0, 0.5, 1.0])
    assert f(np.array([-700.0]))[0] == pytest.approx(np.exp(-700.0), rel=1e-14)


def test_the_slope_of_relu_at_its_kink_is_the_one_from_the_left() -> None:
    g = ACTIVATIONS["relu"]
    zero = np.array([0.0, -0.0])
    np.testing.assert_array_equal(g.derivative(zero, g.f(zero)), [0.0, 0.0])


@pytest.mark.parametrize("name", NAMES)
def test_a_nan_stays_one(name: str) -> None:
    assert np.isnan(ACTIVATIONS[name].f(np.array([np.nan, 1.0]))).tolist() == [True, False]


@pytest.mark.parametrize("name", NAMES)
def test_the_argument_is_left_as_it_was(name: str) -> None:
    z = np.array([-1.0, 2.0])
    h = ACTIVATIONS[name].f(z)
    ACTIVATIONS[name].derivative(z, h)
    np.testing.assert_array_equal(z, [-1.0, 2.0])


def test_the_names_are_those_of_scikit_learn() -> None:
    assert set(scikit_learn_activations()) == {"tanh", "logistic", "relu", "identity"}
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())


@pytest.mark.parametrize("name", NAMES)
def test_the_formula_takes_the_number_of_the_layer(name: str) -> None:
    formula = ACTIVATIONS[name].derivative_latex.format(l=2)
    assert formula.count("{") == formula.count("}")
    assert "{l}" not in formula
