"""How far a group's voice reached, in counts: consultations, decisions and works that name what it does."""

from __future__ import annotations

from typing import Any

from ckan.types import Context

from ckanext.patrasparticipation.records import relations, visible
from ckanext.patrasparticipation.records.computed.common import parts

TYPES = ("citizen_group", "initiative")
RUN_BY = "run_by"


def counts(context: Context, record: dict[str, Any]) -> dict[str, int]:
    """What the caller may see of it; ``participation_influence`` tells what each number counts."""
    own = [record["id"], *_initiatives(context, record)]
    naming = {row.subject for row in relations.subjects(own)}
    seen = visible.records(context, naming).values()
    consultations = [each for each in seen if each["type"] == "consultation"]
    acts = {one.get("ada") for each in consultations for one in parts(each, "decisions")}
    return {
        "initiatives": len(own) - 1 if record["type"] == "citizen_group" else 1,
        "consultations": len(consultations),
        "decisions": len(acts - {None, ""}),
        "works": sum(each["type"] == "works_project" for each in seen),
    }


def _initiatives(context: Context, record: dict[str, Any]) -> list[str]:
    """The initiatives that a group runs."""
    if record["type"] != "citizen_group":
        return []
    running = {row.subject for row in relations.subjects([record["id"]]) if row.predicate == RUN_BY}
    return list(visible.briefs(context, running))
