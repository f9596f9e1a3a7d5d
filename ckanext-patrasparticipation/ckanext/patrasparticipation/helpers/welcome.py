"""What the dashboard and the list of files ask about an editor's work and the openness of files."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ..staff import invitation, roles


def participation_first_steps() -> dict[str, Any]:
    """What ``participation_first_steps_show`` says of the reader, how many are done, which is next."""
    found = tk.get_action("participation_first_steps_show")({}, {})
    steps = found["steps"]
    return found | {"done": sum(step["done"] for step in steps), "next": next_of(steps)}


def next_of(steps: list[dict[str, Any]]) -> str:
    """The code of the first step that is not done; empty when all are."""
    return next((str(step["code"]) for step in steps if not step["done"]), "")


def participation_publish_better(limit: int = 5) -> list[dict[str, Any]]:
    """The reader's resources with the fewest stars."""
    found: list[dict[str, Any]] = tk.get_action("participation_openness_list")({}, {"limit": limit})
    return found


def participation_openness(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The openness of each resource of a dataset, by its id."""
    try:
        found = tk.get_action("participation_openness_show")({}, {"id": package["id"]})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return {}
    return {one["id"]: one for one in found["resources"]}


def participation_role(role: str) -> dict[str, str]:
    """A role in words: ``label`` and ``about``."""
    return {"label": roles.label(role), "about": roles.about(role) if role in roles.ROLES else ""}


def participation_mail_unset() -> str:
    """What the operator must set before anybody can be invited; empty when mail leaves the site."""
    return invitation.unset() if invitation.missing() else ""


def participation_check_page(dataset: str, resource: str) -> str:
    """The page on which a table that was uploaded is looked at and published."""
    return str(tk.h.url_for(f"/dataset/{dataset}/resource/{resource}/table"))
