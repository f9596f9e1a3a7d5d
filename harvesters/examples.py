"""Run a source's examples through the very mapping that its harvest uses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from .aggregate import Sums
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
        if isinstance(example.given, Mapping):
            _check(source.of_rows, example, number, areas)
        else:
            _check_sums(source, example, number, areas)


def _mapped(
    source: Source, given: Sequence[Mapping[str, Any]], number: int, areas: Areas | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that raw rows become, and the refused ones."""
    raw = table(list(range(1, len(given) + 1)), given)
    known = source.mapped | source.ignore | set(source.expect.columns) | {ROW, REFUSED}
    if stray := [name for name in raw.columns if name not in known]:
        raise DefinitionError("example_unmapped", file=_file(source), number=number, column=stray[0])
    return Mapper(source, Geography(source, areas or Areas(), strict=False), TODAY).map(raw)


def _check_sums(source: Source, example: Example, number: int, areas: Areas | None) -> None:
    """Several rows and the sums they become, in the order of their groups."""
    if source.aggregate is None:
        raise DefinitionError("rows_without_sums", file=_file(source), number=number)
    rows, refused = _mapped(source.of_rows, _listed(example.given), number, areas)
    if refused.height:
        column, code = refused.row(0)[1:3]
        raise _wrong(source, number, column, code, "rows without a fault")
    sums = Sums(source.aggregate, source.feed)
    sums.add(rows)
    found, wanted = sums.rows().to_dicts(), _listed(example.becomes)
    if len(found) != len(wanted):
        raise _wrong(source, number, "aggregate", f"{len(found)} groups", f"{len(wanted)} groups")
    for row, told in zip(found, wanted, strict=True):
        _compared(source, number, row, told, areas)


def _listed(said: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
    return [said] if isinstance(said, Mapping) else list(said or ())


def _check(source: Source, example: Example, number: int, areas: Areas | None) -> None:
    rows, refused = _mapped(source, _listed(example.given), number, areas)
    if example.becomes is None:
        if areas or not _NEEDS_A_CITY & set((example.rejected or {}).values()):
            _refused(source, example, number, refused)
        return
    if not rows.height:
        column, code = refused.row(0)[1:3]
        raise _wrong(source, number, column, code, "a row")
    (becomes,) = _listed(example.becomes)
    _compared(source, number, rows.row(0, named=True), becomes, areas)


def _compared(
    source: Source, number: int, found: Mapping[str, Any], becomes: Mapping[str, Any], areas: Areas | None
) -> None:
    for column, wanted in becomes.items():
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
