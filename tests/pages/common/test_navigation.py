"""The navigation lists every page there is, and every page keeps itself inside it."""

import ast
from pathlib import Path

import pytest

from pages.common.navigation import FOLDER, PAGES

FILES = sorted(FOLDER.glob("*.py"))


def test_every_page_is_in_the_navigation() -> None:
    assert sorted(stem for stem, _, _ in PAGES) == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_page_frames_itself_before_it_draws(path: Path) -> None:
    calls = [ast.unparse(node.value.func) for node in ast.parse(path.read_text()).body
             if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]  # fmt: skip
    assert calls[0] == "frame"
