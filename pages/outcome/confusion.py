"""What is taken for what: both confusion matrices, and the examples of the cell chosen in one of them."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from mlp.datasets import Dataset, noun_of
from mlp.experiments.config import DataConfig
from mlp.experiments.outcome.judgement import Judgement
from mlp.view.charts import prepared
from mlp.view.outcome.cells import Cell, cell_words, examples_in, occurring_cells
from mlp.view.outcome.confusion import (
    CELL,
    MOST_WITH_FIGURES,
    confusion_counts,
    confusion_frame,
    confusion_matrix,
    confusion_words,
    empty_confusion,
)
from mlp.view.outcome.gallery import both, gallery_html, order_words
from pages.common.messages import plain
from pages.data.cached import split_of

CHOSEN, MADE = "q3: cell", "q3: matrix"
SHOWN = 24


def confusion_section(judgement: Judgement, data: DataConfig, dataset: Dataset) -> None:
    """Draw both models' confusion matrices on the test set; a choice in them runs nothing but this section anew."""
    st.header("What is taken for what", anchor="confusion")
    with st.container(key="confusion"):
        st.fragment(matrices)(judgement, data, dataset)


def matrices(judgement: Judgement, data: DataConfig, dataset: Dataset) -> None:
    """Draw both matrices, the choice of a cell, and the examples in it."""
    y = split_of(data).y_test
    counts = {name: confusion_counts(y, each.said, len(dataset.classes)) for name, each in both(judgement)}
    cells = occurring_cells(counts)
    chosen = st.session_state.get(CHOSEN)
    with st.grid(2, min_column_width=320):
        for name in judgement.names:
            with st.container():
                matrix(name, counts.get(name), cells, dataset, chosen)
    if cell := cell_field(cells, dataset, judgement.names):
        examples(cell, cells[cell], judgement, data, dataset)


def matrix(name: str, counts: np.ndarray | None, cells: dict[Cell, int], dataset: Dataset, chosen: Cell | None) -> None:
    """Draw one model's confusion matrix; a click chooses a cell, one beside them lets it go."""
    if counts is None:
        st.markdown(f"**{plain(name)}**: no predictions, the numbers overflowed.")
        return
    classes, noun = dataset.classes, noun_of(dataset.name)
    words = confusion_words(counts, classes, noun)
    st.markdown(f"**{plain(name)}.** {plain(words)}")
    place = (chosen.shown, chosen.said) if chosen and chosen.model == name else None
    st.vega_lite_chart(
        confusion_frame(counts, classes, noun, place), confusion_spec(len(classes) <= MOST_WITH_FIGURES),
        key=key_of(name), on_select=partial(take_click, name, cells, classes), selection_mode=[CELL],
        alt=f"Confusion matrix of {name}. {words}",
    )  # fmt: skip


def key_of(name: str) -> str:
    """Return the key of a model's chart: a new one makes the browser forget which cell it has marked."""
    return f"{MADE} {name} {st.session_state.get(MADE, {}).get(name, 0)}"


def forget_clicks(*names: str) -> None:
    """Make anew the matrices of these models that have a marked cell, since the choice is no longer theirs."""
    for name in names:
        if clicked(name):
            made = st.session_state.setdefault(MADE, {})
            made[name] = made.get(name, 0) + 1


def clicked(name: str) -> list[dict]:
    """Return the cells marked in a model's chart, as the browser tells them."""
    state = st.session_state.get(key_of(name))
    return state.selection.get(CELL, []) if state else []


def take_click(name: str, cells: dict[Cell, int], classes: tuple[str, ...]) -> None:
    """Choose the cell that was clicked in a model's chart, or none where it is empty or was let go."""
    told = [(point.get("shown"), point.get("said")) for point in clicked(name)]
    found = [cell for cell in cells if cell.model == name and (classes[cell.shown], classes[cell.said]) in told]
    st.session_state[CHOSEN] = found[-1] if found else None
    forget_clicks(*{cell.model for cell in cells} - {name})


def cell_field(cells: dict[Cell, int], dataset: Dataset, names: tuple[str, str]) -> Cell | None:
    """Draw the choice of a cell without a mouse, the most frequent mistakes first, and return it, None at first."""
    if st.session_state.get(CHOSEN) not in cells:  # of other models
        st.session_state[CHOSEN] = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cell = st.selectbox(f"{noun_of(dataset.name).capitalize()} of a cell", list(cells), index=None, key=CHOSEN,
                            width=360, format_func=partial(words_of, cells, dataset),
                            placeholder="Click a cell above, or choose one here",
                            on_change=forget_clicks, args=names)  # fmt: skip
        if cell:
            st.button(
                "Clear", on_click=clear, args=names, icon=":material/close:", help="Puts away what is in the cell."
            )
    return cell


def words_of(cells: dict[Cell, int], dataset: Dataset, cell: Cell) -> str:
    """Return a cell in words."""
    return cell_words(cell, cells.get(cell, 0), dataset.classes, noun_of(dataset.name))


def clear(*names: str) -> None:
    """Choose no cell of these models' matrices."""
    st.session_state[CHOSEN] = None
    forget_clicks(*names)


def examples(cell: Cell, n: int, judgement: Judgement, data: DataConfig, dataset: Dataset) -> None:
    """Draw a cell's test examples, as they were before scaling, with what both models say."""
    unscaled = split_of(replace(data, scaling="none"))
    indices = examples_in(cell, judgement, unscaled.y_test)
    st.markdown(f"**{plain(cell_words(cell, n, dataset.classes, noun_of(dataset.name)))}**")
    order = order_words(judgement, right=cell.shown == cell.said)
    st.caption(order + (f" Here are the first {SHOWN}." if n > SHOWN else ""))
    st.html(gallery_html(indices[:SHOWN], judgement, unscaled, dataset))


@st.cache_data(max_entries=2, show_spinner=False)
def confusion_spec(figures: bool) -> dict:
    """Return the prepared chart of a confusion matrix, with or without figures in its cells."""
    return prepared(confusion_matrix(empty_confusion(), figures=figures))
