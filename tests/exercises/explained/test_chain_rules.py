"""Every line of the backward rules' derivations gives the derivative itself; a wrong line is found."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.activations import ACTIVATIONS
from mlp.exercises import PRESETS, random_exercise, sheet_exercise, solution_steps, solve
from mlp.exercises.explained.chain_rules import CHAIN_RULES, Place
from mlp.exercises.explained.derivations import disagreeing
from mlp.exercises.explained.origins import EXERCISE_UNITS, origins
from mlp.losses import LOSSES
from mlp.view.paper.mathml import KNOWN, TOKEN, mathml

RULES = {"dW": 3, "db": 3, "dh": 2, "dz": 2}


def random_solution(hidden: str = "tanh", reduction: str = "sum", selected: tuple[int, ...] = (0, 1)):
    exercise = random_exercise(3, hidden=hidden, loss="squared_error")
    return solve(replace(exercise, selected=selected, reduction=reduction))


def derivative(solution, form: str, l: int, i: int, k: int) -> float:
    gradients = solution.gradients
    return {
        "dW": lambda: gradients.W[l][i, k],
        "db": lambda: gradients.b[l][i],
        "dh": lambda: gradients.h[l][0, i],
        "dz": lambda: gradients.z[l][0, i],
    }[form]()


@pytest.mark.parametrize("form", CHAIN_RULES)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize(("reduction", "selected"), [("sum", (0,)), ("mean", (0, 1))])
def test_every_line_of_a_rule_gives_the_derivative(form, hidden, reduction, selected) -> None:
    solution = random_solution(hidden, reduction, selected)
    for l in range(1, RULES[form] + 1):
        derivation = CHAIN_RULES[form](solution, l)
        for i, k in ((0, 0), (1, 2), (2, 1)):
            place = Place(solution, l, i, k)
            assert disagreeing(derivation, place) == []
            assert derivation.lines[-1].value(place) == pytest.approx(derivative(solution, form, l, i, k), abs=1e-12)


def test_a_wrong_line_of_a_rule_is_found() -> None:
    solution = random_solution()
    for form, other in (("dW", "db"), ("db", "dW"), ("dh", "dz"), ("dz", "dh")):
        first, *rest = CHAIN_RULES[form](solution, 2).lines
        wrong = replace(first, value=CHAIN_RULES[other](solution, 2).lines[0].value)
        derivation = replace(CHAIN_RULES[form](solution, 2), lines=(wrong, *rest))
        assert disagreeing(derivation, Place(solution, 2, 0)) == [first.latex]


def test_rounding_is_zero_in_a_derivation_too() -> None:
    (told,) = origins(solve(sheet_exercise("q2")), "dh2")
    assert [line.values for line in told.lines] == [(0.0, 0.0, 0.0)] * 3


@pytest.mark.parametrize("key", PRESETS)
def test_a_step_of_each_kind_has_its_derivation_and_all_lines_give_the_steps_entry(key) -> None:
    solution = solve(PRESETS[key].exercise)
    depth = len(solution.exercise.network.layers)
    steps = {step.name: step for step in solution_steps(solution)}
    told = {name: found for name in steps if (found := origins(solution, name))}
    assert list(told) == [name for name, step in steps.items() if step.phase == "backward"]
    divided = len(solution.X) if solution.exercise.reduction == "mean" else 1
    for name, (first, *_) in told.items():
        column = np.atleast_2d(steps[name].value)[:EXERCISE_UNITS, 0] * (divided if name == f"dz{depth}" else 1)
        for line in first.lines:
            assert line.values == pytest.approx(tuple(column), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_what_overflows_on_the_way_is_no_number_and_no_error(loss, hidden) -> None:
    exercise = random_exercise(3, hidden=hidden, loss=loss)
    far = solve(replace(exercise, X=exercise.X * 1e5))
    for name in ("dz3", "dW3", "db3", "dh2", "dz2"):
        for told in origins(far, name):
            assert all(len(line.values) == len(told.places) for line in told.lines)


@pytest.mark.parametrize("selected", [(0,), (0, 1)])
def test_every_line_can_be_drawn(selected) -> None:
    solution = random_solution(selected=selected)
    for name in ("dz3", "dW3", "db3", "dh2", "dz2", "dW1", "dh1"):
        for told in origins(solution, name):
            for latex in (told.symbol, told.start, *(line.latex for line in told.lines)):
                assert {token for token in TOKEN.findall(latex) if token[1:].isalpha() and token[0] == "\\"} <= KNOWN
                assert mathml(latex).startswith("<math")
            assert all(line.words.endswith((".", "slope.")) for line in told.lines)
