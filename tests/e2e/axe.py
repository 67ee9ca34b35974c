"""axe-core in a page: what breaks WCAG 2.2 A and AA or good practice, without what is known to be Streamlit's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those whose answer depends on the colour scheme; all others on nothing but the width
ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
# What Streamlit draws itself and no setting of ours reaches: rule, element, and what it is to a visitor
STREAMLITS_OWN = (
    ("empty-table-header", '[data-testid="stDataFrame"] th', "the corner of a data grid's hidden table"),
    ("presentation-role-conflict", '[data-testid="stFileUploaderDropzone"]', "the field for a file"),
    ("aria-dialog-name", '[data-testid="stToast"]', "a note that fades away"),
    ("scrollable-region-focusable", '[data-testid="stTable"] div', "a table that is wider than a phone"),
)
RUN = """async ([only, own]) => {
  const {violations} = await axe.run(document, {runOnly: only, resultTypes: ['violations'], elementRef: true});
  const known = (rule, element) => own.some(([name, selector]) => name === rule && element?.matches(selector));
  return violations.flatMap(({id, nodes}) => nodes.map(({element, html, failureSummary}) =>
    ({rule: id, html: html.slice(0, 300), why: failureSummary ?? '', streamlits: known(id, element)})));
}"""


class Violation(NamedTuple):
    """A rule that an element breaks, why, and whether the element is known to be Streamlit's own."""

    rule: str
    html: str
    why: str
    streamlits: bool


def violations(page: Page, rules: Sequence[str] = ()) -> list[Violation]:
    """Return what axe-core finds on the page as it stands, by all rules or some, without what is Streamlit's own."""
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SCRIPT)
    found = page.evaluate(RUN, [only, [entry[:2] for entry in STREAMLITS_OWN]])
    return [violation for violation in (Violation(**each) for each in found) if not violation.streamlits]
