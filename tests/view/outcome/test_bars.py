"""Bars: every number by its name, and a colour that means something."""

import numpy as np
import pytest

from mlp.view.charts import prepared
from mlp.view.outcome.bars import answer_bars, answer_words, bar_chart, signed_bars
from mlp.view.palette import NEGATIVE, NEUTRAL, POSITIVE, RIGHT, WRONG

CLASSES = ("a", "b", "c")


def test_signs_have_their_colours():
    frame = signed_bars(CLASSES, np.array([0.5, -2.0, 0.25]))
    assert frame["value"].tolist() == [0.5, -2.0, 0.25]
    assert frame["colour"].tolist() == [POSITIVE, NEGATIVE, POSITIVE]
    assert frame["words"][1] == "b: -2.000000"


@pytest.mark.parametrize(
    ("true", "kinds", "verdict"),
    [(1, [NEUTRAL, RIGHT, NEUTRAL], "which is right"), (2, [NEUTRAL, WRONG, RIGHT], "which is wrong")],
)
def test_the_true_class_and_a_wrong_answer_stand_out(true, kinds, verdict):
    outputs = np.array([0.125, 0.625, 0.25])
    assert answer_bars(CLASSES, outputs, true)["colour"].tolist() == kinds
    words = answer_words("the image shows", CLASSES, outputs, true)
    assert words == f"the image shows {CLASSES[true]}; the largest output, 0.625, says b, {verdict}."


def test_what_overflowed_is_no_bar():
    assert signed_bars(CLASSES, np.array([1.0, np.nan, np.inf]))["name"].tolist() == ["a"]


def test_the_chart_has_titles_exact_tooltips_and_the_ends_asked_for():
    encoding = prepared(bar_chart("Unit", "h (tanh)", (-1.0, 1.0)))["encoding"]
    assert (encoding["x"]["title"], encoding["y"]["title"]) == ("Unit", "h (tanh)")
    assert encoding["y"]["scale"]["domain"] == [-1.0, 1.0]
    assert encoding["tooltip"][1]["format"] == ".6f"
    assert "domain" not in prepared(bar_chart("Unit", "h (relu)"))["encoding"]["y"]["scale"]
