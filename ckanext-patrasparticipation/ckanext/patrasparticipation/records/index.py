"""A record as the search index holds it: both languages, codes one by one, nothing that Solr refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from ckan import model

from ckanext.patrasparticipation.records import computed, definitions, translated, vocabularies

CODES = "participation_vocabulary_codes"
CODE = "participation_vocabulary_code"
PUBLISHERS = "participation_organizations"
FACET = "vocab_"

# A plain string of Solr ends at 32,766 bytes, 16,383 Greek letters; a longer one makes the whole save fail.
MAX_BYTES = 32_000
# Texts of any length: Solr takes them word by word.
WORDS = ("title", "notes", "res_name", "res_description", "txt_*")
# By these a list is sorted; what the collator makes of a letter is longer than the letter.
SORTED = ("title_string",)
MAX_SORTED = 2_000
# Stored whole, never indexed: the record itself, from which pages and the API answer.
STORED = ("data_dict", "validated_data_dict")
# The only ones that take several values; `*` stands for the rest of the name.
SEVERAL = (
    "tags", "groups", "urls", "res_*", "vocab_*", "txt_*", "code_*", "spatial_geom",
    "depends_on", "dependency_of", "derives_from", "has_derivation", "links_to", "linked_from", "child_of",
    "parent_of",
)  # fmt: skip
# Fields of the index that are no text: a free extra of that name stays searchable, but must not be put there.
TYPED = (
    "_version_",
    "covers_from",
    "covers_to",
    "participation_configset",
    "resources_accessed_recent",
    "resources_accessed_total",
    "spatial_bbox",
    "spatial_geom",
    "title_sort",
    "views_recent",
    "views_total",
)


def document(indexed: dict[str, Any], definition: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a record with that scheming definition, made fit for Solr; changes what it is given."""
    for field in definition["dataset_fields"]:
        validators = str(field.get("validators", "")).split()
        if translated.VALIDATOR in validators:
            _spread_languages(indexed, field["field_name"])
        elif CODES in validators:
            _spread_codes(indexed, field["field_name"], field["vocabulary"])
        elif CODE in validators:
            _label_code(indexed, field["field_name"], field["vocabulary"])
        elif PUBLISHERS in validators:
            _name_publishers(indexed, field["field_name"])
    _leave_out_relations(indexed, definition)
    _put_computed(indexed, definition)
    return fit(indexed)


def _leave_out_relations(indexed: dict[str, Any], definition: Mapping[str, Any]) -> None:
    """Ids of other records are not searched, counted or asked for by field: some of these are not public.

    The table of relations answers who points at whom, to each reader what he may see.
    """
    for predicate, _field in definitions.relations(definition):
        name, _, inner = predicate.partition(".")
        for place in (name, f"extras_{name}"):
            if not inner:
                indexed.pop(place, None)
            elif isinstance(indexed.get(place), str):
                parts = json.loads(indexed[place])
                indexed[place] = json.dumps(
                    [{key: value for key, value in one.items() if key != inner} for one in parts],
                    ensure_ascii=False,
                )


def _put_computed(indexed: dict[str, Any], definition: Mapping[str, Any]) -> None:
    """What the record's definition says is worked out: codes for facets, their labels for search."""
    fields = definitions.computed(definition)
    if not fields:
        return
    found = computed.values(json.loads(indexed["validated_data_dict"]))
    for field in fields:
        name, value = field["field_name"], found.get(field["field_name"])
        if value is None:
            continue
        codes = [_word(one) for one in value] if isinstance(value, list) else [_word(value)]
        indexed |= {f"{FACET}{name}": codes} if field.get("several") else {name: codes[0]}
        if "vocabulary" in field:
            indexed[f"extras_{name}"] = " · ".join(_labels(field["vocabulary"], code) for code in codes)


def _word(value: Any) -> str:
    """A value as one term of the index."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def fit(indexed: dict[str, Any]) -> dict[str, Any]:
    """The document of any record, as far as Solr takes it: a save never fails because of the index."""
    typed = {name for name in TYPED if f"extras_{name}" in indexed}
    return {
        name: value if name in STORED else _fit(name, value)
        for name, value in indexed.items()
        if name not in typed
    }


def _fit(name: str, value: Any) -> Any:
    """The value in a shape and of a length that the field takes.

    A dict would be read as an atomic update, and a list only fits where several values are allowed: both
    become their JSON.
    """
    if isinstance(value, list | tuple) and _is_among(name, SEVERAL):
        return [_fit(name, one) for one in value if not isinstance(one, list | tuple)]
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str) or _is_among(name, WORDS):
        return value
    return _cut(value, MAX_SORTED if name in SORTED else MAX_BYTES)


def _is_among(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _cut(text: str, most: int) -> str:
    """The text, cut at so many bytes; the record itself stays whole."""
    return text if len(text) * 4 <= most else text.encode()[:most].decode(errors="ignore")


def _spread_languages(indexed: dict[str, Any], name: str) -> None:
    """`title_translated` becomes `extras_title_en`: Solr takes no dict, and the core field holds the Greek.

    A text without a core field (`mission_translated`) becomes `txt_mission`, which takes any length.
    """
    value = translated.parse(indexed.pop(name, None))
    indexed.pop(f"extras_{name}", None)
    if not isinstance(value, dict):
        return
    core = name.removesuffix(translated.SUFFIX)
    texts = {language: value[language] for language in translated.LANGUAGES if value.get(language)}
    if core not in indexed:
        indexed[f"txt_{core}"] = list(texts.values())
        return
    for language in texts.keys() - {translated.MAIN}:
        indexed[f"extras_{core}_{language}"] = texts[language]


def _spread_codes(indexed: dict[str, Any], name: str, vocabulary: str) -> None:
    """The codes for facets in `vocab_<name>`, which alone takes several; their labels for search."""
    value = indexed.pop(name, None)
    indexed.pop(f"extras_{name}", None)
    if codes := _codes(value):
        indexed[f"{FACET}{name}"] = codes
        indexed[f"extras_{name}"] = " · ".join(_labels(vocabulary, code) for code in codes)


def _codes(value: Any) -> list[str]:
    """The codes of a list, of its JSON, or the one code that the text is; what is no text is left out."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):  # stored before our validators looked at it
            return [value]
    several = value if isinstance(value, list) else [value]
    return [code for code in several if isinstance(code, str) and code]


def _label_code(indexed: dict[str, Any], name: str, vocabulary: str) -> None:
    """The code stays in its own field, for facets; its labels are searched."""
    code = indexed.get(name)
    if isinstance(code, str) and code:
        indexed[f"extras_{name}"] = _labels(vocabulary, code)


def _name_publishers(indexed: dict[str, Any], name: str) -> None:
    """The names of publishers for facets in `vocab_<name>`, their titles for search; they are public."""
    ids = _codes(indexed.pop(name, None))
    indexed.pop(f"extras_{name}", None)
    found = model.Session.query(model.Group).filter(model.Group.id.in_(ids)).all() if ids else []
    if found:
        indexed[f"{FACET}{name}"] = [group.name for group in found]
        indexed[f"extras_{name}"] = " · ".join(group.title or group.name for group in found)


def _labels(vocabulary: str, code: str) -> str:
    return " ".join(vocabularies.label(vocabulary, code, language) for language in translated.LANGUAGES)
