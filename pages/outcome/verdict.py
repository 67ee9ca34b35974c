"""The verdict card: whether the two fitted models differ on the test set, or chance explains what is seen."""

import streamlit as st

from mlp.experiments.config import Comparison
from mlp.experiments.evidence.verdict import Verdict
from mlp.experiments.outcome.judgement import Judgement, judge
from mlp.experiments.training.run import Run
from mlp.view.charts import prepared
from mlp.view.outcome.verdict import (
    accuracy_frame,
    difference_frame,
    difference_title,
    empty_intervals,
    interval_chart,
    interval_words,
    mcnemar_words,
    method_words,
    number_rows,
    pair_table,
    room_words,
    scope_words,
)
from pages.common.messages import plain
from pages.data.cached import split_of
from pages.outcome.other_questions import other_questions

JUDGED = "q3: judged"
ACCURACIES = "Accuracy on the test {noun}"


def judgement_of(run: Run) -> Judgement:
    """Return what the run's models answer as they are now; made anew only when they were trained further."""
    records = [learner.record for learner in run.learners]
    kept, judgement = st.session_state.get(JUDGED, (None, None))
    if kept is None or any(one is not other for one, other in zip(kept, records, strict=True)):
        split = split_of(run.comparison.data)
        judgement = judge(run, split)
        st.session_state[JUDGED] = (records, judgement)
    return judgement


def verdict_card(verdict: Verdict | None, comparison: Comparison) -> None:
    """Draw the verdict in a sentence, the intervals it rests on, and what it does not say."""
    st.header("Does the difference matter?", anchor="verdict")
    if verdict is None:
        st.markdown("A model that overflowed can't be compared.")
        return
    card(verdict, comparison.data.dataset)
    other_questions(comparison)


def card(verdict: Verdict, dataset: str, key: str = "verdict") -> None:
    """Draw a verdict on two models by their names, which a visitor may have given; a second one needs another key."""
    with st.container(border=True, key=key):
        st.markdown(f"**{plain(verdict.sentence)}**")
        st.markdown(plain(room_words(verdict)))
        charts(verdict)
        tables(verdict)
        st.caption(plain(method_words(verdict)))
        st.caption(scope_words(dataset))


def charts(verdict: Verdict) -> None:
    """Draw both accuracies and their difference with their intervals."""
    with st.grid(2, min_column_width=300):
        for frame, title, zero in (
            (accuracy_frame(verdict), ACCURACIES.format(noun=verdict.noun), False),
            (difference_frame(verdict), difference_title(verdict), True),
        ):
            st.vega_lite_chart(frame, interval_spec(title, zero), alt=interval_words(frame, title))


@st.cache_data(max_entries=12, show_spinner=False)
def interval_spec(title: str, zero: bool) -> dict:
    """Return the prepared chart of intervals, all of one height so that they stand in line."""
    return prepared(interval_chart(empty_intervals(), title, zero=zero))


def tables(verdict: Verdict) -> None:
    """Draw the numbers of the verdict, and how much who gets right."""
    names, values, intervals = (list(column) for column in zip(*number_rows(verdict), strict=True))
    with st.grid(2, min_column_width=300):
        st.table({"Model": [plain(name) for name in names], "Test accuracy": values, "95% interval": intervals},
                 border="horizontal", hide_index=True,
                 alt="Both test accuracies and their difference, with intervals")  # fmt: skip
        with st.container():
            counts = {plain(title): [plain(cell) for cell in cells] for title, cells in pair_table(verdict).items()}
            st.table(counts, border="horizontal", hide_index=True,
                     alt=f"How many test {verdict.noun} both models get right, only one, and neither")  # fmt: skip
            st.caption(mcnemar_words(verdict))
