"""Groups of seeds in a table and in sentences that claim no more than so many seeds show."""

import math

import pytest

from mlp.experiments.config import OurConfig
from mlp.experiments.runs.groups import SeedGroup, luck
from mlp.view.runs.groups import against_words, group_frame, group_name, group_sentence, luck_words
from tests.runs import made_up


def group(*accuracies: float, name: str = "Ours, momentum 0.9", momentum: float = 0.9) -> SeedGroup:
    return SeedGroup(
        tuple(
            made_up(f"{name}, seed {seed}", (0.1, value), config=OurConfig(momentum=momentum, random_state=seed))
            for seed, value in enumerate(accuracies, start=1)
        )
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ours, seed 3", "Ours"),
        ("Ours, momentum 0.9, seed 12 (2)", "Ours, momentum 0.9"),
        ("Ours (2)", "Ours"),
        ("seed 3 of mine", "seed 3 of mine"),
        ("(2)", "(2)"),
    ],
)
def test_a_group_is_named_without_its_seed(name: str, told: str) -> None:
    assert group_name(SeedGroup((made_up(name),))) == told


def test_the_table_has_a_row_a_group_and_says_what_is_not_known() -> None:
    groups = (group(0.9, 0.92, 0.94), group(0.8), group(0.7, 0.7), group(math.nan, 0.5))
    frame = group_frame(groups)
    assert frame["Seeds"].tolist() == [2, 2, 1, 3]
    assert frame["95% interval"].tolist()[:3] == ["–", "– (all equal)", "–"]
    assert frame["95% interval"].tolist()[3].startswith("0.870 to 0.970")
    assert frame["Overflowed"].tolist() == [1, 0, 0, 0]
    assert "Against the baseline" not in frame
    assert group_frame(groups, groups[0])["Against the baseline"].tolist()[-1] == "baseline"


def test_a_difference_from_the_baseline_is_told_with_its_interval() -> None:
    base = group(0.8, 0.81, 0.82, momentum=0.0)
    assert against_words(group(0.9, 0.91, 0.92), base).startswith("+0.100 (0.077 to 0.123; p = 0.000")
    assert against_words(group(0.9), base) == "– (two seeds each are the least)"
    assert against_words(group(0.9, 0.9), group(0.8, 0.8, momentum=0.0)) == "+0.100 (all equal; p = 0.3333)"


def test_groups_are_told_apart_or_not_and_never_called_alike() -> None:
    base = group(0.8, 0.81, 0.82, name="Ours")
    assert group_sentence(group(0.9, 0.91, 0.92), base).startswith(
        "Ours, momentum 0.9 is the better recipe over 3 and 3 seeds (+0.100, 95% interval 0.077 to 0.123)"
    )
    assert "is the worse recipe" in group_sentence(base, group(0.9, 0.91, 0.92))
    even = group_sentence(group(0.8, 0.82, 0.81), base)
    assert "can't be told from Ours over 3 and 3 seeds" in even
    assert "which does not say that they are alike" in even
    assert group_sentence(group(0.8), base).startswith("Two seeds of each")


@pytest.mark.parametrize(
    ("accuracies", "words"),
    [
        ((0.95, 0.90), "Of 2 seeds this one is the best. So few can't tell a lucky seed from a usual one."),
        ((0.90, 0.95, 0.96, 0.89), "Of 4 seeds this one is the 3rd best. So few"),
        ((0.80, 0.90, 0.91, 0.92, 0.93), "Of 5 seeds this one is the worst: 8.9 standard deviations below the mean of"),
        ((0.95, 0.90, 0.90, 0.90), "The other 3 seeds all reach 0.900: nothing is known of their spread."),
        ((0.95,), ""),
    ],
)
def test_luck_is_told_honestly(accuracies: tuple[float, ...], words: str) -> None:
    found = group(*accuracies)
    assert luck_words(luck(found.runs[0], found)).startswith(words)
    assert bool(luck_words(luck(found.runs[0], found))) is bool(words)
