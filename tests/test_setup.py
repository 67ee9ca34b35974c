"""What the README promises to a fresh machine: two commands, and requirements with bounds."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENT = re.compile(r"[a-z0-9-]+>=\d+(\.\d+)*,<\d+(\.\d+)*")


def wrong_requirements(text: str) -> list[str]:
    """Return the requirements that lack a lower or an upper bound."""
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "-r "))]
    return [line for line in lines if not REQUIREMENT.fullmatch(line)]


def commands(text: str) -> list[str]:
    """Return the README's commands for a shell, one a block."""
    return re.findall(r"^```sh\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_every_requirement_has_both_bounds(file: str) -> None:
    assert wrong_requirements((ROOT / file).read_text()) == []


@pytest.mark.parametrize("line", ["numpy", "numpy>=2.4", "numpy<3", "numpy==2.4.6", "numpy>=2.4,<3 extra"])
def test_a_requirement_without_both_bounds_is_noticed(line: str) -> None:
    assert wrong_requirements(f"# a comment\npandas>=3.1.1,<4\n{line}\n") == [line]


def test_the_readme_has_two_commands_of_one_line_each() -> None:
    run, test = commands((ROOT / "README.md").read_text())
    assert "\n" not in run + test
    assert run.endswith("streamlit run app.py")
    assert "pip install" in run
    assert "-r requirements.txt" in run
    assert "-r tests/requirements.txt" in test
    assert re.search(r"-m pytest( [-\w ]+)?$", test)


def test_ci_takes_the_test_command_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "grep -m 1 -e '-m pytest' README.md" in (ROOT / ".ci" / "run").read_text()
    assert next(line for line in readme.splitlines() if "-m pytest" in line) == commands(readme)[1]
