"""The network diagram in a browser: pointing tells exact numbers, a click chooses a part, a phone shows it whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.server import running_server
from tests.e2e.streamlit_page import settle

ROOT = Path(__file__).parents[2]
SCRIPT = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from mlp.exercises import sheet_exercise, solve
from mlp.view.diagram.chart import Choice, diagram_alt, diagram_spec, diagram_table

solution = solve(sheet_exercise("q1"))
choice = Choice("gradients" if st.toggle("Gradients") else "weights", marked="dW3")
table, spec = diagram_table(solution, choice), diagram_spec(solution.exercise.network.sizes)
chosen = st.vega_lite_chart(table, spec, key="diagram", on_select="rerun", selection_mode=["part"],
                            alt=diagram_alt(solution, choice, table))
st.session_state.runs = st.session_state.get("runs", 0) + 1
st.write(f"Run {{st.session_state.runs}}: {{[point['part'] for point in chosen.selection['part']]}}")
"""
POINT_ON_LINE = """(line) => {
    const point = line.getPointAtLength(0.3 * line.getTotalLength()).matrixTransform(line.getScreenCTM());
    return [point.x, point.y];
}"""

FONT_SIZES = "(texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize))"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server of a small page with nothing but the diagram and a switch."""
    folder = tmp_path_factory.mktemp("diagram")
    script = folder / "diagram.py"
    script.write_text(SCRIPT)
    with running_server(folder / "server.log", script) as url:
        yield url


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    settle(page)
    expect(mark(page, "x unit 1")).to_be_visible()
    return page


def mark(page: Page, symbol: str) -> Locator:
    """Return the unit or the edge that is spoken of by this symbol."""
    return page.locator(f'[role=graphics-symbol][aria-label^="{symbol}"]')


def point_at_edge(page: Page, symbol: str) -> None:
    x, y = mark(page, symbol).evaluate(POINT_ON_LINE)
    page.mouse.move(x, y)


def test_pointing_at_an_edge_tells_its_exact_numbers_without_a_rerun(page: Page, address: str) -> None:
    opened(page, address)
    point_at_edge(page, "W[1] row 1, column 1")
    tip = page.locator("#vg-tooltip-element")
    expect(tip).to_be_visible()
    expect(tip.locator("h2")).to_have_text("W[1] row 1, column 1")
    expect(tip).to_contain_text("-0.013315791653435")
    expect(tip).to_contain_text("0.10133157916534351")
    page.wait_for_timeout(400)
    expect(page.get_by_text("Run 1: []")).to_be_visible()


def test_a_click_chooses_a_part_and_survives_new_data(page: Page, address: str) -> None:
    opened(page, address)
    mark(page, "h[1] unit 2").click()
    expect(page.get_by_text("Run 2: ['unit 1 2']")).to_be_visible()
    page.get_by_text("Gradients").click()
    settle(page)
    expect(mark(page, "h[1] unit 2")).to_have_attribute("aria-label", "h[1] unit 2: ∂L/∂z[1] −0.01332")
    expect(page.get_by_text("Run 3: ['unit 1 2']")).to_be_visible()
    point_at_edge(page, "W[1] row 1, column 1")
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_text("Run 4: ['edge 1 1 1']")).to_be_visible()


def test_a_click_beside_the_network_chooses_nothing_again(page: Page, address: str) -> None:
    opened(page, address)
    mark(page, "bias unit of layer 1").click()
    expect(page.get_by_text("Run 2: ['one 1']")).to_be_visible()
    box = page.get_by_test_id("stVegaLiteChart").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 12)
    expect(page.get_by_text("Run 3: []")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_the_whole_network_in_readable_letters(new_page: Callable, address: str, scheme: str) -> None:
    page = opened(new_page(width=390, color_scheme=scheme), address)
    chart = page.get_by_test_id("stVegaLiteChart").bounding_box()
    for symbol in ("x unit 1", "ŷ unit 3", "bias unit of layer 3"):
        box = mark(page, symbol).bounding_box()
        assert box["width"] >= 14
        assert chart["x"] <= box["x"]
        assert box["x"] + box["width"] <= chart["x"] + chart["width"] <= 390
    sizes = page.locator("svg.marks text").evaluate_all(FONT_SIZES)
    assert min(sizes) >= 10
