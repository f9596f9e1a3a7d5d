"""Run the benchmark's source once in this process and print what it cost as JSON, for `publish.py`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


def main(ini: str, task: str) -> None:
    """Do one of ``TASKS``: forget what earlier rounds published, run the source, or send a file."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(ini))
    with app._wsgi_app.test_request_context():
        answer = TASKS[task](app, Path(ini).parent)
    print("RESULT " + json.dumps(answer), flush=True)
    os._exit(0)  # the threads of the web application have nothing left to do


def harvest(app: Any, folder: Path) -> dict[str, Any]:
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


def upload(app: Any, folder: Path) -> dict[str, Any]:
    """Seconds from sending a file over HTTP to its published table, and of its files and record; memory."""
    from ckan import model
    from ckan.tests import factories

    from ckanext.patrasparticipation.feeds import settle
    from ckanext.patrasparticipation.tables import publication, register
    from ckanext.patrasparticipation.tests.catalogue import samples

    dataset = samples.dataset(name="bench-upload")
    token = factories.SysadminWithToken()["token"]
    before, started = _megabytes(), time.perf_counter()
    with ThreadPoolExecutor(1) as alone:  # where no request is under way whose user it would borrow
        resource_id = alone.submit(_send, app, dataset["id"], token, folder / "made" / "first.csv").result()
    sent = time.perf_counter()
    swapped: list[float] = []

    def told(step: str, rows: int) -> None:
        if step == "files":
            swapped.append(time.perf_counter())

    model.Session.remove()
    table, waiting = register.need(resource_id), register.need_waiting(resource_id)
    report = publication.publish(table, waiting, "benchmark", [], told)
    ended = time.perf_counter()
    return {
        "outcome": report.outcome,
        "reason": report.reason.text["en"],
        "rows": report.totals.loaded if report.totals else 0,
        "upload": sent - started,
        "publish": swapped[0] - sent,
        "files": ended - swapped[0],
        "steps": {step.name: step.seconds for step in report.steps},
        "memory": _megabytes(),
        "memory_before": before,
        "left": settle.published(str(table.source)) is None,
    }


def _send(app: Any, dataset: str, token: str, file: Path) -> str:
    """Send a file as a program does; gives the resource."""
    with file.open("rb") as stream:
        answer = app.test_client().post(
            "/api/action/participation_table_upload",
            data={"package_id": dataset, "check": "false", "upload": (stream, file.name)},
            headers={"Authorization": token},
        )
    if answer.status_code != 200:
        raise RuntimeError(answer.text[:2000])
    return str(answer.get_json()["result"]["resource_id"])


def forget_upload(app: Any, folder: Path) -> dict[str, Any]:
    """No dataset, and nothing of its table."""
    return forget(app, folder, "bench-upload")


def forget(app: Any, folder: Path, name: str = "bench-lights") -> dict[str, Any]:
    """No dataset, no table, no state, no version."""
    from ckan import model
    from ckan.plugins import toolkit as tk

    from ckanext.patrasparticipation.feeds import database, site

    package = model.Package.get(name)
    resource_ids = [item.id for item in package.resources] if package else []
    if package:
        tk.get_action("dataset_purge")(site.context(), {"id": package.id})
    with database.connect(database.WRITE) as connection:
        for table in resource_ids:
            connection.execute(f'DROP TABLE IF EXISTS "{table}" CASCADE')
        connection.execute("DROP TABLE IF EXISTS _harvest_generation")
    with database.connect(database.MAIN) as connection:
        for kind in ("version", "outbox", "source_state"):
            connection.execute(f"DELETE FROM participation_{kind} WHERE starts_with(source, %s)", [name])
        connection.execute("DELETE FROM participation_table WHERE starts_with(source, %s)", [name])
    return {}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


TASKS = {"forget": forget, "forget_upload": forget_upload, "harvest": harvest, "upload": upload}

if __name__ == "__main__":
    main(*sys.argv[1:])
