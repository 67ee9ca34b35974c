"""Experiments in a real browser: what was trained is there, a ticked row stays ticked, and another visitor has none."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.streamlit_page import settle, shown

QUICK = "ours_batch_size=200&ours_max_iter=3&sklearn_max_iter=3"
TRAINING_TIMEOUT = 60_000
ROW_HEIGHT = 35


def tick(page: Page, row: int) -> None:
    """Tick a row of the table, counted from 0, or take its tick away."""
    area = page.locator(".st-key-runs_table .dvn-scroller").first
    area.scroll_into_view_if_needed()
    area.click(position={"x": 16, "y": ROW_HEIGHT * (row + 1) + ROW_HEIGHT // 2})


def test_a_visitors_runs_are_there_for_her_alone(page: Page, new_page: Callable[..., Page], server: str) -> None:
    page.goto(f"{server}/q3?{QUICK}")
    settle(page)
    page.get_by_test_id("stMain").get_by_role("button", name="Train both").click()
    link = page.get_by_role("link", name="Compare the 2 runs that are kept")
    expect(link).to_be_visible(timeout=TRAINING_TIMEOUT)
    link.click()
    legend = page.get_by_role("list", name="Lines of the chart").get_by_role("listitem")
    expect(legend).to_have_text(["Ours, batch size 200, epochs 3", "scikit-learn, epochs 3"])
    name = page.get_by_role("textbox", name="Rename")
    tick(page, 1)
    expect(name).to_have_value("Ours, batch size 200, epochs 3")
    name.fill("mine")
    name.press("Enter")
    expect(legend).to_have_text(["mine"])
    tick(page, 0)
    expect(legend).to_have_text(["mine", "scikit-learn, epochs 3"])
    tick(page, 1)
    expect(legend).to_have_text(["scikit-learn, epochs 3"])
    page.get_by_role("button", name="Delete").click()
    expect(legend).to_have_text(["mine"])
    page.get_by_role("button", name="Undo").click()
    expect(legend).to_have_text(["scikit-learn, epochs 3"])
    expect(page.locator(".st-key-runs_table tr[aria-selected=true]")).to_contain_text("scikit-learn, epochs 3")
    # What is kept is there after a reload, in another tab, and for nobody else
    page.get_by_role("button", name="Pin as baseline").click()
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    page.reload()
    expect(legend).to_have_text(["scikit-learn, epochs 3 (baseline)", "mine"])
    (cookie,) = (each for each in page.context.cookies() if each["name"] == "backprop_runs")
    assert (len(cookie["value"]), cookie["sameSite"]) == (43, "Lax")
    other = new_page(390)
    other.context.add_cookies([{"name": "backprop_runs", "value": "%27 OR 1=1 --", "url": server}])
    other.goto(f"{server}/experiments")
    expect(shown(other, "Nothing is kept yet")).to_be_visible()
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    shown(page, "Save and open").click()
    page.get_by_role("button", name="Delete all that is mine").click()
    page.get_by_role("button", name="Delete all", exact=True).click()
    expect(shown(page, "Nothing is kept yet")).to_be_visible()
    page.wait_for_function("!document.cookie.includes('backprop_runs')")
    page.reload()
    expect(shown(page, "Nothing is kept yet")).to_be_visible()
    assert not [each for each in page.context.cookies() if each["name"] == "backprop_runs"]
