"""`ckan participation sample`: write the raw files of the sample city."""

from __future__ import annotations

from pathlib import Path

import click

from ckanext.patrasparticipation.harvesters.sample import files


@click.command(short_help="Write the raw files of the sample city.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def sample(folder: Path) -> None:
    """Write the raw files of the sample city into FOLDER, where its sources look for them.

    The files are the same on every run; one that is already there and the same is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        target = folder / name
        if target.exists() and target.read_bytes() == content:
            click.echo(f"{target}: as it was")
            continue
        target.write_bytes(content)
        click.echo(f"{target}: {len(content):,} bytes")
