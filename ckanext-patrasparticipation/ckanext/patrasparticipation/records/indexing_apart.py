"""The process that indexes for an import: a line of JSON in, an answer out, until its input ends."""

from __future__ import annotations

import json
import sys
from typing import Any


def main(ini: str) -> None:
    """Serve one import with the settings of that file."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(ini))
    for line in sys.stdin:
        with app._wsgi_app.test_request_context():
            told = json.dumps(_indexed(json.loads(line)))
        print(_mark() + told, flush=True)  # noqa: T201 -- this is the answer


def _mark() -> str:
    from ckanext.patrasparticipation.records.indexing import ANSWER

    return ANSWER


def _indexed(asked: dict[str, Any]) -> dict[str, Any]:
    from ckan import model
    from ckan.lib.search import SearchIndexError

    from ckanext.patrasparticipation.records import indexing

    try:
        return {"done": indexing.owed(**asked)}
    except SearchIndexError as error:
        return {"away": str(error)[:500]}
    finally:
        model.Session.remove()


if __name__ == "__main__":
    main(sys.argv[1])
