"""How a table is cited, for programs."""

from __future__ import annotations

from typing import Any

from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...reading import citation
from ...records.translated import LANGUAGES
from ..schema import citation as schema


@tk.side_effect_free
@validate(schema.table)
def participation_table_citation(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How to cite a table: the version that is published now, and the address of its file.

    Args:
        resource_id (str): the table.

    Returns:
        ``text``, ``bibtex`` and ``csl`` (CSL-JSON), each ``{el, en}``; ``generation`` (int, null where no
        feed keeps the table) and ``published_at`` (ISO 8601); ``url``: the version's CSV, which never
        changes, else the dataset's page; ``page``: the dataset's page.

    Raises:
        ObjectNotFound: no such resource.
        NotAuthorized: the caller may not read it.
    """
    tk.check_access("participation_table_citation", context, data_dict)
    resource = tk.get_action("resource_show")(tk.fresh_context(context), {"id": data_dict["resource_id"]})
    package = tk.get_action("package_show")(tk.fresh_context(context), {"id": resource["package_id"]})
    found = citation.of(package, resource["id"])
    return {
        "text": {language: found.text(language) for language in LANGUAGES},
        "bibtex": {language: found.bibtex(language) for language in LANGUAGES},
        "csl": {language: found.csl(language) for language in LANGUAGES},
        "generation": found.version,
        "published_at": found.when.isoformat(timespec="seconds"),
        "url": found.address,
        "page": found.page,
    }
