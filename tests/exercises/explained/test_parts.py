"""The sums of a unit, a weight or a bias give the solution's numbers, from the numbers put in."""

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp import init_network
from mlp.exercises import Exercise, Solution, sheet_exercise, solution_steps, solve
from mlp.exercises.explained.parts import parse_part, part_sums
from mlp.losses import LOSSES
from mlp.view.exercise.sums import OPERATORS, sum_latex
from tests.pairs import each_pair

SIZES = (3, 4, 2)
PYTHON = {
    "−": "-",
    "·": "*",
    "²": "**2",
    "tanh(": "tanh(",
    "σ(": "logistic(",
    "max(0,": "max(0,",
    "exp(": "exp(",
    "log(": "log(",
    "Φ(": "normal.cdf(",
    "φ(": "normal.pdf(",
}
NAMES = {
    "tanh": math.tanh,
    "exp": math.exp,
    "log": math.log,
    "max": max,
    "logistic": lambda z: 1 / (1 + math.exp(-z)),
    "normal": NormalDist(),
}


def solution_of(
    hidden: str, loss: str, n: int = 3, reduction: str = "sum", seed: int = 0, scale: float = 1
) -> Solution:
    rng = np.random.default_rng(seed)
    network = init_network(SIZES, hidden=hidden, loss=loss, rng=rng)
    X, Y = scale * rng.normal(size=(n, SIZES[0])), rng.uniform(size=(n, SIZES[-1]))
    if loss == "cross_entropy" and seed % 2:
        Y = np.eye(SIZES[-1])[rng.integers(SIZES[-1], size=n)]
    return solve(Exercise(network, X, Y, 0.5, tuple(range(n)), reduction))


def computed(terms: tuple[float | str, ...]) -> float:
    """Return what the numbers put in come to."""
    text = "".join(PYTHON.get(term, term) if isinstance(term, str) else f"({term!r})" for term in terms)
    return eval(text, NAMES)


def all_parts(solution: Solution) -> list[str]:
    sizes = solution.exercise.network.sizes
    units = [f"unit {l} {i}" for l, size in enumerate(sizes) for i in range(1, size + 1)]
    biases = [f"bias {l} {i}" for l, size in enumerate(sizes) if l for i in range(1, size + 1)]
    edges = [
        f"edge {l} {i} {j}"
        for l in range(1, len(sizes))
        for i in range(1, sizes[l] + 1)
        for j in range(1, sizes[l - 1] + 1)
    ]
    return [*units, *biases, *edges]


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@each_pair
def test_the_numbers_put_in_come_to_the_value(hidden: str, loss: str, reduction: str) -> None:
    for seed in (0, 1):
        solution = solution_of(hidden, loss, reduction=reduction, seed=seed)
        for part in all_parts(solution):
            for number in part_sums(solution, part, example=2):
                if number.terms:
                    assert computed(number.terms) == pytest.approx(number.value, rel=1e-12, abs=1e-14), number


def test_the_values_are_the_solutions_own() -> None:
    solution = solution_of("tanh", "cross_entropy", reduction="mean")
    passed, gradients, new = solution.forward_pass, solution.gradients, solution.network.layers
    z, h, dh, dz = (number.value for number in part_sums(solution, "unit 1 3", example=1))
    assert (z, h) == (passed.z[1][1, 2], passed.h[1][1, 2])
    assert (dh, dz) == (gradients.h[1][1, 2], gradients.z[1][1, 2])
    z, p, dp, dz = (number.value for number in part_sums(solution, "unit 2 2", example=1))
    assert (z, p) == (passed.z[2][1, 1], passed.output[1, 1])
    assert (dp, dz) == (gradients.h[2][1, 1], gradients.z[2][1, 1])
    assert [s.value for s in part_sums(solution, "edge 2 1 4")] == [gradients.W[2][0, 3], new[1].W[0, 3]]
    assert [s.value for s in part_sums(solution, "bias 1 2")] == [gradients.b[1][1], new[0].b[1]]
    assert [s.value for s in part_sums(solution, "unit 0 2", example=2)] == [solution.X[2, 1]]
    assert part_sums(solution, "one 2") == ()


def test_the_sheets_first_weight_of_layer_two_moves_as_on_paper() -> None:
    derivative, new = part_sums(solve(sheet_exercise("q1")), "edge 2 1 1")
    assert new.value == pytest.approx(0.10141292, abs=5e-9)
    assert derivative.formula == r"\frac{\partial L}{\partial z^{[2]}_{1}}\,h^{[1]}_{1}"


def test_every_sum_belongs_to_a_step_of_the_solution() -> None:
    for loss in LOSSES:
        solution = solution_of("tanh", loss)
        steps = {step.name for step in solution_steps(solution)}
        assert {s.step for part in all_parts(solution) for s in part_sums(solution, part)} <= steps


def test_a_large_logit_is_shifted_by_the_maximum() -> None:
    solution = solution_of("identity", "cross_entropy", scale=1e4)
    for i in (1, 2):
        number = part_sums(solution, f"unit 2 {i}")[1]
        assert r"\max_j" in number.formula
        assert computed(number.terms) == pytest.approx(number.value, rel=1e-12)


def test_biases_that_are_held_fixed_stay() -> None:
    exercise = sheet_exercise("q1")
    _, new = part_sums(solve(replace(exercise, biases_fixed=True)), "bias 3 1")
    assert new.value == 0.1
    assert new.terms == (0.1,)
    assert "held fixed" in new.formula


@pytest.mark.parametrize(
    "text",
    ["", "unit", "unit 3 1", "unit 1 0", "unit 1 5", "unit -1 1", "edge 0 1 1", "edge 1 1", "edge 1 1 4", "bias 0 1",
     "bias 2 3", "one 0", "one 3", "loss 1 1", "unit 1 1 1",
     "unit ١ 1", "unit ² 1", "edge 1 1 " + "9" * 100, "unit 1.0 1"],
)  # fmt: skip
def test_a_part_the_network_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A part needs the form"):
        parse_part(text, SIZES)


@given(st.text(max_size=60))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="A part needs the form"):
        parse_part(text, SIZES)


def test_an_example_that_does_not_take_part_is_refused() -> None:
    with pytest.raises(ValueError, match="part_sums needs an example from 0 to 2; got 3"):
        part_sums(solution_of("tanh", "cross_entropy"), "unit 1 1", example=3)


def test_the_words_name_the_part() -> None:
    assert parse_part("unit 0 3", SIZES).words == "Input 3"
    assert parse_part("unit 2 1", SIZES).words == "Unit 1 of layer 2"
    assert parse_part("edge 2 1 3", SIZES).words == "Weight in row 1, column 3 of layer 2"


def test_latex_shows_formula_numbers_and_value_on_lines_of_their_own() -> None:
    z = part_sums(solve(sheet_exercise("q1")), "unit 1 2")[0]
    assert sum_latex(z, 5) == (
        r"\begin{aligned}z^{[1]}_{2} &= \sum_j w^{[1]}_{2,j}\,x_{j} + b^{[1]}_{2} \\ "
        r"&= 0.1 \cdot 1 + 0.1 \cdot 0 \\ &\quad + 0.1 \cdot 1 + 0.1 \cdot 0 \\ &\quad + 0.1 \\ "
        r"&= \mathbf{0.3}\end{aligned}"
    )


def test_latex_brackets_negative_factors_and_knows_every_operator() -> None:
    for hidden in ("tanh", "logistic", "relu", "identity"):
        for loss in LOSSES:
            solution = solution_of(hidden, loss, reduction="mean")
            for part in all_parts(solution):
                for number in part_sums(solution, part):
                    assert {term for term in number.terms if isinstance(term, str)} <= set(OPERATORS)
                    latex = sum_latex(number, 3)
                    assert r"\cdot -" not in latex
                    assert latex.count("{") == latex.count("}")


def test_latex_says_an_overflow_in_words() -> None:
    exercise = sheet_exercise("q1")
    solution = solve(replace(exercise, X=np.full((2, 4), 1e308), network=replace(exercise.network, hidden="identity")))
    assert r"\text{too" in "".join(sum_latex(number, 5) for number in part_sums(solution, "edge 1 1 1"))
