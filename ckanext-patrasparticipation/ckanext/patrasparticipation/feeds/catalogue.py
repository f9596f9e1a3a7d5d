"""Every source that this site runs: shipped folders, folders of the operator, and rows that staff wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ckan import model

from .. import config, harvesters
from ..harvesters.build import build_source
from ..harvesters.city import City, load_city
from ..harvesters.errors import DefinitionError
from ..harvesters.source import Source, load_folder, load_source
from ..model import SiteSource, Table
from ..schemas.derive.record_feed import record_feeds
from ..schemas.load import feeds, table_feed
from ..tables import numbers

log = logging.getLogger(__name__)

Stamp = tuple[tuple[Path, tuple[tuple[str, int, int], ...]], ...]
"""Folders, each with the name, time (ns) and size (bytes) of every file in it."""


@dataclass(frozen=True)
class Entry:
    """A source with the city it belongs to; ``schedule`` is a cron line in UTC or nothing."""

    source: Source
    city: City
    schedule: str | None
    paused: bool = False
    by_staff: bool = False
    handed: bool = False  # a table that people hand over: no schedule, and its dataset is theirs


def folders() -> list[Path]:
    """The city's folder of sources first, then those of the setting."""
    shipped = Path(harvesters.__file__).parent / "sources" / config.city()
    return [shipped, *(Path(folder) for folder in config.source_folders())]


def entries() -> dict[str, Entry]:
    """All sources by name.

    Raises:
        DefinitionError: a file is wrong, two sources have one name, or a row of staff is wrong.
    """
    found, city = _in_files(_stamp(folders()))
    return _with_rows(found, city) if city else dict(found)


def _stamp(where: list[Path]) -> Stamp:
    """The folders with what their files looked like: another size or time, and they are read again."""
    return tuple((folder, tuple(sorted(_looks(folder)))) for folder in where)


def _looks(folder: Path) -> list[tuple[str, int, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(str(path), seen.st_mtime_ns, seen.st_size) for path in files if (seen := path.stat())]


@lru_cache(maxsize=4)
def _in_files(stamp: Stamp) -> tuple[dict[str, Entry], City | None]:
    """The sources of the folders, with the last city named; kept, because every page of a feed asks."""
    found: dict[str, Entry] = {}
    city: City | None = None
    for folder, _looks_like in stamp:
        city = load_city(folder) if city is None or (folder / "city.yaml").is_file() else city
        for name, source in load_folder(folder, feeds(), table_feed, record_feeds()).items():
            if name in found:
                raise DefinitionError(
                    "same_name", file=source.file, value=name, other=found[name].source.file
                )
            found[name] = Entry(source, city, source.schedule)
    return found, city


def for_readers(names: Iterable[str] = ()) -> dict[str, Entry]:
    """As ``entries``, and the tables of staff among these names.

    What is wrongly defined is left out: what was published stays readable all the same.
    """
    try:
        there = entries()
    except DefinitionError as error:
        log.error("Pages show feeds without their definitions, for one is wrong: %s", error)
        there = {}
    for table, content in _handed(name for name in names if name not in there):
        try:
            there[str(table.source)] = of_table(table, content)
        except DefinitionError as error:
            log.error("%s is shown without its definition: %s", table.source, error)
    return there


def entry(name: str) -> Entry:
    """The source of that name.

    Raises:
        DefinitionError: ``unknown_source``, with those there are; or as ``entries``.
    """
    there = entries()
    if name in there:
        return there[name]
    for table, content in _handed([name]):
        return of_table(table, content)
    raise DefinitionError("unknown_source", source=name, there=sorted(there))


def known(name: str) -> Entry | None:
    """As ``entry``; nothing where there is none, or where its definition is wrong."""
    try:
        return entry(name)
    except DefinitionError as error:
        if error.code != "unknown_source":
            log.error("%s is shown without its definition: %s", name, error)
        return None


def city() -> City:
    """The city of this site."""
    _found, here = _in_files(_stamp(folders()))
    if here is None:
        raise DefinitionError("missing_key", file="sources", key="city.yaml")
    return here


def _handed(names: Iterable[str]) -> Iterator[tuple[Table, Mapping[str, Any]]]:
    """The tables of these names which staff handed over, with their definitions, in one query."""
    for table in model.Session.query(Table).filter(Table.source.in_(list(names))):
        if content := table.pending or table.definition:
            yield table, content


def of_table(table: Table, content: Mapping[str, Any]) -> Entry:
    """A table of staff by one of its definitions; what is said of it is what its dataset says.

    Raises:
        DefinitionError: the content is wrong.
    """
    return Entry(table_source(table, content), city(), None, by_staff=True, handed=True)


def table_source(table: Table, content: Mapping[str, Any]) -> Source:
    """The source that a table's definition and its dataset make."""
    package = model.Package.get(table.dataset_id)
    extras = package.extras if package else {}
    title = package.title if package else table.source
    kind = feeds().get(content["feed"])
    whole = {
        **content,
        **(numbers.asked(content, kind, package) if kind and kind.fixed else {}),
        "name": table.source,
        "about": {
            "title": {"el": title, "en": title},
            "license": (package.license_id if package else None) or "notspecified",
            "publisher": "",
            "contact": {},
            "theme": "",
            "frequency": extras.get("frequency") or "UNKNOWN",
        },
        "expect": {"rows": {"min": 0, "max": sys.maxsize}, "rejected": 0.0},
        "examples": (),
    }
    return build_source(whole, table.source, feeds(), table_feed)


def rows() -> list[SiteSource]:
    """The rows in force: the newest of each name."""
    newest = model.Session.query(SiteSource).order_by(SiteSource.name, SiteSource.id.desc())
    return list(newest.distinct(SiteSource.name))


def _with_rows(found: dict[str, Entry], city: City) -> dict[str, Entry]:
    """The entries with what staff wrote: sources of their own, or schedule and pause of a shipped one."""
    answer = dict(found)
    for row in rows():
        shipped = found.get(row.name)
        if shipped and not row.text:
            answer[row.name] = replace(shipped, schedule=row.schedule or shipped.schedule, paused=row.paused)
        elif row.text:
            source = staff_source(row.name, row.text)
            answer[row.name] = Entry(source, city, row.schedule or source.schedule, row.paused, by_staff=True)
    return answer


def staff_source(name: str, text: str) -> Source:
    """A source that staff wrote: validated like a file, without a path on this machine.

    Raises:
        DefinitionError: the YAML is wrong, asks for a path, or takes the name of a shipped source.
    """
    source = load_source(text, feeds(), name=name, table=table_feed, records=record_feeds())
    if "path" in source.reader.options:
        raise DefinitionError("wrong_value", file=name, key="reader.path", value="path", allowed=["url"])
    if source.name != name:
        raise DefinitionError("wrong_value", file=name, key="name", value=source.name, allowed=[name])
    return source
