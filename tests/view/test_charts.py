"""Charts: nothing is lost or made up on the way from a run to a picture."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mlp.experiments.config import OurConfig
from mlp.experiments.training.learner import Learner
from mlp.network import init_network
from mlp.training import EpochRecord
from mlp.view.charts import (
    CURVE_COLUMNS,
    CURVE_POINTS,
    HELD_OUT,
    USUAL,
    curve_frame,
    empty_curves,
    learning_curves,
    prepared,
    thinned,
)
from mlp.view.images import picture
from mlp.view.outcome.confusion import (
    confusion_counts,
    confusion_frame,
    confusion_matrix,
    confusion_words,
    empty_confusion,
)
from mlp.view.palette import MODEL_COLOURS, OURS, PEER, TEST, TRAINING, VALIDATION

NETWORK = init_network((3, 2), rng=np.random.RandomState(0))
START = EpochRecord(0, 0, 2.0, 0.25, 2.5, 0.125, 0.0, 2.0, NETWORK)


def learner(*records: EpochRecord) -> Learner:
    made = Learner(OurConfig())
    for record in records:
        made.add(record)
    return made


@pytest.mark.parametrize("n", [0, 1, 2, 299, 300, 301, 542, 2001])
def test_a_thinned_curve_keeps_its_ends_and_is_short(n):
    indices = thinned(n)
    assert len(indices) <= CURVE_POINTS
    assert indices == sorted(set(indices))
    assert indices[:1] == list(range(n))[:1]
    assert indices[-1:] == list(range(n))[-1:]


def test_a_growing_curve_keeps_most_points_it_has_shown():
    assert set(thinned(1000)[:-1]) <= set(thinned(999))


def test_curves_hold_every_number_of_every_model():
    later = replace(START, epoch=1, train_loss=1.0, train_accuracy=0.5, test_loss=1.5, test_accuracy=0.375)
    frame = curve_frame({OURS: learner(START, later), PEER: learner(START)})
    assert tuple(frame.columns) == CURVE_COLUMNS
    assert sorted(map(tuple, frame.to_numpy().tolist())) == sorted([
        (0, OURS, TRAINING, 2.0, 0.25, False, None), (0, OURS, TEST, 2.5, 0.125, False, None),
        (1, OURS, TRAINING, 1.0, 0.5, True, None), (1, OURS, TEST, 1.5, 0.375, True, None),
        (0, PEER, TRAINING, 2.0, 0.25, True, None), (0, PEER, TEST, 2.5, 0.125, True, None),
    ])  # fmt: skip


def test_what_overflowed_is_no_point_of_a_curve():
    lost = replace(START, epoch=1, train_loss=np.nan, train_accuracy=np.nan, test_loss=np.inf, test_accuracy=np.nan)
    assert curve_frame({OURS: learner(START, lost)})["epoch"].tolist() == [0, 0]


@pytest.mark.parametrize("quantity", ["loss", "accuracy"])
def test_a_panel_has_titles_legends_and_exact_tooltips(quantity):
    spec = prepared(learning_curves(empty_curves(), quantity))
    line, _, nearest, *rule = spec["layer"]
    assert len(rule) == (quantity == "accuracy")
    assert line["encoding"]["x"]["title"] == "Epoch"
    assert line["encoding"]["y"]["title"].lower().startswith(quantity)
    assert line["encoding"]["color"]["scale"]["range"] == [MODEL_COLOURS[OURS], MODEL_COLOURS[PEER]]
    assert line["encoding"]["strokeDash"]["scale"]["domain"] == [TRAINING, TEST]
    assert {tip["field"] for tip in nearest["encoding"]["tooltip"]} == {"model", "set", "epoch", "loss", "accuracy"}


def test_a_logarithmic_axis_leaves_out_what_has_no_place_on_it():
    spec = prepared(learning_curves(empty_curves(), "loss", log=True))
    assert spec["layer"][0]["encoding"]["y"]["scale"]["type"] == "log"
    assert {"filter": "datum.loss > 0"} in spec["layer"][0]["transform"]
    assert "transform" not in prepared(learning_curves(empty_curves(), "loss"))["layer"][0]


def test_a_prepared_chart_brings_no_data_and_survives_json():
    for chart in (learning_curves(empty_curves(), "loss"), confusion_matrix(empty_confusion())):
        spec = prepared(chart)
        assert not {"data", "datasets", "config", "$schema"} & set(spec)
        assert json.loads(json.dumps(spec)) == spec


COUNTS = np.array([[3, 1, 0], [0, 4, 0], [2, 0, 5]])
CLASSES = ("a", "b", "c")


def test_a_confusion_matrix_counts_each_example_where_it_belongs():
    y = np.repeat([0, 1, 2], [4, 4, 7])
    predicted = np.array([0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 2, 2, 2, 2, 2])
    assert (confusion_counts(y, predicted, 3) == COUNTS).all()


def test_a_confusion_matrix_shows_every_cell_and_shades_only_what_occurs():
    frame = confusion_frame(COUNTS, CLASSES).set_index(["shown", "said"])
    assert len(frame) == 9
    assert frame.loc[("c", "a"), "count"] == 2
    assert (frame["shade"] > 0).tolist() == (COUNTS.ravel() > 0).tolist()
    assert frame.loc[("a", "a"), "kind"] == "right"
    assert frame.loc[("c", "a"), "shade"] > frame.loc[("a", "b"), "shade"]


def test_a_confusion_matrix_is_told_in_words():
    assert confusion_words(COUNTS, CLASSES) == (
        "3 of 15 test images are wrong. Most often taken: c as a (twice), a as b (once)."
    )
    assert confusion_words(np.diag([2, 3, 4]), CLASSES) == "All 9 test images are right."


def test_a_mistake_made_once_is_not_called_the_most_frequent():
    every = np.ones((3, 3), dtype=int)
    assert confusion_words(every, CLASSES).startswith("6 of 9 test images are wrong. Among others: a as b (once),")
    assert confusion_words(np.eye(3, dtype=int) + np.eye(3, k=2, dtype=int), CLASSES) == (
        "1 of 4 test images are wrong. Taken: a as c (once)."
    )


def test_a_picture_is_dark_ink_on_white_paper():
    image = picture(np.array([0.0, 16.0, 8.0, 99.0]), (2, 2))
    assert image.shape == (16, 16)
    assert image.dtype == np.uint8
    assert [int(image[0, 0]), int(image[0, 15]), int(image[15, 0]), int(image[15, 15])] == [255, 0, 128, 0]


def test_with_many_classes_the_cells_of_a_confusion_matrix_have_no_figures() -> None:
    with_figures, without = (prepared(confusion_matrix(empty_confusion(), figures=shown)) for shown in (True, False))
    assert [layer["mark"]["type"] for layer in with_figures["layer"]].count("text") == 1
    assert "text" not in [layer["mark"]["type"] for layer in without["layer"]]
    counts = confusion_frame(np.diag([2, 1]), ("a", "b"), "examples")
    assert counts["words"][0] == "a taken for a: 2 examples"
    assert confusion_words(np.diag([2, 1]), ("a", "b"), "examples") == "All 3 test examples are right."


def test_the_most_frequent_class_has_a_line_among_the_accuracies():
    frame = curve_frame({OURS: learner(START)}, most_frequent=0.25)
    assert frame["frequent"].dropna().tolist() == [0.25]
    rule = prepared(learning_curves(empty_curves(), "accuracy"))["layer"][-1]
    assert rule["mark"]["type"] == "rule"
    assert rule["encoding"]["y"]["field"] == "frequent"


def test_what_early_stopping_holds_out_has_a_curve():
    held = curve_frame({OURS: learner(replace(START, val_loss=1.25, val_accuracy=0.75))})
    assert held[held["set"] == VALIDATION][["loss", "accuracy"]].to_numpy().tolist() == [[1.25, 0.75]]
    for held_out, names in ((False, [TRAINING, TEST]), (True, [TRAINING, TEST, VALIDATION])):
        line = prepared(learning_curves(empty_curves(), "loss", sets=HELD_OUT if held_out else USUAL))["layer"][0]
        assert line["encoding"]["strokeDash"]["scale"]["domain"] == names
