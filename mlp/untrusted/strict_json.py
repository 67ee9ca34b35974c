"""JSON that came from outside, read strictly: each key once, every number one, nothing nested without end."""

import json
from functools import partial

from mlp.limits import LONGEST_REAL, MOST_DIGITS


def parsed(text: str | bytes, what: str) -> object:
    """Return the values of a JSON text in which no key comes twice and every number is one.

    Parameters
    ----------
    text : str, or bytes in UTF-8
    what : str
        What the text is to hold, as a sentence begins: "A handout".

    Raises
    ------
    ValueError
        One sentence that says what was needed and what came.
    """
    try:
        text = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        return json.loads(
            text,
            object_pairs_hook=partial(once_each, what),
            parse_constant=partial(no_number, what),
            parse_int=partial(whole_number, what),
            parse_float=partial(real_number, what),
        )
    except UnicodeDecodeError:
        raise ValueError(f"{what} needs text in UTF-8; got other bytes.") from None
    except RecursionError:
        raise ValueError(f"{what} needs lists within lists three deep; these are far deeper.") from None
    except json.JSONDecodeError as error:
        comma = " There is a comma too many." if is_after_comma(error) else ""
        raise ValueError(f"{what} needs JSON; line {error.lineno}, column {error.colno} is none.{comma}") from None


def is_after_comma(error: json.JSONDecodeError) -> bool:
    """Return whether a list or an object ends where a comma promised one more entry, as people write by hand."""
    return error.doc[: error.pos].rstrip().endswith(",") and error.doc[error.pos : error.pos + 1] in tuple("]}")


def once_each(what: str, pairs: list[tuple[str, object]]) -> dict:
    """Return a JSON object's entries; two of one name could be read in two ways."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"{what} needs each key once; one comes twice.")
    return found


def no_number(what: str, name: str) -> None:
    """Refuse NaN and Infinity, which JSON does not know but Python reads."""
    raise ValueError(f"{what} needs numbers; got {name}.")


def whole_number(what: str, digits: str) -> int:
    """Return a whole number; one too long for any value here is not even read."""
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"{what} needs numbers of at most {MOST_DIGITS} digits; got {len(digits)}.")
    return int(digits)


def real_number(what: str, digits: str) -> float:
    """Return another number; no value needs more than the 25 characters that Python writes."""
    if len(digits) > LONGEST_REAL:
        raise ValueError(f"{what} needs numbers of at most {LONGEST_REAL} characters; got {len(digits)}.")
    return float(digits)
