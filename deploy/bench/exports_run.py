"""Ask the application for one export in a process of its own and print what it cost, for `exports.py`."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any
from urllib.parse import urlencode


def main(ini: str, form: str, filters: str, target: str) -> None:
    """``form`` is an ending, or ``sql`` for the statement behind the CSV; the file goes to ``target``."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(ini))
    with app._wsgi_app.test_request_context():
        from ckan import model
        from ckan.plugins import toolkit as tk

        package = model.Package.get("bench-lights")
        table = next(one.id for one in package.resources if one.extras.get("datastore_active"))
        root = str(tk.config["ckan.site_url"])
        statement = sql(table, json.loads(filters))
    if form == "sql":
        answer: dict[str, Any] = {"sql": statement}
    else:
        place = f"/dataset/bench-lights/resource/{table}/export."
        read(app, root, f"{place}csv?" + urlencode({"filters": '{"asset_id": "L0000001"}'}), os.devnull)
        answer = read(app, root, f"{place}{form}?" + urlencode({"filters": filters}), target)
    print("RESULT " + json.dumps(answer), flush=True)
    os._exit(0)  # the threads of the web application have nothing left to do


def sql(table: str, filters: dict[str, Any]) -> str:
    """The SELECT of the rows, as the export has it."""
    from ckanext.patrasparticipation.feeds import database, exports
    from ckanext.patrasparticipation.feeds.asked import asked, types
    from ckanext.patrasparticipation.reading.export.rows import Rows, plain_layout, public

    columns = public(types(table))
    with database.connect(database.READ) as connection:
        found = asked(table, {"filters": filters, "limit": None})
        rows = Rows(connection, found, tuple(columns.items()), plain_layout(columns), {})
        return rows.select(exports.value)


def read(app: Any, root: str, path: str, target: str) -> dict[str, Any]:
    """Seconds to the first byte and to the last, bytes, and the largest memory in megabytes."""
    from werkzeug.test import EnvironBuilder, run_wsgi_app

    before = _megabytes()
    started = time.perf_counter()
    environ = EnvironBuilder(path=path.partition("?")[0], query_string=path.partition("?")[2], base_url=root)
    blocks, status, _headers = run_wsgi_app(app, environ.get_environ())
    first = time.perf_counter() - started
    size = 0
    with open(target, "wb") as out:
        for block in blocks:
            out.write(block)
            size += len(block)
    blocks.close()  # type: ignore[attr-defined]
    seconds = time.perf_counter() - started
    return {
        "status": status,
        "first": first,
        "seconds": seconds,
        "bytes": size,
        "memory": _megabytes(),
        "before": before,
    }


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
