"""Two recipes in tables and sentences: over seeds, and over other splits."""

import math

from mlp.experiments.config import FIRST, MODELS
from mlp.experiments.evidence.recipes import RecipeResult, SplitResult, contrast_of_recipes
from mlp.experiments.evidence.seed_statistics import Contrast
from mlp.experiments.evidence.sentences import cases
from mlp.experiments.evidence.verdict import LEVEL
from mlp.experiments.names import inside, told
from mlp.view.palette import TEST
from mlp.view.shares import MISSING, p_words, share, span
from mlp.view.training.summaries import interval, mean, spread

OVER_SEEDS = (
    "This asks about the settings, not about one training: the data and their split stay the same, the first weights "
    "and the order of the examples change with the seed. Welch's t test compares the two means."
)
OVER_SPLITS = (
    "This asks about other data of the same kind: five times the examples are split in halves at random, and each half "
    "trains once and tests once (5x2cv). A half is less to learn from than the 80% of a usual split. The ten "
    "differences share examples, which an ordinary t test would take for certainty; the combined F test of Alpaydin "
    "(1999) does not."
)


# What a gap begins with, inside a sentence
MINUEND = {FIRST: "the first"}


def recipe_rows(ours: RecipeResult, peer: RecipeResult, judging: str = TEST) -> list[tuple[str, ...]]:
    """Return the rows of the table over seeds: what, ours, the other's; `judging` names the set one chooses by."""
    both = ours, peer
    return [
        (f"{judging} accuracy, mean", *(mean(each.judged) for each in both)),
        ("its standard deviation", *(spread(each.judged) for each in both)),
        ("95% interval of the mean", *(interval(each.judged) for each in both)),
        ("Training accuracy, mean", *(mean(each.train) for each in both)),
        ("its standard deviation", *(spread(each.train) for each in both)),
        (f"{judging} loss, mean", *(mean(each.judged_loss) for each in both)),
        ("Epochs, mean", *(rounded(each.epochs) for each in both)),
        ("Updates, mean", *(rounded(each.updates) for each in both)),
        ("Seconds, mean", *(f"{each.seconds:.2f}" if math.isfinite(each.seconds) else MISSING for each in both)),
        ("Seeds", *(seeds_words(each) for each in both)),
    ]


def rounded(value: float) -> str:
    """Return a mean count, a dash if there is none."""
    return f"{value:,.0f}" if math.isfinite(value) else MISSING


def seeds_words(recipe: RecipeResult) -> str:
    """Return how many seeds were trained, and how many of them overflowed."""
    return f"{len(recipe.made)}" + (f", {recipe.diverged} of them overflowed" if recipe.diverged else "")


def seeds_verdict(ours: RecipeResult, peer: RecipeResult, names: tuple[str, str] = MODELS) -> str:
    """Return what the seeds say about the two recipes, in one sentence."""
    contrast = contrast_of_recipes(ours, peer)
    if contrast is None or ours.judged is None or peer.judged is None:
        least = "Two seeds of each recipe are the least that can be compared"
        return f"{least}, and trainings overflowed." if ours.diverged or peer.diverged else f"{least}."
    n = seeds_of(ours.judged.n, peer.judged.n)
    gap = gap_words(contrast, names)
    if differs(contrast):
        return f"{better(contrast, names)} is the better recipe on this split, over {n}: {gap}."
    return f"With {n} these recipes can't be told apart, which does not say that they are alike: {gap}."


def seeds_of(ours: int, peer: int) -> str:
    """Return how many seeds two means rest on."""
    return f"{ours} seeds" if ours == peer else f"{ours} and {peer} seeds"


def splits_verdict(result: SplitResult, names: tuple[str, str] = MODELS) -> str:
    """Return what 5x2cv says about the two recipes, in one sentence."""
    contrast = result.contrast
    if contrast is None:
        return "A training overflowed, so these recipes can't be compared over other splits."
    if differs(contrast):
        ahead = f"{better(contrast, names)} is the better recipe on other splits of these data too"
        return f"{ahead}: {gap_words(contrast, names)}."
    return (
        "Over other splits these recipes can't be told apart, which does not say that they are alike: "
        f"{gap_words(contrast, names)}."
    )


def differs(contrast: Contrast) -> bool:
    """Return whether chance is a poor explanation."""
    return contrast.p_value < LEVEL


def better(contrast: Contrast, names: tuple[str, str]) -> str:
    """Return who is ahead."""
    return told(names[0] if contrast.gap > 0 else names[1])


def gap_words(contrast: Contrast, names: tuple[str, str] = MODELS) -> str:
    """Return a mean difference, its interval where there is one, and how often chance brings such a one about."""
    one, other = MINUEND.get(names[0], names[0]), inside(names[1])
    return (
        f"{one} minus {other} is {share(contrast.gap)}{interval_words(contrast)} on average, "
        f"and if neither were better a gap at least as wide would come about by chance in {cases(contrast.p_value)} "
        f"({p_words(contrast.p_value)})"
    )


def interval_words(contrast: Contrast) -> str:
    """Return the interval of a mean difference in brackets, or why it has none; blank where the test makes none."""
    if contrast.interval is None:
        return ""
    if all(map(math.isfinite, contrast.interval)):
        return f" (95% interval {span(*contrast.interval)})"
    return " (no interval: all values are equal, so nothing is known of their spread)"


def split_table(result: SplitResult, names: tuple[str, str] = MODELS) -> dict[str, list[str]]:
    """Return the accuracies of 5x2cv as columns: a row for each half."""
    halves = [f"{split + 1}, {half} half" for split in range(len(result.ours)) for half in ("first", "second")]
    ours, peer = ([value for pair in side for value in pair] for side in (result.ours, result.peer))
    return {
        "Split": halves,
        names[0]: [share(value) for value in ours],
        names[1]: [share(value) for value in peer],
        "Difference": [share(a - b) for a, b in zip(ours, peer, strict=True)],
    }
