"""An exercise refuses what can't be worked out, and keeps what fits when its sizes change."""

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from mlp.exercises import resized, sheet_exercise, with_examples


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"selected": ()}, "one or more of the examples 0 to 1"),
        ({"selected": (2,)}, "one or more of the examples 0 to 1"),
        ({"learning_rate": 0.0}, "learning_rate above 0"),
        ({"learning_rate": float("inf")}, "learning_rate above 0"),
        ({"reduction": "max"}, "reduction needs one of sum, mean"),
        ({"X": np.zeros((2, 3))}, r"X needs shape \(n, 4\)"),
        ({"Y": np.zeros((1, 3))}, "a target for each input"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(change, words) -> None:
    with pytest.raises(ValueError, match=words):
        replace(sheet_exercise("q1"), **change)


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(ValueError, match="question needs one of q1, q2; got 'q3'"):
        sheet_exercise("q3")


def test_an_exercise_cannot_be_changed_behind_its_back() -> None:
    exercise = sheet_exercise("q1")
    with pytest.raises(ValueError, match="read-only"):
        exercise.X[0, 0] = 2.0


def test_other_sizes_keep_what_fits_and_fill_the_rest() -> None:
    exercise = sheet_exercise("q1")
    layers = (replace(exercise.network.layers[0], W=np.arange(16.0).reshape(4, 4)), *exercise.network.layers[1:])
    exercise = replace(exercise, network=replace(exercise.network, layers=layers))
    wider = resized(exercise, (5, 3, 3, 2))
    assert wider.network.sizes == (5, 3, 3, 2)
    np.testing.assert_array_equal(wider.network.layers[0].W[:, :4], np.arange(16.0).reshape(4, 4)[:3])
    np.testing.assert_array_equal(wider.network.layers[0].W[:, 4], 0.1)
    np.testing.assert_array_equal(wider.X, np.column_stack([exercise.X, np.zeros(2)]))
    np.testing.assert_array_equal(wider.Y, exercise.Y[:, :2])


@pytest.mark.parametrize("sizes", [(4, 3), (4, 4, 3, 2, 3), (2, 2, 2, 2, 2, 2)])
def test_the_output_layer_stays_the_output_layer(sizes) -> None:
    exercise = sheet_exercise("q2")
    marked = replace(exercise.network.layers[-1], b=np.array([7.0, 8.0, 9.0]))
    exercise = replace(exercise, network=replace(exercise.network, layers=(*exercise.network.layers[:-1], marked)))
    np.testing.assert_array_equal(resized(exercise, sizes).network.layers[-1].b, [7.0, 8.0, 9.0][: sizes[-1]])


def test_examples_come_and_go_and_one_always_takes_part() -> None:
    exercise = replace(sheet_exercise("q1"), selected=(1,))
    more = with_examples(exercise, 3)
    np.testing.assert_array_equal(more.X[2], np.zeros(4))
    assert more.selected == (1,)
    assert with_examples(more, 1).selected == (0,)


def test_equal_keys_mean_equal_exercises() -> None:
    exercise = sheet_exercise("q1")
    assert exercise.key == sheet_exercise("q1").key
    assert exercise.key != sheet_exercise("q2").key
    assert exercise.key != replace(exercise, learning_rate=0.2).key
    assert exercise.key != replace(exercise, X=exercise.X + 1e-16 + np.spacing(1.0)).key


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda exercise: pickle.loads(pickle.dumps(exercise))])
def test_a_copy_of_an_exercise_is_read_only_too(copied) -> None:
    exercise = copied(sheet_exercise("q1"))
    for values in (exercise.X, exercise.Y, exercise.network.layers[0].W):
        with pytest.raises(ValueError, match="read-only"):
            values[0, 0] = 2.0
