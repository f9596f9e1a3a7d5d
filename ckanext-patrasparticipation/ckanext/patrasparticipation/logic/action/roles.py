"""The roles of files and tables, and the columns of those that have fixed ones."""

from __future__ import annotations

from typing import Any

from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...records import vocabularies
from ...schemas.definitions import Column, Counts, Feed, Term
from ...tables import roles, template
from ..schema import roles as schema


@tk.side_effect_free
@validate(schema.listed)
def participation_role_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The roles that a file or table of a record may have (``resource_role`` of its resources).

    Args:
        type (str): only those that may stand on records of this type.

    Returns:
        for each ``code``, ``label`` ({el, en}), ``types`` (record types it may stand on), and ``table``: null
        for a role of files, else ``name label about key key_of columns checks counts templates``. A column:
        ``name type label about required unit choices`` (codes with labels). ``key_of`` are the columns that
        tell rows apart, where the key is made of them. ``counts`` are the columns that count people, of
        which small numbers are not published, with the least k. ``templates`` are addresses of empty files,
        by kind.

    Raises:
        ValidationError: an argument that there is not.

    Source:
        ``schemas/vocabularies/resource_role.yaml`` and ``schemas/feeds``.
    """
    tk.check_access("participation_role_list", context, data_dict)
    wanted = data_dict.get("type")
    terms = roles.of_type(wanted) if wanted else list(vocabularies.terms(roles.NAME).values())
    return [_role(term) for term in terms]


def _role(term: Term) -> dict[str, Any]:
    feed = roles.feed_of(term.code)
    return {
        "code": term.code,
        "label": dict(term.label),
        "types": term.attributes.get("types", "").split(),
        "table": _table(term.code, feed) if feed else None,
    }


def _table(role: str, feed: Feed) -> dict[str, Any]:
    counts = feed.counts
    return {
        "name": feed.name,
        "label": dict(feed.label),
        "about": dict(feed.about),
        "key": feed.key,
        "key_of": list(feed.key_of),
        "columns": [_column(column) for column in template.columns(feed)],
        "checks": [{"kind": check.kind, **check.options} for check in feed.checks],
        "counts": _counts(counts) if counts else None,
        "templates": {
            kind: tk.h.url_for("participation_roles.template", role=role, kind=kind, qualified=True)
            for kind in template.WAYS
        },
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {"columns": list(counts.columns), "by": list(counts.by), "least": counts.least}


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "label": dict(column.label),
        "about": dict(column.about),
        "required": column.required,
        "unit": column.unit,
        "choices": {choice.code: dict(choice.label) for choice in column.choices},
    }
