"""Somebody else's runs as a table of recipes, and what is said of two of them."""

from collections.abc import Sequence

import pandas as pd

from mlp.experiments.evidence.foreign_runs import Samples
from mlp.experiments.evidence.seed_statistics import summary, welch_test
from mlp.experiments.runs.csv_file import harmless
from mlp.view.runs.groups import contrast_sentence, contrast_words
from mlp.view.shares import MISSING
from mlp.view.training.summaries import interval, mean, spread

TOO_FEW = "Two runs of each are the least that can be compared: take a table with more seeds."


def recipes_frame(samples: Samples, baseline: str) -> pd.DataFrame:
    """Return a row a recipe: runs, mean, standard deviation, interval, and how it differs from the baseline."""
    return pd.DataFrame(
        [recipe_row(name, values, samples[baseline], name == baseline) for name, values in samples.items()]
    )


def recipe_row(name: str, values: Sequence[float], base: Sequence[float], is_base: bool) -> dict[str, object]:
    """Return a recipe's row by column; one without a value has dashes."""
    found = summary(values) if len(values) else None
    comparable = min(len(values), len(base)) > 1
    against = contrast_words(welch_test(values, base)) if comparable else MISSING
    return {
        "Recipe": harmless(name),
        "Runs": len(values),
        "Accuracy, mean": mean(found),
        "Standard deviation": spread(found),
        "95% interval": interval(found),
        "Against the baseline": "baseline" if is_base else against,
    }


def foreign_sentence(samples: Samples, name: str, baseline: str) -> str:
    """Return whether one recipe is better than another, over the runs of both."""
    values, base = samples[name], samples[baseline]
    if min(len(values), len(base)) < 2:
        return TOO_FEW
    return contrast_sentence((name, baseline), (len(values), len(base)), welch_test(values, base))
