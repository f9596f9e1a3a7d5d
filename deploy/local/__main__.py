"""``python3 -m deploy.local VERB``: what the Makefile calls; the Makefile's help says what each verb does."""

from __future__ import annotations

import sys

from . import ini, packages, place, run, services, supervise, tables, vendor, venv
from .addresses import exports


def test_services() -> None:
    """The services of the tests, and CKAN's tables in them."""
    packages.install(packages.TEST)
    venv.create()
    venv.translations()
    vendor.vendor()
    services.up(place.tests())
    ini.write(place.tests())
    tables.prepare(place.tests(), place.ROOT / "test.ini")


def main_services() -> None:
    """The services of the catalogue and its tables, without its web server."""
    packages.install(packages.RUN)
    venv.create()
    venv.translations()
    services.up(place.catalogue())
    tables.prepare(place.catalogue(), ini.write(place.catalogue()))


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
    "test-services": test_services,
    "env": env,
    "down": down,
}

if __name__ == "__main__":
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in VERBS:
        sys.exit(f"deploy.local: {verb!r} is no verb, expected one of {', '.join(VERBS)}")
    VERBS[verb]()
