"""What a browser test does with the sheet of questions 1 and 2: find its cells and steps, type into it."""

from playwright.sync_api import Locator, Page

from tests.e2e.streamlit_page import settle

PASTE = """([key, text]) => {
    const data = new DataTransfer()
    data.setData("text/plain", text)
    const cell = document.querySelector(`.sheet input[data-cell="${key}"]`)
    cell.focus()
    cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def cell(page: Page, key: str) -> Locator:
    """Return the field of a cell: its table, row and column, counted from 0, such as "layer 1:0:2"."""
    return page.locator(f'.sheet input[data-cell="{key}"]')


def edit_cell(page: Page, key: str, text: str) -> None:
    """Type a text into a cell as a visitor does, leave it by Enter, and wait for the rerun."""
    cell(page, key).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    settle(page)


def paste(page: Page, key: str, text: str) -> None:
    """Paste a text as from a spreadsheet, its first number into this cell, and wait for the rerun."""
    page.evaluate(PASTE, [key, text])
    settle(page)


def step(page: Page, name: str) -> Locator:
    """Return a step of the solution."""
    return page.locator(f'.sheet [data-step="{name}"]')


def value(page: Page, name: str) -> Locator:
    """Return what comes out of a step."""
    return step(page, name).locator(".sheet-value")


def numbers(page: Page, name: str) -> Locator:
    """Return the cells of what comes out of a step, in reading order."""
    return value(page, name).locator(".sheet-shown")


def open_question(page: Page, address: str) -> Page:
    """Open a question's page and wait until it has settled."""
    page.goto(address)
    settle(page)
    return page
