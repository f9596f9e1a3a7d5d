"""Tell the tests where their services are, before CKAN reads its settings; empty the databases."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ckanext.patrasparticipation.tests.served import served

if TYPE_CHECKING:
    from ckanext.patrasparticipation.tests.kept import Keeper

KEEPER = pytest.StashKey["Keeper"]()


def pytest_configure(config: pytest.Config) -> None:
    """Take addresses and passwords from ``var/test/env``; what the environment says already wins."""
    folder = Path(os.environ.get("PATRAS_VAR") or config.rootpath / "var")
    path = folder / "test" / "env"
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.removeprefix("export ").partition("=")
        os.environ.setdefault(name, shlex.split(value)[0])


@pytest.fixture(scope="session")
def keeper(pytestconfig: pytest.Config) -> Keeper:
    """The site that is kept between tests."""
    from ckanext.patrasparticipation.tests.kept import Keeper  # pure tests run without CKAN

    return pytestconfig.stash.setdefault(KEEPER, Keeper())


@pytest.fixture
def with_plugins(ckan_config: Any, keeper: Keeper) -> None:
    """CKAN's, which loads only where the settings differ from those of the last test."""
    keeper.load()


@pytest.fixture
def own_storage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of its own for files."""
    from ckan.plugins import toolkit as tk

    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    return tmp_path


@pytest.fixture
def make_app(ckan_config: Any, keeper: Keeper) -> Callable[[], Any]:
    """CKAN's, which builds only where the settings differ from those of the last test."""
    from ckan.lib.app_globals import _CONFIG_CACHE

    _CONFIG_CACHE.clear()
    return keeper.app


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """See that a test which asks for no plugins finds none."""
    keeper = item.config.stash.get(KEEPER, None)
    if keeper and (nextitem is None or "keeper" not in getattr(nextitem, "fixturenames", ())):
        keeper.let_go()


@pytest.fixture(scope="session")
def reset_db(reset_db: Callable[[], None]) -> Callable[[], None]:
    """CKAN's, told that the tables are there: it would drop them and forget the plugins' migrations.

    All tables are emptied in one question to the database, where CKAN asks two for each.
    """
    from ckan import model  # pure tests run without CKAN
    from sqlalchemy import inspect, text

    there = set(inspect(model.ensure_engine()).get_table_names()) - {"alembic_version"}

    @cache
    def emptied(_known: int) -> Any:
        tables = [one.name for one in reversed(model.repo.metadata.sorted_tables) if one.name in there]
        return text(";".join(f'DELETE FROM "{name}"' for name in tables))

    def delete_all() -> None:
        model.Session.remove()
        model.Session.execute(emptied(len(model.repo.metadata.tables)))  # plugins bring more
        model.Session.commit()

    model.repo.delete_all = delete_all
    model.repo.tables_created_and_initialised = True
    return reset_db


@pytest.fixture
def clean_datastore(clean_db: None, clean_index: None) -> None:
    """An empty catalogue, an empty index and an empty DataStore."""
    from ckanext.datastore.backend.postgres import get_write_engine
    from ckanext.datastore.tests.helpers import clear_db
    from sqlalchemy.orm import scoped_session, sessionmaker

    clear_db(scoped_session(sessionmaker(bind=get_write_engine())))


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a catalogue that serves the tests' databases, with the settings of a real site."""
    with served() as where:
        yield where
