"""Question 1 on a cheap phone: `python -m benchmarks.phone [--loads N]`, Chromium with a processor 4 times slower.

Printed are the medians: seconds until dL/dW[2] is on the screen, cold and warm; what an edit takes of the browser's
processor; megabytes of a cold load; elements of the page; layout shift.
"""

import argparse
import os
import shutil
import statistics
import time

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from benchmarks.serving import server

SLOWER = 4
EDITS = 5
GRADIENT = '[data-step="dW2"] .sheet-value td.sheet-shown'
CELL = '.sheet input[data-cell="layer 1:0:0"]'
RESULT = '[data-step="z1"] .sheet-value td.sheet-shown'
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}
SHIFTS = """() => { window.shift = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value })
        .observe({ type: "layout-shift", buffered: true }) }"""  # noqa: E501
# The calls home of Chromium itself would count as work
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def load(context: BrowserContext, address: str) -> tuple[Page, CDPSession, dict[str, float]]:
    """Open question 1 in a new tab; return it with its figures."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    received = [0.0]
    session.on(
        "Network.loadingFinished", lambda event: received.__setitem__(0, received[0] + event["encodedDataLength"])
    )
    page.add_init_script(f"({SHIFTS})()")
    begin = time.perf_counter()
    page.goto(f"{address}/q1", wait_until="commit")
    page.locator(GRADIENT).first.wait_for(state="attached", timeout=120_000)
    seconds = time.perf_counter() - begin
    page.wait_for_timeout(4000)
    shift = page.evaluate("window.shift")
    elements = page.evaluate("document.querySelectorAll('*').length")
    return page, session, {"seconds": seconds, "MB": received[0] / 1e6, "shift": shift, "elements": elements}


def edit_seconds(page: Page, session: CDPSession) -> float:
    """Return the browser's processor time of one edit, the median of several: scripts, layout and style."""
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    times = []
    for edit in range(EDITS):
        before = task_seconds(session)
        page.locator(CELL).fill(f"0.{edit + 2}")
        page.locator(CELL).press("Enter")
        page.locator(RESULT).first.get_by_text(f"0.{edit + 4}", exact=True).wait_for(timeout=60_000)
        page.wait_for_timeout(2500)
        times.append(task_seconds(session) - before)
    return statistics.median(times)


def task_seconds(session: CDPSession) -> float:
    """Return the seconds that the page's thread has worked so far."""
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"]


def measure(browser: Browser, address: str, loads: int) -> dict[str, float]:
    """Return the medians of several loads, each cold and then warm in the same browser."""
    cold, warm, edits = [], [], []
    for _ in range(loads):
        context = browser.new_context(**PHONE)
        _, _, figures = load(context, address)
        cold.append(figures)
        page, session, figures = load(context, address)
        warm.append(figures)
        edits.append(edit_seconds(page, session))
        context.close()
    return {
        "seconds until dL/dW[2] stands there, cold": median(cold, "seconds"),
        "the same, warm": median(warm, "seconds"),
        "seconds of the browser's processor for an edit": statistics.median(edits),
        "MB, cold": median(cold, "MB"),
        "elements of the page": median(cold, "elements"),
        "layout shift, cold": median(cold, "shift"),
        "layout shift, warm": median(warm, "shift"),
    }


def median(figures: list[dict[str, float]], name: str) -> float:
    """Return the median of one figure."""
    return statistics.median(each[name] for each in figures)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phone", description=__doc__)
    parser.add_argument("--loads", type=int, default=5)
    loads = parser.parse_args().loads
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with server() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        load(browser.new_context(**PHONE), running.address)  # the server's own first visit
        for name, value in measure(browser, running.address, loads).items():
            print(f"{name}: {value:.3g}" if value < 1000 else f"{name}: {value:.0f}")
        browser.close()


if __name__ == "__main__":
    main()
