"""``python3 -m deploy.local VERB``: what the Makefile calls; the Makefile's help says what each verb does."""

from __future__ import annotations

import sys

from . import place, services, supervise, tables
from .addresses import exports


def test_services() -> None:
    """The services of the tests, and CKAN's tables in them."""
    services.up(place.tests())
    tables.prepare(place.tests(), place.ROOT / "test.ini")


def main_services() -> None:
    """The services of the catalogue, without its web server."""
    services.up(place.catalogue())


def env() -> None:
    """The tests' settings, as lines for a shell."""
    print(exports(place.tests()), end="")


def down() -> None:
    """Stop what we started, the catalogue's and the tests'."""
    for name, where in (("catalogue", place.catalogue()), ("tests", place.tests())):
        print(f"{name}: {'stopped' if supervise.stop(where) else 'was not running'}")


VERBS = {"services": main_services, "test-services": test_services, "env": env, "down": down}

if __name__ == "__main__":
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in VERBS:
        sys.exit(f"deploy.local: {verb!r} is no verb, expected one of {', '.join(VERBS)}")
    VERBS[verb]()
