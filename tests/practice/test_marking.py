"""Marking: right, follows from hers, imprecise or wrong, each cell for itself."""

from itertools import islice

import numpy as np
import pytest

from mlp.exercises import PRESETS, Exercise, sheet_exercise
from mlp.network import Layer, Network
from mlp.practice import mark, marker, practice_exercise, quantities
from mlp.practice.chain import Chain
from mlp.practice.marking import SHOWS_NOTHING, VERDICTS
from mlp.practice.recipes.catalogue import wrong_values

KINDS = (
    ("q1", {}),
    ("q2", {}),
    ("q1", {"examples": 2}),
    ("q2", {"examples": 2, "reduction": "mean"}),
    ("q1", {"hidden": "relu", "sizes": (3, 3, 2), "momentum": 0.5}),
    ("q2", {"hidden": "gelu", "sizes": (3, 3, 2)}),
    ("q2", {"hidden": "logistic", "sizes": (2, 2, 2)}),
)


def as_text(values: np.ndarray, digits: int) -> np.ndarray:
    """Return the values in that many significant digits, as text."""
    return np.vectorize(lambda value: f"{value:#.{digits}g}", otypes=[object])(values)


def as_numbers(values: np.ndarray, digits: int) -> np.ndarray:
    return np.vectorize(lambda value: float(f"{value:.{digits - 1}e}"))(values)


def in_german(values: np.ndarray, digits: int) -> np.ndarray:
    return np.vectorize(lambda text: text.replace(".", ",").replace("-", "−"), otypes=[object])(as_text(values, digits))


def with_exponents(values: np.ndarray, digits: int) -> np.ndarray:
    return np.vectorize(lambda value: f"{value:.{digits - 1}e}", otypes=[object])(values)


@pytest.mark.parametrize(("question", "kind"), KINDS)
@pytest.mark.parametrize("write", [as_text, as_numbers, in_german, with_exponents])
def test_all_right_answers_pass_in_every_notation(question, kind, write):
    exercise = practice_exercise(question, 0, **kind)
    chain = Chain(exercise)
    for digits in (3, 4, 6):
        marks = mark(exercise, {name: write(chain[name], digits) for name in quantities(exercise)})
        assert {name: found.verdict for name, found in marks.items() if found.verdict != "right"} == {}
        assert all((found.cells == "right").all() and found.mistake is None for found in marks.values())


def test_full_precision_and_a_fraction_are_right():
    exercise = sheet_exercise("q2")
    answers = {name: Chain(exercise)[name] for name in quantities(exercise)} | {"output": ["1/3"] * 3}
    assert {found.verdict for found in mark(exercise, answers).values()} == {"right"}


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_a_solution_whose_every_line_was_rounded_is_right(question, kind):
    exercise, given = practice_exercise(question, 3, **kind), {}
    for name in quantities(exercise):
        given[name] = as_numbers(Chain(exercise, dict(given)).rule(name), 4)
    assert {found.verdict for found in mark(exercise, given).values()} == {"right"}


def test_the_last_result_alone_may_come_from_rounded_lines():
    exercise, given = practice_exercise("q1", 3), {}
    for name in quantities(exercise):
        given[name] = as_numbers(Chain(exercise, dict(given)).rule(name), 4)
    assert mark(exercise, {"dW1": as_text(given["dW1"], 3)})["dW1"].verdict == "right"


def test_too_few_digits_are_imprecise_and_not_wrong():
    found = mark(sheet_exercise("q1"), {"h1": ["0.29", "0.3", "0.291", "0.2913"]})["h1"]
    assert found.cells[:, 0].tolist() == ["imprecise", "imprecise", "right", "right"]
    assert (found.verdict, found.mistake) == ("imprecise", None)


def test_more_digits_than_are_right_are_imprecise():
    assert mark(sheet_exercise("q1"), {"h1": ["0.29145"] * 4})["h1"].verdict == "imprecise"


def test_a_right_step_from_a_wrong_number_follows():
    exercise = sheet_exercise("q1")
    marks = mark(exercise, {"z1": ["0.2"] * 4, "h1": ["0.1974"] * 4, "z2": ["0.1790"] * 3, "h2": ["0.5"] * 3})
    assert [found.verdict for found in marks.values()] == ["wrong", "follows", "follows", "wrong"]
    assert marks["z1"].mistake.startswith("The bias was left out")


def test_blank_cells_have_no_verdict_and_marks_come_in_the_sheets_order():
    marks = mark(sheet_exercise("q1"), {"h1": ["0.2913", "", None, "0.5"], "z1": [None] * 4})
    assert list(marks) == ["z1", "h1"]
    assert marks["h1"].cells[:, 0].tolist() == ["right", "", "", "wrong"]
    assert marks["z1"].verdict == ""
    assert all(set(found.cells.ravel()) <= set(VERDICTS) for found in marks.values())


@pytest.mark.parametrize(("question", "kind"), KINDS)
def test_no_wrong_recipe_passes_and_each_is_named(question, kind):
    exercise = practice_exercise(question, 1, **kind)
    for name in quantities(exercise):
        for wrong in wrong_values(Chain(exercise), name):
            found = mark(exercise, {name: as_numbers(wrong.value, 3)})[name]
            assert found.verdict == "wrong", (name, wrong.key)
            assert wrong.recipe.sentence in found.mistake, (name, wrong.key, found.mistake)


@pytest.mark.parametrize(("question", "kind"), [KINDS[0], *KINDS[4:]])
def test_errors_are_carried_forward(question, kind):
    counts = {"follows": 0, "right": 0, "other": 0}
    exercise = practice_exercise(question, 5, **kind)
    names, true = quantities(exercise), Chain(exercise)
    for position, name in enumerate(names):
        for wrong in islice(wrong_values(true, name), 3):
            given = {before: as_numbers(true[before], 4) for before in names[:position]}
            given[name] = as_numbers(wrong.value, 4)
            for later in names[position + 1 :]:
                given[later] = as_numbers(Chain(exercise, dict(given)).rule(later), 4)
            marks = mark(exercise, given)
            for later in names[position + 1 :]:
                verdict = marks[later].verdict
                counts[verdict if verdict in counts else "other"] += 1
    assert counts["follows"] > 0
    assert counts["other"] <= 0.05 * sum(counts.values())


@pytest.mark.parametrize("digits", [3, 4, 5])
def test_what_was_worked_out_in_a_calculator_and_written_down_rounded_follows(digits):
    """Her next number comes from 0.316474, and 0.3165 stands on the paper: that is no exact number."""
    exercise = practice_exercise("q2", 4, sizes=(2, 2, 2), examples=2, reduction="mean", momentum=0.9)
    true, names = Chain(exercise), quantities(exercise)
    without_bias = true["z1"] - exercise.network.layers[0].b[:, np.newaxis]
    hers = Chain(exercise, {"z1": without_bias})
    marks = mark(exercise, {name: as_text(hers[name], digits) for name in names})
    assert {name for name in names if marks[name].verdict not in ("follows", "right")} == {"z1"}
    # What comes from no number of hers is refused as before
    off = mark(exercise, {"output": as_text(hers["output"], 4), "L(1)": [["1.154"]]})
    assert (off["L(1)"].verdict, mark(exercise, {"L(1)": [["1.154"]]})["L(1)"].verdict) == ("wrong", "wrong")


def test_all_zeros_carry_nothing_forward():
    exercise = sheet_exercise("q1")
    answers = {name: np.zeros_like(Chain(exercise)[name]) for name in ("dz3", "dW3", "dh2", "dz2", "dW2")}
    assert {found.verdict for found in mark(exercise, answers).values()} == {"wrong"}
    saturated = {"z1": np.full((4, 1), 1000.0), "dz1": np.zeros((4, 1)), "W1 new": np.full((4, 4), 0.1)}
    marks = mark(exercise, {**saturated, "W1 new": [["0.1000"] * 4] * 4})
    assert marks["dz1"].verdict == "wrong"
    assert (marks["W1 new"].cells[:, 0] == "wrong").all()


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"names of quantities, z1, h1, .*; got 'W9'"):
        mark(sheet_exercise("q1"), {"W9": 1})


def test_what_follows_and_shows_nothing_is_called_no_mistake_of_its_own():
    """With the bias left out every ReLU unit is off, so that zeros are what the right rule gives from there on."""
    exercise = practice_exercise("q2", 0, hidden="relu", sizes=(3, 3, 2), examples=2)
    layer, X = exercise.network.layers[0], exercise.X.T
    given = {"z1": layer.W @ X}
    assert np.maximum(given["z1"], 0).max() == 0
    for name in quantities(exercise)[1:]:
        given[name] = Chain(exercise, dict(given)).rule(name)
    marks = mark(exercise, {name: as_text(value, 4) for name, value in given.items()})
    assert "bias was left out" in marks["z1"].mistake
    assert {marks[name].mistake for name in given if marks[name].verdict == "wrong"} - {marks["z1"].mistake} == {
        SHOWS_NOTHING
    }
    assert (marks["h1"].verdict, marks["dz1"].verdict, marks["output"].verdict) == ("wrong", "wrong", "follows")
    no_gradient = mark(exercise, {"db1": [0, 0, 0], "b1 new": exercise.network.layers[0].b})
    assert no_gradient["b1 new"].mistake == SHOWS_NOTHING
    assert "not updated" in mark(exercise, {"b1 new": exercise.network.layers[0].b})["b1 new"].mistake


@pytest.mark.parametrize("hidden", ["elu", "tanh"])
def test_a_slope_may_be_worked_out_from_z_or_from_h(hidden):
    """After a wrong h the two differ, and both follow: exp(z) or 1 + h, 1 - tanh(z)^2 or 1 - h^2."""
    exercise = practice_exercise("q2", 0, hidden=hidden, sizes=(3, 3, 2))
    z, own = Chain(exercise)["z1"], {"h1": Chain(exercise)["h1"] + 0.31}
    slope = {"elu": np.exp(np.minimum(z, 0.0)), "tanh": 1.0 - np.tanh(z) ** 2}[hidden]
    chain = Chain(exercise, own)
    by_z, by_h = chain["dh1"] * slope, chain["dz1"]
    assert np.abs(by_z - by_h).max() > 0.01
    for way in (by_z, by_h):
        answers = own | {name: chain[name] for name in ("z2", "output", "dz2", "dh1")}
        assert mark(exercise, {**answers, "dz1": as_text(way, 4)})["dz1"].verdict in ("follows", "right")
    assert mark(exercise, {**answers, "dz1": as_text(0.9 * by_h, 4)})["dz1"].verdict == "wrong"


def test_a_rounded_zero_is_imprecise_and_a_bare_one_wrong():
    """An h of 0.0004 is 0.000 in three decimals: right as far as it goes."""
    exercise = Exercise(
        Network((Layer([[0.0004]], [0.0]), Layer([[1.0]], [0.5])), "tanh", "squared_error"), [[1.0]], [[1.0]]
    )
    assert [mark(exercise, {"h1": text})["h1"].verdict for text in ("0.000", "0.00", "0.0", "0", "0.000400")] == [
        "imprecise", "imprecise", "wrong", "wrong", "right",
    ]  # fmt: skip


def test_the_digits_she_works_with_are_counted_once_for_each_quantity(monkeypatch):
    """A paper of nothing but wrong numbers took two seconds, most of them to count the same digits 100,000 times."""
    exercise, counted = practice_exercise("q1", 1), []
    count = marker.fewest_digits
    monkeypatch.setattr(marker, "fewest_digits", lambda *given: counted.append(given[1]) or count(*given))
    names = quantities(exercise)[:6]
    rng = np.random.default_rng(1)
    mark(exercise, {name: as_text(rng.uniform(1, 9, Chain(exercise)[name].shape), 4) for name in names})
    assert counted == list(names)


@pytest.mark.parametrize(("times", "verdict"), [(1.0, "follows"), (0.9, "wrong"), (0.5, "wrong"), (1.9, "wrong")])
def test_what_does_not_follow_does_not_because_the_true_value_is_near_zero(times, verdict):
    """A unit that is off in truth and on by her z: with the tolerance relative to 0 all from 0 to twice it followed."""
    exercise = practice_exercise("q1", 0, hidden="relu")
    dead = np.argwhere(Chain(exercise)["h1"] == 0.0)[0]
    z1 = np.abs(Chain(exercise)["z1"]) + 0.4
    value = z1.copy()
    value[*dead] *= times
    assert mark(exercise, {"z1": as_text(z1, 4), "h1": as_text(value, 4)})["h1"].cells[*dead] == verdict


def test_few_digits_of_what_follows_are_imprecise_as_those_of_the_truth_are():
    """0.3 for 0.2996: neither taken for what follows nor refused, whether the numbers before it are right or not."""
    exercise = sheet_exercise("q1")
    marks = mark(exercise, {"h1": [0.4, 0.2, 0.3, 0.1], "z2": ["0.2000", "0.2", "0.200"]})
    assert marks["z2"].cells[:, 0].tolist() == ["follows", "follows", "follows"]
    marks = mark(exercise, {"h1": [0.41, 0.22, 0.305, 0.111], "z2": ["0.2046", "0.2", "0.205"]})
    assert marks["z2"].cells[:, 0].tolist() == ["follows", "imprecise", "follows"]


def test_a_number_that_is_right_in_its_own_digits_is_not_wrong():
    """Three decimals of tanh(-0.1) are -0.100, and so is z: one more digit is asked for, and no mistake named."""
    exercise = Exercise(
        Network((Layer([[1.0]], [-0.2]), Layer([[1.0]], [0.5])), "tanh", "squared_error"), [[0.1]], [[1.0]]
    )
    said = {text: mark(exercise, {"h1": text})["h1"] for text in ("-0.100", "-0.0997", "-0.1000", "-0.101")}
    assert [found.verdict for found in said.values()] == ["imprecise", "right", "wrong", "wrong"]
    assert "activation was left out" in said["-0.1000"].mistake


@pytest.mark.parametrize("key", ["q1-saturated", "q2-saturated"])
def test_what_nothing_is_left_of_by_rounding_is_not_wrong(key):
    """In four digits every h is 1.000: its slope is 0, and no number before it is to be put right."""
    exercise, given = PRESETS[key].exercise, {}
    for name in quantities(exercise):
        given[name] = as_numbers(Chain(exercise, dict(given)).rule(name), 4)
    marks = mark(exercise, given)
    assert not given["dz2"].any()
    assert marks["dz2"].verdict == marks["dW1"].verdict == "imprecise"
    assert not {found.verdict for found in marks.values()} & {"wrong"}
