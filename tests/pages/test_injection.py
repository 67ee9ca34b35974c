"""Nothing that a visitor or a teacher writes becomes active: names, titles and tasks reach the page as quoted text."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from mlp.exercises import Handout, encode, sheet_exercise
from mlp.experiments.runs.json_file import to_json
from mlp.practice.assignment import Assignment, assignment_token
from mlp.practice.receipt import Receipt, receipt_code
from tests.app import open_page
from tests.pages.question3 import QUICK, train
from tests.runs import one_a_minute

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "![p](http://evil.example/p.png)",
    "$x^2$",
    ":material/home:",
    "[a](javascript:alert(1))",
    ":red[**b**]",
)
# These the browser shows as text, whatever stands in them: a test in a real browser holds that
TEXT = {"Text.body", "Selectbox.options", "Selectbox.raw_value", "VegaLiteChart.alt"}
MARKUP = HOSTILE[0]
COLUMNS = ",".join(f'"{text}"' for text in (*HOSTILE[:3], HOSTILE[4]))
CLASSES = (HOSTILE[3], HOSTILE[0], HOSTILE[1], HOSTILE[5])
ROWS = "".join(f'{k},{k % 3},{k % 5},"{CLASSES[k // 10]}"\n' for k in range(40))


def texts(message: Message, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text of an element as it is sent to the browser, with the place where it stands."""
    for field, value in message.ListFields():
        for each in value if field.is_repeated else [value]:
            if isinstance(each, str):
                yield f"{path}.{field.name}", each
            elif hasattr(each, "ListFields"):
                yield from texts(each, f"{path}.{field.name}")


def sent(block) -> Iterator[tuple[str, str]]:
    """Yield every text of all elements below a block of the page."""
    for child in block.children.values():
        proto = getattr(child, "proto", None)
        if isinstance(proto, Message):
            yield from texts(proto, type(proto).__name__)
        if hasattr(child, "children"):
            yield from sent(child)


def cells(app: AppTest) -> Iterator[tuple[str, str]]:
    """Yield every text in the tables of a page, whose cells and heads are Markdown; they are sent as bytes."""
    for table in app.table:
        for text in (*table.value.columns, *table.value.index, *table.value.to_numpy().ravel()):
            yield "Table", str(text)


def active(app: AppTest) -> set[tuple[str, str]]:
    """Return what hostile texts stand on a page unquoted, and where; in HTML, Markdown is text."""
    every = (*sent(app._tree), *cells(app))
    found = {(place, bad) for place, text in every for bad in HOSTILE if bad in text and place not in TEXT}
    return {(place, bad) for place, bad in found if place != "Html.body" or bad == MARKUP}


@pytest.mark.parametrize("look", ["Mistakes", "Inside"])
def test_names_from_a_table_stay_text(look: str) -> None:
    app = open_page("q3", dataset="own", look=look, **QUICK | {"ours_batch_size": "10"})
    app.file_uploader[0].upload(f"{HOSTILE[0]}{HOSTILE[4]}.csv", f"{COLUMNS}\n{ROWS}".encode()).run()
    train(app)
    assert "4 classes" in " ".join(each.value for each in app.markdown)
    assert active(app) == set()


def test_a_table_that_is_refused_is_refused_in_text() -> None:
    app = open_page("q3", dataset="own")
    content = f'a,"{HOSTILE[4]}"\n1,{HOSTILE[0]}\n2,{HOSTILE[0]}\n'
    app.file_uploader[0].upload(f"{HOSTILE[1]}.csv", content.encode()).run()
    assert len(app.error) == 1
    assert active(app) == set()


def test_a_teachers_words_stay_text() -> None:
    app = open_page(
        "q1", s=encode(Handout(sheet_exercise("q1"), title=HOSTILE[4] + HOSTILE[0], task="\n".join(HOSTILE)))
    )
    assert "javascript" in " ".join(each.value for each in app.markdown)
    assert {(place, bad) for place, bad in active(app) if not place.startswith(("TextInput", "TextArea"))} == set()


def test_an_address_that_asks_for_it_is_answered_in_text() -> None:
    for page, names in (("q1", ("q1_sizes", "q1_hidden", "s", HOSTILE[0])), ("q3", ("dataset", "scaling", HOSTILE[1]))):
        app = open_page(page, **dict.fromkeys(names, HOSTILE[4] + HOSTILE[0]))
        assert len(app.error) + len(app.warning) > 0
        assert {(place, bad) for place, bad in active(app) if not place.startswith("TextInput")} == set()


def test_names_of_runs_from_a_file_stay_text() -> None:
    runs = [replace(run, name=text) for run, text in zip(one_a_minute(len(HOSTILE)), HOSTILE, strict=True)]
    app = open_page("experiments")
    app.session_state["runs_files_open"] = True
    app.run()
    app.file_uploader[0].upload("runs.json", to_json(runs).encode()).run()
    assert [each.value for each in app.success] == [f"{len(runs)} of the file's {len(runs)} runs were added."]
    assert active(app) == set()


def test_names_on_a_classs_receipts_stay_text() -> None:
    task = Assignment(sizes=(2, 2, 1))
    codes = [receipt_code(Receipt(task, text, {"h1": (("1",), ("1",))})) for text in HOSTILE]
    codes.append(receipt_code(Receipt(task, "Ada", {"h1": ((HOSTILE[5],), ("1",))})))
    app = open_page("practice")
    app.session_state["practice_teach_open"] = True
    app.run()
    app.text_area(key="practice_receipts").set_value("\n".join([*codes, *HOSTILE, "r1." + HOSTILE[1]])).run()
    assert [len(each.value) for each in app.dataframe] == [len(codes)]
    assert {(place, bad) for place, bad in active(app) if not place.startswith("TextArea")} == set()


def test_a_task_that_comes_by_link_stays_text() -> None:
    app = open_page("practice", t=assignment_token(Assignment(title=HOSTILE[4] + HOSTILE[0])), practice_name=HOSTILE[2])
    assert "javascript" in " ".join(each.value for each in app.header)
    assert {(place, bad) for place, bad in active(app) if not place.startswith("TextInput")} == set()


def test_what_is_active_is_found() -> None:
    def page(text: str, cell: str) -> None:
        import streamlit as st

        st.markdown(f"**{text}**")
        st.table({"Name": [cell]})

    app = AppTest.from_function(page, args=HOSTILE[:2]).run()
    assert active(app) == {("Markdown.body", HOSTILE[0]), ("Table", HOSTILE[1])}
