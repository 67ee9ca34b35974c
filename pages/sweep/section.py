"""A sweep: settings over lists of values, each combination over seeds, and the best of them by validation."""

import streamlit as st

from mlp.datasets import DATASETS
from mlp.experiments.config import Comparison
from mlp.experiments.sweep.limits import fitted
from mlp.experiments.sweep.outcomes import CellResult, best_of, cell_results, rivals
from mlp.experiments.sweep.plan import Sweep, sweep_jobs
from mlp.view.sweep.words import FLATTERS, best_words, sweep_table
from pages.common.messages import plain
from pages.common.runs_store import lasting_words
from pages.data.cached import split_of
from pages.data.own_data import held
from pages.sweep.cell import cell_section
from pages.sweep.controls import sweep_controls
from pages.sweep.pictures import pictures, variance
from pages.sweep.running import EVERY, SWEEP, SweepRun, found_again, keep

ABOUT = (
    "Which values are best? Each combination is trained over the same seeds and judged by the validation share; "
    "the test set stays shut until you judge the one that you choose."
)
OTHER = (
    "What is below is the sweep that was started last, with other settings than those above. Start over makes a new "
    "one; trainings that were made before are remembered."
)
NOT_HERE = "Its data are not here: open the table again above, and the sweep can go on."


def sweep_section(comparison: Comparison, *, ready: bool) -> None:
    """Draw the fields of a sweep, its buttons and what came out so far."""
    st.caption(ABOUT)
    sweep = sweep_controls(comparison)
    if ready:
        sweep, ready = cut_to_fit(sweep)
        st.caption(plan_words(sweep))
    found_again()
    SWEEP.buttons(lambda: SweepRun(sweep), ready=ready)
    current = SWEEP.current
    if current is None:
        st.caption("Nothing is swept yet.")
        return
    if current.sweep != sweep:
        st.warning(OTHER, title="From other settings", icon=":material/history:")
    if SWEEP.running and not is_here(current.sweep):
        SWEEP.set_running(False)
    if not current.ended and not is_here(current.sweep):
        st.info(NOT_HERE)
    SWEEP.view(draw, spoken)
    keep(current)
    st.caption(plain(lasting_words()))


def cut_to_fit(sweep: Sweep) -> tuple[Sweep, bool]:
    """Return a sweep as it can be had here, and whether there is a split for it; say what was cut or is in the way."""
    try:
        split = split_of(sweep.comparison.data)
    except ValueError as error:
        st.warning(plain(str(error)), icon=":material/table:")
        return sweep, False
    sweep, cuts = fitted(sweep, split)
    for sentence in cuts:
        st.warning(plain(sentence), icon=":material/content_cut:")
    return sweep, bool(sweep_jobs(sweep))


def plan_words(sweep: Sweep) -> str:
    """Return how many trainings a sweep takes."""
    count, n = len(sweep_jobs(sweep)), sweep.drawn or sweep.combinations
    combinations = "1 combination" if n == 1 else f"{n:,} combinations"
    return f"{combinations}, {len(sweep.seeds)} seeds each: {count:,} trainings."


def is_here(sweep: Sweep) -> bool:
    """Return whether the data of a sweep are here; a visitor's own table may not be after a reload."""
    name = sweep.comparison.data.dataset
    return name in DATASETS or name in held()


def results_of(run: SweepRun) -> tuple[CellResult, ...]:
    """Return what each combination came to so far."""
    return cell_results(run.sweep, run.outcomes)


def spoken(run: SweepRun) -> str:
    """Return what the sweep came to, in a sentence."""
    results = results_of(run)
    best = best_of(results)
    others = rivals(best, results) if best else ()
    return best_words(run.sweep, best, others, sum(each.sound for each in results))


def draw(run: SweepRun) -> None:
    """Draw how far a sweep is, its pictures, and in the end its best, the shares of its settings and all cells."""
    results, done = results_of(run), len(run.outcomes)
    if not run.ended:
        state = "" if SWEEP.running else ", stopped"
        st.progress(done / len(run.jobs), text=f"{done} of {len(run.jobs)} trainings done{state}")
        keep(run, at_least=EVERY)
    best = best_of(results)
    if not SWEEP.running and done:
        with st.container(border=True, key="sweep_best"):
            st.markdown(f"**{plain(spoken(run))}**")
            st.caption(FLATTERS)
    pictures(run.sweep, results, best, running=SWEEP.running)
    if SWEEP.running or not done:
        return
    cell_section(run.sweep, results)
    variance(run.sweep, results)
    section = st.expander("All combinations", icon=":material/table_rows:", key="sweep_all", on_change="rerun")
    if section.open:
        with section:
            st.dataframe(sweep_table(run.sweep, results), hide_index=True, alt="All combinations, the best first")
