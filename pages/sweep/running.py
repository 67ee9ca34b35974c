"""A sweep that is trained, kept as it grows, and found again after a reload."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

import streamlit as st

from mlp.experiments.runs.notes import SWEEPS
from mlp.experiments.runs.store import NotKept
from mlp.experiments.sweep.kept import from_text, to_text
from mlp.experiments.sweep.outcomes import Outcome, outcome_of
from mlp.experiments.sweep.plan import Sweep, sweep_jobs
from mlp.experiments.training.campaign import Campaign, campaign
from mlp.experiments.training.results import Job
from pages.common.executor import width
from pages.common.live import Live
from pages.common.messages import plain
from pages.common.runs_store import notes
from pages.data.cached import material_of, split_of
from pages.training.memory import results_memory

LATEST = "latest"
# Keeping is worth its while after so many trainings more
EVERY = 5


@dataclass(eq=False)
class SweepRun:
    """A sweep with what it has come to; it trains as its campaign of what is missing does.

    Attributes
    ----------
    sweep : Sweep
    outcomes : dict of Outcome by Job
        What is trained so far, also before a reload.
    campaign : Campaign or None
        Of the rest; None until it goes on, or where nothing is left.
    kept : int
        Of how many trainings the store knows.
    """

    sweep: Sweep
    outcomes: dict[Job, Outcome] = field(default_factory=dict)
    campaign: Campaign | None = None
    kept: int = 0

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All trainings."""
        return sweep_jobs(self.sweep)

    @property
    def ended(self) -> bool:
        """Whether all trainings are done."""
        return len(self.outcomes) == len(self.jobs)

    @property
    def waiting(self) -> bool:
        """Whether what was asked for has not begun."""
        return self.campaign is not None and self.campaign.waiting

    def train(self, executor: Executor, seconds: float, meanwhile: Callable[[], object]) -> None:
        """Ask an executor for slices of what is missing, and take what comes back in these seconds."""
        if self.ended:
            return
        if self.campaign is None:
            self.campaign = campaign_of(self)
        self.campaign.train(executor, seconds, meanwhile)
        self.take(self.campaign)

    def stop(self) -> None:
        """Ask for no more."""
        if self.campaign is not None:
            self.campaign.stop()
            self.take(self.campaign)

    def take(self, campaign: Campaign) -> None:
        """Note what a campaign has come to since."""
        for job, result in campaign.results.items():
            if job not in self.outcomes:
                self.outcomes[job] = outcome_of(result)


SWEEP: Live[SweepRun] = Live("q3 sweep", "Sweep")


def campaign_of(run: SweepRun) -> Campaign:
    """Return the campaign of what a sweep is missing."""
    left = [job for job in run.jobs if job not in run.outcomes]
    return campaign(left, split_of, results_memory(run.sweep.comparison.data), material_of, width())


def keep(run: SweepRun, *, at_least: int = 1) -> None:
    """Keep a sweep with what it has come to, if that is so many trainings more than the store knows."""
    if len(run.outcomes) < run.kept + at_least:
        return
    try:
        notes().put(SWEEPS, LATEST, to_text(run.sweep, run.outcomes))
        run.kept = len(run.outcomes)
    except NotKept as error:
        st.caption(plain(f"The sweep is not kept: {error}"))


def found_again() -> None:
    """Take up the sweep that was kept last, once a visit, where none is on the page."""
    seen = f"{SWEEP.name}: looked for"
    if SWEEP.current is not None or st.session_state.get(seen):
        return
    st.session_state[seen] = True
    if (text := notes().get(SWEEPS, LATEST)) is None:
        return
    try:
        sweep, outcomes = from_text(text)
    except ValueError:  # kept by another version of the program
        return
    st.session_state[f"{SWEEP.name}: current"] = SweepRun(sweep, outcomes, None, len(outcomes))
