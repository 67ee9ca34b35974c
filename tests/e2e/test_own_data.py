"""A visitor's own table in a real browser: an address opens the field, a file is chosen, and both models learn it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.question3 import button, open_q3, result
from tests.e2e.streamlit_page import settle, shown

ROWS = "".join(f"{k},5;{k % 3};{'left' if k < 20 else '<b>right</b>'}\n" for k in range(40))
QUICK = "look=Mistakes&dataset=own&ours_max_iter=3&sklearn_max_iter=3"


def choose(page: Page, name: str, content: bytes) -> None:
    """Choose a file in the field, as a visitor would."""
    field = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    settle(page)


def test_a_table_of_ones_own_is_chosen_and_learnt(page: Page, server: str) -> None:
    open_q3(page, server, QUICK)
    expect(page).to_have_url(re.compile(r"dataset=Your(\+|%20)own(\+|%20)CSV"))
    expect(button(page, "Train both")).to_be_disabled()
    choose(page, "picture.csv", b"\x89PNG\x00")
    expect(shown(page, "The file 'picture.csv' was not taken. A text file is needed")).to_be_visible()
    choose(page, "sides.csv", f"width;height;side\n{ROWS}".encode())
    # The names are text: between their letters there may be invisible ones
    expect(shown(page, re.compile(r"2 classes: <\W*b>\W*right<\W*/b>\W*\(20\), left \(20\)"))).to_be_visible()
    button(page, "Train both").click()
    expect(result(page, "Ended because").last).to_have_text("all epochs made")
    page.locator('[data-testid=stVegaLiteChart][aria-label^="Confusion matrix of Ours."]').wait_for()
    expect(shown(page, "'picture.csv'")).to_have_count(0)


HOSTILE = ("<img src=x onerror=alert(1)>", "![p](http://evil.example/p.png)", "[a](javascript:alert(1))", "**bold**")


def test_names_that_could_be_markup_stay_text(page: Page, server: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_q3(page, server, QUICK)
    rows = "".join(f'{k},{k % 3},{k % 5},"{HOSTILE[k // 10]}"\n' for k in range(40))
    choose(page, f"{HOSTILE[3]}.csv", f'"{HOSTILE[0]}","{HOSTILE[1]}",b,"{HOSTILE[2]}"\n{rows}'.encode())
    expect(shown(page, "40 examples with 3 features")).to_be_visible()
    button(page, "Train both").click()
    page.locator('[data-testid=stVegaLiteChart][aria-label^="Confusion matrix of Ours."]').wait_for()
    main = page.get_by_test_id("stMain")
    expect(main.locator('img[src*="evil"], img[src="x"], a[href^="javascript"]')).to_have_count(0)
    expect(main.locator("strong", has_text=re.compile("^bold$"))).to_have_count(0)
    assert dialogs == []


SECRET = "hers0nly"


def watched(page: Page) -> tuple[set[str], list[bytes | str]]:
    """Return what a page will have fetched by address and received over its socket; both grow from now on."""
    addresses, received = set[str](), list[bytes | str]()
    page.on("request", lambda request: addresses.add(request.url))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame)))
    return addresses, received


def own_table(page: Page, server: str, name: str) -> None:
    """Choose a table of one's own whose features and classes have this name, and train on it."""
    open_q3(page, server, QUICK)
    rows = "".join(f"{k},{k % 5},{name}{k % 2}\n" for k in range(40))
    choose(page, "marks.csv", f"{name},b,class\n{rows}".encode())
    expect(shown(page, "40 examples with 2 features")).to_be_visible()
    button(page, "Train both").click()
    expect(result(page, "Ended because").last).to_have_text("all epochs made")


def test_nothing_of_ones_own_table_reaches_another_visitor_by_file_name_address_or_worker(
    page: Page, new_page: Callable[..., Page], server: str
) -> None:
    hers, seen = watched(page)
    own_table(page, server, SECRET)
    assert SECRET in all_of(seen)  # the look-out does see what is sent
    page.goto(f"{server}/experiments")
    settle(page)
    other = new_page()
    his, received = watched(other)
    own_table(other, server, "his0nly")
    other.goto(f"{server}/experiments")
    settle(other)
    assert "his0nly" in all_of(received)
    assert SECRET not in all_of(received)
    # What lies under an address is named by its content: nothing of hers can be asked for without having it
    shared = {each for each in hers & his if "/media/" in each}
    bodies = [other.request.get(each).body() for each in shared]
    assert not any(SECRET.encode() in body for body in bodies)
    for guess in ("media/marks.csv", f"media/{SECRET}.csv", "_stcore/upload_file/marks.csv"):
        answer = other.request.get(f"{server}/{guess}")
        assert SECRET.encode() not in answer.body(), guess


def all_of(received: list[bytes | str]) -> str:
    """Return all that came over a socket as one text; a table's cells are bytes in it."""
    return "".join(each if isinstance(each, str) else each.decode("utf-8", "replace") for each in received)
