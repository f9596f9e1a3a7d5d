"""Gather the messages: ours, the extensions' and CKAN's, from their templates, Python and scripts."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from deploy.i18n.words import AT_RUN_TIME, DOMAIN

TRUNK = Path(__file__).resolve().parents[2] / DOMAIN / "ckanext" / "patrasparticipation"
# CKAN's own template of messages lags behind its pages, so its enabled parts are read too.
PACKAGES = (
    "ckan",
    "ckanext.scheming",
    "ckanext.harvest",
    "ckanext.spatial",
    "ckanext.dcat",
    "ckanext.activity",
    "ckanext.datastore",
    "ckanext.datatablesview",
    "ckanext.textview",
    "ckanext.imageview",
    "ckanext.tracking",
)
EXTRACTORS = {
    "**.py": "python",
    "**.js": "javascript",
    "**.html": "ckan.lib.extract:extract_ckan",
    "**.txt": "ckan.lib.extract:extract_ckan",
}
SKIPPED = {
    *("tests", "vendor", "i18n", "node_modules", "migration", "commands", "2.8_templates", "development"),
    *("templates-midnight-blue", "public-midnight-blue", "assets-midnight-blue"),
}

Key = tuple[str, str]
Entries = dict[Key, polib.POEntry]


def key(entry: polib.POEntry) -> Key:
    """What makes two messages the same."""
    return (entry.msgctxt or "", entry.msgid)


def package_folder(name: str) -> Path:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is not installed: the Greek catalogue cannot be gathered without it")
    return Path(next(iter(spec.submodule_search_locations)))


def read_on(path: str | Path) -> bool:
    """Whether a folder is part of what a reader sees."""
    return Path(path).name not in SKIPPED and not Path(path).name.startswith(".")


def messages(folder: Path, shown_as: str) -> Iterator[polib.POEntry]:
    """Every message of a folder, with the file it stands in."""
    found = extract_from_dir(
        folder, list(EXTRACTORS.items()), keywords=DEFAULT_KEYWORDS, directory_filter=read_on
    )
    for file, _line, message, _comments, context in found:
        single, plural = message if isinstance(message, tuple) else (message, "")
        if single:
            where = [(f"{shown_as}/{file}", "")]
            yield polib.POEntry(msgid=single, msgid_plural=plural, msgctxt=context, occurrences=where)


def at_run_time() -> Iterator[polib.POEntry]:
    """The words of ``AT_RUN_TIME`` as entries; a pair is a singular and its plural."""
    for place, words in AT_RUN_TIME.items():
        for word in words:
            single, plural = word if isinstance(word, tuple) else (word, "")
            yield polib.POEntry(msgid=single, msgid_plural=plural, occurrences=[(place, "")])


def core(file: str) -> list[polib.POEntry]:
    """CKAN's own catalogue: ``ckan.pot``, or the Greek ``el/LC_MESSAGES/ckan.po``; files without lines."""
    entries = [
        entry for entry in polib.pofile(str(package_folder("ckan") / "i18n" / file)) if not entry.obsolete
    ]
    for entry in entries:
        entry.occurrences = [(path, "") for path, _line in entry.occurrences]
    return entries


def core_greek() -> Entries:
    """What CKAN says in Greek already."""
    return {key(entry): entry for entry in core("el/LC_MESSAGES/ckan.po") if entry.translated()}


def theirs() -> Iterator[polib.POEntry]:
    """The messages of CKAN and of the extensions that show pages."""
    for name in PACKAGES:
        yield from messages(package_folder(name), name.replace(".", "/"))
    yield from at_run_time()
    yield from core("ckan.pot")


def add(entries: Entries, entry: polib.POEntry) -> None:
    """Put a message among the others, or its place beside an equal one's."""
    known = entries.setdefault(key(entry), entry)
    known.msgid_plural = known.msgid_plural or entry.msgid_plural
    known.occurrences = sorted({*known.occurrences, *entry.occurrences})


def needed(repaired: Iterable[Key]) -> Entries:
    """Ours; theirs where CKAN's Greek has nothing; and those of CKAN's Greek that we ``repair``."""
    entries: Entries = {}
    for entry in messages(TRUNK, DOMAIN):
        add(entries, entry)
    settled = core_greek().keys() - set(repaired) - entries.keys()
    for entry in theirs():
        if key(entry) not in settled:
            add(entries, entry)
    return entries
