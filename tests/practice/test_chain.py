"""The rules of practice give the very numbers of the worked solution, and a student's own numbers go on from there."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.exercises import sheet_exercise, solution_steps, solve
from mlp.exercises.presets import PRESETS
from mlp.practice import quantities
from mlp.practice.chain import Chain


@pytest.mark.parametrize("key", PRESETS)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_every_rule_gives_the_value_of_the_worked_solution(key, reduction):
    exercise = replace(PRESETS[key].exercise, reduction=reduction)
    chain, steps = Chain(exercise), solution_steps(solve(exercise))
    assert quantities(exercise) == tuple(step.name for step in steps if step.name != "h0")
    for step in steps[1:]:
        np.testing.assert_allclose(chain[step.name], np.atleast_2d(step.value), rtol=0, atol=1e-12)


def test_a_students_numbers_take_the_place_of_the_true_ones_below_them():
    exercise = sheet_exercise("q1")
    own = Chain(exercise, {"z1": np.full((4, 1), 0.2)})
    np.testing.assert_allclose(own["h1"], np.tanh(0.2))
    np.testing.assert_allclose(own.rule("z1"), 0.3)
    assert own["dW3"][0, 0] != Chain(exercise)["dW3"][0, 0]


def test_a_blank_cell_keeps_the_value_of_its_rule():
    own = Chain(sheet_exercise("q1"), {"z1": np.array([[0.2], [np.nan], [np.nan], [np.nan]])})
    np.testing.assert_allclose(own["z1"][:, 0], [0.2, 0.3, 0.3, 0.3])


@pytest.mark.parametrize(("name", "number"), [("h1", 0.0), ("z1", 0.0), ("z1", 1000.0)])
def test_what_an_answer_makes_trivial_keeps_its_true_value(name, number):
    exercise = sheet_exercise("q1")
    own = Chain(exercise, {name: np.full((4, 1), number)}, Chain(exercise))
    for later in quantities(exercise):
        assert np.any(np.abs(own[later]) > 1e-9), later
