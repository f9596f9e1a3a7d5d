"""A process that runs sources in children of its own, which are killed on the way; booted once for all tests.

A child is forked before polars has started its threads, so that it can start its own. Each line read is
``{"point", "settings"}``; each line written is the signal that ended the child (0: it ended by itself).
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main(ini: str) -> None:
    """Boot CKAN, then run one child per line."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app
    from ckan.plugins import toolkit as tk

    app = make_app(load_config(ini))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        tk.config.update(asked["settings"])
        pid = os.fork()
        if pid == 0:
            child(app._wsgi_app, asked["point"])
        _pid, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}\n")
        sys.stdout.flush()


def child(site: Any, point: str) -> None:
    """Run the source of the tests; never comes back."""
    from ckan import model
    from ckanext.datastore.backend import postgres

    from ckanext.patrasparticipation.feeds import catalogue
    from ckanext.patrasparticipation.feeds.harvest import Wish, harvest

    os.environ["HARVEST_KILL_AT"] = point
    try:
        for engine in (model.meta.engine, postgres.get_read_engine(), postgres.get_write_engine()):
            engine.dispose(close=False)
        model.Session.remove()
        with site.test_request_context():
            harvest(catalogue.entry("test-lights"), Wish())
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
