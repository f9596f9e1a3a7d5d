"""Bring up PostgreSQL, Redis and Solr for one place, and see that each of them answers."""

from __future__ import annotations

from . import index, ports, postgres, redis, solr, supervise
from .addresses import environment, exports
from .keys import private
from .place import Place, used_port


def up(place: Place, programs: str = "") -> None:
    """Create what is missing, start what is down, wait until all answer, make the databases.

    Raises:
        Trouble: something did not come up; the message says what and names its log.
    """
    for folder in (place.log, *(place.folder / name for name in ("tmp", "storage", "redis", "solr"))):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # other accounts of the machine: PostgreSQL's needs to pass, nobody needs to read
    if used_port(place.folder) != place.base:
        supervise.stop(place)  # it runs on other ports
    (place.folder / "port-base").write_text(f"{place.base}\n", encoding="utf-8")
    solr.jars()
    postgres.create(place)
    redis.create(place)
    solr.home(place)
    index.follow(place)
    supervise.configure(place, programs)
    supervise.start(place)
    await_all(place)
    postgres.databases(place)
    private(place.folder / "env", exports(place))


def await_all(place: Place) -> None:
    """Wait for the three services."""
    log = str(place.log)
    ports.wait("PostgreSQL", lambda: ports.opens(place.ports["postgres"]), 60, f"{log}/postgres.log")
    ports.wait("Redis", lambda: ports.opens(place.ports["redis"]), 30, f"{log}/redis.log")
    core = environment(place)["CKAN_SOLR_URL"]
    ports.wait("Solr", lambda: ports.answers(f"{core}/select?q=*:*&rows=0"), 120, f"{log}/solr.log")
