"""CKAN's settings for one place: the template, its secrets and addresses, and what the operator wants."""

from __future__ import annotations

from pathlib import Path

from .addresses import environment
from .keys import keys, private
from .place import VENV, Place
from .shell import Trouble, output

PLUGINS = (
    "patrasparticipation scheming_datasets scheming_organizations spatial_metadata spatial_query harvest "
    "dcat dcat_rdf_harvester structured_data croissant datatables_view text_view image_view "
    "activity tracking datastore"
)
BASELINE = """
import sys
from ckanext.patrasparticipation.guards import baseline
for key, value in baseline.settings(sys.argv[1]).items():
    print(f"{key} = {value}")
"""
TEMPLATE = Path(__file__).with_name("ckan.ini.template")


def write(place: Place) -> Path:
    """Write the settings (they hold secrets: mode 0600) and say where.

    Raises:
        Trouble: ``local.ini`` has a line that is no ``KEY = VALUE``.
    """
    values = keys(place) | environment(place) | {"suffix": place.suffix.replace("_", "-")}
    values |= {"site_url": place.site_url, "plugins": PLUGINS}
    values["solr_conf"] = str(place.folder / "solr" / place.core / "conf")  # where staff's synonyms go
    values["baseline"] = baseline(place.site_url)
    text = TEMPLATE.read_text(encoding="utf-8").format(**values)
    for key, value in wanted_otherwise(place.folder / "local.ini").items():
        text = replace(text, key, value)
    private(place.ini, text)
    return place.ini


def baseline(site_url: str) -> str:
    """The settings of a safe site at this address, as lines; the guards know them."""
    return output([VENV / "python", "-c", BASELINE, site_url]).strip()


def wanted_otherwise(path: Path) -> dict[str, str]:
    """The settings of ``local.ini``, in order; none where there is no such file."""
    if not path.exists():
        return {}
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.partition("=") for line in lines if line and line[0] not in "#;["]
    for key, equals, _ in pairs:
        if not equals:
            raise Trouble(f"{path}: {key!r}: expected KEY = VALUE")
    return {key.strip(): value.strip() for key, _, value in pairs}


def replace(text: str, key: str, value: str) -> str:
    """``text`` with the setting ``key`` at ``value``; one that is not there yet goes before the loggers."""
    head, mark, tail = text.partition("\n[loggers]")
    kept = [line for line in head.splitlines() if line.partition("=")[0].strip() != key]
    return "\n".join([*kept, f"{key} = {value}", ""]) + mark + tail
