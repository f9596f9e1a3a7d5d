"""The data dictionary of a published table, as its editors write it: labels, descriptions, units."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from .. import clock
from ..feeds import catalogue, keepers, shown, states
from ..model import Table


def describe(table: Table, columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Change what the dictionary says of the columns of a published table; gives all columns.

    Raises:
        ValidationError: nothing is published, no such column, or the definition is a feed's.
    """
    if not table.definition:
        raise tk.ValidationError({"resource_id": [tk._("Nothing of this table is published yet.")]})
    if table.definition["feed"] != "table":
        raise tk.ValidationError({"resource_id": [tk._("The columns of this table are those of a feed.")]})
    definition = deepcopy(table.definition)
    there = {column["name"]: column for column in definition["columns"]}
    for said in columns:
        if said["name"] not in there:
            sentence = tk._("There is no column “{name}”; there are: {allowed}.")
            words = {"name": said["name"], "allowed": ", ".join(there)}
            raise tk.ValidationError({"columns": [sentence.format(**words)]})
        _say(there[said["name"]], said)
    entry = catalogue.of_table(table, definition)
    table.definition, table.changed = definition, clock.now()
    model.Session.commit()
    keepers.of(entry).follow(entry, states.of(entry.source))
    return shown.columns(entry.source.feed)


def _say(column: dict[str, Any], said: dict[str, Any]) -> None:
    """Labels and descriptions by language, and the unit; Greek is always there."""
    for part in ("label", "about"):
        texts = dict(column.get(part) or {})
        for language in ("el", "en"):
            if f"{part}_{language}" in said:
                texts[language] = said[f"{part}_{language}"]
        texts = {language: text for language, text in texts.items() if text}
        if part == "label" and "el" not in texts:
            texts["el"] = column["name"]
        column[part] = texts
    if "unit" in said:
        column["unit"] = said["unit"]
    for name in [name for name, value in column.items() if value in (None, {})]:
        del column[name]
