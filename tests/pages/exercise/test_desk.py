"""The desk of questions 1 and 2: it alone knows the session's keys, and a run of the page computes nothing twice."""

import ast
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from mlp import check_gradients
from mlp.exercises import sheet_exercise, solution_steps, solve
from pages.exercise import controls, page, tables
from pages.exercise.desk import Desk, known_sheet
from tests.app import button, open_page
from tests.pages.exercise.worked import edit, opened, press

ROOM = Path(page.__file__).parent
SECTIONS = ("batch", "many", "sharing", "softmax", "take")


@pytest.fixture
def calls(monkeypatch) -> Counter:
    """Count the calls of what a run of the page needs to compute, by name, wherever it was imported."""
    counted = Counter()
    known_sheet.cache_clear()
    watched = (sheet_exercise, solve, solution_steps, check_gradients, tables.tables_of, tables.with_entries)
    for function in (*watched, controls.parse_sizes):
        replace_everywhere(monkeypatch, function, counting(function, counted))
    return counted


def counting(function: Callable, counted: Counter) -> Callable:
    """Return the function with its calls counted."""

    def wrapper(*args, **options):
        counted[function.__name__] += 1
        return function(*args, **options)

    return wrapper


def replace_everywhere(monkeypatch, function: Callable, by: Callable) -> None:
    """Put another function in the place of one in every module of ours that has it."""
    # Copies, which are made at once: what is compiled in the meantime imports modules of its own
    for name, module in sys.modules.copy().items():
        if name.split(".")[0] in ("mlp", "pages"):
            for key, value in vars(module).copy().items():
                if value is function:
                    monkeypatch.setattr(module, key, by)


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_the_first_run_computes_everything_once(question, calls) -> None:
    open_page(question)
    once = ("sheet_exercise", "solve", "solution_steps", "check_gradients", "tables_of", "with_entries", "parse_sizes")
    assert calls == dict.fromkeys(once, 1)


def test_an_edit_computes_what_depends_on_it_once_and_the_tables_not_at_all(calls) -> None:
    app = open_page("q2")
    for section in SECTIONS:
        opened(app, section)
    calls.clear()
    edit(app, "layer 1", 0, **{"x₁": "0.5"})
    once = ("solve", "solution_steps", "check_gradients", "with_entries", "parse_sizes")
    assert calls == dict.fromkeys(once, 1)


def test_a_run_without_a_change_checks_no_gradient_again(calls) -> None:
    app = open_page("q1")
    calls.clear()
    app.run()
    assert calls["check_gradients"] == 0
    assert max(calls.values()) == 1


def test_a_wish_is_fulfilled_by_one_more_run(calls) -> None:
    app = open_page("q1")
    calls.clear()
    button(app, "Apply the step").click().run()
    # The click's own run stops at the button with what it had, and the next one makes tables of the new numbers
    assert calls["tables_of"] == 1
    assert max(calls.values()) == 2


def test_other_layer_sizes_make_new_tables_once(calls) -> None:
    app = open_page("q1")
    calls.clear()
    next(w for w in app.text_input if w.label == "Layer sizes").set_value("4-2-3").run()
    assert max(calls.values()) == 1


def test_only_the_desk_spells_a_key_of_the_session() -> None:
    assert {path.name for path in ROOM.rglob("*.py") if reaches_the_session(path.read_text())} == {"desk.py"}


@pytest.mark.parametrize(
    "source", ["st.session_state['q1 draft']", "key = f'{question} draft'", "key = f'{desk.question}_view'"]
)
def test_a_key_of_the_session_is_seen(source) -> None:
    assert reaches_the_session(source)


def reaches_the_session(source: str) -> bool:
    """Say whether code reads the session's state, or writes a name that begins with the question."""
    nodes = list(ast.walk(ast.parse(source)))
    touched = any(isinstance(node, ast.Attribute) and node.attr == "session_state" for node in nodes)
    files = (".html", ".md", ".csv", ".json", ".py", "-")
    texts = [ast.unparse(node) for node in nodes if isinstance(node, ast.JoinedStr)]
    named = [t for t in texts if t[2:].startswith(("{question}", "{desk.question}", "{self.question}"))]
    return touched or any(not any(end in text for end in files) for text in named)


def test_a_control_keeps_its_name_in_the_address() -> None:
    assert Desk("q1").key("learning_rate") == "q1_learning_rate"


def test_the_desks_of_both_questions_are_apart() -> None:
    app = edit(open_page("q1"), "layer 1", 0, **{"x₁": "0.5"})
    app.switch_page("pages/q2.py").run()
    assert "s" not in app.query_params
    press(app, "Apply the step")
    assert app.session_state["q1 draft"].version == 0
    assert app.session_state["q2 draft"].version == 1
