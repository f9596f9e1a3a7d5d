"""Run a source's examples through the very mapping that its harvest uses."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import polars as pl

from .areas import Areas
from .definitions import Example, Source
from .errors import DefinitionError
from .geography import Geography
from .mapping import Mapper
from .readers.flatten import table
from .readers.raw import REFUSED, ROW

TODAY = date(2100, 1, 1)
"""Limits such as ``today`` must not make an example fail next year."""


_NEEDS_A_CITY = {"outside_box", "swapped_position"}


def check_examples(source: Source, areas: Areas | None = None) -> None:
    """Raise ``DefinitionError`` for the first example that does not hold.

    ``becomes`` is compared column by column for the columns it names; ``rejected`` names the column and the
    code. Without ``areas`` what depends on them is not compared.

    Raises:
        DefinitionError: ``example_wrong``, ``example_unmapped``.
    """
    for number, example in enumerate(source.examples, 1):
        _check(source, example, number, areas)


def _check(source: Source, example: Example, number: int, areas: Areas | None) -> None:
    raw = table([1], [example.given])
    known = source.mapped | source.ignore | set(source.expect.columns) | {ROW, REFUSED}
    if stray := [name for name in raw.columns if name not in known]:
        raise DefinitionError("example_unmapped", file=_file(source), number=number, column=stray[0])
    rows, refused = Mapper(source, Geography(source, areas or Areas(), strict=False), TODAY).map(raw)
    if example.becomes is None:
        if areas or not _NEEDS_A_CITY & set((example.rejected or {}).values()):
            _refused(source, example, number, refused)
        return
    if not rows.height:
        column, code = refused.row(0)[1:3]
        raise _wrong(source, number, column, code, "a row")
    found = rows.row(0, named=True)
    for column, wanted in example.becomes.items():
        if column not in _not_compared(source, areas) and not _same(found.get(column), wanted):
            raise _wrong(source, number, column, found.get(column), wanted)


def _refused(source: Source, example: Example, number: int, refused: pl.DataFrame) -> None:
    wanted = example.rejected or {}
    found = dict(refused.select("column", "code").iter_rows())
    if found != dict(wanted):
        column = next(iter(wanted))
        raise _wrong(source, number, column, found or "a row", wanted[column])


def _not_compared(source: Source, areas: Areas | None) -> set[str]:
    """Columns made of the whole load, and areas where there are none."""
    kinds = {"id"} if areas and areas.layers else {"id", "area"}
    return {item.outputs[0] for item in source.fields if item.converter in kinds}


def _same(found: Any, wanted: Any) -> bool:
    """Whether a value is what YAML can write of it: days and moments as ISO text, numbers as numbers."""
    if isinstance(found, float) and isinstance(wanted, (int, float)):
        return math.isclose(found, wanted, rel_tol=1e-12)
    if hasattr(found, "isoformat"):
        return str(found.isoformat()).replace("+00:00", "Z") == str(wanted)
    return type(found) is type(wanted) and bool(found == wanted)


def _wrong(source: Source, number: int, column: str, found: object, wanted: object) -> DefinitionError:
    params = {"number": number, "column": column, "found": repr(found), "wanted": repr(wanted)}
    return DefinitionError("example_wrong", file=_file(source), **params)


def _file(source: Source) -> str:
    return source.file or source.name
