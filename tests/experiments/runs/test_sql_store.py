"""The store that lasts, on SQLite and on a real PostgreSQL: what it says is kept is kept, and nobody sees another's."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, text, update

from mlp.experiments.runs.head_json import head_json
from mlp.experiments.runs.heads import head_of
from mlp.experiments.runs.json_file import to_dict
from mlp.experiments.runs.notes import SessionNotes
from mlp.experiments.runs.owners import new_key, owner_of_key, owner_of_person
from mlp.experiments.runs.sql_notes import SqlNotes
from mlp.experiments.runs.sql_schema import RUNS, SCHEMA, STEPS, prepare
from mlp.experiments.runs.sql_store import SqlStore
from mlp.experiments.runs.store import SessionStore, StoreFull, StoreUnavailable
from mlp.experiments.training.answers import KeptAnswers, frozen_classes
from mlp.experiments.training.points import Point
from mlp.limits import MOST_NOTES
from tests.runs import made_up, one_a_minute

KEEPER = Path(__file__).with_name("keeper.py")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/runs.db"
    return request.getfixturevalue("postgres")


@pytest.fixture
def engine(address: str) -> Iterator[Engine]:
    engine = create_engine(address)
    drop_tables(engine)
    yield prepare(engine)
    # Tables of a later version would keep other tests from this server
    drop_tables(engine)
    engine.dispose()


def drop_tables(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in ("kept_runs", "kept_notes", "kept_runs_schema"):
            connection.execute(text(f"DROP TABLE IF EXISTS {table}"))


def someone() -> str:
    owner = owner_of_key(new_key())
    assert owner is not None
    return owner


def names(store: SqlStore | SessionStore) -> list[str]:
    return [run.name for run in store.all()]


def test_runs_come_back_equal_from_another_connection(engine: Engine, address: str) -> None:
    owner, answers = someone(), KeptAnswers("0" * 32, frozen_classes([3, 1, 2]))
    runs = (
        made_up("Ours", (0.1, 1 / 3, float("nan")), ended="diverged"),
        replace(made_up("ünï '; --"), answers=answers),
    )
    SqlStore(engine, owner).put(*runs)
    later = create_engine(address)
    back = SqlStore(prepare(later), owner).all()
    later.dispose()
    assert sorted(map(str, map(to_dict, back))) == sorted(map(str, map(to_dict, runs)))


@pytest.mark.parametrize("kind", ["session", "sql"])
def test_both_stores_do_what_the_interface_says(kind: str, engine: Engine) -> None:
    store = SessionStore() if kind == "session" else SqlStore(engine, someone())
    runs = one_a_minute(4)
    store.put(*reversed(runs))
    assert names(store) == ["run 0", "run 1", "run 2", "run 3"]
    store.put(replace(runs[1], name="renamed"))
    assert names(store) == ["run 0", "renamed", "run 2", "run 3"]
    store.delete([runs[0].id, "unknown"])
    assert names(store) == ["renamed", "run 2", "run 3"]
    store.pin(runs[2].id)
    assert store.pinned() == runs[2].id
    store.pin(runs[3].id)
    assert store.pinned() == runs[3].id
    store.put(replace(runs[3], name="pinned and renamed"))
    assert store.pinned() == runs[3].id
    store.delete([runs[3].id])
    assert store.pinned() is None
    store.pin(None)
    assert len(store.all()) == 2


def test_nobody_sees_another_ones_runs(engine: Engine) -> None:
    mine, other = SqlStore(engine, someone()), SqlStore(engine, someone())
    run = made_up("mine")
    mine.put(run)
    mine.pin(run.id)
    assert (other.all(), other.pinned()) == ((), None)
    # Not even one who knows a run's id can change, pin or delete it
    other.put(replace(run, name="forged"))
    other.pin(run.id)
    other.delete([run.id])
    other.forget()
    assert (names(mine), mine.pinned()) == (["mine"], run.id)


FORGED = ["", "x", "' OR '1'='1", "%", "a" * 43 + "\n", "a" * 10**6, None, 7, ["a" * 43], "ä" * 43, "a" * 42, "*" * 43]


@pytest.mark.parametrize("key", FORGED, ids=lambda key: repr(key)[:12])
def test_a_forged_empty_or_huge_key_is_nobodys(key: object) -> None:
    assert owner_of_key(key) is None


def test_a_guessed_key_sees_nothing_and_the_key_itself_is_not_stored(engine: Engine) -> None:
    key = new_key()
    owner = owner_of_key(key)
    SqlStore(engine, owner).put(made_up())
    assert SqlStore(engine, owner_of_key("A" * 43)).all() == ()
    assert SqlStore(engine, owner_of_person("https://issuer", key)).all() == ()
    with engine.connect() as connection:
        assert connection.execute(select(RUNS.c.owner)).scalars().all() == [owner]
    assert key not in owner
    for forged in ("' OR '1'='1", "", "a" * 64 + "\n", "%" * 64):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            SqlStore(engine, forged)


def test_a_person_is_one_owner_and_no_other() -> None:
    assert owner_of_person("a", "b") == owner_of_person("a", "b")
    assert len({owner_of_person("a b", "c"), owner_of_person("a", "b c"), owner_of_person("a", "b")}) == 3


def test_the_oldest_that_is_not_pinned_goes_and_it_is_said_before(engine: Engine) -> None:
    store, runs = SqlStore(engine, someone(), most=10), one_a_minute(12)
    for run in runs[:8]:
        store.put(run)
    assert store.notice() == ""
    store.pin(runs[0].id)
    store.put(runs[8])
    assert store.all()
    assert store.notice() == "9 of at most 10 runs are kept. After 1 more the oldest that is not pinned goes: run 1."
    store.put(runs[9])
    store.put(runs[10])
    assert [run.id for run in store.all()] == [run.id for run in (runs[0], *runs[2:11])]
    assert "With the next one the oldest that is not pinned goes: run 2." in store.notice()


def test_more_than_there_can_ever_be_room_for_is_refused_whole(engine: Engine) -> None:
    store, runs = SqlStore(engine, someone(), most=10), one_a_minute(12)
    store.put(*runs[:3])
    with pytest.raises(StoreFull, match="no room for these runs"):
        store.put(*runs[1:])
    assert names(store) == ["run 0", "run 1", "run 2"]


def test_everybodys_runs_have_a_bound_together(engine: Engine) -> None:
    first, size = SqlStore(engine, someone()), len(str(to_dict(made_up())))
    first.put(made_up("old"), made_up("pinned", id="1" * 32))
    first.pin("1" * 32)
    with engine.connect() as connection:
        size = max(connection.execute(select(RUNS.c.size)).scalars())
    second = SqlStore(engine, someone(), most_bytes=3 * size)
    second.put(made_up("new"))
    assert "nearly full" in second.notice()
    second.put(made_up("newer"))
    assert names(first) == ["pinned"]
    assert sorted(names(second)) == ["new", "newer"]


def test_delete_all_that_is_mine_leaves_nothing_of_mine(engine: Engine) -> None:
    mine, other = SqlStore(engine, someone()), SqlStore(engine, someone())
    mine.put(*one_a_minute(3))
    other.put(made_up("other's"))
    mine.pin(mine.all()[0].id)
    mine.forget()
    assert (mine.all(), names(other)) == ((), ["other's"])
    with engine.connect() as connection:
        assert len(connection.execute(select(RUNS.c.id)).all()) == 1


def test_what_this_version_cannot_read_is_kept_and_told(engine: Engine) -> None:
    store = SqlStore(engine, someone())
    store.put(*one_a_minute(2))
    with engine.begin() as connection:
        first = RUNS.c.id == store.all()[0].id
        connection.execute(update(RUNS).where(first).values(run=b"later", head="{}", digest="x"))
    assert names(store) == ["run 1"]
    assert store.notice() == "1 of your runs can't be read by this version of the app; they are kept."


def test_only_what_has_changed_is_read_again(engine: Engine) -> None:
    store, other = (SqlStore(engine, owner) for owner in [someone()] * 2)
    store.put(*one_a_minute(3))
    before = store.all()
    other.put(replace(before[1], name="renamed elsewhere"))
    after = store.all()
    assert [one is two for one, two in zip(before, after, strict=True)] == [True, False, True]
    assert after[1].name == "renamed elsewhere"


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[str]]:
    """All that the database is asked."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_hundreds_of_heads_are_two_questions_and_no_curve(engine: Engine, asked: list[str]) -> None:
    owner, runs = someone(), [made_up(f"run {i}", id=f"{i:032x}") for i in range(300)]
    SqlStore(engine, owner).put(*runs)
    store = SqlStore(engine, owner)
    asked.clear()
    heads = store.heads()
    assert len(asked) == 2
    assert not [statement for statement in asked if "kept_runs.run" in statement]
    assert [head_json(head) for head in heads] == [head_json(head_of(run)) for run in runs]
    # Nothing has changed: one question. Whole runs are read by their ids alone, and once
    asked.clear()
    assert store.heads() == heads
    assert len(asked) == 1
    wanted = [runs[7].id, "unknown", runs[3].id]
    assert [to_dict(run) for run in store.runs(wanted)] == [to_dict(runs[7]), to_dict(runs[3])]
    assert [one is two for one, two in zip(store.runs(wanted), store.runs(wanted), strict=True)] == [True, True]
    assert len([statement for statement in asked if "kept_runs.run" in statement]) == 1


def test_runs_of_before_there_were_heads_get_theirs(engine: Engine, asked: list[str]) -> None:
    owner = someone()
    SqlStore(engine, owner).put(made_up("overflowed", (0.1, float("nan")), ended="diverged"), made_up("sound"))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE kept_runs DROP COLUMN head"))
        connection.execute(update(SCHEMA).values(version=2))
    prepare(engine)
    first = SqlStore(engine, owner).heads()
    asked.clear()
    again = SqlStore(engine, owner).heads()
    assert not [statement for statement in asked if "kept_runs.run" in statement]
    assert list(map(head_json, again)) == list(map(head_json, first))
    assert sorted(head.name for head in again) == ["overflowed", "sound"]


def test_a_store_that_does_not_answer_says_so_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    engine = prepare(create_engine(f"sqlite:///{path}"))
    store = SqlStore(engine, someone())
    store.put(made_up("kept"))
    assert names(store) == ["kept"]
    engine.dispose()
    path.rename(tmp_path / "away.db")
    (tmp_path / "runs.db").mkdir()
    with pytest.raises(StoreUnavailable, match="does not answer"):
        store.put(made_up("lost"))
    assert (names(store), store.pinned()) == (["kept"], None)
    assert "does not answer" in store.notice()


def test_many_threads_keep_at_once(engine: Engine) -> None:
    owners = [someone() for _ in range(4)]

    def work(owner: str) -> None:
        store = SqlStore(engine, owner)
        for run in one_a_minute(6):
            store.put(run)

    threads = [threading.Thread(target=work, args=(owner,)) for owner in owners * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(SqlStore(engine, owner).all()) for owner in owners] == [12] * 4


def add_a_note(connection: Connection) -> None:
    """Make a version that is not there yet."""
    connection.execute(text("ALTER TABLE kept_runs ADD COLUMN note TEXT"))


def broken(connection: Connection) -> None:
    """Change something, and fail half-way."""
    add_a_note(connection)
    connection.execute(text("ALTER TABLE nowhere ADD COLUMN note TEXT"))


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns("kept_runs")}


def version(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(SCHEMA.c.version)).scalar_one()


def test_tables_are_made_once_and_brought_up_to_date_with_what_is_in_them(engine: Engine) -> None:
    store = SqlStore(engine, someone())
    store.put(made_up("from before"))
    prepare(engine)
    assert version(engine) == len(STEPS)
    with pytest.raises(Exception, match="nowhere"):
        prepare(engine, (*STEPS, broken))
    assert (version(engine), "note" in columns(engine)) == (len(STEPS), False)
    prepare(engine, (*STEPS, add_a_note))
    assert (version(engine), "note" in columns(engine), names(store)) == (len(STEPS) + 1, True, ["from before"])
    with pytest.raises(ValueError, match=f"has version {len(STEPS) + 1}, and this program knows up to {len(STEPS)}"):
        prepare(engine)


@pytest.mark.slow
def test_no_run_that_was_reported_as_kept_is_lost_to_kill_9(engine: Engine, address: str, kills: int) -> None:
    owner = someone()
    keeper = subprocess.run(
        [sys.executable, str(KEEPER), address, owner, str(kills)], capture_output=True, text=True, check=True
    )
    reported = keeper.stdout.split()
    assert len(reported) >= kills
    kept = SqlStore(engine, owner, most=10**6).all()
    pairs = Counter(run.name.split()[0] for run in kept)
    assert set(reported) <= set(pairs)
    # Both runs of a pair, each to the last point of its curve
    assert set(pairs.values()) == {2}
    assert {len(run.curve) for run in kept} == {60}
    assert all(np.isfinite(run.values(name)).all() for run in kept for name in Point._fields[:7])


def test_notes_last_are_bounded_and_go_with_all_that_is_mine(engine: Engine) -> None:
    owner = someone()
    notes, others = SqlNotes(engine, owner), SqlNotes(engine, someone())
    others.put("sweep", "one", "somebody else's")
    for kept in (notes, SessionNotes()):
        for number in range(MOST_NOTES + 2):
            kept.put("sweep", f"{number}", f"ünï {number}")
        kept.put("sweep", "5", "again")
        assert kept.names("sweep") == ("5", *(f"{n}" for n in range(MOST_NOTES + 1, 1, -1) if n != 5))
        assert (kept.get("sweep", "5"), kept.get("sweep", "0"), kept.get("openings", "5")) == ("again", None, None)
        kept.delete("sweep", "5")
        assert kept.get("sweep", "5") is None
        with pytest.raises(StoreFull, match="At most 1,000,000 bytes"):
            kept.put("sweep", "5", "x" * 1_000_001)
    SqlStore(engine, owner).forget()
    assert (notes.names("sweep"), others.get("sweep", "one")) == ((), "somebody else's")
    SqlNotes(engine, owner, most_bytes=1).put("sweep", "large", "goes at once")
    assert (notes.names("sweep"), others.names("sweep")) == ((), ())
