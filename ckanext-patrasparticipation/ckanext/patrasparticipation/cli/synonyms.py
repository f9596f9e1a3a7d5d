"""`ckan participation search apply`: bring staff's synonyms into force, where Solr's files are."""

from __future__ import annotations

import click

from .progress import records

CODES = {"away": 4, "busy": 3}
SENTENCES = {
    "no_folder": "where are Solr's files? give --conf FOLDER, or set ckanext.patrasparticipation.solr_conf",
    "not_there": "that is not the conf folder of Solr's core, or it cannot be written",
    "refused": "Solr refused the words; what was in force still is",
    "away": "Solr does not answer",
    "busy": "another one is under way; try again",
}


@click.command(short_help="Bring staff's synonyms into force.")
@click.option(
    "--conf", default="", metavar="FOLDER", help="The conf folder of Solr's core, if not in the settings."
)
@click.option("--show", is_flag=True, help="Write the lines to standard output and do nothing else.")
def apply(conf: str, show: bool) -> None:
    """Write the groups that staff added into Solr's conf folder, reload the core, index every record again.

    Twice does no harm. Where Solr runs on another machine, put the output of --show into its
    conf/synonyms_site.txt, reload the core there, and run `ckan participation search rebuild`.

    Ends with 0; with 3 when another one is under way, 4 when Solr does not answer, 1 when something else is
    wrong.
    """
    from ..search import reindex

    if show:
        click.echo(reindex.text(), nl=False)
        return
    with records() as told:
        try:
            failed = reindex.apply(reindex.start("command line"), told, conf)
        except reindex.CannotApply as error:
            told_so = f"{SENTENCES[error.code]}: {error.detail}" if error.detail else SENTENCES[error.code]
            click.echo(f"\nerror: {told_so}", err=True)
            raise SystemExit(CODES.get(error.code, 1)) from error
    click.echo("in force")
    if failed:
        click.echo(f"not indexed: {', '.join(failed)}", err=True)
        raise SystemExit(1)
