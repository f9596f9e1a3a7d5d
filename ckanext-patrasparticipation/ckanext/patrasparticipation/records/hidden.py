"""Ids of records that a reader may not see are taken out of the answers that name them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from ckan import authz, model
from ckan.lib.plugins import get_permission_labels
from ckan.types import Context

from ckanext.patrasparticipation.records import related

GONE = object()


def sees_all(context: Context) -> bool:
    """Whether the caller may read every record."""
    return bool(context.get("ignore_auth")) or bool(authz.is_sysadmin(context.get("user") or ""))


def packages(ids: Collection[str]) -> list[model.Package]:
    """The records with these ids, whoever may read them, deleted ones with them."""
    return model.Session.query(model.Package).filter(model.Package.id.in_(list(ids))).all() if ids else []


def readable(context: Context, ids: Collection[str]) -> dict[str, model.Package]:
    """Those of the records that the caller may read, deleted ones with them, by CKAN's permission labels."""
    there = packages(ids)
    if not there or sees_all(context):
        return {each.id: each for each in there}
    labels = get_permission_labels()
    mine = set(labels.get_user_dataset_labels(_user(context)))
    return {each.id: each for each in there if mine.intersection(labels.get_dataset_labels(each))}


def _user(context: Context) -> Any:
    return context.get("auth_user_obj") or model.User.get(context.get("user") or "")


def without_hidden(context: Context, records: Iterable[dict[str, Any]]) -> None:
    """Take ids that the caller may not read out of these records, wherever they stand; changes them.

    One query for all records, and a second one only where one of them points at what is not public.
    """
    by_id = {each["id"]: each for each in records if isinstance(each.get("id"), str)}
    if not by_id or sees_all(context):
        return
    behind = related.not_public(by_id)
    ids = set().union(*behind.values())
    hidden = ids - readable(context, ids).keys()
    for subject, targets in behind.items():
        if found := targets & hidden:
            record = by_id[subject]
            kept = _cut(record, found)
            record.clear()
            record.update(kept)


def _cut(value: Any, hidden: set[str]) -> Any:
    """The value without the ids: out of lists and dicts, and out of the JSON of either."""
    if isinstance(value, dict):
        cut = {name: _cut(each, hidden) for name, each in value.items()}
        kept = {name: each for name, each in cut.items() if each is not GONE}
        return GONE if kept.keys() == {"key"} != cut.keys() else kept  # one of CKAN's extras, emptied
    if isinstance(value, list):
        return [each for each in (_cut(one, hidden) for one in value) if each is not GONE]
    if not isinstance(value, str) or not any(each in value for each in hidden):
        return value
    return GONE if value in hidden else _cut_json(value, hidden)


def _cut_json(text: str, hidden: set[str]) -> str:
    """The JSON of a list or dict without the ids; a text in which somebody wrote one stays as it is."""
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return json.dumps(_cut(loaded, hidden), ensure_ascii=False)
