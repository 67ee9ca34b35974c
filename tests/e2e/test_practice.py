"""Practice in a browser: a whole variant on a phone, with two mistakes that are found and cured."""

from collections.abc import Callable

import numpy as np
from playwright.sync_api import Locator, Page, expect

from mlp.practice.assignment import Assignment, exercise_of
from mlp.practice.chain import Chain, quantities
from tests.e2e.sheet_page import open_question, paste
from tests.e2e.streamlit_page import settle, shown

EXERCISE = exercise_of(Assignment(sizes=(2, 2, 1)))
TRUE = Chain(EXERCISE)
PAGE_ALONE = b"Work it on paper"


def fill(page: Page, name: str, values: np.ndarray) -> None:
    """Type the cells of a quantity one after the other, as on a phone: one tap, then Enter."""
    page.locator(f'.sheet input[data-cell="{name}:0:0"]').click()
    for number in values.ravel():
        page.keyboard.type(f"{number:#.4g}")
        page.keyboard.press("Enter")


def fill_at_once(page: Page, name: str, values: np.ndarray) -> None:
    """Paste all cells of a quantity: a rerun in place of one a cell. A single number is the browser's to paste."""
    if np.size(values) == 1:
        return fill(page, name, values)
    rows = ("\t".join(f"{number:#.4g}" for number in row) for row in np.atleast_2d(values))
    return paste(page, f"{name}:0:0", "\n".join(rows))


# The button for the sign stands beside the cell that has the focus, and over no other
SIGN_IS_FREE = """(cell) => {
  const sign = document.querySelector(".sheet-sign").getBoundingClientRect()
  const over = (input) => {
    const box = input.getBoundingClientRect()
    return box.left < sign.right && box.right > sign.left && box.top < sign.bottom && box.bottom > sign.top
  }
  const field = document.querySelector(cell).getBoundingClientRect()
  const beside = Math.abs((field.top + field.bottom) / 2 - (sign.top + sign.bottom) / 2) < 2
  return document.activeElement.matches(cell) && beside && ![...document.querySelectorAll(".sheet input")].some(over)
}"""


# What is seen of the names of rows, left of their first cell
ROW_NUMBERS = """(block) => [...document.querySelector(block).querySelectorAll("tbody tr")].map((row) => {
  const name = row.querySelector("th"), seen = [...name.querySelector("span").childNodes].at(-1)
  const range = document.createRange()
  range.selectNode(seen)
  const box = range.getBoundingClientRect(), cell = row.querySelector("input").getBoundingClientRect()
  const beside = cell.top < box.top && box.bottom < cell.bottom && box.right <= cell.left
  return box.width > 4 && box.left >= 0 && beside && seen.textContent
})"""


def touch(page: Page, *, enabled: bool) -> None:
    """Have the browser take the screen for one that is touched, or no longer."""
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": enabled})


def test_a_whole_variant_is_worked_on_a_phone(server: str, new_page: Callable[..., Page]) -> None:
    page = new_page(width=360, height=740)
    received: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame)))
    page.goto(f"{server}/practice?practice_layers=2-2-1")
    settle(page)
    assert any(PAGE_ALONE in frame for frame in received)
    received.clear()

    def said(name: str) -> Locator:
        return page.locator(f'[data-step="{name}"] .sheet-said')

    # Each row has its number, beside its cells, and nothing is wider than the screen
    assert page.evaluate(ROW_NUMBERS, '[data-step="dW1"]') == ["1", "2"]
    fill(page, "z1", TRUE["z1"] - EXERCISE.network.layers[0].b[:, None])
    page.locator('[data-step="z1"]').get_by_role("button", name="Check").click()
    expect(said("z1")).to_contain_text("The bias was left out")
    # A check runs the sheet alone again: the rest of the page is not sent anew
    assert received
    assert not any(PAGE_ALONE in frame for frame in received)
    page.get_by_role("link", name="z[1]").press("Enter")
    expect(page.locator('[data-cell="z1:0:0"]')).to_be_focused()
    touch(page, enabled=True)
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(said("z1")).to_have_text("")  # what is below moves up, and the button for the sign with it
    page.wait_for_function(SIGN_IS_FREE, arg='[data-cell="h1:0:0"]')
    touch(page, enabled=False)
    own = Chain(EXERCISE, {"dz1": TRUE["dh1"]})
    for name in quantities(EXERCISE):
        fill_at_once(page, name, own[name])
    page.get_by_role("button", name="Check all").click()
    expect(said("dz1")).to_contain_text("g′ was left out")
    expect(said("dW1")).to_contain_text("Follows from your earlier numbers")
    expect(said("z1")).to_contain_text("Right")
    for name in quantities(EXERCISE):
        if not np.allclose(own[name], TRUE[name]):
            fill_at_once(page, name, TRUE[name])
    page.get_by_role("button", name="Check all").click()
    expect(shown(page, "16 of 16 right")).to_be_visible()
    settle(page)
    # Another variant, and a reload there: the work on the first is kept by the tab, and Back leaves through no answer
    steps = page.evaluate("history.length")
    fill(page, "z1", TRUE["z1"])
    settle(page)
    assert page.evaluate("history.length") == steps
    page.get_by_role("button", name="New variant").click()
    expect(shown(page, "0 of 16 right")).to_be_visible()
    settle(page)
    page.reload()
    expect(shown(page, "0 of 16 right")).to_be_visible()
    settle(page)
    page.go_back()
    expect(shown(page, "16 of 16 right")).to_be_visible()
    settle(page)
    page.reload()
    expect(shown(page, "16 of 16 right")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_number_of_ones_own_is_checked_one_tap_from_the_solution(server: str, new_page: Callable[..., Page]) -> None:
    page = open_question(new_page(width=390, height=800), f"{server}/q1")
    page.get_by_role("link", name="check my number").click()
    cell = page.locator('.st-key-own_numbers input[data-cell="z1:0:0"]')
    cell.click()
    page.keyboard.type("0.2")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-own_numbers .sheet-said")).to_contain_text("Not right yet.")
    expect(cell).to_have_attribute("aria-label", "z[1], unit 1: not right")
    # A short sheet takes no more room than it needs
    assert page.locator(".st-key-own_numbers").evaluate("(box) => box.offsetHeight") < 800
