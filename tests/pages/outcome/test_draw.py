"""Drawing a digit on question 3, without a browser: what a pad sends is reduced and answered, or is no drawing."""

import math

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mlp.datasets.drawing import read_strokes, reduce_drawing
from mlp.experiments.config import DataConfig
from mlp.experiments.outcome.drawn import drawn_outputs
from mlp.view.outcome.drawn import CHART_WORDS, answer_words
from mlp.view.palette import OURS, PEER
from pages.data.cached import dataset_of, split_of
from pages.outcome import draw as draw_section
from tests.app import open_page

QUICK = {"look": "Draw a digit", "ours_batch_size": "100", "ours_max_iter": "3", "sklearn_max_iter": "4"}
SEVEN = [[[0.3, 0.2], [0.7, 0.2], [0.45, 0.8]]]
RUN, RUNNING = "q3: current", "q3: running"
EMPTY = "Both models answer while you draw a digit from 0 to 9."


def train(app: AppTest) -> AppTest:
    """Press the button and train to the end."""
    press(app, "Train both")
    while app.session_state[RUNNING]:
        app.run()
    return app


def press(app: AppTest, label: str) -> None:
    """Press a button."""
    (button,) = [each for each in app.button if each.label == label]
    button.click().run()


def charts(app: AppTest) -> list[str]:
    """Return the text alternatives of the charts."""
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


def draw(app: AppTest, strokes: object) -> AppTest:
    """Let the pad send something."""
    app.session_state[draw_section.PAD] = {"strokes": strokes}
    app.run()
    assert [error.value for error in app.exception] == []
    return app


def told(app: AppTest) -> list[str]:
    """Return what is said, line by line."""
    return [line for each in app.markdown for line in each.value.split("  \n")]


def expected(app: AppTest, *, fitted: bool = True) -> list[str]:
    """Return the answers that the run's own networks give to the seven."""
    run = app.session_state[RUN]
    drawing = reduce_drawing(read_strokes(SEVEN), fitted=fitted)
    outputs = drawn_outputs(run, drawing, split_of(run.comparison.data).X_train)
    classes = dataset_of("digits").classes
    return [answer_words(name, each, classes) for name, each in zip((OURS, PEER), outputs, strict=True)]


def test_without_a_model_there_is_nothing_to_draw_for() -> None:
    assert "Draw a digit" not in [each.value for each in open_page("q3").header]


def test_both_models_answer_a_drawing_as_it_changes() -> None:
    app = train(open_page("q3", **QUICK))
    assert EMPTY in told(app)
    assert CHART_WORDS not in charts(app)
    draw(app, SEVEN)
    assert set(expected(app)) <= set(told(app))
    assert EMPTY not in told(app)
    assert charts(app)[-1] == CHART_WORDS
    app.toggle(key=draw_section.FITTED).set_value(False).run()
    assert set(expected(app, fitted=False)) <= set(told(app))
    draw(app, [])
    assert EMPTY in told(app)


@pytest.mark.parametrize("hostile", [[None], "x" * 1000, [[[math.nan, 2]]], [[[0.5, 0.5]] * 5000], {"a": 1}, [[1]]])
def test_what_is_no_drawing_gets_the_empty_state(hostile) -> None:
    app = draw(train(open_page("q3", **QUICK)), SEVEN)
    draw(app, hostile)
    assert EMPTY in told(app)


def test_a_drawing_outlives_another_training_and_another_page() -> None:
    app = draw(train(open_page("q3", **QUICK)), SEVEN)
    train(app)
    assert set(expected(app)) <= set(told(app))
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/q3.py").run()
    assert set(expected(app)) <= set(told(app))


def test_models_that_are_half_trained_answer() -> None:
    app = open_page("q3", look="Draw a digit", ours_max_iter="2000", sklearn_max_iter="2000")
    press(app, "Train both")
    press(app, "Stop")
    draw(app, SEVEN)
    assert set(expected(app)) <= set(told(app))


def test_an_output_that_is_no_probability_is_called_so() -> None:
    app = draw(train(open_page("q3", **QUICK, ours_loss="logistic_squared_error")), SEVEN)
    assert "(output " in expected(app)[0]
    assert set(expected(app)) <= set(told(app))
    assert "Ours: outputs, which are no probabilities with this loss." in [each.value for each in app.caption]


def test_models_that_overflowed_have_no_answer() -> None:
    wild = {"learning_rate_init": "100", "activation": "identity"}
    query = QUICK | {f"{who}_{name}": value for who in ("ours", "sklearn") for name, value in wild.items()}
    app = draw(train(open_page("q3", **query | {"ours_loss": "squared_error", "sklearn_max_iter": "200"})), SEVEN)
    assert {f"**{name}** has no answer: its numbers overflowed." for name in (OURS, PEER)} <= set(told(app))
    assert CHART_WORDS not in charts(app)


def test_the_models_get_the_drawing_and_the_training_images_in_the_data_sets_own_values(monkeypatch) -> None:
    app, asked = open_page("q3", **QUICK, scaling="standardised"), []
    monkeypatch.setattr(draw_section, "drawn_outputs", lambda *about: asked.append(about) or drawn_outputs(*about))
    draw(train(app), SEVEN)
    run, drawing, X_train = asked[-1]
    assert run.comparison.data.scaling == "standardised"
    np.testing.assert_array_equal(drawing, reduce_drawing(read_strokes(SEVEN)))
    np.testing.assert_array_equal(X_train, split_of(DataConfig()).X_train)


def test_other_data_than_digits_can_not_be_drawn() -> None:
    app = train(open_page("q3", **QUICK, dataset="wine"))
    titles = [each.value for each in app.header]
    assert "The settings of these results" in titles
    assert "Draw a digit" not in titles
