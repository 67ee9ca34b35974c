"""The ladder: which of the changes between our settings and scikit-learn's does what."""

import streamlit as st

from mlp.experiments.config import Comparison, PeerConfig
from mlp.experiments.evidence.ladder import changes, climbed, in_order, ladder_jobs, proof, rungs
from mlp.view.charts import prepared
from mlp.view.judging import judging_set
from mlp.view.training.ladder import empty_ladder, ladder_chart, ladder_frame
from mlp.view.training.ladder_words import (
    NAMES,
    STEP_NOTE,
    change_words,
    ladder_table,
    ladder_words,
    proof_words,
    story,
)
from pages.common.lasting import lasting_button
from pages.common.live import Live
from pages.common.messages import plain
from pages.training.address import ORDER
from pages.training.campaigns import Asked, AskedCampaign, campaign_buttons, progress
from pages.training.keep_seeds import keep_button
from pages.training.readiness import cut_to_fit
from pages.training.seeds_field import seeds_field

LADDER: Live[AskedCampaign] = Live("q3 ladder", "Climb the ladder")
# The order of the changes in the address, joined by the mark
MARK = "-"
ARROWS = {"up": "↑", "down": "↓"}


def ladder_section(comparison: Comparison, *, ready: bool) -> None:
    """Draw the rungs in their order, the buttons and what came out."""
    names = changes(comparison)
    if not names:
        st.markdown("Both have the same settings: a ladder needs at least one difference.")
        return
    st.caption(f"From {start_to_end(comparison)}, one change at a time. Each rung keeps the changes before it.")
    order = in_order(names, order_asked(names))
    ladder = rungs(comparison, order)
    order_editor(order, [change_words(rung, before) for before, rung in zip(ladder, ladder[1:], strict=False)])
    seeds = seeds_field()
    if ready:
        comparison = cut_to_fit(comparison, repeats=len(seeds), between=[rung.config for rung in ladder])
        ladder = rungs(comparison, order)
    campaign_buttons(LADDER, Asked(comparison, seeds, order), ladder_jobs(comparison, ladder, seeds), ready=ready)
    if LADDER.current:
        LADDER.view(draw)
    else:
        proven = ", and one of scikit-learn's own to compare the last rung with"
        more = proven if isinstance(comparison.peer, PeerConfig) else ""
        st.caption(f"Nothing is trained on the ladder yet: a seed takes {len(ladder)} trainings of ours{more}.")


def start_to_end(comparison: Comparison) -> str:
    """Return whose settings the ladder leads from, and to whose."""
    if isinstance(comparison.peer, PeerConfig):
        return "our settings to scikit-learn's"
    return "the first model's settings to the second's"


def order_asked(names: tuple[str, ...]) -> list[str]:
    """Return the order in the address; what is wrong in it is explained and left out."""
    text = st.query_params.get(ORDER, "")
    asked = text.split(MARK) if text else []
    if unknown := [name for name in asked if name not in NAMES]:
        needed, got = MARK.join(names), unknown[0][:40]
        st.warning(plain(f"Order of the rungs: needed are names such as {needed}; got {got!r}. It was left out."))
    return asked


def order_editor(order: tuple[str, ...], words: list[str]) -> None:
    """Draw the changes in their order, each with buttons that move it."""
    with st.container(border=True, key="rungs", gap="xsmall"):
        for place, (name, told) in enumerate(zip(order, words, strict=True)):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"rung_{name}"):
                st.markdown(f"**{place + 1}** {plain(told)}", width="stretch")
                move_button(order, place, -1, "up")
                move_button(order, place, 1, "down")


def move_button(order: tuple[str, ...], place: int, step: int, word: str) -> None:
    """Draw the button that exchanges a change with its neighbour."""
    lasting_button(ARROWS[word], f"{order[place]}_{word}", exchange, (order, place, place + step), type="tertiary",
                   spent=not 0 <= place + step < len(order), help=f"Moves {NAMES[order[place]]} {word}")  # fmt: skip


def exchange(order: tuple[str, ...], one: int, other: int) -> None:
    """Put the order with two changes exchanged into the address."""
    moved = list(order)
    moved[one], moved[other] = moved[other], moved[one]
    st.query_params[ORDER] = MARK.join(moved)


def draw(current: AskedCampaign) -> None:
    """Draw what the rungs came to, as far as they are trained, and the proof."""
    asked, results = current.asked, current.campaign.results
    ladder = rungs(asked.comparison, asked.order)
    found = climbed(asked.comparison, ladder, asked.seeds, results)
    judging = judging_set(asked.comparison.data.validation_size)
    progress(LADDER, current.campaign)
    if current.ended:
        with st.container(border=True):
            st.markdown(story(found, judging))
            if isinstance(asked.comparison.peer, PeerConfig):
                st.markdown(proof_words(proof(asked.comparison, ladder, asked.seeds, results)))
    if not found:
        return
    words = "The ladder, growing as it is climbed" if LADDER.running else ladder_words(found, judging)
    st.vega_lite_chart(ladder_frame(found, judging), ladder_spec(len(ladder), judging), alt=words)
    st.table(
        ladder_table(found, len(ladder) - 1, judging),
        border="horizontal",
        hide_index=True,
        alt="What each rung came to",
    )
    st.caption(STEP_NOTE)
    if current.ended:
        jobs = ladder_jobs(asked.comparison, ladder, asked.seeds)
        keep_button([results[job] for job in dict.fromkeys(jobs) if job in results])


@st.cache_data(max_entries=12, show_spinner=False)
def ladder_spec(rungs: int, judging: str) -> dict:
    """Return the prepared chart of a ladder with so many rungs."""
    return prepared(ladder_chart(empty_ladder(), rungs, judging))
