"""Converter to moments: UTC out of local times, offsets, counts since 1970 and what JavaScript writes."""

from __future__ import annotations

import polars as pl

from .core import Converted, Rule, because
from .dates import DAY, day_of, filled, sane

ZONE = "Europe/Athens"
_OFFSET = r"(Z|[+-]\d{2}:?\d{2})$"
_SCRIPT = r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})( \(.*\))?$"
"""How JavaScript writes a moment: ``Tue Oct 24 2017 10:00:00 GMT+0300 (EEST)``."""


def timestamp(rule: Rule) -> Converted:
    """A moment in UTC; a time without an offset is in the field's ``zone`` (Athens).

    ``epoch: s`` or ``ms`` reads seconds or milliseconds since 1970. A time that the clock showed twice or
    never, when summer time ends or begins, is refused.
    """
    cell, epoch = rule.cell(), rule.field.options.get("epoch")
    zone = str(rule.field.options.get("zone", ZONE))
    if epoch:
        count = cell.cast(pl.Int64, strict=False)
        value = sane(
            pl.from_epoch(count, time_unit=epoch).dt.replace_time_zone("UTC").dt.cast_time_unit("us")
        )
    else:
        value = cell.map_batches(lambda text: _moments(text, zone), return_dtype=pl.Datetime("us", "UTC"))
    refused = because(cell.is_not_null() & rule.value().is_null(), "not_a_timestamp")
    return Converted({rule.field.outputs[0]: value}, refused)


_MOMENT = (
    (r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?", "%Y-%m-%d"),
    (r"^\d{1,2}/\d{1,2}/\d{4}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?", "%d/%m/%Y"),
    (r"^\d{1,2}-\d{1,2}-\d{4}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?", "%d-%m-%Y"),
)
_USUAL = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$"


def _moments(text: pl.Series, zone: str) -> pl.Series:
    cell = pl.col("text")
    shaped = pl.when(cell.str.contains(_USUAL)).then(cell)
    usual = shaped.str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", strict=False, time_unit="us")
    turned = pl.when(cell.str.contains(_SCRIPT)).then(cell.str.replace(_SCRIPT, "$3-$1-$2 $4$5"))
    script = turned.str.to_datetime("%Y-%b-%d %H:%M:%S%z", strict=False, time_unit="us")
    day = day_of(cell, *DAY[0]).cast(pl.Datetime("us"))
    tries = [
        (_USUAL, sane(usual.dt.replace_time_zone("UTC"))),
        *((pattern, _moment(cell, pattern, form, zone)) for pattern, form in _MOMENT),
        (_SCRIPT, sane(script)),
        (DAY[0][0], _local(day, zone)),
    ]
    return filled(text, tries, pl.Datetime("us", "UTC"))


def _moment(cell: pl.Expr, pattern: str, day: str, zone: str) -> pl.Expr:
    """One way to write a moment, with or without seconds, with or without an offset."""
    offset = cell.str.extract(_OFFSET, 1)
    spaced = cell.str.replace("T", " ", literal=True).str.replace(r"\s?" + _OFFSET, "")
    bare = pl.when(cell.str.contains(pattern + r"\s?(Z|[+-]\d{2}:?\d{2})?$")).then(spaced)
    seconds = pl.when(bare.str.count_matches(":", literal=True) == 1).then(bare + ":00").otherwise(bare)
    local = seconds.str.to_datetime(f"{day} %H:%M:%S%.f", strict=False, time_unit="us")
    return sane(pl.when(offset.is_null()).then(_local(local, zone)).otherwise(_shifted(local, offset)))


def _local(value: pl.Expr, zone: str) -> pl.Expr:
    return value.dt.replace_time_zone(zone, ambiguous="null", non_existent="null").dt.convert_time_zone("UTC")


def _shifted(local: pl.Expr, offset: pl.Expr) -> pl.Expr:
    sign = pl.when(offset.str.starts_with("-")).then(-1).otherwise(1)
    digits = offset.str.replace_all(r"[^\d]", "")
    minutes = digits.str.slice(0, 2).cast(pl.Int64, strict=False) * 60 + digits.str.slice(2, 2).cast(
        pl.Int64, strict=False
    )
    shift = pl.duration(minutes=(sign * minutes).fill_null(0))
    return (local - shift).dt.replace_time_zone("UTC")
