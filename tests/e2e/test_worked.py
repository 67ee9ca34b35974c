"""Question 1 in a real browser: edit a weight, apply a step, open a shared address."""

from playwright.sync_api import Page, expect

from tests.e2e.sheet_page import cell, edit_cell, numbers, open_question, step, value
from tests.e2e.streamlit_page import settle, shown


def test_an_edited_weight_gives_the_new_gradient(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    expect(numbers(page, "dW1").first).to_have_text("−0.01332")
    edit_cell(page, "layer 1:0:0", "0,52")
    expect(numbers(page, "z1").first).to_have_text("0.72")
    expect(numbers(page, "dW1").first).to_have_text("−0.00839")
    expect(shown(page, "6 of 6")).to_be_visible()


def test_every_edit_in_a_row_counts_and_keeps_its_digits(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    for column, text in enumerate(("4.52", "1/4", "-0.3", "2e-1")):
        edit_cell(page, f"layer 1:1:{column}", text)
        expect(cell(page, f"layer 1:1:{column}")).to_have_value(text)
    expect(step(page, "z1").locator("table").first.locator("tr").nth(1)).to_have_text("4.520.25−0.30.2")


def test_steps_are_applied_and_the_sheets_numbers_come_back(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    main = page.get_by_test_id("stMain")
    main.get_by_role("button", name="Apply the step").click()
    settle(page)
    expect(value(page, "L")).to_have_text("0.29434")
    edit_cell(page, "layer 2:0:0", "0.7")
    main.get_by_role("button", name="Apply the step").click()
    settle(page)
    expect(shown(main, "2 steps applied so far.")).to_be_visible()
    main.get_by_role("button", name="Other exercises").click()
    page.get_by_role("button", name="Back to the sheet").click()
    settle(page)
    expect(value(page, "L")).to_have_text("0.37636")


def test_a_shared_address_opens_the_page_as_it_was(page: Page, new_page, server: str) -> None:
    open_question(page, f"{server}/q2")
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("textbox", name="Learning rate").fill("0,25")
    page.get_by_role("textbox", name="Learning rate").press("Enter")
    settle(page)
    page.get_by_role("button", name="2", exact=True).click()
    settle(page)
    page.wait_for_url("**examples=2**")
    page.wait_for_url("**learning_rate=0%2C25**")
    other = open_question(new_page(width=390), page.url)
    other.get_by_role("button", name="Settings").click()
    expect(other.get_by_role("textbox", name="Learning rate")).to_have_value("0,25")
    expect(value(other, "L")).to_have_text("2.19722")
    expect(step(other, "b3 new")).to_contain_text("0.25")


def test_a_wrong_entry_stays_typed_under_a_sentence(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    edit_cell(page, "layer 1:2:2", "<img src=x>")
    alert = page.locator(".sheet-sentences", has_text="needed")
    expect(alert).to_contain_text("Layer 1, unit 3, x₃: needed is a number from -1000 to 1000")
    expect(alert).to_contain_text("got '<img src=x>'")
    expect(alert.locator("img")).to_have_count(0)
    expect(cell(page, "layer 1:2:2")).to_have_value("<img src=x>")


def test_the_steppers_keys_move_through_the_solution(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1?q1_view=step+by+step&q1_hide_ahead=true")
    expect(page.locator('[data-focus="h0"]')).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator('[data-focus="z1"]')).to_contain_text("0.3")
    expect(step(page, "h1").locator(".sheet-eq")).to_have_text("=?")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator('[data-focus="h1"]')).to_contain_text("0.29131")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator('[data-step="z1"][aria-current]')).to_be_visible()


def test_an_edited_exercise_travels_by_its_address_and_back_takes_the_edit_back(page: Page, new_page, server) -> None:
    open_question(page, f"{server}/q1")
    edit_cell(page, "layer 1:0:0", "1/3")
    page.wait_for_url("**s=1.**")
    expect(value(page, "L")).not_to_have_text("0.37636")  # the address may come before the numbers
    loss = value(page, "L").inner_text()
    other = open_question(new_page(width=390), page.url)
    expect(value(other, "L")).to_have_text(loss)
    page.wait_for_timeout(1600)  # sooner, the page takes an older address for one that lags behind
    page.go_back()
    expect(value(page, "L")).to_have_text("0.37636")


def test_what_is_taken_away_is_a_file_with_the_pages_numbers(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1?q1_learning_rate=0.25")
    shown(page, "Take away: paper, table, code").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="NumPy script").click()
    assert download.value.suggested_filename == "q1_numpy.py"
    assert "0.25" in download.value.path().read_text()


def test_an_address_in_the_address_stays_text(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1?q1_learning_rate=https%3A%2F%2Fevil.example")
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("evil.example")
    expect(alert.locator("a")).to_have_count(0)


def test_the_exercise_stays_beside_the_solution(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    step(page, "W1 new").scroll_into_view_if_needed()
    expect(cell(page, "inputs:0:0")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Apply the step")).to_be_in_viewport()
    last = cell(page, "layer 3:2:3")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(step(page, "W1 new")).to_be_in_viewport()


def test_what_an_address_asks_for_in_vain_is_named_and_does_not_follow_to_another_page(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1?q1_sizes=4-2-3&amp;q1_learning_rate=0.5&colour=red")
    alerts = page.get_by_test_id("stAlert")
    expect(alerts.filter(has_text="'&amp;' where '&' belongs")).to_be_visible()
    expect(alerts.filter(has_text="'colour'")).to_be_visible()
    page.get_by_role("button", name="Settings").click()
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.5")
    page.keyboard.press("Escape")
    edit_cell(page, "layer 1:0:0", "0.9")
    page.wait_for_url("**s=1.**")
    page.get_by_role("link", name="Question 2").first.click()
    settle(page)
    expect(page.get_by_role("heading", name="Question 2")).to_be_visible()
    expect(alerts.filter(has_text="address")).to_have_count(0)


def test_a_link_leads_past_the_exercise_to_the_solution(page: Page, server: str) -> None:
    open_question(page, f"{server}/q1")
    skip = page.get_by_role("link", name="Skip to the solution")
    top = page.get_by_role("heading", level=1).bounding_box()
    skip.focus()
    expect(skip).to_be_in_viewport()
    assert page.get_by_role("heading", level=1).bounding_box() == top
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Forward pass")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Forward pass")).to_be_focused()
