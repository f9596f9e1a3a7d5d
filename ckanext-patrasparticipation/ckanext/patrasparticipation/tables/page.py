"""What the check page needs beyond the answer of a preview, and what a form says otherwise than was shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..harvesters.propose.compose import PLACE
from ..helpers.records import participation_text
from ..schemas.definitions import Column
from ..schemas.load import feeds

TYPES = ("text", "integer", "number", "boolean", "date", "timestamp")
"""What a person may choose for a column; a position is recognised, or it is none."""
STORED = {"integer": "int8", "number": "float8", "boolean": "bool"}
"""Types of columns as the DataStore calls them, where it calls them otherwise."""
TEXTS = ("label_el", "label_en", "about_el", "about_en", "unit")
MADE = "row_key"
_PLACE: dict[str, Any] = {str(column["name"]): column for column in PLACE}
AS_READ = ("header_row", "sheet")
"""Choices that show what was recognised until something is chosen; the others show “recognise it”."""


def shaped(told: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with what the page shows of it: ``verdict asked labels groups fields``.

    ``verdict``: ready, look (odd things are to be accepted), personal, or stopped. ``asked`` are the choices
    as the form shows them. ``labels``: column to ``{el, en}``. ``groups`` are the refused cells by column and
    reason, each with an example. ``fields`` are the columns of the first rows.
    """
    check = told["check"]
    known = _of_feed(told)
    labels = {name: column.label for name, column in known.items()}
    labels |= {column["name"]: column["label"] for column in told["columns"]}
    first = check.get("first_rows") or [{}]
    return {
        **told,
        "verdict": _verdict(check),
        "asked": asked(told),
        "labels": labels,
        "groups": [_group(each, check["rejected_rows"]) for each in check.get("rejected_by", ())],
        "fields": [
            _field(name, told["columns"], labels) | _choices(known.get(name))
            for name in first[0]
            if name != "geometry"
        ],
    }


def _of_feed(told: Mapping[str, Any]) -> dict[str, Column]:
    """The columns of the kind of table that it is; none for an ordinary one."""
    kind = feeds().get(str(told.get("feed") or ""))
    return {column.name: column for column in kind.columns} if kind else {}


def _choices(column: Column | None) -> dict[str, Any]:
    """The labels of a column's codes, in the reader's language."""
    choices = column.choices if column else ()
    return {"choices": {choice.code: participation_text(choice.label) for choice in choices}}


def _verdict(check: Mapping[str, Any]) -> str:
    if check.get("personal"):
        return "personal"
    if not check["ready"]:
        return "stopped"
    return "look" if check["odd"] else "ready"


def _group(group: Mapping[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A column and a reason with the first cell that was refused for it."""
    same = (row for row in rows if (row["column"], row["code"]) == (group["column"], group["code"]))
    return {**group, "example": next(same, None)}


def _field(name: str, columns: list[dict[str, Any]], labels: Mapping[str, Any]) -> dict[str, Any]:
    """A column of the first rows, as ``participation_cell`` wants one."""
    known = _PLACE.get(name) or next((column for column in columns if column["name"] == name), {})
    kind = known.get("type", "text")
    return {
        "name": name,
        "label": known.get("label") or labels.get(name),
        "type": STORED.get(kind, kind),
        "unit": "" if name in _PLACE else known.get("unit") or "",
        "choices": {},
        "numeric": kind in ("integer", "number"),
    }


def asked(told: Mapping[str, Any]) -> dict[str, str]:
    """The choices about the whole file as the form shows them."""
    chosen, seen = told["chosen"], told.get("recognised") or {}
    answer = {name: str(chosen.get(name) or "") for name in ("encoding", "separator", "decimal", "crs")}
    answer |= {name: str(chosen.get(name) or seen.get(name) or "") for name in AS_READ}
    answer["sheet"] = answer["sheet"] or str(seen.get("layer") or "")
    key = str(told.get("key") or "")
    return {
        **answer,
        "feed": str(told.get("feed") or chosen.get("feed") or ""),
        "key": "" if key == MADE else key,
        "anywhere": "1" if chosen.get("anywhere") else "",
    }


def said(form: Mapping[str, str], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says otherwise than the page that it came from: choices as the preview takes them."""
    before = asked(told)
    answer: dict[str, Any] = {
        name: form[name].strip() if name != "separator" else form[name]
        for name in before
        if name in form and name != "anywhere" and form[name] != before[name]
    }
    if "anywhere-shown" in form and bool(form.get("anywhere")) != bool(before["anywhere"]):
        answer["anywhere"] = bool(form.get("anywhere"))
    columns = [_of_column(form, number, column) for number, column in enumerate(told["columns"])]
    if changed := [one for one in columns if len(one) > 1]:
        answer["columns"] = changed
    gone = {one["raw"] for one in changed if one.get("skip")}
    if any(column["name"] == told.get("key") and column["raw"] in gone for column in told["columns"]):
        answer["key"] = ""  # the column that told rows apart is left out
    return answer


def _of_column(form: Mapping[str, str], number: int, column: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says otherwise of one column; nothing where it speaks of another one."""
    changed: dict[str, Any] = {"raw": column["raw"]}
    if form.get(f"raw-{number}") != column["raw"]:
        return changed
    now = {
        **{f"label_{language}": column["label"].get(language) for language in ("el", "en")},
        **{f"about_{language}": column["about"].get(language) for language in ("el", "en")},
        "unit": column["unit"],
        "type": column["type"],
    }
    for name, value in now.items():
        given = form.get(f"{name}-{number}")
        if given is not None and _text(given) != (value or ""):
            changed[name] = _text(given)
    if (skip := not form.get(f"use-{number}")) != column["skip"]:
        changed["skip"] = skip
    return changed


def dictionary(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The columns of a published table with what the dictionary says of each, from the DataStore's fields."""
    return [
        {
            "name": field["id"],
            "type": field["type"],
            **{name: (field.get("info") or {}).get(name.replace("about", "notes")) or "" for name in TEXTS},
        }
        for field in fields
        if not field["id"].startswith("_")
    ]


def described(form: Mapping[str, str], columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the form of the dictionary says otherwise, as ``participation_table_describe`` takes it."""
    answer = []
    for column in columns:
        given = typed(form, column)
        changed = {name: given[name] for name in TEXTS if given[name] != column[name]}
        if changed:
            answer.append({"name": column["name"], **changed})
    return answer


def typed(form: Mapping[str, str], column: Mapping[str, Any]) -> dict[str, Any]:
    """A column of the dictionary with what the form says of it."""
    given = {name: form.get(f"{name}-{column['name']}") for name in TEXTS}
    texts = {name: _text(value) for name, value in given.items() if value is not None}
    return {**column, **texts}


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").strip()
