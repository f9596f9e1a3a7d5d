"""`ckan participation harvest`: run sources now, in this process, and say how it went."""

from __future__ import annotations

from pathlib import Path

import click

from ..feeds import catalogue
from ..feeds.catalogue import Entry
from ..feeds.harvest import Wish
from ..feeds.harvest import harvest as run
from ..harvesters.errors import DefinitionError, SourceBusy
from ..harvesters.report import Report, why
from .progress import shown
from .shared import COUNTS, WRONG_CALL, console, counts, table, told

BUSY = 1


@click.command(short_help="Run sources now.")
@click.argument("names", metavar="SOURCE…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every source that is not paused.")
@click.option("--dry-run", is_flag=True, help="Ask, read, map and check; publish and keep nothing.")
@click.option("--accept-held", is_flag=True, help="Publish although the rows look odd; one source, by name.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read this local copy instead of the source's address; one source.",
)
def harvest(
    names: tuple[str, ...], everything: bool, dry_run: bool, accept_held: bool, file: Path | None
) -> None:
    """Run each SOURCE now, in this process.

    Ends with 0 (published or unchanged), 1 (failed or busy), 2 (wrong call or definition), 3 (held: a person
    must look), 4 (unavailable: try again), 5 (changed: the source's YAML must change) or 6 (refused: the file
    holds personal data); of several sources, with the highest.
    """
    _refuse(names, everything, accept_held, file)
    with told():
        chosen = _chosen(names, everything)
    reports = []
    for entry in chosen:
        with shown(entry.source.name) as progress:
            reports.append(_one(entry, Wish("command line", accept_held, dry_run, file, progress)))
    console().print(table(COLUMNS, [_row(report) for report, _code in reports]))
    for report, _code in reports:
        for item in report.suggestions:
            click.echo(f"{report.source}: {item.text['en']}")
    raise SystemExit(max((code for _report, code in reports), default=0))


COLUMNS = ("source", "outcome", *COUNTS, "s", "why")


def _refuse(names: tuple[str, ...], everything: bool, accept_held: bool, file: Path | None) -> None:
    """A call that makes no sense ends with 2 and a sentence."""
    if bool(names) == everything:
        raise click.UsageError("Name one source or more, or give --all.")
    if accept_held and len(names) != 1:
        raise click.UsageError("--accept-held takes exactly one source, by name.")
    if file and len(names) != 1:
        raise click.UsageError("--file takes exactly one source.")


def _chosen(names: tuple[str, ...], everything: bool) -> list[Entry]:
    if everything:
        return [entry for entry in catalogue.entries().values() if not entry.paused]
    return [catalogue.entry(name) for name in names]


def _one(entry: Entry, wish: Wish) -> tuple[Report, int]:
    """The report of a run and its exit code; what is wrong with one source does not stop the next."""
    try:
        report = run(entry, wish)
    except SourceBusy as error:
        return Report(source=entry.source.name, outcome="busy", reason=why(error)), BUSY
    except DefinitionError as error:
        return Report(source=entry.source.name, outcome="failed", reason=why(error)), WRONG_CALL
    return report, report.exit_code


def _row(report: Report) -> tuple[object, ...]:
    return (
        report.source,
        report.outcome,
        *counts(report),
        f"{sum(step.seconds for step in report.steps):.1f}",
        report.reason.text["en"],
    )
