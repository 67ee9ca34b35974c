"""A table of somebody else's runs, read for the moment and given our intervals and sentences."""

from collections.abc import Sequence

import streamlit as st

from mlp.experiments.evidence.foreign_runs import Choices, Samples, choices, judged, samples
from mlp.experiments.evidence.foreign_table import Cells, foreign_table
from mlp.limits import TABLE_FILE
from mlp.view.runs.foreign import foreign_sentence, recipes_frame
from pages.common.messages import plain
from pages.outcome.verdict import card

PAIRED, SEEDS = "right and wrong", "accuracies over seeds"
ABOUT = (
    "A CSV from MLflow, Weights & Biases, Trackio or a notebook: two columns of right and wrong, a row an example of "
    "one test set; or accuracies of runs. A seed at the end of a run's name is left out, so that its recipe is one "
    "group; of a run with a row a step the last one counts. Nothing of the file is kept."
)


def foreign_section() -> None:
    """Draw the field for a table of somebody else's runs, and what we say of it."""
    section = st.expander("Somebody else's runs", icon=":material/table_view:", key="foreign_open", on_change="rerun")
    if not section.open:
        return
    with section:
        st.caption(ABOUT)
        file = st.file_uploader("Open a table of runs (CSV)", type=["csv", "tsv", "txt"], key="foreign_file")
        if file is None:
            return
        try:
            if file.size > TABLE_FILE:
                raise ValueError(f"A file of at most {TABLE_FILE:,} bytes is needed; this one has {file.size:,}.")
            table = foreign_table(file.getvalue())
            read_table(table, choices(table))
        except ValueError as error:
            st.error(plain(f"The table could not be read. {error}"))


def read_table(table: Sequence[Cells], found: Choices) -> None:
    """Draw what a table says, in the way that is chosen where there are several."""
    ways = [PAIRED] if len(found.truths) > 1 else []
    ways += [SEEDS] if found.metrics and found.groupings else []
    way = ways[0] if len(ways) == 1 else st.segmented_control("Read as", ways, default=ways[0], required=True)
    if way == PAIRED:
        first, second = two_of("Model", found.truths)
        card(judged(table, first, second), "foreign", "foreign_verdict")
        return
    with st.container(horizontal=True):
        grouping = st.selectbox("Recipes are in", found.groupings, width=260)
        metric = st.selectbox("Accuracy", found.metrics, width=260)
    groups = samples(table, metric, grouping)
    if len(groups) < 2:
        raise ValueError("Two recipes are the least that can be compared; this column has one.")
    over_seeds(groups)


def over_seeds(groups: Samples) -> None:
    """Draw all recipes with their intervals, and the sentence on two of them."""
    name, baseline = two_of("Recipe", tuple(groups))
    st.markdown(f"**{plain(foreign_sentence(groups, name, baseline))}**")
    st.dataframe(recipes_frame(groups, baseline), hide_index=True, alt="Recipes, a row each",
                 column_config={"Recipe": st.column_config.TextColumn(width=260)})  # fmt: skip
    st.caption("Means have Student's 95% interval, differences Welch's interval and p.")


def two_of(label: str, names: Sequence[str]) -> tuple[str, str]:
    """Draw the choice of one of several and of its baseline, and return both."""
    with st.container(horizontal=True):
        one = st.selectbox(label, names, width=260)
        rest = [name for name in names if name != one]
        return one, st.selectbox("Against", rest, width=260)
