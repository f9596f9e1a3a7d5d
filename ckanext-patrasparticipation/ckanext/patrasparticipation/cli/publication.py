"""`ckan participation publish`: a file becomes a table, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from ckan import model
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ..feeds.site import context
from ..harvesters.errors import SourceBusy
from ..harvesters.report import Report, why
from ..tables import check, publication, register
from .progress import shown
from .shared import COUNTS, console, counts, table, told


@click.command(short_help="Publish a file as a table.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dataset", help="The dataset, by name, that gets a new table.")
@click.option("--resource", help="The table, by its resource's id, whose rows the file replaces.")
@click.option("--name", help="What to call a new table; the file's name when left out.")
@click.option("--accept", multiple=True, metavar="CODE", help="What is odd and accepted; as often as needed.")
@click.option("--dry-run", is_flag=True, help="Read the file and say what would be published; keep nothing.")
def publish(
    file: Path,
    dataset: str | None,
    resource: str | None,
    name: str | None,
    accept: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Publish FILE (CSV, XLSX, XLS, ODS, GeoJSON, zipped Shapefile, GeoPackage) as a table.

    Ends with 0 (published or unchanged), 1 (failed or busy), 2 (wrong call), 3 (odd: accept it by its code),
    5 (no table can be made of it) or 6 (personal data are in it).
    """
    if dry_run:
        _told(file)
        return
    if bool(dataset) == bool(resource):
        raise click.UsageError("Name a dataset (--dataset) or a table (--resource).")
    taken = _taken(file, {"package_id": dataset, "id": resource, "name": name})
    with shown(file.name) as progress:
        report = _published(taken, accept, progress)
    console().print(table(COLUMNS, [_row(report)]))
    raise SystemExit(report.exit_code)


COLUMNS = ("table", "outcome", *COUNTS, "why")


def _taken(file: Path, given: dict[str, str | None]) -> str:
    """The id of the resource that waits for the file now."""
    data: dict[str, Any] = {key: value for key, value in given.items() if value}
    action = "resource_patch" if data.get("id") else "resource_create"
    try:
        with file.open("rb") as stream:
            data["upload"] = FileStorage(stream, filename=file.name)
            return str(tk.get_action(action)(context(), data)["id"])
    except tk.ObjectNotFound as error:
        raise click.UsageError(f"There is no {given['package_id'] or given['id']}.") from error
    except tk.ValidationError as error:
        told_of = "; ".join(f"{key}: {value}" for key, value in error.error_summary.items())
        raise click.UsageError(f"{file.name}: {told_of}") from error


def _published(resource_id: str, accept: tuple[str, ...], progress: publication.Progress) -> Report:
    one, upload = register.need(resource_id), register.need_waiting(resource_id)
    try:
        report = publication.publish(one, upload, "command line", accept, progress)
    except SourceBusy as error:
        return Report(source=str(one.source), outcome="failed", reason=why(error))
    model.Session.remove()
    return report


def _row(report: Report) -> tuple[object, ...]:
    return (report.source, report.outcome, *counts(report), report.reason.text["en"])


def _told(file: Path) -> None:
    """What the file would become."""
    with told(), shown(file.name) as progress:
        found = check.file(file, file.name, {}, progress=progress)
    rows = [
        (
            column.raw,
            "–" if column.skip else column.name,
            column.type,
            column.unit,
            ", ".join(column.samples[:3]),
        )
        for column in found.proposal.columns
    ]
    console().print(table(("in the file", "column", "type", "unit", "for example"), rows))
    console().print(f"{found.report.outcome}: {found.report.reason.text['en']}")
    raise SystemExit(found.report.exit_code)
