"""What a component is made of: the files beside this one, and the data that Python sends to it."""

import json
from collections.abc import Mapping
from pathlib import Path


def read(*names: str) -> str:
    """Return the text of files beside this one, one after the other."""
    return "\n".join(Path(__file__).with_name(name).read_text("utf-8") for name in names)


def packed(data: Mapping[str, object]) -> bytes:
    """Return data as it goes to a component: JSON, as bytes that Streamlit passes on as they are.

    A mapping it would look through for tables, and write out twice; read.js reads the bytes.
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
