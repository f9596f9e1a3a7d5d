"""`ckan participation import`: records from a spreadsheet, now, in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import clock
from .progress import records
from .shared import WRONG_CALL, console, table

REFUSED, AWAY = 3, 4
"""Rows were refused, the others are in; Solr does not answer: the same call goes on where it was."""
SHOWN = 50
"""Lines of a list that a terminal shows."""


@click.command("import", short_help="Records from a spreadsheet.")
@click.argument("record_type", metavar="TYPE")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--organization", "-o", help="The publisher's name: whose records they become.")
@click.option("--user", "-u", help="Whose permissions count; without it the site's own.")
@click.option("--dry-run", is_flag=True, help="Read and check every row; write nothing.")
@click.option("--ignore-unknown", is_flag=True, help="Leave out columns whose heading no field has.")
@click.option("--overwrite", is_flag=True, help="Write over what people edited in the catalogue, too.")
@click.option("--template", is_flag=True, help="Write the type's empty spreadsheet to FILE instead.")
def import_(  # noqa: PLR0913 -- click hands options in by their names
    record_type: str,
    file: Path,
    organization: str | None,
    user: str | None,
    dry_run: bool,
    ignore_unknown: bool,
    overwrite: bool,
    template: bool,
) -> None:
    """Create and update records of TYPE from FILE (XLSX, XLS, ODS, CSV).

    Rows are known by their code at the source, their address, an identifier, or their title: importing a file
    twice changes nothing. A row that lacks something becomes a draft that says what.

    Ends with 0 (all rows are in), 1 (failed), 2 (wrong call, or the file cannot be read), 3 (some rows were
    refused: they are named by cell) or 4 (Solr does not answer).
    """
    if template:
        _write_template(record_type, file)
        return
    if not file.is_file():
        raise click.UsageError(f"There is no file {file}.")
    if not organization:
        raise click.UsageError("Name the publisher (--organization).")
    wish = _wish(record_type, organization, user, dry_run=dry_run, overwrite=overwrite)
    sheet = _read(record_type, file, ignore_unknown)
    found = _done(sheet, wish)
    _tell(sheet, found, dry_run)
    raise SystemExit(REFUSED if found.counts["refused"] or found.problems else 0)


def _write_template(record_type: str, file: Path) -> None:
    from ..imports import columns, template

    shape = _or_usage(lambda: columns.shape(record_type))
    file.write_bytes(template.write(shape))
    click.echo(f"{file}: the spreadsheet of “{shape.label['en']}”, {len(shape.main)} columns")


def _or_usage(call: Any) -> Any:
    from ckan.plugins import toolkit as tk

    try:
        return call()
    except tk.ObjectNotFound as error:
        raise click.UsageError(str(error.message)) from error


def _wish(record_type: str, organization: str, user: str | None, **more: Any) -> Any:
    from ckan import model
    from ckan.plugins import toolkit as tk

    from ..records.incoming import Wish

    publisher = model.Group.get(organization)
    if publisher is None or not publisher.is_organization:
        raise click.UsageError(f"There is no publisher {organization}.")
    if user and model.User.get(user) is None:
        raise click.UsageError(f"There is no user {user}.")
    name = user or tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return Wish(record_type, publisher.id, name, clock.now(), **more)


def _read(record_type: str, file: Path, ignore_unknown: bool) -> Any:
    from ..imports import work
    from ..imports.opening import Unreadable

    try:
        sheet = _or_usage(lambda: work.read(file, file.name, record_type, "en"))
    except Unreadable as error:
        click.echo(f"error: {file.name}: {error}", err=True)
        raise SystemExit(WRONG_CALL) from error
    for name, heading, near in sheet.table.unknown:
        meant = f" (perhaps “{near}”?)" if near else ""
        click.echo(f"{name}: no field is called “{heading}”{meant}", err=True)
    if sheet.table.unknown and not ignore_unknown:
        click.echo("error: correct these headings, or leave them out with --ignore-unknown", err=True)
        raise SystemExit(WRONG_CALL)
    return sheet


def _done(sheet: Any, wish: Any) -> Any:
    from ckan.lib.search import SearchIndexError
    from ckan.plugins import toolkit as tk

    from ..imports import work

    try:
        with records() as told:
            if wish.dry_run:
                return work.trial(sheet, wish, told)
            found = work.Findings(problems=list(sheet.table.problems))
            for outcome in work.write(sheet, wish, told):
                found.add(outcome, sheet)
            return found
    except tk.NotAuthorized as error:
        click.echo(f"error: {wish.user} may not publish for this organisation", err=True)
        raise SystemExit(1) from error
    except SearchIndexError as error:
        click.echo("error: Solr does not answer; call again when it does: nothing is done twice", err=True)
        raise SystemExit(AWAY) from error


def _tell(sheet: Any, found: Any, dry_run: bool) -> None:
    """Errors by cell, drafts with what they lack, and the counts."""
    lines = [
        (each.sheet, each.cell, each.row, each.column, each.value[:60], each.message, each.expected)
        for each in found.problems[:SHOWN]
    ]
    if lines:
        heads = ("sheet", "cell", "row", "column", "value", "what is wrong", "expected")
        console().print(table(heads, lines))
    for name, each in (("draft", found.drafts), ("kept", found.kept)):
        for one in each[:SHOWN]:
            what = ", ".join(one.get("missing") or one.get("kept"))
            told = f"lacks {what}" if name == "draft" else f"stays as a person edited it: {what}"
            click.echo(f"row {one['row']}, {one['title']}: {told}")
    more = len(found.problems) - SHOWN
    if more > 0:
        click.echo(f"… and {more:,} more problems")
    counts = ", ".join(f"{number:,} {what}" for what, number in sorted(found.counts.items()))
    click.echo(f"{'trial: ' if dry_run else ''}{sheet.total:,} rows: {counts or 'nothing to do'}")
