"""Solr from its jars: fetched by Maven, a home of our own, one core with CKAN's schema and our fields."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

from .place import ROOT, VENV, Place, var
from .shell import run

POM = ROOT / "deploy" / "solr" / "pom.xml"
LAUNCHER = ROOT / "deploy" / "solr" / "SolrServer.java"
HEAP = "-Xmx512m"


def jars() -> Path:
    """The folder of Solr's jars; Maven fetches them again only when the list of them changed."""
    folder = var() / "solr-jars"
    mark, wanted = folder / "pom.sha256", sha256(POM.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        command: list[str | Path] = [
            "mvn", "-q", "-B", "-f", POM, "dependency:copy-dependencies",
            f"-DoutputDirectory={folder}", "-DincludeScope=runtime",
        ]  # fmt: skip
        run(command, var() / "log" / "maven.log")
        mark.write_text(wanted, encoding="utf-8")
    return folder


def home(place: Place) -> Path:
    """Solr's home with our core in it; the configset follows the installed CKAN."""
    folder = place.folder / "solr"
    core = folder / place.core
    core.mkdir(parents=True, exist_ok=True)
    (folder / "solr.xml").write_text("<solr/>\n", encoding="utf-8")
    (core / "core.properties").write_text(f"name={place.core}\n", encoding="utf-8")
    command: list[str | Path] = [
        VENV / "python",
        "-m",
        "ckanext.patrasparticipation.search.configset",
        core / "conf",
    ]
    run(command, place.log / "solr-setup.log")
    return folder


def command(place: Place) -> str:
    """The command line that supervisor keeps running."""
    return (
        f"java {HEAP} -Djava.io.tmpdir={place.folder / 'tmp'} -cp {var() / 'solr-jars'}/* "
        f"{LAUNCHER} {place.folder / 'solr'} {place.ports['solr']}"
    )
