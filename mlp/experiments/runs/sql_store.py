"""A store of runs that lasts: in SQLite or PostgreSQL, each run kept from the moment its transaction is committed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from mlp.experiments.runs.head_json import head_json
from mlp.experiments.runs.heads import RunHead, head_of
from mlp.experiments.runs.sql_rows import head_in, row_of, run_from
from mlp.experiments.runs.sql_schema import NOTES, RUNS
from mlp.experiments.runs.store import StoreFull, StoreUnavailable
from mlp.experiments.runs.stored_run import StoredRun
from mlp.limits import MOST_READ, MOST_STORED_BYTES, MOST_STORED_RUNS

OWNER = re.compile(r"[0-9a-f]{64}")
ORDER = attrgetter("made", "model", "id")
# What is known of a run that is not in memory
NOTHING = ("", None)
# From this share on it is said which run goes next
NEARLY_FULL = 0.9
UNAVAILABLE = "The store of runs does not answer: nothing was changed. Save what matters as a file, and try again."


class SqlStore:
    """One owner's runs among everybody's.

    Parameters
    ----------
    engine : Engine
        Prepared by `sql_schema.prepare`.
    owner : str
        As `owners.owner_of_key` or `owner_of_person` returns it.
    most : int
        How many runs the owner may have; then the oldest that is not pinned goes for each new one.
    most_bytes : int
        How large all runs of everybody may be together; then the oldest that is not pinned goes, whoever's it is.

    Raises
    ------
    ValueError
        If the owner is none.
    """

    def __init__(
        self, engine: Engine, owner: str, *, most: int = MOST_STORED_RUNS, most_bytes: int = MOST_STORED_BYTES
    ) -> None:
        if not OWNER.fullmatch(owner):
            raise ValueError("A store needs an owner of 64 hexadecimal digits; got something else.")
        self._engine, self._owner, self._most, self._most_bytes = engine, owner, most, most_bytes
        self._mine = RUNS.c.owner == owner
        # What was read before, by id with its digest: only what has changed is read again; of whole runs the latest few
        self._heads: dict[str, tuple[str, RunHead | None]] = {}
        self._read: dict[str, tuple[str, StoredRun | None]] = {}

    def heads(self) -> tuple[RunHead, ...]:
        """Return the head of every run, as `all` orders them; what is known if the store does not answer."""
        with suppress(SQLAlchemyError), self._engine.connect() as connection:
            self._refresh(connection)
        return tuple(sorted((head for _, head in self._heads.values() if head), key=ORDER))

    def runs(self, ids: Iterable[str]) -> tuple[StoredRun, ...]:
        """Return those of the runs with these ids that are there, in the order of the ids."""
        wanted = tuple(ids)
        with suppress(SQLAlchemyError), self._engine.connect() as connection:
            self._read_whole(connection, wanted)
        found = {id: self._read[id] for id in wanted if id in self._read}
        latest = {id: read for id, read in self._read.items() if id not in found} | found
        self._read = dict(list(latest.items())[-MOST_READ:])
        return tuple(run for _, run in found.values() if run)

    def all(self) -> tuple[StoredRun, ...]:
        """Return every run, the oldest first, of one moment ours first; what is known if the store does not answer."""
        return self.runs(head.id for head in self.heads())

    def put(self, *runs: StoredRun) -> None:
        """Keep runs, each in place of the one with its id; once this returns they are kept, all of them.

        Raises
        ------
        StoreFull
            If there is no room even without every run that may go; none is kept then.
        StoreUnavailable
            If the store does not answer.
        """
        rows = [row_of(run) for run in {run.id: run for run in runs}.values()]
        with writing(self._engine) as connection:
            for row in rows:
                self._put(connection, row)
            self._make_room(connection, frozenset(str(row["id"]) for row in rows))

    def delete(self, ids: Iterable[str]) -> None:
        """Forget the runs with these ids; an unknown one changes nothing."""
        with writing(self._engine) as connection:
            connection.execute(delete(RUNS).where(self._mine, RUNS.c.id.in_(tuple(ids))))

    def forget(self) -> None:
        """Forget every run of this owner, the pinned one too, and every note."""
        with writing(self._engine) as connection:
            connection.execute(delete(RUNS).where(self._mine))
            connection.execute(delete(NOTES).where(NOTES.c.owner == self._owner))

    def pin(self, id: str | None) -> None:
        """Make a run the one that is pinned, None for none: it is what others are compared with, and stays."""
        with writing(self._engine) as connection:
            connection.execute(update(RUNS).where(self._mine).values(pinned=RUNS.c.id == (id or "")))

    def pinned(self) -> str | None:
        """Return the id of the run that is pinned, if one is."""
        query = select(RUNS.c.id).where(self._mine, RUNS.c.pinned)
        with suppress(SQLAlchemyError), self._engine.connect() as connection:
            return connection.execute(query).scalars().first()
        return None

    def notice(self) -> str:
        """Return which run goes next once there is no room, before it does; blank while there is plenty."""
        with suppress(SQLAlchemyError), self._engine.connect() as connection:
            mine, oldest = self._count(connection), connection.execute(oldest_of(self._mine)).first()
            nearly_all = stored_bytes(connection) >= NEARLY_FULL * self._most_bytes
            return self._notice(mine, oldest.id if oldest else "", nearly_all=nearly_all)
        return UNAVAILABLE

    def _notice(self, mine: int, oldest: str, *, nearly_all: bool) -> str:
        """Return what is to be said of so many runs, of which this is the oldest that may go."""
        head = self._heads.get(oldest, NOTHING)[1]
        named = f": {head.name}" if head else ""
        if mine >= NEARLY_FULL * self._most:
            left = self._most - mine
            when = f"After {left} more" if left else "With the next one"
            return f"{mine} of at most {self._most} runs are kept. {when} the oldest that is not pinned goes{named}."
        if nearly_all and mine:
            return f"This server's store is nearly full: the oldest run that is not pinned goes first{named}."
        lost = sum(head is None for _, head in self._heads.values())
        return f"{lost} of your runs can't be read by this version of the app; they are kept." if lost else ""

    def _put(self, connection: Connection, row: dict[str, object]) -> None:
        """Change a run that is there, which keeps its pin and its age, or add it."""
        changed = {name: value for name, value in row.items() if name not in ("id", "kept")}
        # A transaction of SQLite that begins with writing waits for its turn; one that begins with reading may not
        there = update(RUNS).where(self._mine, RUNS.c.id == row["id"]).values(changed)
        if not connection.execute(there).rowcount:
            connection.execute(insert(RUNS).values(owner=self._owner, pinned=False, **row))

    def _make_room(self, connection: Connection, new: frozenset[str]) -> None:
        """Let the oldest runs go until the owner's and everybody's fit; those just put and those pinned stay."""
        while self._count(connection) > self._most:
            self._let_go(connection, oldest_of(self._mine, RUNS.c.id.not_in(new)))
        while stored_bytes(connection) > self._most_bytes:
            self._let_go(connection, oldest_of((RUNS.c.owner != self._owner) | RUNS.c.id.not_in(new)))

    def _let_go(self, connection: Connection, query: Select[tuple[str, str]]) -> None:
        """Delete the first run of a query; raise `StoreFull` if there is none."""
        oldest = connection.execute(query).first()
        if oldest is None:
            raise StoreFull("There is no room for these runs. Save them as a file, or delete others.")
        connection.execute(delete(RUNS).where(RUNS.c.owner == oldest.owner, RUNS.c.id == oldest.id))

    def _count(self, connection: Connection) -> int:
        """Return how many runs the owner has."""
        query = select(func.count()).select_from(RUNS).where(self._mine)
        return int(connection.execute(query).scalar_one())

    def _refresh(self, connection: Connection) -> None:
        """Read the heads that are new or have changed since, and forget those that are gone."""
        query = select(RUNS.c.id, RUNS.c.digest).where(self._mine)
        there = {row.id: row.digest for row in connection.execute(query)}
        known = {id: read for id, read in self._heads.items() if there.get(id) == read[0]}
        missing = tuple(id for id in there if id not in known)
        query = select(RUNS.c.id, RUNS.c.digest, RUNS.c.head).where(self._mine, RUNS.c.id.in_(missing))
        for row in connection.execute(query) if missing else ():
            known[row.id] = row.digest, head_in(row.head)
        headless = [id for id in missing if id in known and known[id][1] is None]
        self._heads = known
        if headless:
            self._give_heads(connection, headless)

    def _give_heads(self, connection: Connection, ids: Sequence[str]) -> None:
        """Make the heads of runs that were kept before there were any, as far as this program can read the runs."""
        self._read_whole(connection, ids)
        made = {id: (digest, head_of(run)) for id in ids for digest, run in (self._read.get(id, NOTHING),) if run}
        self._heads |= made
        connection.rollback()  # a transaction that begins with writing waits for its turn
        for id, (digest, head) in made.items():
            row = self._mine, RUNS.c.id == id, RUNS.c.digest == digest
            connection.execute(update(RUNS).where(*row).values(head=head_json(head)))
        connection.commit()

    def _read_whole(self, connection: Connection, ids: Sequence[str]) -> None:
        """Read those of these runs that are not known as they are now."""
        query = select(RUNS.c.id, RUNS.c.digest).where(self._mine, RUNS.c.id.in_(ids))
        there = {row.id: row.digest for row in connection.execute(query)}
        for id in ids:
            if self._read.get(id, NOTHING)[0] != there.get(id):
                self._read.pop(id, None)
        missing = tuple(id for id in there if id not in self._read)
        query = select(RUNS.c.id, RUNS.c.digest, RUNS.c.run).where(self._mine, RUNS.c.id.in_(missing))
        for row in connection.execute(query) if missing else ():
            self._read[row.id] = row.digest, run_from(row.run)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction: all that is written in it is kept, or nothing; `StoreUnavailable` where it can't be."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreUnavailable(UNAVAILABLE) from error


def oldest_of(*conditions: ColumnElement[bool]) -> Select[tuple[str, str]]:
    """Return the query of the run that was kept longest ago among those that are not pinned."""
    return select(RUNS.c.owner, RUNS.c.id).where(~RUNS.c.pinned, *conditions).order_by(RUNS.c.kept, RUNS.c.id).limit(1)


def stored_bytes(connection: Connection) -> int:
    """Return how large all runs of everybody are together."""
    return int(connection.execute(select(func.coalesce(func.sum(RUNS.c.size), 0))).scalar_one())
