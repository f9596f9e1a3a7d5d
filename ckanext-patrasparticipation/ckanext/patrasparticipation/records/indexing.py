"""Index what was written, a batch at a time, in a thread of its own while the next batch is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from ckan import model
from ckan.lib import search
from ckan.logic import package_show_default_and_custom_schemas
from ckan.plugins import toolkit as tk
from flask import Flask, current_app

from ..model import RecordOrigin
from . import incoming
from .incoming import Outcome, Wish


class Indexing:
    """One batch at a time; outcomes are given back when their records are indexed.

    Raises:
        SearchIndexError: on the next call, when Solr does not answer; what was written stays to be indexed.
    """

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._running: Future[int] | None = None
        self._waiting: Sequence[Outcome] = ()

    def __enter__(self) -> Indexing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()

    def after(self, outcomes: Sequence[Outcome]) -> Iterator[Outcome]:
        """The outcomes of the batch before; then index what these say was written."""
        yield from self.rest()
        self._waiting = outcomes
        if not self._wish.dry_run:
            self._running = self._pool.submit(self._index)

    def rest(self) -> Iterator[Outcome]:
        """Wait for what is being indexed, and give its outcomes."""
        if self._running is not None:
            running, self._running = self._running, None
            running.result()
        done, self._waiting = self._waiting, ()
        yield from done

    def _index(self) -> int:
        with self._app.test_request_context():
            try:
                return index(self._wish)
            finally:
                model.Session.remove()


def index(wish: Wish) -> int:
    """Index every record of the type that was written and is not indexed; one commit of the index."""
    owed = model.Session.query(RecordOrigin).filter_by(type=wish.type, indexed=False)
    owed = owed.filter_by(source=wish.source) if wish.source else owed.filter_by(import_id=wish.import_id)
    origins = owed.all()
    if not origins:
        return 0
    documents, filled = search.index_for("Package"), _filled(wish.type)
    for origin in origins:
        both = package_show_default_and_custom_schemas({"ignore_auth": True}, str(origin.package_id))
        documents.update_dict({**both[0], "with_custom_schema": both[1]}, True)
        origin.wrote = {name: incoming.digest(both[1].get(name)) for name in {*origin.said, *filled}}
        origin.indexed = True
    search.commit()
    model.Session.commit()
    return len(origins)


def _filled(record_type: str) -> list[str]:
    """The fields that are filled in where nothing is said."""
    definition = tk.h.scheming_get_dataset_schema(record_type)
    return [field["field_name"] for field in definition["dataset_fields"] if "default" in field]
