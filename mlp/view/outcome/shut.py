"""The test set that stays shut, in words."""

from mlp.view.numbers import times

# From so many recipes on the best of them is ahead by chance too
MANY = 3
ABOUT = (
    "Curves, best epochs and early stopping went by the validation share, so that nothing was chosen by these "
    "examples: what they say is fair once. Open it when you have decided which settings you want to judge."
)


def opened_words(count: int) -> str:
    """Return how often the test set was looked at."""
    if not count:
        return "Nobody has looked at the test set of this split yet."
    return (
        f"You have looked at the test set of this split {times(count)}. Whoever looks often and keeps the best chooses "
        "by it after all."
    )


def advice_words(recipes: int) -> str:
    """Return why a validation share is worth having once so many recipes were tried by the test set, blank before."""
    if recipes < MANY:
        return ""
    return (
        f"You have tried {recipes} settings on this test set. The best of several is ahead by luck too: with a share "
        "for validation you choose by other examples, and the test set can judge the one you choose."
    )
