"""Numbers as text: shown as on the sheet, and what is shown can be read again."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp.untrusted.numbers import parse_number
from mlp.view.numbers import editable_number, format_number, times

steady = settings(deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.1, 5, "0.1"),
        (1.0, 5, "1"),
        (0.0, 5, "0"),
        (-0.0, 5, "0"),
        (10.0, 0, "10"),
        (0.29131261245, 5, "0.29131"),
        (0.2913, 5, "0.2913"),
        (0.29129996, 5, "0.29130"),
        (0.1 + 0.2, 5, "0.3"),
        (-0.83604, 5, "−0.83604"),
        (1 / 3, 4, "0.3333"),
        (2 / 3, 0, "1"),
        (0.5, 0, "5e−1"),
        (0.001332, 2, "1.33e−3"),
        (-1.5e-7, 5, "−1.5e−7"),
        (5e-6, 5, "0.00001"),
        (4.9e-6, 5, "4.9e−6"),
        (1.4e-17, 5, "1.4e−17"),
        (-1.4e-17, 5, "−1.4e−17"),
        (1234567.0, 5, "1234567"),
        (12345678.0, 5, "1.235e7"),
        (1e308, 5, "1e308"),
        (math.nan, 5, "not a number"),
        (math.inf, 5, "too large"),
        (-math.inf, 5, "too small"),
    ],
)
def test_a_number_is_shown_as_on_the_sheet(value, decimals, text) -> None:
    assert format_number(value, decimals) == text


@steady
@given(st.floats(min_value=-1e300, max_value=1e300), st.integers(0, 12))
def test_what_stands_in_a_field_is_read_as_the_number_up_to_its_decimals(value, decimals) -> None:
    read = parse_number(editable_number(value, decimals))
    rounding = max(0.5 * 10.0**-decimals, 0.5 * 10.0 ** -min(decimals, 3) * abs(value))
    assert abs(read - value) <= 1.001 * (rounding if abs(value) >= 1e-15 else 1e-15)


@steady
@given(st.floats(min_value=-1e6, max_value=1e6), st.integers(1, 12))
def test_only_zero_is_shown_as_zero(value, decimals) -> None:
    shown = parse_number(format_number(value, decimals))
    assert (shown == 0) == (value == 0)
    assert shown == 0 or (shown > 0) == (value > 0)


@steady
@given(st.integers(-999, 999), st.integers(0, 3))
def test_a_typed_decimal_comes_back_as_it_was_typed(digits, places) -> None:
    value = digits / 10**places
    assert editable_number(value, 5) == f"{value:.5f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize(("n", "words"), [(1, "once"), (2, "twice"), (3, "3 times"), (1437, "1,437 times")])
def test_how_often_is_said_in_words(n, words):
    assert times(n) == words
