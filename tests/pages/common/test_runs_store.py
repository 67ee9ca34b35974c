"""Runs that last, as a page has them: found again by the browser's key, and what is said where they are not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import create_engine, select
from streamlit import config
from streamlit.testing.v1 import AppTest

from mlp.experiments.runs import sql_store
from mlp.experiments.runs.owners import new_key, owner_of_key
from mlp.experiments.runs.sql_rows import run_from
from mlp.experiments.runs.sql_schema import RUNS
from mlp.experiments.runs.sql_store import SqlStore
from mlp.experiments.runs.store import SessionStore
from pages.common import browser_key, runs_store
from pages.runs import state as runs_state
from tests.app import button, open_page
from tests.runs import made_up, one_a_minute


def visit(key: str | None = None) -> AppTest:
    """Return the page of a visitor whose browser has this key."""
    app = open_page("experiments")
    if key:
        app.session_state[browser_key.KEY] = key
        del app.session_state[runs_store.STORE]
        app.run()
    assert [error.value for error in app.exception] == []
    return app


def names(app: AppTest) -> list[str]:
    return [run.name for run in app.session_state[runs_store.STORE].all()]


def captions(app: AppTest) -> str:
    return " ".join(each.value for each in app.caption).replace("\\", "").replace("\N{WORD JOINER}", "")


def say(app: AppTest, key: str) -> AppTest:
    """Let the browser say which key it has."""
    app.session_state[browser_key.COMPONENT] = {"key": key}
    app.run()
    assert [error.value for error in app.exception] == []
    return app


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test choose where the store is."""
    runs_store.runs_engine.clear()
    yield monkeypatch
    runs_store.runs_engine.clear()


def test_a_visitor_finds_her_runs_and_her_baseline_again_by_her_key() -> None:
    first = visit()
    run = made_up("mine")
    first.session_state[runs_store.STORE].put(run)
    first.session_state[runs_store.STORE].pin(run.id)
    again = visit(first.session_state[browser_key.KEY])
    assert names(again) == ["mine"]
    assert again.dataframe[0].value["Name"].tolist() == ["mine (baseline)"]
    assert names(visit()) == []
    assert "Your runs are kept for this browser" in captions(again)


def test_the_same_on_postgresql(postgres: str, elsewhere: pytest.MonkeyPatch) -> None:
    elsewhere.setenv("BACKPROP_RUNS", postgres)
    first = visit()
    first.session_state[runs_store.STORE].put(made_up("in PostgreSQL"))
    assert names(visit(first.session_state[browser_key.KEY])) == ["in PostgreSQL"]
    runs_store.runs_engine().dispose()


class SignedIn:
    """A visitor whom the login that is configured knows."""

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def to_dict(self) -> dict[str, object]:
        """Return what the issuer says of her."""
        return {"is_logged_in": True, "iss": "https://issuer.example", "sub": self.subject, "name": "Ada"}


def test_a_signed_in_persons_runs_are_hers_in_any_browser_and_no_cookie_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "user", SignedIn("ada"))
    first = visit()
    first.session_state[runs_store.STORE].put(made_up("hers"))
    # Another browser has another key, which counts for nothing
    again = visit(new_key())
    assert names(again) == ["hers"]
    assert "Your runs are kept for you, wherever you sign in." in captions(again)
    assert not again.get("bidi_component")
    monkeypatch.setattr(st, "user", SignedIn("ben"))
    assert names(visit()) == []


@pytest.fixture
def secrets_file(elsewhere: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Let the server read a file of secrets; AppTest's own are not seen by connections."""
    path = tmp_path / "secrets.toml"
    files = st.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    yield path
    config.set_option("secrets.files", files)
    st.secrets._reset()


def test_the_connection_in_the_secrets_is_the_store(
    secrets_file: Path, elsewhere: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere.setenv("BACKPROP_RUNS", f"sqlite:///{tmp_path}/not_this.db")
    url = f"sqlite:///{tmp_path}/secret.db"
    secrets_file.write_text(f'[connections.runs]\nurl = "{url}"\n')
    st.secrets._reset()
    visit().session_state[runs_store.STORE].put(made_up("by the secret"))
    assert not (tmp_path / "not_this.db").exists()
    engine = create_engine(url)
    with engine.connect() as connection:
        heads = connection.execute(select(RUNS.c.head)).scalars().all()
    engine.dispose()
    assert [json.loads(head)["name"] for head in heads] == ["by the secret"]


def test_a_key_from_another_tab_is_taken_with_what_was_kept_here() -> None:
    app, theirs = visit(), new_key()
    SqlStore(runs_store.runs_engine(), owner_of_key(theirs)).put(made_up("in the other tab"))
    app.session_state[runs_store.STORE].put(*one_a_minute(1))
    own = app.session_state[browser_key.KEY]
    say(app.run(), theirs)
    assert app.session_state[browser_key.KEY] == theirs
    assert sorted(names(app.run())) == ["in the other tab", "run 0"]
    assert names(visit(own)) == []


@pytest.mark.parametrize("forged", ["x", "' OR '1'='1", "a" * 10_000])
def test_what_is_no_key_changes_nothing(forged: str) -> None:
    app = visit()
    app.session_state[runs_store.STORE].put(made_up("mine"))
    own = app.session_state[browser_key.KEY]
    say(app.run(), forged)
    assert (app.session_state[browser_key.KEY], names(app)) == (own, ["mine"])


def test_a_browser_without_cookies_is_told() -> None:
    app = visit()
    app.session_state[runs_store.STORE].put(made_up("mine"))
    assert "Your browser keeps no cookie for this page" in captions(say(app.run(), ""))


def test_without_a_store_runs_last_for_the_visit_and_that_is_said(
    elsewhere: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere.setenv("BACKPROP_RUNS", f"sqlite:///{tmp_path}/missing/runs.db")
    app = visit()
    assert isinstance(app.session_state[runs_store.STORE], SessionStore)
    assert "this server has no store for them now" in captions(app)
    assert "The store of runs can't be reached" in caplog.text


def test_a_disk_that_does_not_last_is_said(elsewhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    elsewhere.setattr(runs_store, "TEMPORARY", tmp_path)
    assert "disk is emptied whenever the app starts anew" in captions(visit())


def test_delete_all_leaves_neither_runs_nor_key() -> None:
    app = visit()
    app.session_state[runs_store.STORE].put(*one_a_minute(2))
    own = app.session_state[browser_key.KEY]
    app.session_state["runs_files_open"] = True
    button(app.run(), "Delete all that is mine").click().run()
    button(app, "Keep them").click().run()
    assert names(app) == ["run 0", "run 1"]
    button(app, "Delete all that is mine").click().run()
    button(app, "Delete all").click().run()
    assert [error.value for error in app.exception] == []
    assert names(app) == names(visit(own)) == []
    assert app.session_state[browser_key.KEY] != own
    assert not app.session_state[runs_state.DELETED]


def test_of_many_runs_only_those_that_are_drawn_are_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    app, read = visit(), []
    app.session_state[runs_store.STORE].put(*one_a_minute(40))

    def noted(packed: bytes) -> object:
        run = run_from(packed)
        read.append(run.name)
        return run

    monkeypatch.setattr(sql_store, "run_from", noted)
    again = visit(app.session_state[browser_key.KEY])
    assert len(again.dataframe[0].value) == 40
    assert sorted(read) == ["run 38", "run 39"]


def test_a_store_that_stops_answering_is_told(elsewhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    elsewhere.setenv("BACKPROP_RUNS", f"sqlite:///{path}")
    app = visit()
    app.session_state[runs_store.STORE].put(made_up("mine"))
    app.run()
    runs_store.runs_engine().dispose()
    path.rename(tmp_path / "away.db")
    path.mkdir()
    app.session_state[runs_state.TICKED] = tuple(run.id for run in app.session_state[runs_store.STORE].all())
    button(app.run(), "Delete").click().run()
    assert [error.value for error in app.exception] == []
    assert any("does not answer" in each.value for each in app.error)
    assert names(app) == ["mine"]
