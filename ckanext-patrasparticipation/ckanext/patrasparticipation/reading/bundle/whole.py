"""Start the zip of a dataset; it holds one of the places for large exports while it is made."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from ... import clock
from ...feeds import database
from ...feeds.snapshot import Blocks
from .. import citation
from ..export import slots
from . import contents, texts
from .zipped import Part, stream


def start(package: dict[str, Any]) -> Blocks:
    """The zip's bytes; nothing has been sent when it fails.

    Raises:
        Busy: too many large exports are under way.
    """
    data = contents.of(package)
    table = next((one["id"] for one in package["resources"] if citation.published(one["id"])), None)
    readme = texts.readme(package, citation.of(package, table), data)
    about = {
        "README.txt": readme,
        "LICENCE.txt": texts.licence(package),
        "dictionary.csv": texts.dictionary(package),
    }
    parts = [Part(name, [text], len(text)) for name, text in about.items()] + data.parts
    return Blocks(_held(parts))


def _held(parts: list[Part]) -> Generator[bytes, None, None]:
    with database.connect(database.READ, autocommit=True) as connection:
        slots.hold(connection)
        yield from stream(parts, clock.now())
