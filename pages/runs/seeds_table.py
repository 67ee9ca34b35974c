"""Runs that are equal but for the seed as one row of a table."""

from collections.abc import Sequence

import streamlit as st

from mlp.experiments.runs.groups import group_of, seed_groups
from mlp.experiments.runs.heads import KeptRun
from mlp.view.runs.groups import group_frame
from pages.runs.group_bands import bands_section

ABOUT = (
    "A row is one recipe on one split: the same settings but for the seed. Means and standard deviations are over its "
    "seeds; a mean has Student's 95% interval. Against the baseline: the difference of the means with Welch's interval "
    "and p. Accuracy is that of the test set, or of the validation share where one was held out to choose by; Best "
    "flatters, as it was chosen by it."
)


def seeds_table(shown: Sequence[KeptRun], baseline: KeptRun | None, runs: Sequence[KeptRun]) -> None:
    """Draw a row for each recipe among the runs that are shown, beside the baseline's of all runs."""
    base = group_of(baseline, seed_groups(runs)) if baseline else None
    groups = seed_groups(shown)
    with st.container(key="runs_seeds_table"):
        st.dataframe(group_frame(groups, base), hide_index=True, column_config=columns(),
                     alt="Recipes, a row each, the latest first")  # fmt: skip
    st.caption(ABOUT)
    bands_section(groups, base)


def columns() -> dict:
    """Return how each column is written."""
    five = ("Accuracy, mean", "Standard deviation", "Best, mean")
    return {
        "Name": st.column_config.TextColumn(width=200),
        **{name: st.column_config.NumberColumn(format="%.5f") for name in five},
        "Best epoch, mean": st.column_config.NumberColumn(format="%.1f"),
    }
