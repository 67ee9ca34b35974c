"""The sheet as plain data: every number of the solution in its place, given cells with names, slopes and sentences."""

import json
from dataclasses import replace

import numpy as np
import pytest

from mlp import check_gradients
from mlp.exercises import PRESETS, resized, sheet_exercise, solution_steps, solve
from mlp.view.diagram.quantities import Choice
from mlp.view.sheet.blocks import block_of, blocks_of
from mlp.view.sheet.cells import Asked, Entry, Given, Shown, exact_text, parse_key, shown
from mlp.view.sheet.checks import checks_data
from mlp.view.sheet.diagram import diagram_data
from mlp.view.sheet.document import Sheet, index_of
from mlp.view.sheet.given import given_blocks
from mlp.view.sheet.matrix import Matrix
from mlp.view.sheet.names import put_in, spoken
from mlp.view.sheet.part import MOST_SHOWN, part_data, terms_text
from mlp.view.sheet.summary import summary_data
from mlp.view.sheet.words import words_html


def sheet_of(exercise, decimals: int = 5, **reading) -> Sheet:
    solution = solve(exercise)
    steps = solution_steps(solution)
    return Sheet(given_blocks(solution, decimals, {}), steps, blocks_of(solution, steps, decimals, **reading))


def read(cell: Shown) -> float:
    """Return the number that a cell tells with all its digits."""
    return float((cell.exact or cell.text).replace("−", "-"))


def matrices(block) -> list[Matrix]:
    return [part for side in block.sides for part in side if isinstance(part, Matrix)]


@pytest.mark.parametrize("key", PRESETS)
def test_what_comes_out_of_every_step_stands_there_with_all_its_digits(key) -> None:
    solution = solve(PRESETS[key].exercise)
    steps = solution_steps(solution)
    for step, block in zip(steps, blocks_of(solution, steps, 5), strict=True):
        (value,) = block.sides[-1]
        told = np.array([[read(cell) for cell in row] for row in value.cells])
        expected = np.atleast_2d(step.value)
        assert np.allclose(told, expected, rtol=0.0, atol=1e-15), step.name


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_the_sheet_is_json(question) -> None:
    sheet = sheet_of(replace(sheet_exercise(question), selected=(0, 1)))
    assert json.loads(json.dumps(sheet.as_data, allow_nan=False)) == sheet.as_data


def test_every_matrix_has_a_name_and_every_result_names_its_rows_and_columns() -> None:
    sheet = sheet_of(replace(sheet_exercise("q1"), selected=(0, 1)))
    for block in sheet.blocks:
        assert all(part.name for part in matrices(block))
        *_, value = matrices(block)
        if not value.single:
            assert (len(value.rows), len(value.columns)) == (len(value.cells), len(value.cells[0]))


def test_results_are_named_as_they_are_spoken_of() -> None:
    blocks = {block.name: block for block in sheet_of(sheet_exercise("q1")).blocks}
    (value,) = blocks["dW1"].sides[-1]
    assert (value.name, value.rows[1], value.columns[2]) == ("∂L/∂W[1]", "unit 2", "from x₃")
    assert [part.name for part in matrices(blocks["z1"])][:3] == ["W[1]", "x", "b[1]"]
    assert spoken("b3 new") == "new b[3]"


def test_as_many_names_as_numbers_are_put_in() -> None:
    for question in ("q1", "q2"):
        for step in solution_steps(solve(sheet_exercise(question))):
            assert len(list(put_in(step))) == sum(not isinstance(term, str) for term in step.terms)


def test_what_is_covered_has_no_numbers_and_what_is_current_is_marked() -> None:
    sheet = sheet_of(sheet_exercise("q1"), at=2, covered=True)
    assert [block.current for block in sheet.blocks[:4]] == [False, False, True, False]
    assert all(not block.sides for block in sheet.blocks[3:])
    assert all(block.sides for block in sheet.blocks[:3])
    assert sheet.as_data["focus"]["words"] == f"Step 3 of {len(sheet.steps)}: forward"


def test_a_given_cell_has_key_label_value_and_slope() -> None:
    blocks = {block.name: block for block in given_blocks(solve(sheet_exercise("q1")), 5, {})}
    weights, biases = matrices(blocks["given 1"])
    cell = weights.cells[1][2]
    assert (cell.key, cell.label, cell.text) == ("layer 1:1:2", "W[1], unit 2, from x₃", "0.1")
    assert cell.slope.text == "−0.01332"
    assert read(cell.slope) == solve(sheet_exercise("q1")).gradients.W[1][1, 2]
    assert (biases.cells[1][0].key, biases.cells[1][0].label) == ("layer 1:1:4", "b[1], unit 2")
    (targets,) = matrices(blocks["given targets"])
    assert targets.cells[1][2].label == "y, example 2, y₃"


def test_inputs_and_targets_come_before_the_weights() -> None:
    names = [block.name for block in given_blocks(solve(sheet_exercise("q2")), 5, {})]
    assert names == ["given inputs", "given targets", "given 1", "given 2", "given 3"]


def test_an_entry_stands_as_it_was_typed_under_its_sentence() -> None:
    entries = {"layer 1:0:0": Entry("1/3"), "layer 1:0:1": Entry("<b>", "needed is a number")}
    (weights, _) = matrices(given_blocks(solve(sheet_exercise("q1")), 5, entries)[2])
    assert [cell.text for cell in weights.cells[0][:3]] == ["1/3", "<b>", "0.1"]
    assert [cell.sentence for cell in weights.cells[0][:3]] == ["", "needed is a number", ""]


def test_a_rounded_cell_keeps_all_its_digits() -> None:
    exercise = sheet_exercise("q1")
    X = exercise.X.copy()
    X[0, 0] = 1 / 3
    (inputs,) = matrices(given_blocks(solve(replace(exercise, X=X)), 2, {})[0])
    assert (inputs.cells[0][0].text, inputs.cells[0][0].exact) == ("0.33", "0.3333333333333333")


def test_what_cannot_be_changed_is_only_shown_and_a_hidden_solution_leaves_no_slope() -> None:
    solution = solve(sheet_exercise("q1"))
    fixed = [
        c for b in given_blocks(solution, 5, {}, editable=False) for m in matrices(b) for row in m.cells for c in row
    ]
    assert all(isinstance(cell, Shown) for cell in fixed)
    hidden = [
        c for b in given_blocks(solution, 5, {}, slopes=False) for m in matrices(b) for row in m.cells for c in row
    ]
    assert all(isinstance(cell, Given) and cell.slope is None for cell in hidden)


def test_what_overflows_is_said_in_words() -> None:
    assert shown(float("inf"), 5) == Shown("too large")
    assert exact_text(float("nan")) == "not a number"


def test_a_verdict_is_one_of_four() -> None:
    assert Asked("z1:0:0", "0.3", "z[1], unit 1", "follows").as_data["verdict"] == "follows"
    with pytest.raises(ValueError, match=r"right, follows, imprecise, wrong.*'nice'"):
        Asked("z1:0:0", "0.3", "z[1], unit 1", "nice")


@pytest.mark.parametrize("key", [None, 3, "layer 1", "layer 1:0", "a:b:c", "layer 1:-1:0", "layer 1:0:99999", "x:²:0"])
def test_what_is_no_key_of_a_cell_is_none(key) -> None:
    assert parse_key(key) is None


def test_the_index_has_the_sheets_places_in_its_order() -> None:
    places = [name for name, *_ in index_of(solution_steps(solve(sheet_exercise("q1"))))]
    assert places[:2] == ["own numbers", "given inputs"]
    assert places[-2:] == ["check", "network"]
    for earlier, later in (("z1", "h1"), ("L", "dz3"), ("dW3", "dW2"), ("dW1", "W1 new"), ("W3 new", "b3 new")):
        assert places.index(earlier) < places.index(later)


def test_the_line_says_the_loss_before_and_after_and_how_many_gradients_are_checked() -> None:
    exercise = sheet_exercise("q1")
    solution = solve(exercise)
    checks = check_gradients(exercise.network, exercise.X[:1], exercise.Y[:1])
    line = summary_data(solution, checks, 5, covered=False)
    assert (line["before"], line["after"], line["change"], line["checked"]) == (
        "0.37636",
        "0.29434",
        "−0.08202",
        "6 of 6",
    )
    assert line["said"] == "Loss 0.37636, after the step 0.29434."
    covered = summary_data(solution, checks, 5, covered=True)
    assert (covered["before"], covered["after"], covered["said"]) == ("?", "?", "")


def test_a_gradient_that_differs_is_said_so() -> None:
    exercise = sheet_exercise("q1")
    first, *rest = check_gradients(exercise.network, exercise.X[:1], exercise.Y[:1])
    data = checks_data(solve(exercise), (replace(first, passed=False), *rest))
    assert data["rows"][0][-1] == "✗ differs"
    assert data["passed"] == [False, True, True, True, True, True]


def test_words_are_text_and_formulas_are_mathml() -> None:
    html = words_html(r"**So** 1 < 2: $\mathbf{p} - \mathbf{y}$")
    assert html.startswith("<strong>So</strong> 1 &lt; 2: <math")
    assert "<mi>p</mi>" in html


def test_a_step_without_a_formula_is_its_symbol_alone() -> None:
    solution = solve(sheet_exercise("q1"))
    block = block_of(solution, solution_steps(solution)[0], 5)
    assert "<mi>x</mi>" in block.formula
    assert not block.formula.endswith("<mo>=</mo></math>")


def test_the_diagram_draws_every_unit_weight_and_bias_inside_its_box() -> None:
    solution = solve(sheet_exercise("q1"))
    data = diagram_data(solution, Choice("gradients"))
    assert (len(data["units"]), len(data["edges"])) == (14 + 3, 47)
    width, height = data["box"]
    for x, y in [unit["place"] for unit in data["units"]] + [edge["ends"][:2] for edge in data["edges"]]:
        assert 16 <= x <= width - 16
        assert 16 <= y <= height
    edge = next(edge for edge in data["edges"] if edge["part"] == "edge 1 1 1")
    assert (edge["name"], edge["sign"]) == ("W[1] row 1, column 1: −0.01332", "negative")
    assert repr(float(solution.gradients.W[1][0, 0])) in edge["exact"]
    assert json.loads(json.dumps(data)) == data


def test_a_chosen_weight_has_its_sums_and_every_path() -> None:
    solution = solve(sheet_exercise("q1"))
    part = part_data(solution, "edge 1 1 1", 0, 5)
    assert part["sums"][0]["value"][0] == "−0.01332"
    paths = part["paths"]
    assert (len(paths["rows"]), len(paths["head"])) == (9, 6)
    assert paths["rows"][0]["way"] == "unit 1 → unit 1 → unit 1 → L"
    total = sum(float(row["value"][-1].replace("−", "-")) for row in paths["rows"])
    assert total == pytest.approx(solution.gradients.W[1][0, 0], abs=1e-12)
    assert paths["total"] == f"Sum of all 9 paths: {exact_text(solution.gradients.W[1][0, 0])}"
    assert json.loads(json.dumps(part)) == part


def test_a_unit_has_sums_and_no_paths_and_what_is_no_part_has_nothing() -> None:
    solution = solve(sheet_exercise("q2"))
    assert part_data(solution, "unit 1 2", 0, 5)["paths"] is None
    assert len(part_data(solution, "unit 1 2", 0, 5)["sums"]) == 4
    assert part_data(solution, "edge 9 9 9", 0, 5) is None
    assert part_data(solution, "<img src=x>", 0, 5) is None


def test_many_paths_are_cut_to_the_largest_and_too_many_are_only_counted() -> None:
    wide = part_data(solve(resized(sheet_exercise("q1"), (4, 4, 6, 6))), "edge 1 1 1", 0, 5)["paths"]
    assert len(wide["rows"]) == MOST_SHOWN
    assert "24 largest of 36" in wide["words"]
    deep = resized(sheet_exercise("q1"), (4, 8, 8, 8, 8, 8))
    many = part_data(solve(replace(deep, selected=(0, 1))), "edge 1 1 1", 0, 5)["paths"]
    assert many["rows"] == []
    assert "8,192 paths" in many["words"]


def test_terms_are_put_in_with_negative_numbers_in_brackets() -> None:
    assert terms_text((2.0, "·", -1.0, "+", "tanh(", -0.5, ")"), 5) == "2 · (−1) + tanh(−0.5)"
