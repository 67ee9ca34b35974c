"""The library by itself: it is built, installed and imported without the app, and says which version it is."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import mlp

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
TRY = """\
import sys
from importlib.metadata import version
import mlp
assert mlp.__file__.startswith(sys.prefix), mlp.__file__
assert version("backprop-by-hand") == mlp.__version__
print(mlp.MLP(max_iter=1).get_params()["max_iter"])
"""


def run(*command: str | Path, **options: object) -> str:
    """Run a command that must succeed, and return what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the library as pip does."""
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.slow
def test_the_wheel_holds_the_library_and_nothing_of_the_app(wheel: Path) -> None:
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "mlp").rglob("*.py")}
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert held == sources | {"mlp/py.typed"}


@pytest.mark.slow
def test_the_wheel_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "own", with_pip=False)
    python = tmp_path / "own" / "bin" / "python"
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", "--no-compile", wheel)
    # NumPy and the others are lent by the environment of the tests
    lent = os.environ | {"PYTHONPATH": sysconfig.get_path("purelib")}
    assert run(python, "-P", "-c", TRY, cwd=tmp_path, env=lent) == "1\n"


def test_the_library_asks_for_what_the_app_has() -> None:
    bounds = {line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")}
    asked = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    assert {line for line in bounds if not line.startswith("streamlit")} == set(asked)


def test_the_version_is_told_once() -> None:
    assert "version" in PROJECT["dynamic"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", mlp.__version__)


def test_every_public_name_is_listed_before_it_is_imported() -> None:
    listed = run(sys.executable, "-c", "import sys, mlp; print(*dir(mlp), 'sklearn' in sys.modules)", cwd=ROOT).split()
    assert listed[-1] == "False"
    assert set(mlp.__all__) < set(listed)
    assert "__version__" in listed
