"""The app without a browser: Streamlit's AppTest, started at app.py and moved to a page."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

APP = Path(__file__).parents[1] / "app.py"


def open_page(stem: str = "home", **query: str) -> AppTest:
    """Return the app showing ``pages/<stem>.py``, with query parameters if given; a page that raised fails here."""
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.query_params.update(query)
    app.switch_page(f"pages/{stem}.py").run()
    assert [error.value for error in app.exception] == []
    return app


def button(app: AppTest, label: str) -> Button:
    """Return the button with that label."""
    (found,) = [each for each in app.button if each.label == label]
    return found


def sentences(app: AppTest) -> list[str]:
    """Return every error and warning as it is read; nothing may have been raised."""
    assert [e.value for e in app.exception] == []
    # plain() quotes what is active in Markdown, and breaks what would become a link
    return [each.value.replace("\\", "").replace("\N{WORD JOINER}", "") for each in (*app.error, *app.warning)]


def charts(app: AppTest) -> list[str]:
    """Return the text alternatives of the charts."""
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]
