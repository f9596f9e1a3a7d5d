"""``make run``: from a fresh clone to a catalogue a person can open, and the same again in under a minute."""

from __future__ import annotations

from . import index, ini, packages, place, services, site, solr, tables, vendor, venv
from .place import Place
from .progress import Steps


def up() -> None:
    """Set up what is missing, start what is down, ask every source, and say where to look.

    Raises:
        Trouble: a step failed; the message says what to do and names the log.
    """
    where, steps = place.catalogue(), Steps(7)
    with steps.step("Debian packages"):
        packages.install(packages.RUN)
    with steps.step("Python packages"):
        venv.create()
        venv.translations()
    with steps.step("Solr's jars, the map and the typeface"):
        solr.jars()
        vendor.vendor()
    with steps.step("PostgreSQL, Redis, Solr"):
        services.up(where, site.programs(where))
    with steps.step("settings, tables, administrator"):
        empty = not tables.made(where)
        tables.prepare(where, ini.write(where))
        password = site.administrator(where)
    index.rebuild(where, empty=empty)
    with steps.step("web server"):
        site.sample(where)
        site.start(where)
    print(f"7/7 sources of the city (log: {where.log}/harvest.log)", flush=True)
    site.harvest(where)
    site.sample_records(where)
    site.keep_running(where, "worker")  # after the harvest: it would take up the same sources
    tell(where, str(password))


def tell(where: Place, password: str) -> None:
    """Print the address, the administrator, where the password lies, and what a reader finds."""
    lines, records = site.loaded(where)
    print(f"\n{len(lines)} datasets:")
    print("".join(f"  {line}\n" for line in lines))
    if records:
        print(f"{records} invented records of participation: {where.site_url}/participation\n")
    print(f"Open        {where.site_url}/")
    print(f"Log in as   {site.ADMIN}; the password is in {password}")
    print("Stop with   make down")
