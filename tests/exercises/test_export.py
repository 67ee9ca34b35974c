"""What a student takes away says what the app says: scripts that check themselves, and all quantities as CSV."""

import contextlib
import csv
import importlib.util
import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mlp import init_network
from mlp.activations import ACTIVATIONS
from mlp.exercises import Exercise, Solution, sheet_exercise, solve
from mlp.exercises.export import (
    numpy_script,
    pytorch_script,
    quantities_csv,
    scikit_learn_obstacle,
    scikit_learn_script,
)
from mlp.exercises.export.scikit_learn_peers import PEERS
from mlp.exercises.presets import PRESETS
from tests.pairs import each_pair

Script = Callable[..., str]
SCRIPTS = pytest.mark.parametrize("script", [numpy_script, scikit_learn_script])
SHEET = sheet_exercise("q1")
BOTH = solve(replace(SHEET, selected=(0, 1)))
LINEAR = replace(SHEET.network, hidden="identity")
OVERFLOWING = solve(replace(SHEET, X=np.full((2, 4), 1e200), network=LINEAR))


def random_exercise(seed: int, hidden: str, loss: str, reduction: str) -> Exercise:
    """Return an exercise with one-hot targets, a network of two to four layers, and a batch of one to five."""
    rng = np.random.default_rng(seed)
    sizes, n = [*rng.integers(1, 6, rng.integers(1, 4)).tolist(), int(rng.integers(3, 6))], int(rng.integers(1, 6))
    network = init_network(sizes, hidden=hidden, loss=loss, rng=rng)
    X, Y = rng.normal(size=(n + 1, sizes[0])), np.eye(sizes[-1])[rng.integers(0, sizes[-1], n + 1)]
    rows = tuple(rng.permutation(n + 1)[:n].tolist())
    return Exercise(network, X, Y, float(rng.uniform(0.01, 1)), rows, reduction, bool(rng.integers(2)))


def printed_by(source: str) -> str:
    """Run a script in a namespace of its own and return what it printed."""
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(compile(source, "script", "exec"), {"__name__": "script"})
    return output.getvalue()


def agreed(source: str) -> set[str]:
    """Run a script and return the names that it found to agree."""
    return {line.removesuffix(" agrees") for line in printed_by(source).splitlines() if line.endswith(" agrees")}


def parameter_names(solution: Solution, *letters: str) -> set[str]:
    return {f"{letter}{l + 1}" for l in range(len(solution.network.layers)) for letter in letters}


@pytest.mark.parametrize("key", PRESETS)
def test_the_numpy_script_of_every_preset_agrees_in_every_result(key: str) -> None:
    solution = solve(PRESETS[key].exercise)
    names = parameter_names(solution, "W", "b")
    assert agreed(numpy_script(solution)) == {"loss", *(f"{a}{n}" for a in ("dL/d", "new ") for n in names)}


@each_pair
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_scripts_of_any_exercise_agree(hidden: str, loss: str, reduction: str) -> None:
    for seed in range(4):
        solution = solve(random_exercise(seed, hidden, loss, reduction))
        assert "loss" in agreed(numpy_script(solution))
        compile(pytorch_script(solution), "script", "exec")
        if scikit_learn_obstacle(solution):
            assert PEERS[loss].model == "" or not ACTIVATIONS[hidden].scikit_learn
            continue
        compared = parameter_names(solution, *("W" if solution.exercise.biases_fixed else "Wb"))
        assert agreed(scikit_learn_script(solution)) == {"output", "loss", *(f"new {name}" for name in compared)}


@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_scikit_learns_step_for_a_class_that_holds_or_does_not_agrees(reduction: str) -> None:
    for seed in range(4):
        rng = np.random.default_rng(seed)
        network = init_network((3, 2, 1), hidden="tanh", loss="binary_cross_entropy", rng=rng)
        X, Y = rng.normal(size=(3, 3)), rng.integers(0, 2, (3, 1))
        solution = solve(Exercise(network, X, Y, 0.5, (0, 1, 2), reduction))
        assert agreed(scikit_learn_script(solution)) >= {"output", "loss", "new W1", "new b2"}
        assert "0 or 1" in scikit_learn_obstacle(solve(replace(solution.exercise, Y=Y + 0.5)))


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
@each_pair
def test_the_pytorch_scripts_agree(hidden: str, loss: str) -> None:
    for seed, reduction in enumerate(["sum", "mean"]):
        solution = solve(random_exercise(seed, hidden, loss, reduction))
        names = {f"{a}{n}" for a in ("dL/d", "new ") for n in parameter_names(solution, "W", "b")}
        assert agreed(pytorch_script(solution)) == {"loss", "loss after", *names}


@pytest.mark.parametrize("key", ["q1-1", "q1-2", "q1-logistic", "q1-saturated", "q2-1", "q2-2", "q2-xor"])
def test_a_pytorch_script_is_python(key: str) -> None:
    compile(pytorch_script(solve(PRESETS[key].exercise), title=PRESETS[key].title), "script", "exec")


def test_a_script_runs_on_its_own_and_ends_with_an_error_where_a_number_differs() -> None:
    source = numpy_script(solve(replace(sheet_exercise("q2"), selected=(0, 1), reduction="mean")))
    command = [sys.executable, "-W", "error", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    assert done.stdout.count("agrees") == 13
    broken = source.replace("learning_rate = 0.1", "learning_rate = 0.2")
    done = subprocess.run(command, input=broken, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "AssertionError" in done.stderr


@SCRIPTS
@pytest.mark.parametrize(
    ("piece", "other"),
    [
        ("[0.0, 0.0, 10.0, 0.0]", "[0.0, 0.0, 10.0, 0.1]"),
        ("[0.1, 0.1, 0.1]", "[0.1, 0.1, 0.10001]"),
        ("[0.0, 0.0, 1.0]", "[1.0, 0.0, 0.0]"),
        (repr(BOTH.loss), repr(BOTH.loss * (1 + 1e-8))),
        (repr(float(BOTH.network.layers[2].b[0])), repr(float(BOTH.network.layers[2].b[0]) + 1e-8)),
    ],
    ids=["input", "weight", "target", "loss", "result"],
)
def test_a_corrupted_script_fails_its_check(script: Script, piece: str, other: str) -> None:
    source = script(BOTH)
    assert piece in source
    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        printed_by(source.replace(piece, other, 1))


def test_scikit_learns_mean_needs_the_larger_learning_rate() -> None:
    with pytest.raises(AssertionError, match="new W1"):
        printed_by(scikit_learn_script(BOTH).replace("0.1 * len(X)", "0.1"))


def test_a_tiny_gradient_is_still_compared() -> None:
    solution = solve(PRESETS["q1-saturated"].exercise)
    source = numpy_script(solution)
    tiny = repr(float(solution.gradients.W[1][0, 0]))
    with pytest.raises(AssertionError, match="dL/dW1"):
        printed_by(source.replace(tiny, repr(float(tiny) * 1.1), 1))


@pytest.mark.parametrize(
    ("exercise", "reason"),
    [
        (PRESETS["q1-logistic"].exercise, "no network with logistic outputs"),
        (PRESETS["q2-xor"].exercise, "fewer than three classes"),
        (replace(sheet_exercise("q2"), Y=[[0.5, 0.5, 0.0], [0, 0, 1]]), "one-hot"),
        (replace(sheet_exercise("q2"), Y=[[0, 2.0, 0], [0, 0, 1]]), "one-hot"),
        (replace(sheet_exercise("q2"), Y=[[0, 1, 1], [0, 0, 1]]), "one-hot"),
        (OVERFLOWING.exercise, "overflow"),
    ],
)
def test_what_scikit_learn_cannot_do_is_said_in_a_sentence(exercise: Exercise, reason: str) -> None:
    solution = solve(exercise)
    assert reason in scikit_learn_obstacle(solution)
    assert printed_by(scikit_learn_script(solution)) == scikit_learn_obstacle(solution) + "\n"


def test_a_target_that_is_not_one_hot_matters_only_where_it_takes_part() -> None:
    exercise = replace(sheet_exercise("q2"), Y=[[0, 1, 0], [1, 1, 1]])
    assert scikit_learn_obstacle(solve(exercise)) == ""
    assert "one-hot" in scikit_learn_obstacle(solve(replace(exercise, selected=(0, 1))))


def test_scikit_learns_loss_is_left_out_where_it_cuts_probabilities_off() -> None:
    exercise = replace(sheet_exercise("q2"), network=init_network((4, 3), rng=np.random.default_rng(0)))
    far = solve(replace(exercise, X=exercise.X * 1000))
    assert far.loss > 100
    assert "loss" not in agreed(scikit_learn_script(far))
    assert "loss" in agreed(numpy_script(far))


@pytest.mark.parametrize("script", [numpy_script, pytorch_script])
def test_numbers_that_overflow_are_not_compared(script: Script) -> None:
    assert "overflow" in printed_by(script(OVERFLOWING))


@pytest.mark.parametrize("script", [numpy_script, pytorch_script, scikit_learn_script])
@pytest.mark.parametrize(
    "title",
    ['"""', "'''\nraise SystemExit", "\\", "a\rraise SystemExit", "\u2028raise SystemExit", "\x0craise SystemExit\x00"],
)
def test_a_title_never_becomes_code(script: Script, title: str) -> None:
    source = script(BOTH, title=title)
    assert compile(source, "script", "exec").co_code == compile(script(BOTH), "script", "exec").co_code
    assert "coding" not in "".join(script(BOTH, title="coding: latin-1").splitlines()[:2])


def test_scripts_hold_every_digit() -> None:
    exercise = random_exercise(0, "tanh", "squared_error", "sum")
    for value in (*exercise.network.layers[0].W.ravel(), exercise.learning_rate):
        assert repr(float(value)) in numpy_script(solve(exercise))


def table(solution: Solution) -> dict[tuple[str, ...], float]:
    """Read the CSV back: quantity, layer, example, row, column to value."""
    rows = list(csv.reader(io.StringIO(quantities_csv(solution))))
    assert rows[0] == ["quantity", "layer", "example", "row", "column", "value"]
    values = {tuple(row[:5]): float(row[5]) for row in rows[1:]}
    assert len(values) == len(rows) - 1
    return values


def test_the_csv_holds_every_quantity_bit_for_bit() -> None:
    exercise = replace(random_exercise(5, "logistic", "cross_entropy", "mean"), biases_fixed=False)
    solution = solve(exercise)
    values = table(solution)
    n, depth = len(solution.X), len(exercise.network.layers)
    assert n > 1
    for j, example in enumerate(exercise.selected):
        for l in range(1, depth + 1):
            for unit, z in enumerate(solution.forward_pass.z[l][j], start=1):
                place = (str(l), str(example + 1), str(unit), "")
                assert values["z", *place] == z
                assert values["output" if l == depth else "h", *place] == solution.forward_pass.h[l][j, unit - 1]
                assert values["dL/dz", *place] == solution.gradients.z[l][j, unit - 1]
                assert values["dL/dh", *place] == solution.gradients.h[l][j, unit - 1]
        assert values["loss", "", str(example + 1), "", ""] == solution.losses[j]
    for l in range(1, depth + 1):
        arrays = {"W": exercise.network.layers[l - 1].W, "new W": solution.network.layers[l - 1].W}
        for quantity, array in {**arrays, "dL/dW": solution.gradients.W[l]}.items():
            for (row, column), value in np.ndenumerate(array):
                assert values[quantity, str(l), "", str(row + 1), str(column + 1)] == value
        for row, value in enumerate(solution.gradients.b[l], start=1):
            assert values["dL/db", str(l), "", str(row), ""] == value
    assert values["loss", "", "", "", ""] == solution.loss
    assert values["loss after", "", "", "", ""] == solution.loss_after
    assert values["learning rate", "", "", "", ""] == exercise.learning_rate


def test_the_csv_counts_examples_as_the_exercise_does() -> None:
    second = table(solve(replace(sheet_exercise("q1"), selected=(1,))))
    assert {key[2] for key in second if key[0] == "x"} == {"2"}
    assert second["x", "0", "2", "3", ""] == 10.0
