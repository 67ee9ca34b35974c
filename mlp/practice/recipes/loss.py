"""Mistakes of the loss."""

from collections.abc import Iterator

import numpy as np

from mlp.arrays import Array
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.recipe import Recipe
from mlp.squared_errors import CONVENTIONS, convention_of

MANY_EXAMPLES, TWO_OUTPUTS = 3, 2


def is_squared(chain: Chain) -> bool:
    """Return whether the loss is a squared error."""
    return convention_of(chain.loss.name) != ""


def is_halved(chain: Chain) -> bool:
    """Return whether the loss is half the sum of squares, about which most mistakes with a factor 1/2 or 2 are."""
    return convention_of(chain.loss.name) == "half"


def is_mean_of_outputs(chain: Chain) -> bool:
    """Return whether the loss is divided by the number of outputs already."""
    return convention_of(chain.loss.name) == "mean"


def example_losses(chain: Chain, place: Place, losses: Array) -> Array:
    """Return the loss of one example, or of the batch where the place is its, from those of all examples (n,)."""
    if place.kind == "L of":
        return losses[[place.index - 1], np.newaxis]
    return np.array([[losses.sum() * chain.scale]])


def losses_of(chain: Chain) -> Array:
    """Return each example's loss from the outputs, (n,)."""
    return chain.loss.output_value(chain.h(chain.depth).T, chain.Y.T)


def asked_of_examples(chain: Chain, place: Place) -> bool:
    """Return whether this loss is worked out from the outputs: an example's, or the batch's where it is alone."""
    return place.kind == "L of" or chain.X.shape[1] == 1


def loss_times(chain: Chain, place: Place, factor: float) -> Iterator[Array]:
    """Yield the loss times a factor, where it is worked out from the outputs."""
    if asked_of_examples(chain, place):
        yield example_losses(chain, place, factor * losses_of(chain))


def loss_doubled(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield twice the loss, for the squared errors."""
    if is_halved(chain):
        yield from loss_times(chain, place, 2.0)


def loss_halved(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half the loss."""
    yield from loss_times(chain, place, 0.5)


def loss_over_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss divided by the number of outputs, unless it is their mean."""
    if not is_mean_of_outputs(chain):
        yield from loss_times(chain, place, 1.0 / len(chain.Y))


def has_mean_of_its_own(chain: Chain) -> bool:
    """Return whether the mean of the squares is neither half their sum nor twice that: of three outputs or more."""
    return is_halved(chain) and len(chain.Y) > TWO_OUTPUTS


def loss_of_mean_squares(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the sum of the squares divided by the number of outputs in place of by 2."""
    if has_mean_of_its_own(chain):
        yield from loss_times(chain, place, 2.0 / len(chain.Y))


def factors_of_other_conventions(chain: Chain) -> list[float]:
    """Return by what the other squared errors differ from this one, where it is not half the sum of squares.

    For half the sum each of them has a recipe, and a sentence, of its own.
    """
    own, n = convention_of(chain.loss.name), len(chain.Y)
    if own in ("", "half"):
        return []
    ratios = (other.weight(n) / CONVENTIONS[own].weight(n) for other in CONVENTIONS.values())
    return sorted({ratio for ratio in ratios if ratio != 1.0})


def loss_of_another_convention(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss with the factor of another squared error."""
    for factor in factors_of_other_conventions(chain):
        yield from loss_times(chain, place, factor)


def loss_to_base_10(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy with logarithms to base 10."""
    if not is_squared(chain):
        yield from loss_times(chain, place, 1.0 / np.log(10.0))


def loss_negative(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss with the other sign."""
    yield from loss_times(chain, place, -1.0)


def loss_not_squared(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half the sum of absolute errors, for the squared errors."""
    if is_halved(chain) and asked_of_examples(chain, place):
        yield example_losses(chain, place, 0.5 * np.abs(chain.h(chain.depth) - chain.Y).sum(axis=0))


def loss_of_z(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss of z in place of the outputs, where they differ and z can be put in."""
    if is_squared(chain) and asked_of_examples(chain, place):
        yield example_losses(chain, place, chain.loss.output_value(chain[f"z{chain.depth}"].T, chain.Y.T))


def both_terms(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy of every output against one minus it, where softmax has only the first term."""
    if chain.loss.distribution and asked_of_examples(chain, place):
        p, Y = chain.h(chain.depth), chain.Y
        yield example_losses(chain, place, losses_of(chain) - ((1.0 - Y) * np.log1p(-p)).sum(axis=0))


def mean_for_sum(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the batch's loss averaged where it is summed."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "sum":
        yield chain.rule("L") / n


def sum_for_mean(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the batch's loss summed where it is averaged."""
    n = chain.X.shape[1]
    if n > 1 and chain.exercise.reduction == "mean":
        yield chain.rule("L") * n


def one_examples_loss(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield one example's loss in place of the batch's."""
    n = chain.X.shape[1]
    if n > 1:
        yield from (chain[f"L({j})"] for j in range(1, n + 1))


def other_examples_loss(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the loss of another example."""
    yield from (losses_of(chain)[[j], np.newaxis] for j in range(chain.X.shape[1]) if j != place.index - 1)


def entropy_asked(chain: Chain, place: Place) -> bool:
    """Return whether a cross-entropy is worked out here, of one or two examples.

    With the losses of three, each one number with a dozen recipes, no numbers would keep all of them apart.
    """
    return not is_squared(chain) and asked_of_examples(chain, place) and chain.X.shape[1] < MANY_EXAMPLES


def loss_to_base_2(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy with logarithms to base 2."""
    if entropy_asked(chain, place):
        yield from loss_times(chain, place, 1.0 / np.log(2.0))


def squares_for_entropy(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half the sum of (p - y)^2, where the loss is a cross-entropy."""
    if entropy_asked(chain, place):
        yield example_losses(chain, place, 0.5 * ((chain.h(chain.depth) - chain.Y) ** 2).sum(axis=0))


def loss_with_targets(chain: Chain, place: Place, Y: Array) -> Array:
    """Return the loss against other targets (n_L, n)."""
    return example_losses(chain, place, chain.loss.output_value(chain.h(chain.depth).T, Y.T))


def wrong_class(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield -log p of each wrong class, where the outputs are softmax's."""
    if chain.loss.distribution and entropy_asked(chain, place):
        yield from (loss_with_targets(chain, place, np.roll(chain.Y, k, axis=0)) for k in range(1, len(chain.Y)))


def every_class(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield -log p added over all classes, where the outputs are softmax's."""
    if chain.loss.distribution and entropy_asked(chain, place):
        yield loss_with_targets(chain, place, np.ones_like(chain.Y))


def log_of_the_rest(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the cross-entropy of 1 - p in place of p."""
    if entropy_asked(chain, place):
        yield example_losses(chain, place, chain.loss.output_value(1.0 - chain.h(chain.depth).T, chain.Y.T))


def first_term_only(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield -y log p without (1 - y) log(1 - p), where each output has both terms."""
    if not chain.loss.distribution and entropy_asked(chain, place):
        yield example_losses(chain, place, -(chain.Y * np.log(chain.h(chain.depth))).sum(axis=0))


LOSSES_OF_EXAMPLES = ("L of", "L")
LOSS_RECIPES = (
    Recipe("half left out", LOSSES_OF_EXAMPLES, loss_doubled,
           "The factor ½ was left out: this loss is half the sum of the squares."),
    Recipe("half too many", LOSSES_OF_EXAMPLES, loss_halved, "This is half of the loss: a factor ½ too many."),
    Recipe("loss averaged over outputs", LOSSES_OF_EXAMPLES, loss_over_outputs,
           "The loss was divided by the number of outputs: here it is a sum over them."),
    Recipe("mean of the squares", LOSSES_OF_EXAMPLES, loss_of_mean_squares,
           "The mean of the squares was taken: this loss is half their sum, whatever the number of outputs.",
           late=True),
    Recipe("another squared error", LOSSES_OF_EXAMPLES, loss_of_another_convention,
           "The squares got another factor: look up whether this loss is their sum, half of it, or their mean.",
           late=True),
    Recipe("log to base 10", LOSSES_OF_EXAMPLES, loss_to_base_10,
           "The logarithm was taken to base 10: take the natural one (the key ln)."),
    Recipe("loss with the other sign", LOSSES_OF_EXAMPLES, loss_negative,
           "The sign is the other way round: a loss is not negative here."),
    Recipe("errors not squared", LOSSES_OF_EXAMPLES, loss_not_squared,
           "The errors were not squared: square each ŷ − y before adding."),
    Recipe("loss of z", LOSSES_OF_EXAMPLES, loss_of_z,
           "The z of the last layer was put into the loss: put in the outputs, after their activation."),
    Recipe("both terms of the logarithm", LOSSES_OF_EXAMPLES, both_terms,
           "(1 − y) log(1 − p) was added: with softmax the loss is −Σ y log p alone."),
    Recipe("mean in place of sum", ("L",), mean_for_sum,
           "The losses of the examples were averaged: here the batch's loss is their sum."),
    Recipe("sum in place of mean", ("L",), sum_for_mean,
           "The losses of the examples were added: here the batch's loss is their mean."),
    Recipe("one example's loss", ("L",), one_examples_loss,
           "This is the loss of one example: the batch has the losses of all of them."),
    Recipe("another example's loss", ("L of",), other_examples_loss,
           "This is the loss of another example of the batch: take its own outputs and targets."),
    Recipe("log to base 2", LOSSES_OF_EXAMPLES, loss_to_base_2,
           "The logarithm was taken to base 2: take the natural one (the key ln)."),
    Recipe("squares in place of the logarithm", LOSSES_OF_EXAMPLES, squares_for_entropy,
           "This is a squared error of p and y: the loss here is the cross-entropy, with −ln p."),
    Recipe("wrong class's logarithm", LOSSES_OF_EXAMPLES, wrong_class,
           "The p of a wrong class was put in: take −ln p of the class whose y is 1."),
    Recipe("every class's logarithm", LOSSES_OF_EXAMPLES, every_class,
           "−ln p was added over all classes: only the class whose y is 1 counts."),
    Recipe("log of 1 − p", LOSSES_OF_EXAMPLES, log_of_the_rest,
           "The logarithm was taken of 1 − p where y is 1: take it of p there."),
    Recipe("first term of the logarithm only", LOSSES_OF_EXAMPLES, first_term_only,
           "Only −y ln p was added: an output whose y is 0 counts too, with −ln(1 − p)."),
)  # fmt: skip
