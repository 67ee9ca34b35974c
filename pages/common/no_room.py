"""Components that are heard or that only do something: a name for the rule that gives them no room on the page."""

NO_ROOM = "takes no room"


def no_room(name: str) -> str:
    """Return the key of a component that takes no room, nor the gap beside it: page.css knows it by how it begins."""
    return f"{NO_ROOM}: {name}"
