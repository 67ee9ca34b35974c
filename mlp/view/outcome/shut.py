"""The test set that stays shut, in words."""

from mlp.view.numbers import times

# From so many recipes on the best of them is ahead by chance too
MANY = 3
ABOUT = (
    "Curves, best epochs and early stopping went by the validation share, so that nothing was chosen by these "
    "examples: what they say is fair once. Open it when you have decided which settings you want to judge."
)


def opened_words(count: int, in_sight: int = 0) -> str:
    """Return how often the test set was opened, and how many settings were trained with it in sight."""
    seen = f" {in_sight} settings were trained with it in sight, without a validation share." if in_sight > 1 else ""
    seen = " One was trained with it in sight, without a validation share." if in_sight == 1 else seen
    if not count:
        return f"You have not opened the test set of this split yet.{seen}"
    return (
        f"You have opened the test set of this split {times(count)}.{seen} Whoever looks often and keeps the best "
        "chooses by it after all."
    )


def advice_words(recipes: int) -> str:
    """Return why a validation share is worth having once so many recipes were tried by the test set, blank before."""
    if recipes < MANY:
        return ""
    return (
        f"You have tried {recipes} settings on this test set. The best of several is ahead by luck too: with a share "
        "for validation you choose by other examples, and the test set can judge the one you choose."
    )
