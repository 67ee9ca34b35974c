"""The app without a browser: Streamlit's AppTest, started at app.py and moved to a page."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[1] / "app.py"


def open_page(stem: str = "home", **query: str) -> AppTest:
    """Return the app showing ``pages/<stem>.py``, with query parameters if given; a page that raised fails here."""
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.query_params.update(query)
    app.switch_page(f"pages/{stem}.py").run()
    assert [error.value for error in app.exception] == []
    return app
