"""Question 3 in a real browser: open it, press its buttons, read its progress and its table of results."""

import re
import time

from playwright.sync_api import Locator, Page

from tests.e2e.streamlit_page import settle

TRAINING_TIMEOUT = 60_000


def open_q3(page: Page, server: str, query: str = "") -> Page:
    """Open question 3 with these settings and wait until it is drawn."""
    page.goto(f"{server}/q3?{query}")
    settle(page)
    return page


def button(page: Page, name: str) -> Locator:
    """Return the button of that name on the page itself: the header has a Stop of its own."""
    return page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)


def result(page: Page, row: str) -> Locator:
    """Return the cells of a row of the table of results."""
    table = page.get_by_test_id("stTable").first
    return table.get_by_role("row", name=re.compile(f"^{row}")).get_by_role("cell")


def epoch(page: Page, model: int) -> int:
    """Return the epoch that a model's progress bar tells, 0 before it is trained."""
    found = re.search(r"epoch ([\d,]+) of", page.get_by_test_id("stProgress").nth(model).inner_text())
    return int(found[1].replace(",", "")) if found else 0


def wait_for_epoch(page: Page, model: int, least: int) -> None:
    """Wait until a model has made so many epochs."""
    end = time.monotonic() + TRAINING_TIMEOUT / 1000
    while epoch(page, model) < least:
        assert time.monotonic() < end, f"no epoch {least} in time"
        page.wait_for_timeout(100)
