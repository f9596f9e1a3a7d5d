"""What the controls of a form show: numbers and days as a Greek writes them, parts, chosen records."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from ckan.plugins import toolkit as tk

from ..records import prepare, reader, translated
from ..schemas.load import record_types

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?")
TEMPLATE = "__part__"
"""Stands where the index of a part will stand that is yet to be added."""


def participation_form_number(value: Any) -> str:
    """A number as it is typed in Greek, without thousands (``4972,5``); a text as it was typed."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else str(value)
    return str(format_decimal(value, format="0.##########", locale="el"))


def participation_form_date(value: Any) -> str:
    """An ISO date as ``13/11/2023``; anything else as it was typed."""
    found = DAY.fullmatch(value) if isinstance(value, str) else None
    return "/".join(reversed(found.groups())) if found else str(value or "")


def participation_form_moment(value: Any) -> str:
    """An ISO date and time as ``01/05/2026 18:00``, a day alone as a day; anything else as it was typed."""
    found = MOMENT.fullmatch(value) if isinstance(value, str) else None
    return f"{participation_form_date(found[1])} {found[2]}" if found else participation_form_date(value)


def participation_unit(unit: str) -> str:
    """A field's unit in words or signs; the code itself where there are none."""
    words = {
        "EUR": "€",
        "percent": "%",
        "persons": tk._("persons"),
        "days": tk._("days"),
        "months": tk._("months"),
        "hours": tk._("hours"),
        "degrees": "°",
    }
    return str(words.get(unit, unit))


def participation_parts(
    field: Mapping[str, Any], data: Mapping[str, Any], errors: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The parts of a repeating field: ``[{"index", "number", "data", "errors"}]``, then a blank one.

    ``data`` and ``errors`` are by the names of the controls (``funding-0-programme``). The last but one has
    nothing in it and is ``blank``; the last is the ``template`` of those that scripts add.
    """
    name = field["field_name"]
    given, wrong = _list(data.get(name)), _list(errors.get(name))
    parts = [_part(name, at, given, wrong) for at in range(len(given))]
    blank: dict[str, Any] = {"number": len(parts) + 1, "data": {}, "errors": {}}
    return [
        *parts,
        {**blank, "index": len(parts), "blank": True},
        {**blank, "index": TEMPLATE, "template": True},
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _part(name: str, at: int, given: list[Any], wrong: list[Any]) -> dict[str, Any]:
    def named(found: list[Any]) -> dict[str, Any]:
        part = found[at] if at < len(found) and isinstance(found[at], Mapping) else {}
        return {f"{name}-{at}-{key}": value for key, value in part.items()}

    return {"index": at, "number": at + 1, "data": named(given), "errors": named(wrong)}


def participation_part_errors(field: Mapping[str, Any], errors: Mapping[str, Any]) -> list[str]:
    """What is wrong with a repeating field as a whole."""
    found = errors.get(field["field_name"])
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def participation_chosen(value: Any) -> list[dict[str, Any]]:
    """The records that a relation's value names, in its order: ``[{"id", "title", "type", "known"}]``.

    A record that the reader may not see, or that is gone, is not ``known`` and bears its id as its title.
    """
    return [_record(one) for one in _ids(value)]


def participation_chosen_publishers(value: Any) -> list[str]:
    """The ids (or names) of organisations that a field's value names."""
    return _ids(value)


def participation_relation_words() -> str:
    """The words of the script that picks records, as JSON."""
    return json.dumps(
        {
            "up": tk._("Up"),
            "down": tk._("Down"),
            "remove": tk._("Remove"),
            "none": tk._("Nothing found by this name"),
            "found": tk._("{number} found; choose with the arrows"),
            "added": tk._("{title} was added"),
            "removed": tk._("{title} was removed"),
            "moved": tk._("{title} is now number {number}"),
            "failed": tk._("The search gave no answer; try again, or paste the record's address"),
        },
        ensure_ascii=False,
    )


def participation_type_label(record_type: str, several: bool = False) -> str:
    """What a type of record is called in the reader's language."""
    definition = record_types().get(record_type, {})
    label = (definition.get("label_plural") if several else None) or definition.get("label")
    return translated.in_language(label, reader.language(), record_type)


def participation_field_path(name: str) -> str:
    """The field that a control belongs to: ``impact.indicator`` of ``impact-0-indicator``."""
    return re.sub(r"-(?:\d+|__part__)-", ".", name)


def participation_type_labels() -> str:
    """What each type of record is called in the reader's language, as JSON."""
    labels = {name: participation_type_label(name) for name in record_types()}
    return json.dumps(labels, ensure_ascii=False)


def _ids(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str) and not prepare.is_empty(one)]


def _record(record: str) -> dict[str, Any]:
    try:
        found = tk.get_action("package_show")({}, {"id": record})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {"id": record, "title": record, "type": "", "known": False}
    title = translated.in_language(found.get("title_translated"), reader.language(), found["title"])
    label = participation_type_label(found["type"])
    return {"id": found["id"], "title": title or found["name"], "type": label, "known": True}


def participation_publishers() -> list[dict[str, str]]:
    """The publishers to choose from: ``[{"id", "name", "title"}]``, by title; asked once a request."""
    if "participation_publishers" not in tk.g:
        asked = {"all_fields": True, "include_extras": True, "include_dataset_count": False, "limit": 1000}
        found = tk.get_action("organization_list")({}, asked)
        chosen = [{**{key: one[key] for key in ("id", "name")}, "title": _publisher(one)} for one in found]
        tk.g.participation_publishers = sorted(chosen, key=lambda one: one["title"])
    listed: list[dict[str, str]] = tk.g.participation_publishers
    return listed


def participation_publisher_title(organization: Mapping[str, Any]) -> str:
    """What a publisher is called in the reader's language, also where CKAN gave it without translations."""
    if organization.get("title_translated"):
        return _publisher(organization)
    known = (one["title"] for one in participation_publishers() if one["id"] == organization["id"])
    return next(known, None) or _publisher(organization)


def _publisher(organization: Mapping[str, Any]) -> str:
    title = str(organization.get("title") or organization["name"])
    return translated.in_language(organization.get("title_translated"), reader.language(), title)
