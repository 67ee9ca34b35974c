"""Seeds as one: what is equal but for the seed is one recipe, and its numbers are those of its runs."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t as t_distribution
from scipy.stats import ttest_ind

from mlp.experiments.config import DataConfig, OurConfig, PeerConfig
from mlp.experiments.runs.groups import SeedGroup, against, group_band, group_of, luck, recipe_of, seed_groups
from mlp.experiments.runs.stored_run import StoredRun
from tests.runs import made_up


def seeds(*accuracies: float, first: int = 1, **settings: object) -> list[StoredRun]:
    """Return runs of one recipe that ended on these test accuracies, with seeds from `first` on."""
    configs = [OurConfig(**settings, random_state=first + i) for i in range(len(accuracies))]
    return [made_up("x", (0.1, value), config=config) for value, config in zip(accuracies, configs, strict=True)]


def group(*accuracies: float) -> SeedGroup:
    return SeedGroup(tuple(seeds(*accuracies)))


def test_runs_equal_but_for_the_seed_are_one_group() -> None:
    runs = [*seeds(0.9, 0.8), *seeds(0.7, momentum=0.5), *seeds(0.6, first=3)]
    runs.append(made_up("elsewhere", config=OurConfig(), data=DataConfig(random_state=7)))
    runs.append(made_up("peer", config=PeerConfig()))
    found = seed_groups(runs)
    assert [[run.final.test_accuracy for run in each.runs] for each in found] == [
        [0.9, 0.8, 0.6], [0.7], [0.4], [0.4],
    ]  # fmt: skip
    assert group_of(runs[1], found) is found[0]
    with pytest.raises(ValueError, match="No group has the settings of lone"):
        group_of(replace(runs[0], name="lone", model="scikit-learn"), found[:2])


def test_the_same_seed_twice_counts_once() -> None:
    (only,) = seed_groups([*seeds(0.9, 0.8), *seeds(0.7)])
    assert sorted(run.final.test_accuracy for run in only.runs) == [0.7, 0.8]


def test_every_setting_but_the_seed_makes_a_recipe() -> None:
    run = seeds(0.9)[0]
    for name in run.settings:
        other = replace(run, settings=run.settings | {name: "other"})
        assert (recipe_of(other) == recipe_of(run)) is (name == "random_state")
    for name in run.data:
        assert recipe_of(replace(run, data=run.data | {name: "other"})) != recipe_of(run)


def test_a_groups_numbers_are_those_of_its_runs() -> None:
    found = group(0.9, 0.8, math.nan)
    assert (len(found.runs), len(found.sound)) == (3, 2)
    assert found.last.mean == pytest.approx(0.85)
    assert found.last.sd == pytest.approx(math.sqrt(0.005))
    assert found.best_epoch.mean == 1
    assert group(math.nan).last is None


def test_welch_compares_the_groups_means() -> None:
    one, other = (0.9, 0.91, 0.93), (0.8, 0.83, 0.85, 0.81)
    found = against(group(*one), group(*other))
    assert found.p_value == pytest.approx(ttest_ind(one, other, equal_var=False).pvalue)
    assert against(group(0.9), group(*other)) is None
    assert against(group(0.9, math.nan), group(*other)) is None


def test_a_band_is_the_mean_of_the_curves_and_one_that_has_ended_keeps_its_last_value() -> None:
    short, long = made_up("x", (0.0, 0.2)), made_up("x", (0.0, 0.4, 0.6), config=OurConfig(random_state=2))
    found = group_band((short, long), "test_accuracy")
    assert found.epochs.tolist() == [0, 1, 2]
    assert found.mean == pytest.approx([0.0, 0.3, 0.4])
    assert np.isnan(found.each[0, 2])
    assert np.isnan(found.low[0])
    assert found.low[1] < 0.3 < found.high[1]


def test_luck_is_the_place_among_the_seeds_and_students_prediction() -> None:
    runs = seeds(0.95, 0.90, 0.91, 0.92, 0.93)
    found = luck(runs[0], SeedGroup(tuple(runs)))
    assert (found.rank, found.n, found.others.n) == (1, 5, 4)
    # The others: mean 0.915, standard deviation 0.01 sqrt(5/3)
    z = 0.035 / (0.01 * math.sqrt(5 / 3))
    assert found.z == pytest.approx(z)
    assert found.p_value == pytest.approx(2 * t_distribution.sf(z / math.sqrt(1.25), 3))
    assert luck(runs[1], SeedGroup(tuple(runs))).rank == 5


def test_seeds_as_lucky_as_any_other_are_found_lucky_as_seldom_as_said() -> None:
    rng = np.random.default_rng(0)
    found = []
    for _ in range(400):
        runs = seeds(*rng.normal(0.9, 0.01, 5))
        found.append(luck(runs[0], SeedGroup(tuple(runs))).p_value < 0.1)
    assert 0.06 < np.mean(found) < 0.14


def test_what_has_no_others_or_no_spread_has_no_z() -> None:
    alone = seeds(0.9)
    assert luck(alone[0], SeedGroup(tuple(alone))) is None
    wild = seeds(math.nan, 0.9)
    assert luck(wild[0], SeedGroup(tuple(wild))) is None
    equal = seeds(0.9, 0.8, 0.8)
    assert math.isnan(luck(equal[0], SeedGroup(tuple(equal))).z)
