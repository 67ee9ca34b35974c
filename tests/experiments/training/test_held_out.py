"""Adam, schedules and early stopping in both models: our network with scikit-learn's settings ends on its weights."""

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import OurConfig, PeerConfig, settings_of
from mlp.experiments.training.learner import Learner, learner_of
from mlp.experiments.training.run import largest_difference


@pytest.fixture(scope="module")
def data() -> Split:
    return split(digits())


def trained(config: OurConfig | PeerConfig, data: Split) -> Learner:
    """Return a model trained to its end."""
    learner = learner_of(config, data)
    while not learner.ended:
        learner.train(data, 10.0)
    return learner


@pytest.mark.parametrize(
    "change",
    [
        {"solver": "adam"},
        {"learning_rate": "invscaling", "power_t": 0.2},
        {"learning_rate": "adaptive", "tol": 0.05, "n_iter_no_change": 1, "learning_rate_init": 0.01},
        {"early_stopping": True, "solver": "adam", "n_iter_no_change": 2, "validation_fraction": 0.2},
    ],
)
def test_ours_with_the_peers_settings_ends_on_its_weights(data: Split, change: dict) -> None:
    peer = PeerConfig(**{"max_iter": 12, **change})
    ours, theirs = (trained(config, data) for config in (OurConfig(**settings_of(peer)), peer))
    assert largest_difference(ours.record.network, theirs.record.network) < 1e-9
    assert (ours.record.epoch, ours.ended) == (theirs.record.epoch, theirs.ended)


@pytest.mark.parametrize("config", [OurConfig, PeerConfig])
def test_early_stopping_ends_with_the_network_that_was_best_on_what_is_held_out(data: Split, config: type) -> None:
    # With larger steps the trajectory is chaos, and the last digit decides which epoch is the best
    learner = trained(
        config(batch_size=50, momentum=0.9, early_stopping=True, max_iter=6, learning_rate_init=0.01), data
    )
    scores = [metrics.accuracy for metrics in learner.validation]
    best = 1 + int(np.argmax(scores[1:]))
    assert best < 6
    last = learner.history[-1]
    assert learner.record.val_accuracy == max(scores[1:])
    assert last[1:5] == learner.history[best][1:5]
    assert (last.epoch, last.updates) == (6, 6 * 26)


def test_without_early_stopping_nothing_is_held_out(data: Split) -> None:
    learner = trained(OurConfig(batch_size=100, max_iter=2), data)
    assert np.isnan([metrics.accuracy for metrics in learner.validation]).all()
    assert learner.record.updates == 2 * 15
