"""Roles of files and tables: on which records each may stand, and which fixed columns it has."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..records import vocabularies
from ..schemas.definitions import Feed, Term
from ..schemas.load import feeds
from . import register

NAME = "resource_role"
PABULIB = "pb"


def of_type(record_type: str) -> list[Term]:
    """The roles that may stand on records of a type, in their order."""
    terms = vocabularies.terms(NAME).values()
    return [term for term in terms if record_type in term.attributes.get("types", "").split()]


def feed_of(role: Any) -> Feed | None:
    """The fixed columns of a role; nothing for a role of files, or for none."""
    term = vocabularies.terms(NAME).get(str(role or ""))
    name = term.attributes.get("table") if term else None
    return feeds()[name] if name else None


def feed(resource_id: str) -> Feed | None:
    """The fixed columns of a resource as it is stored."""
    resource = model.Resource.get(resource_id)
    return feed_of((resource.extras or {}).get(NAME)) if resource else None


def label(role: str) -> str:
    """A role in the reader's language."""
    return vocabularies.label(NAME, role, str(tk.h.lang()))


def need_kept(resource_id: str, role: Any, *, is_file: bool) -> None:
    """Refuse a role that what is stored under a resource did not pass.

    Raises:
        Invalid: rows that were published have other columns, it is a plain file, or rows came another way.
    """
    wanted, table = feed_of(role), register.of(resource_id)
    content = (table.definition or table.pending) if table is not None else None
    published = content["feed"] if content else None
    fixed = published in feeds() and feeds()[str(published)].fixed
    if published and (wanted.name if wanted else None) != (published if fixed else None):
        raise tk.Invalid(
            tk._("Rows are published under another role. Add a new file with this role and delete the old.")
        )
    if wanted and not published and (is_file or _filled(resource_id)):
        raise tk.Invalid(
            tk._("This role is of a table. Add a new file with this role: its columns are checked first.")
        )


def _filled(resource_id: str) -> bool:
    """Whether rows lie in the DataStore already."""
    resource = model.Resource.get(resource_id)
    return bool(resource and tk.asbool((resource.extras or {}).get("datastore_active") or False))


def need_no_fixed(resource_id: str, given: Any) -> None:
    """Refuse rows for a table with fixed columns that come by CKAN's own doors, which check nothing.

    Raises:
        ValidationError: on ``resource_id``, with the way to go.
    """
    made = given.get(NAME) if isinstance(given, dict) else None
    there = feed_of(made) or (feed(resource_id) if resource_id else None)
    if there is None:
        return
    sentence = tk._("The columns and numbers of this table are checked first: send the file by “{action}”.")
    raise tk.ValidationError({"resource_id": [sentence.format(action="participation_table_upload")]})


def need_table(role: Any, ending: str, *, as_it_is: bool) -> None:
    """Refuse a file that cannot be the table that its role says it is.

    Raises:
        ValidationError: on ``upload``.
    """
    wanted = feed_of(role)
    if ending == PABULIB and not as_it_is and (wanted is None or wanted.name != "pb_projects"):
        sentence = tk._("A Pabulib file becomes a table under the role “{role}”. Choose that role.")
        raise tk.ValidationError({"upload": [sentence.format(role=label("pb_projects"))]})
    if wanted is not None and as_it_is:
        sentence = tk._("A file with the role “{role}” becomes a table; it cannot be kept as it is.")
        raise tk.ValidationError({"upload": [sentence.format(role=label(str(role)))]})
