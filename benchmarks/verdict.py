"""Question 3 in Chromium on the same machine: `python -m benchmarks.verdict [--times N] [--cold] [--ladder]`.

Printed are the seconds from the click to the verdict with the sheet's settings and seeds of their own; with --ladder to
the proof of a ladder with five seeds; with --cold the seconds until a page stands on a server nobody has visited.
"""

import argparse
import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.phone import OPTIONS
from benchmarks.serving import server

PATIENCE = 300_000
VERDICT = "these two fitted networks"
PROOF = "The last rung is scikit-learn."
# What a visitor waits for, by the page
STANDS = {
    "": "[data-testid=stMain] h1",
    "q1": '[data-step="dW2"] .sheet-value td.sheet-shown',
    "q3": "[data-testid=stMain] .st-key-q3--train button",
}
READY = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, give it, and end it."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield browser
        browser.close()


def opened(browser: Browser, address: str) -> Page:
    """Return a page of a new visitor once it has run to its end."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address)
    page.locator(READY).wait_for(timeout=PATIENCE)
    return page


def seconds_to(page: Page, button: str, text: str) -> float:
    """Press a button; return the seconds until a text is on the page that matches."""
    begin = time.perf_counter()
    page.get_by_test_id("stMain").get_by_role("button", name=button, exact=True).click()
    page.wait_for_function(
        # Not innerText, which lays the page out at every look: the waiting would be measured
        "text => document.querySelector('[data-testid=stMain]').textContent.includes(text)", arg=text,
        polling=50, timeout=PATIENCE,
    )  # fmt: skip
    return time.perf_counter() - begin


def verdicts(browser: Browser, address: str, times: int) -> list[float]:
    """Return the seconds from click to verdict, each time with other seeds: nothing is remembered of them."""
    found = []
    for seed in range(2, times + 2):
        page = opened(browser, f"{address}/q3?ours_random_state={seed}&sklearn_random_state={seed}")
        page.get_by_test_id("stMain").get_by_role("button", name="Train both", exact=True).wait_for(timeout=PATIENCE)
        page.wait_for_timeout(3000)  # the processes are ready by the time somebody has read the page
        found.append(seconds_to(page, "Train both", VERDICT))
        page.context.close()
    return found


def ladder(browser: Browser, address: str) -> float:
    """Return the seconds from the click to the proof, of the sheet's ladder with five seeds."""
    page = opened(browser, f"{address}/q3?experiment=The+ladder&seeds=5")
    page.wait_for_timeout(3000)
    return seconds_to(page, "Climb the ladder", PROOF)


def cold(browser: Browser, name: str) -> float:
    """Return the seconds until a page stands on a fresh server that has just answered that it is healthy."""
    with server() as running:
        page, begin = browser.new_context().new_page(), time.perf_counter()
        page.goto(f"{running.address}/{name}", wait_until="commit")
        page.locator(STANDS[name]).first.wait_for(timeout=PATIENCE)
        seconds = time.perf_counter() - begin
        page.context.close()
    return seconds


def main() -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdict", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="trainings, or cold starts of each page (3)")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--ladder", action="store_true")
    options = parser.parse_args()
    with chromium() as browser:
        if options.cold:
            for name in STANDS:
                told(f"cold start of {name or 'home'}", [cold(browser, name) for _ in range(options.times)])
            return
        with server() as running:
            if options.ladder:
                told("click to the ladder's proof, five seeds", [ladder(browser, running.address)])
            else:
                told("click to verdict", verdicts(browser, running.address, options.times))
            web, family = running.megabytes()
            print(f"memory: {web:.0f} MB the server, {family:.0f} MB with all that train for it")


def told(about: str, times: list[float]) -> None:
    """Print the median of some seconds, and the seconds themselves."""
    print(
        f"{about}: median {statistics.median(times):.1f} s of", *(f"{each:.1f}" for each in sorted(times)), flush=True
    )


if __name__ == "__main__":
    main()
