"""What staff do with a spreadsheet: hand it over, look at it, publish it, describe it, or take it back."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.logic import validate
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...feeds import catalogue, jobs, site
from ...feeds import shown as feeds_shown
from ...feeds.harvest import details
from ...harvesters.errors import HarvestError, SourceBusy
from ...harvesters.report import Report
from ...model import SourceState, Version
from ...tables import (
    check,
    dictionary,
    held,
    keep,
    publication,
    register,
    remembered,
    shown,
    uploader,
    wishes,
)
from ..schema import tables as schema

NOW = 2 * 1024 * 1024
"""Bytes of a file that is published while its person waits; the worker publishes a larger one."""


@validate(schema.upload)
def participation_table_upload(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Hand over a file that is to become a table; nobody sees it before it is published.

    A file that cannot be a table (PDF, DOC…) is refused here; ``resource_create`` takes it as a file.

    Args:
        package_id (str): the dataset that gets a new table; or
        resource_id (str): the table whose rows it replaces.
        upload (file): CSV, XLSX, XLS, ODS, JSON, GeoJSON, zipped Shapefile or GeoPackage, as multipart.
        name (str): what to call the table; the file's name when left out.
        resource_role (str): what the table is to its record; a role with fixed columns has the file held
            against them (see ``participation_role_list``).
        check (bool): read it whole and say what came of it (true), or only take it: for programs that publish
            at once.

    Returns:
        as ``participation_table_preview``; without ``check`` only ``source resource_id dataset_id file``.

    Raises:
        ValidationError: no file, or not of a kind that may be a table; too large.
        NotAuthorized: the caller may not edit the dataset.
    """
    tk.check_access("participation_table_upload", context, data_dict)
    uploader.need_table(data_dict["upload"])
    given = {name: data_dict[name] for name in ("upload", "name", "resource_role") if data_dict.get(name)}
    if known := data_dict.get("resource_id"):
        resource = tk.get_action("resource_patch")(tk.fresh_context(context), {"id": known, **given})
    else:
        whole = {"package_id": data_dict["package_id"], **given}
        resource = tk.get_action("resource_create")(tk.fresh_context(context), whole)
    return _looked_at(resource["id"]) if data_dict["check"] else _taken(resource["id"])


@validate(schema.preview)
def participation_table_preview(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Read the waiting file whole, as the table it would be, and publish nothing; choices are remembered.

    Args:
        resource_id (str): the table.
        sheet, layer, encoding, separator, header_row, decimal, crs: how to read the file; an empty text
            leaves it to be recognised.
        afresh (bool): forget what was chosen before.
        feed (str): ``table``, or the name of a feed that the columns fit.
        hide_small (bool): hide numbers of people below k, and those that would give them back; only in a
            table with fixed columns.
        anywhere (bool): positions outside the city are meant.
        key (str): the column that tells rows apart; empty makes one.
        columns (list): ``{raw, name, type, label_el, label_en, about_el, about_en, unit, skip}``; of each
            only what changes.

    Returns:
        ``source resource_id dataset_id``; ``file`` (name, size in bytes, sha256, author, created, queued);
        ``chosen`` (what was chosen of the file so far; ``columns``: how many columns were changed);
        ``feed key recognised sheets feeds lost gained``; ``columns`` (raw, name, type, label, about, unit,
        samples, filled, skip, note); ``check``: ``ready``, ``outcome``, ``reason`` ({code, el, en}),
        ``rows_in loaded rejected deduplicated`` (rows), ``odd`` (what must be accepted to publish),
        ``suggestions``, ``personal`` (column, rule, rows, first, label, why, instead),
        ``broken`` (of a table with fixed columns: column, rule, rows, first, found, expected, text),
        ``rejected_by`` (column, code, rows), ``rejected_rows`` (at most 200:
        row_number, column, code, raw, reason), ``first_rows``, ``difference`` (against what is published:
        inserted, updated, deleted, unchanged; or null).

    Raises:
        ObjectNotFound: no file waits there.
    """
    tk.check_access("participation_table_preview", context, data_dict)
    upload = register.need_waiting(data_dict["resource_id"])
    before = {} if data_dict["afresh"] else upload.wish
    upload.wish = wishes.merged(before, data_dict)
    model.Session.commit()
    return _looked_at(data_dict["resource_id"])


def _taken(resource_id: str) -> dict[str, Any]:
    """A table and the file that waits for it."""
    table, upload = register.need(resource_id), register.need_waiting(resource_id)
    return {**shown.table(table), "file": shown.upload(upload)}


def _looked_at(resource_id: str) -> dict[str, Any]:
    """The waiting file of a table, read whole."""
    table, upload = register.need(resource_id), register.need_waiting(resource_id)
    answer = {**_taken(resource_id), "chosen": shown.chosen(upload.wish)}
    if known := remembered.of(upload, table):
        return answer | known
    try:
        told = shown.checked(check.waiting(upload, table))
    except HarvestError as error:
        told = shown.refusal(error)
    return answer | remembered.keep(upload, table, told)


@validate(schema.publish)
def participation_table_publish(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Publish the waiting file: staged beside the table and swapped in whole, or not at all.

    Args:
        resource_id (str): the table.
        accept (list of str): the codes that ``check.odd`` told, where a person accepts them.

    Returns:
        ``outcome`` (published, unchanged, held, changed, refused, unavailable, failed, or queued: a large
        file is published by the worker), ``reason`` ({code, el, en}), ``generation``, ``rows_in loaded
        rejected``, ``inserted updated deleted``, ``report`` (steps, what was recognised, refused, personal).

    Raises:
        ObjectNotFound: no file waits there.
        ValidationError: another publication of this table is under way.
    """
    tk.check_access("participation_table_publish", context, data_dict)
    table = register.need(data_dict["resource_id"])
    upload = register.need_waiting(data_dict["resource_id"])
    actor, accept = str(context.get("user") or ""), data_dict["accept"]
    if upload.size > NOW:
        upload.queued = accept
        model.Session.commit()
        jobs.ask_to_publish(str(table.resource_id), actor)
        return {"outcome": "queued", "reason": None, **shown.table(table)}
    try:
        report = publication.publish(table, upload, actor, accept)
    except SourceBusy as error:
        raise tk.ValidationError({"resource_id": [site.worded(error.text)]}) from error
    return shown.table(register.need(data_dict["resource_id"])) | _told(report)


def _told(report: Report) -> dict[str, Any]:
    """A publication as the API tells of it."""
    totals, done = report.totals, report.published
    return {
        "outcome": report.outcome,
        "reason": shown.said(report.reason),
        "generation": done.generation if done else None,
        "rows_in": totals.rows_in if totals else None,
        "loaded": totals.loaded if totals else None,
        "rejected": totals.rejected if totals else None,
        **({name: getattr(done, name) for name in ("inserted", "updated", "deleted")} if done else {}),
        "report": details(report),
    }


@tk.side_effect_free
@validate(schema.one)
def participation_table_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A table that staff handed over: what is published, and (for its editors) the file that waits.

    Args:
        resource_id (str): the table.

    Returns:
        ``source resource_id dataset_id``; ``published``: ``generation rows rejected published_at`` or null;
        ``file``: name, size, sha256, author, created, queued; null where none waits, and for whoever is no
        editor;
        ``last``: how the last try ended (``outcome``, ``reason``, ``at``), for editors; or null;
        ``run``: the latest publication as ``participation_feed_runs`` gives it, for editors; or null.
    """
    tk.check_access("participation_table_show", context, data_dict)
    table = register.need(data_dict["resource_id"])
    state = model.Session.get(SourceState, table.source)
    version = model.Session.get(Version, (table.source, state.generation)) if state else None
    editor = _is_editor(context, data_dict)
    upload = register.waiting(str(table.resource_id)) if editor else None
    run = register.run(str(table.source)) if editor else None
    return {
        **shown.table(table),
        "published": shown.published(version) if version else None,
        "file": shown.upload(upload) if upload else None,
        "last": shown.last(state) if editor and state and state.last_try else None,
        "run": feeds_shown.run(run) if run else None,
    }


def _is_editor(context: Context, data_dict: DataDict) -> bool:
    """Whether the caller may see the file that waits."""
    try:
        tk.check_access("participation_table_preview", tk.fresh_context(context), data_dict)
    except tk.NotAuthorized:
        return False
    return True


@validate(schema.one)
def participation_table_discard(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take the waiting file back; what is published stays as it is.

    Args:
        resource_id (str): the table.

    Returns:
        ``source resource_id dataset_id``.

    Raises:
        ObjectNotFound: no file waits there.
        ValidationError: it is being published.
    """
    tk.check_access("participation_table_discard", context, data_dict)
    upload = register.need_waiting(data_dict["resource_id"])
    if upload.queued is not None:
        raise tk.ValidationError({"resource_id": [tk._("The file is being published already.")]})
    held.forget(upload)
    return shown.table(register.need(data_dict["resource_id"]))


@validate(schema.describe)
def participation_table_describe(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Change what the data dictionary says of a published table's columns; rows stay as they are.

    Args:
        resource_id (str): the table.
        columns (list): ``{name, label_el, label_en, about_el, about_en, unit}``; of each only what changes.

    Returns:
        ``source resource_id dataset_id columns`` (as ``participation_feed_show`` gives them).

    Raises:
        ValidationError: a column that the table does not have; the table follows a feed's definition.
    """
    tk.check_access("participation_table_describe", context, data_dict)
    table = register.need(data_dict["resource_id"])
    columns = dictionary.describe(table, data_dict["columns"])
    return shown.table(table) | {"columns": columns}


@validate(schema.one)
def participation_table_keep(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Keep the waiting file as a plain file of its resource: it is no table.

    Args:
        resource_id (str): the table, of which nothing was published yet.

    Returns:
        the resource, as ``resource_show`` gives it.

    Raises:
        ValidationError: personal data are in it, or rows of it were published.
    """
    tk.check_access("participation_table_keep", context, data_dict)
    table = register.need(data_dict["resource_id"])
    upload = register.need_waiting(data_dict["resource_id"])
    if catalogue.known(str(table.source)) is not None:
        raise tk.ValidationError(
            {"resource_id": [tk._("Rows of this table are published; it cannot become a file.")]}
        )
    return keep.keep(tk.fresh_context(context), table, upload)
