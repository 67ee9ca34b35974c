"""The helpers of the browser tests do what they say, and complain when they should."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import collect_errors, find_chromium, forget
from tests.e2e.server import check_log
from tests.e2e.streamlit_page import shown


def test_what_a_page_logs_and_raises_is_collected(browser: Callable[[int], BrowserContext]) -> None:
    errors: list[str] = []
    end = collect_errors(browser(0), errors)
    page = browser(0).new_page()
    page.goto("data:text/html,<script>console.warn('fine'); console.error('logged'); throw Error('raised')</script>")
    page.wait_for_timeout(100)
    end()
    page.evaluate("console.error('after the end')")
    page.close()
    assert [error.split()[0] for error in errors] == ["logged", "raised"]


def test_words_that_are_spoken_too_are_found_once_and_only_where_they_are_seen(page: Page) -> None:
    page.set_content("<main><strong>3 of 3</strong><p role=status>3 of 3</p></main><p role=status>spoken</p>")
    for place in page, page.locator("main"):
        expect(shown(place, "3 of 3")).to_have_js_property("tagName", "STRONG")
    expect(shown(page, "spoken")).to_have_count(0)


def test_a_request_to_another_host_is_collected_and_never_sent(browser: Callable[[int], BrowserContext]) -> None:
    errors: list[str] = []
    end = collect_errors(browser(0), errors)
    page = browser(0).new_page()
    page.set_content("<img src='https://elsewhere.invalid/icon.svg'>")
    page.wait_for_timeout(200)
    end()
    page.close()
    asked, *logged = errors
    assert asked == "asked elsewhere: https://elsewhere.invalid/icon.svg"
    assert all("net::ERR_NAME_NOT_RESOLVED" in error for error in logged)
    assert logged


def test_a_visitor_leaves_nothing_to_the_next_test(server: str, browser: Callable[[int], BrowserContext]) -> None:
    context = browser(0)
    stays = context.pages[0]
    page = context.new_page()
    page.goto(f"{server}/_stcore/health")
    page.evaluate("localStorage.setItem('mine', 1); document.cookie = 'mine=1'")
    forget(context)
    assert (context.pages, context.cookies()) == ([stays], [])
    page = context.new_page()
    page.goto(f"{server}/_stcore/health")
    assert page.evaluate("localStorage.length") == 0
    page.close()


@pytest.mark.parametrize("line", ["Traceback (most recent call last):", "FutureWarning: soon", "x is deprecated"])
def test_a_complaint_in_the_server_log_is_an_error(line: str, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text(f"You can now view your app\n{line}\n")
    with pytest.raises(AssertionError, match="the Streamlit server complained"):
        check_log(log)


def test_a_missing_browser_is_a_skip_at_home_and_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install Debian's chromium"):
        find_chromium()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="must run"):
        find_chromium()
