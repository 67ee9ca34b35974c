"""What a browser test does with a Streamlit page: wait until it has settled, find what is shown."""

import re

from playwright.sync_api import Locator, Page, expect

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
# What pages/common/said.py speaks is on the page as text, one pixel high
NOT_ONLY_SPOKEN = ":not(p[role=status])"
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
