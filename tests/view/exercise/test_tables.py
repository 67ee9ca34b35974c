"""Numbers as HTML: every value with its exact digits at hand, and nothing but numbers of ours."""

import re

import numpy as np

from mlp.exercises import sheet_exercise, solution_steps, solve
from mlp.exercises.explained.batch import Share
from mlp.view.exercise.tables import batch_html, equation_html, matrix_html


def test_a_result_keeps_its_exact_value_in_the_tooltip() -> None:
    html = matrix_html(np.array([[1 / 3, -2.0]]), 3, result=True)
    assert re.findall(r'title="([^"]+)">([^<]+)<', html) == [("0.3333333333333333", "0.333"), ("-2.0", "−2")]


def test_a_matrix_has_its_rows() -> None:
    assert matrix_html(np.zeros((2, 3)), 3).count("<tr>") == 2


def test_an_equation_ends_in_its_value_and_can_be_covered() -> None:
    step = next(step for step in solution_steps(solve(sheet_exercise("q1"))) if step.name == "h1")
    assert "0.2913" in equation_html(step, 4)
    assert "0.29" not in equation_html(step, 4, covered=True)
    assert 'aria-current="step"' in equation_html(step, 4, current=True)


def test_names_are_shown_as_text() -> None:
    html = batch_html([Share("L", "<b>L</b>", (np.ones((1, 1)),))], ["<img src=x>"], 3, "sum")
    assert "<b>" not in html
    assert "<img" not in html


def test_a_batch_names_each_number_where_a_phone_shows_them_below_each_other() -> None:
    html = batch_html([Share("L", "L", (np.ones((1, 1)), np.ones((1, 1))))], ["Example 1", "Example 2"], 3, "mean")
    assert re.findall('data-title="([^"]+)"', html) == ["Example 1", "Example 2", "sum", "mean (taken)"]
    assert '<th role="columnheader" scope="col">Quantity</th>' in html
