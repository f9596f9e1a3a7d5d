"""Records from a spreadsheet: try a file, start it, follow it, take it back."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...feeds import jobs
from ...imports import columns, life, undo
from ...imports import shown as telling
from ...model import Import
from ..schema import imports as schema

validate = tk.validate_action_data


def _need(import_id: str) -> Import:
    one = model.Session.get(Import, import_id)
    if one is None:
        raise tk.ObjectNotFound(tk._("There is no such import."))
    return one


@validate(schema.preview)
def participation_import_preview(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a spreadsheet and say what would become of each row; no record is written.

    Args:
        type (str): the record type.
        owner_org (str): id or name of the publisher whose records they become.
        upload (file): XLSX, XLS, ODS or CSV, at most 50 MB and 50,000 rows.

    Returns:
        as ``participation_import_show``, without ``rows``. ``status`` is ``checked``; ``checking`` while the
        worker tries a large file; ``failed`` with ``reason`` where it cannot be read.

    Raises:
        ValidationError: on ``upload``: the file is too large; on ``type``: there is no such type.
        NotAuthorized: the caller may not publish for the organisation.
    """
    tk.check_access("participation_import_preview", context, data_dict)
    try:
        columns.shape(data_dict["type"])
    except tk.ObjectNotFound as error:
        raise tk.ValidationError({"type": [str(error.message)]}) from error
    upload, publisher = data_dict["upload"], model.Group.get(data_dict["owner_org"])
    owner, actor = str(publisher.id if publisher else ""), str(context.get("user") or "")
    one = life.begin(data_dict["type"], owner, str(upload.filename), upload.stream, actor)
    import_id = str(one.id)
    life.check(one)
    return telling.shown(_need(import_id))


@validate(schema.start)
def participation_import_start(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Ask the worker to write an import that was tried; one that stopped goes on where it was.

    Args:
        id (str): the import.
        ignore_unknown (bool): leave out columns whose heading no field has; without it they stop the import.

    Returns:
        as ``participation_import_show``, without ``rows``.

    Raises:
        ObjectNotFound: there is no such import.
        ValidationError: it is under way or done, cannot be read, or has unknown headings.
        NotAuthorized: the caller may not publish for the organisation.
    """
    tk.check_access("participation_import_start", context, data_dict)
    one = _need(data_dict["id"])
    told = telling.shown(one)
    if not told["can_start"]:
        sentence = tk._("This import is under way, is done, or its file cannot be read.")
        raise tk.ValidationError({"id": [sentence]})
    if told["unknown"] and not data_dict["ignore_unknown"]:
        names = ", ".join(each["heading"] for each in told["unknown"])
        sentence = tk._("No field has these headings: {names}. Correct them, or leave these columns out.")
        raise tk.ValidationError({"ignore_unknown": [sentence.format(names=names)]})
    one.status, one.actor, one.finished = life.WAITING, str(context.get("user") or one.actor), None
    model.Session.commit()
    jobs.ask_to_import(str(one.id))
    return telling.shown(_need(data_dict["id"]))


@tk.side_effect_free
@validate(schema.show)
def participation_import_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """An import: how far it is, what became of its rows, and what is wrong with which cell.

    Args:
        id (str): the import.
        limit, offset (int): which part of ``rows``; 100 and 0.

    Returns:
        ``id type owner_org organization organization_title author file_name``; ``created finished`` (ISO,
        UTC); ``status`` (checking, checked, waiting, running, stopped, done, failed, undone); ``total`` and
        ``done`` (rows);
        ``counts`` (rows by outcome: created, updated, unchanged, draft, refused, left); ``problems`` (at most
        1,000: sheet, cell, row, column, value, message, expected); ``unknown`` (headings that no field has);
        ``drafts`` (row, title, missing) and ``kept`` (row, title, kept) as the trial found them; ``undone``
        (records undone, touched, gone) or null; ``reason`` ({code, text}) or null; ``can_start can_undo``;
        ``rows``: number, outcome, title, id, name, missing, kept, of those that were written or refused.

    Raises:
        ObjectNotFound: there is no such import.
        NotAuthorized: the caller may not publish for its organisation.
    """
    tk.check_access("participation_import_show", context, data_dict)
    one = _need(data_dict["id"])
    return telling.shown(one) | {"rows": telling.rows(one, data_dict["limit"], data_dict["offset"])}


@validate(schema.one)
def participation_import_undo(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take the last import back: what it made is deleted, what it changed is as before.

    Records that somebody has touched since are left alone.

    Args:
        id (str): the import, the last one of its publisher and type.

    Returns:
        as ``participation_import_show``, without ``rows``; ``undone`` has the counts.

    Raises:
        ObjectNotFound: there is no such import.
        ValidationError: it is not done, or a later one was.
        NotAuthorized: the caller may not publish for the organisation, or not delete a record.
    """
    tk.check_access("participation_import_undo", context, data_dict)
    one = _need(data_dict["id"])
    if not telling.shown(one)["can_undo"]:
        sentence = tk._("Only the last import of a publisher and type can be taken back, once it is done.")
        raise tk.ValidationError({"id": [sentence]})
    undo.undo(one, str(context.get("user") or ""))
    return telling.shown(_need(data_dict["id"]))


@tk.side_effect_free
@validate(schema.listed)
def participation_import_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The latest imports for the organisations that the caller publishes for, the newest first.

    Args:
        limit (int): how many, 20.

    Returns:
        for each as ``participation_import_show``, without ``rows``, ``problems``, ``drafts`` and ``kept``.

    Raises:
        NotAuthorized: the caller publishes for no organisation.
    """
    tk.check_access("participation_import_list", context, data_dict)
    asked: Context = {"user": context.get("user", "")}
    mine = tk.get_action("organization_list_for_user")(asked, {"permission": "create_dataset"})
    found = model.Session.query(Import).filter(Import.owner_org.in_([each["id"] for each in mine]))
    newest = found.order_by(Import.created.desc()).limit(data_dict["limit"])
    left_out = ("problems", "drafts", "kept")
    return [
        {name: value for name, value in telling.shown(one).items() if name not in left_out} for one in newest
    ]
