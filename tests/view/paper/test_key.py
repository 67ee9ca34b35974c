"""The blank sheet with its key on a page of its own."""

from mlp.exercises import sheet_exercise, solve
from mlp.view.paper import blank_page, blank_page_with_key


def test_the_key_has_the_results_and_the_sheet_itself_has_none():
    solution = solve(sheet_exercise("q1"))
    page, key = blank_page_with_key(solution).split('<section class="key">')
    assert page.strip() == blank_page(solution).removesuffix("</body></html>\n").strip()
    assert "0.37636" in key
    assert "0.11782" in key
    assert "0.37636" not in page
    # Without its formula a new W looks like the given one
    assert key.count(">new") == page.count(">new") == 6
    assert ".key {break-before: page}" in page
