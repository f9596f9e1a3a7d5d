"""Index what was written, batch by batch: at once, or in a process of its own while the next is written."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

from ckan import model
from ckan.lib import search
from ckan.logic import package_show_default_and_custom_schemas
from ckan.plugins import toolkit as tk

from ..model import RecordOrigin
from . import incoming, stream
from .incoming import Outcome, Wish

MANY = 500
"""Records from which on a process of its own is worth its start of a few seconds."""
ANSWER = "INDEXED "
"""What an answer of that process begins with; whatever else it prints is not meant for us."""

log = logging.getLogger(__name__)


class Indexing:
    """Gives outcomes back once their records are indexed.

    Args:
        wish: whose records.
        apart: in a process of its own; where it does not start or dies, this one does its work.

    Raises:
        SearchIndexError: Solr does not answer; what was written stays to be indexed.
    """

    def __init__(self, wish: Wish, apart: bool) -> None:
        self._wish = wish
        self._child = _start() if apart and not wish.dry_run else None
        self._waiting: Sequence[Outcome] = ()

    def __enter__(self) -> Indexing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None and self._child.stdin:
            self._child.stdin.close()
            self._child.wait(timeout=60)

    def after(self, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
        """The outcomes whose records are indexed by now; those given are, or will be by the next call."""
        yield from self.rest()
        if self._child is None:
            if not self._wish.dry_run:
                index(self._wish)
            yield from outcomes
            return
        self._waiting = outcomes
        self._ask(json.dumps(_asked(self._wish)))

    def rest(self) -> Iterator[Outcome]:
        """Wait for what is being indexed, and give its outcomes."""
        if self._waiting:
            self._await()
        done, self._waiting = self._waiting, ()
        yield from done

    def _ask(self, line: str) -> None:
        stdin = self._child.stdin if self._child else None
        try:
            if stdin:
                stdin.write(line + "\n")
                stdin.flush()
        except OSError:
            log.warning("the process that indexes has ended")  # the wait for its answer does its work

    def _await(self) -> None:
        for line in (self._child.stdout if self._child else None) or ():
            if not line.startswith(ANSWER):
                continue
            answer = json.loads(line.removeprefix(ANSWER))
            if "away" in answer:
                raise search.SearchIndexError(answer["away"])
            return
        log.warning("the process that indexes has ended; this one goes on with its work")
        self._child = None
        index(self._wish)


def _start() -> subprocess.Popen[str] | None:
    """The process, with the settings of this one; nothing where they lie in no file."""
    ini = tk.config.get("__file__")
    if not ini:
        return None
    command = [sys.executable, "-m", "ckanext.patrasparticipation.records.indexing_apart", str(ini)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)


def index(wish: Wish) -> int:
    """Index every record of the wish that was written and is not indexed; one commit of the index."""
    return owed(**_asked(wish))


def _asked(wish: Wish) -> dict[str, Any]:
    return {
        "record_type": wish.type,
        "source": wish.source,
        "import_id": wish.import_id,
        "user": wish.user,
    }


def owed(record_type: str, source: str | None, import_id: str | None, user: str) -> int:
    """Index what a source, or an import, wrote of a type and is not indexed, and tell of it; gives how many.

    Raises:
        SearchIndexError: Solr does not answer.
    """
    found = model.Session.query(RecordOrigin).filter_by(type=record_type, indexed=False)
    origins = (found.filter_by(source=source) if source else found.filter_by(import_id=import_id)).all()
    if not origins:
        return 0
    documents, filled = search.index_for("Package"), _filled(record_type)
    told = stream.Stream([origin.package_id for origin in origins], user)
    for origin in origins:
        both = package_show_default_and_custom_schemas({"ignore_auth": True}, str(origin.package_id))
        documents.update_dict({**both[0], "with_custom_schema": both[1]}, True)
        told.tell(both[1])
        origin.wrote = {name: incoming.digest(both[1].get(name)) for name in {*origin.said, *filled}}
        origin.indexed = True
    search.commit()
    model.Session.commit()
    return len(origins)


def _filled(record_type: str) -> list[str]:
    """The fields that are filled in where nothing is said."""
    definition = tk.h.scheming_get_dataset_schema(record_type)
    return [field["field_name"] for field in definition["dataset_fields"] if "default" in field]
