"""Gather the repeating parts of a form: ``funding-0-programme`` becomes ``funding[0]["programme"]``.

It takes the place of ckanext-scheming's own, which puts part 10 before part 2, keeps parts in which nothing
was written, and knows no text in two languages inside a part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.scheming import plugins as scheming

from ckanext.patrasparticipation.records import prepare, translated

KEY = re.compile(r"([a-z][a-z0-9_]*)-(\d{1,4})-([a-z_][a-zA-Z0-9_-]*)")
REMOVE = "_remove"
"""What the form of a browser without scripts sends for a part that is to go."""
CARRIED = (None, "hidden.html")
"""Snippets of fields that the form only carries: nobody wrote what stands in them."""
Part = dict[str, Any]


def install() -> None:
    """Let ckanext-scheming gather the parts of its forms this way."""
    scheming.expand_form_composite = gather


def gather(data: MutableMapping[str, Any], names: Collection[str]) -> None:
    """Put the parts of those fields into ``data`` as lists of dicts, in their order, and take their keys out.

    Parts in which nothing was written (or only what the form proposes) and removed ones are left out; a field
    without parts is left out. What an API caller gives as a list stays as it is.
    """
    found = _found(data, names)
    for name in names:
        if not prepare.is_empty(data.get(name)):
            continue
        data.pop(name, None)
        subfields = _subfields(data.get("type"), name)
        parts = [_clean(part) for _index, part in sorted(found.get(name, {}).items())]
        kept = [part for part in parts if _is_written(part, subfields)]
        if kept:
            data[name] = kept


def chosen(value: Any) -> Any:
    """What a form sends for a field of several values, without the empty ones."""
    return [one for one in value if one != ""] if isinstance(value, list) else value


def _found(data: MutableMapping[str, Any], names: Collection[str]) -> dict[str, dict[int, Part]]:
    """The parts by field and index, taken out of the data."""
    found: dict[str, dict[int, Part]] = {}
    for key in list(data):
        match = KEY.fullmatch(key)
        if match and match[1] in names and prepare.is_empty(data.get(match[1])):
            found.setdefault(match[1], {}).setdefault(int(match[2]), {})[match[3]] = data.pop(key)
    return found


def _clean(part: Part) -> Part:
    """The part with its lists rid of empty values, and texts in two languages put together."""
    cleaned: Part = {}
    for key, value in part.items():
        name, _, language = key.rpartition("-")
        if language in translated.LANGUAGES and name.endswith(translated.SUFFIX):
            if not prepare.is_empty(value):
                cleaned.setdefault(name, {})[language] = value
        else:
            cleaned[key] = chosen(value)
    return cleaned


def _is_written(part: Part, subfields: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether somebody wrote something in the part, and did not remove it."""
    if part.pop(REMOVE, None):
        return False
    for key, value in part.items():
        field: Mapping[str, Any] = subfields.get(key, {})
        is_asked = field.get("form_snippet", "") not in CARRIED
        if is_asked and not prepare.is_empty(value) and value not in _proposed(field):
            return True
    return False


def _proposed(subfield: Mapping[str, Any]) -> list[Any]:
    """The values that the form itself puts into the subfield, as it may send them."""
    default = subfield.get("default")
    return [default, *default] if isinstance(default, list) else [default]


def _subfields(record_type: Any, name: str) -> dict[str, Mapping[str, Any]]:
    definition = tk.h.scheming_get_dataset_schema(record_type) if isinstance(record_type, str) else None
    fields = (definition or {}).get("dataset_fields", ())
    field: Mapping[str, Any] = next((one for one in fields if one["field_name"] == name), {})
    return {one["field_name"]: one for one in field.get("repeating_subfields", ())}
