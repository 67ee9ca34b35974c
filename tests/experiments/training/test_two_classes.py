"""Two classes: ours with the peer's settings is scikit-learn's network, and both are shown with an output a class."""

import numpy as np
import pytest

from mlp.datasets import Split, split
from mlp.datasets.bundled import breast_cancer
from mlp.experiments.config import (
    Comparison,
    OurConfig,
    PeerConfig,
    as_scikit_learn_takes,
    differences,
    settings_of,
)
from mlp.experiments.training.learner import learner_of
from mlp.experiments.training.run import largest_difference
from mlp.experiments.training.two_classes import outputs_of, with_an_output_a_class
from mlp.metrics import evaluate, one_hot
from mlp.network import forward, init_network


@pytest.fixture(scope="module")
def data() -> Split:
    return split(breast_cancer(), scaling="standardised")


@pytest.mark.parametrize("change", [{}, {"solver": "adam"}, {"early_stopping": True, "n_iter_no_change": 2}])
def test_ours_ends_on_scikit_learns_weights(data: Split, change: dict) -> None:
    peer = as_scikit_learn_takes(Comparison(peer=PeerConfig(max_iter=8, **change)), 2).peer
    ours = OurConfig(**settings_of(peer))
    assert differences(ours, peer) == ()
    pair = learner_of(ours, data), learner_of(peer, data)
    for learner in pair:
        while not learner.ended:
            learner.train(data)
    assert largest_difference(*(learner.record.network for learner in pair)) < 1e-12
    assert pair[0].record.network.sizes[-1] == 2
    assert pair[0].record.test_accuracy == pair[1].record.test_accuracy
    assert pair[0].record.test_loss == pytest.approx(pair[1].record.test_loss, rel=1e-12)


def test_two_softmax_outputs_are_another_network_than_one_logistic_output(data: Split) -> None:
    softmax, logistic = (
        learner_of(OurConfig(loss=loss, init="glorot_uniform", batch_size=50, max_iter=2), data)
        for loss in ("cross_entropy", "binary_cross_entropy")
    )
    for learner in (softmax, logistic):
        learner.train(data)
    assert largest_difference(softmax.record.network, logistic.record.network) > 1e-3


def test_the_shown_pair_says_what_the_single_output_says() -> None:
    rng = np.random.RandomState(0)
    one = init_network((3, 4, 1), loss="binary_cross_entropy", rng=rng)
    X, y = rng.normal(size=(9, 3)), np.arange(9) % 2
    pair = with_an_output_a_class(one)
    assert forward(pair, X).output[:, 1] == pytest.approx(forward(one, X).output[:, 0], abs=1e-15)
    measured = [evaluate(network, X, one_hot(y, network.sizes[-1])) for network in (one, pair)]
    assert measured[0].accuracy == measured[1].accuracy
    assert measured[0].loss == pytest.approx(measured[1].loss, rel=1e-14)
    assert with_an_output_a_class(pair) is pair


def test_one_output_is_enough_for_two_classes_of_a_loss_of_single_probabilities() -> None:
    assert outputs_of("binary_cross_entropy", 2) == 1
    assert outputs_of("binary_cross_entropy", 3) == 3
    assert outputs_of("cross_entropy", 2) == 2
    assert outputs_of("logistic_squared_error", 2) == 2
