"""Inside the network without a browser: model, epoch, unit and image can be chosen, and nonsense is explained."""

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mlp.datasets import digits, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.outcome.insight import activations, first_weights, insight
from mlp.experiments.outcome.judgement import judge
from mlp.experiments.training.run import start
from mlp.view.outcome.cells import cell_words, examples_in
from mlp.view.outcome.gallery import gallery_html
from mlp.view.outcome.layer_words import gradient_words, saturation_words
from mlp.view.outcome.weights import full_colour, units_html
from mlp.view.palette import OURS, PEER
from pages.outcome import inside as inside_section
from tests.app import button, charts, open_page, sentences
from tests.pages.question3 import QUICK, train

SMALL = QUICK | {"ours_hidden_layer_sizes": "6", "sklearn_hidden_layer_sizes": "5, 4"}
DATA = split(digits())


def pictures(app: AppTest) -> str:
    """Return the HTML of the units' pictures."""
    (html,) = [each.proto.body for each in app.get("html") if 'class="bbh-units"' in each.proto.body]
    return html


def networks(app: AppTest, model: str) -> dict:
    """Return a model's networks by epoch."""
    return inside_section.networks_of(
        dict(zip((OURS, PEER), app.session_state["q3: current"].learners, strict=True))[model]
    )


def shows(app: AppTest, model: str, epoch: int, unit: int = 0) -> bool:
    """Return whether the pictures are those of this network, and the words those about it."""
    all_networks = networks(app, model)
    shown = first_weights(all_networks)
    expected = units_html(shown[epoch], (8, 8), full_colour(shown.values()), unit)
    seen = insight(all_networks[epoch], DATA.X_train, DATA.y_train)
    words = f"{saturation_words(seen)} {gradient_words(seen)}"
    return pictures(app) == expected and words in [each.value for each in app.markdown]


def test_it_opens_on_our_network_as_trained_and_follows_model_epoch_and_unit() -> None:
    app = train(open_page("q3", look="Inside", **SMALL))
    assert shows(app, OURS, 3)
    slider = app.select_slider(key=inside_section.EPOCH)
    assert (slider.options, slider.value) == (["0", "1", "2", "3"], 3)
    slider.set_value(1).run()
    assert shows(app, OURS, 1)
    app.number_input(key="inside_unit").set_value(6).run()
    assert shows(app, OURS, 1, unit=5)
    app.button_group(key="inside_model").set_value(PEER).run()
    # Epoch 1 is kept of both; the peer's first layer has no sixth unit
    assert app.number_input(key="inside_unit").value == 1
    assert shows(app, PEER, 1)
    assert sentences(app) == []


def test_the_change_since_the_start_is_nothing_at_the_start() -> None:
    app = train(open_page("q3", look="Inside", **SMALL, inside_show="change"))
    assert "from 0 to 0" not in pictures(app)
    app.select_slider(key=inside_section.EPOCH).set_value(0).run()
    assert pictures(app).count('from 0 to 0" title') == 6


def test_the_answers_are_those_to_the_chosen_image() -> None:
    app = train(open_page("q3", look="Inside", **SMALL, inside_image="7"))
    h = activations(networks(app, OURS)[3], DATA.X_test[6])
    shown, said = (digits().classes[at] for at in (DATA.y_test[6], int(np.argmax(h[-1]))))
    (told,) = [each.value for each in app.markdown if "after 3 epochs" in each.value]
    assert re.match(rf"Ours after 3 epochs: the image shows {shown}; the largest output, [\d.]+, says {said}, ", told)
    assert "What each unit of layer 1 answers" in charts(app)
    app.button_group(key="inside_model").set_value(PEER).run()
    assert [alt for alt in charts(app) if alt.startswith("What each")] == [
        "What each unit of layer 1 answers", "What each unit of layer 2 answers",
    ]  # fmt: skip


def test_both_models_have_curves_of_every_layer() -> None:
    (saturated, gradients) = charts(train(open_page("q3", look="Inside", **SMALL)))[-2:]
    assert re.findall(r"(Ours|scikit-learn) layer (\d)", saturated) == [(OURS, "1"), (PEER, "1"), (PEER, "2")]
    assert re.findall(r"(Ours|scikit-learn) layer (\d)", gradients) == [
        (OURS, "1"), (OURS, "2"), (PEER, "1"), (PEER, "2"), (PEER, "3"),
    ]  # fmt: skip


@pytest.mark.parametrize("nonsense", ["0", "999", "-1", "nan", "1e9", "<b>", ""])
def test_nonsense_in_the_address_is_explained_and_left_out(nonsense) -> None:
    app = train(
        open_page("q3", look="Inside", **SMALL, inside_unit=nonsense, inside_image=nonsense, inside_model=nonsense)
    )
    said = sentences(app)
    assert any(sentence.startswith("Unit: the address needs a whole number from 1 to 6") for sentence in said)
    assert any("Test image: the address needs a whole number from 1 to 360" in sentence for sentence in said)
    assert any(sentence.startswith("Model: the address asks for") for sentence in said)
    assert shows(app, OURS, 3)


def test_nothing_is_computed_twice_for_the_same_models(monkeypatch) -> None:
    computed, real = [], inside_section.insights
    monkeypatch.setattr(inside_section, "insights", lambda *about: computed.append(about) or real(*about))
    app = train(open_page("q3", look="Inside", **SMALL))
    app.select_slider(key=inside_section.EPOCH).set_value(0).run()
    assert len(computed) == 2
    app.text_input(key="ours_max_iter").set_value("2")
    train(app)
    assert len(computed) == 4


def test_networks_that_overflowed_are_left_out() -> None:
    wild = {"learning_rate_init": "100", "activation": "identity", "hidden_layer_sizes": "3"}
    query = QUICK | {f"{who}_{name}": value for who in ("ours", "sklearn") for name, value in wild.items()}
    app = train(open_page("q3", look="Inside", **query | {"ours_loss": "squared_error", "ours_batch_size": "1"}))
    assert [error.value for error in app.exception] == []
    assert list(networks(app, OURS)) == [0]
    assert pictures(app)


def galleries(app: AppTest) -> Iterator[str]:
    """Yield the HTML of the images shown, those of a cell first."""
    return (each.proto.body for each in app.get("html") if 'class="bbh-gallery"' in each.proto.body)


def options(app: AppTest) -> list[str]:
    """Return the cells that can be chosen."""
    return app.selectbox(key="q3: cell").options


def test_a_cell_chosen_from_the_list_shows_its_images_until_it_is_cleared() -> None:
    app = train(open_page("q3", look="Mistakes", **QUICK))
    field = app.selectbox(key="q3: cell")
    assert field.value is None
    first = options(app)[0]
    n = int(re.search(r"(\d+) images$", first)[1])
    assert n >= max(int(re.search(r"(\d+) image", each)[1]) for each in options(app) if " takes " in each)
    field.select_index(0).run()
    shown = next(galleries(app))
    assert shown.count("<figure>") == min(n, 24)
    shows_digit, said = re.search(r"takes (\d) for (\d)", first).groups()
    assert shown.count(f"The image shows <b>{shows_digit}</b>") == shown.count("<figure>")
    assert shown.count(f">✗</span> <b>{said}</b>") >= shown.count("<figure>")
    assert f"**{first}**" in [each.value for each in app.markdown]
    button(app, "Clear").click().run()
    assert app.selectbox(key="q3: cell").value is None
    assert f"**{first}**" not in [each.value for each in app.markdown]


def test_a_cell_that_later_models_do_not_have_is_let_go() -> None:
    app = train(open_page("q3", look="Mistakes", **QUICK))
    rarest = max(at for at, each in enumerate(options(app)) if " takes " in each)
    app.button_group(key="look").set_value("Mistakes").run()
    app.selectbox(key="q3: cell").select_index(rarest).run()
    gone = app.selectbox(key="q3: cell").value
    later = start(Comparison(OurConfig(batch_size=20, max_iter=10), PeerConfig(max_iter=60)), DATA)
    later.advance(math.inf)
    app.session_state["q3: current"] = later
    app.run()
    assert cell_words(gone, 1, digits().classes, "images")[:-9] not in " ".join(options(app))
    assert app.selectbox(key="q3: cell").value is None
    assert [error.value for error in app.exception] == []


def test_a_cell_shows_its_images_as_they_were_before_scaling() -> None:
    app = train(open_page("q3", look="Mistakes", **QUICK))
    data = DataConfig(scaling="by 16")
    run = start(Comparison(OurConfig(max_iter=1), PeerConfig(max_iter=2), data), split(digits(), scaling="by 16"))
    run.advance(math.inf)
    app.session_state["q3: current"] = run
    app.run().selectbox(key="q3: cell").select_index(0).run()
    judgement = judge(run, split(digits(), scaling="by 16"))
    cell = app.selectbox(key="q3: cell").value
    expected = gallery_html(examples_in(cell, judgement, DATA.y_test)[:24], judgement, DATA, digits())
    assert next(galleries(app)) == expected


def test_data_that_are_no_images_are_shown_by_the_names_of_their_inputs() -> None:
    app = train(open_page("q3", look="Inside", **SMALL, dataset="iris"))
    alts = charts(app)
    assert {"Weights of all units", "Weights of unit 1", "Outgoing weights of unit 1"} <= set(alts)
    (told,) = [each.value for each in app.markdown if "after 3 epochs" in each.value]
    assert told.startswith("Ours after 3 epochs: the example is ")
    app.button_group(key="look").set_value("Mistakes").run()
    app.selectbox(key="q3: cell").select_index(0).run()
    assert "sepal length" in next(galleries(app))
    assert sentences(app) == []
