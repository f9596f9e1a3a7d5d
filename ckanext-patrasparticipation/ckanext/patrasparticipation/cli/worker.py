"""`ckan participation worker`: the scheduler and the runner of feeds, until it is told to stop."""

from __future__ import annotations

import click


@click.command(short_help="The scheduler and runner of feeds.")
@click.option("--concurrency", default=1, show_default=True, help="Sources at a time.")
@click.option("--once", is_flag=True, help="Do what is waiting now, then stop.")
def worker(concurrency: int, once: bool) -> None:
    """Run what is due and what was asked for; several workers share the work, one run per source."""
    from ..feeds import jobs

    site = click.get_current_context().meta["flask_app"]
    jobs.work(site, concurrency=concurrency, wait=not once)
