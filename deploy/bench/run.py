"""Run the benchmark's source once in this process and print what it cost as JSON, for `publish.py`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any


def main(ini: str, task: str) -> None:
    """``forget`` takes away what earlier rounds published; ``harvest`` runs the source."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(ini))
    with app._wsgi_app.test_request_context():
        answer = forget() if task == "forget" else harvest()
    print("RESULT " + json.dumps(answer), flush=True)
    os._exit(0)  # the threads of the web application have nothing left to do


def harvest() -> dict[str, Any]:
    """Seconds of each step and of the whole run, the outcome, and the largest memory in megabytes."""
    from ckanext.patrasparticipation.feeds import catalogue
    from ckanext.patrasparticipation.feeds.harvest import Wish
    from ckanext.patrasparticipation.feeds.harvest import harvest as run

    entry = catalogue.entry("bench-lights")
    before = _megabytes()
    started = time.perf_counter()
    report = run(entry, Wish(actor="benchmark"))
    return {
        "outcome": report.outcome,
        "reason": report.reason.text["en"],
        "total": time.perf_counter() - started,
        "steps": {step.name: step.seconds for step in report.steps},
        "published": vars(report.published) if report.published else None,
        "memory": _megabytes(),
        "memory_before": before,
    }


def forget() -> dict[str, Any]:
    """No dataset, no table, no state, no version."""
    from ckan import model
    from ckan.plugins import toolkit as tk

    from ckanext.patrasparticipation.feeds import database, site

    package = model.Package.get("bench-lights")
    resource_ids = [item.id for item in package.resources] if package else []
    if package:
        tk.get_action("dataset_purge")(site.context(), {"id": package.id})
    with database.connect(database.WRITE) as connection:
        for name in resource_ids:
            connection.execute(f'DROP TABLE IF EXISTS "{name}" CASCADE')
        connection.execute("DROP TABLE IF EXISTS _harvest_generation")
    with database.connect(database.MAIN) as connection:
        for name in ("version", "outbox", "source_state"):
            connection.execute(f"DELETE FROM participation_{name} WHERE source = 'bench-lights'")
    return {}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
