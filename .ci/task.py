"""Run a task of pyproject.toml: `python .ci/task.py fast`, or without a name to see what there is.

Only the standard library is needed; the commands run in the environment of the project, `.venv`, where there is one.
What follows the name is added to the task's last command: `python .ci/task.py test tests/test_golden.py`.
"""

import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def tasks() -> dict[str, list[str]]:
    """Return the commands of each task by its name."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["tasks"]


def programs() -> Path:
    """Return the folder of the project's own programs: `.venv` of the README, else where this Python came from."""
    own = ROOT / ".venv" / "bin"
    return own if own.is_dir() else Path(sys.executable).parent


def run(command: str, more: Sequence[str] = ()) -> int:
    """Run a command at the top of the project with the project's programs first; return its exit code."""
    print("$", command, *more, flush=True)
    path = os.pathsep.join([str(programs()), os.environ.get("PATH", "")])
    return subprocess.run(
        ["sh", "-c", f'{command} "$@"', "sh", *more], cwd=ROOT, env=os.environ | {"PATH": path}
    ).returncode


def main(arguments: Sequence[str]) -> int:
    """Run the commands of the task that is named, up to the first that fails; return the exit code."""
    known = tasks()
    name, *more = arguments or [""]
    if name not in known:
        print(f"A task is one of: {', '.join(known)}; got {name or 'none'}.", file=sys.stderr)
        return 2
    *first, last = known[name]
    for command in first:
        if code := run(command):
            return code
    return run(last, more)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
