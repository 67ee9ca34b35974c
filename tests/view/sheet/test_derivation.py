"""Where a formula comes from, below the blocks that state it: formulas, words, and a value for each unit."""

import json
from dataclasses import replace

import pytest

from mlp.exercises import SLIPS, random_exercise, sheet_exercise, solution_steps, solve
from mlp.view.numbers import format_number
from mlp.view.sheet.blocks import blocks_of
from mlp.view.sheet.derivation import LATER, OVERFLOWS, RIGHT, SAME, TITLE, derivation_data


def blocks(exercise, **reading):
    solution = solve(exercise)
    return {block.name: block for block in blocks_of(solution, solution_steps(solution), 5, **reading)}


RULES = ["dz3", "dW3", "db3", "dh2", "dz2", "dW2", "db2", "dh1", "dz1", "dW1", "db1"]


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_every_rule_of_the_backward_pass_has_its_derivation_beside_it(question) -> None:
    found = blocks(sheet_exercise(question), opened=RULES)
    told = {name: block.derivation for name, block in found.items() if block.derivation}
    assert list(told) == RULES
    for name, data in told.items():
        assert found[name].as_data["derivation"] == data
        assert len(data["places"]) == (4 if name in ("dW1", "db1", "dz1", "dh1") else 3)
        assert all(len(set(texts)) == 1 for texts in zip(*data["values"], strict=True)) or name.startswith("dz")
        lines = [line for part in data["parts"] for line in part["lines"]]
        assert len(data["values"]) == len(lines)
        assert all(formula.startswith("<math") and words.endswith(".") for formula, words in lines)
    assert "derivation" not in found["W2 new"].as_data


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_every_line_says_the_number_of_the_solution(question) -> None:
    solution = solve(sheet_exercise(question))
    data = derivation_data(solution, "dz3", 5)
    expected = [f"gives {format_number(value, 5)}" for value in solution.gradients.z[3][0]]
    assert data["values"] == [expected] * len(data["values"])


def test_the_slope_stands_below_the_chain_rule_of_the_last_hidden_layer() -> None:
    data = derivation_data(solve(sheet_exercise("q1")), "dz2", 5)
    assert [len(part["lines"]) for part in data["parts"]] == [2, 4]
    assert [texts[0] for texts in data["values"]] == ["gives −0.04850"] * 2 + ["gives 0.95454"] * 4


def test_where_the_published_sheet_slips_ours_is_said_to_be_right() -> None:
    slips = dict.fromkeys(SLIPS["q1"], "Slip.")
    found = blocks(sheet_exercise("q1"), slips=slips, opened=RULES)
    assert found["dz2"].derivation["words"] == RIGHT
    assert found["dz3"].derivation["words"] == SAME


def test_what_is_covered_is_not_derived() -> None:
    found = blocks(sheet_exercise("q1"), at=0, covered=True, opened=RULES)
    assert all(block.derivation is None for block in found.values())


def test_which_example_and_the_mean_are_said_where_there_are_several() -> None:
    both = replace(sheet_exercise("q1"), selected=(0, 1), reduction="mean")
    told = derivation_data(solve(both), "dz3", 5)
    assert told["parts"][0]["words"] == (
        "Of one example's own loss: the mean divides it by 2. The numbers are those of example 1."
    )


def test_what_overflows_on_the_way_is_said_in_words() -> None:
    exercise = random_exercise(3, hidden="tanh", loss="squared_error")
    network = exercise.network
    layers = tuple(replace(layer, b=layer.b + 1e4) for layer in network.layers)
    far = solve(replace(exercise, network=replace(network, layers=layers)))
    texts = [texts[0] for texts in derivation_data(far, "dz2", 5)["values"]]
    assert OVERFLOWS in texts
    assert json.loads(json.dumps(texts, allow_nan=False)) == texts


def test_a_derivation_is_sent_once_it_is_opened() -> None:
    """All eleven would double what an edit sends, and most are never read."""
    closed, one = blocks(sheet_exercise("q1")), blocks(sheet_exercise("q1"), opened=["dW2"])
    assert [name for name, block in one.items() if block.as_data != closed[name].as_data] == ["dW2"]
    assert [closed[name].derivation for name in RULES] == [{"title": TITLE}] * len(RULES)


def test_what_a_line_gives_is_left_out_where_it_would_be_the_answer() -> None:
    solution = solve(sheet_exercise("q1"))
    kept, told = (derivation_data(solution, "dz3", 5, values=values) for values in (False, True))
    assert (kept["parts"], kept["words"], kept["values"], kept["places"]) == (told["parts"], LATER, [], [])
