"""Fixtures of the browser tests: a server for all, fresh servers, one Chromium, and pages that must stay quiet."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebError,
    expect,
    sync_playwright,
)

from tests.e2e.server import running_server
from tests.e2e.streamlit_page import PATIENCE

# As root and in containers Chromium has no sandbox; the rest keeps it from calling home
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # A new page shares the process of the one that stays open, which has Streamlit's programs at hand
    "--process-per-site",
    # No page reaches anybody but its own server
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# No page asks anybody but its own server for anything
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
KEPT_BY_PAGES = "local_storage,indexeddb,cache_storage,service_workers"
# On a deep link Streamlit's page first looks for its server below the page's address, and then above it
EXPECTED_ERRORS = re.compile(r"404 .*/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that needs a browser the marker ``browser``, and begin with these: they take longest."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of one server of the app, shared by all tests."""
    with running_server(tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start a server nobody has visited; returns its address."""
    numbers = count()
    with ExitStack() as servers:

        def start() -> str:
            return servers.enter_context(running_server(tmp_path / f"server{next(numbers)}.log"))

        yield start


def find_chromium() -> str:
    """Return the path of a Chromium; skip where there is none, but fail in continuous integration."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    reason = "No Chromium found: install Debian's chromium, or set CHROMIUM to the path of one."
    if os.environ.get("CI"):
        pytest.fail(f"{reason} CI is set, so the browser tests must run.")
    pytest.skip(f"{reason} The browser tests are left out.")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Program that drives the browsers."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(
    playwright: Playwright, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[int], BrowserContext]]:
    """Headless Chromium of the first visitor, the second, and so on, for all tests.

    Each keeps its folder, and a first page that stays open, and with them Streamlit's own programs as they were
    compiled: to load and compile them again for every page would be half of what a page costs.
    """
    started: dict[int, BrowserContext] = {}

    def of_visitor(number: int) -> BrowserContext:
        if number not in started:
            started[number] = playwright.chromium.launch_persistent_context(
                tmp_path_factory.mktemp(f"visitor{number}"), executable_path=find_chromium(), args=CHROMIUM_OPTIONS
            )
            started[number].pages[0].goto(f"{server}/_stcore/health")
        return started[number]

    yield of_visitor
    for context in started.values():
        context.close()


def collect_errors(context: BrowserContext, errors: list[str]) -> Callable[[], None]:
    """Append to ``errors`` what a page logs as an error, raises, or asks another host; return the end of it."""

    def log(message: ConsoleMessage) -> None:
        text = f"{message.text} {message.location['url']}"
        if message.type == "error" and not EXPECTED_ERRORS.search(text):
            errors.append(text)

    def ask(request: Request) -> None:
        if ELSEWHERE.match(request.url):
            errors.append(f"asked elsewhere: {request.url}")

    def fail(problem: WebError) -> None:
        errors.append(str(problem.error))

    listeners = {"console": log, "weberror": fail, "request": ask}
    for event, listener in listeners.items():
        context.on(event, listener)

    def end() -> None:
        for event, listener in listeners.items():
            context.remove_listener(event, listener)

    return end


def forget(context: BrowserContext) -> None:
    """Close the pages of this browser but the first, and clear all that they have kept, but for the cache."""
    stays, *others = context.pages
    storage = context.new_cdp_session(stays)
    for page in others:
        address = urlsplit(page.url)
        if address.netloc:
            origin = f"{address.scheme}://{address.netloc}"
            storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KEPT_BY_PAGES})
        page.close()
    storage.detach()
    context.clear_cookies()


@pytest.fixture
def new_page(browser: Callable[[int], BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Open a visitor's page of a given width and colour scheme; none may log an error or ask another host."""
    errors: list[str] = []
    visitors = count()
    with ExitStack() as ends:

        def open_page(width: int = 1280, height: int = 900, color_scheme: str = "light") -> Page:
            context = browser(next(visitors))
            ends.callback(forget, context)
            ends.callback(collect_errors(context, errors))
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=color_scheme)
            return page

        yield open_page
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One visitor's page, 1280 pixels wide."""
    return new_page()
