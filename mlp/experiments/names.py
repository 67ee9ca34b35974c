"""What the two models of a comparison are called in a sentence."""

from mlp.experiments.config import FIRST, OURS, PEER, SECOND

# As they begin a sentence, and inside one
TOLD = {OURS: OURS, PEER: PEER, FIRST: "The first", SECOND: "The second"}
INSIDE = {OURS: "ours", PEER: PEER, FIRST: "the first", SECOND: "the second"}


def inside(name: str) -> str:
    """Return a model's name as it stands inside a sentence: "ours", "the first"."""
    return INSIDE.get(name) or told(name)


def told(name: str) -> str:
    """Return a model's name as it begins a sentence: in quotes if it is one that a visitor may have given."""
    return TOLD.get(name) or f"“{name}”"
