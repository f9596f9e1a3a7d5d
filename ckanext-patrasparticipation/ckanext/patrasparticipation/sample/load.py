"""Put the sample's records into the catalogue; what is there, or was, stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ckan import model
from ckan.plugins import toolkit as tk

from .. import clock, harvesters
from ..feeds import organisations, site
from ..harvesters.city import load_city
from .build import records

CITY, PUBLISHER = "sample", "dimos-deigma"
Told = Callable[[int], None]


def load(told: Told = lambda done: None) -> int:
    """Create every record of the sample that the catalogue has never had; how many that were.

    Raises:
        ValidationError: a line of the sample breaks a rule of its type; the ones before it stay.
    """
    publisher = organisations.ensure(
        PUBLISHER, load_city(Path(harvesters.__file__).parent / "sources" / CITY).publishers
    )
    names = model.Session.query(model.Package.name).filter(model.Package.name.like("sample-%"))
    known = {row.name for row in names}
    made = 0
    for record in records(clock.today(clock.now()), publisher):
        if record["name"] in known:
            continue
        tk.get_action("package_create")(site.context(), record)
        made += 1
        told(made)
    return made
