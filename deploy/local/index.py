"""The search index follows the configset: what an older one made is removed, and made again."""

from __future__ import annotations

import re
import shutil
import subprocess
from hashlib import sha256

from . import supervise
from .place import ROOT, VENV, Place
from .shell import Trouble
from .tables import ckan_env

SOME_FAILED = 1  # the exit code of a rebuild that went through and left some records out
FINGERPRINT = re.compile(r'name="participation_configset"[^>]*default="(\w+)"')


def fingerprint(place: Place) -> str:
    """The fingerprint of the configset that lies in the core."""
    found = FINGERPRINT.search(_schema(place))
    if found is None:
        raise Trouble(f"{place.folder}/solr/{place.core}/conf/schema.xml: no field participation_configset")
    return found[1]


def follow(place: Place) -> None:
    """Before Solr starts: stop one that runs with another configset, remove what this one cannot read.

    Words (synonyms, stop words) need a new start only; with another schema the fields lie differently on the
    disk. What the core was last started with is remembered beside it, so that a run that was broken off ends
    well too.
    """
    core = place.folder / "solr" / place.core
    now, shape = fingerprint(place), sha256(FINGERPRINT.sub("", _schema(place)).encode()).hexdigest()
    mark = core / "started-with"
    before = mark.read_text(encoding="utf-8").split() if mark.exists() else ["", ""]
    if before == [now, shape]:
        return
    supervise.halt(place, "solr")
    if before[1] != shape:
        shutil.rmtree(core / "data", ignore_errors=True)
    mark.write_text(f"{now} {shape}\n", encoding="utf-8")


def rebuild(place: Place, *, empty: bool) -> None:
    """Index every record again where the index is another configset's, with its progress in this terminal.

    Args:
        place: whose index.
        empty: the catalogue has just been made, so there is nothing to index.

    Raises:
        Trouble: Solr went away. A record that could not be indexed is named, and stops nothing.
    """
    mark, now = place.folder / "index.configset", fingerprint(place)
    if mark.exists() and mark.read_text(encoding="utf-8") == now:
        return
    if not empty:
        _again(place)
    mark.write_text(now, encoding="utf-8")


def _again(place: Place) -> None:
    log = place.log / "index.log"
    print(
        f"    the search index is another version's: every record goes into it again (log: {log})", flush=True
    )
    command = [str(VENV / "ckan"), "-c", str(place.ini), "participation", "search", "rebuild"]
    with log.open("a", encoding="utf-8") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=out, env=ckan_env(place), cwd=ROOT)
    if done.returncode == SOME_FAILED:
        print(f"    some records could not be indexed; {log} names them", flush=True)
    elif done.returncode:
        raise Trouble(f"the search index was not made again ({done.returncode}); log: {log}")


def _schema(place: Place) -> str:
    return (place.folder / "solr" / place.core / "conf" / "schema.xml").read_text(encoding="utf-8")
