"""`ckan participation doctor`: is every part there, reachable, configured safely?"""

from __future__ import annotations

import json
from dataclasses import asdict

import click

SIGNS = {"ok": "ok", "note": "note", "wrong": "WRONG"}


@click.command(short_help="Is every part there, reachable, configured safely?")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@click.option("--mend", is_flag=True, help="First index again the records that the clock has changed.")
def doctor(as_json: bool, mend: bool) -> None:
    """Look at every part of the catalogue and say how it is.

    Ends with 1 when anything is wrong, with 0 otherwise.
    """
    from ..doctor.examine import examine

    if mend:
        _mend()

    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            click.echo(f"{SIGNS[finding.state]:<6} {finding.part:<23} {finding.says}")
    wrong = sum(finding.state == "wrong" for finding in findings)
    if as_json:
        document = {"well": not wrong, "findings": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo(f"\n{wrong} of {len(findings)} are wrong" if wrong else f"\nall {len(findings)} are well")
    if wrong:
        raise SystemExit(1)


def _mend() -> None:
    """Do what the duty of each minute does for records, and remember the moments that are missing."""
    from ..records import moments
    from ..search.rebuild import IndexAway

    with click.get_current_context().meta["flask_app"].test_request_context():
        try:
            count = moments.mend()
        except IndexAway as error:
            raise click.ClickException(f"Solr does not answer: {error}") from error
    click.echo(f"mended: {count} records are indexed again", err=True)
