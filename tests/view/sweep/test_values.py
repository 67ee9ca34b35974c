"""What is typed for a sweep: lists and ranges of every kind of setting, and a sentence for all else."""

import math
import time

import pytest

from mlp.experiments.hyperparameters import HYPERPARAMETERS
from mlp.experiments.sweep.plan import SEED
from mlp.view.sweep.values import first_values, parse_values


def values(name: str, text: str) -> tuple:
    return parse_values(HYPERPARAMETERS[name], text)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("learning_rate_init", "0.1, 0.01;0.1", None),
        ("learning_rate_init", "0.1, 0.01, 0.1", (0.1, 0.01)),
        ("learning_rate_init", "0,1; 0,01; 1/4", (0.1, 0.01, 0.25)),
        ("learning_rate_init", "0.001 to 1 in 4 log", (0.001, 0.01, 0.1, 1.0)),
        ("learning_rate_init", "1 TO 0.5 in 2", (1.0, 0.5)),
        ("alpha", "0 to 1 in 5", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("alpha", "0 to 1 in 5 log", None),
        ("hidden_layer_sizes", "10; 64, 32; 10", ((10,), (64, 32))),
        ("batch_size", "1 to 100 in 3 log", (1, 10, 100)),
        ("batch_size", "auto, 1", ("auto", 1)),
        ("n_iter_no_change", "3; never", (3, math.inf)),
        ("activation", "tanh, relu", ("tanh", "relu")),
        ("activation", "tanh to relu in 2", None),
        ("shuffle", "True; False", (True, False)),
        ("momentum", "", None),
        ("momentum", "0 to 2 in 3", None),
        ("momentum", "0 to 0.9 in 51", None),
        ("momentum", "; ".join(["0.5"] * 51), None),
    ],
)
def test_lists_and_ranges_are_read_as_they_are_meant(name: str, text: str, found: tuple | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match="got"):
            values(name, text)
    else:
        assert values(name, text) == pytest.approx(found) if name == "alpha" else values(name, text) == found


def test_every_setting_has_values_to_begin_with_and_they_are_some() -> None:
    for name, about in HYPERPARAMETERS.items():
        if name != SEED:
            assert len(values(name, first_values(about))) > 1


def test_a_long_text_takes_no_long_time() -> None:
    begin = time.perf_counter()
    for text in ("1 to " * 40_000, " to " * 50_000, "1 to 2 in 3" + " " * 100_000 + "log log"):
        with pytest.raises(ValueError, match=r"got|needs|needed"):
            values("alpha", text)
    assert time.perf_counter() - begin < 2
