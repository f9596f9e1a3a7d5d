"""What a form of a record says: its parts gathered, its choices cleaned, what has no control carried over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan.lib.navl.dictization_functions import unflatten
from ckan.logic import clean_dict, parse_params, tuplize_dict
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import MultiDict

from ..records import parts, translated
from ..schemas.load import record_types

OURS = ("owner_org", "private")
"""What the form asks beside the definition's fields."""
Data = dict[str, Any]
RELATIONS = ("participation_relation", "participation_relations", "participation_organizations")


ORDER = ("citizen_group", "initiative", "consultation", "works_project", "indicator")
"""From who acts to what is measured; another type stands behind them."""


def types() -> list[str]:
    """The types of record that have this form: all but the dataset, whose form leads on to its files."""
    ours = [name for name, one in record_types().items() if one.get("dataset_type") not in (None, "dataset")]
    return sorted(ours, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


def read(form: MultiDict[str, str], definition: Mapping[str, Any]) -> Data:
    """The record as the form says it; a field that was emptied is there, and empty.

    Only what the definition has a control for is taken: no state, no id, no files.

    Raises:
        DataError: the names of the form's fields contradict each other.
    """
    fields = definition["dataset_fields"]
    names = [field["field_name"] for field in shown(fields)]
    given = clean_dict(unflatten(tuplize_dict(parse_params(form))))
    data = {key: value for key, value in given.items() if key.split("-")[0] in (*names, *OURS)}
    data["type"] = definition["dataset_type"]
    parts.gather(data, [one["field_name"] for one in shown(fields) if one.get("repeating_subfields")])
    for field in shown(fields):
        _settle(field, data)
    return data


def shown(fields: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The fields that have a control."""
    return [field for field in fields if field.get("form_snippet", "") is not None]


def _settle(field: Mapping[str, Any], data: Data) -> None:
    """Give an emptied field its empty value, and one of other records those that were chosen."""
    name = field["field_name"]
    if field.get("preset") in RELATIONS:
        data[name] = _related(data.get(name, ""), several=field["preset"] != RELATIONS[0])
    elif not any(key == name or key.startswith(f"{name}-") for key in data):
        data[name] = [] if field.get("repeating_subfields") else ""


def _related(value: Any, several: bool) -> Any:
    """The chosen ones; one alone is no list where a field holds one."""
    found = parts.chosen(value if isinstance(value, list) else [value])
    return found if several or len(found) > 1 else (found or [""])[0]


def given(data: Data) -> frozenset[str]:
    """The names of the fields in which something was written."""
    return frozenset(key.split("-")[0] for key, value in data.items() if value not in ("", []))


def wish(data: Data, state: str, stored: Data | None = None) -> Data:
    """What the actions are asked for: the form's data without its empty fields, in that state.

    ``stored`` is the record as it is now: what the form has no control for stays as it was.
    """
    asked = {key: value for key, value in data.items() if value not in ("", [])}
    asked |= {"type": data["type"], "state": state, "owner_org": data.get("owner_org", "")}
    if not data.get("tag_string"):
        asked["tags"] = []
    return {**_kept(stored or {}), **asked}


def _kept(stored: Data) -> Data:
    """What a stored record holds that its form has no control for."""
    if not stored:
        return {}
    definition = tk.h.scheming_get_dataset_schema(stored["type"])
    silent = [
        one["field_name"] for one in definition["dataset_fields"] if one.get("form_snippet", "") is None
    ]
    kept = {name: stored[name] for name in silent if name in stored}
    return {**kept, "id": stored["id"], "name": stored["name"], "extras": stored.get("extras", [])}


def title(record: Mapping[str, Any], language: str) -> str:
    """What the record is called in that language."""
    fallback = str(record.get("title") or record.get("name") or "")
    return translated.in_language(record.get("title_translated"), language, fallback)
