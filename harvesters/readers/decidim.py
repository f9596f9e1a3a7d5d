"""Decidim: one kind of thing out of its open-data ZIP, or out of its GraphQL API; never its users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from ..errors import SourceChanged
from ..plain_text import words
from . import archive, decidim_api, delimited, sniff
from .decidim_columns import API, COLUMNS
from .decidim_columns import unknown as unknown_columns
from .gather import Part
from .raw import REFUSED, ROW, Asked
from .talk import Talk

Options = Mapping[str, Any]
ENDING = "-open-data-{}.csv"


def unknown(options: Options, wanted: frozenset[str]) -> Iterator[str]:
    """Wanted columns that may not be kept of this kind of thing."""
    yield from unknown_columns(API if options["via"] == "api" else COLUMNS, options["entity"], wanted)


def parts(talk: Talk, options: Options, today: date, wanted: frozenset[str]) -> Iterator[Part]:
    """The things of the kind ``entity``, each once, their HTML as plain words.

    Raises:
        SourceChanged: ``choose_member`` when the ZIP has no file of this kind; ``html_page``; as the API.
    """
    if options["via"] == "api":
        yield from decidim_api.parts(talk, options, wanted)
    else:
        yield from _from_zip(talk, options, wanted)


def _from_zip(talk: Talk, options: Options, wanted: frozenset[str]) -> Iterator[Part]:
    """The rows of one file; the other files of the ZIP stay packed."""
    with talk.file(talk.address("/open-data/download")) as packed:
        _is_zip(packed)
        ending = ENDING.format(options["entity"])
        fitting = [name for name in archive.members(packed) if PurePosixPath(name).name.endswith(ending)]
        if len(fitting) != 1:
            raise SourceChanged("choose_member", found=fitting or [f"… {ending}"])
        talk.notes["file"] = fitting[0]
        with TemporaryDirectory(dir=packed.parent) as folder:
            yield from _rows(archive.extract(packed, fitting[0], Path(folder)), wanted)


def _is_zip(file: Path) -> None:
    found = sniff.sniff(file)
    if found == "html":
        raise SourceChanged("html_page")
    if found != "zip":
        raise SourceChanged("wrong_format", found=found, wanted="zip")


def _rows(file: Path, wanted: frozenset[str]) -> Iterator[Part]:
    raw = delimited.read(Asked(file, {"separator": ";"}, wanted), file.parent)
    for batch in raw.batches:
        kept = batch.select(pl.col(name) for name in batch.columns if name in wanted | {ROW, REFUSED, "id"})
        for row in kept.iter_rows(named=True):
            if refused := row.get(REFUSED):
                yield Part(refused=refused, told=f"{file.name}: {row[ROW]}")
            else:
                cells = {name: words(value) if value else None for name, value in row.items() if name != ROW}
                yield Part(cells, key=row.get("id"))
