"""Each preset shows what its description says."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from mlp import Network, forward
from mlp.exercises import Exercise, Solution, check_solution, solve
from mlp.exercises.handout import Handout, to_dict
from mlp.exercises.links import decode, encode
from mlp.exercises.presets import PRESETS, Preset, presets_of, random_exercise
from mlp.exercises.solve import only_last_layer_moves

BOTH = pytest.mark.parametrize("question", ["q1", "q2"])


def after(exercise: Exercise, steps: int) -> Exercise:
    for _ in range(steps):
        exercise = replace(exercise, network=solve(exercise).network)
    return exercise


def solved(key: str) -> Solution:
    return solve(PRESETS[key].exercise)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_can_be_shown_checked_and_sent(preset: Preset) -> None:
    exercise = preset.exercise
    assert all(check.passed or check.kink for check in check_solution(solve(exercise)))
    handout = Handout(exercise, title=preset.title, task=preset.description)
    assert to_dict(decode(encode(handout))) == to_dict(handout)
    assert PRESETS[preset.key] is preset
    assert preset.description.endswith(".")
    assert not set("*_`$<>[]\\") & set(preset.title + preset.description)


def test_each_preset_is_on_the_page_of_its_loss() -> None:
    losses = {"squared_error", "logistic_squared_error", "tanh_summed_squared_error"}
    assert {p.exercise.network.loss for p in presets_of("q1")} == losses
    assert {p.exercise.network.loss for p in presets_of("q2")} == {"cross_entropy", "binary_cross_entropy"}
    assert (*presets_of("q1"), *presets_of("q2")) == tuple(PRESETS.values())
    for question in ("q1", "q2"):
        titles = [preset.title for preset in presets_of(question)]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("key", "loss"),
    [
        ("q1-1", 0.37636378397755565),
        ("q1-2", 0.729260865456343),
        ("q2-1", 1.0986122886681098),
        ("q2-2", 2.1972245773362196),
    ],
)
def test_the_sheets_four_have_the_sheets_losses(key: str, loss: float) -> None:
    assert solved(key).loss == pytest.approx(loss, rel=1e-12)


def test_the_logistic_example_comes_out_as_printed() -> None:
    solution = solved("q1-logistic")
    # The second is printed cut off, not rounded
    assert (solution.loss, solution.loss_after) == pytest.approx((0.298371109, 0.291027773), rel=0, abs=1e-9)
    assert f"from {solution.loss:.6f} to {solution.loss_after:.6f}" in PRESETS["q1-logistic"].description
    first, last = solution.network.layers
    np.testing.assert_array_equal([first.b, last.b], [[0.35, 0.35], [0.6, 0.6]])
    np.testing.assert_allclose(last.W, [[0.35891648, 0.408666186], [0.511301270, 0.561370121]], atol=5e-10)
    np.testing.assert_allclose(first.W, [[0.149780716, 0.19956143], [0.24975114, 0.29950229]], atol=5e-9)


def right(exercise: Exercise) -> int:
    """Return how many examples the network gets right."""
    output, Y = forward(exercise.network, exercise.X).output, exercise.Y
    decided = (output > 0.5) == (Y > 0.5) if Y.shape[1] == 1 else output.argmax(axis=1) == Y.argmax(axis=1)
    return int(decided.sum())


@BOTH
def test_xor_is_learnt_in_under_100_steps_and_never_without_a_hidden_layer(question: str) -> None:
    exercise = PRESETS[f"{question}-xor"].exercise
    assert right(exercise) < 4
    assert right(after(exercise, 99)) == 4
    last = exercise.network.layers[-1]
    flat = replace(exercise, network=Network((last,), loss=exercise.network.loss))
    assert max(right(after(flat, steps)) for steps in (10, 99, 500)) < 4


@BOTH
def test_the_saturated_networks_gradient_vanishes_but_is_not_zero(question: str) -> None:
    gradients = solved(f"{question}-saturated").gradients
    assert np.abs(gradients.W[1]).min() > 0
    assert np.abs(gradients.W[1]).max() < 1e-6
    assert np.abs(gradients.W[3]).max() > 0.1


def distance(network: Network) -> float:
    """Return how far the two most alike hidden units are apart."""
    W = network.layers[0].W
    return min(float(np.abs(a - b).max()) for a, b in combinations(W, 2))


@BOTH
def test_equal_units_stay_alike_and_different_ones_do_not(question: str) -> None:
    equal, broken = PRESETS[f"{question}-equal"].exercise, PRESETS[f"{question}-broken"].exercise
    later = after(equal, 50).network
    assert np.ptp(later.layers[0].W, axis=0).max() < 1e-12
    assert np.abs(later.layers[0].W - equal.network.layers[0].W).max() > 0.01
    assert distance(after(broken, 50).network) > 0.05
    rows = solve(broken).gradients.W[1]
    assert min(float(np.abs(a - b).max()) for a, b in combinations(rows, 2)) > 1e-3


def test_equal_weights_under_softmax_move_the_last_layer_only() -> None:
    assert only_last_layer_moves(solved("q2-equal"))
    assert not only_last_layer_moves(solved("q2-broken"))
    assert not only_last_layer_moves(solved("q1-equal"))


def numbers(exercise: Exercise) -> dict:
    return to_dict(Handout(exercise))["exercise"]


def test_a_seed_gives_one_exercise() -> None:
    assert numbers(random_exercise(7)) == numbers(random_exercise(7))
    assert numbers(random_exercise(7)) != numbers(random_exercise(8))
    np.testing.assert_array_equal(random_exercise(1).network.layers[0].b, [-0.1, 0.3, 0.3, 0.5])


@pytest.mark.parametrize("seed", range(20))
def test_random_numbers_are_tidy_and_targets_one_hot(seed: int) -> None:
    exercise = random_exercise(seed, (3, 5, 4), hidden="relu", loss="cross_entropy", examples=4)
    assert exercise.network.sizes == (3, 5, 4)
    assert (exercise.network.hidden, exercise.network.loss) == ("relu", "cross_entropy")
    for layer in exercise.network.layers:
        values = np.concatenate([layer.W.ravel(), layer.b])
        assert {repr(float(v)).lstrip("-") for v in values} <= {"0.1", "0.2", "0.3", "0.4", "0.5"}
    assert set(exercise.X.ravel()) <= {0.0, 0.5, 1.0}
    assert exercise.X.any(axis=1).all()
    np.testing.assert_array_equal(np.sort(exercise.Y.argmax(axis=1)), range(4))
    np.testing.assert_array_equal(exercise.Y.sum(axis=1), 1.0)


def test_a_single_output_gets_both_targets() -> None:
    np.testing.assert_array_equal(random_exercise(0, (2, 2, 1), examples=3).Y, [[1], [0], [1]])


@pytest.mark.parametrize(
    "call",
    [
        lambda: random_exercise(0, (3,)),
        lambda: random_exercise(0, (3, 0, 2)),
        lambda: random_exercise(0, examples=0),
        lambda: random_exercise(-1),
        lambda: random_exercise(0, hidden="sine"),
    ],
)
def test_an_impossible_random_exercise_is_refused(call: Callable[[], Exercise]) -> None:
    with pytest.raises(ValueError, match=r"need|[Ss]eed"):
        call()


def test_the_textbooks_tanh_output_comes_to_the_books_numbers() -> None:
    gradients = solved("q1-tanh").gradients
    assert solved("q1-tanh").loss == pytest.approx((-0.66577 - 1.0) ** 2, abs=1e-4)
    for value, printed in (
        (gradients.z[3], [[-1.855]]),
        (gradients.W[1], [[-0.88], [1.75]]),
        (gradients.b[1], [-0.44, 0.88]),
        (gradients.W[2], [[-0.42, -0.53]]),
        (gradients.b[2], [-0.69]),
        (gradients.W[3], [[1.67]]),
    ):
        np.testing.assert_allclose(value, printed, rtol=0, atol=0.006)


def test_the_textbooks_relus_solve_xor_and_nothing_moves() -> None:
    solution = solved("q1-xor-relu")
    assert solution.loss == solution.loss_after == 0.0
    assert not any(gradient.any() for gradient in solution.gradients.W)
    assert all(check.passed or check.kink for check in check_solution(solution))


def test_one_logistic_output_says_whether_the_inputs_are_equal() -> None:
    solution = solved("q2-xnor")
    np.testing.assert_allclose(solution.forward_pass.output, [[1], [0], [0], [1]], rtol=0, atol=1e-4)
    assert solution.loss == pytest.approx(0.00018, abs=5e-6)
