"""Recipes in one chart: the baseline's first, none without two sound seeds, no name twice."""

import math

from mlp.experiments.config import DataConfig, OurConfig
from mlp.experiments.runs.groups import SeedGroup, group_band
from mlp.view.runs.group_bands import MOST_BANDS, band_colours, banded, cut_words
from mlp.view.training.bands import band_chart, band_frame
from tests.runs import made_up


def group(momentum: float, *last: float, data: DataConfig | None = None) -> SeedGroup:
    configs = (OurConfig(momentum=momentum, random_state=seed) for seed in range(len(last)))
    runs = [made_up("mine, seed 1", (0.1, each), config=c, data=data) for each, c in zip(last, configs, strict=True)]
    return SeedGroup(tuple(runs))


def test_the_baselines_recipe_comes_first_and_no_name_twice() -> None:
    groups = [group(momentum, 0.5, 0.6) for momentum in (0.1, 0.2, 0.3)]
    found = banded(groups, groups[1])
    assert list(found) == ["mine", "mine (2)", "mine (3)"]
    assert [each is groups[i] for each, i in zip(found.values(), (1, 2, 0), strict=True)] == [True] * 3


def test_single_seeds_overflown_ones_and_other_sets_are_left_out() -> None:
    shut = group(0.5, 0.5, 0.6, data=DataConfig(validation_size=0.2))
    groups = [group(0.1, 0.5), group(0.2, 0.5, math.nan), shut, group(0.3, 0.5, 0.7)]
    assert list(banded(groups, None).values()) == [groups[3]]
    assert cut_words(1, 4) == " Drawn are 1 of 4 recipes: those of the baseline and the latest with two seeds."
    assert len(banded([group(i / 10, 0.1, 0.2) for i in range(9)], None)) == MOST_BANDS


def test_the_chart_has_a_band_and_a_colour_for_each() -> None:
    found = banded([group(0.1, 0.5, 0.7), group(0.2, 0.2, 0.4)], None)
    bands = {name: group_band(each.runs, "test_accuracy") for name, each in found.items()}
    frame = band_frame(bands)
    means = frame[(frame["line"] == "mean") & (frame["epoch"] == 1)].set_index("model")["value"]
    assert dict(means.round(9)) == {"mine": 0.3, "mine (2)": 0.6}
    spec = band_chart(frame, "Test accuracy", models=tuple(bands), colours=band_colours(tuple(bands))).to_dict()
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["mine", "mine (2)"]
