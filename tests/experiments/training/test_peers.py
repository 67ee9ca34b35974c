"""The peer: stepping MLPClassifier epoch by epoch changes nothing about it."""

import math
import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from mlp.datasets import Split, digits, split
from mlp.experiments.config import PeerConfig, choices_of
from mlp.experiments.training.peers import network_of, train_peer
from mlp.network import predict


@pytest.fixture(scope="module")
def data() -> Split:
    return split(digits())


def plain_fit(data: Split, config: PeerConfig) -> MLPClassifier:
    arguments = choices_of(config)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return MLPClassifier(**arguments).fit(data.X_train, data.y_train)


def last_record(data: Split, config: PeerConfig):
    *_, record = train_peer(data.X_train, data.y_train, config, data.X_test, data.y_test)
    return record


def largest_difference(network, classifier: MLPClassifier) -> float:
    pairs = zip(network.layers, network_of(classifier).layers, strict=True)
    return max(max(np.abs(a.W - b.W).max(), np.abs(a.b - b.b).max()) for a, b in pairs)


def test_the_sheets_snippet_is_reproduced_to_the_last_bit(data):
    classifier, record = plain_fit(data, PeerConfig()), last_record(data, PeerConfig())
    assert largest_difference(record.network, classifier) == 0.0
    assert record.running_loss == classifier.loss_
    assert record.train_accuracy == classifier.score(data.X_train, data.y_train)
    assert record.test_accuracy == classifier.score(data.X_test, data.y_test)
    assert (round(record.train_accuracy, 5), round(record.test_accuracy, 5)) == (0.99930, 0.97222)
    assert (record.epoch, record.updates, record.ended) == (542, 542 * 8, "tol")


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        ({"batch_size": 32, "max_iter": 12}, "max_iter"),
        ({"nesterovs_momentum": True, "max_iter": 12}, "max_iter"),
        ({"momentum": 0.5, "alpha": 0.1, "max_iter": 12}, "max_iter"),
        ({"momentum": 0.0, "hidden_layer_sizes": (20, 15), "max_iter": 12}, "max_iter"),
        ({"activation": "relu", "shuffle": False, "max_iter": 12}, "max_iter"),
        ({"activation": "logistic", "random_state": 7, "max_iter": 12}, "max_iter"),
        ({"batch_size": 1437, "activation": "identity", "max_iter": 12}, "max_iter"),
        ({"tol": 0.05, "n_iter_no_change": 2, "learning_rate_init": 0.01}, "tol"),
        ({"solver": "adam", "max_iter": 12}, "max_iter"),
        ({"solver": "adam", "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3, "max_iter": 12}, "max_iter"),
        ({"solver": "adam", "tol": 0.1, "n_iter_no_change": 2, "learning_rate_init": 0.01}, "tol"),
        ({"learning_rate": "invscaling", "power_t": 0.2, "max_iter": 12}, "max_iter"),
        ({"learning_rate": "adaptive", "tol": 0.05, "n_iter_no_change": 1, "learning_rate_init": 0.01}, "tol"),
        ({"early_stopping": True, "n_iter_no_change": 3, "learning_rate_init": 0.01}, "tol"),
        ({"early_stopping": True, "solver": "adam", "max_iter": 12, "validation_fraction": 0.3}, "max_iter"),
        (
            {"early_stopping": True, "learning_rate": "adaptive", "n_iter_no_change": 1, "learning_rate_init": 0.1},
            "tol",
        ),
    ],
)
def test_every_setting_gives_the_weights_of_plain_fit(data, change, ended):
    config = PeerConfig(**change)
    classifier, record = plain_fit(data, config), last_record(data, config)
    assert largest_difference(record.chosen, classifier) == 0.0
    assert (record.epoch, record.ended) == (classifier.n_iter_, ended)
    assert record.running_loss == classifier.loss_curve_[-1]


def test_early_stopping_sees_the_scores_that_fit_sees(data):
    config = PeerConfig(early_stopping=True, solver="adam", max_iter=8)
    records = list(train_peer(data.X_train, data.y_train, config))
    assert [r.val_accuracy for r in records[1:]] == plain_fit(data, config).validation_scores_


def test_two_classes_have_the_single_output_of_scikit_learn():
    X, y = load_breast_cancer(return_X_y=True)
    data = Split(X / X.max(axis=0), X / X.max(axis=0), y, y)
    config = PeerConfig(max_iter=5)
    classifier, record = plain_fit(data, config), last_record(data, config)
    assert largest_difference(record.network, classifier) == 0.0
    early = replace(config, early_stopping=True)
    assert largest_difference(last_record(data, early).chosen, plain_fit(data, early)) == 0.0
    assert record.train_accuracy == classifier.score(data.X_train, y)
    assert record.running_loss == classifier.loss_
    assert (predict(record.network, data.X_train) == classifier.predict(data.X_train)).all()


def test_another_seed_is_told_apart(data):
    config = PeerConfig(max_iter=2)
    record = last_record(data, replace(config, random_state=2))
    assert largest_difference(record.network, plain_fit(data, config)) > 0.01


def test_records_start_before_training_and_count_on(data):
    records = list(train_peer(data.X_train, data.y_train, PeerConfig(max_iter=3)))
    assert [r.epoch for r in records] == [0, 1, 2, 3]
    assert [r.updates for r in records] == [0, 8, 16, 24]
    assert all(a.seconds < b.seconds for a, b in pairwise(records))
    assert math.isnan(records[0].running_loss)
    assert math.isnan(records[-1].test_loss)
    assert records[0].network is not records[1].network


def test_divergence_ends_with_a_word_and_no_warning(data):
    record = last_record(data, PeerConfig(learning_rate_init=1e6, activation="identity"))
    assert record.ended == "diverged"
    assert math.isnan(record.train_accuracy)


def test_a_batch_larger_than_the_data_warns_nobody(data):
    assert last_record(data, PeerConfig(batch_size=5000, max_iter=1)).updates == 1


def test_a_missing_class_is_refused_at_the_call(data):
    with pytest.raises(ValueError, match="every class from 0 to k-1"):
        train_peer(data.X_train, np.where(data.y_train == 3, 4, data.y_train), PeerConfig())
