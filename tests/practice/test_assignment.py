"""Assignments: plain values that a link carries, and numbers of each student's own."""

from dataclasses import replace

import pytest

from mlp.exercises.presets import PRESETS
from mlp.practice.assignment import (
    Assignment,
    asked_of,
    assignment_token,
    assignment_values,
    exercise_of,
    next_variant,
    read_assignment,
    student_seed,
)
from mlp.untrusted.tokens import packed

FULL = Assignment("q2", 77, (3, 3, 2), "relu", 2, "mean", ("z1", "dW1"), 3, False, False, True, "Week 4", "q1-xor", 0.9)


@pytest.mark.parametrize("assignment", [Assignment(), FULL])
def test_a_link_carries_an_assignment(assignment):
    token = assignment_token(assignment)
    assert read_assignment(token) == assignment
    assert read_assignment(f" {token[:9]}\n{token[9:]} ") == assignment
    assert len(token) < 300


def test_each_student_has_numbers_of_her_own():
    own = replace(FULL, preset="")
    ada, ben = exercise_of(own, "Ada"), exercise_of(own, "Ben")
    assert ada.key != ben.key
    assert exercise_of(own, "  ADA ").key == ada.key
    assert exercise_of(Assignment(), "Ada").key == exercise_of(Assignment(), "Ben").key
    assert student_seed(1, "Ada") == 58846650


def test_what_is_asked_for_comes_in_the_sheets_order():
    assignment = Assignment(asked=("dW1", "z1"))
    assert asked_of(assignment, exercise_of(assignment)) == ("z1", "dW1")
    assert len(asked_of(Assignment(), exercise_of(Assignment()))) == 24


def test_a_ready_made_exercise_can_be_practised():
    assert exercise_of(Assignment(preset="q1-logistic")).key == PRESETS["q1-logistic"].exercise.key


def test_the_next_variant_has_other_numbers():
    assert exercise_of(next_variant(Assignment())).key != exercise_of(Assignment()).key


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"question": "q9"}, "The question needs one of q1, q2"),
        ({"seed": -1}, "The seed needs a whole number"),
        ({"sizes": (9, 2)}, "A layer needs"),
        ({"sizes": (2,)}, "The layers needs 2 to 5"),
        ({"hidden": "sine"}, "The hidden activation needs"),
        ({"examples": 4}, "The examples needs"),
        ({"tries": 99}, "The tries needs"),
        ({"momentum": 1.0}, "The momentum needs"),
        ({"preset": "q9"}, "The preset needs"),
        ({"hints": 1}, "Hints needs true or false"),
        ({"title": "x" * 81}, "at most 80 characters"),
    ],
)
def test_a_value_outside_its_range_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        Assignment(**changes)


@pytest.mark.parametrize("token", ["", "1.", "2.abc", "1.abc", "1.é", None, "1." + "A" * 3000, packed([1, 2], "1"),
                                   packed({"a": 1}, "1"), packed(["q1"] * 12, "1")])  # fmt: skip
def test_a_broken_link_is_a_sentence(token):
    with pytest.raises(ValueError, match="needs"):
        read_assignment(token)


def test_something_that_the_exercise_has_not_is_refused():
    with pytest.raises(ValueError, match="What is asked for needs one of z1"):
        exercise_of(Assignment(asked=("output",)))


def test_a_link_from_before_momentum_opens_without_it():
    assert read_assignment(packed(assignment_values(FULL)[:13], "1")) == replace(FULL, momentum=0.0)


def test_a_variant_with_momentum_has_a_velocity_and_asks_for_the_next_one():
    exercise = exercise_of(Assignment(sizes=(2, 2, 1), momentum=0.9))
    assert exercise.momentum == 0.9
    assert exercise.velocity is not None
    assert "vW1" in asked_of(Assignment(), exercise)
    assert exercise.network.layers[0].W.shape == exercise.velocity[0].W.shape
