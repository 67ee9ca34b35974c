"""The verdict card's charts, tables and words: the record's numbers, and no more than it says."""

import numpy as np
import pytest

from mlp.experiments.evidence.verdict import Verdict, verdict
from mlp.view.charts import prepared
from mlp.view.outcome.verdict import (
    INTERVAL_COLUMNS,
    accuracy_frame,
    difference_frame,
    difference_title,
    empty_intervals,
    interval_chart,
    interval_words,
    mcnemar_words,
    method_words,
    number_rows,
    pair_table,
    room_words,
    scope_words,
)
from mlp.view.palette import MODEL_COLOURS, NEUTRAL, OURS, PEER


def verdict_on(*counts: int, **about) -> Verdict:
    sides = ([True, True, False, False], [True, False, True, False])
    return verdict(*(np.repeat(side, counts) for side in sides), **about)


@pytest.fixture
def found() -> Verdict:
    return verdict_on(340, 1, 8, 11)


def test_charts_show_the_records_numbers(found):
    rows = accuracy_frame(found)
    assert rows["row"].tolist() == [OURS, PEER]
    assert rows[["value", "low", "high"]].to_numpy().tolist() == [[341 / 360, *found.ours], [348 / 360, *found.peer]]
    ((_, gap, low, high, words, _),) = difference_frame(found).to_numpy().tolist()
    assert (gap, low, high) == (found.gap, *found.difference)
    assert words.startswith("Difference: −0.019, interval −0.041 to −0.004")


def test_a_chart_has_the_palettes_colours_and_marks_zero_for_a_difference():
    plain, zero = (prepared(interval_chart(empty_intervals(), "T", zero=zero)) for zero in (False, True))
    assert plain["layer"][0]["encoding"]["color"] == {
        "field": "colour",
        "legend": None,
        "scale": None,
        "type": "nominal",
    }
    assert len(zero["layer"]) == len(plain["layer"]) + 1
    assert zero["layer"][0]["encoding"]["x"] == {"datum": 0}
    assert list(empty_intervals().columns) == list(INTERVAL_COLUMNS)


def test_the_two_models_have_the_palettes_colours_and_other_runs_none_of_them(found):
    assert accuracy_frame(found)["colour"].tolist() == [MODEL_COLOURS[OURS], MODEL_COLOURS[PEER]]
    other = verdict_on(346, 3, 2, 9, names=("momentum 0.9", "Ours"))
    assert accuracy_frame(other)["colour"].tolist() == [NEUTRAL, MODEL_COLOURS[OURS]]


def test_other_runs_stand_under_their_own_names(found):
    other = verdict_on(340, 8, 1, 11, names=("a, b", "c"))
    assert [row[0] for row in number_rows(other)] == ["a, b", "c", "Difference"]
    assert list(pair_table(other)) == ["Images", "c right", "c wrong"]
    assert room_words(other).startswith("“a, b” is ahead by 0.004")
    assert difference_title(other) == "The first one's minus the second's"
    assert difference_title(found) == "Ours minus scikit-learn's"


def test_a_chart_is_told_in_words(found):
    assert interval_words(accuracy_frame(found), "Accuracy").startswith(
        "Accuracy. Ours: 0.947, interval 0.919 to 0.966; scikit-learn: 0.967, interval "
    )


def test_tables_hold_the_records_numbers(found):
    assert number_rows(found)[0] == ("Ours", "0.947 (341 of 360)", "0.919 to 0.966")
    assert number_rows(found)[2][:2] == ("Difference", "−0.019")
    assert list(pair_table(found).values()) == [["Ours right", "Ours wrong"], ["340", "8"], ["1", "11"]]
    assert mcnemar_words(found).endswith("of 1 against 8 images on which only one is right: p = 0.0391")


def test_a_test_and_an_interval_on_different_sides_are_owned_up_to(found):
    assert "leaves out 0" not in method_words(found)
    assert "leaves out 0" not in method_words(verdict_on(346, 3, 2, 9))
    five = verdict_on(345, 5, 0, 10)
    assert "Here the interval leaves out 0 although p is not below 0.05" in method_words(five)
    assert "Of 5 images not even 5 to 0 could bring p below 0.0625. The sentence follows the test." in method_words(
        five
    )
    assert "not even" not in method_words(verdict_on(330, 12, 4, 14))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            (346, 3, 2, 9),
            "no proof that they are equally good: a difference of anything from −0.013 to 0.019 fits these",
        ),
        (
            (350, 0, 0, 10),
            "no proof that they are equally good: a difference of anything from −0.011 to 0.011 fits these",
        ),
        ((340, 8, 1, 11), "Ours is ahead by 0.004 to 0.041 (95% interval)."),
        ((310, 0, 40, 10), "scikit-learn is ahead by 0.083 to 0.148 (95% interval)."),
        ((345, 5, 0, 10), "By the 95% interval ours is ahead by 0.003 to 0.032, by the test it may be chance: see why"),
    ],
)
def test_the_room_that_the_test_set_leaves_is_told(counts, words):
    assert words in room_words(verdict_on(*counts))


def test_the_most_frequent_class_stands_in_the_table_where_it_is_known(found):
    assert len(number_rows(found)) == 3
    counts = (346, 3, 2, 9)
    known = verdict_on(*counts, right_common=np.arange(360) < 38)
    assert number_rows(known)[3] == ("Always the most frequent class", "0.106 (38 of 360)", "–")


def test_the_verdict_says_what_it_is_about():
    assert "images like these test images" in scope_words("digits")
    assert "examples like these test examples" in scope_words("iris")
