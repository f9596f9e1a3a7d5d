"""Load sources: one YAML is one source, a folder of them is a city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from .build import MakeTable, build_source
from .definitions import About, Example, Expect, Field, Reader, Source
from .errors import DefinitionError
from .strict_yaml import check, parse

if TYPE_CHECKING:
    from ..schemas.definitions import Feed

__all__ = ["About", "Example", "Expect", "Field", "Reader", "Source", "load_folder", "load_source"]


def load_source(
    path_or_text: Path | str,
    feeds: Mapping[str, Feed],
    name: str = "source.yaml",
    table: MakeTable | None = None,
    records: Mapping[str, Feed] | None = None,
) -> Source:
    """A source from a file, or from YAML text with ``name`` for the messages.

    Args:
        path_or_text: a ``Path`` is read; a ``str`` is the YAML itself.
        feeds: the feeds there are, by name.
        name: what to call the text in messages.
        table: makes the feed of a source that says ``feed: table``.
        records: the columns of each record type, for sources that say ``record:``.

    Raises:
        DefinitionError: with the file, the key and what was allowed.
    """
    is_file = isinstance(path_or_text, Path)
    file = path_or_text.name if isinstance(path_or_text, Path) else name
    text = path_or_text.read_text(encoding="utf-8") if isinstance(path_or_text, Path) else path_or_text
    content = parse(text, file)
    check(content, "source.schema.yaml", file)
    origin = str(path_or_text) if is_file else None
    return build_source(content, file, feeds, table, origin, records)


def load_folder(
    folder: Path,
    feeds: Mapping[str, Feed],
    table: MakeTable | None = None,
    records: Mapping[str, Feed] | None = None,
) -> dict[str, Source]:
    """Every source of a city's folder by its name; ``city.yaml`` is not one.

    Raises:
        DefinitionError: a file is wrong, or two files have one name.
    """
    found: dict[str, Source] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "city.yaml":
            continue
        source = load_source(path, feeds, table=table, records=records)
        if source.name in found:
            other = found[source.name].file
            raise DefinitionError("same_name", file=path.name, value=source.name, other=other)
        found[source.name] = source
    return found
