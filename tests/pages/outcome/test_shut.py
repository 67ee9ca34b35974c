"""The test set stays shut with a validation share, on every part of question 3, until it is opened; looks count."""

from pages.common.runs_store import STORE
from pages.runs import state as runs_state
from tests.app import button, charts, open_page
from tests.pages.question3 import QUICK, results, train


def words(app) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.caption))


def test_the_test_set_is_shut_until_it_is_opened_and_each_look_counts_once() -> None:
    app = train(open_page("q3", validation_size="0.25", **QUICK))
    shown = results(app)
    assert {"Validation accuracy", "Validation loss"} < set(shown)
    assert not {"Test accuracy", "Test loss"} & set(shown)
    assert "on the validation set after 3 epochs" in charts(app)[0]
    assert "You have not opened the test set of this split yet." in words(app)
    assert "of 360" not in words(app)
    app.button_group(key="look").set_value("Mistakes").run()
    assert len(charts(app)) == 2
    button(app, "Open the test set").click().run()
    assert "of 360 test images are wrong" in charts(app)[2]
    app.button_group(key="look").set_value("Verdict").run()
    assert "of 360" in words(app)
    assert "You have opened the test set of this split once." in words(app)
    # Another training is another look; without the share its numbers were there all along
    app.text_input(key="ours_max_iter").set_value("4").run()
    train(app)
    assert "of 360" not in words(app)
    button(app, "Open the test set").click().run()
    assert "You have opened the test set of this split twice." in words(app)
    assert "train_test_split(\n    X_train, y_train, test_size=0.25, random_state=42\n)" in app.code[1].value


def test_a_validation_share_is_recommended_once_three_settings_were_tried() -> None:
    app = open_page("q3", **QUICK)
    for tried, rate in enumerate(("0.1", "0.01"), start=2):
        app.text_input(key="ours_learning_rate_init").set_value(rate).run()
        train(app)
        # Scikit-learn's settings count too
        assert ("You have tried 3 settings on this test set." in words(app)) == (tried == 3)
    button(app, "Hold out 0.2").click().run()
    assert app.text_input(key="validation_size").value == "0.2"


def test_two_kept_runs_keep_it_shut_too_and_the_same_look_counts_once() -> None:
    app = train(open_page("q3", validation_size="0.25", **QUICK))
    button(app, "Open the test set").click().run()
    app.session_state["q3: opened"] = set()  # as after a reload
    app.switch_page("pages/experiments.py").run()
    app.session_state[runs_state.TICKED] = tuple(run.id for run in app.session_state[STORE].heads())
    app.run()
    assert "Validation accuracy" in app.dataframe[0].value.columns
    assert "You have opened the test set of this split once." in words(app)
    assert "of 360 test images" not in words(app)
    button(app, "Open the test set").click().run()
    assert "of 360 test images" in words(app)
    assert "You have opened the test set of this split once." in words(app)
