"""The files beside this one that make a component: its HTML, its looks, and what it does in the browser."""

from pathlib import Path


def read(*names: str) -> str:
    """Return the text of files beside this one, one after the other."""
    return "\n".join(Path(__file__).with_name(name).read_text("utf-8") for name in names)
