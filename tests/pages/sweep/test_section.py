"""A sweep on question 3: from its fields to the best, kept over a reload, and from a cell to the fields."""

from urllib.parse import parse_qsl, urlsplit

from streamlit.testing.v1 import AppTest

from mlp.experiments.config import Comparison, DataConfig, OurConfig
from mlp.experiments.runs.notes import SWEEPS, SessionNotes
from mlp.experiments.runs.store import SessionStore
from mlp.experiments.sweep.kept import from_text, to_text
from mlp.experiments.sweep.outcomes import Outcome
from mlp.experiments.sweep.plan import Axis, Sweep, sweep_jobs
from pages.common import browser_key
from pages.common.runs_store import NOTES, STORE
from pages.sweep.running import LATEST, SWEEP
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
    # The link of the best cell opens the same settings, and the button sets them here, by the same validation share
    (link,) = [code.value for code in app.code if "q3?" in code.value or code.value.startswith("http")]
    opened = open_page("q3", **dict(parse_qsl(urlsplit(link).query)))
    assert sentences(opened) == []
    linked = {each.key: each.value for each in opened.text_input}
    assert (linked["ours_learning_rate_init"], linked["validation_size"]) == ("0.1", "0.2")
    button(app, "Set the fields to it").click().run()
    fields = {each.key: each.value for each in app.text_input}
    assert (fields["ours_learning_rate_init"], fields["validation_size"]) == ("0.1", "0.2")
    assert button(app, "Train both")


def test_a_sweep_that_was_left_goes_on_after_a_reload_with_what_is_missing() -> None:
    data = DataConfig(validation_size=0.2)
    sweep = Sweep(Comparison(OurConfig(batch_size=200, max_iter=2), data=data), (Axis("momentum", (0.0, 0.9)),), (1, 2))
    first, second, *_ = sweep_jobs(sweep)
    made = {job: Outcome(0.25, 1.0, 0.5, 1, 2, 0.1) for job in (first, second)}
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.session_state[STORE], app.session_state[NOTES] = SessionStore(), SessionNotes()
    app.session_state[NOTES].put(SWEEPS, LATEST, to_text(sweep, made))
    app.query_params.update({"experiment": "A sweep"})
    app.switch_page("pages/q3.py").run()
    assert [bar.proto.text for bar in app.get("progress")] == ["2 of 4 trainings done, stopped"]
    button(app, "Resume").click().run()
    for _ in range(TICKS):
        if not running(app):
            break
        app.run()
    run = app.session_state[f"{SWEEP.name}: current"]
    assert {job: run.outcomes[job] for job in made} == made
    assert set(run.campaign.jobs) == set(sweep_jobs(sweep)) - set(made)
    _, kept = from_text(app.session_state[NOTES].get(SWEEPS, LATEST))
    assert set(kept) == set(sweep_jobs(sweep))


def test_what_is_wrong_with_a_sweeps_values_is_said() -> None:
    (said,) = sentences(open_page("q3", **QUERY | {"sweep_momentum": "0; 2"}))
    assert said.startswith("Momentum: values: needed is a number from 0 to 0.999")
