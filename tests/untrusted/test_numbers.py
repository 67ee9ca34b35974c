"""What a person types is a number, or is refused in a sentence that says what was needed and what came."""

import math
import re
import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlp.untrusted.numbers import bound_words, parse_number, parse_whole_number, quoted

ANYTHING = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,/eE+-−– \tx", max_size=30),
    st.text(alphabet="0123.,/e-− ^·×*x{}()⁻⁰¹²½'…%:", max_size=20),
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
        ("- 1", -1.0),
        ("— 0,5", -0.5),
        ("½", 0.5),
        ("-⅔", -2 / 3),
        ("1½", 1.5),
        ("2 ¼", 2.25),
        ("1⁄3", 1 / 3),
        ("1:4", 0.25),
        ("1 ÷ 4", 0.25),
        ("1.5·10^-3", 1.5e-3),
        ("1,5 × 10^−3", 1.5e-3),
        ("-1.5*10^{-3}", -1.5e-3),
        ("1.5 x 10^(-3)", 1.5e-3),
        ("1.5⋅10**2", 150.0),
        ("1.5X10⁻³", 1.5e-3),
        ("10⁻³", 1e-3),
        ("- 10^2", -100.0),
        ("0'25", 0.25),
        ("12’5", 12.5),
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
        "²", "١٬٠", "0.1\u200b", "=1+1", "<b>1</b>", math.nan, math.inf, True, [], b"1", "\x00", "1\n2",
        "½½", "½/2", "1/½", "½e3", "10^", "10^x", "10⁻", "2^3", "1.5·10", "1.5·10-3", "1.5·10e-3", "1.5 10^-3",
        "1.5·10^-3·10^2", "1.5·10^{-3", "1.5·10^-1000", "1·10^400", "0·5", "- -1", "1 000", "1\u202f000", "1'000",
        "1'234", "1'000'000", "1 1/2", "0.1.", "0,5,", "0.3…", "25%",
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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 000", "no marks for thousands"),
        ("1'000", "no marks for thousands"),
        ("1.000,5", "no marks for thousands"),
        ("1 1/2", "Write one fraction"),
        ("0·5", "a point or a comma"),
        ("1.5·10-3", r"1\.5·10\^-3 or 1\.5e-3"),
        ("1.5x10e-3", r"1\.5·10\^-3 or 1\.5e-3"),
        ("0.33…", "a fraction such as 1/3"),
        ("33.3 %", "a part of 1"),
        ("0.1+0.2", "Work it out first"),
        ("1.5/2", "Work it out first"),
        ("5", "got '5'.$"),
        ("abc", "got 'abc'.$"),
    ],
)
def test_what_is_refused_for_how_it_is_written_is_told_how_to_write_it(text, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_number(text, high=1)


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
        assert len(sentence) < 200
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
    ("text", "value"),
    [("5", 5), (" 7 ", 7), ("- 3", -3), ("—3", -3), ("+3", 3), ("-2", -2), ("−2", -2), (4, 4), ("007", 7)],
)
def test_a_whole_number_is_read(text, value) -> None:
    result = parse_whole_number(text, low=-5, high=10)
    assert result == value
    assert type(result) is int


@pytest.mark.parametrize("text", ["", None, "1.0", "1,0", "1e1", "11", "-6", "ten", "1/1", True, math.nan, "9" * 5000])
def test_what_is_no_whole_number_in_the_range_is_refused(text) -> None:
    with pytest.raises(ValueError, match=r"^a whole number from -5 to 10; got "):
        parse_whole_number(text, low=-5, high=10)


def test_what_came_is_quoted_short_and_on_one_line() -> None:
    assert quoted(None) == quoted(" \n ") == "nothing"
    assert quoted("a\n b") == "'a b'"
    assert quoted("nan") == "'nan'"
    assert quoted("x" * 100) == f"'{'x' * 24}…'"


def test_a_bound_is_said_in_as_few_digits_as_it_has():
    said = ["-0.3", "0.99", "1000000", "1e-6", "1e22"]
    assert [bound_words(bound) for bound in (-0.3, 0.99, 1e6, 1e-6, 1e22)] == said
