"""An address is read as it was meant, and what a page doesn't know is named: no part of it is lost in silence."""

from collections.abc import Iterator
from time import process_time

import pytest
from streamlit.testing.v1 import AppTest

from mlp.exercises import Handout, encode, sheet_exercise
from pages.common.address import MOST_NAMED, meant, tail_of, unknown_words
from pages.exercise.desk import ADDRESS as DESK
from pages.runs.overlay import ADDRESS as RUNS
from tests.app import open_page
from tests.pages.exercise.worked import opened

NAMES = ("a", "b", "s")
# Question 3 draws these once something is trained
AFTER_TRAINING = ("look", "inside_model", "inside_image", "inside_unit", "inside_show", "seeds_curve", "seeds_zoom")


def warnings(app: AppTest) -> list[str]:
    return [warning.value.replace("\\", "") for warning in app.warning]


@pytest.mark.parametrize(
    ("found", "mended", "said"),
    [
        ({"a": ["1"], "b": ["2", "3"]}, {"a": ["1"], "b": ["2", "3"]}, 0),
        ({"a": ["1"], "amp;b": ["2"]}, {"a": ["1"], "b": ["2"]}, 1),
        ({"amp;amp;b": ["2"]}, {"b": ["2"]}, 1),
        ({"a": ["1"], "s": ["1.x)."]}, {"a": ["1"], "s": ["1.x"]}, 1),
        ({"a": ["1)"], "s": ["1.x"]}, {"a": ["1)"], "s": ["1.x"]}, 0),
        ({"a": ["1"], "c": ["2"]}, {"a": ["1"]}, 1),
        ({"amp;c": ["2)"]}, {}, 3),
        ({}, {}, 0),
    ],
)
def test_what_was_meant(found, mended, said) -> None:
    parameters, words = meant(found, NAMES)
    assert parameters == mended
    assert len(words) == said


@pytest.mark.parametrize(
    ("value", "tail"),
    [
        ("0.5", ""),
        ("0.5.", "."),
        ("0.5)", ")"),
        ("(50,)", ""),
        ("50, 30).", ")."),
        ("a](b)", ""),
        ("x>\n", ">"),
        ("", ""),
    ],
)
def test_the_tail_of_a_value_is_what_belongs_to_the_sentence_around_the_link(value, tail) -> None:
    assert tail_of(value) == tail


@pytest.mark.parametrize("worst", [")" * 100_000, "." * 100_000, "(" * 100_000 + ")" * 50_000, "a" * 100_000])
def test_the_longest_value_takes_no_time(worst) -> None:
    start = process_time()
    tail_of(worst)
    assert process_time() - start < 0.05


def test_many_unknown_names_are_counted_and_long_ones_cut() -> None:
    words = unknown_words([f"name{k}" + "x" * 100 for k in range(MOST_NAMED + 3)])
    assert "and 3 more" in words
    assert len(words) < 300


@pytest.mark.parametrize("stem", ["home", "q1", "q2", "q3", "experiments", "practice"])
def test_every_page_names_what_it_does_not_know_once(stem) -> None:
    app = open_page(stem, nonsense="1", utm_source="letter")
    (sentence,) = warnings(app)
    assert "'nonsense', 'utm_source'" in sentence
    assert "nonsense" not in app.query_params
    assert warnings(app.run()) == []


def test_a_name_of_another_page_is_named_too() -> None:
    assert "q2_sizes" in warnings(open_page("q1", q2_sizes="4-3"))[0]


def test_question_3_reads_an_escaped_address() -> None:
    app = open_page("q3", **{"ours_max_iter": "3", "amp;ours_batch_size": "7)"})
    assert len(warnings(app)) == 2
    values = {field.key: field.value for field in app.text_input}
    assert (values["ours_max_iter"], values["ours_batch_size"]) == ("3", "7")


def bound(app: AppTest) -> Iterator[str]:
    """Yield the names of all controls on a page that are in its address."""
    for element in app.main:
        yield from keys_below(element)


def keys_below(element) -> Iterator[str]:
    """Yield the names in the address of an element and of what is in it."""
    if key := getattr(getattr(element, "proto", None), "query_param_key", ""):
        yield key
    for child in getattr(element, "children", {}).values():
        yield from keys_below(child)


def test_the_desk_knows_all_of_its_controls_in_the_address() -> None:
    app = open_page("q2", q2_view="step by step")
    for section in ("many", "softmax"):
        opened(app, section)
    names = {name.partition("_")[2] for page in (app, open_page("q2"), open_page("q1")) for name in bound(page)}
    assert names == set(DESK)


@pytest.mark.parametrize("experiment", ["One training", "The ladder", "Over seeds", "Over splits"])
def test_question_3_knows_all_of_its_controls_in_the_address(experiment) -> None:
    names = set(bound(open_page("q3", experiment=experiment)))
    assert len(names) > 15
    app = open_page("q3", **dict.fromkeys([*names, "order", *AFTER_TRAINING], "?"))
    assert not any("doesn't know" in sentence for sentence in warnings(app))


def test_experiments_knows_all_of_its_controls_in_the_address() -> None:
    assert not any(
        "doesn't know" in sentence for sentence in warnings(open_page("experiments", **dict.fromkeys(RUNS, "?")))
    )


def test_a_link_that_was_broken_in_two_opens_its_exercise_and_says_so() -> None:
    handout = Handout(sheet_exercise("q1"), title="Before Tuesday")
    token = encode(handout)
    app = open_page("q1", s=f"{token[:60]}\n{token[60:]}")
    (said,) = warnings(app)
    assert said.startswith("The link had signs in it that don't belong there, as mail programs put them in")
    assert any("Before Tuesday" in each.value for each in app.markdown)


def test_practice_knows_all_of_its_controls_in_the_address() -> None:
    names = set(bound(open_page("practice")))
    assert len(names) == 8
    app = open_page("practice", **dict.fromkeys([*names, "t", "w", "practice_name"], "?"))
    assert not any("doesn't know" in sentence for sentence in warnings(app))
