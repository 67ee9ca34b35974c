"""Question 3 in AppTest: quick settings, a training from the button to its end, and what the page shows of it."""

from streamlit.testing.v1 import AppTest

from tests.app import button

QUICK = {"ours_batch_size": "100", "ours_max_iter": "3", "sklearn_max_iter": "4"}
TICKS = 60


def train(app: AppTest) -> AppTest:
    """Press the button and train to the end."""
    return tick_until_ended(button(app, "Train both").click().run())


def tick_until_ended(app: AppTest) -> AppTest:
    """Let the timer tick until training is over."""
    for _ in range(TICKS):
        if not app.session_state["q3: running"]:
            return app
        app.run()
    raise AssertionError(f"training did not end within {TICKS} ticks")


def results(app: AppTest) -> dict[str, list[str]]:
    """Return the table of results: ours and scikit-learn's by row."""
    rows = app.table[0].value.to_numpy().tolist()
    return {row[0]: row[1:] for row in rows}


def epochs(app: AppTest) -> list[int]:
    """Return the epoch both models are at."""
    return [learner.record.epoch for learner in app.session_state["q3: current"].learners]
