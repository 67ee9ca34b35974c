"""Many steps are one step many times; one example after the other is another path from the same start."""

from dataclasses import replace

import numpy as np
import pytest

from mlp import Layer, Network, sgd_step
from mlp.exercises import Exercise, sheet_exercise, solve
from mlp.exercises.descent import descend, one_by_one, vector


def both_examples(**changes: object) -> Exercise:
    return replace(sheet_exercise("q1"), selected=(0, 1), **changes)


def test_many_steps_are_one_step_many_times() -> None:
    exercise = both_examples()
    descent = descend(exercise, 5)
    for k in range(5):
        solution = solve(exercise)
        assert descent.losses[k] == solution.loss
        np.testing.assert_array_equal(descent.parameters[k], vector(exercise.network))
        exercise = replace(exercise, network=solution.network)
    assert descent.losses[5] == solve(exercise).loss
    np.testing.assert_array_equal(vector(descent.network), vector(exercise.network))
    assert descent.stopped == ""


def test_the_first_losses_are_the_sheets() -> None:
    assert descend(both_examples(), 1).losses[0] == pytest.approx(0.729260865456343, rel=1e-12)
    assert descend(sheet_exercise("q2"), 1).losses[0] == pytest.approx(1.0986122886681098, rel=1e-12)


def test_a_small_step_changes_the_loss_as_predicted_and_a_large_one_does_not() -> None:
    small, large = (descend(both_examples(learning_rate=eta), 1) for eta in (1e-6, 1.0))
    assert small.real[0] == pytest.approx(small.predicted[0], rel=1e-4)
    assert abs(large.real[0] / large.predicted[0] - 1) > 0.1
    assert small.predicted[0] < 0


def test_the_prediction_counts_only_what_moves() -> None:
    fixed = descend(both_examples(learning_rate=1e-6, biases_fixed=True), 1)
    assert fixed.real[0] == pytest.approx(fixed.predicted[0], rel=1e-4)
    assert abs(fixed.predicted[0]) < abs(descend(both_examples(learning_rate=1e-6), 1).predicted[0])
    names = np.array(fixed.names)
    moved = names[fixed.parameters[0] != fixed.parameters[1]]
    assert not any(name.startswith("b") for name in moved)


def test_each_parameter_has_its_name() -> None:
    descent = descend(sheet_exercise("q1"), 1)
    place = descent.names.index("W[3] row 2, column 1")
    assert descent.parameters[1, place] == solve(sheet_exercise("q1")).network.layers[2].W[1, 0]
    assert descent.parameters[1, descent.names.index("b[1] entry 4")] == pytest.approx(0.10133158, abs=5e-9)
    assert len(descent.names) == descent.parameters.shape[1] == len(set(descent.names))


def test_no_steps_are_a_path_of_one_point() -> None:
    descent = descend(sheet_exercise("q1"), 0)
    assert descent.losses.shape == (1,)
    assert descent.predicted.shape == descent.real.shape == (0,)


def test_a_path_that_overflows_ends_before_and_says_why() -> None:
    linear = Network((Layer([[1.0]], [0.0]), Layer([[1.0]], [0.0])), "identity", "squared_error")
    descent = descend(Exercise(linear, [[3.0]], [[0.0]], learning_rate=1.0), 100)
    assert 0 < len(descent.real) < 100
    assert descent.stopped.startswith(f"Step {len(descent.real) + 1} overflows")
    assert np.isfinite(descent.losses).all()
    assert np.isfinite(descent.parameters).all()


def test_a_start_that_overflows_is_the_only_point() -> None:
    linear = replace(sheet_exercise("q1").network, hidden="identity")
    descent = descend(replace(sheet_exercise("q1"), network=linear, X=np.full((2, 4), 1e308)), 3)
    assert len(descent.parameters) == 1
    assert descent.stopped.startswith("Step 1 overflows")


def test_one_by_one_takes_each_examples_own_step_in_turn() -> None:
    exercise = both_examples(reduction="mean")
    path = one_by_one(exercise)
    network = exercise.network
    for k, j in enumerate((0, 1)):
        solution = solve(replace(exercise, network=network, selected=(j,)))
        network = sgd_step(network, solution.gradients, exercise.learning_rate)
        np.testing.assert_array_equal(path.parameters[k + 1], vector(network))
    assert path.losses[-1] == solve(replace(exercise, network=network)).loss


def test_one_by_one_ends_elsewhere_than_the_batch_but_as_near_as_eta_is_small() -> None:
    distances = []
    for eta in (0.1, 0.001):
        exercise = both_examples(learning_rate=eta)
        apart = one_by_one(exercise).parameters[-1] - descend(exercise, 1).parameters[-1]
        distances.append(np.abs(apart).max())
    assert distances[0] > 1e-5
    # The paths differ in the second order of eta
    assert distances[1] == pytest.approx(distances[0] * 1e-4, rel=0.2)


def test_with_one_example_both_are_the_same() -> None:
    exercise = sheet_exercise("q2")
    np.testing.assert_array_equal(one_by_one(exercise).parameters, descend(exercise, 1).parameters)
