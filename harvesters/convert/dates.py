"""Converter to days: the day comes first, months may be named in Greek, and what cannot be is refused."""

from __future__ import annotations

import polars as pl

from .core import Converted, Rule, because

FIRST, LAST = 1900, 2100
"""Years outside are mistakes of the pen: ``2206`` for ``2026``."""
SAMPLE = 100

_STEMS = ("ιαν", "φεβ", "μαρ", "απρ", "μαι", "ιουν", "ιουλ", "αυγ", "σεπ", "οκτ", "νοε", "δεκ")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = (
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


def sane(value: pl.Expr) -> pl.Expr:
    """The value, where its year is one that is meant."""
    return pl.when(value.dt.year().is_between(FIRST, LAST)).then(value)


Try = tuple[str, pl.Expr]
"""How a cell must look, and what is then read from it. No cell looks like two tries that differ."""


def filled(text: pl.Series, tries: list[Try], kind: pl.DataType | type[pl.DataType]) -> pl.Series:
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
    plain = [(pattern, day_of(cell, pattern, form)) for pattern, form in DAY]
    midnight = cell.str.replace(_MIDNIGHT, "")
    worded = day_of(_without_month_names(cell), r"^\d{1,2} \d{1,2} \d{4}$", "%d %m %Y")
    later = [
        (_MIDNIGHT, day_of(midnight, *DAY[0])),
        (_MIDNIGHT, day_of(midnight, *DAY[2])),
        (r"\p{L}{3}", worded),
    ]
    return filled(text, [*plain, *later], pl.Date)


def day_of(cell: pl.Expr, pattern: str, form: str) -> pl.Expr:
    """The day that a cell of this look writes in this form."""
    shaped = pl.when(cell.str.contains(pattern)).then(cell)
    return sane(shaped.str.to_date(form, strict=False))


def _without_month_names(cell: pl.Expr) -> pl.Expr:
    """``7 Μαΐ. 2026`` and ``7η Μαΐου, 2026`` as ``7 5 2026``."""
    text = cell.str.to_lowercase().str.replace_many(list("άέήίόύώΐϊ"), list("αεηιουωιι"))
    text = text.str.replace(r"^(\d{1,2})(η|ης|st|nd|rd|th)\b", "$1")
    for month, (stem, english) in enumerate(zip(_STEMS, _ENGLISH, strict=True), 1):
        name = rf"(\s|^)({stem}[\p{{Greek}}]*|{english}[a-z]*)[.,]?(\s|$)"
        text = text.str.replace(name, f" {month} ")
    return text.str.replace_all(r"[\s,]+", " ").str.strip_chars()
