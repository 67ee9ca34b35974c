"""Fixtures of the browser tests: a server for all, fresh servers, one Chromium, and pages that must stay quiet."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from tests.e2e.server import APP, running_server
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
)
# No page asks anybody but its own server for anything
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
# On a deep link Streamlit's page first looks for its server below the page's address, and then above it
EXPECTED_ERRORS = re.compile(r"404 .*/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that needs a browser the marker ``browser``."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of one server of the app, shared by all tests."""
    with running_server(tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Start a server nobody has visited, of the app or of another script; returns its address."""
    numbers = count()
    with ExitStack() as servers:

        def start(script: Path = APP) -> str:
            return servers.enter_context(running_server(tmp_path / f"server{next(numbers)}.log", script))

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
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    chromium = find_chromium()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


def collect_errors(context: BrowserContext, errors: list[str]) -> None:
    """Append to ``errors`` whatever a page of this context logs as an error or raises."""

    def log(message: ConsoleMessage) -> None:
        text = f"{message.text} {message.location['url']}"
        if message.type == "error" and not EXPECTED_ERRORS.search(text):
            errors.append(text)

    context.on("console", log)
    context.on("weberror", lambda problem: errors.append(str(problem.error)))


def refuse(errors: list[str], route: Route) -> None:
    """Answer a request to another host with nothing, and append it to ``errors``."""
    errors.append(f"asked elsewhere: {route.request.url}")
    route.fulfill(status=204)


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a visitor's page of a given width and colour scheme; none may log an error or ask another host."""
    errors: list[str] = []
    with ExitStack() as contexts:

        def open_page(width: int = 1280, height: int = 900, color_scheme: str = "light") -> Page:
            viewport = {"width": width, "height": height}
            context = contexts.enter_context(browser.new_context(viewport=viewport, color_scheme=color_scheme))
            context.route(ELSEWHERE, partial(refuse, errors))
            collect_errors(context, errors)
            return context.new_page()

        yield open_page
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One visitor's page, 1280 pixels wide."""
    return new_page()
