"""The whole examination, in the order a person would go: stores, services, doors, engine."""

from __future__ import annotations

from collections.abc import Iterator

from . import databases, engine, records, safety, services
from .finding import Check, Finding

CHECKS: tuple[Check, ...] = (
    databases.main,
    databases.datastore,
    databases.read_account,
    services.redis,
    services.solr,
    services.web,
    safety.settings,
    safety.sql_search,
    safety.secrets,
    safety.answers,
)
NEED_TABLES: tuple[Check, ...] = (
    engine.worker,
    engine.outbox,
    engine.sources,
    engine.uploads,
    engine.disk,
    records.overdue,
    records.forgotten,
)


def examine() -> Iterator[Finding]:
    """Every finding, as it is made; what reads our tables is left out where they cannot be reached."""
    tables = True
    for check in CHECKS:
        for finding in check():
            tables = tables and not (check is databases.main and finding.state == "wrong")
            yield finding
    for check in NEED_TABLES if tables else ():
        yield from check()
