"""Questions 1 and 2 without a browser: the sheet's numbers, edits, steps, settings and bad input."""

import re
from dataclasses import replace
from html import unescape

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from mlp import Layer, Network
from mlp.exercises import PRESETS, Exercise, Handout, encode, from_json, sheet_exercise, solve, to_json
from mlp.view.numbers import format_number
from pages.exercise import address, page
from pages.exercise.sections import sharing, take_away
from tests.app import button, charts, open_page
from tests.pages.exercise.worked import edit, opened, press
from tests.sheet import (
    block_text,
    cell_of,
    component_data,
    given_cells,
    has_component,
    sentences,
    solution_blocks,
    step_text,
)


def metrics(app: AppTest) -> dict[str, str]:
    """Return what the line that stays in view says."""
    line = component_data(app, "line")
    return {
        "Loss before the step": line["before"],
        "Loss after the step": line["after"],
        "Gradients checked": line["checked"],
    }


def errors(app: AppTest) -> list[str]:
    assert [e.value for e in app.exception] == []
    return [*(error.value.replace("\\", "") for error in app.error), *sentences(app)]


@pytest.mark.parametrize(
    ("question", "examples", "before", "after"),
    [
        ("q1", (1,), "0.37636", 0.2943432887589159),
        ("q1", (1, 2), "0.72926", 0.6193828381078365),
        ("q2", (1,), "1.09861", 1.0243068667877941),
        ("q2", (1, 2), "2.19722", 2.1105145651915636),
    ],
)
def test_opens_on_the_sheets_exercise_already_solved(question, examples, before, after) -> None:
    app = open_page(question)
    app.pills[0].set_value(list(examples)).run()
    shown = metrics(app)
    assert shown["Loss before the step"] == before
    assert shown["Loss after the step"] == f"{after:.5f}"
    assert shown["Gradients checked"] == "6 of 6"
    assert errors(app) == []


def test_the_steps_show_the_sheets_numbers() -> None:
    app = open_page("q1")
    assert step_text(app, "h1").endswith("= 0.29131 0.29131 0.29131 0.29131")
    assert step_text(app, "dz3").endswith("= 0.16396 −0.83604 0.16396")
    assert step_text(app, "W1 new").endswith("= " + " ".join(["0.10133 0.1"] * 8))
    assert step_text(app, "b3 new").endswith("= 0.08360 0.18360 0.08360")


def test_the_derivations_follow_an_edit_and_know_where_the_published_sheet_slips() -> None:
    app = open_page("q1")
    assert list(solution_blocks(app)["dz2"]["derivation"]) == ["title"]
    app.session_state["q1 cells"] = {"opened": ["dz2", "no step", 7]}
    told = solution_blocks(app.run())["dz2"]["derivation"]
    assert "slips here" in told["words"]
    assert [texts[0] for texts in told["values"]] == ["gives −0.04850"] * 2 + ["gives 0.95454"] * 4
    cell = cell_of(app, "layer 2", 0, "b")
    entries = {"version": app.session_state["q1 draft"].version, "count": 1, "cells": {cell: "0.5"}}
    app.session_state["q1 cells"] = {"opened": ["dz2"], "entries": entries}
    app = app.run()
    edited = solution_blocks(app)["dz2"]["derivation"]
    assert (edited["parts"], edited["words"]) == (told["parts"], told["words"])
    assert [len({texts[0] for texts in each}) for each in (edited["values"][:2], edited["values"][2:])] == [1, 1]
    assert edited["values"][2][0] != told["values"][2][0]


def test_an_edited_weight_changes_everything_that_follows() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    assert step_text(app, "z1").endswith("= 0.7 0.3 0.3 0.3")
    app = edit(app, "layer 3", 2, b="-1")
    assert step_text(app, "z1").endswith("= 0.7 0.3 0.3 0.3")
    assert "−0.92" in step_text(app, "z3")
    assert metrics(app)["Gradients checked"] == "6 of 6"


@pytest.mark.parametrize(("text", "z"), [("0,5", "0.7"), ("1/2", "0.7"), ("5e-1", "0.7"), ("−0,1", "0.1")])
def test_a_number_may_be_typed_as_people_write_it(text, z) -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": text})
    assert step_text(app, "z1").split("=")[-1].split()[0] == z
    assert errors(app) == []


@pytest.mark.parametrize(
    "text", ["", "abc", "inf", "nan", "1e308", "1001", "1/0", "<b>1</b>", "![x](http://a.b/c.png)"]
)
def test_what_is_no_number_gets_a_sentence_and_stays_typed(text) -> None:
    app = edit(open_page("q1"), "layer 2", 1, **{"h₂": text})
    (sentence,) = errors(app)
    assert sentence.startswith("Layer 2, unit 2, h₂: needed is a number from -1000 to 1000")
    assert "Going on with 0.1" in sentence
    assert metrics(app)["Loss before the step"] == "0.37636"
    app = edit(app, "layer 2", 1, **{"h₃": "0.2"})
    assert len(errors(app)) == 1
    assert metrics(app)["Loss before the step"] != "0.37636"
    press(app, "Apply the step")
    assert len(errors(app)) == 1
    assert given_cells(app)["layer 2:1:1"]["text"] == text


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("Learning rate η", "0", "a number above 0 and at most 100"),
        ("Learning rate η", "1e6", "a number above 0 and at most 100"),
        ("Learning rate η", "fast", "a number above 0 and at most 100"),
        ("Decimals", "99", "a whole number from 1 to 12"),
        ("Layer sizes", "4-0-3", "2 to 6 layers of 1 to 8 units each"),
        ("Layer sizes", "4-500-3", "2 to 6 layers of 1 to 8 units each"),
        ("Layer sizes", "four", "2 to 6 layers of 1 to 8 units each"),
    ],
)
def test_a_setting_out_of_range_gets_a_sentence_and_the_last_valid_one_goes_on(field, text, words) -> None:
    app = open_page("q2")
    widget = next(w for w in app.text_input if w.label == field)
    widget.set_value(text).run()
    (sentence,) = errors(app)
    assert words in sentence
    assert metrics(app)["Loss before the step"] == "1.09861"


def test_no_example_chosen_gets_a_sentence() -> None:
    app = open_page("q1")
    app.pills[0].set_value([]).run()
    assert "choose at least one" in errors(app)[0]


def test_nonsense_in_the_address_gets_a_sentence_each() -> None:
    app = open_page("q1", q1_learning_rate="abc", q1_sizes="0", q1_decimals="x", q1_hidden="sine", q1_reduction="max")
    assert len(errors(app)) == 3
    assert len(app.warning) == 2
    assert metrics(app)["Loss before the step"] == "0.37636"


def test_the_address_restores_every_setting() -> None:
    address = {
        "q1_learning_rate": "0.5",
        "q1_sizes": "4-2-3",
        "q1_hidden": "relu",
        "q1_decimals": "3",
        "q1_reduction": "mean",
    }
    app = open_page("q1", **address)
    fields = {w.label: w.value for w in app.text_input}
    assert (fields["Learning rate η"], fields["Decimals"], fields["Layer sizes"]) == ("0.5", "3", "4-2-3")
    assert "relu" in step_text(app, "h1")
    assert "− 0.5 ·" in step_text(app, "W1 new")


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_the_sheet_is_first_drawn_with_the_settings_its_controls_will_say(question, monkeypatch) -> None:
    known, said = [], []
    for name, kept in (("known_settings", known), ("exercise_controls", said)):
        drawn = getattr(page, name)
        monkeypatch.setattr(page, name, lambda *given, drawn=drawn, kept=kept: kept.append(drawn(*given)) or kept[-1])
    preset = next(preset for preset in reversed(PRESETS.values()) if preset.question == question)
    for query in ({}, {"s": encode(Handout(preset.exercise, decimals=3))}):
        open_page(question, **query)
        assert known == said != [None]
        known.clear(), said.clear()
    open_page(question, **{f"{question}_learning_rate": "0.5"})
    assert known == [None]


def test_steps_follow_each_other_and_the_sheets_numbers_come_back() -> None:
    app = open_page("q1")
    first = solve(sheet_exercise("q1"))
    press(app, "Apply the step")
    assert metrics(app)["Loss before the step"] == f"{first.loss_after:.5f}"
    press(app, "Apply the step")
    assert any("2 steps applied" in caption.value for caption in app.caption)
    app = edit(app, "layer 1", 0, **{"x₁": "0.9"})
    press(app, "Back to the sheet's numbers")
    assert metrics(app)["Loss before the step"] == "0.37636"
    assert not any("applied" in caption.value for caption in app.caption)


def test_other_layer_sizes_keep_what_still_fits() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    sizes = next(w for w in app.text_input if w.label == "Layer sizes")
    sizes.set_value("4-2-3").run()
    assert step_text(app, "z1").endswith("= 0.7 0.3")
    assert errors(app) == []


def test_a_step_that_overflows_is_explained_and_cannot_be_applied() -> None:
    app = open_page("q1", q1_learning_rate="100", q1_hidden="identity")
    for _ in range(40):
        if button(app, "Apply the step").disabled:
            break
        press(app, "Apply the step")
    assert "overflow" in errors(app)[0]
    assert not any("nan" in value or "inf" in value for value in metrics(app).values())


def test_edits_survive_a_visit_to_another_page() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5", "x₂": "oops"})
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/q1.py").run()
    assert step_text(app, "z1").endswith("= 0.7 0.3 0.3 0.3")
    assert "oops" in errors(app)[0]


def test_question_2_says_why_only_the_last_layer_moves_and_stops_saying_so() -> None:
    app = open_page("q2")
    assert "Only the last layer moves" in component_data(app, "sheet")["notes"]["dh2"]
    app = edit(app, "layer 3", 0, **{"h₁": "0.2"})
    assert component_data(app, "sheet")["notes"] == {}


@pytest.mark.parametrize(("question", "slips"), [("q1", 2), ("q2", 4)])
def test_the_sheets_slips_stand_at_their_formulas(question, slips) -> None:
    assert sum("Slip in the sheet" in block["slip"] for block in solution_blocks(open_page(question)).values()) == slips


def test_a_relu_at_its_kink_is_explained() -> None:
    app = open_page("q1", q1_hidden="relu")
    app = edit(app, "layer 1", 0, **{"x₁": "-0.2", "x₂": "0", "x₃": "0.1", "b": "0.1"})
    note = component_data(app, "sheet")["checks"]["note"]
    assert "stands at its kink" in note
    assert "layer 1, unit 1" in note


def test_edits_and_steps_can_be_undone_and_redone() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    edited = metrics(app)
    press(app, "Apply the step")
    stepped = metrics(app)
    press(app, "Undo")
    assert metrics(app) == edited
    press(app, "Undo")
    assert metrics(app)["Loss before the step"] == "0.37636"
    press(app, "Redo")
    assert not button(app, "Undo").disabled
    press(app, "Redo")
    assert metrics(app) == stepped
    press(app, "Undo")
    press(app, "Undo")
    press(app, "Back to the sheet's numbers")
    assert button(app, "Redo").disabled


def test_a_button_does_not_go_dead_under_the_finger_and_does_nothing_when_there_is_nothing_to_do() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    assert button(open_page("q1"), "Undo").disabled
    press(app, "Undo")
    first = metrics(app)
    assert not button(app, "Undo").disabled
    press(app, "Undo")
    assert metrics(app) == first
    press(app, "Apply the step")
    press(app, "Undo")
    press(app, "Redo")
    assert button(app, "Undo").disabled is False
    press(app, "Redo")
    assert not button(app, "Redo").disabled


def test_undo_returns_settings_too() -> None:
    app = open_page("q1")
    rate = next(w for w in app.text_input if w.label == "Learning rate η")
    rate.set_value("1/3").run()
    press(app, "Undo")
    assert next(w for w in app.text_input if w.label == "Learning rate η").value == "0.1"
    press(app, "Redo")
    assert "− 0.33333 ·" in step_text(app, "W1 new")


def test_examples_can_be_added_and_removed() -> None:
    app = press(open_page("q1"), "Add an example")
    app.pills[0].set_value([1, 3]).run()
    assert step_text(app, "h0") == "= 1 0 0 0 1 0 0 0"
    press(app, "Remove the last")
    assert step_text(app, "h0") == "= 1 0 1 0"
    assert errors(app) == []


def test_fixed_biases_stay_out_of_the_update() -> None:
    app = open_page("q1")
    app.toggle[0].set_value(True).run()
    assert "W1 new" in solution_blocks(app)
    assert "b1 new" not in solution_blocks(app)


def test_step_by_step_moves_on_and_back_and_marks_where_it_is() -> None:
    app = open_page("q1", q1_view="step by step", q1_step="3")
    assert focus(app) == "h1"
    press(app, "Next")
    assert focus(app) == "z2"
    press(app, "Back")
    assert [current(app), focus(app)] == ["h1", "h1"]


def test_hide_ahead_covers_what_comes_next() -> None:
    app = open_page("q1", q1_view="step by step", q1_step="3", q1_hide_ahead="true")
    assert step_text(app, "h1").endswith("0.29131")
    assert step_text(app, "z2") == "= ?"
    assert metrics(app)["Loss after the step"] == "?"
    assert [largest for _, largest, *_ in component_data(app, "sheet")["checks"]["rows"]] == ["?"] * 6
    assert not any("slope" in cell for cell in given_cells(app).values())


def test_a_step_that_the_solution_has_not_is_the_last_one() -> None:
    app = open_page("q1", q1_view="step by step", q1_step="24")
    next(w for w in app.text_input if w.label == "Layer sizes").set_value("4-3").run()
    assert current(app) == "L after"


def focus(app: AppTest) -> str:
    """Return the name of the step a reader is at, as it is shown on its own."""
    return component_data(app, "sheet")["focus"]["block"]["name"]


def current(app: AppTest) -> str:
    """Return the name of the step that is marked in the solution."""
    (name,) = [name for name, block in solution_blocks(app).items() if block["current"]]
    return name


def test_a_batch_is_taken_apart_example_by_example() -> None:
    app = open_page("q1")
    app.pills[0].set_value([1, 2]).run()
    app.session_state["q1_batch_open"] = True
    app.run()
    (html,) = [e.proto.body for e in app.get("html") if "bbh-batch" in e.proto.body and "<style>" not in e.proto.body]
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    assert "Example 1 Example 2 sum (taken) mean L 0.37636 0.35290 0.72926 0.36463" in text


def test_a_preset_is_loaded_with_its_settings() -> None:
    app = press(open_page("q1"), PRESETS["q1-logistic"].title)
    assert metrics(app)["Loss before the step"] == "0.29837"
    assert metrics(app)["Loss after the step"] == "0.29103"
    assert app.toggle[0].value is True
    press(app, "Undo")
    assert metrics(app)["Loss before the step"] == "0.37636"


def test_random_numbers_come_from_their_seed() -> None:
    first, again = (press(open_page("q2"), "Random numbers from this seed") for _ in range(2))
    assert metrics(first) == metrics(again)
    assert metrics(first)["Loss before the step"] != "1.09861"


def test_an_edit_is_in_the_address_and_opens_again() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "1/3"})
    token = app.query_params["s"]
    other = open_page("q1", s=token)
    assert metrics(other) == metrics(app)
    assert other.query_params["s"] == token
    press(other, "Back to the sheet's numbers")
    assert "s" not in other.query_params


def test_an_exercise_that_its_address_can_not_hold_says_once_that_a_reload_loses_it() -> None:
    rng = np.random.default_rng(1)
    layers = [Layer(rng.normal(size=(8, 8)), rng.normal(size=8)) for _ in range(5)]
    network = Network(tuple(layers), "tanh", "squared_error")
    largest = Exercise(network, rng.normal(size=(16, 8)), rng.normal(size=(16, 8)), 0.1, (0,))
    app = open_page("q1")
    app.session_state["q1 handout wish"] = Handout(largest)
    assert [toast.value for toast in app.run().toast] == [address.OUTGROWN]
    assert not app.run().toast
    app.session_state["q1 handout wish"] = Handout(replace(largest, X=largest.X.round(1), Y=largest.Y.round()))
    assert not app.run().toast
    assert app.query_params["s"]


def test_the_sheets_own_exercise_needs_no_such_address() -> None:
    app = open_page("q2", q2_learning_rate="0.5")
    assert "s" not in app.query_params


def test_a_wrong_entry_goes_on_with_the_last_valid_one() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    app = edit(app, "layer 1", 0, **{"x₁": "abc"})
    assert "Going on with 0.5." in errors(app)[0]
    assert step_text(app, "z1").endswith("= 0.7 0.3 0.3 0.3")
    press(app, "Apply the step")
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/q1.py").run()
    app = edit(app, "layer 1", 0, **{"x₁": ""})
    (sentence,) = errors(app)
    assert "got nothing" in sentence
    assert "Going on with 0.5" in sentence


def test_random_numbers_leave_every_choice_as_it_is() -> None:
    chosen = {"learning_rate": "0.25", "sizes": "3-2-2", "hidden": "relu", "reduction": "mean", "biases_fixed": "true"}
    app = press(open_page("q1", **{f"q1_{name}": text for name, text in chosen.items()}), "Add an example")
    app.pills[0].set_value([1, 3]).run()
    before = app.session_state["q1 latest"].base
    press(app, "Random numbers from this seed")
    after = app.session_state["q1 latest"].base
    settings = ("selected", "learning_rate", "reduction", "biases_fixed")
    assert [getattr(after, name) for name in settings] == [getattr(before, name) for name in settings]
    assert (after.network.sizes, after.network.hidden, len(after.X)) == ((3, 2, 2), "relu", 3)
    assert after.network.layers[0].W.tolist() != before.network.layers[0].W.tolist()


def test_random_numbers_keep_the_loss() -> None:
    app = press(open_page("q1"), PRESETS["q1-logistic"].title)
    press(app, "Random numbers from this seed")
    assert app.session_state["q1 latest"].base.network.loss == "logistic_squared_error"


@pytest.mark.parametrize("token", ["2.abc", "1.abc", "nonsense", "1." + "A" * 9000, "<script>"])
def test_a_damaged_or_unknown_link_gets_a_sentence_and_the_sheets_exercise(token) -> None:
    app = open_page("q1", s=token)
    (sentence,) = errors(app)
    assert sentence.startswith("The link could not be opened.")
    assert metrics(app)["Loss before the step"] == "0.37636"
    assert "s" not in app.query_params


def test_a_click_that_still_carries_an_older_address_undoes_nothing() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.2"})
    older = app.query_params["s"]
    edit(app, "layer 1", 0, **{"x₂": "0.3"})
    app.query_params["s"] = older
    edit(app, "layer 1", 0, **{"x₃": "0.4"})
    assert step_text(app, "z1").startswith("= 0.2 0.3 0.4 0.1")
    app.query_params["s"] = older
    press(app, "Apply the step")
    app.query_params["s"] = older
    press(app, "Apply the step")
    assert any("2 steps applied" in caption.value for caption in app.caption)


def test_the_words_under_the_title_are_about_the_network_on_the_page() -> None:
    app = open_page("q1")
    assert app.markdown[0].value.startswith(
        ":small[The network has layers of 4-4-3-3 units, tanh hidden units and linear"
    )
    press(app, "The 2-2-2 example with logistic units")
    assert app.markdown[0].value.startswith(
        ":small[The network has layers of 2-2-2 units, logistic hidden units and logistic"
    )


def test_a_wrong_entry_outlives_a_change_of_sizes_and_of_examples_where_its_cell_does() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "abc"})
    next(w for w in app.text_input if w.label == "Layer sizes").set_value("4-4-2").run()
    assert "got 'abc'" in errors(app)[0]
    press(app, "Add an example")
    assert "got 'abc'" in errors(app)[0]
    next(w for w in app.text_input if w.label == "Layer sizes").set_value("3-4-2").run()
    assert errors(app) == []


def test_a_step_shows_its_own_quantity_and_the_choice_of_another_comes_back() -> None:
    app = open_page("q1", q1_show="gradients")
    reading = next(w for w in app.button_group if w.label == "How to read the solution")
    reading.set_value("step by step").run()
    assert not any(w.label == "The network shows" for w in app.button_group)
    next(w for w in app.button_group if w.label == "How to read the solution").set_value("whole").run()
    assert next(w for w in app.button_group if w.label == "The network shows").value == "gradients"


def test_a_link_for_the_other_question_says_where_it_belongs() -> None:
    app = open_page("q1", s=encode(Handout(sheet_exercise("q2"))))
    assert "belongs to Question 2" in errors(app)[0]


def test_a_teachers_link_shows_his_words_as_text_and_hides_what_he_hid() -> None:
    words = {"title": "**Bold** <b>x</b>", "task": "Find ∂L/∂W.\n![x](http://a.b/c.png)"}
    token = encode(Handout(sheet_exercise("q1"), **words, hide=frozenset({"solution"})))
    app = open_page("q1", s=token)
    assert app.text[0].value == words["task"]
    assert not any("**Bold**" in m.value for m in app.markdown)
    assert component_data(app, "sheet")["phases"] == []
    assert not any("slope" in cell for cell in given_cells(app).values())
    assert not has_component(app, "line")
    app = open_page("q1", s=encode(Handout(sheet_exercise("q1"), hide=frozenset({"controls"}))))
    assert given_cells(app) == {}
    assert metrics(app)["Loss before the step"] == "0.37636"


def lesson_page(*hide: str) -> AppTest:
    """Return question 1 as a teacher's link opens it."""
    return open_page("q1", s=encode(Handout(sheet_exercise("q1"), title="Week 4", hide=frozenset(hide))))


def test_where_the_controls_are_hidden_nothing_can_be_changed() -> None:
    app = opened(lesson_page("controls"), "many")
    assert metrics(app)["Loss before the step"] == "0.37636"
    assert [b.label for b in app.button] == ["Leave for the sheet's exercise"]


def test_where_all_is_hidden_the_exercise_itself_is_still_there() -> None:
    app = lesson_page("controls", "solution")
    assert any("Do one stochastic gradient descent step" in m.value for m in app.markdown)
    given = component_data(app, "sheet")["given"]
    assert [block["name"] for block in given] == ["given inputs", "given targets", "given 1", "given 2", "given 3"]
    assert block_text(given[2]) == "= " + " ".join(["0.1"] * 20)
    assert not has_component(app, "line")


def test_a_lesson_can_be_left_and_its_numbers_do_not_come_back() -> None:
    exercise = replace(sheet_exercise("q1"), learning_rate=0.25)
    app = open_page("q1", s=encode(Handout(exercise, task="Find it.", hide=frozenset({"controls", "solution"}))))
    press(app, "Leave for the sheet's exercise")
    assert metrics(app)["Loss after the step"] == "0.29434"
    assert not app.text
    assert "s" not in app.query_params
    assert button(app, "Undo").disabled


def test_a_saved_file_opens_again_and_one_that_is_none_gets_a_sentence() -> None:
    app = open_page("q1")
    app.session_state["q1_sharing_open"] = True
    app.run()
    app.file_uploader[0].upload("bad.json", b'{"version": 1}').run()
    assert "The file could not be opened" in errors(app)[0]
    exercise = replace(sheet_exercise("q1"), selected=(0, 1), learning_rate=0.25)
    app.file_uploader[0].upload("good.json", to_json(Handout(exercise)).encode()).run()
    assert metrics(app)["Loss before the step"] == "0.72926"
    assert errors(app) == []


def test_the_diagram_says_in_words_what_it_shows() -> None:
    words = component_data(open_page("q1", q1_show="gradients"), "network")["diagram"]["alt"]
    assert "4 inputs" in words
    assert "derivatives of the loss" in words


def test_a_chosen_weight_is_taken_apart_and_a_covered_or_unknown_one_is_not() -> None:
    app = open_page("q1")
    app.session_state["q1 network"] = {"part": "edge 1 1 1"}
    data = component_data(app.run(), "network")
    assert (data["diagram"]["chosen"], len(data["part"]["paths"]["rows"])) == ("edge 1 1 1", 9)
    app.session_state["q1 network"] = {"part": "<img src=x>"}
    assert component_data(app.run(), "network")["part"] is None
    app = open_page("q1", q1_view="step by step", q1_hide_ahead="true")
    app.session_state["q1 network"] = {"part": "edge 1 1 1"}
    assert component_data(app.run(), "network")["part"] is None
    assert errors(app) == []


def test_many_steps_are_drawn_and_can_be_applied() -> None:
    app = opened(open_page("q2"), "many")
    assert len(charts(app)) == 3
    press(app, "Apply these 100 steps")
    assert float(metrics(app)["Loss before the step"]) < 0.1
    assert any("100 steps applied" in caption.value for caption in app.caption)


def test_a_path_that_overflows_is_explained() -> None:
    app = opened(open_page("q1", q1_learning_rate="100", q1_hidden="identity"), "many")
    assert "overflows" in errors(app)[0]


def test_softmax_both_ways_agree_and_break_without_the_shift() -> None:
    app = opened(open_page("q2"), "softmax")
    text = [" ".join(unescape(re.sub(r"<[^>]+>", " ", e.proto.body)).split()) for e in app.get("html")]
    assert sum(line.endswith("= 0.33333 −0.66667 0.33333") for line in text) >= 2
    next(w for w in app.text_input if w.label == "Add to every z").set_value("800").run()
    text = [" ".join(unescape(re.sub(r"<[^>]+>", " ", e.proto.body)).split()) for e in app.get("html")]
    assert any(line.endswith("= not a number not a number not a number") for line in text)
    assert errors(app) == []


def test_softmax_both_ways_put_the_targets_themselves_in_where_they_do_not_sum_to_one() -> None:
    app = opened(edit(open_page("q2"), "targets", 0, **{"y₁": "1"}), "softmax")
    text = [" ".join(unescape(re.sub(r"<[^>]+>", " ", e.proto.body)).split()) for e in app.get("html")]
    assert "2 · 0.33333 0.33333 0.33333 − 1 1 0 = −0.33333 −0.33333 0.66667" in text


def test_question_1_has_no_softmax_section() -> None:
    assert not any("Softmax" in e.label for e in open_page("q1").expander)


def test_what_is_taken_away_has_the_pages_own_numbers() -> None:
    app = opened(edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.123456789"}), "take")
    labels = [d.proto.label for d in app.get("download_button")]
    assert labels == [
        "Blank sheet to print", "Blank sheet, Markdown", "Solution to print", "Solution, Markdown",
        "All quantities, CSV", "NumPy script", "PyTorch script", "scikit-learn script",
    ]  # fmt: skip


def test_a_hidden_solution_cannot_be_taken_away() -> None:
    app = opened(open_page("q1", s=encode(Handout(sheet_exercise("q1"), hide=frozenset({"solution"})))), "take")
    assert [d.proto.label for d in app.get("download_button")] == ["Blank sheet to print", "Blank sheet, Markdown"]


def test_going_back_in_the_browser_takes_an_edit_back(monkeypatch) -> None:
    monkeypatch.setattr(address, "SETTLED_SECONDS", 0.0)
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    first, token = metrics(app), app.query_params["s"]
    edit(app, "layer 1", 0, **{"x₁": "0.5", "x₃": "0.9"})
    assert metrics(app) != first
    app.query_params["s"] = token
    assert metrics(app.run()) == first
    del app.query_params["s"]
    assert metrics(app.run())["Loss before the step"] == "0.37636"


def test_an_address_that_lags_behind_the_edits_loses_none_of_them(monkeypatch) -> None:
    monkeypatch.setattr(address, "SETTLED_SECONDS", 0.0)
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    token = app.query_params["s"]
    edit(app, "layer 1", 0, **{"x₁": "0.5", "x₃": "0.9"})
    app.query_params["s"] = token
    edit(app, "layer 1", 0, **{"x₁": "0.5", "x₃": "0.9", "b": "0.7"})
    assert step_text(app, "z1").split("=")[-1].split()[0] == "2.1"


def test_what_is_hidden_ahead_is_in_no_other_section() -> None:
    app = open_page("q2", q2_view="step by step", q2_hide_ahead="true")
    assert [e.label for e in app.expander] == ["Check my number", "Share and save", "Take away: paper, table, code"]
    opened(app, "take")
    assert all("Blank" in d.proto.label for d in app.get("download_button"))


def test_a_slip_is_not_told_of_another_network() -> None:
    app = open_page("q1", q1_hidden="relu")
    assert not any(block["slip"] for block in solution_blocks(app).values())


def teach(app: AppTest, title: str, task: str, hide: list[str]) -> AppTest:
    """Fill in a teacher's fields under "Share and save"."""
    opened(app, "sharing")
    next(t for t in app.toggle if t.label.startswith("For a class")).set_value(True).run()
    next(w for w in app.text_input if w.label == "Title").set_value(title)
    app.text_area[0].set_value(task)
    return next(p for p in app.pills if p.label == "Hide").set_value(hide).run()


def test_a_saved_file_keeps_the_teachers_words_and_what_is_hidden(monkeypatch) -> None:
    saved = []
    monkeypatch.setattr(sharing, "to_json", lambda handout: saved.append(handout) or to_json(handout))
    teach(open_page("q1"), "Monday", "Which is larger?", ["solution"])
    assert (saved[-1].title, saved[-1].task, saved[-1].hide) == ("Monday", "Which is larger?", {"solution"})
    again = from_json(to_json(saved[-1]))
    assert (again.title, again.task, again.hide) == ("Monday", "Which is larger?", {"solution"})


def test_the_paper_bears_the_title_that_a_teacher_has_typed(monkeypatch) -> None:
    titles = []
    monkeypatch.setattr(take_away, "download", lambda label, text, name: titles.append(text.keywords.get("title")))
    opened(teach(open_page("q1"), "Monday", "", []), "take")
    assert "Monday" in titles


def test_a_closed_section_forgets_nothing_that_was_typed() -> None:
    app = teach(open_page("q2"), "Monday", "Which is larger?", ["solution"])
    app = opened(opened(app, "softmax"), "many")
    next(w for w in app.text_input if w.label == "Add to every z").set_value("700").run()
    next(t for t in app.toggle if t.label == "Log scale").set_value(True).run()
    for section in ("sharing", "softmax", "many"):
        app.session_state[f"q2_{section}_open"] = False
    app.run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/q2.py").run()
    for section in ("sharing", "softmax", "many"):
        opened(app, section)
    texts = {w.label: w.value for w in (*app.text_input, *app.text_area)}
    assert (texts["Title"], texts["Task"], texts["Add to every z"]) == ("Monday", "Which is larger?", "700")
    assert {t.label: t.value for t in app.toggle}["Log scale"] is True
    assert next(p for p in app.pills if p.label == "Hide").value == ["solution"]


def test_the_step_a_reader_was_at_is_kept_while_the_solution_is_read_whole() -> None:
    app = open_page("q1", q1_view="step by step", q1_step="7")
    for view in ("whole", "step by step"):
        next(b for b in app.button_group if b.label == "How to read the solution").set_value(view).run()
    assert app.slider[0].value == 7


def test_a_parameter_without_an_exercise_is_no_way_to_the_sheet_in_silence() -> None:
    app = open_page("q1", s="")
    assert "there is nothing. What you see is the sheet's exercise." in errors(app)[0]


@pytest.mark.parametrize("mark", [".", ")", ").", '"', "]", ">", "&amp;", " "])
def test_a_link_that_was_copied_with_what_stands_after_it_opens_its_exercise(mark) -> None:
    exercise = replace(sheet_exercise("q1"), selected=(0, 1))
    exercise = replace(exercise, X=exercise.X + 0.5)
    app = open_page("q1", s=encode(Handout(exercise)) + mark.replace("&amp;", ""))
    assert metrics(app)["Loss before the step"] == f"{solve(exercise).loss:.5f}"
    assert errors(app) == []
    assert len(app.warning) == (mark.strip() not in ("", "&amp;"))


def test_an_address_with_amp_in_it_opens_as_it_was_meant() -> None:
    exercise = replace(sheet_exercise("q1"), X=sheet_exercise("q1").X + 0.5)
    app = open_page("q1", **{"q1_learning_rate": "0.5", "amp;q1_reduction": "mean", "amp;s": encode(Handout(exercise))})
    assert metrics(app)["Loss before the step"] == f"{solve(exercise).loss:.5f}"
    assert {w.label: w.value for w in app.text_input}["Learning rate η"] == "0.5"
    assert len(app.warning) == 1


def test_what_a_preset_shows_is_said_after_it_is_loaded_and_in_the_menu() -> None:
    preset = PRESETS["q1-saturated"]
    app = open_page("q1")
    assert preset.description in [caption.value.replace("\\", "") for caption in app.caption]
    press(app, preset.title)
    assert [info.value.replace("\\", "") for info in app.info] == [f"{preset.title}. {preset.description}"]
    press(app, "Apply the step")
    edit(app, "layer 1", 0, **{"x₁": "0.5"})
    assert len(app.info) == 1
    press(app, "Back to the sheet's numbers")
    assert not app.info
    for _ in range(2):
        press(app, "Undo")
    assert len(app.info) == 1


def test_the_parts_of_the_question_are_named_and_the_folded_settings_said() -> None:
    app = open_page("q1", q1_learning_rate="1/4", q1_reduction="mean")
    assert "Part 1: one stochastic gradient descent step" in app.markdown[0].value
    assert app.markdown[0].value.endswith("Settings: η = 0.25, mean of the losses, 5 decimals.]")
    app.pills[0].set_value([1, 2]).run()
    assert "Part 2: one gradient descent step" in app.markdown[0].value
    press(app, PRESETS["q1-xor"].title)
    assert not any(caption.value.startswith("Part") for caption in app.caption)


@pytest.mark.parametrize(
    ("question", "query", "words", "loss"),
    [
        ("q1", {"q1_outputs": "tanh", "q1_squares": "sum"}, "and the sum of squared", "tanh_summed_squared_error"),
        ("q1", {"q1_squares": "mean of outputs"}, "and the mean of the squared errors", "mean_squared_error"),
        ("q2", {"q2_outputs": "logistic"}, "and the binary cross-entropy", "binary_cross_entropy"),
    ],
)  # fmt: skip
def test_outputs_and_loss_are_chosen_on_the_page(question, query, words, loss) -> None:
    app = open_page(question, **query)
    assert errors(app) == []
    assert any(words in each.value for each in app.markdown)
    sheet = sheet_exercise(question)
    expected = solve(replace(sheet, network=replace(sheet.network, loss=loss)))
    assert metrics(app)["Loss before the step"] == format_number(expected.loss)
    assert metrics(app)["Gradients checked"] == "6 of 6"
    assert "s" not in app.query_params


def test_a_softmax_of_one_output_says_what_it_is() -> None:
    app = open_page("q2", q2_sizes="4-3-1")
    assert any("A softmax of one output is always 1" in each.value for each in app.markdown)
    assert not any(
        "always 1" in each.value for each in open_page("q2", q2_sizes="4-3-1", q2_outputs="logistic").markdown
    )
