"""A drawing's answers in words, numbers and bars."""

import json

import numpy as np

from mlp.experiments.outcome.drawn import Outputs
from mlp.view.charts import prepared
from mlp.view.outcome.drawn import (
    OUTPUT_COLUMNS,
    answer_words,
    empty_outputs,
    improbable_words,
    outputs_chart,
    outputs_frame,
    seen_html,
)
from mlp.view.palette import MODEL_COLOURS, OURS, PEER

CLASSES = ("0", "1", "2")
SURE = Outputs(np.array([0.0277, 0.0, 0.9723]), True)
UNSURE = Outputs(np.array([-0.1, 0.834, 0.2]), False)


def test_an_answer_names_the_digit_and_how_sure_it_is() -> None:
    assert answer_words(OURS, SURE, CLASSES) == "**Ours: 2** (97.2%)"
    assert answer_words(OURS, UNSURE, CLASSES) == "**Ours: 1** (output 0.83)"
    assert answer_words(PEER, None, CLASSES) == "**scikit-learn** has no answer: its numbers overflowed."


def test_outputs_that_are_no_probabilities_are_called_so() -> None:
    assert improbable_words({OURS: UNSURE, PEER: SURE}) == ("Ours: outputs, which are no probabilities with this loss.")
    assert improbable_words({OURS: SURE, PEER: None}) is None


def test_each_bar_has_its_exact_value() -> None:
    frame = outputs_frame({OURS: UNSURE, PEER: SURE}, CLASSES)
    assert tuple(frame.columns) == OUTPUT_COLUMNS
    assert frame["digit"].tolist() == list(CLASSES) * 2
    assert frame["exact"].tolist() == ["−0.1", "0.83", "0.2", "2.8%", "0.0%", "97.2%"]
    assert frame["words"].iloc[-1] == "scikit-learn, 2: 97.2%"


def test_a_model_without_an_answer_has_no_bars() -> None:
    assert set(outputs_frame({OURS: None, PEER: SURE}, CLASSES)["model"]) == {PEER}


def test_the_two_models_differ_in_more_than_colour() -> None:
    spec = prepared(outputs_chart(empty_outputs()))["encoding"]
    assert spec["stroke"]["scale"] == {"domain": [OURS, PEER], "range": [MODEL_COLOURS[OURS], MODEL_COLOURS[PEER]]}
    ours, peer = spec["fill"]["scale"]["range"]
    assert (len(ours), len(peer)) == (7, 9)


def test_only_probabilities_end_at_1() -> None:
    probable, other = (
        prepared(outputs_chart(empty_outputs(), probable=each))["encoding"]["y"] for each in (True, False)
    )
    assert (probable["title"], probable["scale"]["domain"]) == ("Probability", [0, 1])
    assert other["title"] == "Output"
    assert "domain" not in json.dumps(other["scale"])


def test_the_picture_says_what_it_is() -> None:
    html = seen_html(np.zeros(64), (8, 8))
    assert 'alt="Your drawing reduced to 8 by 8 shades of grey"' in html
    assert 'src="data:image/png;base64,' in html
    assert "What both models see" in html
