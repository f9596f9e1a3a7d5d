"""One task of the search benchmark in a process of its own, with the catalogue's settings or stock CKAN's.

`search.py` starts it with the settings, a task (prepare, load, measure, forget) and the task's words as JSON.
It prints progress, and at the end what it found as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import search_records as made

FIRST = "bench-office-"


def main(ini: str, task: str, told: str) -> None:
    """Run the task within a request of an anonymous reader."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(ini))
    words = json.loads(told)
    with app._wsgi_app.test_request_context():
        answer = TASKS[task](**words)
    print("RESULT " + json.dumps(answer), flush=True)
    os._exit(0)  # the threads of the web application have nothing left to do


def prepare(folder: str) -> None:
    """Make the publishers, and keep what CKAN would index of one record as the pattern of all."""
    from ckan import logic

    forget()
    offices = [
        act(
            "organization_create",
            name=f"{FIRST}{number}",
            title_translated={"el": title},
            contact_email="office@patras.example",
        )
        for number, title in enumerate(made.WORDS["offices"])
    ]
    one = act("package_create", **as_a_person_gives_it(made.record(0), offices[0]["id"]))
    pattern = logic.package_show_default_and_custom_schemas({}, one["id"])
    shown = [
        logic.package_show_default_and_custom_schemas({}, one["id"])[0]["organization"]
        for office in offices
        if act("package_owner_org_update", id=one["id"], organization_id=office["id"]) is None
    ]
    act("dataset_purge", id=one["id"])
    told = json.dumps({"plain": json.dumps(pattern[0]), "ours": json.dumps(pattern[1]), "offices": shown})
    (Path(folder) / "pattern.json").write_text(told, encoding="utf-8")


def load(folder: str, core: str, records: int, solr: list[str]) -> dict[str, float]:
    """Index the records; see search_load.py."""
    from .search_load import load as loaded

    pattern = json.loads((Path(folder) / "pattern.json").read_text(encoding="utf-8"))
    return loaded(pattern, core, records, solr)


def measure(core: str, searches: int, solr: list[str]) -> dict[str, Any]:
    """Ask and time; see search_measure.py."""
    from .search_measure import measure as measured

    return measured(core, searches, solr)


def forget() -> None:
    """Remove the publishers, and the record if an interrupted run left it."""
    from ckan import model

    if model.Package.get(made.record(0).name):
        act("dataset_purge", id=made.record(0).name)
    for number in range(len(made.WORDS["offices"])):
        if model.Group.get(f"{FIRST}{number}"):
            act("organization_purge", id=f"{FIRST}{number}")


def act(action: str, **data: Any) -> Any:
    """The answer of an action called by the site user."""
    from ckan.plugins import toolkit as tk

    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"ignore_auth": True, "user": user}, data)


def as_a_person_gives_it(record: made.Made, owner: str) -> dict[str, Any]:
    """A record as ``package_create`` takes it, with as many files as any of them has."""
    return {
        "name": record.name,
        "title_translated": {"el": record.title, "en": "Title"},
        "notes_translated": {"el": record.notes},
        "tags": [{"name": tag} for tag in record.tags],
        "theme": [record.theme],
        "municipal_unit": [record.unit],
        "license_id": record.licence,
        "owner_org": owner,
        "temporal_start": record.days[0],
        "temporal_end": record.days[1],
        "resources": [
            {
                "url": f"https://data.patras.example/{number}.csv",
                "name_translated": {"el": "Αρχείο"},
                "format": "CSV",
            }
            for number in range(3)
        ],
    }


TASKS: dict[str, Callable[..., Any]] = {
    "prepare": prepare,
    "load": load,
    "measure": measure,
    "forget": forget,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
