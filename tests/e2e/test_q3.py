"""Question 3 in a real browser: train and read the accuracies, stop half-way, share an address, close the tab."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.question3 import TRAINING_TIMEOUT, button, epoch, open_q3, result, wait_for_epoch
from tests.e2e.streamlit_page import settle, shown

QUICK = "ours_batch_size=200&ours_max_iter=5"
# More than a minute of a processor: no browser is so slow that the training is over before it is stopped
LONG = "ours_max_iter=5&sklearn_max_iter=2000&sklearn_batch_size=20&sklearn_n_iter_no_change=never"


def test_trains_both_and_shows_the_accuracies(page: Page, server: str) -> None:
    open_q3(page, server, QUICK)
    button(page, "Train both").press("Enter")
    expect(result(page, "Ended because").last).to_have_text("the loss stalled", timeout=TRAINING_TIMEOUT)
    expect(button(page, "Train both")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Training has ended. Test accuracy: Ours")).to_be_attached()
    # What the sheet's own call of scikit-learn prints
    expect(result(page, "Training accuracy").last).to_have_text("0.99930")
    expect(result(page, "Test accuracy").last).to_have_text("0.97222")
    expect(result(page, "Epochs").last).to_have_text("542")
    expect(page.locator('[data-testid=stVegaLiteChart][aria-label^="Loss by epoch: Ours from"]')).to_be_visible()
    expect(shown(page, "Of these two fitted networks scikit-learn is the better on")).to_be_visible()
    page.locator('[data-testid=stVegaLiteChart][aria-label^="Ours minus scikit-learn\'s. Difference: −0."]').wait_for()
    page.get_by_role("radio", name="Mistakes").click()
    page.locator('[data-testid=stVegaLiteChart][aria-label^="Confusion matrix of scikit-learn. 10 of 360"]').wait_for()
    page.locator('[aria-label="5 taken for 9: 2 images"]').last.click()
    expect(shown(page, "scikit-learn takes 5 for 9: 2 images")).to_be_visible()
    cell = page.locator(".st-key-confusion").get_by_role("img", name=re.compile("^Test image .* a handwritten 5$"))
    expect(cell).to_have_count(2)
    page.locator(".st-key-confusion").get_by_role("button", name="Clear", exact=True).click()
    expect(cell).to_have_count(0)
    page.get_by_role("radio", name="Both wrong").click()
    expect(page.get_by_role("listitem").get_by_role("img", name=re.compile("^Test image")).first).to_be_visible()
    expect(button(page, "Train both")).to_be_enabled()


def test_stops_half_way_keeps_what_was_trained_and_goes_on(page: Page, server: str) -> None:
    open_q3(page, server, LONG)
    button(page, "Train both").click()
    wait_for_epoch(page, 1, 10)
    button(page, "Stop").press("Enter")
    expect(button(page, "Resume")).to_be_enabled(timeout=TRAINING_TIMEOUT)
    expect(result(page, "Ended because").last).to_have_text("stopped early")
    settle(page)
    kept = epoch(page, 1)
    assert 10 <= kept < 2000
    page.wait_for_timeout(1200)
    assert epoch(page, 1) == kept
    button(page, "Resume").click()
    wait_for_epoch(page, 1, kept + 1)
    button(page, "Stop").press("Enter")
    expect(button(page, "Resume")).to_be_enabled(timeout=TRAINING_TIMEOUT)


def test_a_shared_address_opens_the_same_settings(page: Page, new_page: Callable[..., Page], server: str) -> None:
    open_q3(page, server)
    rate = page.get_by_role("textbox", name="Learning rate").first
    rate.fill("1/4")
    rate.press("Enter")
    settle(page)
    expect(page).to_have_url(re.compile("ours_learning_rate_init=1"))
    shared = f"{page.url}&sklearn_activation=relu&sklearn_momentum=high"
    other = new_page(390)
    other.goto(shared)
    settle(other)
    expect(other.get_by_role("textbox", name="Learning rate").first).to_have_value("1/4")
    expect(other.get_by_role("combobox", name="Hidden activation").last).to_have_value("relu")
    expect(shown(other, "Momentum: needed is a number from 0 to 0.999")).to_be_visible()
    assert other.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_visitors_train_at_once_and_neither_sees_the_others_run(
    page: Page, new_page: Callable[..., Page], server: str
) -> None:
    open_q3(page, server, LONG)
    other = new_page()
    open_q3(other, server, LONG.replace("sklearn_max_iter=2000", "sklearn_max_iter=1999"))
    # What has the focus is not below the row of the button
    field = other.get_by_label("Hidden units").first
    other.set_viewport_size({"width": 1280, "height": int(lower_edge(field)) + 10})
    field.focus()
    assert lower_edge(field) < lower_edge(button(other, "Train both")) - 40
    other.set_viewport_size({"width": 390, "height": 740})
    button(page, "Train both").click()
    wait_for_epoch(page, 1, 2)
    other.reload()
    settle(other)
    not_trained = shown(other, "Ours: not trained yet")
    expect(not_trained).to_be_visible()
    expect(not_trained).not_to_be_in_viewport()
    # On a phone the button waits at the lower edge, and what it starts comes into view
    expect(button(other, "Train both")).to_be_in_viewport(ratio=1)
    button(other, "Train both").click()
    expect(other.get_by_test_id("stProgress").nth(1)).to_be_in_viewport(ratio=1)
    expect(button(other, "Stop")).to_be_in_viewport(ratio=1)
    wait_for_epoch(other, 1, 2)
    seen = epoch(page, 1), epoch(other, 1)
    wait_for_epoch(page, 1, seen[0] + 1)
    wait_for_epoch(other, 1, seen[1] + 1)
    for each in (page, other):
        button(each, "Stop").press("Enter")
        expect(button(each, "Resume")).to_be_enabled(timeout=TRAINING_TIMEOUT)
    expect(page.get_by_test_id("stProgress").nth(1)).to_contain_text("of 2,000")
    expect(other.get_by_test_id("stProgress").nth(1)).to_contain_text("of 1,999")


def lower_edge(what: Locator) -> float:
    """Return how far below the window's upper edge the lower one of something lies, in pixels."""
    box = what.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_climbs_the_ladder_to_scikit_learn(page: Page, server: str) -> None:
    open_q3(page, server, f"{QUICK}&sklearn_max_iter=6&experiment=The+ladder&seeds=2&order=stopping")
    page.locator(".st-key-momentum_up").get_by_role("button").click()
    expect(page).to_have_url(re.compile("order=stopping-init-momentum-batch_size-alpha"))
    button(page, "Climb the ladder").click()
    expect(shown(page, "The last rung is scikit-learn.")).to_be_visible(timeout=TRAINING_TIMEOUT)
    table = page.get_by_test_id("stTable").first
    expect(table.get_by_role("row").nth(2)).to_contain_text("1 Stopping")
    page.locator('[data-testid=stVegaLiteChart][aria-label^="Test accuracy by rung: 0 Ours 0."]').wait_for()
    assert page.locator('[aria-label^="1 Stopping, test accuracy"]').count() == 1


def processor_seconds(server: str) -> float:
    """Return the processor time that the server at this address, and who trains for it, have used so far."""
    option = f"--server.port={server.rsplit(':', 1)[1]}\0".encode()
    (process,) = [path.parent.name for path in Path("/proc").glob("[0-9]*/cmdline") if option in path.read_bytes()]
    fields = {path.parent.name: stat for path in Path("/proc").glob("[0-9]*/stat") if (stat := stat_of(path))}
    family = {process}
    for _ in range(3):  # the server, the mother of its workers, the workers
        family |= {child for child, stat in fields.items() if stat[1] in family}
    ticks = sum(int(fields[each][11]) + int(fields[each][12]) for each in family)
    return ticks / os.sysconf("SC_CLK_TCK")


def seconds_until_used(server: str, most: float, page: Page) -> float:
    """Return how long it takes until who trains has used so much of the processor, on a machine that may be busy."""
    start, before = time.monotonic(), processor_seconds(server)
    while processor_seconds(server) - before < most:
        assert time.monotonic() - start < TRAINING_TIMEOUT / 1000
        page.wait_for_timeout(100)
    return time.monotonic() - start


def stat_of(path: Path) -> list[str]:
    """Return what stands in a process's stat file behind its name; nothing of one that has just ended."""
    try:
        return path.read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what the server does")
def test_closing_the_tab_ends_the_training(server: str, page: Page) -> None:
    open_q3(page, server, LONG)
    button(page, "Train both").click()
    wait_for_epoch(page, 1, 2)
    busy = seconds_until_used(server, 1.0, page)
    page.close()
    time.sleep(1.5)
    before = processor_seconds(server)
    time.sleep(busy)
    idle = processor_seconds(server) - before
    assert idle < 0.2
