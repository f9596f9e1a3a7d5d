"""`ckan participation sources` and `check`: what there is to harvest, and whether its definition holds."""

from __future__ import annotations

import click

from ..feeds import catalogue, health, states
from ..feeds.catalogue import Entry
from .shared import console, table, told

COUNTS = ("version", "rows", "rejected")
COLUMNS = ("source", "feed", "health", *COUNTS, "last success", "next run", "reason")


@click.command(short_help="The sources, with health, age and next run.")
def sources() -> None:
    """List the sources: health, generation, rows, age and next run (times are UTC)."""
    with told():
        rows = [_row(entry) for entry in catalogue.entries().values()]
    columns = (
        "source",
        "feed",
        "health",
        "version",
        "rows",
        "rejected",
        "last success",
        "next run",
        "reason",
    )
    console().print(table(columns, rows))


def _row(entry: Entry) -> tuple[object, ...]:
    state = states.known(entry.source.name)
    facts = health.of(entry, state)
    reason = facts["reason"] or {}
    return (
        entry.source.name,
        entry.source.feed.name,
        "paused" if entry.paused else facts["health"],
        state.generation if state else 0,
        state.rows if state else None,
        state.rejected if state else None,
        (facts["last_success"] or "")[:16],
        (facts["next_run"] or "")[:16],
        reason.get("en", ""),
    )


@click.command(short_help="Check definitions and examples, without a network.")
@click.argument("source", required=False)
def check(source: str | None) -> None:
    """Read the definition of SOURCE, or of all, and run its examples through the converters."""
    from ..harvesters.examples import check_examples

    with told():
        there = catalogue.entries()
        chosen = [catalogue.entry(source)] if source else list(there.values())
        for entry in chosen:
            check_examples(entry.source, entry.city.areas)
            click.echo(f"{entry.source.name}: {len(entry.source.examples)} examples hold")
