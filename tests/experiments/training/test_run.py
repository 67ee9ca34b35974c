"""A run: both models get their share, it stops between two epochs and goes on where it stopped."""

import gc
import threading
import time
import weakref
from dataclasses import dataclass, replace

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig, differences
from mlp.experiments.training import run as run_module
from mlp.experiments.training.run import Run, largest_difference, start
from mlp.experiments.training.turns import beside, in_turns

SHORT = Comparison(OurConfig(batch_size=100, max_iter=6), PeerConfig(max_iter=9))


@pytest.fixture(scope="module")
def data() -> Split:
    whole = split(digits())
    return Split(whole.X_train[:400], whole.X_test, whole.y_train[:400], whole.y_test)


@pytest.fixture(params=[False, True], ids=["in turns", "beside"])
def both_ways(request, monkeypatch) -> None:
    monkeypatch.setattr(run_module, "runs_beside_python", lambda: request.param)


def trained(run: Run, seconds: float = 10.0) -> Run:
    while not run.ended:
        run.advance(seconds)
    return run


@pytest.mark.usefixtures("both_ways")
def test_both_models_are_trained_to_their_end(data):
    run = trained(start(SHORT, data))
    assert [learner.ended for learner in run.learners] == ["max_iter", "max_iter"]
    assert [[point.epoch for point in learner.history] for learner in run.learners] == [
        list(range(7)), list(range(10)),
    ]  # fmt: skip
    assert run.peer.history[-1].test_accuracy == run.peer.record.test_accuracy


@pytest.mark.usefixtures("both_ways")
def test_pieces_give_the_very_weights_of_one_go(data):
    whole, pieces = trained(start(SHORT, data)), trained(start(SHORT, data), 0.0)
    for one, other in zip(whole.learners, pieces.learners, strict=True):
        assert largest_difference(one.record.network, other.record.network) == 0.0


class StopNow(Exception):
    """What a page raises when the visitor presses Stop."""


@pytest.mark.usefixtures("both_ways")
def test_a_stop_takes_effect_within_one_epoch_and_the_run_goes_on_later(data):
    run, calls = start(SHORT, data), []

    def stop_at_the_second_epoch() -> None:
        calls.append(run.peer.record.epoch)
        if len(calls) == 2:
            raise StopNow

    with pytest.raises(StopNow):
        run.advance(10.0, stop_at_the_second_epoch)
    assert len(calls) == 2
    assert not run.ended
    kept = [learner.record.epoch for learner in run.learners]
    assert sum(kept) >= 2
    trained(run)
    assert run.peer.record.epoch == 9


def test_no_thread_outlives_the_call(data, monkeypatch):
    monkeypatch.setattr(run_module, "runs_beside_python", lambda: True)
    before = threading.active_count()
    run = start(SHORT, data)
    run.advance(0.01)
    assert threading.active_count() == before


@dataclass
class Sleeper:
    """A model whose epochs take a given time."""

    seconds: float
    epochs: int
    spent: float = 0.0
    made: int = 0

    @property
    def ended(self) -> str | None:
        """Why it is over."""
        return "max_iter" if self.made >= self.epochs else None

    def advance(self) -> None:
        """Sleep for an epoch."""
        time.sleep(self.seconds)
        self.made, self.spent = self.made + 1, self.spent + self.seconds


def test_a_slow_model_does_not_keep_a_fast_one_waiting():
    slow, fast = Sleeper(0.02, 1000), Sleeper(0.001, 1000)
    in_turns((slow, fast), time.perf_counter() + 0.3, bool)
    assert fast.made >= 10 * slow.made


def test_what_goes_wrong_in_the_thread_is_told():
    @dataclass
    class Broken(Sleeper):
        def advance(self) -> None:
            """Fail."""
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        beside((Broken(0.0, 5),), Sleeper(0.001, 3), time.perf_counter() + 1.0, bool)


def test_the_same_settings_give_the_same_network(data):
    peer = PeerConfig(max_iter=5)
    ours = OurConfig(
        init="glorot_uniform",
        batch_size=peer.batch_size,
        max_iter=5,
        momentum=peer.momentum,
        alpha=peer.alpha,
        n_iter_no_change=10,
    )
    assert differences(ours, peer) == ()
    run = trained(start(Comparison(ours, peer), data))
    assert largest_difference(run.ours.record.network, run.peer.record.network) < 1e-12
    other = trained(start(Comparison(replace(ours, random_state=2), peer), data))
    assert largest_difference(other.ours.record.network, other.peer.record.network) > 0.01


def test_networks_of_other_shapes_have_no_difference_of_weights(data):
    run = start(Comparison(OurConfig(hidden_layer_sizes=(5,)), PeerConfig()), data)
    assert largest_difference(run.ours.record.network, run.peer.record.network) == np.inf


def test_a_run_that_has_ended_holds_no_data(data):
    own = Split(*(part.copy() for part in vars(data).values()))
    held, run = weakref.ref(own.X_train), start(SHORT, own)
    del own
    assert held() is not None
    trained(run)
    gc.collect()
    assert held() is None
