"""Question 3 against a second model of ours or an earlier run: every side of the outcome names them properly."""

from streamlit.testing.v1 import AppTest

from mlp.experiments.config import OurConfig
from pages.common.runs_store import STORE
from tests.app import button, charts, open_page, sentences
from tests.pages.question3 import QUICK, results, train
from tests.runs import made_up

SECOND = {
    "versus": "A second model", "ours_batch_size": "200", "ours_max_iter": "3", "second_batch_size": "100",
    "second_max_iter": "3", "second_learning_rate_init": "0.1",
}  # fmt: skip


def told(app: AppTest) -> str:
    """Return all that the page says and shows in words, without the fields' own names and what is pasted."""
    tables = " ".join(str(each.value) for each in app.table)
    html = " ".join(each.proto.body for each in app.get("html"))
    words = " ".join(each.value for each in (*app.markdown, *app.caption, *app.header, *app.warning, *app.error))
    return " ".join((words, tables, html, *charts(app)))


def test_two_models_of_ours_are_the_first_and_the_second_on_every_side() -> None:
    app = train(open_page("q3", **SECOND))
    run = app.session_state["q3: current"]
    assert [type(learner.config) for learner in run.learners] == [OurConfig, OurConfig]
    assert results(app)["Updates"] == ["24", "45"]
    assert app.table[0].value.columns.tolist() == ["Result", "First", "Second"]
    assert charts(app)[0].startswith("Loss by epoch: First from ")
    assert "Of these two fitted networks the second is the better on images like these" in told(app)
    assert "**Batch size.** The first corrects its weights 8 times an epoch, the second 15 times." in told(app)
    # Beside the page's own first sentence nothing speaks of scikit-learn, on any side
    intro = app.markdown[0].value
    for side in ("Verdict", "Mistakes", "Inside", "Draw a digit"):
        app.button_group(key="look").set_value(side).run()
        assert sentences(app) == []
        assert "scikit" not in told(app).replace(intro, "").lower()
        assert not {"Ours", "Ours right", "Ours:"} & set(told(app).replace(intro, "").split())
    app.button_group(key="look").set_value("Verdict").run()
    for experiment in ("Over seeds", "The ladder"):
        app.button_group(key="experiment").set_value(experiment).run()
        assert sentences(app) == []
    assert "From the first model's settings to the second's" in told(app)


def test_changing_the_other_model_marks_the_results_and_they_can_be_set_back() -> None:
    app = train(open_page("q3", **SECOND))
    app.button_group(key="versus").set_value("scikit-learn").run()
    (mark,) = sentences(app)
    assert "the second, now scikit-learn" in mark
    button(app, "Set the fields back to these results").click().run()
    assert sentences(app) == []
    assert app.text_input(key="second_learning_rate_init").value == "0.1"
    app.text_input(key="ours_learning_rate_init").set_value("0.05").run()
    button(app, "As the first").click().run()
    assert app.text_input(key="second_learning_rate_init").value == "0.05"


def test_an_earlier_run_is_trained_again_to_the_same_answers() -> None:
    app = train(open_page("q3", **QUICK))
    first = app.session_state["q3: current"]
    kept = next(run for run in app.session_state[STORE].all() if run.model == "Ours")
    app.text_input(key="ours_learning_rate_init").set_value("0.02").run()
    app.button_group(key="versus").set_value("An earlier run").run()
    app.selectbox(key="q3: earlier run").set_value(kept.id).run()
    run = train(app).session_state["q3: current"]
    assert run.peer.config == first.ours.config
    assert run.peer.history[-1].test_accuracy == first.ours.history[-1].test_accuracy
    assert "It is trained again, on the data above" in told(app)
    assert results(app)["Seconds training"][1].endswith("remembered")


def test_a_run_that_is_not_among_ones_own_gets_a_sentence() -> None:
    app = open_page("q3", versus="An earlier run", run="0" * 32)
    assert "No run of yours is kept yet" in told(app)
    app.session_state[STORE].put(made_up("of mine"))
    app.query_params["run"] = "<b>x</b>"
    (said,) = sentences(app.run())
    assert said == "The address asks for the run '<b>x</b>', which is not among yours: choose another."


def test_two_models_of_one_name_are_kept_under_two_and_one_training_once() -> None:
    same = {"versus": "A second model", **{f"{who}_{name}": value for who in ("ours", "second") for name, value in
            {"batch_size": "200", "max_iter": "2", "momentum": "0.5"}.items()}}  # fmt: skip
    app = train(open_page("q3", **same, second_alpha="0.1", ours_alpha="0.2"))
    names = sorted(run.name for run in app.session_state[STORE].heads())
    assert names[1] == f"{names[0]} (2)"
    app.text_input(key="second_alpha").set_value("0.2").run()
    train(app)
    assert len(app.session_state[STORE].heads()) == 2
