"""Create, update or leave records of one type, by CKAN's own actions, at speed.

What decides is the action layer: the same validation and the same permissions as ``package_create``. What is
saved is what an action does besides for each record: a commit, an answer, and a commit of the index. A batch
is one transaction, and a record is a savepoint in it; it is indexed while the next one is written.
See ``docs/explanation/imports.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import IntegrityError

from ..harvesters import faults
from ..model import RecordOrigin
from . import bulk, identity, incoming, indexing, merge, planned
from .drafts import ALLOWED
from .incoming import Incoming, Outcome, Wish
from .planned import Plan, Planner

BATCH = 100
"""Records of one transaction, and of one commit of the index."""

Told = Callable[[int], None]
"""Told after each batch how many records are done."""


def upsert(
    rows: Iterable[Incoming],
    wish: Wish,
    told: Told = lambda done: None,
    start: int = 0,
    apart: bool = False,
) -> Iterator[Outcome]:
    """Create, update or leave each record; gives what became of it once that is committed and indexed.

    Args:
        rows: of one record type, in the order of their numbers.
        wish: how they are meant.
        told: told after each batch.
        start: rows before this number were done by an earlier part of the run.
        apart: they are many: index them in a process of its own.

    Raises:
        NotAuthorized: the user may not publish for the organisation; what was committed stays.
        SearchIndexError: Solr does not answer; what was committed is indexed when the run goes on.
    """
    definition = tk.h.scheming_get_dataset_schema(wish.type)
    before = set(model.Session)
    planner, source = Planner(wish, definition), iter(rows)
    planner.skip(islice(source, start))
    if start and not wish.dry_run:
        indexing.index(wish)
    with indexing.Indexing(wish, apart) as documents:
        while batch := list(islice(source, BATCH)):
            plans = planner.plans(batch)
            if wish.dry_run:
                _checked(plans, wish)
            else:
                with bulk.writing(wish.user):
                    _write(plans, planner, wish)
            _let_go(before)
            told(batch[-1].number + 1)
            yield from documents.after([plan.outcome for plan in plans])
        yield from documents.rest()


def _let_go(before: set[Any]) -> None:
    """Forget what a batch read, or the session would hold every record of the catalogue in the end."""
    for one in set(model.Session) - before:
        model.Session.expunge(one)


def _checked(plans: Sequence[Plan], wish: Wish) -> None:
    for plan in plans:
        if plan.outcome.wrote:
            planned.check(plan, wish)


def _write(plans: Sequence[Plan], planner: Planner, wish: Wish) -> None:
    """Write a batch. A refusal makes CKAN roll back all that was written: that is written again."""
    open_: list[Plan] = []
    for plan in plans:
        open_.append(plan)
        try:
            _one(plan, wish)
        except (tk.ValidationError, IntegrityError) as refused:
            model.Session.rollback()
            plan.outcome.what, plan.outcome.errors = incoming.REFUSED, _errors(refused)
            _again(open_, planner, wish)
            open_ = []
    _commit(open_, planner, wish)


def _errors(refused: tk.ValidationError | IntegrityError) -> dict[str, Any]:
    if isinstance(refused, IntegrityError):
        return {"__row": [tk._("Somebody else wrote the same record at the same moment. Try again.")]}
    return dict(refused.error_dict)


def _again(plans: Sequence[Plan], planner: Planner, wish: Wish) -> None:
    for plan in plans:
        if plan.outcome.what != incoming.REFUSED:
            plan.origin = _origin(plan.package_id)
            _one(plan, wish)
    _commit(plans, planner, wish)


def _one(plan: Plan, wish: Wish) -> None:
    """Write one record as far as the session."""
    outcome = plan.outcome
    if outcome.wrote:
        with model.Session.begin_nested():
            _act(plan, wish)
            model.Session.flush()
    if outcome.what not in (incoming.REFUSED, incoming.LEFT):
        _remember(plan, wish)


def _act(plan: Plan, wish: Wish) -> None:
    fields, context = planned.data(plan, wish), planned.base(wish)
    context |= {"defer_commit": True, "return_id_only": True}
    outcome, was = plan.outcome, plan.current
    if plan.draft is not None:
        plan.draft.missing.clear()
        context[ALLOWED] = plan.draft  # type: ignore[literal-required]
    if was is None:
        outcome.package_id = tk.get_action("package_create")(context, fields)
        outcome.what = incoming.CREATED
    else:
        context["original_package"] = was  # type: ignore[typeddict-unknown-key]
        context["changed_entities"] = {"packages": {was["id"]}}  # or there would be no activity
        tk.get_action("package_update")(context, fields)
        changes = plan.merged.changes if plan.merged else {}
        outcome.before = {name: was.get(name) for name in changes} | {"state": was["state"]}
    package = model.Session.get(model.Package, outcome.package_id)
    outcome.modified = package.metadata_modified if package else None
    if plan.draft and plan.draft.missing:
        outcome.what, outcome.missing = incoming.DRAFT, tuple(plan.draft.missing)
    elif was and outcome.modified and outcome.modified.isoformat() == was["metadata_modified"]:
        outcome.what, outcome.before = incoming.UNCHANGED, None


def _remember(plan: Plan, wish: Wish) -> None:
    """Where the record came from and what was said of it; nothing is written where that is known."""
    outcome, origin = plan.outcome, plan.origin
    said = merge.said(plan.row.values)
    if not outcome.wrote and origin and origin.said == said and origin.gone_at is None:
        return
    if origin is None:
        origin = RecordOrigin(package_id=outcome.package_id, type=wish.type, key=plan.key, wrote={})
        model.Session.add(origin)
    origin.said, origin.fetched_at, origin.gone_at = said, wish.fetched_at, None
    origin.source, origin.import_id = wish.source or origin.source, wish.import_id or origin.import_id
    if outcome.wrote:
        origin.indexed, origin.missing = False, list(outcome.missing)
    else:
        origin.indexed, origin.missing = origin.indexed is not False, origin.missing or []


def _origin(package_id: str | None) -> RecordOrigin | None:
    return model.Session.get(RecordOrigin, package_id) if package_id else None


def _commit(plans: Sequence[Plan], planner: Planner, wish: Wish) -> None:
    wish.kept([plan.outcome for plan in plans])
    faults.point("records_written")
    model.Session.commit()
    faults.point("records_committed")
    for plan in plans:
        if plan.outcome.what != incoming.REFUSED and plan.package_id and plan.key:
            planner.known.add(identity.Identity((plan.key,)), plan.package_id)
