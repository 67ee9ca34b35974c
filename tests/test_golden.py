"""The sheet's four exercises against numbers computed here in 40-digit decimal arithmetic, and against the paper."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from mlp import Gradients, Layer, Network, backward, check_gradients, forward, loss_value, sgd_step

SIZES = (4, 4, 3, 3)
X = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 0.0, 10.0, 0.0]])
Y = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
ETA = 0.1
EXERCISES = {
    "Q1.1": ("squared_error", 1),
    "Q1.2": ("squared_error", 2),
    "Q2.1": ("cross_entropy", 1),
    "Q2.2": ("cross_entropy", 2),
}

# What the agreement prints: new rows of W[1], W[2], W[3] and b[1], b[2], b[3]
ROW = [0.10133158, 0.1, 0.10133158, 0.1]
UNCHANGED = ([[0.1] * 4] * 4, [[0.1] * 4] * 3), ([0.1] * 4, [0.1] * 3)
PRINTED = {
    "Q1.1": (
        0.37636378397755565,
        ([ROW] * 4, [[0.10141292] * 4] * 3, np.outer([0.09650429, 0.11782465, 0.09650429], np.ones(3))),
        ([0.10133158] * 4, [0.1048502] * 3, [0.08360389, 0.18360389, 0.08360389]),
    ),
    "Q1.2": (
        0.729260865456343,
        (
            [[0.10133158, 0.1, 0.10444139, 0.1]] * 4,
            [[0.10372305] * 4] * 3,
            np.outer([0.08780269, 0.10912304, 0.12751255], np.ones(3)),
        ),
        ([0.10164256] * 4, [0.10773606] * 3, [0.06169094, 0.16169094, 0.16169094]),
    ),
    "Q2.1": (
        1.0986122886681098,
        (*UNCHANGED[0], np.outer([0.09289322, 0.11421357, 0.09289322], np.ones(3))),
        (*UNCHANGED[1], [0.06666667, 0.16666667, 0.06666667]),
    ),
    "Q2.2": (
        2.1972245773362196,
        (*UNCHANGED[0], np.outer([0.0796566, 0.10097695, 0.11936645], np.ones(3))),
        (*UNCHANGED[1], [0.03333333, 0.13333333, 0.13333333]),
    ),
}


def exercise(name: str) -> tuple[Network, np.ndarray, np.ndarray]:
    loss, n = EXERCISES[name]
    layers = [Layer(np.full((out, into), 0.1), np.full(out, 0.1)) for into, out in zip(SIZES, SIZES[1:], strict=False)]
    return Network(layers, "tanh", loss), X[:n], Y[:n]


def solved(name: str) -> tuple[float, Gradients, Network]:
    network, inputs, targets = exercise(name)
    forward_pass = forward(network, inputs)
    gradients = backward(network, forward_pass, targets)
    return loss_value(network, forward_pass, targets), gradients, sgd_step(network, gradients, ETA)


def decimal_example(x: list[Decimal], y: list[Decimal], loss: str) -> tuple[Decimal, list, list]:
    """Return loss, [dW1, dW2, dW3] and [db1, db2, db3] of one example, every parameter 0.1, by loops over Decimals."""
    w = Decimal("0.1")
    h = [x]
    for units in SIZES[1:]:
        h.append([w * sum(h[-1]) + w] * units)
        if len(h) < len(SIZES):
            h[-1] = [1 - 2 / ((2 * z).exp() + 1) for z in h[-1]]
    z = h.pop()
    if loss == "cross_entropy":
        total = sum(v.exp() for v in z)
        value = -sum(t * (v.exp() / total).ln() for v, t in zip(z, y, strict=True))
        delta = [v.exp() / total - t for v, t in zip(z, y, strict=True)]
    else:
        value = sum((v - t) ** 2 for v, t in zip(z, y, strict=True)) / 2
        delta = [v - t for v, t in zip(z, y, strict=True)]
    dW, db = [], []
    for below in reversed(h):
        dW.insert(0, [[d * v for v in below] for d in delta])
        db.insert(0, delta)
        delta = [w * sum(delta) * (1 - v * v) for v in below]
    return value, dW, db


def precise(name: str) -> tuple[float, list[np.ndarray], list[np.ndarray]]:
    """Return the loss and the parameters after the step, from 40 digits."""
    loss, n = EXERCISES[name]
    with localcontext(prec=40):
        examples = [
            decimal_example([Decimal(int(v)) for v in x], [Decimal(int(v)) for v in y], loss)
            for x, y in zip(X[:n], Y[:n], strict=True)
        ]
        values, dWs, dbs = zip(*examples, strict=True)
        value = sum(values)
        W, b = (
            [
                Decimal("0.1") - Decimal("0.1") * sum(np.array(d[l], dtype=object) for d in gradients)
                for l in range(len(SIZES) - 1)
            ]
            for gradients in (dWs, dbs)
        )
    return float(value), [a.astype(float) for a in W], [a.astype(float) for a in b]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_exercise_agrees_with_forty_digits_to_twelve(name: str) -> None:
    loss, _, after = solved(name)
    value, W, b = precise(name)
    assert loss == pytest.approx(value, abs=1e-12)
    for layer, expected_W, expected_b in zip(after.layers, W, b, strict=True):
        np.testing.assert_allclose(layer.W, expected_W, rtol=0, atol=1e-12)
        np.testing.assert_allclose(layer.b, expected_b, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_exercise_agrees_with_what_is_printed(name: str) -> None:
    loss, _, after = solved(name)
    value, W, b = PRINTED[name]
    assert loss == pytest.approx(value, abs=1e-12)
    for layer, expected_W, expected_b in zip(after.layers, W, b, strict=True):
        np.testing.assert_allclose(layer.W, expected_W, rtol=0, atol=0.5000001e-8)
        np.testing.assert_allclose(layer.b, expected_b, rtol=0, atol=0.5000001e-8)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_exercise_passes_the_gradient_check(name: str) -> None:
    checks = check_gradients(*exercise(name))
    assert [check.name for check in checks] == ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
    assert all(check.passed for check in checks)
    assert max(check.relative_error for check in checks) < 1e-9


def test_every_quantity_of_question_1_is_the_one_on_paper() -> None:
    network, inputs, targets = exercise("Q1.1")
    forward_pass = forward(network, inputs)
    gradients, after = backward(network, forward_pass, targets), solved("Q1.1")[2]
    on_paper = {  # value: (what it is, a unit in the last digit that is printed)
        "z[1]": (forward_pass.z[1], 0.3, 1e-15),
        "h[1]": (forward_pass.h[1], 0.2913, 1e-4),
        "z[2]": (forward_pass.z[2], 0.2165, 1e-4),
        "h[2]": (forward_pass.h[2], 0.2132, 1e-4),
        "y-hat": (forward_pass.output, 0.16396, 1e-5),
        "dz[3]": (gradients.z[3], [[0.16396, -0.83604, 0.16396]], 1e-5),
        "dW[3]": (gradients.W[3], np.outer([0.03496, -0.17825, 0.03496], np.ones(3)), 1e-5),
        "dh[2]": (gradients.h[2], -0.050812, 1e-6),
        "dz[2]": (gradients.z[2], -0.04850, 1e-5),
        "dW[2]": (gradients.W[2], -0.01413, 1e-5),
        "dh[1]": (gradients.h[1], -0.01455, 1e-5),
        "dz[1]": (gradients.z[1], -0.01332, 1e-5),
        "dW[1]": (gradients.W[1], np.outer(np.ones(4), [-0.01332, 0.0, -0.01332, 0.0]), 1e-5),
        "new b[1]": (after.layers[0].b, 0.101332, 1e-6),
        "new b[2]": (after.layers[1].b, 0.10485, 1e-5),
        "new W[3]": (after.layers[2].W, np.outer([0.0965, 0.1178, 0.0965], np.ones(3)), 1e-4),
        "new b[3]": (after.layers[2].b, [0.0836, 0.1836, 0.0836], 1e-4),
    }
    for name, (value, printed, unit) in on_paper.items():
        np.testing.assert_allclose(value, np.broadcast_to(printed, value.shape), rtol=0, atol=0.51 * unit, err_msg=name)


def test_question_2_moves_only_the_last_layer() -> None:
    network, *_ = exercise("Q2.1")
    for name in ("Q2.1", "Q2.2"):
        _, gradients, after = solved(name)
        np.testing.assert_allclose(gradients.h[2], 0.0, atol=1e-16)
        for l in (0, 1):
            np.testing.assert_allclose(after.layers[l].W, network.layers[l].W, rtol=0, atol=1e-16)
            np.testing.assert_allclose(after.layers[l].b, network.layers[l].b, rtol=0, atol=1e-16)
        assert np.abs(after.layers[2].W - network.layers[2].W).min() > 0.0009


@pytest.mark.parametrize("name", EXERCISES)
def test_the_step_lowers_the_loss(name: str) -> None:
    loss, _, after = solved(name)
    _, inputs, targets = exercise(name)
    assert loss_value(after, forward(after, inputs), targets) < loss
