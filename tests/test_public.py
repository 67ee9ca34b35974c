"""Whatever is public says what it gives and shows an example, and the example does what it shows."""

import doctest
import importlib
import inspect
from collections.abc import Callable

import pytest

ROOMS = ("mlp", "mlp.exercises", "mlp.datasets", "mlp.practice")


def public(room: str) -> list[tuple[str, Callable]]:
    """Return the functions and classes of a room with their names; constants have no docstring to ask for."""
    module = importlib.import_module(room)
    named = ((f"{room}.{name}", getattr(module, name)) for name in module.__all__)
    return [(name, thing) for name, thing in named if callable(thing)]


def missing(thing: Callable) -> list[str]:
    """Return the sections that a public docstring lacks: what comes back, what is raised, and an example."""
    doc, source = inspect.getdoc(thing) or "", inspect.getsource(thing)
    gives = ("Parameters", "Attributes") if inspect.isclass(thing) else ("Returns", "Yields")
    wanted = [gives, *([("Raises",)] if "raise ValueError" in source else []), ("Examples",)]
    lacks = [either[0] for either in wanted if not any(f"\n{name}\n{'-' * len(name)}\n" in doc for name in either)]
    return lacks if lacks or ">>> " in doc else ["Examples"]


def failures(thing: Callable) -> str:
    """Return what the examples of a docstring printed that they don't show; empty where all is as shown."""
    told: list[str] = []
    for test in doctest.DocTestFinder(recurse=False).find(thing, thing.__name__, globs={}):
        doctest.DocTestRunner().run(test, out=told.append)
    return "".join(told)


NAMES = [pytest.param(thing, id=name) for room in ROOMS for name, thing in public(room)]


@pytest.mark.parametrize("thing", NAMES)
def test_a_public_name_has_every_section(thing: Callable) -> None:
    assert missing(thing) == []


@pytest.mark.parametrize("thing", NAMES)
def test_the_example_of_a_public_name_does_what_it_shows(thing: Callable) -> None:
    assert failures(thing) == ""


def bare() -> None:
    """Return nothing."""
    raise ValueError("Nothing is needed.")


def boastful() -> int:
    """Return a number.

    Returns
    -------
    int

    Examples
    --------
    >>> 1 + 1
    3
    """
    return 2


def test_a_docstring_without_sections_is_noticed() -> None:
    assert missing(bare) == ["Returns", "Raises", "Examples"]
    assert missing(boastful) == []


def test_an_example_that_is_wrong_is_noticed() -> None:
    assert failures(bare) == ""
    assert "Expected:\n    3\nGot:\n    2" in failures(boastful)
