"""The smallest sound citizen group and initiative, for tests that need one to exist."""

from __future__ import annotations

from typing import Any

from ckanext.patrasparticipation.tests.catalogue import samples


def group_fields(**more: Any) -> dict[str, Any]:
    """What a person must fill in for a group without legal personality."""
    return {
        "type": "citizen_group",
        "title_translated": {"el": "Γειτονιά σε κίνηση"},
        "notes_translated": {"el": "Ομάδα κατοίκων που φροντίζει τις πλατείες."},
        "mission_translated": {"el": "Ζωντανές πλατείες."},
        "group_type": "neighbourhood_group",
        "legal_status": "unregistered",
        "activity_field": ["public_space"],
        "area_of_action": "neighbourhood",
        "owner_org": more.get("owner_org") or samples.publisher()["id"],
        **more,
    }


def group(**more: Any) -> dict[str, Any]:
    """A group in the catalogue, as ``package_show`` gives it."""
    return _made(group_fields(**more))


def initiative_fields(**more: Any) -> dict[str, Any]:
    """What a person must fill in for an initiative that a publisher leads."""
    publisher = more.get("owner_org") or samples.publisher()["id"]
    return {
        "type": "initiative",
        "title_translated": {"el": "Καθαρές πλατείες"},
        "notes_translated": {"el": "Καθαρίζονται και φυτεύονται πλατείες."},
        "initiative_type": "volunteer_action",
        "activity_field": ["public_space"],
        "start_date": "2026-03-01",
        "lead_org": [publisher],
        "owner_org": publisher,
        **more,
    }


def initiative(**more: Any) -> dict[str, Any]:
    """An initiative in the catalogue, as ``package_show`` gives it."""
    return _made(initiative_fields(**more))


def _made(given: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = samples.act("package_show", id=samples.act("package_create", **given)["id"])
    return made
