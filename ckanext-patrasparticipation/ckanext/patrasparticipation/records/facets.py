"""The facets of the record types in the list: which, under which label, and the labels of their codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import definitions, reader, translated, vocabularies
from ckanext.patrasparticipation.schemas.derive.facets import facet_field
from ckanext.patrasparticipation.schemas.derive.facets import facets as defined
from ckanext.patrasparticipation.schemas.load import feeds

KIND_OF_FEED = "participation_feed"
RECORD_TYPE = "vocab_record_type"
BOOLEAN, YES_NO = "participation_boolean", "yes_no"
PUBLISHERS = "participation_organizations"
FIRST = (
    RECORD_TYPE,
    "vocab_theme",
    "organization",
    "res_format",
    "vocab_municipal_unit",
    "license_id",
    "tags",
)
"""The facets that most people choose by; the others follow as they are defined."""
FIRST_OF = {
    "citizen_group": ("vocab_activity_field", "group_type", "joining_mode", "group_status"),
    "consultation": ("consultation_status", "outcome_result", "closed_without_answer", "consultation_type"),
    "indicator": ("indicator_scheme", "indicator_theme", "indicator_kind"),
    "initiative": ("application_status", "initiative_status", "initiative_type", "vocab_activity_field"),
    "works_project": (
        "project_status",
        "is_delayed",
        "vocab_sector",
        "project_type",
        "vocab_funding_programme",
    ),
}
"""Those by which the list of a type is chosen first; the place follows, CKAN's own come last."""


def ordered(given: Mapping[str, str], record_type: str) -> dict[str, str]:
    """The index fields to facet on and their labels in the reader's language; types not ours keep theirs."""
    if record_type not in _definitions():
        return dict(given)
    own = defined(record_type, reader.language())
    every = dict(given) | _core(given) | own
    wanted = (*FIRST_OF[record_type], "vocab_municipal_unit", *own) if record_type in FIRST_OF else FIRST
    first = [name for name in wanted if name in every]
    return {name: every[name] for name in dict.fromkeys([*first, *every])}


def _core(given: Mapping[str, str]) -> dict[str, str]:
    """CKAN's own facets in the catalogue's words, and the kind of record."""
    words = {
        "organization": tk._("Publisher"),
        "res_format": tk._("Format"),
        "license_id": tk._("Licence"),
        "tags": tk._("Tags"),
        "groups": tk._("Groups"),
    }
    return {RECORD_TYPE: tk._("Kind of record")} | {name: words[name] for name in given if name in words}


def label_items(search_facets: Mapping[str, Mapping[str, Any]]) -> None:
    """Give the items of every facet the label of their code or name in the reader's language."""
    language = reader.language()
    for name, facet in search_facets.items():
        items = facet.get("items", ())
        labels = _labels(name, [item["name"] for item in items], language) if items else {}
        for item in items:
            item["display_name"] = labels.get(item["name"]) or item["display_name"]


def _labels(name: str, codes: Collection[str], language: str) -> dict[str, str]:
    """The labels of those codes of a facet; what has none is left out."""
    vocabulary = _vocabularies().get(name)
    if vocabulary is None and name in _computed() and set(codes) <= set(vocabularies.terms(YES_NO)):
        vocabulary = YES_NO
    if vocabulary:
        return {code: vocabularies.label(vocabulary, code, language) for code in codes}
    if name in ("organization", "groups", *_of_publishers()):
        return _publishers(codes, language)
    texts: dict[str, Any] = {}
    if name == RECORD_TYPE:
        texts = {code: definition.get("label") for code, definition in _definitions().items()}
    elif name == KIND_OF_FEED:
        texts = {code: feed.label for code, feed in feeds().items()}
    return {code: translated.in_language(texts[code], language) for code in codes if code in texts}


def _publishers(names: Iterable[str], language: str) -> dict[str, str]:
    """The titles of publishers and groups, in one question to the database."""
    found = model.Session.query(model.Group).filter(model.Group.name.in_(list(names)))
    titles = {}
    for group in found:
        extras: Mapping[str, Any] = getattr(group, "extras", None) or {}  # undeclared in CKAN's class
        texts = translated.parse(extras.get("title_translated"))
        titles[group.name] = translated.in_language(texts, language, group.title or group.name)
    return titles


def _definitions() -> Mapping[str, Mapping[str, Any]]:
    return tk.h.scheming_dataset_schemas() or {}


def _vocabularies() -> dict[str, str]:
    """The vocabulary of each index field that holds codes, or yes and no, over all record types."""
    coded = {facet_field(field): field["vocabulary"] for field in _fields() if "vocabulary" in field}
    said = {facet_field(field): YES_NO for field in _fields() if field.get("preset") == BOOLEAN}
    return {"license_id": "licence"} | said | coded


def _computed() -> list[str]:
    """The index fields that nobody types; the definition does not say which of them are yes or no."""
    return [facet_field(field) for field in _fields() if field.get("preset") == definitions.COMPUTED]


def _of_publishers() -> list[str]:
    """The index fields that hold names of publishers."""
    return [facet_field(field) for field in _fields() if field.get("preset") == PUBLISHERS]


def _fields() -> Iterator[Mapping[str, Any]]:
    """The fields of all record types."""
    for definition in _definitions().values():
        yield from definition["dataset_fields"]
