"""Answers to the test images: who is right where, and what an overflow leaves."""

import math
from dataclasses import replace

import numpy as np
import pytest

from mlp.datasets import Split, digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig
from mlp.experiments.outcome.judgement import BOTH_WRONG, ONLY_OURS, ONLY_PEER, Answers, answers, judge, parted
from mlp.experiments.training.run import Run, start
from mlp.network import predict


@pytest.fixture(scope="module")
def data() -> Split:
    return split(digits())


@pytest.fixture
def run(data) -> Run:
    run = start(Comparison(OurConfig(batch_size=100, max_iter=4), PeerConfig(max_iter=6)), data)
    run.advance(math.inf)
    return run


def test_a_judgement_is_about_the_models_as_they_are(run, data):
    found = judge(run, data)
    for learner, said in ((run.ours, found.ours.said), (run.peer, found.peer.said)):
        assert (said == predict(learner.record.network, data.X_test)).all()
    assert [right / 360 for right in found.verdict.right] == pytest.approx(
        [learner.record.test_accuracy for learner in run.learners]
    )


def test_a_judgement_knows_the_most_frequent_class_and_what_was_stopped(run, data):
    # The digits' training part has one class more often than any other; how often it is right is counted by hand
    labels = data.y_train.tolist()
    common = max(range(10), key=labels.count)
    assert judge(run, data).verdict.common == data.y_test.tolist().count(common)
    assert judge(run, data).verdict.stopped == (False, False)
    run.peer.record = replace(run.peer.record, ended=None)
    assert judge(run, data).verdict.stopped == (False, True)


def test_forty_classes_are_judged_like_ten(run):
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(400, 64)), np.repeat(np.arange(40), 10)
    forty = Split(X[::2], X[1::2], y[::2], y[1::2])
    made = start(run.comparison, forty)
    made.advance(math.inf)
    found = judge(made, forty)
    assert sum(found.verdict.pairs) == 200
    assert "most frequent class of the training part, which is right on 5 of 200" in found.verdict.sentence


def test_the_groups_are_those_the_verdict_counts(run, data):
    found = judge(run, data)
    assert tuple(len(found.groups[name]) for name in (ONLY_OURS, ONLY_PEER, BOTH_WRONG)) == found.verdict.pairs[1:]
    for name, rights in ((ONLY_OURS, (True, False)), (ONLY_PEER, (False, True)), (BOTH_WRONG, (False, False))):
        for each, right in zip((found.ours, found.peer), rights, strict=True):
            index = found.groups[name]
            assert ((each.said[index] == data.y_test[index]) == right).all()


def test_the_surest_mistake_comes_first():
    y = np.zeros(6, dtype=int)
    ours = Answers(np.array([0, 0, 1, 2, 0, 1]), np.array([0.9, 0.99, 0.3, 0.4, 0.5, 0.6]), True)
    peer = Answers(np.array([1, 2, 0, 1, 0, 1]), np.array([0.5, 0.7, 0.9, 0.8, 0.9, 0.2]), True)
    groups = parted(y, ours, peer)
    assert {name: index.tolist() for name, index in groups.items()} == {
        ONLY_OURS: [1, 0], ONLY_PEER: [2], BOTH_WRONG: [3, 5],
    }  # fmt: skip


def test_softmax_gives_probabilities_and_other_outputs_are_not_called_so(run, data):
    network = run.ours.record.network
    assert answers(network, data.X_test).probable
    assert not answers(replace(network, loss="squared_error"), data.X_test).probable


def test_a_model_that_overflowed_gives_no_answers_and_no_verdict(run, data):
    run.peer.record = replace(run.peer.record, ended="diverged")
    found = judge(run, data)
    assert found.ours is not None
    assert (found.peer, found.verdict, found.groups) == (None, None, None)
