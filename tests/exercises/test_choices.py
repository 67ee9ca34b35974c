"""Two choices in words name every loss of a question once, the sheet's own first."""

import pytest

from mlp.exercises.choices import choice_of, loss_choices
from mlp.exercises.sheet import LOSS_OF, QUESTION_OF


@pytest.mark.parametrize("question", LOSS_OF)
def test_every_loss_of_a_question_has_its_choice(question: str) -> None:
    choices = loss_choices(question)
    assert sorted(choices.values()) == sorted(name for name, home in QUESTION_OF.items() if home == question)
    assert next(iter(choices.values())) == LOSS_OF[question]
    assert all(choice_of(name) == choice for choice, name in choices.items())
