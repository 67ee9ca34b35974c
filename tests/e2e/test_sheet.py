"""The sheet's cells in a browser: typing, moving, pasting, copying as in a spreadsheet, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page, expect

from mlp.exercises import sheet_exercise, solve
from tests.e2e.sheet_page import cell, edit_cell, numbers, open_question, paste, step, value
from tests.e2e.streamlit_page import settle, shown

COPY = """() => {
    const data = new DataTransfer()
    const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(event)
    return data.getData("text/plain")
}"""


# The steps of which a number is marked as changed, as soon as one is; a mark goes after two seconds
MARKED = """() => {
    window.marked = new Promise((resolve) => {
        const marked = () => [...document.querySelectorAll("[data-step] .sheet-changed")]
        const steps = () => [...new Set(marked().map((cell) => cell.closest("[data-step]").dataset.step))]
        const watch = new MutationObserver(() => marked().length && resolve(steps()))
        watch.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] })
        setTimeout(() => resolve([]), 20_000)
    })
}"""


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.cell ?? ''")


def row(page: Page, table: str, count: int) -> list[str]:
    return [cell(page, f"{table}:{column}").input_value() for column in range(count)]


def test_a_click_at_once_after_typing_loses_neither(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    cell(page, "layer 1:0:0").click()
    page.keyboard.type("0.5")
    page.get_by_role("button", name="Apply the step").click()
    settle(page)
    expect(shown(page, "1 step applied so far.")).to_be_visible()
    sheet = sheet_exercise("q1")
    first, *others = sheet.network.layers
    W = first.W.copy()
    W[0, 0] = 0.5
    stepped = solve(replace(sheet, network=replace(sheet.network, layers=(replace(first, W=W), *others)))).loss_after
    expect(page.locator(".line-before")).to_have_text(f"{stepped:.5f}")
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect(cell(page, "layer 1:0:0")).to_have_value("0.5")


def test_what_is_typed_while_a_step_is_under_way_counts_for_the_new_numbers(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    page.get_by_role("button", name="Apply the step").click()
    # At once: the server has not answered yet
    cell(page, "layer 3:0:0").click()
    page.keyboard.type("0.7")
    page.keyboard.press("Tab")
    settle(page)
    expect(cell(page, "layer 3:0:0")).to_have_value("0.7")
    expect(shown(page, "1 step applied so far.")).to_be_visible()
    expect(step(page, "W3 new").locator("td").first).to_have_text("0.7")


def test_keys_move_as_in_a_spreadsheet_and_escape_restores(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    cell(page, "layer 1:1:1").click()
    for key, expected in (
        *(("ArrowRight", "layer 1:1:2"), ("ArrowDown", "layer 1:2:2"), ("ArrowLeft", "layer 1:2:1")),
        *(("ArrowUp", "layer 1:1:1"), ("Tab", "layer 1:1:2"), ("Shift+Tab", "layer 1:1:1"), ("Enter", "layer 1:1:2")),
        *(("ArrowRight", "layer 1:1:3"), ("ArrowRight", "layer 1:1:4")),
    ):
        page.keyboard.press(key)
        assert focused(page) == expected, key
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    expect(cell(page, "layer 1:1:4")).to_have_value("0.1")
    page.keyboard.press("Enter")
    settle(page)
    expect(value(page, "L")).to_have_text("0.37636")


def test_a_block_pasted_from_a_spreadsheet_fills_the_cells_from_the_one_in_focus(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    paste(page, "layer 1:0:0", "0,5\t1/4\t−0,3\t2e-1\t0.7\r\n1\t2\t3\t4\t5\r\n")
    assert row(page, "layer 1:0", 5) == ["0,5", "1/4", "−0,3", "2e-1", "0.7"]
    assert row(page, "layer 1:1", 5) == ["1", "2", "3", "4", "5"]
    expect(numbers(page, "z1").first).to_have_text("0.9")
    paste(page, "inputs:0:1", "0.1, 0.2, 0.3, 9")
    assert row(page, "inputs:0", 4) == ["1", "0.1", "0.2", "0.3"]
    expect(page.locator(".sheet-exact")).to_contain_text("1 of the pasted numbers did not fit")
    paste(page, "targets:0:0", "[[1, 0, 0],\n [0, 1, 0]]")
    assert row(page, "targets:1", 3) == ["0", "1", "0"]
    paste(page, "layer 3:0:0", "0,25 5 × 10^-2 1 / 4")
    assert row(page, "layer 3:0", 3) == ["0,25", "5×10^-2", "1/4"]


def test_cells_picked_together_are_copied_with_all_their_digits(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    edit_cell(page, "layer 2:0:0", "1/3")
    cell(page, "layer 2:0:0").click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert page.evaluate(COPY) == "0.3333333333333333\t0.1\n0.1\t0.1"
    first = numbers(page, "dW1").first
    first.focus()
    page.keyboard.press("Shift+ArrowRight")
    copied = page.evaluate(COPY).split("\t")
    assert (float(copied[0]), copied[1]) != (0.0, "")
    assert len(copied[0]) > 12


def test_a_rounded_cell_that_is_opened_and_left_keeps_all_its_digits(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1?q1_decimals=2")
    page.get_by_role("button", name="Apply the step").click()
    loss = repr(solve(sheet_exercise("q1")).loss_after)
    expect(page.locator(".line-before")).to_have_attribute("title", loss)
    cell(page, "layer 1:0:0").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    settle(page)
    expect(page.locator(".line-before")).to_have_attribute("title", loss)
    expect(page.locator(".sheet-exact")).to_contain_text("W[1], unit 1, from x₁: 0.10133157")


def test_all_digits_are_told_by_focus_and_by_tap_and_the_new_loss_is_said(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    numbers(page, "dW2").first.focus()
    page.keyboard.press("ArrowDown")
    exact = page.locator(".sheet-exact")
    expect(exact).to_contain_text("∂L/∂W[2], unit 2, from h₁: −0.014129244")
    step(page, "h1").locator(".sheet-shown").first.click()
    expect(exact).to_contain_text("z[1]: 0.30000000000000004")
    edit_cell(page, "layer 1:0:0", "0.5")
    expect(page.locator(".line [role=status]")).to_have_text("Loss 0.37196, after the step 0.28816.")


def test_the_index_jumps_and_what_changed_is_marked(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    page.get_by_role("navigation", name="Places on the sheet").get_by_role("link", name="∂L/∂W[2]").press("Enter")
    expect(step(page, "dW2")).to_be_in_viewport()
    expect(step(page, "dW2").locator(".sheet-formula")).to_be_focused()
    cell(page, "layer 2:0:0").fill("0.4")
    page.evaluate(MARKED)
    cell(page, "layer 2:0:0").press("Enter")
    marked = page.evaluate("window.marked")
    assert "z2" in marked
    assert "z1" not in marked
    expect(page.locator(".sheet-changed")).to_have_count(0)


def test_two_tabs_do_not_disturb_each_other(new_page: Callable[..., Page], server: str) -> None:
    one, other = (open_question(new_page(), f"{server}/q1") for _ in range(2))
    edit_cell(one, "layer 1:0:0", "0.5")
    edit_cell(other, "layer 1:0:0", "0.9")
    expect(numbers(one, "z1").first).to_have_text("0.7")
    expect(numbers(other, "z1").first).to_have_text("1.1")


def test_a_phone_of_360_pixels_has_no_cut_columns(new_page: Callable[..., Page], server: str) -> None:
    page = open_question(new_page(width=360, height=740), f"{server}/q1")
    for key in ("layer 1:0:0", "layer 1:0:4", "layer 2:0:4", "layer 3:2:3"):
        box = cell(page, key).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
    assert cell(page, "layer 1:0:0").evaluate("(input) => getComputedStyle(input).fontSize") == "16px"
    assert cell(page, "layer 1:0:0").get_attribute("inputmode") == "decimal"
    # The keypad of some phones has no minus
    sign = page.get_by_role("button", name="Change the sign")
    cell(page, "layer 1:0:0").click()
    expect(sign).to_be_hidden()
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    cell(page, "layer 1:1:0").click()
    page.keyboard.type("0.4")
    sign.click()
    expect(cell(page, "layer 1:1:0")).to_be_focused()
    page.keyboard.press("Enter")
    expect(sign).to_be_visible()
    expect(cell(page, "layer 1:1:0")).to_have_value("-0.4")
    expect(numbers(page, "z1").nth(1)).to_have_text("−0.2")


def test_the_first_screen_shows_the_loss_the_numbers_and_a_gradient(new_page: Callable[..., Page], server: str) -> None:
    for width, height in ((1280, 720), (390, 844)):
        page = open_question(new_page(width=width, height=height), f"{server}/q1")
        bottom = page.locator(".sheet-exact").bounding_box()["y"]
        for seen in (page.locator(".line-after"), cell(page, "inputs:0:0"), cell(page, "targets:0:0"),
                     cell(page, "layer 1:0:0"), page.locator(".sheet-slope").first):  # fmt: skip
            box = seen.bounding_box()
            assert box["y"] + box["height"] <= bottom, (width, seen)


def test_printing_prints_the_sheet_and_no_controls(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Apply the step")).to_be_hidden()
    expect(page.locator(".line-index")).to_be_hidden()
    expect(step(page, "b3 new")).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("(main) => main.scrollHeight - main.clientHeight") <= 1


def test_a_derivation_opens_by_keyboard_and_stays_open_while_its_numbers_change(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    derivation = step(page, "dW3").locator(".sheet-derivation")
    derivation.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(derivation.get_by_role("listitem")).to_have_count(3)
    expect(derivation.locator(".sheet-gives")).to_have_text(["gives 0.03496"] * 3)
    derivation.get_by_label("Numbers for").select_option("i = 2, k = 1")
    expect(derivation.locator(".sheet-gives")).to_have_text(["gives −0.17825"] * 3)
    edit_cell(page, "layer 3:1:3", "0.6")
    expect(numbers(page, "dW3").nth(3)).not_to_have_text("−0.17825")
    changed = numbers(page, "dW3").nth(3).text_content()
    expect(derivation.locator(".sheet-gives")).to_have_text([f"gives {changed}"] * 3)
