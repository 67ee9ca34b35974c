"""Numbers as text: what a person types is read or refused in a sentence, what is shown can be read again."""

import math
import re
import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp.view.numbers import editable_number, format_number, parse_number, parse_whole_number, quoted, times

ANYTHING = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,/eE+-−– \tx", max_size=30),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.binary(),
    st.lists(st.integers()),
)

steady = settings(deadline=None, derandomize=True)


def outcome(parse: Callable, text: object, **bounds: float) -> tuple[float | None, str]:
    """Return the value, or None and the sentence."""
    try:
        return parse(text, **bounds), ""
    except ValueError as error:
        return None, str(error)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.25", 0.25),
        ("0,25", 0.25),
        (".25", 0.25),
        (",25", 0.25),
        ("1.", 1.0),
        ("1/4", 0.25),
        (" 1 / 4 ", 0.25),
        ("-1/3", -1 / 3),
        ("2.5e-1", 0.25),
        ("2,5E+1", 25.0),
        ("+3", 3.0),
        ("-0", 0.0),
        ("−0.1", -0.1),
        ("–0.1", -0.1),
        ("\t7\n", 7.0),
        (3, 3.0),
        (1e22, 1e22),
        (np.float64(1e-7), 1e-7),
    ],
)
def test_a_number_may_be_typed_in_many_ways(text, value) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", None, "x", "1 2", "1,2,3", "1.2.3", "1,2.3", "1_000", "0x10", "1e", "e5", ".", ",", "-", "1/0",
        "1/2/3", "1.5/2", "1/-2", "--1", "inf", "-inf", "Infinity", "nan", "NaN", "1e309", "-1e999", "1e1000",
        "9" * 400, "1j",
        "½", "²", "١٬٠", "0.1\u200b", "=1+1", "<b>1</b>", math.nan, math.inf, True, [], b"1", "\x00", "1\n2",
    ],
)  # fmt: skip
def test_what_is_no_finite_number_is_refused(text) -> None:
    with pytest.raises(ValueError, match=r"^a number, such as 0\.25, 0,25 or 1/4; got "):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "bounds", "sentence"),
    [
        ("11", {"low": 0, "high": 10}, "a number from 0 to 10, such as 0.25, 0,25 or 1/4; got '11'."),
        ("-1", {"low": 0}, "a number at least 0, such as 0.25, 0,25 or 1/4; got '-1'."),
        ("2e6", {"high": 1e6}, "a number at most 1000000, such as 0.25, 0,25 or 1/4; got '2e6'."),
        ("0", {"above": 0}, "a number above 0, such as 0.25, 0,25 or 1/4; got '0'."),
        ("", {"above": 0, "high": 100.0}, "a number above 0 and at most 100, such as 0.25, 0,25 or 1/4; got nothing."),
        ("1/3", {"low": -0.3, "high": 0.3}, "a number from -0.3 to 0.3, such as 0.25, 0,25 or 1/4; got '1/3'."),
    ],
)
def test_the_sentence_says_what_is_accepted_and_what_came(text, bounds, sentence) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        parse_number(text, **bounds)


def test_the_bounds_themselves_are_accepted_but_not_the_one_to_exceed() -> None:
    assert [parse_number(text, low=-1, high=2) for text in ("-1", "2")] == [-1.0, 2.0]
    assert parse_number("1e-300", above=0) == 1e-300
    with pytest.raises(ValueError, match="above 5"):
        parse_number("5", above=5)


@steady
@given(ANYTHING)
def test_bad_input_raises_a_value_error_of_one_line_and_nothing_else(text) -> None:
    value, sentence = outcome(parse_number, text, low=-1e6, high=1e6)
    if sentence:
        assert sentence.startswith("a number from -1000000 to 1000000, such as")
        assert len(sentence) < 130
        assert len(sentence.splitlines()) == 1
    else:
        assert isinstance(value, float)
        assert -1e6 <= value <= 1e6


@steady
@given(ANYTHING)
def test_bad_whole_numbers_raise_a_value_error_and_nothing_else(text) -> None:
    value, sentence = outcome(parse_whole_number, text, low=-3, high=10**6)
    if sentence:
        assert sentence.startswith("a whole number from -3 to 1000000; got ")
    else:
        assert isinstance(value, int)
        assert -3 <= value <= 10**6


@pytest.mark.parametrize("text", ["1" * 200_000 + "x", "." + "1" * 200_000 + "x", " " * 200_000 + "/", "1e" * 100_000])
def test_a_very_long_text_is_refused_at_once(text) -> None:
    begin = time.perf_counter()
    with pytest.raises(ValueError, match="got "):
        parse_number(text)
    with pytest.raises(ValueError, match="got "):
        parse_whole_number(text, low=0, high=9)
    assert time.perf_counter() - begin < 1.0


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), (" 7 ", 7), ("+3", 3), ("-2", -2), ("−2", -2), (4, 4), ("007", 7)]
)
def test_a_whole_number_is_read(text, value) -> None:
    result = parse_whole_number(text, low=-5, high=10)
    assert result == value
    assert type(result) is int


@pytest.mark.parametrize("text", ["", None, "1.0", "1,0", "1e1", "11", "-6", "ten", "1/1", True, math.nan, "9" * 5000])
def test_what_is_no_whole_number_in_the_range_is_refused(text) -> None:
    with pytest.raises(ValueError, match=r"^a whole number from -5 to 10; got "):
        parse_whole_number(text, low=-5, high=10)


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


def test_what_came_is_quoted_short_and_on_one_line() -> None:
    assert quoted(None) == quoted(" \n ") == "nothing"
    assert quoted("a\n b") == "'a b'"
    assert quoted("nan") == "'nan'"
    assert quoted("x" * 100) == f"'{'x' * 24}…'"


@pytest.mark.parametrize(("n", "words"), [(1, "once"), (2, "twice"), (3, "3 times"), (1437, "1,437 times")])
def test_how_often_is_said_in_words(n, words):
    assert times(n) == words
