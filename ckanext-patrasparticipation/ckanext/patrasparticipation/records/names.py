"""The address of a record when nobody chose one: from its Greek title, and nobody else's."""

from __future__ import annotations

import re
from typing import Any

from ckan import model

from ckanext.patrasparticipation.records import slugs

# What CKAN's own slugs make of a Greek title: underscores, perhaps with the number that makes them unique.
MUNGED_GREEK = re.compile(r"[_-]+[0-9]*")


def is_no_name(name: object) -> bool:
    """Only what is left of a Greek title when its letters are dropped."""
    return isinstance(name, str) and MUNGED_GREEK.fullmatch(name) is not None


def dataset_name(title: str) -> str:
    """An address for a dataset of that title that no dataset has, deleted ones included."""
    return _free(model.Package.name, slugs.slug(title, fallback="dataset"))


def group_name(title: str) -> str:
    """An address for an organisation of that title that no organisation or group has."""
    return _free(model.Group.name, slugs.slug(title, fallback="organization"))


def _free(column: Any, wanted: str) -> str:
    taken = model.Session.query(column).filter(column.like(wanted + "%"))
    return slugs.unique(wanted, {row[0] for row in taken})
