"""What a record shows beside its own fields: the name of its publisher in both languages."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.patrasparticipation.records import translated


def add_publisher_name(record: dict[str, Any]) -> None:
    """Give the record's ``organization`` its ``title_translated``, which CKAN leaves out of datasets."""
    organization = record.get("organization")
    if not organization:
        return
    group = model.Session.get(model.Group, organization["id"])
    if group is not None:
        extras: dict[str, str] = (
            getattr(group, "extras", None) or {}
        )  # a column that CKAN's class does not declare
        texts = translated.parse(extras.get("title_translated"))
        organization["title_translated"] = (
            texts if isinstance(texts, dict) else {translated.MAIN: group.title}
        )
