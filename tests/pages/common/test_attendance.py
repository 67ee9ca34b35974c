"""Whoever is gone is trained for no longer, and whoever looks at another page or experiment neither."""

from concurrent.futures import Executor, Future
from types import SimpleNamespace

import pytest

from mlp.experiments.training.material import make_slice
from pages.common import live
from pages.common.attendance import UNDER_WAY, Attended, attended
from tests.app import button, open_page

LONG = {"ours_max_iter": "2000", "sklearn_max_iter": "2000"}


class Noted(Executor):
    """An executor that makes no call, and notes which there were."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, Future]] = []

    def submit(self, fn: object, /, *_: object) -> Future:
        """Note a call."""
        self.calls.append((fn, Future()))
        return self.calls[-1][1]

    @property
    def slices(self) -> list[bool]:
        """For each slice that was asked for, whether it was taken back."""
        return [future.cancelled() for fn, future in self.calls if fn is make_slice]


@pytest.mark.parametrize("there", [True, False])
def test_a_call_is_made_as_long_as_the_tab_is_open(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    sessions = SimpleNamespace(is_active_session=lambda session: there and session == "hers")
    monkeypatch.setattr("pages.common.attendance.runtime.get_instance", lambda: sessions)
    executor = Noted()
    assert Attended(executor, "hers").submit(len, "").cancelled() is not there
    assert len(executor.calls) == there


def test_without_a_server_everybody_is_there() -> None:
    executor = Noted()
    attended(executor).submit(len, "")
    assert len(executor.calls) == 1


@pytest.mark.parametrize("way", ["page", "experiment"])
def test_what_is_left_for_another_page_or_experiment_is_asked_for_no_more(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    executor = Noted()
    monkeypatch.setattr(live, "shared_executor", lambda: executor)
    app = open_page("q3", **LONG)
    button(app, "Train both").click().run()
    assert executor.slices == [False, False]
    if way == "page":
        app.switch_page("pages/home.py").run()
    else:
        app.segmented_control(key="experiment").set_value("Over splits").run()
    assert executor.slices == [True, True]
    assert UNDER_WAY not in app.session_state
