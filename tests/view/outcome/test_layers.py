"""Layers over the epochs: nothing is lost on the way to the curves, and the words have the same numbers."""

import json
import math

import pytest

from mlp.experiments.outcome.insight import EXAMPLES, RULES, LayerInsight
from mlp.view.charts import prepared
from mlp.view.outcome.layer_words import GRADIENT, SATURATION, curves_alt, gradient_words, rule_words, saturation_words
from mlp.view.outcome.layers import LAYER_COLUMNS, layer_curves, layer_curves_frame
from mlp.view.palette import OURS, PEER

FIRST = (LayerInsight(1, 4, 1, 0.25, 2.0), LayerInsight(2, 3, None, None, 0.5))
LATER = (LayerInsight(1, 4, 3, 0.625, 0.125), LayerInsight(2, 3, None, None, math.inf))
FOUND = {OURS: {0: FIRST, 8: LATER}, PEER: {0: FIRST}}


def test_the_curves_hold_every_layer_of_every_epoch():
    frame = layer_curves_frame(FOUND)
    assert tuple(frame.columns) == LAYER_COLUMNS
    assert frame[["epoch", "model", "layer", "units"]].to_numpy().tolist() == [
        [0, OURS, "layer 1", "1 of 4"], [0, OURS, "layer 2", ""],
        [8, OURS, "layer 1", "3 of 4"], [8, OURS, "layer 2", ""],
        [0, PEER, "layer 1", "1 of 4"], [0, PEER, "layer 2", ""],
    ]  # fmt: skip
    assert frame["share"].dropna().tolist() == [0.25, 0.625, 0.25]


@pytest.mark.parametrize("norm", [math.inf, math.nan, 0.0])
def test_what_has_no_place_on_a_logarithmic_axis_is_no_point(norm):
    frame = layer_curves_frame({OURS: {0: (LayerInsight(1, 2, None, None, norm),)}})
    assert frame["norm"].isna().all()


@pytest.mark.parametrize(("quantity", "layers"), [(SATURATION, 1), (GRADIENT, 4)])
def test_a_panel_names_its_layers_and_models_and_brings_no_data(quantity, layers):
    spec = prepared(layer_curves(quantity, layers))
    assert json.loads(json.dumps(spec)) == spec
    encoding = spec["layer"][0]["encoding"]
    assert encoding["strokeDash"]["scale"]["domain"] == [f"layer {l + 1}" for l in range(layers)]
    assert encoding["color"]["scale"]["domain"] == [OURS, PEER]
    assert encoding["y"]["scale"].get("type") == ("log" if quantity == GRADIENT else None)
    assert spec["layer"][0]["transform"] == [{"filter": f"isValid(datum.{quantity})"}]


def test_an_epoch_is_told_in_words():
    assert saturation_words(LATER) == "Saturated units: 3 of 4 in layer 1 (62.5% of their answers)."
    assert gradient_words(FIRST) == "The size of the gradient ‖∂L/∂W‖ is 2 in layer 1; 0.5 in layer 2."
    assert saturation_words(LATER[1:]) == ""


def test_the_curves_are_told_from_end_to_end():
    assert curves_alt(SATURATION, FOUND) == (
        "Saturated answers (share) by epoch. "
        "Ours layer 1 from 25.0% to 62.5%; scikit-learn layer 1 from 25.0% to 25.0%."
    )
    assert "Ours layer 2 from 0.5 to too large" in curves_alt(GRADIENT, FOUND)


@pytest.mark.parametrize("hidden", RULES)
def test_every_rule_is_said_with_the_examples_it_is_about(hidden):
    assert f"the {EXAMPLES:,} training examples" in rule_words(hidden, EXAMPLES)
    assert f"the first {EXAMPLES:,} training examples" in rule_words(hidden, EXAMPLES + 1)
    assert "never saturate" in rule_words(hidden, 9) or hidden != "identity"
