"""The gradient check: it says yes to every right gradient and no to every wrong one."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from mlp import Layer, Network, backward, check_gradients, forward, init_network, loss_value
from mlp.activations import ACTIVATIONS
from mlp.gradcheck import best_difference, moved_losses, relative_error
from mlp.losses import LOSSES
from mlp.network import ByLayer, Gradients
from tests.pairs import each_pair

HIDDEN, LOSS = sorted(ACTIVATIONS), sorted(LOSSES)
DEPTHS = {1: (3, 2), 2: (3, 4, 2), 3: (3, 4, 4, 2), 4: (3, 4, 3, 4, 2)}


def example(hidden: str = "tanh", loss: str = "cross_entropy", sizes=(4, 4, 3, 3), n: int = 2, seed: int = 0):
    """Return a random network with biases that aren't zero, inputs and one-hot targets."""
    rng = np.random.default_rng(seed)
    network = init_network(sizes, hidden=hidden, loss=loss, rng=rng)
    assert all((layer.b != 0).all() for layer in network.layers)
    return network, rng.normal(size=(n, sizes[0])), np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]


def worst(checks) -> float:
    return max(check.relative_error for check in checks)


@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("depth", DEPTHS)
@each_pair
def test_backward_is_right_for_every_activation_loss_and_depth(hidden, loss, depth, n) -> None:
    network, X, Y = example(hidden, loss, DEPTHS[depth], n, seed=depth)
    for reduction in ("sum", "mean"):
        for alpha in (0.0, 0.4):
            checks = check_gradients(network, X, Y, reduction=reduction, alpha=alpha)
            assert [check.name for check in checks] == [f"{k}[{l}]" for l in range(1, depth + 1) for k in "Wb"]
            assert all(check.passed for check in checks)
            assert worst(checks) < 1e-7


@pytest.mark.parametrize("loss", LOSS)
def test_targets_need_not_sum_to_one(loss) -> None:
    network, X, _ = example(loss=loss)
    assert all(check.passed for check in check_gradients(network, X, np.array([[1.0, 1, 1], [0.2, -3, 0]])))


@pytest.mark.parametrize("weights", [0.1, 1.0, 10.0, 100.0])
@pytest.mark.parametrize("inputs", [1e-3, 10.0, 100.0, 1e3])
def test_large_and_small_inputs_and_weights_raise_no_false_alarm(inputs, weights) -> None:
    for row, hidden in enumerate(HIDDEN):
        for column, loss in enumerate(LOSS):
            seed = (row + column) % 2  # with every activation and every loss both, without a penalty and with one
            network, X, Y = example(hidden, loss, seed=seed)
            layers = [Layer(weights * layer.W, weights * layer.b) for layer in network.layers]
            checks = check_gradients(replace(network, layers=layers), inputs * X, Y, alpha=0.1 * seed)
            assert worst(checks) < 1e-6, (hidden, loss, seed)


@pytest.mark.parametrize("distance", [1e-2, 1e-3, 1e-4, 1e-5, -1e-5, -1e-4])
def test_a_relu_close_to_its_kink_raises_no_false_alarm(distance) -> None:
    layers = [Layer([[1.0, -1.0]], [distance]), Layer([[2.0], [1.0]], [0.3, 0.1])]
    network = Network(layers, "relu", "squared_error")
    checks = check_gradients(network, [[1.0, 1.0]], [[0.0, 1.0]])
    assert all(check.passed for check in checks)


def test_the_sheets_large_input_is_settled_to_nine_digits() -> None:
    layers = [Layer(np.full((k, j), 0.1), np.full(k, 0.1)) for j, k in ((4, 4), (4, 3), (3, 3))]
    X, Y = [[1, 0, 1, 0], [0, 0, 10, 0]], [[0, 1, 0], [0, 0, 1]]
    assert worst(check_gradients(Network(layers, "tanh", "squared_error"), X, Y)) < 1e-9


def one_entry_off(gradients: Gradients) -> Gradients:
    """Return the gradients with one entry wrong by a ten-thousandth."""
    W = [array.copy() for array in gradients.W]
    W[1][0, 1] *= 1.0001
    return replace(gradients, W=ByLayer(W))


def smallest_entry_negated(gradients: Gradients) -> Gradients:
    W = [array.copy() for array in gradients.W]
    W[0].flat[np.abs(W[0]).argmin()] *= -1
    return replace(gradients, W=ByLayer(W))


def negated(gradients: Gradients) -> Gradients:
    return replace(gradients, b=ByLayer(-b for b in gradients.b))


def transposed(gradients: Gradients) -> Gradients:
    return replace(gradients, W=ByLayer([gradients.W[1].T, *list(gradients.W)[1:]]))


def forgotten_bias(gradients: Gradients) -> Gradients:
    return replace(gradients, b=ByLayer([*list(gradients.b)[:-1], np.zeros_like(gradients.b[-1])]))


def last_example_only(gradients: Gradients) -> Gradients:
    return replace(gradients, b=ByLayer(dz[-1] for dz in gradients.z))


@pytest.mark.parametrize(
    ("corrupt", "wrong"),
    [
        (one_entry_off, {"W[2]"}),
        (smallest_entry_negated, {"W[1]"}),
        (negated, {"b[1]", "b[2]", "b[3]"}),
        (transposed, {"W[1]"}),
        (forgotten_bias, {"b[3]"}),
        (last_example_only, {"b[1]", "b[2]", "b[3]"}),
    ],
)
@pytest.mark.parametrize("loss", LOSS)
def test_a_corrupted_gradient_fails_and_is_named(loss, corrupt, wrong) -> None:
    network, X, Y = example(loss=loss)
    gradients = corrupt(backward(network, forward(network, X), Y))
    checks = check_gradients(network, X, Y, gradients=gradients)
    assert {check.name for check in checks if not check.passed} == wrong


@pytest.mark.parametrize("option", [{"reduction": "mean"}, {"alpha": 0.1}])
def test_a_gradient_of_another_loss_fails(option) -> None:
    network, X, Y = example()
    gradients = backward(network, forward(network, X), Y)
    assert not any(c.passed for c in check_gradients(network, X, Y, gradients=gradients, **option) if "W" in c.name)


def test_a_forgotten_derivative_of_the_activation_fails(monkeypatch) -> None:
    network, X, Y = example()
    broken = replace(ACTIVATIONS["tanh"], derivative=ACTIVATIONS["identity"].derivative)
    monkeypatch.setitem(ACTIVATIONS, "tanh", broken)
    assert {c.name: c.passed for c in check_gradients(network, X, Y)} == {
        "W[1]": False, "b[1]": False, "W[2]": False, "b[2]": False, "W[3]": True, "b[3]": True
    }  # fmt: skip


def test_a_delta_that_is_not_the_gradient_of_the_value_fails_everywhere(monkeypatch) -> None:
    network, X, Y = example(loss="logistic_squared_error")
    broken = replace(LOSSES["logistic_squared_error"], delta=LOSSES["squared_error"].delta)
    monkeypatch.setitem(LOSSES, "logistic_squared_error", broken)
    assert not any(check.passed for check in check_gradients(network, X, Y))


def test_a_small_wrong_gradient_beside_a_large_right_one_fails() -> None:
    network, X, Y = example("identity")
    X = X * [1e-4, 1.0, 1e3, 1.0]  # the first column of dL/dW[1] is ten million times smaller than the third
    gradients = backward(network, forward(network, X), Y)
    W = [array.copy() for array in gradients.W]
    W[0][:, 0] *= -1
    checks = check_gradients(network, X, Y, gradients=replace(gradients, W=ByLayer(W)))
    assert not checks[0].passed


@pytest.mark.parametrize("inputs", [1e-3, 1.0, 100.0])
def test_a_ten_thousandth_is_noticed_at_any_size_of_the_inputs(inputs) -> None:
    network, X, Y = example()
    gradients = backward(network, forward(network, inputs * X), Y)
    W = [array.copy() for array in gradients.W]
    W[1].flat[np.abs(W[1]).argmax()] *= 1.0001
    checks = check_gradients(network, inputs * X, Y, gradients=replace(gradients, W=ByLayer(W)))
    assert [check.name for check in checks if not check.passed] == ["W[2]"]


def at_distance(distance: float) -> tuple[Network, list, list]:
    """Return a network whose first hidden unit stands so far from its kink, the second one far away."""
    layers = [Layer([[1.0, -1.0], [0.5, 0.2]], [distance, 0.1]), Layer([[2.0, -1.0]], [0.3])]
    return Network(layers, "relu", "squared_error"), [[1.0, 1.0]], [[0.0]]


def test_a_relu_exactly_at_its_kink_has_no_derivative_and_the_check_says_so() -> None:
    checks = check_gradients(*at_distance(0.0))
    assert [(check.name, check.passed, check.kink) for check in checks] == [
        ("W[1]", False, True), ("b[1]", False, True), ("W[2]", True, False), ("b[2]", True, False),
    ]  # fmt: skip


@pytest.mark.parametrize("exponent", range(-16, 0))
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_however_close_to_the_kink_nothing_differs_without_a_word(exponent, side) -> None:
    for factor, inputs in ((1.0, 1.0), (2.0, 1000.0), (5.0, 1.0)):
        network, X, Y = at_distance(side * factor * 10.0**exponent)
        layers = (replace(network.layers[0], W=network.layers[0].W / inputs), *network.layers[1:])
        for check in check_gradients(replace(network, layers=layers), inputs * np.array(X), Y):
            assert check.passed or check.kink, (check.name, check.relative_error)


@pytest.mark.parametrize("distance", [0.0, 1e-9, -1e-9])
def test_a_wrong_gradient_is_not_excused_by_a_kink(distance) -> None:
    network, X, Y = at_distance(distance)
    gradients = backward(network, forward(network, X), Y)
    for name, place in (("W", (1, 0)), ("W", (0, 0)), ("b", (1,))):
        wrong = [array.copy() for array in getattr(gradients, name)]
        wrong[0][place] = 1.01 * wrong[0][place] + 0.03
        checks = check_gradients(network, X, Y, gradients=replace(gradients, **{name: ByLayer(wrong)}))
        assert f"{name}[1]" in [c.name for c in checks if not c.passed and not c.kink]


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e308])
def test_numbers_that_overflowed_do_not_pass_and_give_no_warning(value) -> None:
    layers = [Layer([[value]], [1e308]), Layer([[1e308]], [0.0])]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        checks = check_gradients(Network(layers, "identity", "squared_error"), [[1e308]], [[0.0]])
    assert not any(check.passed for check in checks)


def test_a_tolerance_of_zero_lets_nothing_pass_that_moves() -> None:
    network, X, Y = example()
    assert not any(check.passed for check in check_gradients(network, X, Y, tolerance=0.0))


@pytest.mark.parametrize("kind", ["W", "b"])
@pytest.mark.parametrize("l", [1, 2, 3])
@pytest.mark.parametrize("loss", LOSS)
def test_the_moved_losses_are_those_of_networks_with_moved_parameters(loss, l, kind) -> None:
    network, X, Y = example(loss=loss)
    rng, alpha, layer = np.random.default_rng(1), 0.3, network.layers[l - 1]
    moved = getattr(layer, kind) + rng.normal(size=(5, *getattr(layer, kind).shape))
    W, b = (moved, layer.b) if kind == "W" else (layer.W, moved)
    ours = moved_losses(network, forward(network, X).h[l - 1], Y, l, W, b, alpha)
    networks = [
        replace(network, layers=(*network.layers[: l - 1], replace(layer, **{kind: m}), *network.layers[l:]))
        for m in moved
    ]
    expected = [loss_value(changed, forward(changed, X), Y, alpha=alpha) for changed in networks]
    np.testing.assert_allclose(ours - ours[0], np.array(expected) - expected[0], rtol=0, atol=1e-12)


def test_two_steps_together_are_exact_for_a_cubic_and_good_to_ten_digits_for_an_exponential() -> None:
    values = np.array([2.0, -0.5, 0.1])
    cubic = best_difference(lambda moved: (moved**3).sum(axis=1), values, np.arange(3), scale=1.0)
    np.testing.assert_allclose(cubic, 3 * values**2, rtol=0, atol=1e-13)
    exponential = best_difference(lambda moved: np.exp(moved).sum(axis=1), values, np.arange(3), scale=1.0)
    np.testing.assert_allclose(exponential, np.exp(values), rtol=0, atol=2e-11)


def test_a_layer_too_large_to_be_moved_at_once_gives_the_same(monkeypatch) -> None:
    network, X, Y = example()
    whole = check_gradients(network, X, Y)
    monkeypatch.setattr("mlp.gradcheck.NUMBERS_AT_ONCE", 100)
    for a, b in zip(whole, check_gradients(network, X, Y), strict=True):
        np.testing.assert_allclose(a.numeric, b.numeric, rtol=0, atol=1e-9)


def test_the_relative_error_is_that_of_the_worst_entry() -> None:
    assert relative_error(np.array([1.0, 100.0]), np.array([1.01, 100.0])) == pytest.approx(0.01 / 1.01)
    assert relative_error(np.array([-1.0]), np.array([1.0])) == 2.0
    assert relative_error(np.zeros(2), np.zeros(2)) == 0.0


def test_rounding_beside_a_gradient_of_zero_is_no_error() -> None:
    assert relative_error(np.array([0.0]), np.array([1e-13])) < 1e-8
    assert relative_error(np.array([0.0]), np.array([1e-10]), scale=1e3) < 1e-8
    assert relative_error(np.array([0.0]), np.array([1e-9])) > 1e-6


def test_the_result_holds_both_derivatives_in_the_parameters_shape() -> None:
    network, X, Y = example()
    gradients = backward(network, forward(network, X), Y)
    for l, layer in enumerate(network.layers, start=1):
        check_W, check_b = check_gradients(network, X, Y)[2 * l - 2 : 2 * l]
        assert check_W.numeric.shape == layer.W.shape
        assert check_b.numeric.shape == layer.b.shape
        np.testing.assert_array_equal(check_W.analytic, gradients.W[l])
        assert check_W.numeric is not check_W.analytic


def test_a_single_example_needs_no_batch() -> None:
    network, X, Y = example(n=1)
    assert worst(check_gradients(network, X[0], Y[0])) == worst(check_gradients(network, X, Y))


def test_nonsense_is_refused() -> None:
    network, X, Y = example()
    with pytest.raises(ValueError, match="Y needs a row for each of the 2 examples"):
        check_gradients(network, X, Y[0])
    with pytest.raises(ValueError, match="reduction needs one of"):
        check_gradients(network, X, Y, reduction="max")
