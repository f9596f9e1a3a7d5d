"""The command line: `ckan participation …`."""

from __future__ import annotations

import click

from .doctor import doctor
from .export import export
from .harvest import harvest
from .imports import import_
from .publication import publish
from .sample import sample
from .sample_records import sample_records
from .search import search
from .sources import check, sources
from .synonyms import apply
from .versions import versions
from .worker import worker

__all__ = ["participation"]


@click.group(short_help="Municipal feeds and participation records.")
def participation() -> None:
    """Municipal feeds and participation records."""


for command in (
    sources,
    check,
    harvest,
    publish,
    import_,
    worker,
    versions,
    export,
    sample,
    sample_records,
    search,
    doctor,
):
    participation.add_command(command)
search.add_command(apply)
