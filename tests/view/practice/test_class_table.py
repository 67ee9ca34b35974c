"""A class's marks as they are looked at."""

import math
from dataclasses import replace

from mlp.practice.assignment import Assignment, exercise_of
from mlp.practice.chain import Chain
from mlp.practice.class_file import read_class
from mlp.practice.receipt import Receipt, receipt_code
from mlp.view.practice.class_table import marks_table, mistakes_table

TASK = Assignment(sizes=(2, 2, 1), asked=("z1", "h1"))


def written(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the true value of a quantity, as typed with four digits."""
    return tuple(tuple(f"{number:.4f}" for number in row) for row in Chain(exercise_of(TASK))[name].tolist())


ADA = Receipt(TASK, "Ada", {"z1": written("z1"), "h1": written("z1")}, {"z1": 1})
BEN = Receipt(TASK, "", {"z1": (written("z1")[0], ("",))})


def test_a_row_says_how_much_is_right_and_what_of_it():
    marked = read_class(f"{receipt_code(ADA)}\n{receipt_code(BEN)}").marked
    assert marks_table(marked) == [
        {"student": "Ada", "right": "1 of 2", "follow": "", "z[1]": "right (hint: formula)", "h[1]": "wrong"},
        {"student": "no name", "right": "0 of 2", "follow": "", "z[1]": "right, 1 of 2 cells", "h[1]": ""},
    ]
    (row,) = mistakes_table(marked)
    assert (row["step"], row["wrong"], row["how often"]) == ("h[1]", "1 of 1", "1")


def test_what_follows_from_one_slip_is_counted_beside_what_is_right():
    z1 = [2 * float(text) for (text,) in written("z1")]
    slip = {"z1": tuple((f"{z:.4f}",) for z in z1), "h1": tuple((f"{math.tanh(z):.4f}",) for z in z1)}
    (row,) = marks_table(read_class(receipt_code(Receipt(TASK, "Eve", slip))).marked)
    assert row == {"student": "Eve", "right": "0 of 2", "follow": "1", "z[1]": "wrong", "h[1]": "follows"}


def test_the_exercise_is_told_where_there_are_several():
    other = Receipt(replace(TASK, question="q2", sizes=(3, 2), asked=("z1",)), "Zoe")
    rows = marks_table(read_class(f"{receipt_code(ADA)}\n{receipt_code(other)}").marked)
    assert [row["exercise"].partition(",")[0] for row in rows] == ["question 1", "question 2"]
    assert (rows[1]["z[1]"], rows[1]["h[1]"]) == ("", "")
