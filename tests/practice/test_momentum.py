"""A step with momentum is marked like any other: right, carried on, within rounding, and its mistakes named."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.exercises import Exercise, solution_steps, solve
from mlp.practice import mark, practice_exercise, quantities
from mlp.practice.chain import Chain, place_of
from mlp.practice.recipes.catalogue import wrong_values
from mlp.practice.rounding import rounding_bounds


def moving(seed: int = 1, **settings) -> Exercise:
    """Return an exercise that has made a step with momentum already."""
    exercise = replace(practice_exercise("q1", seed, sizes=(3, 3, 2)), momentum=0.9, **settings)
    first = solve(exercise)
    return replace(exercise, network=first.network, velocity=first.velocity)


EXERCISE = moving()
CHAIN = Chain(EXERCISE)


@pytest.mark.parametrize("exercise", [EXERCISE, replace(EXERCISE, velocity=None), moving(2, biases_fixed=True)])
def test_the_chain_is_the_solution(exercise: Exercise) -> None:
    chain = Chain(exercise)
    steps = {step.name: step.value for step in solution_steps(solve(exercise))}
    assert tuple(quantities(exercise)) == tuple(name for name in steps if name != "h0")
    for name in quantities(exercise):
        np.testing.assert_allclose(chain[name], np.atleast_2d(steps[name]), rtol=1e-12, atol=1e-14, err_msg=name)


def test_the_place_of_a_velocity_is_read_from_its_name() -> None:
    assert (place_of("vW2").kind, place_of("vb1").index) == ("vW", 1)


def test_the_right_numbers_are_right() -> None:
    found = mark(EXERCISE, {name: CHAIN[name] for name in quantities(EXERCISE)})
    assert {each.verdict for each in found.values()} == {"right"}


def test_new_weights_follow_from_a_wrong_velocity() -> None:
    wrong = CHAIN["vW1"] + 0.25
    found = mark(EXERCISE, {"vW1": wrong, "W1 new": EXERCISE.network.layers[0].W + wrong})
    assert (found["vW1"].verdict, found["W1 new"].verdict) == ("wrong", "follows")


ETA, V = EXERCISE.learning_rate, EXERCISE.velocity[0]
W, b = EXERCISE.network.layers[0].W, EXERCISE.network.layers[0].b[:, None]
dW, db = CHAIN["dW1"], CHAIN["db1"]
WRONG = (
    ("vW1", -ETA * dW, "velocity before the step was left out"),
    ("vb1", -ETA * db, "velocity before the step was left out"),
    ("W1 new", W - ETA * dW, "velocity before the step was left out"),
    ("vW1", 0.9 * V.W + ETA * dW, "A sign is wrong"),
    ("vb1", 0.9 * V.b[:, None] + ETA * db, "A sign is wrong"),
    ("W1 new", W - CHAIN["vW1"], "A sign is wrong"),
    ("vW1", -0.9 * V.W - ETA * dW, "taken off as the gradient is"),
    ("b1 new", b - 0.9 * V.b[:, None] - ETA * db, "taken off as the gradient is"),
    ("vW1", 0.9 * V.W + dW, "PyTorch's convention"),
    ("b1 new", b - ETA * (0.9 * V.b[:, None] + db), "PyTorch's convention"),
    ("vb1", 0.9 * V.b[:, None] - db, "The learning rate was left out"),
    ("W1 new", W + 0.9 * V.W - dW, "The learning rate was left out"),
    ("vW1", 0.9 * V.W + 0.1 * dW, "exponential average"),
    ("vW1", 0.9 * V.W - 0.1 * dW, "exponential average"),
    ("vb1", 0.9 * V.b[:, None] - ETA * 0.1 * db, "exponential average"),
    ("W1 new", W - ETA * (0.9 * V.W + 0.1 * dW), "exponential average"),
    ("vW1", V.W - ETA * dW, "μ was left out"),
    ("b1 new", b + V.b[:, None] - ETA * db, "μ was left out"),
    ("W1 new", W + ETA * CHAIN["vW1"], "velocity was multiplied by η"),
    ("b1 new", b + ETA * CHAIN["vb1"], "velocity was multiplied by η"),
    ("W1 new", CHAIN["vW1"], "This is the velocity alone"),
    ("b1 new", b, "This was not updated"),
    ("vW1", 0.9 * V.W, "The gradient was left out"),
    ("b1 new", b + 0.9 * V.b[:, None], "The gradient was left out"),
    ("vW1", 0.9 * V.W - 0.1 * dW, "the sheet's 0.1"),
    ("W1 new", W + 0.9 * V.W - 0.5 * dW, "learning rate was another"),
    ("vW1", ETA * (0.9 * V.W - dW), "into the velocity before as well"),
    ("W1 new", W + ETA * (0.9 * V.W - dW), "into the velocity before as well"),
    ("vW1", V.W - 0.9 * ETA * dW, "multiplied into the gradient"),
    ("W1 new", W + V.W - 0.9 * ETA * dW, "multiplied into the gradient"),
    ("W1 new", W + 0.9 * CHAIN["vW1"] - ETA * dW, "Nesterov's momentum"),
    ("b1 new", b + V.b[:, None], "velocity before the step was added"),
)


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_a_mistake_with_the_velocity_is_named(name: str, value: np.ndarray, words: str) -> None:
    found = mark(EXERCISE, {name: value})[name]
    assert found.verdict == "wrong"
    assert words in found.mistake


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _, _ in WRONG))
def test_no_mistake_is_named_for_the_right_velocity(name: str) -> None:
    found = mark(EXERCISE, {name: CHAIN[name]})[name]
    assert (found.verdict, found.mistake) == ("right", None)


def test_where_there_is_no_velocity_yet_leaving_it_out_is_no_mistake() -> None:
    first = replace(EXERCISE, velocity=None)
    assert mark(first, {"vW1": -ETA * Chain(first)["dW1"]})["vW1"].verdict == "right"


def test_where_the_rate_is_what_momentum_leaves_an_exponential_average_is_no_mistake() -> None:
    same = replace(EXERCISE, learning_rate=0.1)
    assert mark(same, {"vW1": 0.9 * V.W - 0.1 * Chain(same)["dW1"]})["vW1"].verdict == "right"
    assert all(np.abs(wrong.value - Chain(same)["vW1"]).max() > 0 for wrong in wrong_values(Chain(same), "vW1"))


@pytest.mark.parametrize("digits", [3, 5])
def test_rounded_velocities_stay_within_the_bounds(digits: int) -> None:
    for seed in range(1, 5):
        exercise = moving(seed)
        chain, given = Chain(exercise), {}
        bounds = rounding_bounds(chain, digits)
        for name in quantities(exercise):
            value = Chain(exercise, dict(given)).rule(name)
            given[name] = np.vectorize(lambda entry: float(f"{entry:.{digits - 1}e}"))(value)
            assert np.all(np.abs(given[name] - chain[name]) <= 1.05 * bounds[name] + 1e-12), name
