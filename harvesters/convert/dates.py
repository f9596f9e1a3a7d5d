"""Converters to days and moments: the day first, Greek month names, and one time zone for the rest."""

from __future__ import annotations

import polars as pl

from .core import Converted, Rule, because

FIRST, LAST = 1900, 2100
"""Years outside are mistakes of the pen: ``2206`` for ``2026``."""
ZONE = "Europe/Athens"
SAMPLE = 100

_STEMS = ("ιαν", "φεβ", "μαρ", "απρ", "μαι", "ιουν", "ιουλ", "αυγ", "σεπ", "οκτ", "νοε", "δεκ")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = (
    (r"^\d{4}-\d{1,2}-\d{1,2}$", "%Y-%m-%d"),
    (r"^\d{4}/\d{1,2}/\d{1,2}$", "%Y/%m/%d"),
    (r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
    (r"^\d{1,2}-\d{1,2}-\d{4}$", "%d-%m-%Y"),
    (r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
    (r"^\d{1,2}/\d{1,2}/\d{2}$", "%d/%m/%y"),
    (r"^\d{1,2}-\d{1,2}-\d{2}$", "%d-%m-%y"),
    (r"^\d{8}$", "%Y%m%d"),
)
_MIDNIGHT = r"[T ]0{1,2}:00(:00(\.0+)?)?(Z|\+00:?00)?$"
_OFFSET = r"(Z|[+-]\d{2}:?\d{2})$"
_SCRIPT = r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{4})( \(.*\))?$"
"""How JavaScript writes a moment: ``Tue Oct 24 2017 10:00:00 GMT+0300 (EEST)``."""
_EXCEL_DAY_ZERO = -25569  # 1899-12-30, in days since 1970


def date(rule: Rule) -> Converted:
    """A day; the day comes before the month. ``serial: true`` also reads Excel's day numbers."""
    cell = rule.cell()
    value = cell.map_batches(_days, return_dtype=pl.Date)
    if rule.field.options.get("serial"):
        days = cell.cast(pl.Float64, strict=False).floor().cast(pl.Int32, strict=False) + _EXCEL_DAY_ZERO
        value = pl.coalesce(value, pl.when(days.is_between(-25568, 47846)).then(days.cast(pl.Date)))
    return Converted(
        {rule.field.outputs[0]: value}, because(cell.is_not_null() & rule.value().is_null(), "not_a_date")
    )


def timestamp(rule: Rule) -> Converted:
    """A moment in UTC; a time without an offset is in the field's ``zone`` (Athens).

    ``epoch: s`` or ``ms`` reads seconds or milliseconds since 1970. A time that the clock showed twice or
    never, when summer time ends or begins, is refused.
    """
    cell, epoch = rule.cell(), rule.field.options.get("epoch")
    zone = str(rule.field.options.get("zone", ZONE))
    if epoch:
        count = cell.cast(pl.Int64, strict=False)
        value = _sane(
            pl.from_epoch(count, time_unit=epoch).dt.replace_time_zone("UTC").dt.cast_time_unit("us")
        )
    else:
        value = cell.map_batches(lambda text: _moments(text, zone), return_dtype=pl.Datetime("us", "UTC"))
    refused = because(cell.is_not_null() & rule.value().is_null(), "not_a_timestamp")
    return Converted({rule.field.outputs[0]: value}, refused)


def _sane(value: pl.Expr) -> pl.Expr:
    return pl.when(value.dt.year().is_between(FIRST, LAST)).then(value)


Try = tuple[str, pl.Expr]
"""How a cell must look, and what is then read from it. No cell looks like two tries that differ."""


def _filled(text: pl.Series, tries: list[Try], kind: pl.DataType | type[pl.DataType]) -> pl.Series:
    """What the tries give: the one that the first rows look like first, others while rows are left."""
    frame = text.rename("text").to_frame()
    head = text.drop_nulls().head(SAMPLE)
    ordered = sorted(tries, key=lambda attempt: -int(head.str.contains(attempt[0]).sum()))
    value = pl.Series("value", [None] * text.len(), dtype=kind)
    for _, attempt in ordered:
        if value.null_count() == text.null_count():
            break
        found = frame.select(attempt.alias("value")).to_series()
        value = (
            found if value.null_count() == value.len() else pl.select(pl.coalesce(value, found)).to_series()
        )
    return value.rename(text.name)


def _days(text: pl.Series) -> pl.Series:
    cell = pl.col("text")
    plain = [(pattern, _day(cell, pattern, form)) for pattern, form in _DAY]
    midnight = cell.str.replace(_MIDNIGHT, "")
    worded = _day(_without_month_names(cell), r"^\d{1,2} \d{1,2} \d{4}$", "%d %m %Y")
    later = [
        (_MIDNIGHT, _day(midnight, *_DAY[0])),
        (_MIDNIGHT, _day(midnight, *_DAY[2])),
        (r"\p{L}{3}", worded),
    ]
    return _filled(text, [*plain, *later], pl.Date)


def _day(cell: pl.Expr, pattern: str, form: str) -> pl.Expr:
    shaped = pl.when(cell.str.contains(pattern)).then(cell)
    return _sane(shaped.str.to_date(form, strict=False))


def _without_month_names(cell: pl.Expr) -> pl.Expr:
    """``7 Μαΐ. 2026`` and ``7η Μαΐου, 2026`` as ``7 5 2026``."""
    text = cell.str.to_lowercase().str.replace_many(list("άέήίόύώΐϊ"), list("αεηιουωιι"))
    text = text.str.replace(r"^(\d{1,2})(η|ης|st|nd|rd|th)\b", "$1")
    for month, (stem, english) in enumerate(zip(_STEMS, _ENGLISH, strict=True), 1):
        name = rf"(\s|^)({stem}[\p{{Greek}}]*|{english}[a-z]*)[.,]?(\s|$)"
        text = text.str.replace(name, f" {month} ")
    return text.str.replace_all(r"[\s,]+", " ").str.strip_chars()


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
    day = _day(cell, *_DAY[0]).cast(pl.Datetime("us"))
    tries = [
        (_USUAL, _sane(usual.dt.replace_time_zone("UTC"))),
        *((pattern, _moment(cell, pattern, form, zone)) for pattern, form in _MOMENT),
        (_SCRIPT, _sane(script)),
        (_DAY[0][0], _local(day, zone)),
    ]
    return _filled(text, tries, pl.Datetime("us", "UTC"))


def _moment(cell: pl.Expr, pattern: str, day: str, zone: str) -> pl.Expr:
    """One way to write a moment, with or without seconds, with or without an offset."""
    offset = cell.str.extract(_OFFSET, 1)
    spaced = cell.str.replace("T", " ", literal=True).str.replace(r"\s?" + _OFFSET, "")
    bare = pl.when(cell.str.contains(pattern + r"\s?(Z|[+-]\d{2}:?\d{2})?$")).then(spaced)
    seconds = pl.when(bare.str.count_matches(":", literal=True) == 1).then(bare + ":00").otherwise(bare)
    local = seconds.str.to_datetime(f"{day} %H:%M:%S%.f", strict=False, time_unit="us")
    return _sane(pl.when(offset.is_null()).then(_local(local, zone)).otherwise(_shifted(local, offset)))


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
