"""A sweep's plan: scikit-learn's grid, or some of it, each training once; limits say what they cut."""

import math
from dataclasses import replace

import numpy as np
import pytest
from sklearn.model_selection import ParameterGrid

from mlp.datasets import Split, digits, split
from mlp.experiments.config import MODELS, OURS, PEER, Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.evidence.seed_statistics import paired_test
from mlp.experiments.sweep.kept import from_text, to_text
from mlp.experiments.sweep.limits import fitted
from mlp.experiments.sweep.outcomes import CellResult, Outcome, best_of, cell_results, outcome_of, rivals
from mlp.experiments.sweep.plan import Axis, Sweep, cells, sweep_jobs, trial
from mlp.experiments.sweep.variance import variance_shares
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.memory import Memory
from mlp.limits import MOST_TRAININGS
from tests.trained import finished

DATA = DataConfig(validation_size=0.25)
BRIEF = Comparison(OurConfig(batch_size=200, max_iter=2), PeerConfig(max_iter=2), DATA)
RATES, UNITS = Axis("learning_rate_init", (0.001, 0.01, 0.1)), Axis("hidden_layer_sizes", ((5,), (8, 8)))
GRID = Sweep(BRIEF, (RATES, UNITS), (1, 2), MODELS)


def test_the_grid_is_scikit_learns_and_every_training_is_made_once() -> None:
    expected = ParameterGrid({"learning_rate_init": RATES.values, "hidden_layer_sizes": UNITS.values})
    assert set(cells(GRID)) == {(e["learning_rate_init"], e["hidden_layer_sizes"]) for e in expected}
    jobs = sweep_jobs(GRID)
    assert len(jobs) == len(set(jobs)) == 3 * 2 * 2 * 2
    # Every combination has its first seed before any has its second
    assert [job.config.random_state for job in jobs] == [1] * 12 + [2] * 12
    assert {job.data for job in jobs} == {DATA}


def test_drawn_combinations_are_some_of_the_grid_and_the_same_again() -> None:
    some = replace(GRID, drawn=4)
    assert len(set(cells(some))) == 4
    assert set(cells(some)) < set(cells(GRID))
    assert cells(some) == cells(replace(GRID, drawn=4))
    assert cells(replace(GRID, drawn=100)) == cells(GRID)


def test_a_model_has_no_combination_with_a_value_it_does_not_know() -> None:
    sweep = Sweep(
        BRIEF, (Axis("activation", ("tanh", "gelu")), Axis("init", ("normal", "glorot_uniform"))), (1,), MODELS
    )
    assert trial(sweep, PEER, ("gelu", "normal")) is None
    assert len([job for job in sweep_jobs(sweep) if isinstance(job.config, OurConfig)]) == 4
    # scikit-learn has no choice of its first weights: both values are the same training
    assert len([job for job in sweep_jobs(sweep) if isinstance(job.config, PeerConfig)]) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"axes": ()}, "axes needs hyperparameters, each once"),
        ({"axes": (RATES, RATES)}, "axes needs hyperparameters, each once"),
        ({"axes": (Axis("random_state", (1,)),)}, "axes needs hyperparameters"),
        ({"axes": (Axis("alpha", ()),)}, "axes needs a value for each setting"),
        ({"seeds": ()}, "seeds needs some"),
        ({"comparison": Comparison()}, "a sweep chooses by validation"),
    ],
)
def test_what_is_no_sweep_is_refused(wrong: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(GRID, **wrong)


def test_what_one_visitor_may_not_have_is_cut_and_said() -> None:
    data = split(digits(), validation_size=0.25)
    assert fitted(GRID, data) == (GRID, ())
    many = replace(GRID, axes=(Axis("alpha", tuple(i / 100 for i in range(50))), RATES), seeds=tuple(range(1, 11)))
    cut, (fewer,) = fitted(many, data)
    assert len(sweep_jobs(cut)) == MOST_TRAININGS
    assert fewer.startswith("150 combinations with 20 trainings each are more than the 300")
    long = replace(GRID, comparison=replace(BRIEF, ours=OurConfig(max_iter=2000)), seeds=tuple(range(1, 11)))
    cut, (shorter,) = fitted(long, data)
    assert cut.epochs < 2000
    assert f"Trainings of up to 2,000 epochs were cut to {cut.epochs:,}: 120 trainings" in shorter
    assert max(job.config.max_iter for job in sweep_jobs(cut)) == cut.epochs


def split_of(data: DataConfig) -> Split:
    return split(digits(), validation_size=data.validation_size)


@pytest.fixture(scope="module")
def outcomes() -> dict:
    run = finished(campaign(sweep_jobs(GRID), split_of, Memory(10**8)))
    return {job: outcome_of(result) for job, result in run.results.items()}


def test_the_best_is_chosen_by_validation_and_its_rivals_by_pairs_of_seeds(outcomes) -> None:
    results = cell_results(GRID, outcomes)
    assert len(results) == 12
    best = best_of(results)
    assert best.mean == max(each.mean for each in results) == pytest.approx(np.mean(best.each))
    assert best not in rivals(best, results)
    for job, outcome in outcomes.items():
        assert 0 <= outcome.accuracy <= 1
        assert outcome.epochs == job.config.max_iter


def cell(*each: float, model: str = OURS, place: int = 0) -> CellResult:
    return CellResult(model, (place,), each, True, 1, 1, 1)


def test_a_rival_is_what_chance_explains_and_what_overflowed_is_never_chosen() -> None:
    best, close, far = cell(0.95, 0.96, 0.97), cell(0.955, 0.95, 0.965), cell(0.50, 0.51, 0.53)
    broken = cell(0.99, math.nan, 0.99)
    assert best_of([close, best, far, broken]) is best
    assert rivals(best, [close, best, far, broken]) == (close,)
    assert paired_test(best.each, far.each).p_value * 2 < 0.05
    assert best_of([broken]) is None


def test_the_shares_of_variance_are_those_of_an_analysis_of_variance(outcomes) -> None:
    results = [each for each in cell_results(GRID, outcomes) if each.model == OURS]
    shares = variance_shares(GRID, results)
    y = np.array([each.each for each in results]).reshape(2, 3, 2)  # scikit-learn's grid sorts the names
    assert [each.cell for each in results] == [(rate, units) for units in UNITS.values for rate in RATES.values]
    total, mean = ((y - y.mean()) ** 2).sum(), y.mean()
    units = 6 * ((y.mean(axis=(1, 2)) - mean) ** 2).sum() / total
    rates = 4 * ((y.mean(axis=(0, 2)) - mean) ** 2).sum() / total
    seeds = ((y - y.mean(axis=2, keepdims=True)) ** 2).sum() / total
    assert shares.settings == pytest.approx({"learning_rate_init": rates, "hidden_layer_sizes": units})
    assert (shares.seeds, shares.together) == pytest.approx((seeds, 1 - units - rates - seeds))
    equal = [replace(each, each=(0.5, 0.5)) for each in results]
    assert variance_shares(GRID, equal) is None


def test_of_drawn_combinations_a_setting_that_does_nothing_has_next_to_no_share() -> None:
    values = tuple(i / 100 for i in range(40))
    some = replace(GRID, axes=(Axis("alpha", values), Axis("momentum", values)), models=(OURS,), drawn=60)
    noise = np.random.default_rng(0).normal(0, 0.01, (60, 2))
    results = [CellResult(OURS, (alpha, momentum), tuple((0.5 + alpha + seeds).tolist()), True, 1, 1, 1)
               for (alpha, momentum), seeds in zip(cells(some), noise, strict=True)]  # fmt: skip
    shares = variance_shares(some, results)
    assert not shares.whole
    assert shares.settings["alpha"] > 0.8
    assert shares.settings["momentum"] < 0.1
    assert variance_shares(some, results[:8]) is None


def test_a_sweep_and_what_it_came_to_come_back_equal(outcomes) -> None:
    half = dict(list(outcomes.items())[:7])
    job = sweep_jobs(GRID)[0]
    half[job] = Outcome(math.nan, math.nan, math.nan, 0, 2, 0.5)
    sweep, found = from_text(to_text(GRID, half))
    assert (sweep, list(found)) == (GRID, [job for job in sweep_jobs(GRID) if job in half])
    np.testing.assert_array_equal([found[each] for each in half], list(half.values()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"drawn": 0', '"drawn": 1.5'),
        ('"seeds": [1, 2]', '"seeds": [1, 1]'),
        ('"name": "learning_rate_init"', '"name": "random_state"'),
        ('"values": [0.001, 0.01, 0.1]', '"values": [0.001, "x"]'),
        ('"validation_size": 0.25', '"validation_size": 0'),
        ('"outcomes": []', '"outcomes": [[24, 0, 0, 0, 0, 0, 0]]'),
        ('"outcomes": []', '"outcomes": [[0, 2]]'),
        ('"version": 1', '"version": 2'),
    ],
)
def test_a_text_that_is_no_sweep_gets_a_sentence(old: str, new: str) -> None:
    text = to_text(GRID, {})
    assert old in text
    with pytest.raises(ValueError, match=r"needs|none is|needed"):
        from_text(text.replace(old, new))
