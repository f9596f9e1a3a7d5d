"""``python3 -m deploy.local VERB``: what the Makefile calls; the Makefile's help says what each verb does."""

from __future__ import annotations

import sys

from . import (
    index,
    ini,
    packages,
    place,
    reset,
    run,
    services,
    site,
    supervise,
    tables,
    testing,
    vendor,
    venv,
    wheel,
)
from .addresses import exports


def main_services() -> None:
    """The services of the catalogue and its tables, without its web server."""
    packages.install(packages.RUN)
    venv.create()
    venv.translations()
    where = place.catalogue()
    services.up(where, site.programs(where))
    empty = not tables.made(where)
    tables.prepare(where, ini.write(where))
    index.rebuild(where, empty=empty)


def vendored() -> None:
    """The map and the typeface."""
    packages.install(packages.RUN)
    vendor.vendor()


def env() -> None:
    """The tests' settings, as lines for a shell."""
    print(exports(place.tests()), end="")


def down() -> None:
    """Stop what we started, the catalogue's and the tests'."""
    for name, where in (("catalogue", place.catalogue()), ("tests", place.tests())):
        print(f"{name}: {'stopped' if supervise.stop(where) else 'was not running'}")


VERBS = {
    "run": run.up,
    "vendor": vendored,
    "services": main_services,
    "test-services": testing.prepare,
    "test-browser": testing.browser,
    "env": env,
    "check": testing.check,
    "test": testing.test,
    "wheel": wheel.tell,
    "down": down,
    "reset": reset.reset,
}

if __name__ == "__main__":
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in VERBS:
        sys.exit(f"deploy.local: {verb!r} is no verb, expected one of {', '.join(VERBS)}")
    VERBS[verb]()
