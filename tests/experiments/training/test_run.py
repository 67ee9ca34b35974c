"""A run: both models are trained slice by slice, only while it is asked for, and it goes on where it stopped."""

import gc
import math
import weakref
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig, differences
from mlp.experiments.training import lanes
from mlp.experiments.training.run import largest_difference, start
from tests.trained import finished

SHORT = Comparison(OurConfig(batch_size=100, max_iter=6), PeerConfig(max_iter=9))


@pytest.fixture(scope="module")
def data() -> Split:
    whole = split(digits())
    return Split(whole.X_train[:400], whole.X_test, whole.y_train[:400], whole.y_test)


def test_both_models_are_trained_to_their_end(data):
    run = finished(start(SHORT, data))
    assert [learner.ended for learner in run.learners] == ["max_iter", "max_iter"]
    assert [[point.epoch for point in learner.history] for learner in run.learners] == [
        list(range(7)), list(range(10)),
    ]  # fmt: skip
    assert run.peer.history[-1].test_accuracy == run.peer.record.test_accuracy


def test_slices_give_the_very_run_of_one_go(data, monkeypatch):
    whole, pieces = start(SHORT, data), start(SHORT, data)
    whole.advance(math.inf)
    monkeypatch.setattr(lanes, "SLICE_SECONDS", 0.0)
    finished(pieces)
    for one, other in zip(whole.learners, pieces.learners, strict=True):
        assert largest_difference(one.record.network, other.record.network) == 0.0
        assert [point[:6] for point in one.history] == [point[:6] for point in other.history]
        assert (one.snapshots.step, list(one.snapshots.kept)) == (other.snapshots.step, list(other.snapshots.kept))


class StopNow(Exception):
    """What a page raises when the visitor presses Stop."""


def test_what_is_raised_meanwhile_ends_the_call_and_the_run_goes_on_later(data):
    run, executor = start(SHORT, data), HandedOut()

    def stop_once_something_is_back() -> None:
        executor.make_one()
        raise StopNow

    with pytest.raises(StopNow):
        run.train(executor, 10.0, stop_once_something_is_back)
    run.stop()
    assert run.ours.record.epoch > 0
    assert not run.ended
    assert finished(run).peer.record.epoch == 9


class HandedOut(Executor):
    """An executor that makes a call when it is told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[Future, partial]] = []

    def submit(self, fn, /, *args, **kwargs) -> Future:
        """Note a call."""
        self.calls.append((Future(), partial(fn, *args, **kwargs)))
        return self.calls[-1][0]

    def make_one(self) -> None:
        """Make the first call that is not cancelled."""
        future, call = self.calls.pop(0)
        if future.set_running_or_notify_cancel():
            future.set_result(call())


def test_slices_follow_each_other_only_as_long_as_they_are_asked_for(data, monkeypatch):
    monkeypatch.setattr(lanes, "SLICE_SECONDS", 0.0)
    monkeypatch.setattr(lanes, "SLICES", 3)  # our model ends after a few
    run, executor, made = start(replace(SHORT, peer=PeerConfig(max_iter=100)), data), HandedOut(), 0
    run.train(executor, 0.0)
    while executor.calls:
        executor.make_one()
        made += 1
    assert made == 2 * lanes.SLICES
    assert run.peer.record.epoch == 0
    run.take()
    assert run.peer.record.epoch == lanes.SLICES
    run.train(executor, 0.0)
    assert (len(executor.calls), run.waiting) == (2, True)
    run.stop()
    assert all(future.cancelled() for future, _ in executor.calls)
    assert run.peer.record.epoch == lanes.SLICES


def test_what_goes_wrong_in_a_slice_is_told_and_nothing_is_lost(data, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError

    run = start(SHORT, data)
    with monkeypatch.context() as patched:
        patched.setattr(lanes, "make_slice", broken)
        with pytest.raises(ZeroDivisionError):
            finished(run)
    run.stop()
    assert finished(run).peer.record.epoch == 9


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
    run = finished(start(Comparison(ours, peer), data))
    assert largest_difference(run.ours.record.network, run.peer.record.network) < 1e-12
    other = finished(start(Comparison(replace(ours, random_state=2), peer), data))
    assert largest_difference(other.ours.record.network, other.peer.record.network) > 0.01


def test_networks_of_other_shapes_have_no_difference_of_weights(data):
    run = start(Comparison(OurConfig(hidden_layer_sizes=(5,)), PeerConfig()), data)
    assert largest_difference(run.ours.record.network, run.peer.record.network) == np.inf


def test_a_run_that_has_ended_holds_no_data(data):
    own = Split(*(part.copy() for part in vars(data).values()))
    held, run = weakref.ref(own.X_train), start(SHORT, own)
    del own
    assert held() is not None
    finished(run)
    gc.collect()
    assert held() is None
