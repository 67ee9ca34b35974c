"""On paper: no sheet tears, a blank sheet fits two pages, and the key has a page of its own."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from playwright.sync_api import Page

from mlp.exercises import Exercise, sheet_exercise, solve
from mlp.practice.assignment import Assignment, exercise_of
from mlp.view.paper import blank_page, blank_page_with_key
from tests.e2e.sheet_page import open_question

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
EXERCISES = {f"{question} {selected}": partial(replace, sheet_exercise(question), selected=selected)
             for question in ("q1", "q2") for selected in ((0,), (0, 1))}  # fmt: skip
# The most that practice offers in its lists: three examples, velocities, four columns; it takes seconds to find one
LARGEST = partial(exercise_of, Assignment(question="q2", examples=3, momentum=0.9))


def pages(page: Page, html: str) -> int:
    """Return how many sheets of A4 a document takes."""
    page.set_content(html)
    return len(PAGE.findall(page.pdf(format="A4")))


@pytest.fixture
def paper(new_page: Callable[..., Page]) -> Page:
    """Open a page to print from."""
    return new_page()


@pytest.mark.parametrize("exercise", [*EXERCISES.values(), LARGEST], ids=[*EXERCISES, "largest"])
def test_the_blank_sheet_takes_two_pages_and_its_key_one(paper: Page, exercise: Callable[[], Exercise]) -> None:
    solution = solve(exercise())
    blank = pages(paper, blank_page(solution))
    assert blank <= 2
    assert pages(paper, blank_page_with_key(solution)) == blank + 1


def test_a_question_on_a_dark_screen_is_printed_black_on_white_without_what_is_pressed(
    new_page: Callable[..., Page], server: str
) -> None:
    page = new_page(color_scheme="dark")
    open_question(page, f"{server}/q1")
    page.emulate_media(media="print", color_scheme="dark")
    inks = page.evaluate("[...document.querySelectorAll('.sheet *, .stApp')].map((one) => getComputedStyle(one).color)")
    assert set(inks) == {"rgb(0, 0, 0)"}
    assert page.locator('[data-testid="stMain"] button:visible, [data-testid="stMain"] select:visible').count() == 0
    assert len(PAGE.findall(page.pdf(format="A4"))) <= 6
