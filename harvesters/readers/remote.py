"""The protocols that answer in many parts: each is a conversation, whose parts become one file to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DefinitionError
from . import consul, decidim, diavgeia, open311, opengov, sensecity_issues
from .gather import Gathered, Gathering, Part
from .talk import Talk

if TYPE_CHECKING:
    from ..definitions import Reader, Source
    from ..opening import Opener

Options = Any


@dataclass(frozen=True)
class Protocol:
    """``parts`` holds the conversation; ``unknown`` names wanted columns that it does not give."""

    parts: Callable[[Talk, Options, date, frozenset[str]], Iterator[Part]]
    unknown: Callable[[Options, frozenset[str]], Iterator[str]]
    about_people: Callable[[Options], bool] = lambda options: False


PROTOCOLS: dict[str, Protocol] = {
    "consul": Protocol(consul.parts, consul.unknown),
    "decidim": Protocol(decidim.parts, decidim.unknown),
    "diavgeia": Protocol(diavgeia.parts, diavgeia.unknown),
    "open311": Protocol(open311.parts, open311.unknown, open311.about_people),
    "opengov": Protocol(opengov.parts, opengov.unknown),
    "sensecity_issues": Protocol(sensecity_issues.parts, sensecity_issues.unknown, lambda options: True),
}
"""A protocol by the name that ``reader.type`` has in a source YAML."""


def check(source: Source, file: str) -> None:
    """Refuse a source that maps a column which its protocol does not give, or may not be asked for.

    Raises:
        DefinitionError: ``column_not_given``; ``rows_about_people`` where such rows would be published.
    """
    reader = source.reader
    if protocol := PROTOCOLS.get(reader.type):
        for name in protocol.unknown(reader.options, source.kept):
            raise DefinitionError("column_not_given", file=file, value=name, reader=reader.type)
        for name in ("from", "to"):
            _check_day(reader.options.get(name), f"reader.{name}", file)
        if protocol.about_people(reader.options) and source.aggregate is None:
            raise DefinitionError("rows_about_people", file=file, reader=reader.type)


def _check_day(said: str | None, key: str, file: str) -> None:
    try:
        date.fromisoformat(said or "2000-01-01")
    except ValueError as error:
        raise DefinitionError("wrong_value", file=file, key=key, value=said, allowed="2024-01-31") from error


def gather(opener: Opener, reader: Reader, wanted: frozenset[str], today: date, folder: Path) -> Gathered:
    """Hold the whole conversation, and keep of it the wanted columns.

    Nothing is kept when a part of it fails: half an answer is no answer.

    Raises:
        SourceUnavailable, SourceChanged: as the protocol and ``Talk`` say.
        DefinitionError: the address is not allowed.
    """
    talk, gathering = Talk(opener, reader.options), Gathering(folder, wanted)
    path, sha256 = gathering.write(PROTOCOLS[reader.type].parts(talk, reader.options, today, wanted))
    if talk.first is None:
        raise ValueError(f"the protocol {reader.type} asked nothing")
    address, moment = talk.first
    notes = {"questions": str(talk.asked), **talk.notes}
    if gathering.again:
        notes["seen_again"] = str(gathering.again)
    return Gathered(address, moment, path, sha256, notes)
