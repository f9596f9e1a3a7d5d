"""The protocols that answer in many parts: each is a conversation, whose parts become one file to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DefinitionError
from . import decidim, diavgeia
from .gather import Gathered, Gathering, Part
from .talk import Talk

if TYPE_CHECKING:
    from ..definitions import Reader
    from ..opening import Opener

Options = Any


@dataclass(frozen=True)
class Protocol:
    """``parts`` holds the conversation; ``unknown`` names wanted columns that it does not give."""

    parts: Callable[[Talk, Options, date, frozenset[str]], Iterator[Part]]
    unknown: Callable[[Options, frozenset[str]], Iterator[str]]


PROTOCOLS: dict[str, Protocol] = {
    "decidim": Protocol(decidim.parts, decidim.unknown),
    "diavgeia": Protocol(diavgeia.parts, diavgeia.unknown),
}
"""A protocol by the name that ``reader.type`` has in a source YAML."""


def check(reader: Reader, wanted: frozenset[str], file: str) -> None:
    """Refuse a source that maps a column which its protocol does not give, or may not be asked for.

    Raises:
        DefinitionError: ``column_not_given``.
    """
    if protocol := PROTOCOLS.get(reader.type):
        for name in protocol.unknown(reader.options, wanted):
            raise DefinitionError("column_not_given", file=file, value=name, reader=reader.type)
        for name in ("from", "to"):
            _check_day(reader.options.get(name), f"reader.{name}", file)


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
