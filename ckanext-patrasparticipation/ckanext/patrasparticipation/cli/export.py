"""`ckan participation export`: the published files of a source, copied to a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from ..feeds import catalogue, files, versions
from .shared import told


@click.command(short_help="Copy the published files of sources to a folder.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("names", metavar="[SOURCE]…", nargs=-1)
def export(folder: Path, names: tuple[str, ...]) -> None:
    """Copy the newest version's files (CSV, GeoJSON, rejected rows) of each SOURCE, or of all, to FOLDER."""
    with told():
        chosen = [catalogue.entry(name) for name in names] or list(catalogue.entries().values())
    for entry in chosen:
        newest = next(iter(versions.listed(entry.source.name)), None)
        if newest is None:
            click.echo(f"{entry.source.name}: nothing published yet", err=True)
            continue
        place = folder / entry.source.name
        place.mkdir(parents=True, exist_ok=True)
        for file in newest.files:
            shutil.copyfile(
                files.folder(newest.source, newest.generation) / file["name"], place / file["name"]
            )
        click.echo(f"{entry.source.name}: version {newest.generation}, {len(newest.files)} files in {place}")
