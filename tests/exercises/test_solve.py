"""The solved exercises agree with the sheet, and each step of the solution with the core."""

from dataclasses import replace

import numpy as np
import pytest

from mlp import Layer, Network, backward, forward, loss_value, sgd_step
from mlp.exercises import (
    SLIPS,
    Exercise,
    only_last_layer_moves,
    shares,
    sheet_exercise,
    solution_steps,
    solve,
    stands_on_kink,
)
from mlp.losses import LOSSES

BOTH = (0, 1)


def random_exercise(seed: int, loss: str, hidden: str = "tanh", n: int = 3) -> Exercise:
    rng = np.random.default_rng(seed)
    sizes = (3, 4, 2, 3)
    layers = [Layer(rng.normal(size=(m, k)), rng.normal(size=m)) for k, m in zip(sizes, sizes[1:], strict=False)]
    X, Y = rng.normal(size=(n, 3)), np.eye(3)[rng.integers(0, 3, n)]
    return Exercise(Network(layers, hidden, loss), X, Y, 0.3, tuple(range(n)))


@pytest.mark.parametrize(
    ("question", "selected", "loss"),
    [
        ("q1", (0,), 0.37636378397755565),
        ("q1", BOTH, 0.729260865456343),
        ("q2", (0,), 1.0986122886681098),
        ("q2", BOTH, 2.1972245773362196),
    ],
)
def test_the_sheets_losses(question, selected, loss) -> None:
    assert solve(replace(sheet_exercise(question), selected=selected)).loss == pytest.approx(loss, rel=0, abs=1e-12)


# As printed in the sheet's solutions, or computed independently where it leaves them open
NEW_PARAMETERS = {
    ("q1", (0,)): {
        "W1": [0.10133158, 0.1, 0.10133158, 0.1], "b1": [0.10133158] * 4, "W2": [0.10141292] * 4,
        "b2": [0.1048502] * 3, "b3": [0.08360389, 0.18360389, 0.08360389],
    },
    ("q1", BOTH): {
        "W1": [0.10133158, 0.1, 0.10444139, 0.1], "b1": [0.10164256] * 4, "W2": [0.10372305] * 4,
        "b2": [0.10773606] * 3, "b3": [0.06169094, 0.16169094, 0.16169094],
    },
    ("q2", (0,)): {"W1": [0.1] * 4, "W2": [0.1] * 4, "b3": [0.06666667, 0.16666667, 0.06666667]},
    ("q2", BOTH): {"W1": [0.1] * 4, "W2": [0.1] * 4, "b3": [0.03333333, 0.13333333, 0.13333333]},
}  # fmt: skip
NEW_W3 = {
    ("q1", (0,)): [0.09650429, 0.11782465, 0.09650429],
    ("q1", BOTH): [0.08780269, 0.10912304, 0.12751255],
    ("q2", (0,)): [0.09289322, 0.11421357, 0.09289322],
    ("q2", BOTH): [0.0796566, 0.10097695, 0.11936645],
}


@pytest.mark.parametrize("case", NEW_PARAMETERS)
def test_the_sheets_new_parameters(case) -> None:
    question, selected = case
    layers = solve(replace(sheet_exercise(question), selected=selected)).network.layers
    for name, row in NEW_PARAMETERS[case].items():
        values = getattr(layers[int(name[1]) - 1], name[0])
        np.testing.assert_allclose(np.broadcast_to(row, values.shape), values, rtol=0, atol=5.1e-9)
    np.testing.assert_allclose(layers[2].W, np.tile(np.array(NEW_W3[case])[:, np.newaxis], 3), rtol=0, atol=5.1e-9)


def test_the_classic_two_two_two_example_with_its_biases_held_fixed() -> None:
    hidden, output = Layer([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35]), Layer([[0.4, 0.45], [0.5, 0.55]], [0.6, 0.6])
    network = Network((hidden, output), "logistic", "logistic_squared_error")
    exercise = Exercise(network, [[0.05, 0.10]], [[0.01, 0.99]], 0.5, biases_fixed=True)
    solution = solve(exercise)
    assert solution.loss == pytest.approx(0.298371109, abs=5e-10)
    assert solution.loss_after == pytest.approx(0.291027773, abs=1e-9)
    np.testing.assert_array_equal(solution.network.layers[0].b, hidden.b)
    assert solve(replace(exercise, biases_fixed=False)).loss_after < solution.loss_after


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_every_value_shown_is_the_cores(loss, reduction) -> None:
    exercise = replace(random_exercise(1, loss), reduction=reduction)
    passed = forward(exercise.network, exercise.X)
    grads = backward(exercise.network, passed, exercise.Y, reduction=reduction)
    after = sgd_step(exercise.network, grads, exercise.learning_rate)
    value = {step.name: step.value for step in solution_steps(solve(exercise))}
    assert value["L"] == loss_value(exercise.network, passed, exercise.Y, reduction=reduction)
    for l in (1, 2, 3):
        np.testing.assert_array_equal(value[f"z{l}"], passed.z[l].T)
        np.testing.assert_array_equal(value[f"dW{l}"], grads.W[l])
        np.testing.assert_array_equal(value[f"db{l}"][:, 0], grads.b[l])
        np.testing.assert_array_equal(value[f"dz{l}"], grads.z[l].T)
        np.testing.assert_array_equal(value[f"W{l} new"], after.layers[l - 1].W)


def product(terms) -> np.ndarray:
    matrices = [term for term in terms if isinstance(term, np.ndarray)]
    return matrices[0] @ matrices[1]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_numbers_put_in_give_the_value(loss, reduction) -> None:
    for step in solution_steps(solve(replace(random_exercise(2, loss), reduction=reduction))):
        match step.name[:2]:
            case "dW" | "dh":
                np.testing.assert_allclose(product(step.terms), step.value, atol=1e-12)
            case "W1" | "W2" | "W3" | "b1" | "b2" | "b3":
                old, _, eta, _, gradient = step.terms
                np.testing.assert_allclose(old - eta * gradient, step.value, atol=1e-15)
            case "z1" | "z2" | "z3":
                W, h, _, b = step.terms
                np.testing.assert_allclose(W @ h + b, step.value, atol=1e-12)
            case "dz" if step.layer < 3:
                np.testing.assert_allclose(step.terms[0] * step.terms[2], step.value, atol=1e-15)
        if step.parts:
            np.testing.assert_allclose(sum(step.parts), step.value, atol=1e-12)


def test_the_steps_follow_the_sheets_order() -> None:
    names = [step.name for step in solution_steps(solve(sheet_exercise("q1")))]
    assert names == [
        *("h0", "z1", "h1", "z2", "h2", "z3", "L"),
        *("dz3", "dW3", "db3", "dh2", "dz2", "dW2", "db2", "dh1", "dz1", "dW1", "db1"),
        *("W1 new", "b1 new", "W2 new", "b2 new", "W3 new", "b3 new", "L after"),
    ]


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_every_slip_belongs_to_a_step(question) -> None:
    assert set(SLIPS[question]) <= {step.name for step in solution_steps(solve(sheet_exercise(question)))}


def test_softmax_of_large_z_is_shown_with_the_shift_that_computes_it() -> None:
    exercise = sheet_exercise("q2")
    layers = (*exercise.network.layers[:2], replace(exercise.network.layers[2], b=np.array([900.0, 0.0, 0.0])))
    solution = solve(replace(exercise, network=replace(exercise.network, layers=layers)))
    (step,) = [step for step in solution_steps(solution) if step.name == "output"]
    assert r"\max" in step.formula
    assert np.isfinite(step.terms[0]).all()
    np.testing.assert_allclose(step.terms[0] / step.terms[2], step.value, atol=1e-15)


def test_a_batchs_gradient_is_the_sum_of_its_examples_own() -> None:
    solution = solve(random_exercise(3, "cross_entropy"))
    for share in shares(solution):
        if share.name.startswith("dW"):
            np.testing.assert_allclose(share.total, solution.gradients.W[int(share.name[2])], atol=1e-12)
    assert shares(solution)[0].total[0, 0] == pytest.approx(solution.loss)
    assert shares(solution)[0].mean[0, 0] == pytest.approx(solution.loss / 3)


def test_only_the_last_layer_of_question_2_moves_until_a_weight_differs() -> None:
    exercise = sheet_exercise("q2")
    assert only_last_layer_moves(solve(exercise))
    assert not only_last_layer_moves(solve(sheet_exercise("q1")))
    W = np.full((3, 3), 0.1)
    W[0, 0] = 0.2
    layers = (*exercise.network.layers[:2], replace(exercise.network.layers[2], W=W))
    assert not only_last_layer_moves(solve(replace(exercise, network=replace(exercise.network, layers=layers))))


def test_a_kink_is_a_relu_at_exactly_zero() -> None:
    exercise = random_exercise(4, "squared_error", "relu", n=1)
    assert not stands_on_kink(solve(exercise))
    zero = replace(exercise.network.layers[0], W=np.zeros((4, 3)), b=np.zeros(4))
    network = replace(exercise.network, layers=(zero, *exercise.network.layers[1:]))
    assert stands_on_kink(solve(replace(exercise, network=network)))
    assert not stands_on_kink(solve(replace(exercise, network=replace(network, hidden="tanh"))))


def test_what_overflows_is_solved_without_a_warning() -> None:
    exercise = replace(sheet_exercise("q1"), X=np.full((2, 4), 1e200), Y=np.full((2, 3), 1e200))
    assert solve(exercise).loss == np.inf
