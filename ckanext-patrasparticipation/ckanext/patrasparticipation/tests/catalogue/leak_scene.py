"""A chain that everybody may read, and beside each of its records hidden ones that it is linked with both ways."""

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
        "works_project": chain_samples.WORKS_PROJECT,
        "indicator": chain_samples.INDICATOR,
    }
    return {**given[kind], "owner_org": owner}


KINDS = ("citizen_group", "initiative", "consultation", "works_project", "indicator", "dataset")


def build(state: str) -> Scene:
    """The scene, with every hidden record in that state."""
    owner = samples.publisher(name="visible")
    hidden = {kind: _create(kind, owner, f"{MARK}-{kind.replace('_', '-')}", TITLES) for kind in KINDS}
    public = {kind: _create(kind, owner, f"in-sight-{kind.replace('_', '-')}") for kind in KINDS}
    own = {kind: each["id"] for kind, each in public.items()}
    away = {kind: each["id"] for kind, each in hidden.items()}
    _link(own, away)
    _link(away, own)
    _link(own, own)
    for kind, one in away.items():
        _hide(one, state, kind)
    commit()
    return Scene(owner, public, hidden)


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


def _link(own: dict[str, str], to: dict[str, str]) -> None:
    """Point every field of these records at those, beside what it points at already."""
    measured = {"indicator": to["indicator"], "value": "5", "as_of": "2026-06-01", "method": "Μέτρηση"}
    _point(own["citizen_group"], member_of=to["citizen_group"] if own is not to else None)
    _point(own["initiative"], run_by=to["citizen_group"], answers_consultation=to["consultation"])
    _point(own["initiative"], about_works=to["works_project"], impact=measured)
    _point(own["consultation"], leads_to_works=to["works_project"], about_initiative=to["initiative"])
    _point(own["consultation"], about_works=to["works_project"], impact=measured)
    _point(own["works_project"], from_consultation=to["consultation"], from_initiative=to["initiative"])
    _point(own["works_project"], plan=to["dataset"], impact=measured)
    _point(own["indicator"], measured_from=to["dataset"])
    _point(own["dataset"], related_dataset=to["consultation"])


def _point(record: str, **fields: Any) -> None:
    shown = samples.act("package_show", id=record)
    wanted = {name: [*(shown.get(name) or []), one] for name, one in fields.items() if one}
    samples.act("package_patch", id=record, **wanted)


def _hide(record: str, state: str, kind: str) -> None:
    if state == "private":
        samples.act("package_patch", id=record, private=True)
    elif state == "draft":
        samples.act("package_patch", id=record, state="draft")
    else:
        samples.act("package_delete", id=record)
