"""Recipes in one chart: the mean learning curve of each over its seeds, with its band."""

from collections.abc import Mapping, Sequence

from mlp.experiments.runs.groups import SeedGroup, recipe_of
from mlp.view.palette import RUN_LOOKS
from mlp.view.runs.groups import group_name

MOST_BANDS = 4
ABOUT = (
    "Thick: the mean over a recipe's seeds, and the 95% band of that mean. Thin: the seeds one by one; one that has "
    "ended keeps its last value in the mean."
)


def banded(groups: Sequence[SeedGroup], baseline: SeedGroup | None) -> dict[str, SeedGroup]:
    """Return the recipes to draw by name: the baseline's, then the latest; with two seeds at least that are sound.

    All choose by the same set as the first one: the test set, or validation.
    """
    first = [baseline] if baseline else []
    others = [each for each in reversed(groups) if baseline is None or recipe(each) != recipe(baseline)]
    sound = [each for each in (*first, *others) if len(each.sound) > 1]
    alike = [each for each in sound if each.runs[0].judged == sound[0].runs[0].judged][:MOST_BANDS]
    named: dict[str, SeedGroup] = {}
    for each in alike:
        name, number = group_name(each), 1
        while (free := name if number == 1 else f"{name} ({number})") in named:
            number += 1
        named[free] = each
    return named


def recipe(group: SeedGroup) -> object:
    """Return what a group is but for its seeds."""
    return recipe_of(group.runs[0])


def band_colours(names: Sequence[str]) -> Mapping[str, str]:
    """Return a colour for each recipe in the chart."""
    return {name: RUN_LOOKS[place % len(RUN_LOOKS)][0] for place, name in enumerate(names)}


def cut_words(drawn: int, groups: int) -> str:
    """Return which recipes the chart leaves out; blank if none."""
    return (
        f" Drawn are {drawn} of {groups} recipes: those of the baseline and the latest with two seeds."
        if drawn < groups
        else ""
    )
