"""What a guarded source goes through: its cells are looked at, and its refused rows tell nothing personal."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from .definitions import Source
from .errors import SourceRefused
from .personal import Cover, Finding, Gate, personal
from .readers.raw import REFUSED

LOOKED_AT = ("text", "integer", "number")
"""Converters whose values anybody may have written; closed lists, days and positions need no look."""


class Guard:
    """The guard of one load; of a source that is not guarded it lets everything pass as it is."""

    def __init__(self, source: Source) -> None:
        self._on = source.guarded
        self._gate = Gate(looked_at(source), reviewed(source)) if source.guarded else Gate({})
        self._cover = Cover(called(source) if source.guarded else {})

    def names(self, names: Iterable[str], choices: dict[str, str]) -> None:
        """Look at what the columns are called: in a file without a header these are values.

        Raises:
            SourceRefused: ``personal_names``, without telling them; nor do the reader's ``choices`` any more.
        """
        if self._on and personal(pl.Series(names, dtype=pl.String)).any():
            choices.pop("renamed", None)
            raise SourceRefused("personal_names")

    def look(self, raw: pl.DataFrame) -> None:
        """Look at the raw cells of a batch, except in rows that the reader has refused."""
        if self._on:
            self._gate.look(raw.filter(pl.col(REFUSED).is_null()) if REFUSED in raw.columns else raw)

    def hide(self, rejected: pl.DataFrame) -> pl.DataFrame:
        """Refused rows as they may be kept and shown."""
        return self._cover.hide(rejected) if self._on else rejected

    def findings(self) -> tuple[Finding, ...]:
        """What was found so far."""
        return tuple(self._gate.findings())

    def refuse(self) -> None:
        """Stop when something was found.

        Raises:
            SourceRefused: ``personal_data``, with the ``findings``.
        """
        if findings := self._gate.findings():
            raise SourceRefused("personal_data", findings=findings)


def looked_at(source: Source) -> dict[str, dict[str, str]]:
    """The raw columns to look at, each with what the feed calls it."""
    columns: dict[str, dict[str, str]] = {}
    for item in source.fields:
        if item.converter in LOOKED_AT and (column := source.feed.column(item.outputs[0])):
            columns[item.inputs[0]] = {**columns.get(item.inputs[0], {}), **column.label, "name": column.name}
    return columns


def reviewed(source: Source) -> frozenset[str]:
    """The raw columns of what people wrote, which somebody reads before it is published."""
    names = {column.name for column in source.feed.columns if column.reviewed}
    return frozenset(raw for item in source.fields if names & set(item.outputs) for raw in item.inputs)


def called(source: Source) -> dict[str, dict[str, str]]:
    """The feed's columns, each with what it and its raw columns are called."""
    return {
        name: {**column.label, "raw": " | ".join(item.inputs)}
        for item in source.fields
        for name in item.outputs
        if (column := source.feed.column(name))
    }
