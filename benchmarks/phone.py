"""Question 1 on a cheap phone: `python -m benchmarks.phone [--loads N]`, Chromium with a processor 4 times slower.

Printed are the medians, beside those of a page of one line, which is the least that Streamlit takes: seconds until
dL/dW[2] is on the page and the next frame is painted, cold, at a second and at a third visit; the processor time of it;
what an edit takes of the browser's processor; megabytes of a cold load; elements of the page; layout shift.

Nothing waits inside the page: a search for a number, again and again, would be a fifth of what is measured.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, CDPSession, Page, sync_playwright

from benchmarks.serving import server

SLOWER = 4
EDITS = 7
PATIENCE = 120
# A browser keeps the code it has compiled at the second visit, and uses it from the third on
VISITS = ("cold", "second visit", "third visit")
GRADIENT = '[data-step="dW2"] .sheet-value td.sheet-shown'
CELL = '.sheet input[data-cell="layer 1:0:0"]'
RESULT = '[data-step="z1"] .sheet-value td.sheet-shown'
ONE_LINE = 'import streamlit as st\n\nst.write("One line.")\n'
LINE = '[data-testid="stMarkdown"] p'
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Mobile",
}
WATCH = """(() => { window.shift = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value })
        .observe({ type: "layout-shift", buffered: true })
    new MutationObserver((_, observer) => {
        if (!document.querySelector(%s)) return
        observer.disconnect()
        requestAnimationFrame(() => { const after = new MessageChannel()
            after.port1.onmessage = () => { window.painted = performance.now() / 1000 }
            after.port2.postMessage(0) })
    }).observe(document, { childList: true, subtree: true }) })()"""  # noqa: E501
# The calls home of Chromium itself would count as work
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def value(session: CDPSession, expression: str) -> float:
    """Return a number of the page, without anything of Playwright's own in it."""
    return session.send("Runtime.evaluate", {"expression": expression})["result"]["value"]


def load(context: BrowserContext, address: str, awaited: str) -> tuple[Page, CDPSession, dict[str, float]]:
    """Open an address in a new tab; return it with the figures of its load until the awaited element is painted."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.add_init_script(WATCH % json.dumps(awaited))
    page.goto(address, wait_until="commit")
    end = time.monotonic() + PATIENCE
    while not (seconds := value(session, "window.painted ?? 0")) and time.monotonic() < end:
        page.wait_for_timeout(200)
    processor = task_seconds(session)
    page.wait_for_timeout(4000)
    figures = {"seconds": seconds, "processor": processor, "MB": sum(received) / 1e6}
    counted = {"shift": "window.shift", "elements": "document.querySelectorAll('*').length"}
    return page, session, figures | {name: value(session, expression) for name, expression in counted.items()}


def edit_seconds(page: Page, session: CDPSession) -> float:
    """Return the browser's processor time of one edit, the median of several: tap, type, Enter, all that follows."""
    page.locator(CELL).scroll_into_view_if_needed()
    times = []
    for edit in range(EDITS):
        box = page.locator(CELL).bounding_box()
        page.wait_for_timeout(500)
        before = task_seconds(session)
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.keyboard.insert_text(f"0.{edit + 1}")
        page.keyboard.press("Enter")
        page.wait_for_timeout(4000)
        times.append(task_seconds(session) - before)
        page.locator(RESULT).first.get_by_text(f"0.{edit + 3}", exact=True).wait_for(timeout=60_000)
    return statistics.median(times[2:])  # the first two pay for what is compiled


def task_seconds(session: CDPSession) -> float:
    """Return the seconds that the page's thread has worked so far."""
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"]


@contextmanager
def visitor(chromium: BrowserType) -> Iterator[BrowserContext]:
    """Give a browser that has never been anywhere, with a folder of its own for what it keeps."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder:
        context = chromium.launch_persistent_context(folder, executable_path=program, args=OPTIONS, **PHONE)
        time.sleep(3)  # its own windows are made first
        yield context
        context.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phone", description=__doc__)
    parser.add_argument("--loads", type=int, default=5)
    loads = parser.parse_args().loads
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        line = Path(folder) / "app.py"
        line.write_text(ONE_LINE)
        with server() as ours, server(line) as least:
            places = {"question 1": (f"{ours.address}/q1", GRADIENT), "one line": (least.address, LINE)}
            for turn in range(loads + 1):
                for name, place in places.items():
                    with visitor(playwright.chromium) as context:
                        for visit in VISITS if turn else VISITS[:1]:  # first the servers' own first visit
                            page, session, figures = load(context, *place)
                            for figure, number in figures.items() if turn else ():
                                found[f"{name}, {visit}: {figure}"].append(number)
                            if turn and (name, visit) == ("question 1", VISITS[-1]):
                                found["question 1, an edit: processor"].append(edit_seconds(page, session))
                            page.close()
    for name, numbers in found.items():
        print(f"{name} {statistics.median(numbers):.4g} (from {min(numbers):.4g} to {max(numbers):.4g})")


if __name__ == "__main__":
    main()
