"""`ckan participation versions`: what was published, and how to bring it back."""

from __future__ import annotations

import click

from ..feeds import catalogue
from ..feeds import versions as kept
from ..feeds.restore import restore as bring_back
from ..harvesters.errors import HarvestError
from ..model import Version
from .shared import console, table, told

COLUMNS = (
    "version",
    "published (UTC)",
    "rows",
    "rejected",
    "duplicates",
    "restored from",
    "bytes",
    "sha-256",
)


class WithSource(click.Group):
    """`versions SOURCE` lists; `versions restore SOURCE GENERATION` is a command of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A first word that is no command is a source to list."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(cls=WithSource, short_help="List the versions of a source; bring one back.")
def versions() -> None:
    """List the versions of a source (`versions SOURCE`), or bring one back (`versions restore …`)."""


@versions.command("list")
@click.argument("source")
def listed(source: str) -> None:
    """The versions of SOURCE whose files are there, the newest first."""
    with told():
        entry = catalogue.entry(source)
    console().print(table(COLUMNS, [_row(version) for version in kept.listed(entry.source.name)]))


def _row(version: Version) -> tuple[object, ...]:
    file = next(file for file in version.files if file["format"] == "CSV")
    return (
        version.generation,
        version.created.isoformat()[:19],
        version.rows,
        version.rejected,
        version.deduplicated,
        version.restored_from,
        sum(item["size"] for item in version.files),
        file["sha256"],
    )


@versions.command()
@click.argument("source")
@click.argument("generation", type=int)
def restore(source: str, generation: int) -> None:
    """Publish GENERATION of SOURCE again, under a new number; table and files are byte for byte the same."""
    with told():
        entry = catalogue.entry(source)
        before = kept.listed(source)
        if before and before[0].generation == generation:
            raise HarvestError("no_version", generation=generation, source=source, there=_others(before))
        done = bring_back(entry, generation, "command line")
    click.echo(f"{source}: version {generation} is published again, as version {done.generation}")


def _others(there: list[Version]) -> list[int]:
    return [version.generation for version in there[1:]]
