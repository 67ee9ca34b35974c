"""A campaign: each job's result is that of training it alone, in any number of lanes, stopped or not."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import DataConfig, OurConfig, PeerConfig
from mlp.experiments.training import lanes
from mlp.experiments.training.campaign import Campaign, campaign
from mlp.experiments.training.learner import learner_of
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.results import Job
from mlp.experiments.training.run import largest_difference
from tests.trained import finished

DATA = DataConfig()
OURS = OurConfig(batch_size=100, max_iter=4, hidden_layer_sizes=(5,))
PEER = PeerConfig(max_iter=3, hidden_layer_sizes=(5,))
JOBS = tuple(
    Job(replace(config, random_state=seed), DATA, weights=True) for config in (OURS, PEER) for seed in range(3)
)


@pytest.fixture(scope="module")
def data() -> Split:
    whole = split(digits())
    return Split(whole.X_train[:300], whole.X_test, whole.y_train[:300], whole.y_test)


def begun(data: Split, jobs=JOBS, memory: Memory | None = None) -> Campaign:
    return campaign(jobs, lambda _: data, memory or Memory(10**7))


@pytest.mark.parametrize("seconds", [0.0, 10.0])
def test_every_result_is_that_of_training_alone(data, seconds, monkeypatch):
    monkeypatch.setattr(lanes, "SLICE_SECONDS", seconds)
    results = finished(begun(data)).results
    assert set(results) == set(JOBS)
    for job, result in results.items():
        alone = learner_of(job.config, data)
        while not alone.ended:
            alone.train(data)
        assert largest_difference(result.network, alone.record.network) == 0.0
        assert result.last.test_accuracy == alone.record.test_accuracy
        epochs = job.config.max_iter
        assert (result.last.epoch, result.ended, len(result.curve)) == (epochs, "max_iter", epochs + 1)


def test_a_campaign_that_is_stopped_goes_on(data):
    made = begun(data)
    with ThreadPoolExecutor(1) as executor:
        made.train(executor, 0.0)
        made.stop()
    assert not made.ended
    assert 0.0 <= made.done < 1.0
    assert finished(made).done == 1.0


def test_what_was_trained_before_is_not_trained_again(data):
    memory = Memory(10**7)
    first = finished(begun(data, JOBS[:2], memory))
    again = begun(data, JOBS[:3], memory)
    assert set(again.results) == set(JOBS[:2])
    assert all(again.results[job] is first.results[job] for job in JOBS[:2])
    finished(again)
    assert len(again.results) == 3


def test_a_campaign_that_has_ended_holds_no_data_and_does_nothing_more(data):
    made = finished(begun(data))
    assert (made.splits, made.lanes) == ({}, ())
    assert finished(made).done == 1.0


def test_networks_are_kept_only_where_they_are_asked_for(data):
    memory, light = Memory(10**7), tuple(replace(job, weights=False) for job in JOBS[:2])
    without = finished(begun(data, light, memory)).results
    assert [each.network for each in without.values()] == [None, None]
    again = begun(data, JOBS[:1], memory)
    assert not again.ended
    asked = finished(again).results[JOBS[0]]
    assert asked.network.sizes == (64, 5, 10)
    np.testing.assert_array_equal(asked.curve[:, 1:5], without[JOBS[0]].curve[:, 1:5])
    assert begun(data, light[:1], memory).results[JOBS[0]] is asked


def test_equal_jobs_are_made_once(data):
    assert len(begun(data, (*JOBS, *JOBS)).jobs) == len(JOBS)


def test_a_job_that_diverges_says_so(data):
    (job,) = jobs = (Job(replace(OURS, learning_rate_init=1e100, activation="relu", loss="squared_error"), DATA),)
    assert finished(begun(data, jobs)).results[job].diverged


def test_results_can_not_be_changed(data):
    result = finished(begun(data, JOBS[:1])).results[JOBS[0]]
    for array in (result.curve, result.network.layers[0].W):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_the_data_are_let_go_once_all_is_trained(data):
    own, memory = Split(*(part.copy() for part in vars(data).values())), Memory(10**7)
    held, made = weakref.ref(own.X_train), begun(own, memory=memory)
    del own
    assert held() is not None
    finished(made)
    again = begun(data, memory=memory)
    gc.collect()
    assert (held(), made.splits, again.splits) == (None, {}, {})
    assert set(made.results) == set(again.results) == set(JOBS)


def test_the_least_recently_used_is_forgotten_first():
    memory = Memory(10)
    memory.keep("a", 1, 4)
    memory.keep("b", 2, 4)
    assert memory.get("a") == 1
    memory.keep("c", 3, 4)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]
    memory.keep("too large", 4, 11)
    assert memory.get("too large") is None
    assert memory.get("a") == 1
    memory.keep("a", 5, 10)
    assert [memory.get(key) for key in "abc"] == [5, None, None]
