"""Snapshots: few, small, evenly spaced over the epochs, and what overflowed is not among them."""

import math

import numpy as np
import pytest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.training.run import largest_difference, start
from mlp.experiments.training.snapshots import Snapshots, limit
from mlp.limits import FEWEST_SNAPSHOTS, SNAPSHOT_BYTES, SNAPSHOTS
from mlp.network import Layer, Network, init_network

SMALL = init_network((3, 2, 2), hidden="relu", loss="squared_error", rng=np.random.RandomState(0))
LARGE = init_network((64, 256, 256, 256, 10), rng=np.random.RandomState(0))


def after(epochs: int, network: Network = SMALL) -> Snapshots:
    made = Snapshots()
    for epoch in range(epochs + 1):
        made.add(epoch, network)
    return made


def scaled(network: Network, factor: float) -> Network:
    layers = tuple(Layer(factor * layer.W, factor * layer.b) for layer in network.layers)
    return Network(layers, network.hidden, network.loss)


@pytest.mark.parametrize("epochs", [0, 1, 39, 40, 41, 542, 2000])
def test_they_are_few_evenly_spaced_and_begin_before_training(epochs):
    made = after(epochs)
    assert len(made.kept) <= SNAPSHOTS
    assert list(made.kept) == list(range(0, epochs + 1, made.step))
    assert math.log2(made.step).is_integer()


def test_growing_they_keep_the_spacing_as_fine_as_the_limit_allows():
    assert after(39).step == 1
    assert after(40).step == 2
    assert len(after(2000).kept) > SNAPSHOTS / 2


def test_large_networks_have_fewer_and_never_too_few():
    assert limit(SMALL) == SNAPSHOTS
    size = 4 * sum(layer.W.size + layer.b.size for layer in LARGE.layers)
    assert limit(LARGE) == FEWEST_SNAPSHOTS
    assert FEWEST_SNAPSHOTS * size < 1.25 * SNAPSHOT_BYTES
    middle = init_network((64, 150, 150, 10), rng=np.random.RandomState(0))
    kept = after(100, middle).kept.values()
    assert FEWEST_SNAPSHOTS < len(kept) < SNAPSHOTS
    assert sum(array.nbytes for parameters in kept for layer in parameters for array in layer) <= SNAPSHOT_BYTES


def test_the_latest_is_exact_and_comes_once():
    made, latest = after(4), scaled(SMALL, 1.0)
    networks = made.networks(4, latest)
    assert list(networks) == [0, 1, 2, 3, 4]
    assert networks[4] is latest
    assert 0 < largest_difference(networks[0], SMALL) < 1e-7
    assert (networks[0].hidden, networks[0].loss) == ("relu", "squared_error")


def test_a_latest_network_between_two_steps_is_there_too():
    made = after(81)
    assert made.step == 4
    assert list(made.networks(83, SMALL))[-2:] == [80, 83]


@pytest.mark.parametrize("factor", [math.nan, math.inf, 1e60])
def test_networks_that_overflowed_are_left_out(factor):
    made = after(2)
    made.add(3, scaled(SMALL, factor))
    assert list(made.networks(3, scaled(SMALL, factor))) == [0, 1, 2]


def test_a_run_keeps_those_of_both_models():
    run = start(Comparison(OurConfig(batch_size=200, max_iter=3), PeerConfig(max_iter=50)), split(digits()))
    run.advance(math.inf)
    networks = [learner.snapshots.networks(learner.record.epoch, learner.record.network) for learner in run.learners]
    assert [list(each) for each in networks] == [[0, 1, 2, 3], list(range(0, 51, 2))]
    for learner, each in zip(run.learners, networks, strict=True):
        assert each[learner.record.epoch] is learner.record.network
        assert largest_difference(each[0], learner.record.network) > 0.001
