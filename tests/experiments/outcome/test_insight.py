"""Inside a network: saturated or not by the stated rule, and gradients as finite differences have them."""

import math
from dataclasses import replace

import numpy as np
import pytest

from mlp.activations import ACTIVATIONS
from mlp.datasets import Split, digits, split
from mlp.experiments.outcome.insight import EXAMPLES, activations, first_weights, insight, insights, saturation
from mlp.gradcheck import check_gradients
from mlp.network import Layer, Network, forward, init_network

RNG = np.random.RandomState(3)
X, Y_INDEX = RNG.normal(size=(7, 5)), np.array([0, 1, 2, 0, 1, 2, 2])


@pytest.fixture(scope="module")
def data() -> Split:
    return split(digits())


@pytest.mark.parametrize(
    ("hidden", "column", "units", "share"),
    [
        ("tanh", [0.96, -0.96, 0.0, 0.95], 1, 0.5),
        ("tanh", [0.96, 0.0, 0.0, 0.0], 0, 0.25),
        ("logistic", [0.98, 0.02, 0.5, 0.9], 1, 0.5),
        ("logistic", [0.97, 0.03, 0.5, 0.9], 0, 0.0),
        ("relu", [0.0, 0.0, 0.0, 0.0], 1, 1.0),
        ("relu", [0.0, 0.0, 0.0, 3.0], 0, 0.75),
        ("identity", [99.0, 0.0, -99.0, 1.0], 0, 0.0),
    ],
)
def test_a_unit_is_saturated_by_the_rule_of_its_activation(hidden, column, units, share):
    h = np.array(column)[:, np.newaxis]
    assert saturation(hidden, np.full(h.shape, np.nan), h) == (units, share)


def test_a_gelu_unit_is_saturated_by_its_z_because_its_h_is_small_at_both_ends_of_its_dip():
    z = np.array([-2.6, -9.0, -0.006, 2.6])[:, np.newaxis]
    gelu = ACTIVATIONS["gelu"]
    assert saturation("gelu", z, gelu.f(z)) == (1, 0.5)
    left = np.linspace(-40.0, -2.5, 100)
    assert np.abs(gelu.derivative(left, gelu.f(left))).max() < 0.05
    assert abs(gelu.f(z[0]) - gelu.f(np.array([-0.0247]))) < 1e-3


def test_units_are_counted_one_by_one_and_answers_together():
    h = np.array([[1.0, 0.0, -1.0], [1.0, 1.0, -1.0], [1.0, 0.0, 0.0], [1.0, 0.0, -1.0]])
    assert saturation("tanh", h, h) == (2, 8 / 12)


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_error"])
@pytest.mark.parametrize("hidden", ["tanh", "logistic", "identity"])
def test_the_norms_are_those_of_finite_differences(hidden, loss):
    network = init_network((5, 4, 3, 3), hidden=hidden, loss=loss, rng=np.random.RandomState(1))
    checks = check_gradients(network, X, np.eye(3)[Y_INDEX], reduction="mean")
    numeric = [np.sqrt((check.numeric**2).sum()) for check in checks if check.name.startswith("W")]
    assert [layer.gradient_norm for layer in insight(network, X, Y_INDEX)] == pytest.approx(numeric, rel=1e-7)


def test_a_network_worked_out_by_hand():
    network = Network(
        (Layer([[3.0], [0.1]], [0.0, 0.0]), Layer([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0])), "tanh", "squared_error"
    )
    first, last = insight(network, np.array([[1.0], [-1.0]]), np.array([0, 0]))
    assert (first.layer, first.units, first.saturated, first.share) == (1, 2, 1, 0.5)
    assert (last.layer, last.units, last.saturated, last.share) == (2, 2, None, None)
    a, b = math.tanh(3.0), math.tanh(0.1)
    # Means over both examples of (output - target) h^T; the targets are (1, 0)
    by_hand = np.array([[a * a, a * b], [a * b, b * b]])
    assert last.gradient_norm == pytest.approx(np.sqrt((by_hand**2).sum()), rel=1e-12)
    steep = np.array([a * (1 - a * a), b * (1 - b * b)])
    assert first.gradient_norm == pytest.approx(np.sqrt((steep**2).sum()), rel=1e-12)


def test_no_hidden_layer_is_no_hindrance():
    (only,) = insight(init_network((5, 3), rng=np.random.RandomState(0)), X, Y_INDEX)
    assert (only.layer, only.saturated, only.share) == (1, None, None)
    assert only.gradient_norm > 0


def test_numbers_that_overflow_raise_no_alarm():
    network = init_network((5, 4, 3), hidden="relu", loss="squared_error", rng=np.random.RandomState(0))
    huge = replace(network, layers=tuple(Layer(1e200 * layer.W, layer.b) for layer in network.layers))
    assert not all(math.isfinite(layer.gradient_norm) for layer in insight(huge, X, Y_INDEX))


def test_every_epoch_is_seen_on_the_same_first_examples(data):
    network = init_network((64, 6, 10), rng=np.random.RandomState(0))
    many = np.vstack([data.X_train, data.X_train])
    labels = np.concatenate([data.y_train, data.y_train])
    assert len(many) > EXAMPLES
    found = insights({0: network, 4: network}, many, labels)
    assert found == dict.fromkeys((0, 4), insight(network, many[:EXAMPLES], labels[:EXAMPLES]))


def test_raw_pixels_saturate_tanh_units_and_scaled_ones_do_not(data):
    network = init_network((64, 50, 10), rng=np.random.RandomState(1))
    raw, scaled = (insight(network, data.X_train / factor, data.y_train)[0] for factor in (1.0, 16.0))
    assert raw.saturated > 25
    assert scaled.saturated == 0


def test_the_first_weights_are_shown_as_they_are_or_as_they_have_changed():
    networks = {0: init_network((5, 4, 3), rng=RNG), 8: init_network((5, 4, 3), rng=RNG)}
    W0, W8 = (network.layers[0].W for network in networks.values())
    assert (first_weights(networks)[8] == W8).all()
    changes = first_weights(networks, since_start=True)
    assert not changes[0].any()
    assert (changes[8] == W8 - W0).all()


def test_the_answers_to_one_example_are_those_of_the_forward_pass():
    network = init_network((5, 4, 3), rng=RNG)
    expected = forward(network, X).h[1:]
    assert [h.tolist() for h in activations(network, X[2])] == [pytest.approx(h[2].tolist()) for h in expected]
