"""A record in the words of ckanext-dcat: codes become authorities' URIs, fields take the names it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import publisher_uri_organization_fallback

from ckanext.patrasparticipation.records import formats, translated, vocabularies

SHA256 = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"  # https: as DCAT-AP's shapes ask
LISTS = {"theme": "theme", "language": "language", "hvd_category": "hvd_category"}
SINGLES = {"frequency": "frequency", "access_rights": "access_right"}
# Said in our own way below, or not at all.
HANDLED = (
    "spatial",
    "contact_unit",
    "contact_email",
    "rights_translated",
    "provenance_translated",
    "license_url",
)


def dataset(record: Mapping[str, Any], publisher: Mapping[str, Any] | None) -> dict[str, Any]:
    """The dict from which ckanext-dcat's own profile writes what it knows how to write.

    Args:
        record: a dataset as ``package_show`` gives it.
        publisher: its organisation as ``organization_show`` gives it, or nothing.
    """
    said = {key: value for key, value in record.items() if key not in HANDLED}
    for field, name in LISTS.items():
        said[field] = _uris(name, record.get(field) or [])
    for field, name in SINGLES.items():
        said[field] = vocabularies.uri(name, record.get(field) or "")
    said["tags_translated"] = _tags(record)
    if record.get("provenance_translated"):
        said["provenance"] = record["provenance_translated"]
    said["contact"] = _contact(record, publisher or {})
    if publisher:
        said["publisher"] = [_publisher(record, publisher)]
    said["resources"] = [_resource(one, record) for one in record.get("resources", [])]
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def as_dataset(record: Mapping[str, Any]) -> dict[str, Any]:
    """A consultation or an indicator with the fields of a dataset that its own form does not ask for.

    Whoever may read the record may read its tables; a consultation's are of the days on which it was open.
    """
    return {
        **record,
        "access_rights": "RESTRICTED" if record.get("privacy_level") == "restricted" else "PUBLIC",
        "temporal_start": record.get("open_date"),
        "temporal_end": record.get("close_date"),
    }


def _uris(name: str, codes: list[str]) -> list[str]:
    return [uri for uri in (vocabularies.uri(name, code) for code in codes) if uri]


def _tags(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """The tags by language: those with a Greek letter are Greek."""
    by_language: dict[str, list[str]] = {}
    for tag in record.get("tags", []):
        language = "el" if re.search("[\u0370-\u03ff\u1f00-\u1fff]", tag["name"]) else "en"
        by_language.setdefault(language, []).append(tag["name"])
    return by_language


def _contact(record: Mapping[str, Any], publisher: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The record's own contact, else its publisher's; the publisher's name where no department is named."""
    email = record.get("contact_email") or publisher.get("contact_email")
    unit = record.get("contact_unit") or publisher.get("contact_unit")
    name = {translated.MAIN: unit} if unit else publisher.get("title_translated")
    if not (email or name):
        return []
    return [{"name_translated": name, "email": email, "url": publisher.get("homepage")}]


def _publisher(record: Mapping[str, Any], publisher: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "uri": publisher_uri_organization_fallback({"organization": publisher, **record}),
        "name_translated": publisher.get("title_translated") or {translated.MAIN: publisher.get("title", "")},
        "url": publisher.get("homepage"),
        "type": vocabularies.uri("publisher_type", publisher.get("publisher_type") or ""),
        "identifier": publisher.get("diavgeia_uid"),
    }


def _resource(resource: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    site = tk.config["ckan.site_url"].rstrip("/")
    found = formats.term(resource)
    said = dict(resource)
    said["format"] = found.uri if found else None
    said["mimetype"] = formats.media_type(resource)
    said["license"] = vocabularies.uri("licence", record.get("license_id") or "")
    said["rights"] = record.get("rights_translated") or _rights(record)
    said["availability"] = vocabularies.uri("availability", resource.get("availability") or "")
    said["language"] = _uris("language", record.get("language") or [])
    is_sha256 = re.fullmatch("[0-9a-f]{64}", str(resource.get("hash") or ""))
    said["hash"], said["hash_algorithm"] = (resource["hash"], SHA256) if is_sha256 else (None, None)
    if formats.is_file(resource, site):
        said["download_url"] = resource["url"]
        said["access_url"] = f"{site}/dataset/{record['name']}/resource/{resource['id']}"
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def _rights(record: Mapping[str, Any]) -> dict[str, str]:
    """What the licence means, in words, where there is one."""
    code = record.get("license_id") or ""
    if not vocabularies.uri("licence", code):
        return {}
    greek, english = (vocabularies.label("licence", code, language) for language in ("el", "en"))
    return {
        "el": f"Η περαιτέρω χρήση επιτρέπεται με τους όρους της άδειας {greek}.",
        "en": f"Reuse is allowed on the terms of the licence {english}.",
    }
