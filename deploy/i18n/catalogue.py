"""The two files of the catalogue: the template of messages, and the Greek."""

from __future__ import annotations

import polib
from babel.messages.frontend import CommandLineInterface
from deploy.i18n.gather import TRUNK, Key, core_greek, key, needed
from deploy.i18n.words import DOMAIN

I18N = TRUNK / "i18n"
POT = I18N / f"{DOMAIN}.pot"
PO = I18N / "el" / "LC_MESSAGES" / f"{DOMAIN}.po"
WIDTH = 100
HEADER = {
    "Project-Id-Version": DOMAIN,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
GREEK = {"Language": "el", "Plural-Forms": "nplurals=2; plural=(n != 1);"}


def greek() -> polib.POFile:
    """The Greek catalogue as it stands."""
    return polib.pofile(str(PO), wrapwidth=WIDTH) if PO.exists() else polib.POFile(wrapwidth=WIDTH)


def template() -> polib.POFile:
    """The template as it must be now; a message of CKAN's in the Greek catalogue is one repaired there."""
    repaired: set[Key] = {key(entry) for entry in greek()}
    pot = polib.POFile(wrapwidth=WIDTH)
    pot.metadata = HEADER
    for _name, entry in sorted(needed(repaired).items()):
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
    """Write the template, and bring the Greek in step: new messages empty, gone ones removed."""
    pot = template()
    PO.parent.mkdir(parents=True, exist_ok=True)
    pot.save(str(POT))
    po = greek()
    po.metadata = HEADER | GREEK
    po.merge(pot)
    for entry in po.obsolete_entries() + po.fuzzy_entries():
        po.remove(entry)
    fill_from_core(po)
    po.sort(key=key)
    po.save(str(PO))


def fill_from_core(po: polib.POFile) -> None:
    """Where a message of ours is one that CKAN has Greek for, begin with that."""
    known = core_greek()
    for entry in po.untranslated_entries():
        core = known.get(key(entry))
        if core and bool(core.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = core.msgstr, core.msgstr_plural


def compile_all() -> None:
    """Compile every .po to the .mo that CKAN reads."""
    CommandLineInterface().run(["pybabel", "--quiet", "compile", "-d", str(I18N), "-D", DOMAIN])


def faults() -> list[str]:
    """What is wrong with the Greek catalogue, a line each."""
    po, pot = greek(), template()
    have, want = {key(entry) for entry in po}, {key(entry) for entry in pot}
    lines = [f"not in the catalogue (run extract): {message!r}" for _context, message in sorted(want - have)]
    lines += [f"in the catalogue, used nowhere: {message!r}" for _context, message in sorted(have - want)]
    return lines + [f"without Greek: {e.msgid!r}" for e in po.untranslated_entries() + po.fuzzy_entries()]
