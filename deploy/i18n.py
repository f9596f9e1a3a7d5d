"""Gather every message a reader can meet, and keep the Greek catalogue in step with them."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import CommandLineInterface

DOMAIN = "ckanext-patrasparticipation"
TRUNK = Path(__file__).resolve().parents[1] / DOMAIN / "ckanext" / "patrasparticipation"
I18N = TRUNK / "i18n"
POT = I18N / f"{DOMAIN}.pot"
PO = I18N / "el" / "LC_MESSAGES" / f"{DOMAIN}.po"
EXTENSIONS = ("scheming", "harvest", "spatial", "dcat")
METHODS = [("**.py", "python"), ("**.js", "javascript"), ("**.html", "jinja"), ("**.txt", "jinja")]
EXTRACTORS = {"jinja": "ckan.lib.extract:extract_ckan"}
SKIPPED = ("tests", "vendor", "i18n", "node_modules", "2.8_templates", "migration", "commands")

# Words that reach gettext only at run time, and where: no extraction can see them.
AT_RUN_TIME = {
    "ckanext/harvest/templates/source/job/list.html": ["added", "updated", "deleted", "not modified"],
    "ckanext/harvest/templates/snippets/job_details.html": ["New", "Running", "Finished", "Aborted"],
    "ckanext/harvest/helpers.py": ["Manual", "Monthly", "Weekly", "Biweekly", "Daily", "Always"],
    "ckanext/dcat/harvesters/rdf.py": [
        "Generic DCAT RDF Harvester",
        "Harvester for DCAT datasets from an RDF graph",
    ],
}

Key = tuple[str, str]


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is not installed: the Greek catalogue cannot be extracted without it")
    return Path(next(iter(spec.submodule_search_locations)))


def messages(folder: Path, shown_as: str) -> Iterator[polib.POEntry]:
    """Every message of a folder's Python, templates and scripts, with the file it stands in."""
    methods = [(pattern, EXTRACTORS.get(method, method)) for pattern, method in METHODS]
    found = extract_from_dir(
        folder,
        methods,
        keywords=DEFAULT_KEYWORDS,
        directory_filter=lambda path: Path(path).name not in SKIPPED and not Path(path).name.startswith("."),
    )
    for file, _line, message, _comments, context in found:
        single, plural = message if isinstance(message, tuple) else (message, "")
        if single:
            where = [(f"{shown_as}/{file}", "")]
            yield polib.POEntry(msgid=single, msgid_plural=plural, msgctxt=context, occurrences=where)


def core(language_file: bool) -> polib.POFile:
    """CKAN's own catalogue: the Greek one, or the template with every message."""
    folder = package_folder("ckan") / "i18n"
    return polib.pofile(str(folder / ("el/LC_MESSAGES/ckan.po" if language_file else "ckan.pot")))


def key(entry: polib.POEntry) -> Key:
    """What makes two messages the same."""
    return (entry.msgctxt or "", entry.msgid)


def wanted(repaired: set[Key]) -> dict[Key, polib.POEntry]:
    """Ours; the extensions' and CKAN's where CKAN's Greek has none, and those whose Greek we repair."""
    greek = {key(entry): entry for entry in core(language_file=True) if not entry.obsolete}
    theirs = [
        entry
        for name in EXTENSIONS
        for entry in messages(package_folder(f"ckanext.{name}"), f"ckanext/{name}")
    ]
    for place, words in AT_RUN_TIME.items():
        theirs.extend(polib.POEntry(msgid=word, occurrences=[(place, "")]) for word in words)
    for entry in core(language_file=False):
        entry.occurrences = [(path, "") for path, _line in entry.occurrences]
        theirs.append(entry)
    entries: dict[Key, polib.POEntry] = {}
    for entry in messages(TRUNK, DOMAIN):
        add(entries, entry)
    for entry in theirs:
        known = greek.get(key(entry))
        if key(entry) in entries or key(entry) in repaired or known is None or not known.translated():
            add(entries, entry)
    return entries


def add(entries: dict[Key, polib.POEntry], entry: polib.POEntry) -> None:
    """Put a message among the others, or its place beside an equal one's."""
    known = entries.setdefault(key(entry), entry)
    known.msgid_plural = known.msgid_plural or entry.msgid_plural
    known.occurrences = sorted({*known.occurrences, *entry.occurrences})


def template() -> polib.POFile:
    """The template as it must be now; which of CKAN's messages we repair, the Greek catalogue knows."""
    repaired = {key(entry) for entry in polib.pofile(str(PO))} if PO.exists() else set()
    pot = polib.POFile(wrapwidth=100)
    pot.metadata = {
        "Project-Id-Version": DOMAIN,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    entries = wanted(repaired)
    for name in sorted(entries):
        entry = entries[name]
        pot.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgctxt=entry.msgctxt,
                occurrences=entry.occurrences,
                msgstr_plural={0: "", 1: ""} if entry.msgid_plural else {},
            )
        )
    return pot


def extract() -> None:
    """Write the template, and bring the Greek catalogue in step: new messages empty, gone ones removed."""
    pot = template()
    I18N.mkdir(parents=True, exist_ok=True)
    pot.save(str(POT))
    po = polib.pofile(str(PO), wrapwidth=100) if PO.exists() else polib.POFile(wrapwidth=100)
    po.metadata = {
        **pot.metadata,
        "Language": "el",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    po.merge(pot)
    for entry in po.obsolete_entries() + [entry for entry in po if entry.fuzzy]:
        po.remove(entry)
    fill_from_core(po)
    PO.parent.mkdir(parents=True, exist_ok=True)
    po.sort(key=key)
    po.save(str(PO))


def fill_from_core(po: polib.POFile) -> None:
    """Where a message of ours is one that CKAN has good Greek for, begin with that."""
    greek = {key(entry): entry for entry in core(language_file=True)}
    for entry in po.untranslated_entries():
        known = greek.get(key(entry))
        if known and known.translated() and bool(known.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = known.msgstr, known.msgstr_plural


def compile_catalogues() -> None:
    """Compile every .po to the .mo that CKAN reads."""
    command = ["pybabel", "--quiet", "compile", "--statistics", "-d", str(I18N), "-D", DOMAIN]
    CommandLineInterface().run(command)


def check() -> int:
    """Say what is missing; the number of untranslated messages and of messages not in the catalogue."""
    po = polib.pofile(str(PO))
    have = {key(entry) for entry in po}
    missing = [entry.msgid for entry in template() if key(entry) not in have]
    empty = [entry.msgid for entry in po.untranslated_entries() + po.fuzzy_entries()]
    for word, messages_ in (("not in the catalogue", missing), ("without Greek", empty)):
        for message in messages_:
            print(f"{word}: {message!r}")
    print(f"{len(po)} messages, {len(missing)} not in the catalogue, {len(empty)} without Greek")
    return len(missing) + len(empty)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["extract", "compile", "check"])
    what = parser.parse_args().what
    if what == "check":
        return 1 if check() else 0
    if what == "extract":
        extract()
    compile_catalogues()
    return 0


if __name__ == "__main__":
    sys.exit(main())
