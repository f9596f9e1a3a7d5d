"""A chain that everybody may read, and beside each of its records a hidden one, linked with it both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ckan.lib.search import commit

from . import chain_samples, samples
from .participation_samples import group_fields, initiative_fields

STATES = ("private", "draft", "deleted")
MARK = "zz-hidden"
TITLES = {"el": "Κρυφόδεντρα του πάρκου", "en": "Unseen trees"}
BEGINNING = "Κρυφοδ"
"""What is typed to find them."""
Ids = dict[str, str]
_TRACES = rf"{MARK}|Κρυφόδεντρα|Unseen trees"


@dataclass(frozen=True)
class Scene:
    """The public records by type, the hidden ones by type, and their publisher."""

    publisher: dict[str, Any]
    public: dict[str, dict[str, Any]]
    hidden: dict[str, dict[str, Any]]

    def traces(self, text: str) -> set[str]:
        """What a text tells of the hidden records: a name, a title, an id."""
        ids = {each["id"] for each in self.hidden.values() if each["id"] in text}
        return ids | set(re.findall(_TRACES, text))


def _fields(kind: str, owner: str) -> dict[str, Any]:
    if kind == "citizen_group":
        return group_fields(owner_org=owner)
    if kind == "initiative":
        return initiative_fields(owner_org=owner)
    if kind == "dataset":
        return samples.fields(owner_org=owner)
    given = {
        "consultation": chain_samples.CONSULTATION,
        "works_project": {**chain_samples.WORKS_PROJECT, "actual_start_date": "2026-06-01"},
        "indicator": chain_samples.INDICATOR,
    }
    return {**given[kind], "owner_org": owner}


KINDS = ("citizen_group", "initiative", "consultation", "works_project", "indicator", "dataset")


def build(state: str) -> Scene:
    """The scene, with every hidden record in that state."""
    owner = samples.publisher(name="visible")
    hidden = {kind: _create(kind, owner, f"{MARK}-{kind.replace('_', '-')}", TITLES) for kind in KINDS}
    public = {kind: _create(kind, owner, f"in-sight-{kind.replace('_', '-')}") for kind in KINDS}
    further = _create("citizen_group", owner, f"{MARK}-member", TITLES)
    own = {kind: each["id"] for kind, each in public.items()}
    away = {kind: each["id"] for kind, each in hidden.items()}
    _point([(own, own), (own, away), (away, own)], {further["id"]: {"member_of": [own["citizen_group"]]}})
    for one in (*away.values(), further["id"]):
        _hide(one, state)
    commit()
    return Scene(owner, public, {**hidden, "member": further})


def _create(
    kind: str, owner: dict[str, Any], name: str, titles: dict[str, str] | None = None
) -> dict[str, Any]:
    given = {**_fields(kind, owner["id"]), "name": name}
    if titles:
        given["title_translated"] = titles
    if kind == "indicator":
        given["indicator_code"] = name
    made: dict[str, Any] = samples.act("package_create", **given)
    return made


def _point(pairs: list[tuple[Ids, Ids]], wanted: dict[str, dict[str, list[Any]]]) -> None:
    """Point every field of the first records at the second ones; a group is a member of hidden ones only."""
    for own, to in pairs:
        for (kind, field), target in FIELDS.items():
            one: Any = to[target]
            if field == "impact":
                one = {"indicator": one, "value": "5", "as_of": "2026-06-01", "method": "Μέτρηση"}
            wanted.setdefault(own[kind], {}).setdefault(field, []).append(one)
    own, away = pairs[1]
    wanted[own["citizen_group"]] = {"member_of": [away["citizen_group"]]}
    for record, fields in wanted.items():
        samples.act("package_patch", id=record, **fields)


FIELDS = {
    ("initiative", "run_by"): "citizen_group",
    ("initiative", "answers_consultation"): "consultation",
    ("initiative", "about_works"): "works_project",
    ("initiative", "impact"): "indicator",
    ("consultation", "leads_to_works"): "works_project",
    ("consultation", "about_initiative"): "initiative",
    ("consultation", "about_works"): "works_project",
    ("consultation", "impact"): "indicator",
    ("works_project", "from_consultation"): "consultation",
    ("works_project", "from_initiative"): "initiative",
    ("works_project", "plan"): "dataset",
    ("works_project", "impact"): "indicator",
    ("indicator", "measured_from"): "dataset",
    ("dataset", "related_dataset"): "consultation",
}
"""Every field that names records, but one, and the type it names."""


def _hide(record: str, state: str) -> None:
    if state == "private":
        samples.act("package_patch", id=record, private=True)
    elif state == "draft":
        samples.act("package_patch", id=record, state="draft")
    else:
        samples.act("package_delete", id=record)
