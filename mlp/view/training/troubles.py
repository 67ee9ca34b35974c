"""What went wrong in a training, and which of its settings is at fault."""

from mlp.datasets import noun_of
from mlp.datasets.dataset import IMAGES
from mlp.experiments.config import Config, DataConfig, judged_by, names_of
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.run import Run
from mlp.view.judging import judging_set
from mlp.view.settings import as_text
from mlp.view.training.report import number

# A step that momentum makes more than 20 times as long, and a penalty that outweighs the loss
MUCH_MOMENTUM, MUCH_PENALTY = 0.95, 1.0
OR_STANDARDISE = ", or standardise"


def troubles(run: Run) -> list[str]:
    """Return a sentence for each model whose training went wrong."""
    data = run.comparison.data
    return [text for name, learner in models(run) if (text := trouble(name, learner, data))]


def unlearnt(run: Run) -> list[str]:
    """Return a sentence for each model that has learnt nothing, though nothing went wrong, and what to try."""
    data = run.comparison.data
    went_right = [(name, learner) for name, learner in models(run) if not trouble(name, learner, data)]
    judging, judged = judging_set(data.validation_size).lower(), f"{judged_by(data.validation_size)}_accuracy"
    return [
        f"{name}: the {judging} accuracy is {accuracy:.4f}, and always the most frequent class gets "
        f"{run.most_frequent:.4f}, so nothing was learnt. {at_fault(learner.config, data)}"
        for name, learner in went_right
        if learner.record.epoch and (accuracy := getattr(learner.record, judged)) <= run.most_frequent
    ]


def models(run: Run) -> tuple[tuple[str, Learner], ...]:
    """Return both models by name."""
    one, other = names_of(run.comparison)
    return (one, run.ours), (other, run.peer)


def trouble(name: str, learner: Learner, data: DataConfig) -> str | None:
    """Return what went wrong and what to try, None if nothing did."""
    record, before = learner.record, learner.history[0]
    if record.ended == "diverged":
        return f"{name}: the loss overflowed in epoch {record.epoch}. {too_long(learner.config, data)}"
    if record.train_loss > before.train_loss:
        rose = f"rose from {number(before.train_loss)} to {number(record.train_loss)}, so nothing was learnt"
        return f"{name}: the training loss {rose}. {too_long(learner.config, data)}"
    return None


def at_fault(config: Config, data: DataConfig) -> str:
    """Return which setting keeps a network from learning anything, and what to try."""
    if config.alpha >= MUCH_PENALTY:
        return f"The weight penalty α {as_text(config.alpha)} pulls every weight towards 0: try one below 0.01."
    if much_momentum(config):
        return too_long(config, data)
    if not is_scaled(data):
        return "Its features are of very different sizes: standardise."
    rate = as_text(config.learning_rate_init)
    return f"The steps are too short or too few: try a learning rate larger than {rate}, or more epochs."


def too_long(config: Config, data: DataConfig) -> str:
    """Return which setting makes the steps too long, and what to try."""
    if much_momentum(config):
        longer = f"{1 / (1 - config.momentum):,.0f}"
        return f"Momentum {as_text(config.momentum)} makes a step up to {longer} times as long: try 0.9."
    rate = as_text(config.learning_rate_init)
    return (
        f"The steps are too long: try a learning rate smaller than {rate}{'' if is_scaled(data) else OR_STANDARDISE}."
    )


def much_momentum(config: Config) -> bool:
    """Return whether momentum alone makes the steps very long; Adam has none."""
    return config.solver == "sgd" and config.momentum > MUCH_MOMENTUM


def is_scaled(data: DataConfig) -> bool:
    """Return whether features are of one size: the digits' pixels are, a table's columns may be thousands apart."""
    return noun_of(data.dataset) == IMAGES or data.scaling != DataConfig.scaling
