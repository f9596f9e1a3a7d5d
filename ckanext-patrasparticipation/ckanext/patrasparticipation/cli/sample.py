"""`ckan participation sample`: write the raw files of the sample city."""

from __future__ import annotations

from pathlib import Path

import click

from ckanext.patrasparticipation import config
from ckanext.patrasparticipation.harvesters.sample import files


@click.command(short_help="Write the raw files of the sample city.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
def sample(folder: Path | None) -> None:
    """Write the raw files of the sample city into FOLDER (default: the site's folder of incoming files).

    The files are the same on every run; one that is already there and the same is left alone.
    """
    folder = folder or config.files_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        target = folder / name
        if target.exists() and target.read_bytes() == content:
            click.echo(f"{target}: as it was")
            continue
        target.write_bytes(content)
        click.echo(f"{target}: {len(content):,} bytes")
