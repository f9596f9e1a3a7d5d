"""A dataset that another catalogue gave as RDF, in the fields of ours."""

from __future__ import annotations

import json
from typing import Any

from ckanext.patrasparticipation.records import names, translated

# ckanext-dcat reads these as lists; here they hold one value.
SINGLE = ("documentation", "conforms_to", "applicable_legislation")
# What it makes of agents, which here are the catalogue's own organisations.
AGENTS = ("contact", "publisher", "creator")


def adopt(dataset: dict[str, Any], *, is_new: bool) -> None:
    """Change the dict that ckanext-dcat is about to save; codes may stay URIs, our validators read them."""
    for core in ("title", "notes"):
        _main_language(dataset, core)
    for resource in dataset.get("resources", []):
        for core in ("name", "description"):
            _main_language(resource, core)
    contact: dict[str, str] = next(iter(dataset.get("contact") or []), {})
    dataset.setdefault("contact_unit", contact.get("name") or "")
    dataset.setdefault("contact_email", contact.get("email") or "")
    for key in AGENTS:
        dataset.pop(key, None)
    for key in SINGLE:
        if key in dataset:
            dataset[key] = _first(dataset[key])
    dataset.setdefault("source_system", "other")
    licences = (resource.get("license") for resource in dataset.get("resources", []))
    dataset["license_id"] = dataset.get("license_id") or next((one for one in licences if one), "")
    if is_new:
        dataset["name"] = names.dataset_name(dataset.get("title") or "")


def _main_language(record: dict[str, Any], core: str) -> None:
    """Texts in our languages only; a record that has no Greek keeps the words it has in its place."""
    texts = record.get(core + translated.SUFFIX)
    if not isinstance(texts, dict):
        return
    main = texts.get(translated.MAIN) or translated.in_language(texts, "en")
    kept = {language: texts[language] for language in translated.LANGUAGES if texts.get(language)}
    record[core + translated.SUFFIX] = {**kept, translated.MAIN: main} if main else {}
    record[core] = main


def _first(value: Any) -> str:
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    return str(value[0]) if isinstance(value, list) and value else value or ""
