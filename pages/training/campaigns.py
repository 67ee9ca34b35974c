"""Many trainings on a page: what was asked for, how far it is, and whether the fields have changed since."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass

import streamlit as st

from mlp.experiments.config import Comparison
from mlp.experiments.training.campaign import Campaign, campaign
from mlp.experiments.training.results import Job
from mlp.view.training.report import campaign_memory_words
from pages.common.executor import width
from pages.common.live import Live
from pages.data.cached import material_of, split_of
from pages.training.memory import results_memory


@dataclass(frozen=True)
class Asked:
    """What a campaign is about.

    Attributes
    ----------
    comparison : Comparison
    seeds : tuple of int
        Empty where each model keeps its own.
    order : tuple of str
        Of the changes of a ladder.
    """

    comparison: Comparison
    seeds: tuple[int, ...] = ()
    order: tuple[str, ...] = ()


@dataclass(eq=False)
class AskedCampaign:
    """A campaign with what it is about; it trains as the campaign does."""

    asked: Asked
    campaign: Campaign

    @property
    def ended(self) -> bool:
        """Whether all trainings are done."""
        return self.campaign.ended

    @property
    def waiting(self) -> bool:
        """Whether what was asked for has not begun."""
        return self.campaign.waiting

    def train(self, executor: Executor, seconds: float, meanwhile: Callable[[], object]) -> None:
        """Ask an executor for slices, and take what comes back in these seconds."""
        self.campaign.train(executor, seconds, meanwhile)

    def stop(self) -> None:
        """Ask for no more."""
        self.campaign.stop()


def campaign_buttons(live: Live[AskedCampaign], asked: Asked, jobs: Iterable[Job], *, ready: bool) -> None:
    """Draw Train, Stop and Resume, and say so where what is shown below was asked with other fields."""
    memory = results_memory(asked.comparison.data)
    live.buttons(lambda: AskedCampaign(asked, campaign(jobs, split_of, memory, material_of, width())), ready=ready)
    current = live.current
    if current and current.asked != asked:
        st.warning(
            "What is below belongs to other settings than those above. Trainings with the same settings and seed are "
            "remembered, so that training again makes only those that are missing.",
            title="From other settings",
            icon=":material/history:",
        )


def progress(live: Live[AskedCampaign], campaign: Campaign) -> None:
    """Draw how many trainings are done, until all are, and how many of them were remembered."""
    if campaign.remembered:
        st.caption(campaign_memory_words(campaign.remembered, len(campaign.jobs)))
    if campaign.ended:
        return
    state = "" if live.running else ", stopped"
    st.progress(campaign.done, text=f"{len(campaign.results)} of {len(campaign.jobs)} trainings done{state}")


def verdict(sentence: str, about: str) -> None:
    """Draw a verdict in one sentence, and what it is about."""
    with st.container(border=True):
        st.markdown(f"**{sentence}**")
        st.caption(about)
