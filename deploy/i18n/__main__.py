"""Gather messages (`extract`), make what CKAN reads (`compile`), or be told what is missing (`check`)."""

from __future__ import annotations

import argparse
import sys

from deploy.i18n import catalogue


def main() -> int:
    """Do what the command line asks; 1 when ``check`` finds a fault."""
    parser = argparse.ArgumentParser(prog="python -m deploy.i18n", description=__doc__)
    parser.add_argument("what", choices=["extract", "compile", "check"])
    what = parser.parse_args().what
    if what == "check":
        faults = catalogue.faults()
        print("\n".join(faults) or f"{len(catalogue.greek())} messages, all in Greek")
        return 1 if faults else 0
    if what == "extract":
        catalogue.extract()
    catalogue.compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
