"""Question 3 on other data without a browser: bundled sets, a visitor's own CSV, scaling, limits."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from mlp.datasets import own_dataset, split
from mlp.experiments.config import DataConfig
from mlp.experiments.training.run import start
from mlp.limits import OWN_TABLES
from pages.data import above_below, own_controls, own_data
from pages.data.cached import bundled_dataset
from pages.training.memory import finished_learners
from tests.app import button, charts, open_page, sentences
from tests.pages.question3 import QUICK, results, tick_until_ended, train

ROWS = "".join(f"{k},{k % 3},{'left' if k < 20 else 'right'}\n" for k in range(40))
GOOD = f"width,height,side\n{ROWS}".encode()
SMALL = {**QUICK, "ours_batch_size": "10"}


def own_page(content: bytes = GOOD, title: str = "sides.csv", **query: str) -> AppTest:
    """Return the page with a file of one's own chosen."""
    app = open_page("q3", dataset="own", **query)
    return upload(app, content, title)


def upload(app: AppTest, content: bytes, title: str = "other.csv") -> AppTest:
    """Choose a file in the field."""
    app.file_uploader[0].upload(title, content)
    return app.run()


def current(app: AppTest) -> str:
    """Return the name of the visitor's data set in use."""
    return app.session_state[own_data.CURRENT]


def texts(app: AppTest) -> list[str]:
    """Return what stands on the page in Markdown and captions."""
    return [each.value for each in (*app.markdown, *app.caption)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("iris", "**150 examples with 4 features**, 3 classes: setosa (50), versicolor (50), virginica (50)."),
        ("wine", "**178 examples with 13 features**, 3 classes: class\\_0 (59), class\\_1 (71), class\\_2 (48)."),
        ("breast_cancer", "**569 examples with 30 features**, 2 classes: malignant (212), benign (357)."),
        ("two_moons", "**1,000 examples with 2 features**, 2 classes: upper moon (500), lower moon (500)."),
    ],
)
def test_trains_on_every_data_set_and_speaks_of_examples(name: str, words: str) -> None:
    app = train(open_page("q3", dataset=name, scaling="standardised", **SMALL))
    assert sentences(app) == []
    assert words in texts(app)
    assert "Split stratified (`stratify=y`): each class has the same share in both parts." in texts(app)
    assert app.session_state["q3: current"].comparison.data == DataConfig(name, "standardised")
    assert results(app)["Epochs"] == ["3", "4"]
    told = " ".join([*texts(app), *charts(app), *(html.proto.body.split("</style>")[-1] for html in app.get("html"))])
    assert "test examples" in told
    assert "image" not in told.lower()
    assert "digit" not in told.lower().replace("handwritten digits, as they are", "")


def test_a_table_that_is_not_scaled_gets_a_word_of_advice() -> None:
    advice = "Features of very different sizes are hardly learnt unless they are standardised."
    queries = ({"dataset": "wine"}, {"dataset": "wine", "scaling": "standardised"}, {})
    assert [advice in " ".join(texts(open_page("q3", **query))) for query in queries] == [True, False, False]


def test_two_features_are_drawn_as_points() -> None:
    app = open_page("q3", dataset="two_moons")
    assert charts(app)[0] == "1,000 examples as points: x₁ to the right, x₂ upwards."


def test_an_address_may_name_a_data_set_by_its_label_too() -> None:
    assert "**569 examples with 30 features**" in " ".join(texts(open_page("q3", dataset="Breast cancer")))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"dataset": "mnist"}, "Data set: the address asks for 'mnist'; needed is one of Digits, Iris, Wine, Breast "),
        ({"scaling": "log"}, "Scaling: the address asks for 'log'; needed is one of none, by 16, standardised."),
        ({"dataset": "iris", "scaling": "by 16"}, "Scaling: the address asks for 'by 16'; needed is one of none, sta"),
    ],
)
def test_data_that_is_not_there_is_explained(query: dict[str, str], sentence: str) -> None:
    (said,) = sentences(open_page("q3", **query))
    assert said.startswith(sentence)


def test_an_address_that_leaves_the_data_set_blank_gets_the_sheets() -> None:
    app = open_page("q3", dataset="")
    assert "**1,797 images of handwritten digits**" in "".join(texts(app))
    assert sentences(app)[0].startswith("Data set: the address asks for nothing")


def test_scaled_digits_are_shown_as_they_are() -> None:
    plain = train(open_page("q3", look="Mistakes", **QUICK))
    scaled = train(open_page("q3", look="Mistakes", scaling="by 16", **QUICK))
    assert app_data(scaled) == DataConfig(scaling="by 16")
    pictures = [set(re.findall('base64,[^"]*', " ".join(html_of(app)))) for app in (plain, scaled)]
    assert pictures[0] & pictures[1]
    scaled.button_group(key="scaling").set_value("none").run()
    assert "scaling by 16, now none" in sentences(scaled)[0]


def html_of(app: AppTest) -> list[str]:
    """Return the galleries on the page."""
    return [each.proto.body for each in app.get("html") if 'class="bbh-gallery"' in each.proto.body]


def app_data(app: AppTest) -> DataConfig:
    """Return the data of the run on the page."""
    return app.session_state["q3: current"].comparison.data


def test_without_a_file_there_is_nothing_to_train_on() -> None:
    app = open_page("q3", dataset="own")
    assert "**No data yet.** Choose a CSV file above; what was read of it appears here." in texts(app)
    assert button(app, "Train both").disabled
    assert sentences(app) == [
        "There is nothing to train on yet: choose a CSV file of your own above, or another data set."
    ]
    assert any(text.startswith("A link to this page can't hold the file") for text in texts(app))


def test_trains_on_a_file_of_ones_own() -> None:
    app = own_page(**SMALL)
    assert sentences(app) == []
    assert "**40 examples with 2 features**, 2 classes: left (20), right (20)." in texts(app)
    assert sum("as points" in words for words in charts(app)) == 1
    train(app)
    assert app_data(app).dataset == current(app)
    assert results(app)["Epochs"] == ["3", "4"]
    assert sentences(app) == []


def test_two_tables_of_one_name_trained_in_the_same_workers_have_nothing_of_each_other() -> None:
    other = f"width,height,side\n{ROWS}".replace("0,", "9,").encode()
    visitors = [own_page(content, "sides.csv", **SMALL) for content in (GOOD, other)]
    for app in visitors:
        button(app, "Train both").click().run()
    for app in visitors:  # in turns, slice by slice
        tick_until_ended(app)
    assert results(visitors[0])["Test loss"] != results(visitors[1])["Test loss"]
    for app, content in zip(visitors, (GOOD, other), strict=True):
        run = app.session_state["q3: current"]
        alone = start(run.comparison, split(own_dataset(content)))
        alone.advance(60.0)
        assert [learner.record.test_loss for learner in run.learners] == pytest.approx(
            [learner.record.test_loss for learner in alone.learners], rel=1e-12
        )
        assert app.session_state[own_data.HELD].keys() == {run.comparison.data.dataset}


def test_points_above_and_below_a_typed_curve_are_a_table_of_ones_own_and_both_models_planes_are_drawn() -> None:
    app = open_page("q3", dataset="own", **SMALL)
    app.text_input(key=above_below.CURVE).set_value("__import__('os')")
    button(app, "Take points").click().run()
    assert "No points were drawn. A formula in x is needed" in app.error[0].value.replace("\\", "")
    app.text_input(key=above_below.CURVE).set_value("sin(2 x) + x / 2")
    button(app, "Take points").click().run()
    assert [error.value for error in (*app.exception, *app.error)] == []
    assert "400 examples with 2 features" in " ".join(texts(app))
    before = len(charts(app))
    assert "What they say of every point" in " ".join(texts(train(app)))
    assert len(charts(app)) >= before + 2


def test_another_column_can_be_the_label() -> None:
    content = b"kind,x,y\n" + b"a,1,0\nb,2,1\n" * 10
    app = own_page(content)
    refused, nothing_yet = sentences(app)
    needed = "Every column but the label needs numbers; column 'kind' has 'a' in line 2 of the file."
    assert refused == f"'sides.csv' was not taken with 'y' as classes. {needed}"
    assert nothing_yet.startswith("There is nothing to train on yet")
    assert button(app, "Train both").disabled
    assert label_of(app).options == ["kind", "x", "y"]
    label_of(app).set_value(0).run()
    assert sentences(app) == []
    assert "**20 examples with 2 features**, 2 classes: a (10), b (10)." in texts(app)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file 'other.csv' was not taken. A table with rows is needed; this file is empty."),
        (b"PK\x03\x04\x00", "The file 'other.csv' was not taken. A text file is needed;"),
        (
            b"a,b\n1\n",
            "The file 'other.csv' was not taken. Every row needs 2 cells, as the first one has; line 2 ",
        ),
        (b"a,b\n1,[x](http://y)\n1,1\n", "'other.csv' was not taken with 'b' as classes. Each class needs at least 2"),
    ],
)
def test_a_refused_file_leaves_the_one_before_in_use(content: bytes, sentence: str) -> None:
    app = train(own_page(**SMALL))
    kept = current(app)
    upload(app, content)
    (said,) = sentences(app)
    assert said.startswith(sentence)
    assert said.endswith(" Going on with 'sides.csv' and 'side' as classes.")
    assert current(app) == kept
    assert not button(app, "Train both").disabled
    assert results(app)["Epochs"] == ["3", "4"]


def test_results_on_a_file_stay_when_another_is_chosen_and_it_can_be_set_back() -> None:
    app = train(own_page(**SMALL))
    first = current(app)
    for seed in range(4):
        upload(app, GOOD.replace(b"39,", b"%d," % (50 + seed)), f"other {seed}.csv")
    assert current(app) != first
    assert "data set Your own CSV" in sentences(app)[0]
    assert len(own_data_of(app)) == OWN_TABLES + 1
    button(app, "Set the fields back to these results").click().run()
    assert current(app) == first
    assert sentences(app) == []
    app.button_group(key="dataset").set_value("iris").run()
    assert "now Iris" in sentences(app)[0]
    button(app, "Set the fields back to these results").click().run()
    assert sentences(app) == []


def test_the_label_stays_while_another_data_set_or_page_is_looked_at() -> None:
    content = b"kind,x,y\n" + b"a,1,0\nb,2,1\n" * 10
    app = own_page(content)
    label_of(app).set_value(0).run()
    kept = current(app)
    app.button_group(key="dataset").set_value("iris").run()
    app.button_group(key="dataset").set_value("own").run()
    assert (label_of(app).value, current(app), sentences(app)) == (0, kept, [])
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/q3.py").run()
    assert (label_of(app).value, current(app), sentences(app)) == (0, kept, [])


def label_of(app: AppTest):
    """Return the choice of the column of classes."""
    (found,) = [box for box in app.selectbox if box.label.startswith("Column of classes in sides.csv")]
    return found


def own_data_of(app: AppTest) -> dict:
    """Return the visitor's tables by name."""
    return app.session_state[own_data.HELD]


def test_names_from_a_file_are_text() -> None:
    app = own_page(GOOD.replace(b"width", b"<script>x</script>").replace(b"left", b"[a](http://b)"), **SMALL)
    train(app)
    assert sentences(app) == []
    assert "<script>" not in " ".join([*texts(app), *(html.proto.body for html in app.get("html"))])
    assert "[a](" not in " ".join(texts(app))


def test_a_visitors_data_is_in_no_cache_of_the_process() -> None:
    app = own_page(**SMALL)
    other = open_page("q3", dataset="own")
    assert current(app).startswith("own:")
    assert own_data.CURRENT not in other.session_state
    assert "**No data yet.**" in " ".join(texts(other))
    with pytest.raises(KeyError):
        bundled_dataset(current(app))
    train(app)
    comparison = app.session_state["q3: current"].comparison
    assert finished_learners().get((comparison.ours, comparison.data)) is None
    upload(other, GOOD)
    assert current(other) == current(app)
    button(other, "Train both").click().run()
    assert len(other.toast) == 0
    button(app, "Train both").click().run()
    assert "remembered" in app.toast[0].value


def test_a_split_without_every_class_is_explained_and_not_trained() -> None:
    content = b"x,y\n" + b"".join(b"%d,%d\n" % (7 * k % 60, k // 2) for k in range(60))
    app = own_page(content, test_size="0.05")
    (said,) = sentences(app)
    assert said.startswith("A split needs an example of each of the 30 classes in both parts; with 60 examples, 2 of ")
    assert button(app, "Train both").disabled


def test_what_would_take_the_machine_is_cut_and_the_cut_one_is_trained() -> None:
    wide = {"hidden_layer_sizes": "256, 256, 256", "batch_size": "1"}
    query = {f"sklearn_{name}": value for name, value in wide.items()}
    app = open_page("q3", sklearn_max_iter="2000", **query, ours_max_iter="1", ours_batch_size="200")
    (said,) = sentences(app)
    assert said.startswith("scikit-learn: 2,000 epochs were cut to 1")
    button(app, "Train both").click().run()
    button(app, "Stop").click().run()
    cut = app.session_state["q3: current"].comparison.peer.max_iter
    assert said.startswith(f"scikit-learn: 2,000 epochs were cut to {cut:,}, so that one visitor can't take")
    assert len(sentences(app)) == 1


@pytest.mark.parametrize("chosen", ["The ladder", "Over seeds", "Over splits"])
@pytest.mark.parametrize("asked", ["own", "two_moons", "upload"])
def test_every_experiment_opens_on_every_kind_of_data(chosen: str, asked: str) -> None:
    app = open_page("q3", dataset=asked.replace("upload", "own"), experiment=chosen, **SMALL)
    app = upload(app, GOOD) if asked == "upload" else app
    said = sentences(app)
    assert said == [] if asked != "own" else said[0].startswith("There is nothing to train on yet")


def test_a_choice_from_a_larger_test_set_does_not_break_a_smaller_one() -> None:
    app = train(open_page("q3", look="Inside", **QUICK))
    app.number_input(key="inside_image").set_value(300).run()
    app.button_group(key="dataset").set_value("iris").run()
    train(app)
    assert sentences(app) == []
    assert app.number_input(key="inside_image").value <= 30


DOUBTFUL = "a;b;class\n" + "1.200;2;x\n900;1;x\n800;3;y\n700;4;y\n" * 10


def choice(app: AppTest, label: str):
    """Return the choice of that label below the field for a file."""
    (found,) = [each for each in (*app.button_group, *app.checkbox) if each.label.startswith(label)]
    return found


def test_the_decimal_sign_of_a_file_is_asked_for_and_the_answer_stays() -> None:
    app = own_page(DOUBTFUL.encode())
    assert sentences(app)[0].startswith(
        "The file 'sides.csv' was not taken. It must be clear which sign is the decimal"
    )
    choice(app, "Its numbers have").set_value("comma").run()
    assert sentences(app) == []
    assert own_data_of(app)[current(app)].dataset.X[0, 0] == 1200
    assert any("Signs for thousands are left out: 1.200 is 1200." in text for text in texts(app))
    choice(app, "Its numbers have").set_value("point").run()
    assert own_data_of(app)[current(app)].dataset.X[0, 0] == 1.2
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/q3.py").run()
    assert (sentences(app), own_data_of(app)[current(app)].dataset.X[0, 0]) == ([], 1.2)


def test_classes_that_look_alike_are_asked_for() -> None:
    app = own_page(GOOD.replace(b"0,left", b"0,Left"))
    assert "there are 'Left' and 'left', which differ in capitals" in sentences(app)[0]
    choice(app, "Classes that look alike are").set_value("one class").run()
    assert sentences(app) == []
    assert "2 classes: left (20), right (20)" in " ".join(texts(app))


def test_a_column_that_numbers_the_rows_is_left_out_until_it_is_asked_for() -> None:
    app = own_page(GOOD.replace(b"width", b"id"))
    assert "**40 examples with 1 feature**" in " ".join(texts(app))
    assert any("'id' was left out: it only numbers the rows." in text for text in texts(app))
    first = current(app)
    choice(app, "Use 'id' as well").check().run()
    assert "**40 examples with 2 features**" in " ".join(texts(app))
    assert current(app) != first
    app.button_group(key="dataset").set_value("iris").run()
    app.button_group(key="dataset").set_value("own").run()
    assert "**40 examples with 2 features**" in " ".join(texts(app))


def test_a_file_is_parsed_once_for_all_choices_of_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    read, times = own_controls.read_table, []
    monkeypatch.setattr(own_controls, "read_table", lambda *args: times.append(args) or read(*args))
    app = own_page(b"kind,x,y\n" + b"a,1,0\nb,2,1\n" * 10)
    label_of(app).set_value(0).run()
    assert sentences(app) == []
    assert len(times) == 1
