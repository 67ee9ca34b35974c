"""Every training that has ended or was stopped is kept among this visitor's runs, and nobody else sees it."""

from dataclasses import dataclass, replace

import streamlit as st

from mlp.experiments.runs.heads import KeptRun, same_training
from mlp.experiments.runs.store import NotKept
from mlp.experiments.runs.stored_run import StoredRun, free_name, new_id, now, stored_run
from mlp.experiments.training.answers import KeptAnswers
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.training import EpochRecord
from mlp.view.runs.names import default_name
from pages.common.messages import plain
from pages.common.runs_store import LASTS, lasting_words, notice, store

KEPT = "runs: kept"
NOT_YET = "The last training is not kept yet; it is as soon as there is room."


@dataclass(frozen=True)
class Kept:
    """A training of which something was kept: its two ids, when, and how far both models were."""

    run: Run
    ids: tuple[str, str]
    made: str
    records: tuple[EpochRecord, ...] = ()


def keep(run: Run) -> str | None:
    """Keep both models of a run that is not under way, and return why that was not possible.

    What was kept before is brought up to date if the run has gone on, and else is left alone: also where it has been
    deleted since.
    """
    kept = st.session_state.get(KEPT)
    if kept is None or kept.run is not run:
        kept = Kept(run, (new_id(), new_id()), now())
    records = tuple(learner.record for learner in run.learners)
    if len(kept.records) == 2 and all(a is b for a, b in zip(kept.records, records, strict=True)):
        return None
    try:
        store().put(*entries(kept))
    except NotKept as error:
        return str(error)
    st.session_state[KEPT] = replace(kept, records=records)
    return None


def entries(kept: Kept) -> list[StoredRun]:
    """Return both models as they are to be kept, without one that has made no epoch or is there under another id.

    A run with settings that were trained before may be the very run of before, remembered.
    """
    present: dict[str, KeptRun] = {run.id: run for run in store().heads()}
    made: list[StoredRun] = []
    for learner, id, said in zip(kept.run.learners, kept.ids, kept.run.answers, strict=True):
        if not learner.record.epoch:
            continue
        # Two models of ours may have one name by their settings, and be one training
        others = present | {run.id: run for run in made}
        run = entry(learner, kept, id, others, said)
        if id in present or not any(same_training(run, old) for old in others.values()):
            made.append(run)
    return made


def entry(learner: Learner, kept: Kept, id: str, present: dict[str, KeptRun], answers: KeptAnswers | None) -> StoredRun:
    """Return a model as it is to be kept, under the name it has already or a telling one."""
    data = kept.run.comparison.data
    names = {run.name for run in present.values()}
    name = present[id].name if id in present else free_name(default_name(learner.config, data), names)
    return stored_run(learner, data, name=name, answers=answers, id=id, made=kept.made)


def keep_or_say(run: Run) -> None:
    """Keep a run that is not under way, or say why it was not possible."""
    if problem := keep(run):
        st.warning(plain(f"{problem} {NOT_YET}"), icon=":material/inventory_2:")


def kept_note(run: Run) -> None:
    """Keep a run that is not under way, and draw the way to all that are kept."""
    keep_or_say(run)
    if count := len(store().heads()):
        label = f"Compare the {count} runs that are kept" if count > 1 else "See the run that is kept"
        st.page_link("pages/experiments.py", label=label, icon=":material/compare_arrows:")
        told = (lasting_words().removeprefix(LASTS), notice())
        if said := " ".join(filter(None, told)):
            st.caption(plain(said))
