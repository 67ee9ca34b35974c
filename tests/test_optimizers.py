"""One step: gradient descent, momentum and Nesterov's momentum against the update written out by hand."""

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from mlp import backward, forward, init_network, momentum_step, sgd_step
from mlp.optimizers import adam_step, no_memory, zero_velocity

ETA, MOMENTUM = 0.07, 0.9


def example():
    rng = np.random.default_rng(0)
    network = init_network((3, 4, 2), rng=rng)
    X, Y = rng.normal(size=(5, 3)), np.eye(2)[rng.integers(2, size=5)]
    return network, lambda net: backward(net, forward(net, X), Y)


def parameters(network) -> list[np.ndarray]:
    return [layer.W for layer in network.layers] + [layer.b for layer in network.layers]


def flat(gradients) -> list[np.ndarray]:
    return [*gradients.W, *gradients.b]


def test_a_step_of_gradient_descent_goes_eta_down_the_gradient() -> None:
    network, gradients_of = example()
    gradients = gradients_of(network)
    after = sgd_step(network, gradients, ETA)
    for new, old, gradient in zip(parameters(after), parameters(network), flat(gradients), strict=True):
        np.testing.assert_array_equal(new, old - ETA * gradient)
    assert (after.hidden, after.loss) == (network.hidden, network.loss)


def test_a_step_of_size_zero_changes_nothing() -> None:
    network, gradients_of = example()
    for new, old in zip(parameters(sgd_step(network, gradients_of(network), 0.0)), parameters(network), strict=True):
        np.testing.assert_array_equal(new, old)


@pytest.mark.parametrize("nesterov", [False, True])
def test_three_steps_with_momentum_are_those_written_out_by_hand(nesterov: bool) -> None:
    network, gradients_of = example()
    velocity, expected_velocity = zero_velocity(network), [np.zeros_like(p) for p in parameters(network)]
    for _ in range(3):
        gradients = gradients_of(network)
        expected_velocity = [MOMENTUM * v - ETA * g for v, g in zip(expected_velocity, flat(gradients), strict=True)]
        moves = expected_velocity
        if nesterov:
            moves = [MOMENTUM * v - ETA * g for v, g in zip(moves, flat(gradients), strict=True)]
        expected = [p + move for p, move in zip(parameters(network), moves, strict=True)]
        network, velocity = momentum_step(
            network, velocity, gradients, ETA, momentum=MOMENTUM, nesterovs_momentum=nesterov
        )
        for new, by_hand in zip(parameters(network), expected, strict=True):
            np.testing.assert_array_equal(new, by_hand)


@pytest.mark.parametrize("nesterov", [False, True])
def test_the_steps_are_those_of_scikit_learns_optimizer(nesterov: bool) -> None:
    network, gradients_of = example()
    theirs = [p.copy() for p in parameters(network)]
    optimizer = SGDOptimizer(theirs, ETA, "constant", MOMENTUM, nesterov)
    velocity = zero_velocity(network)
    for _ in range(4):
        gradients = gradients_of(network)
        optimizer.update_params(theirs, flat(gradients))
        network, velocity = momentum_step(
            network, velocity, gradients, ETA, momentum=MOMENTUM, nesterovs_momentum=nesterov
        )
    for ours, other in zip(parameters(network), theirs, strict=True):
        np.testing.assert_array_equal(ours, other)


def test_momentum_zero_is_gradient_descent() -> None:
    network, gradients_of = example()
    gradients = gradients_of(network)
    for nesterov in (False, True):
        stepped, _ = momentum_step(
            network, zero_velocity(network), gradients, ETA, momentum=0.0, nesterovs_momentum=nesterov
        )
        for ours, plain in zip(parameters(stepped), parameters(sgd_step(network, gradients, ETA)), strict=True):
            np.testing.assert_array_equal(ours, plain)


def test_the_arguments_of_a_step_are_left_as_they_were() -> None:
    network, gradients_of = example()
    gradients, velocity = gradients_of(network), zero_velocity(network)
    before = [a.copy() for a in (*parameters(network), *flat(gradients))]
    momentum_step(network, velocity, gradients, ETA, momentum=MOMENTUM)
    for now, then in zip((*parameters(network), *flat(gradients)), before, strict=True):
        np.testing.assert_array_equal(now, then)
    assert all((v.W == 0).all() and (v.b == 0).all() for v in velocity)


def test_three_steps_of_adam_are_those_written_out_by_hand() -> None:
    network, gradients_of = example()
    memory, m, v = no_memory(network, "adam"), 0.0, 0.0
    for t in (1, 2, 3):
        g = np.concatenate([part.ravel() for part in flat(gradients_of(network))])
        m, v = 0.8 * m + 0.2 * g, 0.9 * v + 0.1 * g**2
        # With the corrected means, as the paper's algorithm has it; epsilon is then smaller by the root of 1 - 0.9^t
        step = ETA * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.9**t)) + 1e-3 / np.sqrt(1 - 0.9**t))
        before = np.concatenate([part.ravel() for part in parameters(network)])
        network, memory = adam_step(network, memory, gradients_of(network), ETA, beta_1=0.8, beta_2=0.9, epsilon=1e-3)
        after = np.concatenate([part.ravel() for part in parameters(network)])
        np.testing.assert_allclose(after, before - step, rtol=1e-13, atol=1e-15)
    assert memory.updates == 3


def test_the_steps_of_adam_are_those_of_scikit_learns_optimizer() -> None:
    network, gradients_of = example()
    theirs = [p.copy() for p in parameters(network)]
    optimizer, memory = AdamOptimizer(theirs, ETA, 0.8, 0.9, 1e-6), no_memory(network, "adam")
    for _ in range(4):
        gradients = gradients_of(network)
        optimizer.update_params(theirs, flat(gradients))
        network, memory = adam_step(network, memory, gradients, ETA, beta_1=0.8, beta_2=0.9, epsilon=1e-6)
    for ours, other in zip(parameters(network), theirs, strict=True):
        np.testing.assert_allclose(ours, other, rtol=0, atol=1e-15)
