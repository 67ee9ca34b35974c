"""One visitor can't take the machine: trainings that would are cut, and the sentence says so."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.evidence.ladder import rungs
from mlp.experiments.training.limits import (
    LONGEST_SECONDS,
    epoch_seconds,
    limited,
    parameters,
)
from mlp.experiments.training.run import start

SHEET = split(digits())


def table_of(n_train: int, n_test: int, features: int, classes: int) -> Split:
    """Return a split of zeros in that shape."""
    y_train, y_test = np.arange(n_train) % classes, np.arange(n_test) % classes
    return Split(np.zeros((n_train, features)), np.zeros((n_test, features)), y_train, y_test)


LARGE = table_of(16_000, 4_000, 100, 50)
WIDE = Comparison(
    OurConfig(hidden_layer_sizes=(256, 256, 256), max_iter=2000),
    PeerConfig(hidden_layer_sizes=(256, 256, 256), max_iter=2000, batch_size=1),
)


def training_seconds(config, split) -> float:
    """Return how long all epochs of a model take, as estimated."""
    return config.max_iter * epoch_seconds(config, split)


def test_the_sheets_settings_are_far_from_the_limit() -> None:
    assert limited(Comparison(), SHEET) == (Comparison(), ())
    assert training_seconds(Comparison().ours, SHEET) < LONGEST_SECONDS / 20
    assert training_seconds(Comparison().peer, SHEET) < LONGEST_SECONDS / 20


@pytest.mark.parametrize("config", [OurConfig(max_iter=2000), PeerConfig(max_iter=1000, batch_size=1)])
def test_one_digit_at_a_time_is_let_through(config) -> None:
    assert training_seconds(config, SHEET) <= LONGEST_SECONDS


def test_what_would_take_the_machine_is_cut_to_the_limit_and_said() -> None:
    cut, told = limited(WIDE, LARGE)
    for wanted, got in ((WIDE.ours, cut.ours), (WIDE.peer, cut.peer)):
        assert 1 < got.max_iter < 2000
        assert got == replace(wanted, max_iter=got.max_iter)
        one_more = replace(got, max_iter=got.max_iter + 1)
        assert training_seconds(got, LARGE) <= LONGEST_SECONDS < training_seconds(one_more, LARGE)
    begin = "2,000 epochs were cut to"
    assert told[0].startswith(f"Ours: {begin} {cut.ours.max_iter:,}, so that one visitor can't take the machine: ")
    assert told[1].startswith(f"scikit-learn: {begin} {cut.peer.max_iter:,}, so that one visitor can't take the ")
    assert cut.data == WIDE.data


def test_every_rung_of_a_ladder_fits_too() -> None:
    # Ours is small, scikit-learn's takes large batches; between them is a large network, one example at a time
    ours, peer = (
        OurConfig(hidden_layer_sizes=(2,), max_iter=2000),
        PeerConfig(hidden_layer_sizes=(256, 256, 256), max_iter=200),
    )
    comparison = Comparison(ours, peer)
    alone, told = limited(comparison, SHEET, repeats=5)
    assert (alone.ours, told) == (ours, ())
    assert max(training_seconds(rung.config, SHEET) for rung in rungs(alone)) > LONGEST_SECONDS / 5
    cut, told = limited(comparison, SHEET, repeats=5, between=[rung.config for rung in rungs(comparison)])
    assert cut.ours.max_iter < 2000
    assert told[0].startswith("Ours: 2,000 epochs were cut to")
    assert max(training_seconds(rung.config, SHEET) for rung in rungs(cut)) <= LONGEST_SECONDS / 5


def test_one_model_can_be_cut_without_the_other() -> None:
    comparison = replace(WIDE, ours=OurConfig())
    cut, told = limited(comparison, LARGE)
    assert cut.ours == comparison.ours
    assert [sentence.split(":")[0] for sentence in told] == ["scikit-learn"]


def test_repeated_trainings_share_the_time() -> None:
    once, many = limited(WIDE, LARGE)[0].peer.max_iter, limited(WIDE, LARGE, repeats=5)[0].peer.max_iter
    assert many in (once // 5, once // 5 + 1)
    assert limited(Comparison(), SHEET, repeats=10)[1] == ()
    assert "for about 3 minutes, for 5 trainings." in limited(WIDE, LARGE, repeats=5)[1][0]


def test_one_epoch_is_always_left_and_what_fits_is_not_cut_again() -> None:
    assert limited(WIDE, LARGE, repeats=10_000)[0].peer.max_iter == 1
    cut, _ = limited(WIDE, LARGE)
    assert limited(cut, LARGE) == (cut, ())


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (PeerConfig(batch_size=200), PeerConfig(batch_size=1)),
        (PeerConfig(hidden_layer_sizes=(5,)), PeerConfig(hidden_layer_sizes=(256,))),
        (OurConfig(hidden_layer_sizes=(5,)), OurConfig(hidden_layer_sizes=(256, 256))),
    ],
)
def test_more_work_is_estimated_as_more(small, large) -> None:
    assert epoch_seconds(small, SHEET) < epoch_seconds(large, SHEET)
    assert epoch_seconds(small, SHEET) < epoch_seconds(small, LARGE)


def test_the_parameters_are_those_of_the_network_that_is_trained() -> None:
    network = start(Comparison(), SHEET).ours.record.network
    assert parameters(OurConfig(), SHEET) == sum(layer.W.size + layer.b.size for layer in network.layers)
