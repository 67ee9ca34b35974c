"""Shares and p-values as text."""

from mlp.view.shares import p_words, share


def test_a_small_p_is_not_shown_as_zero():
    assert [p_words(p) for p in (1.0, 0.0390625, 0.0001, 1e-60)] == [
        "p = 1.0000", "p = 0.0391", "p = 0.0001", "p < 0.0001",
    ]  # fmt: skip


def test_zero_has_no_sign():
    assert [share(value) for value in (-0.0, -0.0001, -0.0021)] == ["0.000", "0.000", "−0.002"]
