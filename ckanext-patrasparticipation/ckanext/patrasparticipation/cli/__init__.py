"""The command line: `ckan participation …`."""

from __future__ import annotations

import click

from ckanext.patrasparticipation.cli.sample import sample

__all__ = ["participation"]


@click.group(short_help="Municipal feeds and participation records.")
def participation() -> None:
    """Municipal feeds and participation records."""


participation.add_command(sample)
