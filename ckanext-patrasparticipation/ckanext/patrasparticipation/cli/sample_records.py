"""`ckan participation sample-records`: the participation of the sample city."""

from __future__ import annotations

import click
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock, config
from ckanext.patrasparticipation.sample.load import CITY, load
from ckanext.patrasparticipation.sample.series import publish


@click.command("sample-records", short_help="Put the sample city's records into the catalogue.")
def sample_records() -> None:
    """Create the sample city's groups, initiatives, consultations, works and indicators.

    What the catalogue has, or had, under their names stays as it is: a second run creates nothing. Only for a
    site whose city is the sample.
    """
    if config.city() != CITY:
        tk.error_shout(f"This site's city is {config.city()}: it gets no invented records.")
        raise SystemExit(2)
    made = load(lambda done: click.echo(f"\r{done} records", nl=False, err=True))
    tables = publish(clock.today(clock.now()))
    told = f"{made} records created, {tables} tables published"
    click.echo(told if made or tables else "The sample's records are there.")
