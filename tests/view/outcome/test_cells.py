"""The cells of confusion matrices: which can be chosen, in which order, and which images are in them."""

import numpy as np

from mlp.experiments.outcome.judgement import Answers, Judgement
from mlp.view.charts import prepared
from mlp.view.outcome.cells import Cell, cell_words, examples_in, occurring_cells
from mlp.view.outcome.confusion import CELL, confusion_frame, confusion_matrix, empty_confusion
from mlp.view.palette import OURS, PEER

COUNTS = {OURS: np.array([[3, 1], [0, 4]]), PEER: np.array([[2, 2], [3, 1]])}
CLASSES = ("a", "b")


def test_mistakes_come_first_the_most_frequent_ahead_and_empty_cells_are_left_out():
    assert occurring_cells(COUNTS) == {
        Cell(PEER, 1, 0): 3, Cell(PEER, 0, 1): 2, Cell(OURS, 0, 1): 1,
        Cell(OURS, 1, 1): 4, Cell(OURS, 0, 0): 3, Cell(PEER, 0, 0): 2, Cell(PEER, 1, 1): 1,
    }  # fmt: skip
    assert list(occurring_cells(COUNTS))[:3] == [Cell(PEER, 1, 0), Cell(PEER, 0, 1), Cell(OURS, 0, 1)]
    assert occurring_cells({}) == {}


def test_a_cell_is_told_in_words():
    assert cell_words(Cell(OURS, 0, 1), 1, CLASSES, "images") == "Ours takes a for b: 1 image"
    assert cell_words(Cell(PEER, 1, 1), 4, CLASSES, "examples") == "scikit-learn recognises b: 4 examples"


def test_the_images_of_a_cell_are_its_own_the_surest_mistake_or_the_least_sure_right_answer_first():
    y = np.array([0, 0, 0, 1, 0, 1])
    ours = Answers(np.array([1, 0, 1, 1, 0, 0]), np.array([0.6, 0.9, 0.8, 0.5, 0.7, 0.99]), True)
    judgement = Judgement(ours, None)
    assert examples_in(Cell(OURS, 0, 1), judgement, y).tolist() == [2, 0]
    assert examples_in(Cell(OURS, 0, 0), judgement, y).tolist() == [4, 1]
    assert examples_in(Cell(OURS, 1, 0), judgement, y).tolist() == [5]


def test_only_the_chosen_cell_has_a_frame():
    frame = confusion_frame(COUNTS[OURS], CLASSES, chosen=(0, 1))
    assert frame["chosen"].tolist() == [False, True, False, False]
    assert not confusion_frame(COUNTS[OURS], CLASSES)["chosen"].any()


def test_a_click_tells_the_cell_by_its_classes_and_empty_cells_have_nothing_to_click():
    spec = prepared(confusion_matrix(empty_confusion()))
    (selection,) = spec["layer"][-1].get("params") or spec["params"]
    assert (selection["name"], selection["select"]["fields"]) == (CELL, ["shown", "said"])
    assert spec["layer"][-1]["transform"] == [{"filter": "datum.count > 0"}]
