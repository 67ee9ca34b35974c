"""One combination of a sweep, chosen by a click or from a list, and the way from it to a training of its own."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from mlp.datasets import OWN, is_own
from mlp.experiments.config import Comparison, OurConfig, choices_of
from mlp.experiments.sweep.outcomes import CellResult
from mlp.experiments.sweep.plan import Sweep, trial
from mlp.view.settings import as_text
from mlp.view.sweep.words import accuracy_words, cell_words, mean_of
from pages.common.messages import plain
from pages.data.controls import DATASET, SCALING, SPLIT_KEYS
from pages.training.address import EXPERIMENT, ONE_TRAINING
from pages.training.against import AGAINST
from pages.training.against import OWN as SECOND_MODEL
from pages.training.settings import key_of, set_controls, sides_of

CHOSEN, CLICKED = "q3 sweep: cell", "q3 sweep: clicked"


def cell_section(sweep: Sweep, results: Sequence[CellResult]) -> None:
    """Draw the choice of a combination, the best one first, and what leads to a training with its settings."""
    names = [f"{cell_words(sweep, each)}: {accuracy_words(each)}" for each in results]
    order = sorted(range(len(results)), key=lambda place: mean_of(results[place]), reverse=True)
    take_clicked(sweep, results)
    if st.session_state.get(CHOSEN) not in order:
        st.session_state[CHOSEN] = order[0]
    with st.container(horizontal=True, vertical_alignment="bottom", key="sweep_cell"):
        place = st.selectbox("Combination", order, key=CHOSEN, format_func=names.__getitem__, width=460,
                             help="The best by validation first.")  # fmt: skip
        chosen = comparison_of(sweep, results[place])
        st.button("Set the fields to it", icon=":material/arrow_upward:", on_click=show, args=(chosen,),
                  help="Sets the fields above to these settings and goes to One training.")  # fmt: skip
        with st.popover("Link", icon=":material/link:"):
            st.caption(plain("Opens question 3 with these settings."))
            st.code(f"{page_address()}?{urlencode(parameters(chosen))}", language=None, wrap_lines=True)


def comparison_of(sweep: Sweep, result: CellResult) -> Comparison:
    """Return the comparison in which one model has a combination's settings, and the other those of before."""
    config = trial(sweep, result.model, result.cell)
    if isinstance(config, OurConfig):
        return replace(sweep.comparison, ours=config)
    return replace(sweep.comparison, peer=config) if config else sweep.comparison


def show(comparison: Comparison) -> None:
    """Set all fields to a comparison, and show one training of it."""
    set_controls(comparison)
    st.session_state[EXPERIMENT] = ONE_TRAINING


def page_address() -> str:
    """Return where this page is."""
    return str(st.context.url or "q3").split("?")[0]


def parameters(comparison: Comparison) -> dict[str, str]:
    """Return what a comparison adds to the page's address: what is not the sheet's."""
    usual = Comparison()
    found = {
        key_of(prefix, name): as_text(value)
        for (prefix, config), (_, default) in zip(sides_of(comparison), sides_of(usual), strict=True)
        for name, value in choices_of(config).items()
        if value != choices_of(default)[name]
    }
    data = {DATASET: "dataset", SCALING: "scaling", **SPLIT_KEYS}
    told = {key: as_text(getattr(comparison.data, name)) for key, name in data.items()
            if getattr(comparison.data, name) != getattr(usual.data, name)}  # fmt: skip
    # A visitor's own table is in no link: whoever opens it chooses the file there
    own = {DATASET: OWN} if is_own(comparison.data.dataset) else {}
    against = {AGAINST: SECOND_MODEL} if isinstance(comparison.peer, OurConfig) else {}
    return found | told | own | against


def take_click(key: str, model: str) -> None:
    """Note the cell of a model's heat map that was clicked."""
    points = st.session_state[key].selection.get("cell", [])
    st.session_state[CLICKED] = (model, points[-1].get("across"), points[-1].get("up")) if points else None


def take_clicked(sweep: Sweep, results: Sequence[CellResult]) -> None:
    """Choose the cell that was clicked last, once."""
    if (clicked := st.session_state.pop(CLICKED, None)) is None:
        return
    for place, each in enumerate(results):
        if (each.model, *map(as_text, each.cell)) == clicked:
            st.session_state[CHOSEN] = place
