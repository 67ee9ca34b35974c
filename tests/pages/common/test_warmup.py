"""The first visit pays for what every later one needs, and a page stands before anything heavy is imported."""

import ast
import gc
import json
import subprocess
import sys
import tomllib
from pathlib import Path

from threadpoolctl import threadpool_info

from pages.common.navigation import ICON
from pages.common.warmup import NEEDED, warm_up
from tests.app import open_page

ROOT = Path(__file__).parents[3]
# What trains, and what only a seed's or a split's verdict needs
HEAVY = ("numba", "llvmlite", "sklearn", "scipy")
# What draws charts and tables, of which the first page has none
DRAWING = ("altair", "pandas", "pyarrow", "sqlalchemy")
VISIT = """
import json, sys
sys.path.insert(0, ".")
from importlib import import_module
from mlp.experiments.execution import choice
choice.prepare = lambda executor: None
from pages.common import warmup
warmup.warm_up = lambda: None
from streamlit.testing.v1 import AppTest
for module in ABOVE:
    import_module(module)
seen = {"above the button that trains": [name for name in WATCHED if name in sys.modules]}
app = AppTest.from_file("app.py", default_timeout=60).run()
for page in PAGES:
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception, app.exception
    seen[page] = [name for name in WATCHED if name in sys.modules]
print(json.dumps(seen))
"""


def is_import(statement: ast.stmt) -> bool:
    """Return whether a statement of a script imports something of ours."""
    return isinstance(statement, ast.ImportFrom) and statement.module.startswith(("mlp.", "pages."))


def imported_after(*pages: str) -> dict[str, list[str]]:
    """Return which of the heavy packages a fresh process has imported once each of these pages stands."""
    above = [node.module for node in ast.parse((ROOT / "pages" / "q3.py").read_text()).body if is_import(node)]
    script = f"ABOVE, PAGES, WATCHED = {above!r}, {pages!r}, {(*HEAVY, *DRAWING)!r}\n{VISIT}"
    script = script.replace('"app.py"', repr(str(ROOT / "app.py")))
    made = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout.splitlines()[-1])


def test_a_page_stands_before_what_trains_is_imported() -> None:
    seen = imported_after("home", "q1", "q2", "practice", "q3", "experiments")
    assert {(page, name) for page, names in seen.items() for name in names if name in HEAVY} == set()
    assert seen["above the button that trains"] == seen["home"] == []
    assert "altair" in seen["q3"]  # the look-out does see what is imported


def test_after_one_visit_what_is_drawn_with_is_out_of_the_garbage_collectors_view() -> None:
    open_page()
    warm_up().join(timeout=60)
    assert set(NEEDED) <= set(sys.modules)
    assert gc.get_freeze_count() > 100_000


def test_after_one_visit_blas_keeps_to_one_thread() -> None:
    open_page()
    warm_up().join(timeout=60)
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_streamlit_does_not_collect_everything_after_every_run_and_python_still_collects() -> None:
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert options["runner"]["postScriptGC"] is False
    assert gc.isenabled()


def test_the_icon_of_the_tab_is_a_picture_of_our_own() -> None:
    assert ICON.read_text().startswith("<svg ")
    assert "http" not in ICON.read_text().replace("http://www.w3.org/2000/svg", "")
