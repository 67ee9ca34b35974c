"""Drawing a digit in a real browser: with the mouse, answered by both models, taken back."""

from playwright.sync_api import Page, expect

from tests.e2e.streamlit_page import settle, shown

QUICK = "look=Draw+a+digit&ours_max_iter=5&sklearn_max_iter=60"
TRAINING_TIMEOUT = 60_000


def test_a_digit_drawn_with_the_mouse_is_answered_by_both_models(page: Page, server: str) -> None:
    page.goto(f"{server}/q3?{QUICK}")
    settle(page)
    page.get_by_test_id("stMain").get_by_role("button", name="Train both", exact=True).click()
    pad = page.get_by_role("application", name="Pad for drawing a digit")
    pad.wait_for(timeout=TRAINING_TIMEOUT)
    settle(page)
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for index, (x, y) in enumerate([(0.48, 0.15), (0.5, 0.5), (0.52, 0.85)]):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=8)
        if index == 0:
            page.mouse.down()
    # While the button is still held down
    expect(shown(page, "Ours: 1")).to_be_visible()
    expect(shown(page, "scikit-learn: 1")).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("img", name="Your drawing reduced to 8 by 8")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(shown(page, "Both models answer while you draw")).to_be_visible()
