"""The network in a browser: marks that are pointed at, reached by keyboard and chosen, and paths that add up."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.sheet_page import edit_cell, open_question
from tests.e2e.streamlit_page import settle, shown

FONT_SIZES = """(texts) => texts.filter((text) => text.textContent).map((text) =>
    parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""


def mark(page: Page, name: str) -> Locator:
    """Return the unit or the edge that is spoken of by this name."""
    return page.locator(f'.network [data-part][aria-label^="{name}"]')


def point_at(page: Page, part: Locator, told: str) -> None:
    """Point at a part until it is told, anew where what is above has grown meanwhile and moved it from the pointer."""
    exact = page.locator(".network-exact")
    for _ in range(10):
        part.hover()
        page.wait_for_timeout(300)
        if told in exact.inner_text():
            break
        page.mouse.move(1, 1)
    expect(exact).to_contain_text(told)


def test_pointing_tells_exact_numbers_and_a_click_takes_apart(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    unit = mark(page, "h[1] unit 2")
    point_at(page, unit, "0.2913126124515909")
    unit.click()
    part = page.locator(".network-part")
    expect(part.get_by_role("heading", name="Unit 2 of layer 1")).to_be_visible()
    edit_cell(page, "layer 1:0:0", "0.5")
    expect(unit).to_have_attribute("aria-pressed", "true")
    expect(part.get_by_role("heading", name="Unit 2 of layer 1")).to_be_visible()
    page.locator(".network svg").click(position={"x": 4, "y": 4})
    expect(part.locator("h3")).to_have_count(0)


def test_every_path_of_a_weight_is_reached_by_the_keyboard_alone(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    mark(page, "x unit 1").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    for _ in range(17):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".network [data-part]:focus")).to_have_attribute("aria-label", "W[1] row 1, column 1: 0.1")
    page.keyboard.press("Enter")
    settle(page)
    table = page.get_by_role("table", name="Sum of all 9 paths: −0.013315791653435")
    expect(table.get_by_role("row")).to_have_count(10)
    expect(table.get_by_role("row").nth(1)).to_contain_text("unit 1 → unit 1 → unit 1 → L")
    expect(page.locator(".network [data-part]:focus")).to_have_attribute("aria-pressed", "true")


def test_a_part_can_be_taken_from_the_list(page: Page, server: str) -> None:
    open_question(page, f"{server}/q2")
    page.get_by_label("Take apart").select_option("W[3] row 2, column 1")
    expect(page.get_by_role("table", name="One path: −0.1421")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_whole_network_in_readable_letters(new_page: Callable, server: str, scheme: str) -> None:
    page = open_question(new_page(width=390, color_scheme=scheme), f"{server}/q1?q1_show=activations")
    picture = page.locator(".network svg")
    box = picture.bounding_box()
    for name in ("x unit 1", "ŷ unit 3", "bias unit of layer 3"):
        place = mark(page, name).bounding_box()
        assert place["width"] >= 14
        assert box["x"] <= place["x"]
        assert place["x"] + place["width"] <= box["x"] + box["width"] <= 390
    assert min(picture.locator("text").evaluate_all(FONT_SIZES)) >= 9.5


def test_no_data_grid_no_vega_are_loaded_until_a_chart_is_opened(page: Page, server: str) -> None:
    files: list[str] = []
    page.on("request", lambda request: files.append(request.url.rsplit("/", 1)[-1]))
    open_question(page, f"{server}/q1")
    heavy = ("DataFrame", "VegaLite", "arrowFormatUtils", "embed")
    assert [name for name in files if name.startswith(heavy)] == []
    shown(page, "Many steps: where does this lead?").click()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    assert any(name.startswith("embed") for name in files)
