"""What each record of a batch needs: to be created, to be updated, or nothing; and the trial of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ckan import model
from ckan.lib import plugins as lib_plugins
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..model import RecordOrigin
from . import bulk, identity, incoming, merge
from .drafts import ALLOWED, Draft
from .identity import Known
from .incoming import Incoming, Outcome, Wish
from .merge import Merged


@dataclass
class Plan:
    """One record on its way: what is known of it, and what is to be done."""

    row: Incoming
    outcome: Outcome
    key: str = ""
    origin: RecordOrigin | None = None
    current: dict[str, Any] | None = None
    merged: Merged | None = None
    draft: Draft | None = None

    @property
    def package_id(self) -> str | None:
        """The record there is."""
        return self.outcome.package_id


class Planner:
    """Decides what each record needs; remembers which were seen in this run."""

    def __init__(self, wish: Wish, definition: dict[str, Any]) -> None:
        self.wish, self.definition = wish, definition
        self.known = Known(definition)
        self.fields = {"title", "notes", *(field["field_name"] for field in definition["dataset_fields"])}
        self._seen: dict[str, int] = {}

    def skip(self, rows: Iterable[Incoming]) -> None:
        """Remember rows that an earlier part of this run did."""
        for row in rows:
            for key in self._identity(row).keys:
                self._seen.setdefault(key, row.place)

    def plans(self, rows: Sequence[Incoming]) -> list[Plan]:
        """A plan for each record, in order."""
        found = [(row, self._identity(row)) for row in rows]
        ids = {row.number: self.known.find(each) for row, each in found}
        origins = _origins([each for each in ids.values() if each])
        return [self._plan(row, each, ids[row.number], origins) for row, each in found]

    def _identity(self, row: Incoming) -> identity.Identity:
        return identity.of(row.values, self.definition, self.wish.owner_org, self.wish.place)

    def _plan(
        self, row: Incoming, known: identity.Identity, found: str | None, origins: dict[str, RecordOrigin]
    ) -> Plan:
        plan = Plan(row, Outcome(row.number, package_id=found, title=identity.title_of(row.values)))
        if row.errors:
            return self._unread(plan, known, origins)
        if unknown := sorted(row.values.keys() - self.fields):
            return _refused(
                plan, {unknown[0]: [tk._("A {type} has no such field").format(type=self.wish.type)]}
            )
        if not known:
            return _refused(plan, {"title_translated": [tk._("Missing value")]})
        twice = [self._seen[key] for key in known.keys if key in self._seen]
        if twice:
            return _refused(plan, {"__row": [_twice(twice[0])]})
        self._seen |= dict.fromkeys(known.keys, row.place)
        plan.key = known.key
        if found:
            plan.origin = origins.get(found)
            self._compare(plan)
        else:
            plan.outcome.what = incoming.CREATED
        return plan

    def _unread(self, plan: Plan, known: identity.Identity, origins: dict[str, RecordOrigin]) -> Plan:
        """Refused for what could not be read; what is wrong with the rest is told at the same time."""
        new = [key for key in known.keys if key not in self._seen]
        rest = self._plan(replace(plan.row, errors={}), known, plan.package_id, origins)
        for key in new:  # a refused row is no first of two
            self._seen.pop(key, None)
        if rest.outcome.wrote:
            check(rest, self.wish)
        return _refused(plan, {**rest.outcome.errors, **plan.row.errors})

    def _compare(self, plan: Plan) -> None:
        """What an existing record needs; one of which nothing new is said is not even read."""
        origin, outcome = plan.origin, plan.outcome
        if plan.package_id in self.known.deleted:
            outcome.what = incoming.LEFT if self.wish.trusted else incoming.UPDATED
        elif origin and origin.gone_at is None and origin.said == merge.said(plan.row.values):
            return
        if outcome.what == incoming.LEFT:
            return
        shown: Any = {"ignore_auth": True, "user": self.wish.user, "for_update": True, "use_cache": False}
        plan.current = tk.get_action("package_show")(shown, {"id": plan.package_id})
        overwrite = self.wish.overwrite or (origin is None and not self.wish.trusted)
        plan.merged = merge.merge(plan.current, plan.row.values, origin, overwrite)
        outcome.kept = tuple(plan.merged.kept)
        if plan.merged.changes or plan.current["state"] == model.State.DELETED:
            outcome.what = incoming.UPDATED


def _origins(ids: Sequence[str]) -> dict[str, RecordOrigin]:
    rows = model.Session.query(RecordOrigin).filter(RecordOrigin.package_id.in_(ids))
    return {str(row.package_id): row for row in rows}


def _refused(plan: Plan, errors: dict[str, Any]) -> Plan:
    plan.outcome.what, plan.outcome.errors = incoming.REFUSED, errors
    return plan


def _twice(place: int) -> str:
    sentence = tk._("The same record stands in row {row} already: give each its own address or identifier")
    return str(sentence.format(row=place))


def data(plan: Plan, wish: Wish) -> dict[str, Any]:
    """What is given to ``package_create`` or ``package_update``."""
    if plan.current is None:
        said = {name: value for name, value in plan.row.values.items() if not incoming.is_empty(value)}
        plan.draft = Draft(frozenset(said))
        return {**said, "type": wish.type, "owner_org": wish.owner_org}
    changes = plan.merged.changes if plan.merged else {}
    whole = {**plan.current, **changes}
    del whole["metadata_modified"]  # or the record would keep it
    was_draft = plan.current["state"] == "draft" and bool(plan.origin and plan.origin.missing)
    if was_draft or plan.current["state"] == model.State.DELETED:
        whole["state"] = "active"
        plan.draft = Draft(frozenset(name for name, value in whole.items() if not incoming.is_empty(value)))
    return whole


def check(plan: Plan, wish: Wish) -> None:
    """Validate what would be written, and write nothing."""
    plugin = lib_plugins.lookup_package_plugin(wish.type)
    fields, context = data(plan, wish), base(wish)
    if plan.current is None:
        schema, action = plugin.create_package_schema(), "package_create"
    else:
        context["package"] = model.Session.get_one(model.Package, plan.package_id)
        schema, action = plugin.update_package_schema(), "package_update"
    if plan.draft is not None:
        context[ALLOWED] = plan.draft  # type: ignore[literal-required]
    _told, errors = lib_plugins.plugin_validate(plugin, context, fields, schema, action)
    if errors:
        _refused(plan, errors)
    elif plan.draft and plan.draft.missing:
        plan.outcome.what, plan.outcome.missing = incoming.DRAFT, tuple(plan.draft.missing)


def base(wish: Wish) -> Context:
    """The context of one call."""
    context: Any = {"user": wish.user, "model": model, "session": model.Session}
    if acting := bulk.acting():
        context["auth_user_obj"] = acting
    if wish.trusted:
        context["ignore_auth"] = True
    return Context(**context)
