"""Over splits: both recipes on five random splits in halves, and whether they differ there too."""

import streamlit as st

from mlp.experiments.config import Comparison, names_of
from mlp.experiments.evidence.recipes import SplitResult, split_jobs, split_result
from mlp.view.training.recipes import OVER_SPLITS, split_table, splits_verdict
from pages.common.live import Live
from pages.training.campaigns import Asked, AskedCampaign, campaign_buttons, progress, verdict
from pages.training.keep_seeds import keep_button
from pages.training.readiness import cut_to_fit

SPLITS: Live[AskedCampaign] = Live("q3 splits", "Train over splits")
ALL_EXAMPLES = (
    "They are splits of all examples, without a validation share: those of the test set that is shut take part too."
)
# Of each recipe: five splits, two halves
TRAININGS = 10


def splits_section(comparison: Comparison, *, ready: bool) -> None:
    """Draw the buttons and what came out."""
    shut = f" {ALL_EXAMPLES}" if comparison.data.validation_size else ""
    st.caption(f"One split can be lucky too. Here five random splits in halves are each trained on both halves.{shut}")
    if ready:
        comparison = cut_to_fit(comparison, repeats=TRAININGS)
    campaign_buttons(SPLITS, Asked(comparison), split_jobs(comparison), ready=ready)
    if SPLITS.current:
        SPLITS.view(draw, sentence)
    else:
        st.caption("Nothing is trained over splits yet: it takes twenty trainings on half of the data each.")


def result(current: AskedCampaign) -> SplitResult:
    """Return what the twenty trainings came to."""
    return split_result(current.asked.comparison, current.campaign.results)


def sentence(current: AskedCampaign) -> str:
    """Return the verdict on the recipes."""
    return splits_verdict(result(current), names_of(current.asked.comparison))


def draw(current: AskedCampaign) -> None:
    """Draw the verdict and the twenty accuracies once all are there."""
    progress(SPLITS, current.campaign)
    if not current.ended:
        return
    verdict(sentence(current), OVER_SPLITS)
    st.table(split_table(result(current), names_of(current.asked.comparison)), border="horizontal", hide_index=True,
             alt="Test accuracies of both recipes on each half of the five splits")  # fmt: skip
    keep_button(current.campaign.results.values())
