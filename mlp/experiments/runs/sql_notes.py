"""Notes that last, in the same SQLite or PostgreSQL as the runs: each kept once its transaction is committed."""

import time
import zlib
from contextlib import suppress

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from mlp.experiments.runs.notes import require_small
from mlp.experiments.runs.sql_schema import NOTES
from mlp.experiments.runs.sql_store import OWNER, writing
from mlp.limits import LARGEST_NOTE, MOST_NOTE_BYTES, MOST_NOTES


class SqlNotes:
    """One owner's notes among everybody's.

    Parameters
    ----------
    engine : Engine
        Prepared by `sql_schema.prepare`.
    owner : str
        As `owners.owner_of_key` or `owner_of_person` returns it.
    most_bytes : int
        How large all notes of everybody may be together; then the oldest goes, whoever's it is.

    Raises
    ------
    ValueError
        If the owner is none.
    """

    def __init__(self, engine: Engine, owner: str, *, most_bytes: int = MOST_NOTE_BYTES) -> None:
        if not OWNER.fullmatch(owner):
            raise ValueError("A store needs an owner of 64 hexadecimal digits; got something else.")
        self._engine, self._owner, self._most_bytes = engine, owner, most_bytes
        self._mine = NOTES.c.owner == owner

    def get(self, kind: str, name: str) -> str | None:
        """Return the text under a name, None where there is none or the store does not answer."""
        query = select(NOTES.c.note).where(self._mine, NOTES.c.kind == kind, NOTES.c.name == name)
        with suppress(SQLAlchemyError), self._engine.connect() as connection:
            packed = connection.execute(query).scalars().first()
            return None if packed is None else unpacked(packed)
        return None

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind, the one that was put last first; none where the store does not answer."""
        query = select(NOTES.c.name).where(self._mine, NOTES.c.kind == kind).order_by(NOTES.c.kept.desc())
        with suppress(SQLAlchemyError), self._engine.connect() as connection:
            return tuple(connection.execute(query).scalars())
        return ()

    def put(self, kind: str, name: str, text: str) -> None:
        """Keep a text in place of the one under its name; once this returns it is kept.

        Raises
        ------
        StoreFull
            If it is too large.
        StoreUnavailable
            If the store does not answer.
        """
        require_small(text)
        packed = zlib.compress(text.encode())
        values = {"kept": time.time_ns() // 1000, "size": len(packed), "note": packed}
        with writing(self._engine) as connection:
            there = update(NOTES).where(self._mine, NOTES.c.kind == kind, NOTES.c.name == name).values(values)
            if not connection.execute(there).rowcount:
                connection.execute(insert(NOTES).values(owner=self._owner, kind=kind, name=name, **values))
            self._make_room(connection, kind)

    def delete(self, kind: str, name: str) -> None:
        """Forget the text under a name; an unknown one changes nothing."""
        with writing(self._engine) as connection:
            connection.execute(delete(NOTES).where(self._mine, NOTES.c.kind == kind, NOTES.c.name == name))

    def _make_room(self, connection: Connection, kind: str) -> None:
        """Let the oldest notes go until the owner's of a kind and everybody's fit."""
        mine = select(NOTES.c.name).where(self._mine, NOTES.c.kind == kind).order_by(NOTES.c.kept.desc())
        old = connection.execute(mine.offset(MOST_NOTES)).scalars().all()
        if old:
            connection.execute(delete(NOTES).where(self._mine, NOTES.c.kind == kind, NOTES.c.name.in_(old)))
        whole = select(func.coalesce(func.sum(NOTES.c.size), 0))
        while int(connection.execute(whole).scalar_one()) > self._most_bytes:
            oldest = select(NOTES.c.owner, NOTES.c.kind, NOTES.c.name).order_by(NOTES.c.kept).limit(1)
            owner, its_kind, name = connection.execute(oldest).one()
            connection.execute(
                delete(NOTES).where(NOTES.c.owner == owner, NOTES.c.kind == its_kind, NOTES.c.name == name)
            )


def unpacked(packed: bytes) -> str | None:
    """Return the text of a note, None where it is none of ours."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(bytes(packed), LARGEST_NOTE)
        return plain.decode() if unpacker.eof else None
    except (zlib.error, UnicodeDecodeError):
        return None
