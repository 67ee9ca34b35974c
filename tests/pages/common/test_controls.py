"""Fields on a throw-away page: a valid entry counts, a bad one stays under a sentence and the last valid goes on."""

import pytest
from streamlit.testing.v1 import AppTest


def fields() -> None:
    import streamlit as st

    from pages.common.controls import number_field, text_field, whole_number_field

    def parse_sizes(text: str) -> tuple[int, ...]:
        if not text.replace("-", "").isdigit():
            raise ValueError(f"numbers with dashes; got '{text}'.")
        return tuple(map(int, text.split("-")))

    st.session_state["values"] = (
        number_field("Rate", "rate", 0.1, above=0, high=100.0, help="A rate."),
        whole_number_field("Epochs", "epochs", 5, low=1, high=1000, help="Epochs."),
        text_field("Sizes", "sizes", "4-3", parse_sizes, help="Sizes."),
    )


def opened(**query: str) -> AppTest:
    app = AppTest.from_function(fields)
    app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def sentences(app: AppTest) -> list[str]:
    assert not app.exception
    return [error.value for error in app.error]


def test_the_fields_open_on_their_defaults() -> None:
    app = opened()
    assert app.session_state["values"] == (0.1, 5, (4, 3))
    assert [field.value for field in app.text_input] == ["0.1", "5", "4-3"]
    assert sentences(app) == []
    assert [type(value) for value in app.session_state["values"]] == [float, int, tuple]


@pytest.mark.parametrize(
    ("typed", "value"), [("0.5", 0.5), ("0,5", 0.5), ("1/3", 1 / 3), ("1e-3", 0.001), ("100", 100)]
)
def test_a_valid_entry_counts(typed: str, value: float) -> None:
    app = opened()
    app.text_input("rate").set_value(typed).run()
    assert app.session_state["values"] == (value, 5, (4, 3))
    assert sentences(app) == []


@pytest.mark.parametrize("typed", ["", "x", "0", "-1", "1e6", "inf", "nan", "1e309", "1/0", "=1", "9" * 5000])
def test_a_bad_entry_stays_under_a_sentence_and_the_last_valid_one_goes_on(typed: str) -> None:
    app = opened()
    app.text_input("rate").set_value("0.25").run()
    app.text_input("rate").set_value(typed).run()
    assert app.session_state["values"][0] == 0.25
    assert app.text_input("rate").value == typed
    (sentence,) = sentences(app)
    assert sentence.startswith("Rate: needed is a number above 0 and at most 100, such as 0.25, 0,25 or 1/4; got ")
    assert sentence.endswith(" Going on with 0.25.")
    app.text_input("rate").set_value("0.5").run()
    assert app.session_state["values"][0] == 0.5
    assert sentences(app) == []


def test_several_bad_entries_get_a_sentence_each_and_keep_to_themselves() -> None:
    app = opened()
    app.text_input("rate").set_value("x")
    app.text_input("epochs").set_value("1001")
    app.text_input("sizes").set_value("a-b").run()
    assert app.session_state["values"] == (0.1, 5, (4, 3))
    assert [sentence.split(":")[0] for sentence in sentences(app)] == ["Rate", "Epochs", "Sizes"]
    assert "a whole number from 1 to 1000; got '1001'. Going on with 5." in sentences(app)[1]


def test_the_address_fills_the_fields() -> None:
    app = opened(rate="0,5", epochs="7", sizes="2-2-2")
    assert app.session_state["values"] == (0.5, 7, (2, 2, 2))


def test_nonsense_in_the_address_gets_a_sentence_and_the_default_goes_on() -> None:
    app = opened(rate="fast", epochs="1e9", sizes="")
    assert app.session_state["values"] == (0.1, 5, (4, 3))
    assert len(sentences(app)) == 3
    assert "Going on with 0.1." in sentences(app)[0]


def test_a_link_in_the_address_does_not_become_one_on_the_page() -> None:
    (sentence,) = sentences(opened(rate="https://evil.example"))
    assert "https://" not in sentence
    (sentence,) = sentences(opened(rate="[x](//evil)<b>$1$"))
    assert "got '\\[x\\](//evil)\\<" in sentence


def choice() -> None:
    import streamlit as st

    from pages.common.controls import choice_field

    st.session_state["chosen"] = choice_field("Size", "size", ("small", "large"), help="A size.")


@pytest.mark.parametrize(("asked", "chosen"), [("large", "large"), ("huge", "small"), ("", "small")])
def test_a_choice_that_the_address_does_not_name_is_the_first_one(asked: str, chosen: str) -> None:
    app = AppTest.from_function(choice)
    app.query_params["size"] = asked
    app.run()
    assert not app.exception
    assert app.session_state["chosen"] == chosen
    assert [bool(app.warning)] == [asked != chosen]


@pytest.mark.parametrize("field", ["rate", "epochs", "sizes"])
def test_a_text_that_is_too_long_is_refused_though_its_beginning_would_do(field: str) -> None:
    app = opened()
    app.text_input(field).set_value("5" + " " * 300 + "5").run()
    assert app.session_state["values"] == (0.1, 5, (4, 3))
    assert len(sentences(app)) == 1
