"""A publisher and the smallest sound record, for tests that need one to exist."""

from __future__ import annotations

import io
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.tests import factories
from flask_babel import force_locale
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.feeds import database, jobs

TITLE = {"el": "Κάδοι απορριμμάτων 2024", "en": "Waste bins 2024"}
NOTES = {"el": "Θέσεις των κάδων της πόλης.", "en": "Where the city's bins stand."}


def publisher(**more: Any) -> dict[str, Any]:
    """A publisher with an office that answers."""
    given = {"title": "Δήμος Πατρέων", "contact_email": "anoixta@patras.example", **more}
    return factories.Organization(**given)


def fields(**more: Any) -> dict[str, Any]:
    """What a person must fill in for a dataset; ``owner_org`` is made when it is not given."""
    return {
        "title_translated": TITLE,
        "notes_translated": NOTES,
        "theme": ["ENVI"],
        "license_id": "CC_BY_4_0",
        "owner_org": more.get("owner_org") or publisher()["id"],
        **more,
    }


def act(action: str, **data: Any) -> Any:
    """The answer of an action called by the site user."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"ignore_auth": True, "user": user}, data)


def dataset(**more: Any) -> dict[str, Any]:
    """A dataset in the catalogue, made by the site user, as ``package_show`` gives it."""
    return act("package_show", id=act("package_create", **fields(**more))["id"])


def refusal(action: str, **data: Any) -> dict[str, Any]:
    """The errors with which the catalogue refuses the call, in English; needs a request."""
    try:
        with force_locale("en"):
            act(action, **data)
    except tk.ValidationError as refused:
        return refused.error_dict
    raise AssertionError(f"{action} accepted {str(data)[:400]}")


def hand_over_table(
    content: str | bytes, role: str, name: str = "πίνακας.csv", **where: str
) -> dict[str, Any]:
    """Upload a table of a role through the action; gives what it says."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    upload = FileStorage(io.BytesIO(raw), filename=name)
    where = where or {"package_id": dataset()["id"]}
    answer: dict[str, Any] = act("participation_table_upload", upload=upload, resource_role=role, **where)
    return answer


def publish_table(resource_id: str, *accept: str) -> dict[str, Any]:
    """Publish the file that waits at a table, those of its verdicts accepted; gives what is said."""
    answer: dict[str, Any] = act("participation_table_publish", resource_id=resource_id, accept=list(accept))
    return answer


def table_rows(resource_id: str, **query: Any) -> list[dict[str, Any]]:
    """The rows of a table that readers find, without CKAN's own columns."""
    found = act("datastore_search", resource_id=resource_id, limit=500, **query)["records"]
    return [{name: value for name, value in row.items() if not name.startswith("_")} for row in found]


def no_jobs() -> None:
    """Empty the queue, which lies outside CKAN's tables; DELETE would call triggers that lack its path."""
    jobs.ensure_schema()
    with database.connect(database.MAIN) as connection:
        connection.execute("TRUNCATE jobs.procrastinate_jobs CASCADE")
