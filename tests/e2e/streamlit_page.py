"""What a browser test does with a Streamlit page: wait until it has settled, type into an editor's cell."""

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
# What pages/common/said.py speaks is on the page as text, one pixel high
NOT_ONLY_SPOKEN = ":not(p[role=status])"
# Streamlit's grid: every row and the header are 35 pixels high
ROW_HEIGHT = 35
# Two browsers and two servers on two cores: half of a page can take longer to appear than the usual five seconds
PATIENCE = 20_000


def settle(page: Page) -> None:
    """Wait until the script has run to its end and everything it sent is on the page."""
    # Let the click leave the browser first: until then the page still looks settled from before
    page.wait_for_timeout(60)
    page.locator(SETTLED).wait_for()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def shown(place: Page | Locator, words: str | re.Pattern[str]) -> Locator:
    """Return the element that shows these words; what is only spoken may say them too, a moment sooner or later."""
    return place.get_by_text(words).and_(place.locator(NOT_ONLY_SPOKEN))


def cell(page: Page, key: str, row: int, column: int) -> Locator:
    """Return the readable twin of a cell of the editor ``key``; data cells count from 0.

    It lags behind the canvas: use a waiting expectation, ``expect(cell(...)).to_have_text("0.1")``.
    """
    return page.locator(f".st-key-{key}").get_by_test_id(f"glide-cell-{column + 1}-{row}")


def edit_cell(page: Page, key: str, row: int, column: int, text: str) -> None:
    """Type ``text`` into a cell of the ``st.data_editor`` with that key, as a visitor would, and wait for the rerun."""
    editor = page.get_by_test_id("portal").locator("input.gdg-input, textarea.gdg-input")
    for _ in range(4):
        if _select(page, key, row, column):
            page.keyboard.press("Enter")
            break
    else:
        raise AssertionError(f"cell ({row}, {column}) of editor {key} could not be selected")
    editor.fill(text)
    # The grid takes over what was filled in a moment later
    page.wait_for_timeout(60)
    editor.press("Enter")
    settle(page)


def _select(page: Page, key: str, row: int, column: int) -> bool:
    """Select a cell by the keyboard, from the last cell of its row; say whether that worked."""
    grid = page.locator(f".st-key-{key}").get_by_test_id("stDataFrame")
    area = grid.locator(".dvn-scroller").first
    area.scroll_into_view_if_needed()
    columns = int(grid.locator("table[role=grid]").get_attribute("aria-colcount")) - 1
    # A click on a cell that is already selected would open its editor
    page.keyboard.press("Escape")
    area.click(position={"x": area.bounding_box()["width"] - 20, "y": ROW_HEIGHT * (row + 1) + ROW_HEIGHT // 2})
    for _ in range(columns - 1 - column):
        page.keyboard.press("ArrowLeft")
    try:
        cell(page, key, row, column).and_(page.locator("[aria-selected=true]")).wait_for(state="attached", timeout=1500)
    except TimeoutError:
        return False
    return True
