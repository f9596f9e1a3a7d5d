"""A PostgreSQL 15 cluster of our own: Greek order, two databases, Greek full-text search in the DataStore."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path

from .keys import keys, private
from .place import POSTGRES, Place
from .shell import Trouble, run

HERE = Path(__file__).parent
CONF = """\
# Written by `make run`; what you want to change goes into local.conf beside it.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
include_if_exists = 'local.conf'
"""


def owner() -> str | None:
    """The account PostgreSQL runs as, where that is another than ours: it refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else None


def create(place: Place) -> None:
    """Make the cluster where there is none, and write its settings.

    Raises:
        Trouble: ``initdb`` failed, or the account ``postgres`` cannot reach the folder.
    """
    data = place.folder / "postgres"
    if not (data / "PG_VERSION").exists():
        prepare(data)
        password = place.folder / "initdb.password"
        private(password, keys(place)["postgres"] + "\n")
        try:
            initialise(place, data, password)
        finally:
            password.unlink()
    conf = data / "conf.d" / "patras.conf"
    conf.parent.mkdir(exist_ok=True)
    conf.write_text(CONF.format(port=place.ports["postgres"]), encoding="utf-8")
    hand_over(conf.parent)
    hand_over(conf)


def initialise(place: Place, data: Path, password: Path) -> None:
    """Run ``initdb``: text ordered by ICU's Greek, passwords by SCRAM, no socket file."""
    hand_over(password)
    command: list[str | Path] = [
        POSTGRES / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
        "--locale-provider=icu", "--icu-locale=el", "--auth-host=scram-sha-256", "--auth-local=reject",
        f"--pwfile={password}",
    ]  # fmt: skip
    run(command, place.log / "postgres-setup.log", user=owner(), cwd=Path("/"))
    with (data / "postgresql.conf").open("a", encoding="utf-8") as conf:
        conf.write("include_dir = 'conf.d'\n")


def prepare(data: Path) -> None:
    """Make the data folder, and see that PostgreSQL's account can walk to it.

    Raises:
        Trouble: it cannot; the message names the folder that stops it and the variable that moves ``var/``.
    """
    if data.exists():
        shutil.rmtree(data)  # an initdb that was broken off leaves no PG_VERSION
    data.mkdir(parents=True, mode=0o700)
    hand_over(data)
    account = owner()
    if account is None:
        return
    for folder in reversed(data.parents):
        if not can_enter(folder, account):
            raise Trouble(
                f"PostgreSQL runs as the account '{account}', which may not enter {folder} "
                f"(on the way to {data}).\nEither: chmod o+x {folder}\n"
                f"or keep the data elsewhere: make run PATRAS_VAR=/var/lib/patras"
            )


def can_enter(folder: Path, account: str) -> bool:
    """Whether ``account`` may walk through ``folder``, by owner, group or others."""
    who, status = pwd.getpwnam(account), folder.stat()
    if status.st_uid == who.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid in os.getgrouplist(account, who.pw_gid):
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def hand_over(path: Path) -> None:
    """Give ``path`` to PostgreSQL's account, where that is another than ours."""
    if account := owner():
        shutil.chown(path, account, account)


def psql(place: Place, database: str, text: str) -> None:
    """Run SQL as the cluster's superuser, stopping at the first error."""
    env = os.environ | {"PGPASSWORD": keys(place)["postgres"]}
    command: list[str | Path] = [
        POSTGRES / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
        "-p", str(place.ports["postgres"]), "-U", "postgres", "-d", database,
    ]  # fmt: skip
    run(command, place.log / "postgres-setup.log", env=env, text=text)


def databases(place: Place) -> None:
    """Make the two accounts and the two databases; what is there already stays as it is."""
    secrets = keys(place)
    main, store = f"ckan{place.suffix}", f"datastore{place.suffix}"
    names = {"main": main, "store": store, "ckan": secrets["ckan"], "read": secrets["datastore_ro"]}
    psql(place, "postgres", (HERE / "databases.sql").read_text(encoding="utf-8").format(**names))
    psql(place, store, (HERE / "datastore.sql").read_text(encoding="utf-8").format(store=store))
