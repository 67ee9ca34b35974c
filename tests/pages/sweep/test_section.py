"""A sweep on question 3: from its fields to the best, kept over a reload, and from a cell to the fields."""

from streamlit.testing.v1 import AppTest

from pages.common import browser_key
from pages.sweep.running import SWEEP
from tests.app import APP, button, charts, open_page, sentences

QUERY = {
    "experiment": "A sweep", "ours_batch_size": "200", "ours_max_iter": "2", "sweep_seeds": "2",
    "sweep": ["learning_rate_init", "momentum"], "sweep_learning_rate_init": "0.01, 0.1", "sweep_momentum": "0; 0.9",
}  # fmt: skip
TICKS = 60


def running(app: AppTest) -> bool:
    return bool(app.session_state[f"{SWEEP.name}: running"])


def words(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.caption))


def test_a_sweep_finds_the_best_is_found_again_and_leads_to_a_training() -> None:
    app = open_page("q3", **QUERY)
    assert "4 combinations, 2 seeds each: 8 trainings." in words(app)
    assert "0.2 of the training part is held out" in words(app)
    button(app, "Sweep").click().run()
    for _ in range(TICKS):
        if not running(app):
            break
        app.run()
    assert "Best by validation: Ours, learning rate 0.1, momentum 0.9" in words(app)
    heat, shares = charts(app)
    assert heat.startswith("Ours. Validation accuracy by Learning rate η, Momentum")
    assert shares.startswith("How much of what varies goes with what. Ours: ")
    # Another visit of the same browser finds it, with other fields above it
    later = AppTest.from_file(str(APP), default_timeout=30)
    later.session_state[browser_key.KEY] = app.session_state[browser_key.KEY]
    later.run()
    later.query_params.update({"experiment": "A sweep"})
    later.switch_page("pages/q3.py").run()
    assert "Best by validation: Ours, learning rate 0.1, momentum 0.9" in words(later)
    assert ["From other settings" in each.proto.title or "other settings" in each.value for each in later.warning] == [
        True
    ]
    # From the best cell to one training with its settings, by the same validation share
    button(app, "Set the fields to it").click().run()
    fields = {each.key: each.value for each in app.text_input}
    assert (fields["ours_learning_rate_init"], fields["validation_size"]) == ("0.1", "0.2")
    assert button(app, "Train both")


def test_what_is_wrong_with_a_sweeps_values_is_said() -> None:
    (said,) = sentences(open_page("q3", **QUERY | {"sweep_momentum": "0; 2"}))
    assert said.startswith("Momentum: values: needed is a number from 0 to 0.999")
