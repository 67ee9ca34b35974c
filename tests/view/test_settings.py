"""Hyperparameters as text: what is typed is read, what is shown can be typed, and what makes no sense is refused."""

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig, choices_of
from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.training.peers import constructor_arguments
from mlp.limits import MOST_EPOCHS, TRAINED_UNITS
from mlp.view.settings import as_call, as_text, changes, options, parse


def typed(name, text):
    """Return the value of a hyperparameter that somebody types."""
    return parse(HYPERPARAMETERS[name].kind, text)


@pytest.mark.parametrize(
    "config", [OurConfig(), PeerConfig(), OurConfig(hidden_layer_sizes=(64, 32), learning_rate_init=0.1 + 0.2)]
)
def test_every_value_survives_being_shown_and_typed(config):
    for name, value in choices_of(config).items():
        assert typed(name, as_text(value)) == value


def test_what_can_only_be_chosen_is_refused_when_it_is_none_of_the_choices():
    for name, setting in HYPERPARAMETERS.items():
        for choice in options(setting.kind):
            assert as_text(typed(name, choice)) == choice
        if options(setting.kind):
            with pytest.raises(ValueError, match=r"one of .*; got 'sine'"):
                typed(name, "sine")


@pytest.mark.parametrize("text", ["50", " 50 ", "64, 32", "64 32", "(64, 32)", "[8;8;8]", "(50,)"])
def test_layers_are_read_as_they_are_written(text):
    assert typed("hidden_layer_sizes", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("hidden_layer_sizes", t) for t in ("", "0", "-5", "500", "5.5", "1,2,3,4", "abc", "5, x", "1e3", "9" * 99)),
        *(("learning_rate_init", t) for t in ("0", "-1", "1e6", "nan", "inf", "", "1e308", "fast")),
        *(("batch_size", t) for t in ("0", "-1", "1.5", "20001", "all")),
        *(("max_iter", t) for t in ("0", str(MOST_EPOCHS + 1), "many", "1e2")),
        *(("momentum", t) for t in ("1", "-0.1", "nan")),
        ("n_iter_no_change", "0"), ("n_iter_no_change", "inf"), ("alpha", "-1"), ("tol", "2"), ("random_state", "-1"),
        ("random_state", str(2**32)),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_what_is_needed_and_what_came(name, text):
    with pytest.raises(ValueError, match=r"; got (nothing|')"):
        typed(name, text)


def test_words_stand_for_what_has_no_number():
    assert typed("batch_size", " Auto ") == "auto"
    assert typed("n_iter_no_change", "never") == math.inf


def test_the_largest_settings_are_what_a_shared_server_bears():
    assert typed("hidden_layer_sizes", f"{TRAINED_UNITS}, 1, {TRAINED_UNITS}") == (
        TRAINED_UNITS,
        1,
        TRAINED_UNITS,
    )
    assert typed("max_iter", str(MOST_EPOCHS)) == MOST_EPOCHS


def test_the_call_can_be_pasted():
    pasted = eval(as_call(PeerConfig(hidden_layer_sizes=(8,), n_iter_no_change=math.inf)), {
        "MLPClassifier": MLPClassifier, "np": np,
    })  # fmt: skip
    meant = constructor_arguments(PeerConfig(hidden_layer_sizes=(8,), n_iter_no_change=math.inf), 1437)
    assert pasted.get_params() == MLPClassifier(**meant | {"batch_size": "auto", "shuffle": True}).get_params()


def test_changes_name_what_is_not_as_it_was():
    old = Comparison()
    new = replace(old, ours=replace(old.ours, learning_rate_init=0.01), data=DataConfig(test_size=0.5))
    assert changes(old, old) == []
    assert changes(old, new) == ["ours: Learning rate η 0.001, now 0.01", "share for testing 0.2, now 0.5"]
