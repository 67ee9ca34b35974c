"""The tables of a store that lasts, in SQLite or PostgreSQL, and how those of an earlier version are renewed."""

from collections.abc import Callable, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

TABLES = MetaData()
# One row a run: `run` is its JSON, compressed; `digest` tells whether it has changed; `kept` is when, in microseconds;
# `head` is what a table needs of it, and null in rows of version 2 until their owner comes
RUNS = Table(
    "kept_runs",
    TABLES,
    Column("owner", String(64), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("kept", BigInteger, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("run", LargeBinary, nullable=False),
    Column("head", Text),
    Index("kept_runs_by_age", "kept"),
    Index("kept_runs_by_size", "size"),
)
# One row a note: what is kept besides runs, its text compressed
NOTES = Table(
    "kept_notes",
    TABLES,
    Column("owner", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("kept", BigInteger, nullable=False),
    Column("size", Integer, nullable=False),
    Column("note", LargeBinary, nullable=False),
    Index("kept_notes_by_age", "kept"),
)
SCHEMA = Table("kept_runs_schema", TABLES, Column("version", Integer, nullable=False))
SQLITE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA busy_timeout=10000")
# Any number that is this program's: whoever holds it is the only one to change tables
POSTGRES_LOCK = 4_202_604

Step = Callable[[Connection], None]


def first_tables(connection: Connection) -> None:
    """Make version 1: a table of runs, with all columns that it has now."""
    RUNS.create(connection)


def notes_table(connection: Connection) -> None:
    """Make version 2: a table of notes beside it."""
    NOTES.create(connection)


def heads(connection: Connection) -> None:
    """Make version 3: a run's head beside it."""
    if "head" not in {column["name"] for column in inspect(connection).get_columns(RUNS.name)}:
        connection.execute(text(f"ALTER TABLE {RUNS.name} ADD COLUMN head TEXT"))


# What leads from each version to the next; a step that has been released is never changed
STEPS: tuple[Step, ...] = (first_tables, notes_table, heads)


def prepare(engine: Engine, steps: Sequence[Step] = STEPS) -> Engine:
    """Return the engine with tables of the newest version; what is in them is kept.

    Raises
    ------
    ValueError
        If the tables are of a version that only a later program knows.
    """
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", careful):
        event.listen(engine, "connect", careful)
        engine.dispose()  # connections of before are not careful
    with engine.connect() as connection:
        lock(connection)
        version = version_of(connection)
        if version > len(steps):
            raise ValueError(
                f"The store of runs has version {version}, and this program knows up to {len(steps)}: "
                "start a newer one."
            )
        for step in steps[version:]:
            step(connection)
        connection.execute(update(SCHEMA).values(version=len(steps)))
        connection.commit()
    return engine


def careful(connection: object, _: object) -> None:
    """Make a new connection to SQLite lose nothing that is committed, and wait for another one to end its writing."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in SQLITE:
        cursor.execute(pragma)
    cursor.close()


def lock(connection: Connection) -> None:
    """Let nobody else change tables until this transaction ends."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("BEGIN IMMEDIATE"))
    elif connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(POSTGRES_LOCK)))


def version_of(connection: Connection) -> int:
    """Return the version of the tables, 0 where there are none yet."""
    if not inspect(connection).has_table(SCHEMA.name):
        SCHEMA.create(connection)
        connection.execute(insert(SCHEMA).values(version=0))
    return int(connection.execute(select(SCHEMA.c.version)).scalar_one())
