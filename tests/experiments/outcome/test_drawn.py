"""What both models answer to a drawing: the networks' own outputs on the drawing scaled as the data were."""

import math

import numpy as np
import pytest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.outcome.drawn import drawn_outputs
from mlp.experiments.training.run import start
from mlp.network import forward


def trained(data: DataConfig, epochs: int = 2, **ours):
    """Return a short run on the digits."""
    comparison = Comparison(OurConfig(max_iter=epochs, batch_size=100, **ours), PeerConfig(max_iter=epochs), data)
    run = start(comparison, split(digits(), scaling=data.scaling, swapped=data.swapped))
    run.advance(math.inf)
    return run


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("scaling", ["none", "by 16", "standardised"])
def test_a_test_image_drawn_pixel_by_pixel_gets_the_answer_it_gets_as_data(scaling, swapped) -> None:
    data = DataConfig(scaling=scaling, swapped=swapped)
    run, raw = trained(data), split(digits(), swapped=swapped)
    scaled = split(digits(), scaling=scaling, swapped=swapped).X_test
    for outputs, learner in zip(drawn_outputs(run, raw.X_test[5], raw.X_train), run.learners, strict=True):
        expected = forward(learner.record.network, scaled[5]).output[0]
        np.testing.assert_allclose(outputs.values, expected, rtol=1e-12)
        assert outputs.said == expected.argmax()
        assert outputs.probable


def test_only_softmax_gives_probabilities() -> None:
    raw = split(digits())
    ours, peer = drawn_outputs(trained(DataConfig(), loss="logistic_squared_error"), raw.X_test[0], raw.X_train)
    assert (ours.probable, peer.probable) == (False, True)
    assert peer.values.sum() == pytest.approx(1)


def test_a_model_that_overflowed_has_no_answer() -> None:
    raw = split(digits())
    wild = {"learning_rate_init": 100.0, "activation": "identity", "loss": "squared_error"}
    ours, peer = drawn_outputs(trained(DataConfig(), epochs=3, **wild), raw.X_test[0], raw.X_train)
    assert ours is None
    assert np.isfinite(peer.values).all()


def test_a_model_that_is_not_trained_yet_answers_too() -> None:
    raw = split(digits())
    outputs = drawn_outputs(start(Comparison(), raw), raw.X_test[0], raw.X_train)
    assert [each.values.shape for each in outputs] == [(10,)] * 2
