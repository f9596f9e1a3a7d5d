"""The calls that one table answers: with its own columns and with values that stand in its rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .languages import Call, Query

Row = Mapping[str, Any]
FIRST, PAGE = 5, 1000
SHORT = 60  # letters of a value that is still one to filter by
TEXT = "text"
NUMBERS = ("int8", "int4", "int", "float8", "numeric")
POSITION = ("lon", "lat", "position_accuracy_m")


@dataclass(frozen=True)
class Table:
    """A table as the calls need it; ``columns`` as ``participation_columns`` gives them.

    ``search``, ``aggregate``, ``export`` and ``whole`` are absolute addresses, empty where there is none.
    """

    resource_id: str
    columns: list[dict[str, Any]]
    rows: list[Row]
    name: str
    search: str
    aggregate: str = ""
    export: str = ""
    whole: str = ""
    generation: int | None = None
    words: str = ""


def first(table: Table) -> Call:
    """A few rows, as they come."""
    return Call("records", table.search, {"resource_id": table.resource_id, "limit": FIRST})


def every(table: Table) -> dict[str, Call]:
    """All that the table answers, by what is asked, the simplest first."""
    base: Query = {"resource_id": table.resource_id}
    pages = {**base, "sort": "_id", "limit": PAGE, "offset": 0}
    if table.generation is not None:
        pages["generation"] = table.generation
    chosen, value = column(table)
    wanted = json.dumps({chosen: value}, ensure_ascii=False) if chosen else ""
    found = {"first": first(table)}
    if chosen:
        found["filter"] = Call("records", table.search, {**base, "filters": wanted, "limit": FIRST})
    if table.words:
        found["words"] = Call("records", table.search, {**base, "q": table.words, "limit": FIRST})
    found["pages"] = Call("pages", table.search, pages)
    if table.aggregate and chosen and _is_plain(chosen):
        found["aggregate"] = Call(
            "records", table.aggregate, {**base, "group_by": chosen, "measures": _measures(table)}
        )
    if table.export and chosen:
        found["export"] = Call("file", table.export, {"filters": wanted}, f"{table.name}-part.csv")
    if table.whole:
        found["whole"] = Call("whole", table.whole, {}, f"{table.name}.csv")
    return found


def column(table: Table) -> tuple[str, Any]:
    """A column to filter by and a value of it that stands in the rows; ``("", None)`` where there is none.

    The status, else a closed list, else a column of texts, else any.
    """
    order = sorted(
        table.columns, key=lambda each: (each["name"] != "status", not each["choices"], each["type"] != TEXT)
    )
    for each in order:
        value = next((row[each["name"]] for row in table.rows if _is_short(row.get(each["name"]))), None)
        if value is not None:
            return each["name"], value
    return "", None


def _rank(each: Mapping[str, Any]) -> tuple[bool, ...]:
    return each["name"] != "status", not each["choices"], each["type"] != TEXT


def words(columns: Iterable[Mapping[str, Any]], rows: Iterable[Row], searched: Iterable[str] | None) -> str:
    """A word of the first text that can be searched; nothing where there is none.

    Args:
        searched: the columns that a free-text query looks in; ``None`` for all of them.
    """
    names = [each["name"] for each in columns if each["type"] == TEXT and not each["choices"]]
    names = [name for name in names if searched is None or name in set(searched)]
    texts = (str(row.get(name) or "") for name in names for row in rows)
    return next((word for text in texts for word in text.split() if len(word) > 3 and word.isalpha()), "")


def _is_short(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and 0 < len(str(value)) <= SHORT


def _is_plain(name: str) -> bool:
    """Whether a column's name can stand in a list with commas and colons between."""
    return not set(name) & set(",:") and name == name.strip()


def _measures(table: Table) -> str:
    """How many, and the mean of the first number that is not a place."""
    numbers = [
        each["name"]
        for each in table.columns
        if each["type"] in NUMBERS and each["name"] not in POSITION and _is_plain(each["name"])
    ]
    return ",".join(["count", *(f"mean:{name}" for name in numbers[:1])])
