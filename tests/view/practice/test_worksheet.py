"""The worksheet: what is asked for is empty, and nothing of a value is in it before it was revealed."""

import json

import numpy as np
import pytest

from mlp.exercises import solve
from mlp.practice import Mark, practice_exercise, quantities
from mlp.view.practice.answers import blank_rows, marks_of, refusals, rows_with
from mlp.view.practice.words import again_words, score_words, verdict_words
from mlp.view.practice.worksheet import FORMULA, NUMBERS, VALUE, Progress, worksheet

EXERCISE = practice_exercise("q1", 1, sizes=(2, 2, 2))
SOLUTION = solve(EXERCISE)
NAMES = quantities(EXERCISE)


def blocks(progress: Progress) -> dict[str, dict]:
    """Return the blocks that are asked for, as the browser gets them."""
    return {b["name"]: b for phase in worksheet(SOLUTION, progress, 5).as_data["phases"] for b in phase["blocks"]}


def test_every_quantity_that_is_asked_for_has_its_empty_cells():
    found = blocks(Progress(NAMES))
    assert tuple(found) == NAMES
    cells = found["dW1"]["sides"][0][0]["cells"]
    assert [cell["asked"] for cell in cells] == ["dW1:0:0", "dW1:0:1", "dW1:1:0", "dW1:1:1"]
    assert cells[1]["label"] == "∂L/∂W[1], unit 1, from x₂"
    assert {cell["text"] for cell in cells} == {""}
    assert found["z1"]["actions"] == [["check", "Check"], ["hint", "Formula"]]


def test_no_value_is_sent_before_it_is_revealed():
    sent = json.dumps(worksheet(SOLUTION, Progress(("h1", "dW1")), 5).as_data)
    for value in (*SOLUTION.forward_pass.h[1].ravel(), *SOLUTION.gradients.W[1].ravel()):
        assert f"{abs(value):.4f}" not in sent


def test_a_new_parameter_is_called_so_where_its_formula_is_not_told():
    names = ("W1 new", "dW1")
    told = blocks(Progress(names, revealed={"W1 new": 0}))
    assert ["new" in told[name]["formula"] for name in names] == [True, False]
    assert "new" not in blocks(Progress(names, revealed={"W1 new": 1}))["W1 new"]["formula"]


def test_hints_go_from_the_formula_to_the_numbers_to_the_value():
    plain, formula, numbers, value = (blocks(Progress(NAMES, revealed={"h1": stage}))["h1"] for stage in range(4))
    assert "tanh" not in plain["formula"]
    assert "tanh" in formula["formula"]
    assert [len(block["sides"]) for block in (plain, formula, numbers, value)] == [1, 1, 2, 3]
    assert value["actions"] == [["check", "Check"]]
    assert (FORMULA, NUMBERS, VALUE) == (1, 2, 3)


def test_a_teacher_may_keep_hints_mistakes_and_tries_back():
    answers = {"h1": tuple((f"{z:.4f}",) for z in SOLUTION.forward_pass.z[1][0])}
    marks = marks_of(EXERCISE, answers, ("h1",))
    told = blocks(Progress(NAMES, answers, marks))["h1"]
    kept = blocks(Progress(NAMES, answers, marks, hints=False, diagnosis=False, left={"h1": 0}))["h1"]
    assert told["said"] == "Not right yet. The activation was left out: this is z; take g(z)."
    assert kept["said"] == "Not right yet. No tries are left for this quantity."
    assert kept["actions"] == []
    assert told["sides"][0][0]["cells"][0]["verdict"] == "wrong"
    assert told["sides"][0][0]["cells"][0]["label"].endswith("unit 1: not right")


def test_entries_are_put_into_their_cells_and_what_does_not_fit_is_left_out():
    before = {"z1": (("0.1",), ("",)), "z2": (("1",),), "gone": (("1",),)}
    cells = {("z1", 1, 0): " 0,2 ", ("z1", 9, 0): "1", ("W9", 0, 0): "1", ("h1", 0, 0): "0.3"}
    assert rows_with(EXERCISE, before, cells) == {
        "z1": (("0.1",), ("0,2",)), "h1": (("0.3",), ("",)), "z2": (("",), ("",)),
    }  # fmt: skip
    assert blank_rows(EXERCISE, "L") == (("",),)


def test_what_is_no_number_gets_its_sentence_and_counts_as_blank():
    answers = {"z1": (("abc",), ("1/3",))}
    assert refusals(answers) == {"z1:0:0": "z[1] needs a number, such as 0.25, 0,25 or 1/4; got 'abc'."}
    assert marks_of(EXERCISE, answers, ("z1",))["z1"].cells[:, 0].tolist() == ["", "wrong"]
    assert marks_of(EXERCISE, {"z1": (("",), ("",))}, ("z1",)) == {}


def marked(*cells: str) -> Mark:
    """Return a mark with these verdicts, the worst of which is its own."""
    worst = next(word for word in ("wrong", "imprecise", "follows", "right") if word in cells)
    return Mark(worst, np.array([cells]))


@pytest.mark.parametrize(
    ("marks", "score", "again"),
    [
        ({}, "0 of 9 right", ""),
        (
            {"z1": marked("right"), "L": marked("imprecise")},
            "1 of 9 right, 1 to look at again",
            "Look again at [L](#cell-L-0-0).",
        ),
        ({"z1": marked("right", ""), "z2": marked("right", "right")}, "1 of 9 right, 1 not finished", ""),
        (
            {"z1": marked("right", "wrong"), "h1": marked("follows", "right"), "dW1": marked("follows")},
            "0 of 9 right, 2 follow from a mistake, 1 to look at again",
            r"Look again at [z\[1\]](#cell-z1-0-1). Then work out anew what follows from a mistake (→): "
            r"[h\[1\]](#cell-h1-0-0), [∂L/∂W\[1\]](#cell-dW1-0-0).",
        ),
    ],
)
def test_the_score_tells_right_from_what_follows_and_what_is_not_finished(marks, score, again):
    assert (score_words(marks, 9), again_words(marks)) == (score, again)


def test_what_is_no_number_is_found_again_by_its_first_cell():
    words = again_words({"L": marked("wrong")}, ["h1:1:0", "h1:1:1", "W1 new:0:0"])
    assert words == (
        r"Look again at [L](#cell-L-0-0). No number: [h\[1\]](#cell-h1-1-0), [new W\[1\]](#cell-W1-new-0-0)."
    )


def test_what_is_right_so_far_is_not_right_until_all_cells_are_filled_in():
    (first,), _ = ((f"{z:.4f}",) for z in SOLUTION.forward_pass.z[1][0])
    answers = {"z1": ((first,), ("",))}
    block = blocks(Progress(NAMES, answers, marks_of(EXERCISE, answers, ("z1",))))["z1"]
    assert (block["verdict"], block["said"]) == ("", "Right. 1 cell has no number yet.")


def test_the_examples_of_a_batch_are_columns_as_in_the_hints():
    solution = solve(practice_exercise("q1", 2, sizes=(2, 2, 2), examples=2))
    sheet = worksheet(solution, Progress(NAMES, revealed={"z1": NUMBERS}), 5).as_data
    (given,) = sheet["given"][0]["sides"][0]
    hint = next(part for part in sheet["phases"][0]["blocks"][0]["sides"][0] if "x" in str(part))
    assert given["frame"]["columns"] == ["example 1", "example 2"]
    assert given["cells"] == hint["cells"]


def test_a_wrong_answer_without_a_known_mistake_is_told_so():
    mark = marks_of(EXERCISE, {"dW1": (("0.777", "0.123"), ("0.456", "0.9"))}, ("dW1",))["dW1"]
    assert "None of the known mistakes" in verdict_words(mark, diagnosis=True)
    assert verdict_words(mark, diagnosis=False) == "Not right yet."
