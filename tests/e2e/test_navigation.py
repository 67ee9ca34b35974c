"""Every address opens the right page in the right frame, also on a process that nobody has visited."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.common.navigation import PAGES
from tests.e2e.streamlit_page import settle

TITLES = [title for _, title, _ in PAGES]
QUESTIONS = [(stem, title) for stem, title, _ in PAGES[1:]]
# A fresh server each: a page with a table of cells, and one that trains; the guard at the top is the same in all
DEEP_LINKS = [(stem, title) for stem, title in QUESTIONS if stem in ("q1", "q3")]
SETTINGS = {"q1": "q1_decimals=7&q1_learning_rate=0.3", "q3": "ours_max_iter=7&sklearn_max_iter=9"}


def expect_page(page: Page, title: str) -> None:
    """Expect the whole navigation, the page's own title in the tab and no dialog about a missing page."""
    settle(page)
    expect(page.get_by_test_id("stTopNavLink")).to_have_text([re.compile(each) for each in TITLES])
    expect(page).to_have_title(f"{title} · Backprop by Hand")
    expect(page.get_by_test_id("stMain").get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("stem", "title"), DEEP_LINKS)
def test_deep_link_to_a_fresh_process_is_framed(stem: str, title: str, fresh_server: Callable, page: Page) -> None:
    address = f"{fresh_server()}/{stem}?{SETTINGS[stem]}"
    page.goto(address)
    expect_page(page, title)
    expect(page).to_have_url(address)
    page.reload()
    expect_page(page, title)
    expect(page).to_have_url(address)


def test_every_card_of_home_leads_to_its_page(server: str, page: Page) -> None:
    page.goto(server)
    expect_page(page, "Home")
    for stem, _ in QUESTIONS:
        link = page.locator(f".st-key-card-{stem} a")
        label = link.locator("[data-testid=stMarkdownContainer]")
        assert label.evaluate("e => e.scrollWidth <= e.clientWidth"), f"the words of {stem}'s link are cut"
        assert link.get_attribute("href").rpartition("/")[2] == stem
    stem, title = QUESTIONS[-1]
    # In a corner of the card, far from its link: the whole card is the way in
    page.locator(f".st-key-card-{stem}").click(position={"x": 12, "y": 12})
    expect_page(page, title)
    expect(page).to_have_url(f"{server}/{stem}")


def test_home_is_one_column_on_a_phone(server: str, new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, color_scheme="dark")
    page.goto(server)
    settle(page)
    boxes = [page.locator(f".st-key-card-{stem}").bounding_box() for stem, _ in QUESTIONS]
    assert len({box["x"] for box in boxes}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_test_id("stMain").get_by_role("link", name="Question 2").click()
    settle(page)
    expect(page).to_have_title("Question 2 · Backprop by Hand")
