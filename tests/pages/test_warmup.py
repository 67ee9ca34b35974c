"""The first visit pays for what every later one needs."""

import gc
import sys

from threadpoolctl import threadpool_info

from pages.common.warmup import HEAVY_IMPORTS
from tests.app import open_page


def test_after_one_visit_the_heavy_imports_are_out_of_the_garbage_collectors_view() -> None:
    open_page()
    assert set(HEAVY_IMPORTS) <= set(sys.modules)
    assert gc.get_freeze_count() > 100_000


def test_after_one_visit_blas_keeps_to_one_thread() -> None:
    open_page()
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
