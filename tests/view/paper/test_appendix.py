"""The worked solution ends with where each formula comes from; the blank sheet gives nothing away."""

import re
from dataclasses import replace

import pytest

from mlp.exercises import random_exercise, sheet_exercise, solve
from mlp.view.numbers import format_number
from mlp.view.paper import blank_markdown, blank_page, worked_markdown, worked_page
from mlp.view.paper.appendix import HEADING, derived

SHEET = solve(sheet_exercise("q1"))


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_every_line_of_every_derivation_stands_on_paper_with_its_value(question) -> None:
    solution = solve(sheet_exercise(question))
    lines = [line for rule in derived(solution) for line in rule.told.lines]
    assert len(lines) > 12
    markdown = worked_markdown(solution).split(f"## {HEADING}")[1]
    page = worked_page(solution).split(f"<h2>{HEADING}</h2>")[1]
    for line in lines:
        number = format_number(line.values[0], 5)
        assert f"&= {line.latex} = {number.replace('−', '-')}" in markdown
        assert f"<b>{number}</b>" in page
        assert line.words in markdown
        assert line.words in page


def test_a_derivation_on_paper_has_the_number_of_its_step() -> None:
    appendix = worked_page(SHEET).split(f"<h2>{HEADING}</h2>")[1]
    first, *_ = appendix.split("</ol>")
    assert set(re.findall("<b>(.*?)</b>", first)) == {format_number(SHEET.gradients.z[3][0, 0], 5)}


def test_where_a_rule_is_used_again_its_lines_have_that_layers_numbers() -> None:
    rules = derived(SHEET)
    assert [list(rule.again) for rule in rules] == [[], [2, 1], [2, 1], [1], [1], [1]]
    told = format_number(SHEET.gradients.W[1][0, 0], 5)
    assert f"Layer 1: {told}, {told}, {told}." in worked_page(SHEET)
    assert f"Layer 1: {told}, {told}, {told}.".replace("−", "-") in worked_markdown(SHEET)


@pytest.mark.parametrize("write", [blank_page, blank_markdown])
def test_the_blank_sheet_has_no_derivation(write) -> None:
    assert HEADING not in write(SHEET)


def test_the_first_example_is_named_where_there_are_several_and_what_overflows_is_no_number() -> None:
    exercise = random_exercise(3, hidden="tanh", loss="squared_error")
    layers = tuple(replace(layer, b=layer.b + 1e4) for layer in exercise.network.layers)
    far = replace(exercise, network=replace(exercise.network, layers=layers), selected=(0, 1))
    for write in (worked_markdown, worked_page):
        text = write(solve(far))
        assert "The numbers are those of example 1." in text
        assert "not a number" in text.split(HEADING)[1]
