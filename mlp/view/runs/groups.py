"""Seeds as one: a row for all runs of a recipe, whether it differs from the baseline's, and how lucky one seed is."""

import math
import re
from collections.abc import Sequence

import pandas as pd

from mlp.experiments.evidence.seed_statistics import Contrast
from mlp.experiments.evidence.sentences import cases
from mlp.experiments.evidence.verdict import LEVEL
from mlp.experiments.runs.csv_file import harmless
from mlp.experiments.runs.groups import Luck, SeedGroup, against, comparable, recipe_of
from mlp.experiments.runs.stored_run import STOPPED
from mlp.view.shares import MISSING, p_words, share, span
from mlp.view.training.summaries import interval

# What `default_name` and a second run of one name add at the end
SEEDED = re.compile(r"(, seed \d{1,10})?( \(\d{1,3}\))?$")
# With fewer seeds than this nobody can say what is usual
FEW_SEEDS = 5


def group_name(group: SeedGroup) -> str:
    """Return the name of a group's first run without its seed."""
    name = group.runs[0].name
    return SEEDED.sub("", name) or name


def group_frame(groups: Sequence[SeedGroup], baseline: SeedGroup | None = None) -> pd.DataFrame:
    """Return a row a group, the latest first; with a baseline's group also what each differs from it."""
    return pd.DataFrame([group_row(group, baseline) for group in reversed(groups)])


def group_row(group: SeedGroup, baseline: SeedGroup | None) -> dict[str, object]:
    """Return a group's row by column."""
    last, best, epoch = group.last, group.best, group.best_epoch
    return {
        "Name": harmless(group_name(group)),
        "Accuracy, mean": last.mean if last else math.nan,
        "Seeds": len(group.runs),
        "Standard deviation": last.sd if last else math.nan,
        "95% interval": interval(last),
        **({"Against the baseline": against_words(group, baseline)} if baseline else {}),
        "Best, mean": best.mean if best else math.nan,
        "Best epoch, mean": epoch.mean if epoch else math.nan,
        "Overflowed": len(group.runs) - len(group.sound),
    }


def contrast_words(found: Contrast) -> str:
    """Return a difference of two means with Welch's interval and p in a few words."""
    return f"{signed(found.gap)} ({ends_of(found)}; {p_words(found.p_value)})"


def against_words(group: SeedGroup, baseline: SeedGroup) -> str:
    """Return in a few words how a group's mean differs from the baseline's: Welch's interval and p."""
    if recipe_of(group.runs[0]) == recipe_of(baseline.runs[0]):
        return "baseline"
    if not comparable(group, baseline):
        return f"{MISSING} (other examples)"
    found = against(group, baseline)
    if found is None:
        return f"{MISSING} (two seeds each are the least)"
    return contrast_words(found)


def ends_of(found: Contrast) -> str:
    """Return the interval of a difference, or that equal values have none."""
    known = found.interval and all(map(math.isfinite, found.interval))
    return span(*found.interval) if known and found.interval else "all equal"


def signed(gap: float) -> str:
    """Return a difference with its sign."""
    return f"+{share(gap)}" if gap > 0 else share(gap)


def group_sentence(group: SeedGroup, baseline: SeedGroup) -> str:
    """Return whether a recipe is better than the baseline's, over the seeds of both."""
    if not comparable(group, baseline):
        return "Their accuracies are not of the same examples, so that no number of seeds can compare these recipes."
    found = against(group, baseline)
    if found is None:
        return "Two seeds of each that did not overflow are the least that can be compared: keep more seeds."
    said = contrast_sentence((group_name(group), group_name(baseline)), (len(group.sound), len(baseline.sound)), found)
    return " ".join(filter(None, (said, few_words(group, baseline), stopped_words(group, baseline))))


def few_words(*groups: SeedGroup) -> str:
    """Return what few seeds have to take on trust; blank for enough of them."""
    if min(len(group.sound) for group in groups) >= FEW_SEEDS:
        return ""
    return (
        f"With fewer than {FEW_SEEDS} seeds a side this rests on accuracies being spread as a bell curve is: take more."
    )


def stopped_words(*groups: SeedGroup) -> str:
    """Return how many of these trainings were stopped before their end; blank if none was."""
    stopped = sum(run.ended == STOPPED for group in groups for run in group.sound)
    return (
        f"{stopped} of these trainings {'was' if stopped == 1 else 'were'} stopped before the end." if stopped else ""
    )


def contrast_sentence(names: tuple[str, str], seeds: tuple[int, int], found: Contrast) -> str:
    """Return whether the first of two recipes is better than the other, over so many seeds of each."""
    over = f"over {seeds[0]} and {seeds[1]} seeds"
    chance = f"if neither were better, a gap as wide would come about by chance in {cases(found.p_value)}"
    by = f"{signed(found.gap)}, 95% interval {ends_of(found)}"
    if found.p_value < LEVEL:
        word = "better" if found.gap > 0 else "worse"
        return f"{names[0]} is the {word} recipe {over} ({by}): {chance}."
    return f"{names[0]} can't be told from {names[1]} {over} ({by}), which does not say that they are alike: {chance}."


def luck_words(found: Luck | None) -> str:
    """Return where a run stands among the seeds of its recipe; blank where it has no others."""
    if found is None:
        return ""
    if math.isnan(found.z) and found.others.n > 1:
        return (
            f"The other {found.others.n} seeds all reach {share(found.others.mean)}: nothing is known of their spread."
        )
    place = f"Of {found.n} seeds this one is {place_words(found)}"
    if found.n < FEW_SEEDS:
        return f"{place}. So few can't tell a lucky seed from a usual one."
    side = "above" if found.z > 0 else "below"
    return (
        f"{place}: {abs(found.z):.1f} standard deviations {side} the mean of the others, {share(found.others.mean)}. "
        f"One more seed would be as far from it in {cases(found.p_value)}."
    )


def place_words(found: Luck) -> str:
    """Return a place in words: "the best", "the 2nd best", "the worst"."""
    if found.rank in (1, found.n):
        return "the best" if found.rank == 1 else "the worst"
    ending = "th" if found.rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(found.rank % 10, "th")
    return f"the {found.rank}{ending} best"
