"""Momentum on the page: a setting, a quantity on the sheet, carried on by steps, taken back by undo, kept by a link."""

from mlp.exercises import decode, sheet_exercise, solve
from tests.app import button, open_page
from tests.pages.exercise.worked import opened, press
from tests.sheet import given_cells, solution_blocks, step_text


def test_the_velocity_is_carried_on_by_a_step_and_taken_back_by_undo() -> None:
    app = open_page("q1", q1_momentum="0.9")
    assert "s" not in app.query_params
    assert "− 0.1 ·" in step_text(app, "vW1")
    assert step_text(app, "vb3").startswith("= 0.9 · 0 0 0 − 0.1 ·")
    assert any("momentum 0.9" in text.value for text in app.markdown)
    press(app, "Apply the step")
    assert not app.exception
    first = app.session_state["q1 latest"].base
    assert first.velocity is not None
    assert decode(app.query_params["s"]).exercise.key == first.key
    assert step_text(app, "vb3").startswith("= 0.9 · −0.01640 0.08360 −0.01640 − 0.1 ·")
    press(app, "Undo")
    assert app.session_state["q1 latest"].base.velocity is None
    press(app, "Redo")
    assert app.session_state["q1 latest"].base.key == first.key


def test_many_steps_carry_the_velocity_on() -> None:
    app = opened(open_page("q1", q1_momentum="0.9", q1_many="10"), "many")
    press(app, next(b.label for b in app.button if b.label.startswith("Apply these")))
    assert not app.exception
    assert app.session_state["q1 latest"].base.velocity is not None


def test_a_link_with_a_velocity_opens_with_its_momentum() -> None:
    app = open_page("q1", q1_momentum="0.9")
    press(app, "Apply the step")
    back = open_page("q1", s=app.query_params["s"])
    assert {w.label: w.value for w in back.text_input}["Momentum"] == "0.9"
    assert step_text(back, "vW1") == step_text(app, "vW1")


def test_without_momentum_there_is_no_velocity_and_the_address_says_nothing_of_it() -> None:
    app = open_page("q1")
    press(app, "Apply the step")
    assert "vW1" not in solution_blocks(app)
    assert "momentum" not in str(dict(app.query_params))
    assert app.session_state["q1 latest"].base.network.layers[0].W.tolist() == (
        solve(sheet_exercise("q1")).network.layers[0].W.tolist()
    )


def test_a_momentum_out_of_range_gets_a_sentence() -> None:
    app = open_page("q1", q1_momentum="1.5")
    assert any("Momentum: needed is" in error.value for error in app.error)
    assert "vW1" not in solution_blocks(app)


def test_random_numbers_keep_the_momentum_and_start_at_rest() -> None:
    app = open_page("q1", q1_momentum="0.9")
    press(app, "Apply the step")
    press(app, "Random numbers from this seed")
    latest = app.session_state["q1 latest"].base
    assert (latest.momentum, latest.velocity) == (0.9, None)
    assert button(app, "Undo")
    assert given_cells(app)
