"""`ckan participation search`: look after the search index."""

from __future__ import annotations

import time

import click

from .progress import records

AWAY = 4  # as a source that does not answer


@click.group(short_help="Look after the search index.")
def search() -> None:
    """Look after the search index."""


@search.command(short_help="Index every record again.")
def rebuild() -> None:
    """Index every record again, a batch at a time, and remove from the index what is no record any more.

    Readers go on searching meanwhile. Ends with 0, with 1 when some records could not be indexed (they are
    named, and stop no others), or with 4 when Solr does not answer.
    """
    from ..search import rebuild as again

    started = time.monotonic()
    with records() as told:
        try:
            rebuilt = again.everything(told)
        except again.IndexAway as error:
            click.echo(f"error: {error} does not answer; is Solr running?", err=True)
            raise SystemExit(AWAY) from error
    seconds = max(time.monotonic() - started, 0.001)
    removed = f"; {rebuilt.removed:,} that are no records any more removed" if rebuilt.removed else ""
    click.echo(f"{rebuilt.done:,} indexed in {seconds:.1f} s, {rebuilt.done / seconds:,.0f}/s{removed}")
    for name, why in rebuilt.failed.items():
        click.echo(f"not indexed: {name}: {why}", err=True)
    if rebuilt.failed:
        raise SystemExit(1)
