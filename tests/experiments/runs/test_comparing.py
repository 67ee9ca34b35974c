"""Any two kept runs on one test set get the verdict that their trainings got; others get a sentence."""

import math
from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.outcome.judgement import judge
from mlp.experiments.runs.comparing import comparable, judged, why_not
from mlp.experiments.runs.json_file import from_json, to_json
from mlp.experiments.runs.stored_run import StoredRun, stored_result, stored_run
from mlp.experiments.training.answers import kept_answers, labels_hash
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.results import Job
from mlp.experiments.training.run import Run, start
from mlp.limits import MOST_KEPT_ANSWERS
from tests.runs import made_up
from tests.trained import finished

COMPARISON = Comparison(OurConfig(batch_size=100, max_iter=4), PeerConfig(max_iter=6))


@pytest.fixture(scope="module")
def data() -> Split:
    return split(digits())


@pytest.fixture(scope="module")
def run(data: Split) -> Run:
    run = start(COMPARISON, data)
    run.advance(math.inf)
    return run


@pytest.fixture
def kept(run: Run) -> list[StoredRun]:
    names = ("one", "other")
    sides = zip(run.learners, names, run.answers, strict=True)
    return [stored_run(each, COMPARISON.data, name=name, answers=said) for each, name, said in sides]


def test_kept_runs_get_the_verdict_of_their_trainings(run: Run, kept: list[StoredRun], data: Split) -> None:
    # Through a file and back, as they are opened later
    found, expected = judged(*from_json(to_json(kept)), data), judge(run, data)
    assert found.verdict == replace(expected.verdict, names=("one", "other"))
    assert found.names == ("one", "other")
    assert {name: sorted(where) for name, where in found.groups.items()} == {
        name: sorted(where) for name, where in expected.groups.items()
    }
    for side, other in ((found.ours, expected.ours), (found.peer, expected.peer)):
        np.testing.assert_array_equal(side.said, other.said)


def test_a_training_among_many_keeps_the_same_answers(kept: list[StoredRun], data: Split) -> None:
    jobs = [Job(config, COMPARISON.data) for config in (COMPARISON.ours, COMPARISON.peer)]
    made = finished(campaign(jobs, lambda _: data, Memory(10**8)))
    for job, alone in zip(jobs, kept, strict=True):
        result = stored_result(made.results[job], name="x")
        assert made.results[job].network is None
        np.testing.assert_array_equal(result.answers.said, alone.answers.said)
        assert result.answers.labels == alone.answers.labels


def test_other_test_sets_are_refused(kept: list[StoredRun], data: Split) -> None:
    one, other = kept
    scaled = replace(other, data=dict(other.data) | {"scaling": "by 16"})
    assert comparable(one, scaled)
    for where in ({"random_state": 7}, {"dataset": "iris"}, {"swapped": True}):
        elsewhere = replace(other, data=dict(other.data) | where)
        assert not comparable(one, elsewhere)
        with pytest.raises(ValueError, match="one and other were tested on other examples"):
            judged(one, elsewhere, data)
    with pytest.raises(ValueError, match="one was tested on other examples than those that are here now"):
        judged(one, other, split(digits(), random_state=7))


def test_what_has_no_answers_says_so(kept: list[StoredRun]) -> None:
    assert "old was kept without its answers" in why_not(kept[0], made_up("old"))
    assert "wild overflowed" in why_not(made_up("wild", ended="diverged"), kept[0])


def test_a_stopped_run_is_told_in_the_verdict(kept: list[StoredRun], data: Split) -> None:
    found = judged(replace(kept[0], ended="stopped"), kept[1], data)
    assert "The training of “one” was stopped before its end" in found.verdict.sentence


def test_a_large_test_set_is_not_kept(run: Run, data: Split) -> None:
    network, X = run.ours.record.network, np.zeros((MOST_KEPT_ANSWERS + 1, 64))
    y = np.zeros(len(X), int)
    assert kept_answers(network, Split(X, X, y, y)) is None
    assert kept_answers(network, Split(X, X[1:], y, y[1:])) is not None


def test_labels_have_one_hash_whatever_their_type() -> None:
    labels = np.array([1, 2, 3])
    assert labels_hash(labels) == labels_hash(labels.astype(np.int32)) == labels_hash(np.array([1, 2, 3], np.uint8))
    assert labels_hash(labels) != labels_hash(labels[::-1])


def test_data_of_before_still_make_a_run_without_answers(run: Run) -> None:
    assert stored_run(run.ours, DataConfig(), name="x").answers is None
