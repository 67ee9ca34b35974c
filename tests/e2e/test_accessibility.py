"""Every page, in each of its states, light and dark, wide and narrow: axe-core finds nothing that is ours."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import ABOUT_COLOURS, violations
from tests.e2e.question3 import TRAINING_TIMEOUT, button, open_q3
from tests.e2e.sheet_page import edit_cell
from tests.e2e.streamlit_page import settle, shown

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SECTIONS = ("Example by example", "Many steps", "Check my number", "Share and save", "Take away")


def check(page: Page, state: str) -> None:
    """Fail with all that axe-core finds of ours: on paper and a wide screen, on the blackboard and a phone.

    By all rules in both widths, and in the other scheme of each by those on which the scheme bears.
    """
    page.mouse.move(0, 0)  # what help is shown below the mouse is Streamlit's
    for scheme, size, rules in (
        *(("light", WIDE, ()), ("dark", NARROW, ())),
        *(("light", NARROW, ABOUT_COLOURS), ("dark", WIDE, ABOUT_COLOURS)),
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        settle(page)
        page.wait_for_timeout(300)  # colours and folded columns get to their places
        found = violations(page, rules)
        assert found == [], f"{state}, {scheme}, {size['width']} pixels: {found}"


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    settle(page)
    return page


@pytest.mark.slow
def test_home_and_the_empty_experiments(page: Page, server: str) -> None:
    check(opened(page, server), "home")
    check(opened(page, f"{server}/experiments"), "experiments without a run")


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["q1", "practice"])
def test_a_sheet_that_nobody_has_touched(page: Page, server: str, stem: str) -> None:
    check(opened(page, f"{server}/{stem}"), stem)


def test_a_question_edited_and_with_every_section_open(page: Page, server: str) -> None:
    opened(page, f"{server}/q1")
    edit_cell(page, "layer 1:0:0", "abc")
    for name in SECTIONS:
        page.locator("summary", has_text=name).click()
        settle(page)
    shown(page, "For a class").click()
    settle(page)
    check(page, "question 1, a wrong entry, all open")


@pytest.mark.slow
def test_a_question_step_by_step_and_with_both_examples(page: Page, server: str) -> None:
    check(opened(page, f"{server}/q2?q2_view=step+by+step&q2_hide_ahead=true&q2_step=5"), "question 2 step by step")
    opened(page, f"{server}/q2?q2_examples=1&q2_examples=2&nonsense=1")
    page.locator("summary", has_text="Softmax both ways").click()
    settle(page)
    check(page, "question 2, a batch, an unknown address")


@pytest.mark.slow
@pytest.mark.parametrize("question", ["q1", "q2"])
def test_the_menus_of_a_question_open(page: Page, server: str, question: str) -> None:
    for name in ("Settings", "Other exercises"):
        button(opened(page, f"{server}/{question}"), name).click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        check(page, f"{question}, {name} open")


@pytest.mark.slow
def test_practice_with_a_derivation_links_and_every_section_open(page: Page, server: str) -> None:
    opened(page, f"{server}/practice?practice_layers=2-2-1")
    edit_cell(page, "z1:0:0", "5")
    page.get_by_role("button", name="Check all").click()
    expect(page.get_by_role("link", name="z[1]")).to_be_visible()
    page.locator('[data-step="dz1"] summary').click()
    expect(page.locator('[data-step="dz1"] .sheet-derived').first).to_be_visible()
    for name in ("Change the network", "Hand in, or print", "For a teacher"):
        page.locator("summary", has_text=name).click()
        settle(page)
    check(page, "practice, all open")
    opened(page, f"{server}/practice?practice_layers=4-4-3-3,+the+sheet's&practice_examples=3&practice_momentum=0.9")
    check(page, "practice, an exercise longer than the window")


def test_practice_checked(page: Page, server: str) -> None:
    opened(page, f"{server}/practice")
    page.get_by_role("button", name="Check all").click()
    settle(page)
    check(page, "practice, checked")


@pytest.mark.slow
def test_what_a_training_brought_side_by_side_and_among_the_runs(page: Page, server: str) -> None:
    open_q3(page, server, "ours_batch_size=200&ours_max_iter=3&sklearn_max_iter=3")
    button(page, "Train both").click()
    link = page.get_by_role("link", name="Compare the 2 runs that are kept")
    expect(link).to_be_visible(timeout=TRAINING_TIMEOUT)
    for side in ("Verdict", "Mistakes", "Inside", "Draw a digit"):
        page.get_by_role("radio", name=side).click()
        settle(page)
        check(page, f"question 3, {side}")
    page.set_viewport_size(WIDE)
    link.click()
    settle(page)
    check(page, "experiments with runs")


@pytest.mark.slow
def test_question_3_before_training_and_its_other_experiments(page: Page, server: str) -> None:
    check(opened(page, f"{server}/q3"), "question 3")
    for name in ("The ladder", "Over seeds", "Over splits"):
        page.get_by_role("radio", name=name).click()
        settle(page)
        check(page, name)


def test_axe_says_no_where_letters_are_pale_and_a_button_has_no_name(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.set_content(
        "<html lang=en><title>t</title><main><h1>t</h1><p style='color:#aaa'>pale</p><button></button></main>"
    )
    assert {found.rule for found in violations(page)} == {"color-contrast", "button-name"}
    assert {found.rule for found in violations(page, ABOUT_COLOURS)} == {"color-contrast"}


@pytest.mark.slow
def test_a_sweep_and_a_test_set_that_is_shut(page: Page, server: str) -> None:
    brief = "ours_batch_size=200&ours_max_iter=2&second_batch_size=200&second_max_iter=2"
    open_q3(page, server, f"{brief}&experiment=A+sweep&sweep=momentum&sweep=learning_rate_init&sweep_seeds=2")
    button(page, "Sweep").click()
    best = page.locator(".st-key-sweep_best")
    expect(best).to_contain_text("Best by validation", timeout=TRAINING_TIMEOUT)
    check(page, "a sweep")
    open_q3(page, server, f"{brief}&versus=A+second+model&validation_size=0.2")
    button(page, "Train both").click()
    expect(page.get_by_role("button", name="Open the test set")).to_be_visible(timeout=TRAINING_TIMEOUT)
    check(page, "two models of ours, the test set shut")
