"""The ladder: one change a rung, the last one is scikit-learn, and each rung's numbers are those of its trainings."""

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, OurConfig, PeerConfig, as_scikit_learn_takes, differences, settings_of
from mlp.experiments.evidence.ladder import changes, climbed, in_order, ladder_jobs, proof, rungs
from mlp.experiments.evidence.recipes import seeded
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.run import largest_difference
from tests.trained import finished

SHEET = Comparison()
QUICK = Comparison(OurConfig(batch_size=50, max_iter=3), PeerConfig(max_iter=12, n_iter_no_change=2))
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def data():
    return split(digits())


@pytest.fixture(scope="module")
def results(data):
    jobs = [replace(job, weights=True) for job in ladder_jobs(QUICK, rungs(QUICK), SEEDS)]
    return finished(campaign(jobs, lambda _: data, Memory(10**8))).results


def test_the_sheets_ladder_has_the_five_changes():
    assert changes(SHEET) == ("init", "batch_size", "momentum", "alpha", "stopping")
    ladder = rungs(SHEET)
    assert [rung.change for rung in ladder] == ["start", "init", "batch_size", "momentum", "alpha", "stopping"]
    assert ladder[0].config == SHEET.ours


@pytest.mark.parametrize("order", [(), ("stopping", "alpha"), ("nonsense", "momentum", "momentum")])
def test_the_last_rung_has_scikit_learns_settings_in_every_order(order):
    ladder = rungs(SHEET, order)
    assert len(ladder) == 6
    assert not differences(ladder[-1].config, SHEET.peer)
    for one, other in zip(ladder, ladder[1:], strict=False):
        assert one.config != other.config


def test_what_is_wanted_first_comes_first():
    assert in_order(("a", "b", "c"), ("c", "x", "a")) == ("c", "a", "b")


def test_equal_settings_are_a_ladder_of_one_rung():
    peer = PeerConfig()
    names = ("batch_size", "max_iter", "momentum", "alpha", "n_iter_no_change", "init")
    ours = OurConfig(**{name: getattr(peer, name) for name in names})
    assert [rung.change for rung in rungs(Comparison(ours, peer))] == ["start"]


def test_the_last_rung_is_scikit_learns_own_fit(data, results):
    found = proof(QUICK, rungs(QUICK), SEEDS, results)
    assert found.seeds == 3
    assert found.difference < 1e-12
    classifier = MLPClassifier((50,), activation="tanh", solver="sgd", learning_rate_init=0.001, max_iter=12,
                               nesterovs_momentum=False, random_state=2, n_iter_no_change=2)  # fmt: skip
    with pytest.warns(UserWarning, match="Maximum iterations"):
        classifier.fit(data.X_train, data.y_train)
    (job,) = seeded(rungs(QUICK)[-1].config, [2], QUICK.data)
    layers = zip(results[job].network.layers, classifier.coefs_, classifier.intercepts_, strict=True)
    assert max(max(np.abs(layer.W.T - W).max(), np.abs(layer.b - b).max()) for layer, W, b in layers) < 1e-12


def test_only_the_proof_needs_networks():
    jobs = ladder_jobs(QUICK, rungs(QUICK), SEEDS)
    assert {job.config.__class__ if job.weights else None for job in jobs} == {None, OurConfig, PeerConfig}
    assert sum(job.weights for job in jobs) == 2 * len(SEEDS)


def test_the_proof_says_no_where_a_setting_differs(results):
    ladder = rungs(QUICK)[:-1]
    assert proof(QUICK, ladder, SEEDS, results).difference > 1e-6
    assert proof(QUICK, ladder, SEEDS, {}) is None


def test_each_rung_tells_the_means_of_its_trainings(results):
    ladder = rungs(QUICK)
    found = climbed(QUICK, ladder, SEEDS, results)
    assert [each.rung for each in found] == list(ladder)
    first = [results[job].last for job in ladder_jobs(QUICK, ladder, SEEDS)[:3]]
    assert found[0].judged.mean == pytest.approx(np.mean([point.test_accuracy for point in first]), rel=1e-15)
    assert found[0].train.n == 3
    assert (found[0].epochs, found[0].updates) == (3, 3 * 29)
    assert found[0].step is None
    assert found[2].step.gap == pytest.approx(found[2].judged.mean - found[1].judged.mean, abs=1e-15)
    assert found[0].diverged == 0


def test_a_ladder_is_told_as_far_as_it_is_climbed(results):
    ladder = rungs(QUICK)
    some = {job: results[job] for job in ladder_jobs(QUICK, ladder, SEEDS)[:7]}
    assert len(climbed(QUICK, ladder, SEEDS, some)) == 2
    assert climbed(QUICK, ladder, SEEDS, {}) == []


def test_a_rung_that_overflows_has_no_accuracy(data):
    wild = Comparison(OurConfig(batch_size=50, max_iter=2, learning_rate_init=1e100, activation="relu"), QUICK.peer)
    ladder = rungs(wild)[:2]
    made = finished(campaign(ladder_jobs(wild, ladder, (1,))[:2], lambda _: data, Memory(10**8)))
    first, second = climbed(wild, ladder, (1,), made.results)
    assert (first.diverged, first.judged) == (1, None)
    assert math.isnan(first.each[0])
    assert second.step is None


def test_shapes_that_differ_are_no_proof(results):
    one, other = (results[job].network for job in list(results)[:2])
    assert largest_difference(one, replace(other, layers=other.layers[:1])) == math.inf


def test_the_ladder_knows_solver_schedule_early_stopping_and_the_two_class_output() -> None:
    peer = PeerConfig(solver="adam", learning_rate="adaptive", early_stopping=True)
    comparison = as_scikit_learn_takes(Comparison(OurConfig(), peer), 2)
    climbed = {rung.change: rung.config for rung in rungs(comparison)}
    assert {"loss", "solver", "learning_rate", "early_stopping"} < set(climbed)
    assert (climbed["loss"].loss, climbed["solver"].solver) == ("binary_cross_entropy", "adam")
    assert settings_of(rungs(comparison)[-1].config) == settings_of(comparison.peer)
