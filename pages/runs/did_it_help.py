"""Did it help? One run against another on the same test set, and one recipe against another over their seeds."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from mlp.datasets import DATASETS
from mlp.experiments.config import DataConfig
from mlp.experiments.outcome.judgement import Judgement
from mlp.experiments.runs.comparing import data_of, judged, why_not
from mlp.experiments.runs.groups import group_of, luck, seed_groups
from mlp.experiments.runs.heads import KeptRun
from mlp.experiments.runs.openings import look_of, of_run
from mlp.experiments.runs.stored_run import StoredRun
from mlp.view.runs.groups import group_sentence, luck_words
from pages.common.messages import plain
from pages.common.runs_store import store
from pages.data.cached import dataset_of, split_of
from pages.data.own_data import held
from pages.outcome.confusion import confusion_section
from pages.outcome.gallery import gallery
from pages.outcome.shut import gate
from pages.outcome.verdict import card
from pages.runs.between import ladder_between

JUDGED = "runs: judged"
HOW = (
    "Tick two runs, or pin a baseline and tick one, to see whether the one is better than the other, or chance "
    "explains what is between them."
)
NOT_HERE = "The data of these runs are not here: open the table again on Question 3, and come back."


def did_it_help(chosen: Sequence[KeptRun], baseline: KeptRun | None, runs: Sequence[KeptRun]) -> None:
    """Draw the verdict on the ticked run and its partner, and on both recipes over the seeds that are kept."""
    st.header("Did it help?", anchor="verdict")
    pair = pair_of(chosen, baseline)
    if pair is None:
        st.caption(HOW)
        return
    one, other = pair
    if problem := why_not(one, other):
        st.info(plain(problem))
    elif one.data["dataset"] not in DATASETS and one.data["dataset"] not in held():
        st.info(NOT_HERE)
    elif not stays_shut(one, other):
        verdict_on(one, other)
    over_seeds(one, other, runs)
    ladder_between(one, other)


def pair_of(chosen: Sequence[KeptRun], baseline: KeptRun | None) -> tuple[KeptRun, KeptRun] | None:
    """Return the two runs in question, the one that is asked about first; None if it is not clear which they are."""
    ticked = [run for run in chosen if baseline is None or run.id != baseline.id]
    if baseline and len(ticked) == 1:
        return ticked[0], baseline
    return (ticked[1], ticked[0]) if len(ticked) == 2 and len(chosen) == 2 else None


def stays_shut(one: KeptRun, other: KeptRun) -> bool:
    """Return whether the test set of two runs that chose by validation is not opened, and draw what opens it."""
    both = one.data["validation_size"] and other.data["validation_size"]
    return bool(both) and not gate(data_of(one), look_of(of_run(one), of_run(other)))


def verdict_on(one: KeptRun, other: KeptRun) -> None:
    """Draw the whole verdict on two runs of one test set."""
    data = data_of(one)
    try:
        judgement = judgement_of(one, other, data)
    except ValueError as error:
        st.info(plain(str(error)))
        return
    dataset = dataset_of(data.dataset)
    if judgement.verdict:
        card(judgement.verdict, data.dataset)
    section = st.expander("Where they differ", icon=":material/grid_on:", key="runs_mistakes_open", on_change="rerun")
    if section.open:
        with section:
            confusion_section(judgement, data, dataset)
            gallery(judgement, split_of(replace(data, scaling="none")), dataset)


def judgement_of(one: KeptRun, other: KeptRun, data: DataConfig) -> Judgement:
    """Return what both runs answer; made anew only for other runs or other names."""
    about = [(run.id, run.name, run.final.epoch) for run in (one, other)]
    kept, judgement = st.session_state.get(JUDGED, (None, None))
    if judgement is None or kept != about:
        first, second = whole_pair(one, other)
        judgement = judged(first, second, split_of(data))
        st.session_state[JUDGED] = (about, judgement)
    return judgement


def whole_pair(one: KeptRun, other: KeptRun) -> tuple[StoredRun, StoredRun]:
    """Return two runs with their answers; a ValueError if the store has them no more."""
    found = store().runs((one.id, other.id))
    if len(found) < 2:
        raise ValueError("One of these runs can't be read from the store now: tick them again.")
    return found[0], found[1]


def over_seeds(one: KeptRun, other: KeptRun, runs: Sequence[KeptRun]) -> None:
    """Draw what the seeds of both recipes that are kept say, and how lucky the seeds of these two are."""
    groups = seed_groups(runs)
    mine, base = group_of(one, groups), group_of(other, groups)
    with st.container(border=True, key="runs_seeds"):
        st.markdown("**Whatever the seed?**")
        if mine is base:
            st.markdown("Both have the same settings but for the seed: what differs between them is luck.")
        else:
            st.markdown(plain(group_sentence(mine, base)))
        for run, group in ((one, mine), (other, base)):
            if words := luck_words(luck(run, group)):
                st.caption(plain(f"{run.name}: {words}"))
