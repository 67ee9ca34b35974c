"""Reading what a student wrote: the number, and how exactly she said it."""

import numpy as np
import pytest

from mlp.practice.typed import EXACT, read_answer


@pytest.mark.parametrize(
    ("text", "value", "unit", "digits"),
    [
        ("0.291", 0.291, 0.0005, 3),
        ("0,5", 0.5, 0.05, 1),
        ("0.500", 0.5, 0.0005, 3),
        ("1e-3", 0.001, 0.0005, 1),
        ("1.20e-3", 0.0012, 0.000005, 3),
        ("-.25", -0.25, 0.005, 2),
        ("−12", -12.0, 0.5, 2),
        ("1/3", 1 / 3, 0.0, EXACT),
        ("½", 0.5, 0.0, EXACT),
        ("- 1½", -1.5, 0.0, EXACT),
        ("1.50·10^-3", 0.0015, 0.000005, 3),
        ("1,5 × 10⁻³", 0.0015, 0.00005, 2),
        ("10^{-3}", 0.001, 0.0005, 1),
        ("- 0.25", -0.25, 0.005, 2),
        ("0'291", 0.291, 0.0005, 3),
        ("0", 0.0, 0.5, 1),
        (" 0.1 ", 0.1, 0.05, 1),
        ("0e999", 0.0, float("inf"), 1),
        ("1e-400", 0.0, 0.0, 1),
        (0.1014, 0.1014, 0.00005, 4),
        (3, 3.0, 0.05, 2),
    ],
)
def test_a_cell_says_its_value_and_its_digits(text, value, unit, digits):
    written = read_answer("L", text, (1, 1))
    assert written.values.item() == pytest.approx(value)
    assert written.units.item() == pytest.approx(unit)
    assert written.digits.item() == digits


def test_blank_cells_are_nan():
    written = read_answer("z1", ["0.3", "", None, float("nan")], (4, 1))
    assert np.isnan(written.values[:, 0]).tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    "answer",
    ["abc", "1,000.5", "0.1+0.2", "inf", "1/0", "9" * 400, "0.1\n0.2", "1 000", "0·5", "__import__", True, 1j, {}],
)
def test_what_is_no_number_is_refused_in_a_sentence(answer):
    with pytest.raises(ValueError, match="L needs"):
        read_answer("L", answer, (1, 1))


def test_another_shape_is_refused():
    with pytest.raises(ValueError, match="z1 needs 4 rows of 2, as on paper"):
        read_answer("z1", [1, 2, 3, 4], (4, 2))
