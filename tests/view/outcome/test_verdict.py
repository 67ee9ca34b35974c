"""The verdict card's charts, tables and words: the record's numbers, and no more than it says."""

import numpy as np
import pytest

from mlp.experiments.evidence.statistics import Interval
from mlp.experiments.evidence.verdict import Verdict, verdict
from mlp.view.charts import prepared
from mlp.view.outcome.verdict import (
    INTERVAL_COLUMNS,
    accuracy_frame,
    difference_frame,
    empty_intervals,
    interval_chart,
    interval_words,
    mcnemar_words,
    method_words,
    number_rows,
    pair_table,
    scope_words,
)
from mlp.view.palette import MODEL_COLOURS, OURS, PEER


@pytest.fixture
def found() -> Verdict:
    counts = (340, 1, 8, 11)
    return verdict(np.repeat([True, True, False, False], counts), np.repeat([True, False, True, False], counts))


def test_charts_show_the_records_numbers(found):
    rows = accuracy_frame(found)
    assert rows["row"].tolist() == [OURS, PEER]
    assert rows[["value", "low", "high"]].to_numpy().tolist() == [[341 / 360, *found.ours], [348 / 360, *found.peer]]
    ((_, gap, low, high, words),) = difference_frame(found).to_numpy().tolist()
    assert (gap, low, high) == (found.gap, *found.difference)
    assert words.startswith("Difference: −0.019, interval −0.036 to −0.0")


def test_a_chart_has_the_palettes_colours_and_marks_zero_for_a_difference():
    plain, zero = (prepared(interval_chart(empty_intervals(), "T", zero=zero)) for zero in (False, True))
    colour = plain["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colour["domain"], colour["range"], strict=True)).items() >= MODEL_COLOURS.items()
    assert len(zero["layer"]) == len(plain["layer"]) + 1
    assert zero["layer"][0]["encoding"]["x"] == {"datum": 0}
    assert list(empty_intervals().columns) == list(INTERVAL_COLUMNS)


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
    assert "a close one" not in method_words(found)
    values = {name: getattr(found, name) for name in ("pairs", "ours", "peer", "p_value", "names")}
    assert "a close one" in method_words(Verdict(difference=Interval(-0.04, 0.001), **values))


def test_the_verdict_says_what_it_is_about():
    assert "these test images" in scope_words("digits")
    assert "these test examples" in scope_words("iris")
