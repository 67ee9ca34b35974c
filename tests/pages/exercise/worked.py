"""Questions 1 and 2 in AppTest: type into the sheet, press what wishes for something, open a section."""

from streamlit.testing.v1 import AppTest

from tests.app import button
from tests.sheet import cell_of, type_into


def edit(app: AppTest, table: str, row: int, **texts: str) -> AppTest:
    """Type texts into a row of a table, by the heads of its columns, and run."""
    return type_into(app, app_question(app), {cell_of(app, table, row, column): text for column, text in texts.items()})


def press(app: AppTest, label: str) -> AppTest:
    """Press a button; what it wishes for is fulfilled by a second run."""
    return button(app, label).click().run()


def opened(app: AppTest, section: str) -> AppTest:
    """Open a section of the page, as a click on its head does."""
    app.session_state[f"{app_question(app)}_{section}_open"] = True
    return app.run()


def app_question(app: AppTest) -> str:
    """Return the question whose page is open."""
    return "q1" if "q1 draft" in app.session_state else "q2"
