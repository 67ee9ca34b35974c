"""A typed formula: what it means is what Python means by it, what is none is refused, and it takes no time."""

import time
from contextlib import suppress

import numpy as np
import pytest

from mlp.datasets import own_dataset
from mlp.datasets.above_below import above_below_csv
from mlp.datasets.formula import parsed, value
from mlp.limits import LONGEST_FORMULA

X = np.linspace(0.5, 2.0, 7)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("x", X),
        ("2x + 1", 2 * X + 1),
        ("-x^2", -(X**2)),
        ("2^-x", 2**-X),
        ("2^3^x", 2 ** (3**X)),
        ("1 - 2 - 3", np.full(7, -4.0)),
        ("8 / 2 / 2 * x", 2 * X),
        ("2 sin(pi x) cos(x)", 2 * np.sin(np.pi * X) * np.cos(X)),
        ("(x + 1)(x - 1)", X**2 - 1),
        ("-(-(x))", X),
        ("--x", X),
        ("sin(x)^2", np.sin(X) ** 2),
        ("1.5e1 / exp(-x)", 15 / np.exp(-X)),
        ("SQRT(abs(x − 3)) * .5", np.sqrt(np.abs(X - 3)) * 0.5),
        ("x ** 2 / tanh(x) - log(e x)", X**2 / np.tanh(X) - np.log(np.e * X)),
        ("1 / 2x", X / 2),
    ],
)
def test_a_formula_means_what_it_says(formula: str, expected: np.ndarray) -> None:
    np.testing.assert_allclose(value(parsed(formula), X), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("", "none came"),
        ("   ", "none came"),
        ("y", "'y' is none of them"),
        ("__import__('os')", "'_' is none of them"),
        ("x.real", "'.' is none of them"),
        ("neg(x)", "'neg' is none of them"),
        ("sin x", "sin needs a bracket"),
        ("x +", "missing at its end"),
        ("* x", "nothing on its left"),
        ("(x", "not closed"),
        ("x)", "not opened"),
        ("()", "is empty"),
        ("x" * (LONGEST_FORMULA + 1), "characters is needed"),
        ("sin()", "is empty"),
    ],
)
def test_what_is_no_formula_is_refused_with_what_is_needed(formula: str, problem: str) -> None:
    with pytest.raises(ValueError, match="needed") as refusal:
        parsed(formula)
    assert problem in str(refusal.value)


@pytest.mark.parametrize("piece", ["(", "-", "x", "2^", "sin(", " ", "1"])
def test_the_longest_formulas_take_no_time(piece: str) -> None:
    text, begin = (piece * LONGEST_FORMULA)[:LONGEST_FORMULA], time.perf_counter()
    with suppress(ValueError):
        value(parsed(text), X)
    assert time.perf_counter() - begin < 0.5


def test_the_points_lie_where_they_say_and_are_a_table_of_ones_own() -> None:
    content = above_below_csv("sin(2 x)")
    assert content == above_below_csv("sin(2x)")
    data = own_dataset(content)
    assert (data.feature_names, data.classes, len(data.y)) == (("x1", "x2"), ("above", "below"), 400)
    above = data.X[:, 1] > np.sin(2 * data.X[:, 0])
    np.testing.assert_array_equal(above, data.y == data.classes.index("above"))
    assert len(own_dataset(above_below_csv("log(x)")).y) < 250  # no points where there is no curve


@pytest.mark.parametrize(("formula", "side"), [("10", "above"), ("x - 9", "below"), ("sqrt(-1 - x^2)", "above")])
def test_a_curve_with_nothing_on_one_side_is_refused(formula: str, side: str) -> None:
    with pytest.raises(ValueError, match=f"{side} it there are"):
        above_below_csv(formula)
