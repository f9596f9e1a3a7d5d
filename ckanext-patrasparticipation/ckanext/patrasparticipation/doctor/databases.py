"""The two databases: reachable, Greek, and the read account kept from writing."""

from __future__ import annotations

from collections.abc import Iterator

from ckan.plugins import toolkit as tk
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from .finding import Finding, judged

PROBE = "create table participation_doctor_probe (nothing int)"
LOCALE = "select datlocprovider::text, daticulocale from pg_database where datname = current_database()"
TABLES = "select to_regclass('participation_run') is not null"
POSTGIS = """
    select coalesce(min(nspname), 'not installed') from pg_extension
    join pg_namespace on pg_namespace.oid = extnamespace where extname = 'postgis'
"""


def main() -> Iterator[Finding]:
    """The main database answers, orders text in Greek, and has the tables of every plugin."""
    part = "main database"
    engine = _engine("sqlalchemy.url")
    try:
        with engine.connect() as connection:
            version = connection.execute(text("show server_version")).scalar_one()
            provider, locale = connection.execute(text(LOCALE)).one()
            tables = connection.execute(
                text("select to_regclass('participation_run') is not null")
            ).scalar_one()
    except OperationalError as error:
        yield Finding(part, "wrong", f"not reachable: {_first_line(error)}")
        return
    yield Finding(part, "ok", f"PostgreSQL {version}")
    greek = provider == "i" and str(locale).startswith("el")
    yield judged(part, greek, f"text order: {locale or 'the C library'}", "ICU's el")
    yield judged(
        part, tables, "our tables" if tables else "our tables are missing", "`ckan db upgrade` to be run"
    )


def datastore() -> Iterator[Finding]:
    """The DataStore answers, searches in Greek, and keeps PostGIS out of ``public``."""
    part = "DataStore"
    try:
        with _engine("ckan.datastore.write_url").connect() as connection:
            search = connection.execute(text("show default_text_search_config")).scalar_one()
            postgis = connection.execute(text(POSTGIS)).scalar_one()
    except OperationalError as error:
        yield Finding(part, "wrong", f"not reachable: {_first_line(error)}")
        return
    yield judged(
        part, search.split(".")[-1] == "el", f"full-text search: {search}", "el (unaccent + greek_stem)"
    )
    yield judged(part, postgis not in ("public", "not installed"), f"PostGIS: {postgis}", "schema postgis")


def read_account() -> Iterator[Finding]:
    """The DataStore's read account reads and cannot write: tried, and rolled back."""
    part = "DataStore read account"
    try:
        with _engine("ckan.datastore.read_url").connect() as connection:
            connection.execute(text(PROBE))
            connection.rollback()
    except ProgrammingError:
        yield Finding(part, "ok", "reads, cannot create a table")
    except OperationalError as error:
        yield Finding(part, "wrong", f"not reachable: {_first_line(error)}")
    else:
        yield Finding(part, "wrong", "may create tables; expected `ckan datastore set-permissions` to be run")


def _engine(setting: str) -> Engine:
    return create_engine(tk.config[setting], poolclass=NullPool, connect_args={"connect_timeout": 10})


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
