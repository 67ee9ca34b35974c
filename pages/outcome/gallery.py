"""The disagreement gallery: the test examples on which one model is right and the other wrong, or both are wrong."""

import streamlit as st

from mlp.arrays import Array
from mlp.datasets import Dataset, Split, noun_of
from mlp.experiments.outcome.judgement import GROUPS, Judgement
from mlp.view.outcome.gallery import gallery_html, group_words, nowhere, order_words
from pages.common.messages import plain

GROUP, SHOWN = "q3: group", "q3: shown"
PAGE = 24


def gallery(judgement: Judgement, split: Split, dataset: Dataset) -> None:
    """Draw a choice of who is wrong and the images on which it is so; a choice runs nothing but the gallery anew."""
    if judgement.groups is None:
        return
    st.header("Where they disagree", anchor="gallery")
    st.fragment(images)(judgement.groups, judgement, split, dataset)


def images(groups: dict[str, Array], judgement: Judgement, split: Split, dataset: Dataset) -> None:
    """Draw the choice and the images of the chosen group, a page of them at first."""
    names = tuple(map(plain, judgement.names))
    titles = {name: group_words(groups, name, names) for name in GROUPS}
    group = st.segmented_control("Which ones", GROUPS, default=GROUPS[0], required=True, key=GROUP,
                                 persist_state="session", format_func=titles.__getitem__,
                                 label_visibility="collapsed")  # fmt: skip
    indices = groups[group]
    if not len(indices):
        st.markdown(nowhere(group, noun_of(dataset.name), names))
        return
    most = shown(judgement).get(group, PAGE)
    st.caption(order_words(judgement))
    st.html(gallery_html(indices[:most], judgement, split, dataset))
    if len(indices) > most:
        st.button(f"Show more ({len(indices) - most} left)", on_click=show_more, args=(judgement, group),
                  icon=":material/expand_more:")  # fmt: skip


def shown(judgement: Judgement) -> dict[str, int]:
    """Return how many images of each group were asked for; nothing once other models are judged."""
    kept = st.session_state.get(SHOWN)
    if kept is None or kept[0] is not judgement:
        kept = st.session_state[SHOWN] = (judgement, {})
    return kept[1]


def show_more(judgement: Judgement, group: str) -> None:
    """Ask for another page of a group's images."""
    asked = shown(judgement)
    asked[group] = asked.get(group, PAGE) + PAGE
