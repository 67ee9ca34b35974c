"""What the README promises to a fresh machine: two commands, requirements with bounds, and the tasks by their names."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

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


def test_ci_runs_the_linter_and_the_types_before_the_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    guards, tests = script.index("for task in lint types"), script.rindex('bash -c "$command"')
    assert guards < tests


@pytest.fixture
def runner() -> ModuleType:
    """Load the task runner, which lies in no package."""
    spec = importlib.util.spec_from_file_location("task", ROOT / ".ci" / "task.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_task_has_commands(runner: ModuleType) -> None:
    tasks = runner.tasks()
    assert set(tasks) >= {"run", "test", "lint", "types", "bench"}
    assert all(commands and all(commands) for commands in tasks.values())


@pytest.mark.parametrize("arguments", [[], ["tests"]])
def test_an_unknown_task_is_told_what_there_is(
    runner: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert runner.main(arguments) == 2
    assert f"run, test, slow, fast, lint, types, bench; got {(arguments or ['none'])[0]}." in capsys.readouterr().err


def test_a_task_ends_with_its_first_command_that_fails(runner: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "tasks", lambda: {"both": ["exit 3", "exit 4"], "last": ["true", "exit"]})
    assert runner.main(["both"]) == 3
    assert runner.main(["last", "5"]) == 5


def test_the_readme_says_what_each_task_does(runner: ModuleType) -> None:
    rows = re.findall(r"^\| `(\w+)` \| ", (ROOT / "README.md").read_text().partition("## Develop it")[2], re.MULTILINE)
    assert rows == list(runner.tasks())
