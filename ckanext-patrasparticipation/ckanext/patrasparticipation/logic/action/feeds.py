"""What the API says of feeds, and what it lets people do with them."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...feeds import catalogue, jobs, lookup, rejected, restore, shown, site, versions, visible
from ...harvesters.errors import HarvestError
from ...model import Run, SourceState, Version
from ..schema import feeds as schema


def _found(action: str, context: Context, data_dict: DataDict) -> SourceState:
    """The feed that is meant, for a caller who may do this with it."""
    tk.check_access(action, context, data_dict)
    return lookup.state(data_dict["id"])


@tk.side_effect_free
@validate(schema.feed)
def participation_feed_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How a feed is: version, counts, freshness, files, columns.

    Args:
        id (str): id or name of the dataset, or name of the source.

    Returns:
        ``source feed dataset_id resource_id sample generation``; ``rows rejected deduplicated`` (rows);
        ``health`` (fresh, late, held, changed, unavailable, never) and ``reason`` (``{el, en}`` or null);
        ``last_success last_try next_run`` (ISO 8601, UTC); ``frequency``, ``promised_age_seconds``,
        ``age_seconds``; ``files`` (format, url, size in bytes, sha256); ``columns`` (name, type, label,
        unit, choices); ``geometry`` (point, area or null); ``choices`` (what was recognised in the file);
        ``handed`` (whether staff hand its files over).

    Raises:
        ObjectNotFound: no feed keeps a dataset of that name.
        NotAuthorized: the caller may not read it.
    """
    state = _found("participation_feed_show", context, data_dict)
    entry = catalogue.known(state.source)
    version = model.Session.get(Version, (state.source, state.generation))
    answer = shown.feed(state, entry, version)
    return answer | {"columns": shown.columns(entry.source.feed) if entry else []}


@tk.side_effect_free
def participation_feed_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Every feed that the caller may see, as ``participation_feed_show`` but without columns, by source."""
    tk.check_access("participation_feed_list", context, data_dict)
    seen = visible.feeds(str(context.get("user") or ""))
    there = catalogue.for_readers(state.source for state, _version in seen)
    return [shown.feed(state, there.get(state.source), version) for state, version in seen]


@tk.side_effect_free
@validate(schema.page)
def participation_feed_versions(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The versions of a feed that are kept, the newest first.

    Args:
        id (str): id or name of the dataset, or name of the source.
        limit, offset (int): which part of the list; 100 and 0.

    Returns:
        for each: ``generation published_at rows_in rows rejected deduplicated origin schema_hash
        code_version restored_from files rejected_url``.
    """
    state = _found("participation_feed_versions", context, data_dict)
    start = data_dict["offset"]
    return [shown.version(row) for row in versions.listed(state.source)[start : start + data_dict["limit"]]]


@tk.side_effect_free
@validate(schema.page)
def participation_feed_runs(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The runs of a feed, the newest first; editors of the dataset only.

    Returns:
        for each: ``id status step started finished seconds actor generation rows_in loaded rejected
        deduplicated inserted updated deleted reason report``; ``reason`` is ``{code, el, en}``.
    """
    state = _found("participation_feed_runs", context, data_dict)
    query = model.Session.query(Run).filter_by(source=state.source).order_by(Run.started.desc())
    return [shown.run(row) for row in query.offset(data_dict["offset"]).limit(data_dict["limit"])]


@tk.side_effect_free
@validate(schema.rejected)
def participation_feed_rejected(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Rows that were refused: of the published version, of a ``generation``, or (editors) of a ``run``.

    Returns:
        ``total`` and ``rows``: ``row_number column code raw reason`` (``{el, en}``).

    Raises:
        ObjectNotFound: no such feed, generation or run.
    """
    state = _found("participation_feed_rejected", context, data_dict)
    run_id = _run_of(state, data_dict)
    return rejected.page(run_id, data_dict["limit"], data_dict["offset"])


def _run_of(state: SourceState, data_dict: DataDict) -> str:
    """The run whose refused rows are meant; a run of another source is not found."""
    if run_id := data_dict.get("run"):
        run = model.Session.get(Run, run_id)
        if run is None or run.source != state.source:
            raise tk.ObjectNotFound(tk._("No such run."))
        return str(run.id)
    version = model.Session.get(Version, (state.source, data_dict.get("generation", state.generation)))
    if version is None:
        raise tk.ObjectNotFound(tk._("No such version."))
    return str(version.run_id)


@validate(schema.harvest)
def participation_feed_harvest(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Ask for a run now; the worker does it.

    Args:
        id (str): id or name of the dataset, or name of the source.
        accept_held (bool): publish although the rows look odd.

    Returns:
        ``queued``: false when a run of this feed was already waiting.

    Raises:
        ValidationError: the source is no longer defined.
    """
    state = _found("participation_feed_harvest", context, data_dict)
    if state.source not in catalogue.entries():
        raise tk.ValidationError({"id": [tk._("The source of this feed is no longer defined.")]})
    actor = str(context.get("user") or "")
    return {"queued": jobs.ask(state.source, actor, accept_held=data_dict["accept_held"])}


@validate(schema.restore)
def participation_feed_restore(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Publish an earlier version again, under a new number; table and files are byte for byte the same.

    Returns:
        ``generation``: the new number.

    Raises:
        ValidationError: no such version, other columns than today, a run under way.
    """
    state = _found("participation_feed_restore", context, data_dict)
    try:
        entry = catalogue.entry(state.source)
        done = restore.restore(entry, data_dict["generation"], str(context.get("user") or ""))
    except HarvestError as error:
        raise tk.ValidationError({"generation": [site.worded(error.text)]}) from error
    return {"generation": done.generation}
