"""One training as lines of Python: ours by the library's own loop, scikit-learn's by a plain call of `fit`."""

from collections.abc import Callable, Mapping

from mlp.datasets import Split
from mlp.experiments.config import OURS, PEER, PeerConfig, own_fields
from mlp.experiments.export.again import DIVERGED
from mlp.experiments.export.source import arguments, value_source
from mlp.experiments.runs.stored_run import STOPPED, StoredRun
from mlp.experiments.training.two_classes import outputs_of
from mlp.train_config import TrainConfig

OUR_LINES = """\
X, y, rng = data.X_train, data.y_train, np.random.RandomState({seed})
config = TrainConfig({config})
network = init_network({sizes}, hidden={hidden!r}, loss={loss!r}, init={init!r}, rng=rng)
{held}for record in train(network, X, y, config, {measured}rng=rng):
    if record.epoch == {epochs}:
        break
network, epoch = {shown[0]}record.best or record.network{shown[1]}, record.epoch


def answer(X):
    return predict(network, X)

"""
HELD = """\
trained, held = hold_out(y, {share}, rng)  # early stopping goes by these
X, y, X_held, y_held = X[trained], y[trained], X[held], y[held]
"""
PEER_LINES = """\
model = MLPClassifier({config})
with warnings.catch_warnings(action="ignore"):  # that it may not have converged
    model.fit(data.X_train, data.y_train)
answer, epoch = model.predict, model.n_iter_\
"""
NO_PLAIN_CALL = (
    "stopped early by the data's validation share, which MLPClassifier can't be given: no script repeats it."
)


def why_no_training(run: StoredRun) -> str:
    """Return in a sentence why a run can't be repeated by a script; blank if it can."""
    if run.ended == DIVERGED:
        return f"{run.name} overflowed: there is nothing to repeat."
    if run.answers is None:
        return f"{run.name} was kept without its answers to the test set: train it again to take it away."
    if run.model == PEER and run.settings["early_stopping"] and run.data["validation_size"]:
        return f"{run.name} {NO_PLAIN_CALL}"
    return ""


def our_training(run: StoredRun, split: Split) -> str:
    """Return the lines that train our network again."""
    settings = run.settings
    early = bool(settings["early_stopping"])
    held = early and not run.data["validation_size"]
    test = "" if run.data["validation_size"] else "X_test=data.X_test, y_test=data.y_test, "
    where = ("X_held", "y_held") if held else ("data.X_validation", "data.y_validation")
    classes = int(max(split.y_train.max(), split.y_test.max())) + 1
    outputs = outputs_of(str(settings["loss"]), classes)
    hidden: tuple[int, ...] = settings["hidden_layer_sizes"]  # type: ignore[assignment]
    return OUR_LINES.format(
        seed=settings["random_state"],
        config=arguments({name: settings[name] for name in own_fields(TrainConfig)}),
        sizes=(split.X_train.shape[1], *hidden, outputs),
        hidden=settings["activation"],
        loss=settings["loss"],
        init=settings["init"],
        held=HELD.format(share=value_source(settings["validation_fraction"])) if held else "",
        shown=("with_an_output_a_class(", ")") if outputs < classes else ("", ""),
        measured=test + (f"X_val={where[0]}, y_val={where[1]}, " if early else ""),
        epochs=run.final.epoch,
    )


def peer_training(run: StoredRun, split: Split) -> str:
    """Return the lines that train scikit-learn's network again; one that was stopped gets no more epochs."""
    names = [name for name in own_fields(PeerConfig) if name != "loss"]
    chosen = {name: run.settings[name] for name in names}
    if run.ended == STOPPED:
        chosen["max_iter"] = run.final.epoch
    return PEER_LINES.format(config=arguments(chosen))


TRAININGS: Mapping[str, Callable[[StoredRun, Split], str]] = {OURS: our_training, PEER: peer_training}
# What each one's loss on the test set is, in these lines' words
TEST_LOSSES = {OURS: "record.test_loss", PEER: "log_loss(data.y_test, model.predict_proba(data.X_test))"}
