"""One run of the sheet at a time: the next one waits, but not for ever, and an error passes the turn on."""

import threading

import pytest

from pages.common.page_turn import in_turn


def test_the_next_one_waits_until_the_turn_is_passed_on() -> None:
    order, started = [], threading.Event()

    def second() -> None:
        started.set()
        with in_turn():
            order.append("second")

    thread = threading.Thread(target=second)
    with in_turn():
        thread.start()
        started.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_an_error_passes_the_turn_on_and_a_run_that_hangs_is_not_waited_for() -> None:
    with pytest.raises(ZeroDivisionError), in_turn():
        1 / 0  # noqa: B018 - what goes wrong in a turn
    with in_turn():
        thread = threading.Thread(target=lambda: in_turn(0.01).__enter__())
        thread.start()
        thread.join(timeout=5)
        assert not thread.is_alive()
