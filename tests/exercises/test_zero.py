"""Zero is one notion: what is within the rounding of its own sum is 0 for slope, display, note and check."""

from dataclasses import replace

import numpy as np
import pytest

from mlp import Layer, Network, backward, forward, init_network
from mlp.exercises import (
    Exercise,
    check_solution,
    decode,
    encode,
    from_json,
    random_exercise,
    sheet_exercise,
    solution_steps,
    solve,
    stands_on_kink,
)
from mlp.exercises.descent import descend
from mlp.exercises.explained.batch import shares
from mlp.exercises.handout import Handout
from mlp.exercises.zero import forward_on_paper, settled
from mlp.view.exercise.check_words import checked_words, kink_words
from mlp.view.numbers import format_number
from mlp.view.sheet.checks import check_row

ON_PAPER = [[0.1, 0.2], [0.5, 0.1]], [-0.3, 0.2]


def kinked(loss: str = "squared_error", W=ON_PAPER[0], b=ON_PAPER[1], x=(1.0, 1.0)) -> Exercise:
    return Exercise(Network((Layer(W, b), Layer([[1.0, 1.0]], [0.0])), "relu", loss), [x], [[1.0]])


def test_zero_on_paper_is_zero_for_slope_display_note_and_check() -> None:
    solution = solve(kinked())
    value = {step.name: step.value for step in solution_steps(solution)}
    assert value["z1"][0, 0] == 0.0
    np.testing.assert_array_equal(value["dW1"][0], [0.0, 0.0])
    assert value["dW1"][1] == pytest.approx([-0.2, -0.2])
    assert stands_on_kink(solution)
    checks = check_solution(solution)
    assert checked_words(checks) == "2 of 4, 2 at a kink"
    verdicts = [check_row(check, False)[-1] for check in checks]
    assert "✗ differs" not in verdicts
    assert sum("at the kink there is no derivative" in verdict for verdict in verdicts) == 2
    assert "(layer 1, unit 1, example 1)" in kink_words(solution)


@pytest.mark.parametrize(
    ("weights", "bias", "x"),
    [
        ((0.1, 0.2), -0.3, (1, 1)), ((0.1, 0.7), -0.8, (1, 1)), ((0.3, 0.3), -0.6, (1, 1)), ((1.1, 2.2), -3.3, (1, 1)),
        ((0.1, 0.1), -0.3, (1, 2)), ((0.7, -0.1), 0.0, (0.1, 0.7)), ((1e6, 0.1), -1000000.1, (1, 1)),
        ((0.1, -1 / 3), -0.1, (3, 0.6)), ((1e-9, 2e-9), -3e-9, (1, 1)),
    ],
)  # fmt: skip
def test_sums_that_are_zero_on_paper(weights, bias, x) -> None:
    solution = solve(kinked(W=[weights, (1, 1)], b=[bias, 1.0], x=x))
    assert solution.forward_pass.z[1][0, 0] == 0.0
    assert not solution.gradients.W[1][0].any()


@pytest.mark.parametrize("small", [1e-16, 1e-200, -1e-16, 1e-13])
def test_a_number_that_is_small_by_itself_is_not_zero(small: float) -> None:
    solution = solve(kinked(W=[[small, 0.0], [0.5, 0.1]], b=[0.0, 0.2]))
    assert solution.forward_pass.z[1][0, 0] == small
    assert solution.gradients.W[1][0].any() == (small > 0.0)
    assert format_number(small) != "0"


def test_a_zero_above_a_rounded_layer_is_zero_too() -> None:
    # On paper h = (0.1, 0.3) and z = 3 * 0.1 - 0.3; in a computer 0.3 - 0.2 is 0.09999999999999998
    layers = (Layer([[0.3, -0.2], [0.1, 0.2]], [0.0, 0.0]), Layer([[3.0, -1.0]], [0.0]), Layer([[1.0]], [0.5]))
    exercise = Exercise(Network(layers, "relu", "squared_error"), [[1.0, 1.0]], [[0.0]])
    assert forward(exercise.network, exercise.X).z[2][0, 0] != 0.0
    assert solve(exercise).forward_pass.z[2][0, 0] == 0.0


def test_an_output_that_is_its_target_has_no_error_and_nothing_moves() -> None:
    network = Network((Layer([[0.1, 0.2]], [0.0]),), "tanh", "squared_error")
    solution = solve(Exercise(network, [[1.0, 1.0]], [[0.3]]))
    assert (solution.loss, solution.change) == (0.0, 0.0)
    assert not any(gradient.any() for gradient in (*solution.gradients.W, *solution.gradients.z, *solution.gradients.h))
    np.testing.assert_array_equal(solution.network.layers[0].W, network.layers[0].W)


def test_a_parameter_that_a_step_takes_to_zero_is_zero() -> None:
    network = Network((Layer([[0.3]], [0.0]),), "tanh", "squared_error")
    solution = solve(Exercise(network, [[1.0]], [[0.0]], 1.0))
    assert solution.network.layers[0].W[0, 0] == 0.0
    solution = solve(Exercise(Network((Layer([[0.3]], [0.0]),), "tanh", "squared_error"), [[1.0]], [[-2.7]], 0.1))
    assert solution.network.layers[0].W[0, 0] == 0.0


def test_the_batchs_sums_are_on_paper_too() -> None:
    layers = (Layer([[0.1]], [0.0]),)
    exercise = Exercise(Network(layers, "tanh", "squared_error"), [[1.0], [1.0]], [[0.4], [-0.2]], selected=(0, 1))
    solution = solve(exercise)
    assert solution.gradients.W[1][0, 0] == 0.0
    total = {share.name: share.total for share in shares(solution)}
    assert total["db1"][0, 0] == 0.0
    assert np.ptp(descend(exercise, 3).parameters[:, 0]) == 0.0


def test_everything_else_is_the_cores_bit_for_bit() -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        network = init_network((3, 4, 2), hidden="relu", loss="cross_entropy", rng=rng)
        X, Y = rng.normal(size=(3, 3)), np.eye(2)[[0, 1, 0]]
        passed = forward(network, X)
        raw, solution = backward(network, passed, Y), solve(Exercise(network, X, Y, 0.1, (0, 1, 2)))
        for l in (1, 2):
            np.testing.assert_array_equal(solution.forward_pass.z[l], passed.z[l])
            np.testing.assert_array_equal(solution.gradients.W[l], raw.W[l])


def test_what_overflows_stays_as_it_is() -> None:
    assert np.isnan(settled(np.array([np.nan]), np.array([np.inf]))).all()
    assert settled(np.array([np.inf]), np.array([np.inf]))[0] == np.inf
    passed, _ = forward_on_paper(Network((Layer([[1.0]], [0.0]),), "tanh", "squared_error"), np.array([[1e300]]))
    assert passed.z[1][0, 0] == 1e300


@pytest.mark.parametrize("seed", range(8))
def test_the_order_in_memory_decides_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tenths = [rng.integers(-9, 10, shape) / 10 for shape in ((5, 7), (7,), (7, 3), (3,))]
    layers = (Layer(tenths[0].T, tenths[1]), Layer(tenths[2].T, tenths[3]))
    exercise = Exercise(
        Network(layers, "relu", "squared_error"), np.asfortranarray(rng.normal(size=(2, 5))), np.eye(3)[:2]
    )
    same = decode(encode(Handout(exercise))).exercise
    assert exercise.key == same.key
    for ours, theirs in zip(solution_steps(solve(exercise)), solution_steps(solve(same)), strict=True):
        assert np.asarray(ours.value).tobytes() == np.asarray(theirs.value).tobytes(), ours.name
    assert all(layer.W.flags.c_contiguous for layer in exercise.network.layers)


@pytest.mark.slow
def test_random_numbers_for_relu_stay_away_from_the_kink() -> None:
    for seed in range(1000):
        solution = solve(replace(random_exercise(seed, hidden="relu"), selected=(0, 1)))
        assert not stands_on_kink(solution), seed
        assert all(check.passed for check in check_solution(solution)), seed


def test_seeds_that_were_away_from_the_kink_keep_their_numbers() -> None:
    kept = 0
    for seed in range(100):
        relu, tanh = random_exercise(seed, hidden="relu"), random_exercise(seed)
        as_before = replace(tanh, network=replace(tanh.network, hidden="relu"))
        free = not stands_on_kink(solve(replace(as_before, selected=(0, 1))))
        kept += free
        assert (relu.key == as_before.key) == free, seed
    assert 50 < kept < 100


def test_many_examples_and_units_are_drawn_in_a_moment() -> None:
    exercise = random_exercise(1, (8, 8, 8, 8, 8, 8), hidden="relu", examples=16)
    assert not stands_on_kink(solve(replace(exercise, selected=tuple(range(16)))))


def test_the_sheets_second_question_moves_only_the_last_layer_exactly() -> None:
    solution = solve(sheet_exercise("q2"))
    assert not any(delta.any() for delta in tuple(solution.gradients.z)[:-1])


def test_the_case_of_the_file() -> None:
    layers = '{"W": [[[0.1, 0.2], [0.5, 0.1]], [[1.0, 1.0]]], "b": [[-0.3, 0.2], [0.0]]'
    text = (
        f'{{"version": 1, "exercise": {layers}, "hidden": "relu", "loss": "squared_error", "X": [[1.0, 1.0]], '
        '"Y": [[1.0]], "learning_rate": 0.1, "selected": [0], "reduction": "sum", "biases_fixed": false}, '
        '"decimals": 5, "step": null, "title": "", "task": "", "hide": []}'
    )
    np.testing.assert_array_equal(solve(from_json(text).exercise).gradients.W[1][0], [0.0, 0.0])
