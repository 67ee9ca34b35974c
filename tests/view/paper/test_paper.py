"""The worked solution and the blank sheet: right numbers, right shapes, and no text that becomes anything but text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pytest

from mlp.exercises import PRESETS, Exercise, Solution, random_exercise, sheet_exercise, solution_steps, solve
from mlp.view.paper import blank_markdown, blank_page, worked_markdown, worked_page
from mlp.view.paper.latex import number_latex, operator_latex
from mlp.view.paper.mathml import KNOWN, mathml
from tests.pairs import PAIRS

Write = Callable[..., str]
SHEET = solve(sheet_exercise("q1"))
BOTH = solve(replace(sheet_exercise("q2"), selected=(0, 1)))
MARKDOWN = pytest.mark.parametrize("write", [worked_markdown, blank_markdown])
PAGES = pytest.mark.parametrize("write", [worked_page, blank_page])
VOID = ("meta", "br", "img", "link", "input")


def all_kinds() -> Iterator[Exercise]:
    """Yield an exercise of every activation, every loss, and each reduction, batch and kind of target with them."""
    targets = ([[0, 1, 0], [0, 0, 1]], [[0, 2, -1], [1, 1, 1]], [[0, 0, 0], [0, 0, 0]])
    for (hidden, loss), reduction, Y in product(PAIRS, ("sum", "mean"), targets):
        for selected, scale in (((0,), 1), ((0, 1), 100)):
            exercise = random_exercise(3, hidden=hidden, loss=loss)
            scaled = replace(exercise, X=exercise.X * scale, Y=Y, selected=selected, reduction=reduction)
            yield replace(scaled, biases_fixed=reduction == "mean")


class Reading(HTMLParser):
    """Checks that every element is closed, and collects the elements and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        """Note an element, and that it is open."""
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect text, without styles."""
        if "style" not in self.open:
            self.text += data


def test_the_worked_solution_has_the_sheets_numbers_in_place() -> None:
    text = worked_markdown(SHEET, decimals=4)
    for value in ("0.2913", "0.2165", "0.2132", "0.1640", "0.3764", "-0.8360", "-0.1782", "0.0965", "0.1836"):
        assert value in text
    assert r"\mathbf{z}^{[1]} &= \mathbf{W}^{[1]}\,\mathbf{h}^{[0]} + \mathbf{b}^{[1]}" in text
    page = Reading(worked_page(SHEET, decimals=4)).text
    for value in ("0.2913", "0.3764", "−0.8360", "0.0965"):
        assert value in page


def test_a_matrix_on_paper_is_an_array_of_right_aligned_numbers() -> None:
    row = "0.1 & 0.1 & 0.1"
    assert rf"\left(\begin{{array}}{{rrr}} {row} \\ {row} \\ {row} \end{{array}}\right)" in worked_markdown(SHEET)


@pytest.mark.parametrize("write", [worked_markdown, blank_markdown])
def test_every_formula_in_markdown_is_closed(write: Write) -> None:
    for exercise in all_kinds():
        blocks = write(solve(exercise)).split("$$")
        assert len(blocks) % 2 == 1
        for block in blocks[1::2]:
            for opening, closing in (("{", "}"), (r"\left", r"\right"), (r"\begin", r"\end"), ("(", ")")):
                assert block.count(opening) == block.count(closing)
            assert set(re.findall(r"\\[A-Za-z]+", block)) <= KNOWN | MARKDOWN_COMMANDS
            assert block.isascii()


MARKDOWN_COMMANDS = {rf"\{name}" for name in ("begin", "end", "div", "underline", "hspace")}


def test_every_formula_of_every_step_can_be_drawn_without_latex() -> None:
    steps = (step for exercise in all_kinds() for step in solution_steps(solve(exercise)))
    for latex in {latex for step in steps for latex in (step.symbol, step.formula)}:
        assert set(re.findall(r"\\[A-Za-z]+|\\.", latex)) <= KNOWN
        assert set(Reading(mathml(latex)).text).isdisjoint("\\{}_$")


def test_mathml_has_scripts_fractions_and_words() -> None:
    assert "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow>" in mathml(r"\frac{\partial L}{\partial \mathbf{W}^{[1]}}")
    assert '<msup><mrow class="strong"><mrow><mi>W</mi></mrow></mrow>' in mathml(r"\mathbf{W}^{[2]}")
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in mathml(r"\tfrac12")
    assert "<msubsup><mi>h</mi><mi>k</mi><mn>2</mn></msubsup>" in mathml("h_k^2")
    assert "<mtext>\u00a0with the new parameters</mtext>" in mathml(r"L \text{ with the new parameters}")
    assert '<msup><mi class="word">tanh</mi><mn>2</mn></msup><mspace' in mathml(r"\tanh^2 z")
    fenced = "<mrow><mo>(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo>)</mo></mrow>"
    assert f"<msup>{fenced}<mn>3</mn></msup><mi>x</mi>" in mathml(r"\left(\tfrac12\right)^3 x")
    assert "<mi>z</mi><mo>)</mo></mrow><mi>i</mi></msub>" in mathml(r"\left(y\,z\right)_i")
    prime = '<mo lspace="0" rspace="0">′</mo>'
    assert f"<msup><mi>g</mi>{prime}</msup><mo" in mathml("g'(z)")
    assert f'<msup><mi class="word">tanh</mi>{prime}</msup><mspace' in mathml(r"\tanh' z")
    assert f"<msubsup><mi>g</mi><mi>k</mi>{prime}</msubsup>" in mathml("g_k'")
    assert mathml(r"1 - \tanh^2").endswith("<mn>2</mn></msup></math>")
    assert "<mi>unknown</mi>" in mathml(r"\unknown")


@PAGES
@pytest.mark.parametrize("key", PRESETS)
def test_a_page_is_whole_and_loads_nothing(write: Write, key: str) -> None:
    html = write(solve(PRESETS[key].exercise), title=PRESETS[key].title, task=PRESETS[key].description)
    reading = Reading(html)
    assert {tag for tag, _ in reading.elements}.isdisjoint({"script", "img", "link", "a", "iframe", "object"})
    assert all({"src", "href", "style"}.isdisjoint(attributes) for _, attributes in reading.elements)
    assert "url(" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert "default-src 'none'" in html
    assert PRESETS[key].description in reading.text


HOSTILE = '<script>alert(1)</script><img src="x" onerror=a>&lt;"\' </title></p>'


@PAGES
def test_no_text_becomes_html(write: Write) -> None:
    plain, hostile = Reading(write(SHEET, title="T", task="x")), Reading(write(SHEET, title=HOSTILE[:80], task=HOSTILE))
    assert hostile.elements == plain.elements
    assert hostile.text.count(HOSTILE[:80].strip()) == 3


@MARKDOWN
def test_no_text_becomes_markdown(write: Write) -> None:
    task = "# a\n- b\n1. c\n<img src=x>\n![i](u) `d` **e** $f$ [g](h) |\n    code\n==="
    text = write(SHEET, title="# **T**\n`x`", task=task)
    assert text.startswith("# \\# \\*\\*T\\*\\* \\`x\\`\n")
    expected = (
        "\\# a  \n\\- b  \n1\\. c  \n\\<img src=x\\>  \n"
        "\\!\\[i\\](u) \\`d\\` \\*\\*e\\*\\* \\$f\\$ \\[g\\](h) \\|  \ncode  \n\\==="
    )
    assert expected in text


def test_control_characters_do_not_reach_paper() -> None:
    for write in (worked_markdown, blank_markdown, worked_page, blank_page):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", write(SHEET, title="a\x00\rb", task="\x1b[0m\u202e"))


def values_to_find(solution: Solution) -> int:
    return sum(np.size(step.value) for step in solution_steps(solution) if step.formula)


@pytest.mark.parametrize("solution", [SHEET, BOTH], ids=["one", "both"])
def test_the_blank_sheet_gives_everything_and_tells_no_result(solution: Solution) -> None:
    given, asked = blank_markdown(solution).split("## Forward pass")
    assert given.count("array") == 2 * (2 * 3 + 2)
    assert "learning rate 0.1" in given
    assert asked.count(r"\underline") == values_to_find(solution)
    assert not re.search(r"\d\.\d|\d{2}", asked)
    given, asked = blank_page(solution).split("<h2>Forward pass</h2>")
    assert given.count("<table") == 2 * 3 + 2
    assert asked.count("<td></td>") + asked.count('class="answer"') == values_to_find(solution)
    assert not re.search(r"\d\.\d|\d{2}", Reading(asked.replace("</body></html>", "")).text)


def test_the_assignment_says_what_is_asked() -> None:
    text = worked_markdown(solve(PRESETS["q1-logistic"].exercise))
    assert "layers of 2-2-2 units, logistic hidden units and logistic outputs" in text
    assert "one stochastic gradient descent step with learning rate 0.5" in text
    assert "The biases stay as they are." in text
    assert "batch of the 2 examples below" in worked_markdown(BOTH)
    assert "loss is the mean of theirs" in worked_markdown(solve(replace(BOTH.exercise, reduction="mean")))


def test_rounded_givens_are_said_to_be_rounded() -> None:
    third = solve(replace(SHEET.exercise, X=np.full((2, 4), 1 / 3)))
    assert "rounded to 4 decimals" in blank_markdown(third, decimals=4)
    assert "rounded" not in blank_markdown(SHEET, decimals=1)


@pytest.mark.parametrize(
    ("value", "latex"),
    [(0.1, "0.1"), (-1 / 3, "-0.33333"), (1.5e-9, r"1.5 \cdot 10^{-9}"), (0.0, "0"), (np.nan, r"\text{not a number}")],
)
def test_numbers_in_latex(value: float, latex: str) -> None:
    assert number_latex(value, 5) == latex


def test_operators_in_latex() -> None:
    assert operator_latex("1/2 · (") == r"\tfrac{1}{2} \cdot \left("
    assert operator_latex(")²") == r"\right)^2"
    assert operator_latex("· log") == r"\cdot \log"
    assert operator_latex("id") == r"\operatorname{id}"


def test_overflow_is_told_in_words() -> None:
    overflowing = solve(replace(sheet_exercise("q1"), X=np.full((2, 4), 1e308), learning_rate=100.0))
    linear = solve(replace(overflowing.exercise, network=replace(overflowing.exercise.network, hidden="identity")))
    for write in (worked_markdown, worked_page):
        text = write(linear)
        assert "too large" in text
        assert not re.search(r"\b(inf|nan)\b", re.sub(r'title="[^"]*"', "", text))
