"""Over seeds: both recipes trained again and again, their mean learning curves, and whether the recipes differ."""

import streamlit as st

from mlp.experiments.config import Comparison, names_of
from mlp.experiments.evidence.recipes import RecipeResult, band, recipe_result, seed_jobs, seeded
from mlp.view.charts import prepared
from mlp.view.judging import judging_set
from mlp.view.training.bands import QUANTITIES, band_chart, band_frame, band_words, empty_bands
from mlp.view.training.recipes import OVER_SEEDS, recipe_rows, seeds_verdict
from pages.common.controls import choice_field, explain_unknown
from pages.common.live import Live
from pages.training.address import QUANTITY, ZOOM
from pages.training.campaigns import Asked, AskedCampaign, campaign_buttons, progress, verdict
from pages.training.keep_seeds import keep_button
from pages.training.readiness import cut_to_fit
from pages.training.seeds_field import seeds_field

SEEDS: Live[AskedCampaign] = Live("q3 seeds", "Train over seeds")
ZOOM_LABEL = "Zoom in on the end"
ABOUT_LINES = (
    "Thick: the mean over the seeds, and the 95% band of that mean. Thin: the seeds one by one; one that has ended "
    "keeps its last value in the mean."
)
ABOUT_CUT = (
    "The axis is logarithmic: a band is cut at half of the lowest value drawn. The exact ends are in the tooltip."
)


def seeds_section(comparison: Comparison, *, ready: bool) -> None:
    """Draw the number of seeds, the buttons and what came out."""
    st.caption("One training can be lucky. Here both are repeated with other first weights and other orders.")
    explain_unknown(ZOOM_LABEL, ZOOM, ("true", "false"))
    seeds = seeds_field()
    if ready:
        comparison = cut_to_fit(comparison, repeats=len(seeds))
    campaign_buttons(SEEDS, Asked(comparison, seeds), seed_jobs(comparison, seeds), ready=ready)
    if SEEDS.current:
        SEEDS.view(draw, sentence)
    else:
        st.caption("Nothing is trained over seeds yet.")


def recipes(current: AskedCampaign) -> tuple[RecipeResult, RecipeResult]:
    """Return what both recipes came to so far."""
    comparison, results = current.asked.comparison, current.campaign.results
    ours, peer = (seeded(each, current.asked.seeds, comparison.data) for each in (comparison.ours, comparison.peer))
    return recipe_result(ours, results), recipe_result(peer, results)


def sentence(current: AskedCampaign) -> str:
    """Return the verdict on the recipes."""
    return seeds_verdict(*recipes(current), names_of(current.asked.comparison))


def draw(current: AskedCampaign) -> None:
    """Draw the verdict on the recipes, their learning curves and their means."""
    ours, peer = recipes(current)
    progress(SEEDS, current.campaign)
    if current.ended:
        verdict(sentence(current), OVER_SEEDS)
    judging = judging_set(current.asked.comparison.data.validation_size)
    names = names_of(current.asked.comparison)
    curves(dict(zip(names, (ours, peer), strict=True)), QUANTITIES[judging])
    rows = recipe_rows(ours, peer, judging)
    columns = zip(("Result", *names), zip(*rows, strict=True), strict=True)
    st.table({name: list(column) for name, column in columns}, border="horizontal", hide_index=True,
             alt="Results of both recipes over the seeds")  # fmt: skip
    if current.ended:
        keep_button((*ours.made, *peer.made))


def curves(models: dict[str, RecipeResult], quantities: dict[str, str]) -> None:
    """Draw the choice of a curve, and both recipes' bands of it."""
    name = choice_field("Curve", QUANTITY, tuple(quantities), help="What the learning curves show.")
    zoomed = st.toggle(ZOOM_LABEL, key=ZOOM, bind="query-params", help="Accuracies from 0.9 up.",
                       disabled=name.endswith("loss"))  # fmt: skip
    bands = {model: band(recipe.sound, quantities[name]) for model, recipe in models.items() if recipe.sound}
    words = "Mean learning curves, growing as the seeds are trained" if SEEDS.running else band_words(bands, name)
    log = name.endswith("loss")
    st.vega_lite_chart(band_frame(bands, log=log), band_spec(name, tuple(models), zoomed=zoomed), alt=words)
    st.caption(f"{ABOUT_LINES} {ABOUT_CUT}" if log else ABOUT_LINES)


@st.cache_data(max_entries=8, show_spinner=False)
def band_spec(name: str, models: tuple[str, ...], *, zoomed: bool) -> dict:
    """Return the prepared chart of bands."""
    return prepared(band_chart(empty_bands(), name, log=name.endswith("loss"), zoomed=zoomed, models=models))
