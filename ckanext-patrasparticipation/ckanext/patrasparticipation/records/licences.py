"""CKAN's licence register, made from the vocabulary `licence`: one list, read by forms, API and RDF alike."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from ckanext.patrasparticipation.records import translated
from ckanext.patrasparticipation.schemas.definitions import Term
from ckanext.patrasparticipation.schemas.load import vocabulary

SETTING = "licenses_group_url"

# CKAN reads its register from an address only, so the list is written out; a test compares the two.
PATH = Path(__file__).with_name("licences.json")


def configure(config: MutableMapping[str, Any]) -> None:
    """Make CKAN read its register from our list, unless the site's settings name another."""
    if not config.get(SETTING):
        config[SETTING] = f"file://{PATH}"


def register() -> list[dict[str, Any]]:
    """The licences as CKAN's register wants them; titles in Greek, since its register knows one language."""
    return [_licence(term) for term in vocabulary("licence").terms]


def _licence(term: Term) -> dict[str, Any]:
    return {
        "id": term.code,
        "title": translated.in_language(term.label, translated.MAIN),
        "url": term.attributes.get("url", term.uri or ""),
        "status": "active",
        "maintainer": "",
        "family": "",
        "is_generic": False,
        "domain_content": True,
        "domain_data": True,
        "domain_software": False,
        "od_conformance": term.attributes.get("od_conformance", "not reviewed"),
        "osd_conformance": term.attributes.get("osd_conformance", "not reviewed"),
    }


def text() -> str:
    """The register as the file holds it: ASCII, because CKAN opens it in the machine's encoding."""
    return json.dumps(register(), indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="ascii")
