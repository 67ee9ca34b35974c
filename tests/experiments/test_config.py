"""Settings: the defaults are the sheet's, and what makes no sense is refused at the door."""

import math

import pytest

from mlp.experiments.config import (
    DataConfig,
    OurConfig,
    PeerConfig,
    choices_of,
    differences,
    settings_of,
)


def test_the_defaults_are_the_sheets():
    ours, peer = OurConfig(), PeerConfig()
    assert (ours.max_iter, ours.learning_rate_init, ours.hidden_layer_sizes, ours.batch_size) == (100, 0.001, (50,), 1)
    assert (peer.activation, peer.nesterovs_momentum, peer.random_state, peer.max_iter) == ("tanh", False, 1, 1000)
    assert (DataConfig().test_size, DataConfig().random_state) == (0.2, 42)


def test_the_sheets_two_calls_differ_in_what_the_call_leaves_unsaid():
    rows = {row.name: (row.ours, row.peer) for row in differences(OurConfig(), PeerConfig())}
    assert rows == {
        "init": ("normal", "glorot_uniform"),
        "batch_size": (1, "auto"),
        "max_iter": (100, 1000),
        "momentum": (0.0, 0.9),
        "alpha": (0.0, 1e-4),
        "n_iter_no_change": (math.inf, 10),
    }


@pytest.mark.parametrize("config", [OurConfig(max_iter=7), PeerConfig(momentum=0.5)])
def test_the_choices_of_a_model_make_it_again(config):
    assert type(config)(**choices_of(config)) == config


def test_what_scikit_learn_has_no_choice_in_is_a_setting_all_the_same():
    fixed = {name: value for name, value in settings_of(PeerConfig()).items() if name not in choices_of(PeerConfig())}
    assert fixed == {"loss": "cross_entropy", "init": "glorot_uniform"}


@pytest.mark.parametrize("config", [OurConfig, PeerConfig])
@pytest.mark.parametrize(
    "change",
    [
        {"hidden_layer_sizes": (0,)}, {"hidden_layer_sizes": 50}, {"activation": "sine"}, {"random_state": -1},
        {"learning_rate_init": 0.0}, {"batch_size": 0}, {"max_iter": 0}, {"momentum": 1.0}, {"alpha": -1.0},
        {"tol": math.nan}, {"n_iter_no_change": 0},
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_the_name(config, change):
    (name,) = change
    with pytest.raises(ValueError, match=name):
        config(**change)


def test_a_split_needs_both_parts():
    with pytest.raises(ValueError, match="test_size"):
        DataConfig(test_size=1.0)
